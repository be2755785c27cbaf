//! Where output goes: results to standard output, messages to standard error.

use std::io::Write;

/// Writes a line of a result. A reader who has gone is no fault of ours.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).ok();
}

/// Writes a message.
pub(crate) fn complain(line: &str) {
    writeln!(std::io::stderr().lock(), "{line}").ok();
}
