//! `cargo xtask`: what a person does to this repository.
//!
//! `setup` installs what the machine lacks, `assets` builds style, scripts and fonts, `demo` starts
//! the demonstration, `bench` measures, `test` proves that everything holds, `tidy` checks the rules
//! of the house that a compiler does not know. It is not part of the product: nothing here is shipped.
//!
//! Reading order: [`output`] (all that is printed), [`command`] (other programs), [`place`] (where
//! things lie), [`metadata`] (what cargo knows of the workspace), [`setup`], [`assets`], [`bench`], [`test`],
//! [`tidy`].

mod assets;
mod bench;
mod command;
mod metadata;
mod output;
mod place;
mod setup;
mod test;
mod tidy;

use crate::command::Program;
use crate::output::{Output, Stream};
use crate::place::Place;
use crate::test::Extent;
use anyhow::Result;
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::process::ExitCode;

/// Work on this repository.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask", after_help = "Example: cargo xtask demo --port 8080")]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    task: Task,
}

/// The things that can be done.
#[derive(Debug, Subcommand)]
enum Task {
    /// Installs what the machine lacks (Node, a browser), or prints the one line that does.
    Setup,
    /// Builds style, scripts and fonts of the pages, if anything that they are made of has changed.
    Assets,
    /// Starts the demonstration; what follows is passed on to `ecm demo`.
    Demo {
        /// Arguments of `ecm demo`, for example `--at 2026-11-24T09:42:00Z --json`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Measures log and pages, and writes `docs/performance.md`; what follows is passed on.
    Bench {
        /// Arguments of the benchmarks, for example `--dossiers 50000` or `--only log`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Runs every check and every test, browsers included, and stops at the first that fails.
    Test {
        /// The usual number of generated cases and kills (the default).
        #[arg(long, conflicts_with = "long")]
        quick: bool,
        /// Ten times as many generated cases and kills; takes much longer.
        #[arg(long)]
        long: bool,
    },
    /// Checks arrows between crates, heads and lengths of files, forbidden words, named tests.
    Tidy,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut output = Output::new(match arguments.task {
        // `demo --json` prints one line that a program reads: nothing of ours may stand beside it.
        Task::Demo { .. } => Stream::Error,
        Task::Setup | Task::Assets | Task::Bench { .. } | Task::Test { .. } | Task::Tidy => {
            Stream::Standard
        }
    });
    match perform(arguments.task, &mut output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output.failure(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task, output: &mut Output) -> Result<()> {
    let place = Place::find()?;
    match task {
        Task::Setup => setup::ensure(&[setup::Need::Node, setup::Need::Browser], output),
        Task::Assets => assets::ensure(&place, output),
        Task::Demo { arguments } => {
            assets::ensure(&place, output)?;
            Program::cargo(&place)
                .arguments(["run", "--package", "ecm", "--", "demo"])
                .arguments(arguments)
                .run()
        }
        Task::Bench { arguments } => bench::run(&place, arguments, output),
        // `--quick` names the default, so that a script can say what it wants.
        Task::Test { quick: _, long } => {
            test::run(&place, if long { Extent::Long } else { Extent::Quick }, output)
        }
        Task::Tidy => tidy::check(&place, output),
    }
}
