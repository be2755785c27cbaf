//! The command line. One file a subcommand.

mod admin;
mod audit;
mod demo;
mod serve;

pub(crate) use serve::told_to_stop;

use crate::failure::{Answer, Failure};
use clap::{Parser, Subcommand};

/// Enforcement coordination for dual-use export control: requests across borders with clocks, need
/// to know and proof (Article 25(2) of Regulation (EU) 2021/821).
#[derive(Debug, Parser)]
#[command(name = "ecm", version, after_help = "Example:\n  ecm demo --port 7070")]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs a node with made-up authorities, people and cases, to try it out.
    Demo(demo::Demo),
    /// Runs the node.
    Serve(serve::Serve),
    /// Sets a node up and looks after it.
    Admin(admin::Admin),
    /// Proves the log.
    Audit(audit::Audit),
}

impl Args {
    /// Does what was asked.
    pub(crate) fn run(self) -> Result<Answer, Failure> {
        match self.command {
            Command::Demo(demo) => demo.run(),
            Command::Serve(serve) => serve.run(),
            Command::Admin(admin) => admin.run(),
            Command::Audit(audit) => audit.run(),
        }
    }
}
