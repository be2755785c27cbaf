//! What a handler works with: the node, and how it is served.

use app::App;

/// The state that every handler shares. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Server {
    /// The node.
    pub app: App,
    /// How it is served.
    pub options: Options,
}

/// How a node is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether it is a demonstration: every page says so, and its clock can be moved.
    pub mode: Mode,
    /// Whether cookies are only sent over TLS, as behind a proxy that ends it.
    pub cookies: Cookies,
}

/// What a node is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Real work.
    Real,
    /// A demonstration with made-up authorities, people and cases.
    Demonstration,
}

/// Whether cookies need TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookies {
    /// Only over TLS (`Secure`): the default.
    Secure,
    /// Over plain HTTP, too: on the machine itself.
    Plain,
}
