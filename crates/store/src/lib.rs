//! What is kept: the log of sealed strands, its keys, and what is derived from it.
//!
//! A dossier is an append-only log of encrypted strands, one for each audience. This crate appends
//! to strands and reads them ([`log`]), keeps the read models that lists are made of ([`read`]),
//! records who has read what ([`readings`]), and proves that nothing was changed
//! ([`log::verify`]). Beside the log it keeps the node's own data: who may sign in ([`accounts`]),
//! the directory ([`units`]), what authorities settle for themselves ([`settings`]) and mail to be
//! sent ([`outbox`]). The format on disk is described in `docs/format.md`.
//!
//! It is *not* where anything is decided: bodies are opaque bytes here, headers say what changed.
//! It has no async and no clock; threads, and instants as parameters.
//!
//! Reading order: [`viewer`], [`log`], [`read`], [`readings`], [`attachments`], [`search`],
//! [`keys`], [`writer`], [`folder`], [`backup`]; then [`accounts`], [`units`], [`settings`],
//! [`outbox`].

pub mod accounts;
pub mod attachments;
pub mod backup;
mod bookmark;
mod entropy;
pub mod error;
#[cfg(any(test, feature = "testing"))]
pub mod flaws;
pub mod folder;
pub mod keys;
pub mod log;
pub mod outbox;
pub mod read;
pub mod readings;
pub mod search;
pub mod settings;
pub mod units;
pub mod viewer;
pub mod writer;

pub use error::StoreError;
pub use folder::{Opening, Store};
