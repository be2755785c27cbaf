//! The command `ecm`: one binary for the node, its administration and its checks.
//!
//! `main` alone exits. Results go to standard output, messages to standard error. Exit codes: 0
//! done; 1 done, and the answer is "no"; 2 wrong usage or bad input; 3 the environment failed.

mod args;
mod config;
mod demo;
mod failure;
mod mail;
mod node;
mod output;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    match args.run() {
        Ok(answer) => answer.into(),
        Err(failure) => {
            output::complain(&failure.to_string());
            failure.code()
        }
    }
}
