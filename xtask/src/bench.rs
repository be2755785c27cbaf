//! `cargo xtask bench`: measures log and pages, and writes `docs/performance.md`.
//!
//! Built with a profile of its own; never a part of `cargo xtask test`.

use crate::assets;
use crate::command::Program;
use crate::output::Output;
use crate::place::Place;
use anyhow::Result;
use std::ffi::OsString;

/// Builds and runs the benchmarks; `arguments` are passed on.
///
/// # Errors
/// When they cannot be built, or their results disagree.
pub(crate) fn run(place: &Place, arguments: Vec<OsString>, output: &mut Output) -> Result<()> {
    assets::ensure(place, output)?;
    let compiler = Program::new("rustc", place.root()).arguments(["--version"]).read()?;
    Program::cargo(place)
        .arguments(["run", "--profile", "measure", "--package", "benches", "--"])
        .arguments(["--compiler", compiler.trim()])
        .arguments([OsString::from("--write"), place.path("docs/performance.md").into()])
        .arguments(arguments)
        .run()
}
