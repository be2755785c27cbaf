//! What the machine must have beside Rust: Node for the assets, a browser for the tests.
//!
//! On Debian as root it is installed through `apt-get`; otherwise the one line that does it is
//! printed. Nothing is downloaded past the system's package manager.

use crate::command::{Program, find};
use crate::output::Output;
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

/// The oldest Node that builds the assets and runs the browser tests; Debian 12 has it.
const NODE_OLDEST: u32 = 18;
/// Where Debian puts its browser.
const BROWSER: &str = "/usr/bin/chromium";

/// Something that a task cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// `node` and `npm`.
    Node,
    /// Chromium.
    Browser,
}

impl Need {
    fn is_met(self) -> Result<bool> {
        match self {
            Need::Browser => Ok(browser().is_some()),
            Need::Node => match find("node") {
                Some(node) if find("npm").is_some() => {
                    let version =
                        Program::new(node, Path::new("/")).arguments(["--version"]).read()?;
                    let version = version.trim();
                    // A Node that somebody installed himself is his: it is never replaced.
                    if major(version).is_none_or(|major| major < NODE_OLDEST) {
                        bail!("Node {version} is too old: {NODE_OLDEST} or later is needed");
                    }
                    Ok(true)
                }
                Some(_) | None => Ok(false),
            },
        }
    }

    fn packages(self) -> &'static [&'static str] {
        match self {
            Need::Node => &["nodejs", "npm"],
            Need::Browser => &["chromium"],
        }
    }
}

/// Makes sure that everything needed is there.
///
/// # Errors
/// When something is lacking and cannot be installed: the message is the line to run.
pub(crate) fn ensure(needs: &[Need], output: &mut Output) -> Result<()> {
    let missing = missing(needs)?;
    if missing.is_empty() {
        output.note("the machine has what is needed");
        return Ok(());
    }
    let line = format!("apt-get install -y {}", missing.join(" "));
    let root = Program::new("id", Path::new("/")).arguments(["-u"]).read()?.trim() == "0";
    if !root || find("apt-get").is_none() {
        bail!("this machine lacks {}; run: sudo {line}", missing.join(", "));
    }
    output.note(&format!("installing: {line}"));
    apt(["update", "--quiet"])?;
    apt(["install", "--yes", "--quiet"].into_iter().chain(missing))?;
    let still = self::missing(needs)?;
    if !still.is_empty() {
        bail!("`{line}` was run, but {} is still not found", still.join(", "));
    }
    Ok(())
}

/// The browser to test with: the variable `CHROMIUM`, Debian's, or one on the search path.
pub(crate) fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    named
        .into_iter()
        .chain([PathBuf::from(BROWSER)])
        .find(|file| file.is_file())
        .or_else(|| find("chromium"))
        .or_else(|| find("chromium-browser"))
}

fn missing(needs: &[Need]) -> Result<Vec<&'static str>> {
    let mut packages = Vec::new();
    for need in needs {
        if !need.is_met()? {
            packages.extend_from_slice(need.packages());
        }
    }
    Ok(packages)
}

fn apt<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Result<()> {
    Program::new("apt-get", Path::new("/"))
        .arguments(arguments)
        .variable("DEBIAN_FRONTEND", "noninteractive")
        .aside()
        .run()
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v').unwrap_or(version).split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_node_are_read() {
        let table =
            [("v18.19.0", Some(18)), ("20.20.2", Some(20)), ("v9", Some(9)), ("nightly", None)];
        for (text, expected) in table {
            assert_eq!(major(text), expected, "{text}");
        }
    }
}
