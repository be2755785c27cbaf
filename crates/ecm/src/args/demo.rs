//! `ecm demo`: a node with made-up authorities, people and cases.

use crate::demo;
use crate::failure::{Answer, Failure};
use jiff::Timestamp;
use std::path::PathBuf;

/// Runs a node with made-up authorities, people and cases, to try it out.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  ecm demo --port 7070 --at 2026-11-24T09:42:00Z")]
pub(crate) struct Demo {
    /// The port to listen on; 0 takes any that is free.
    #[arg(long, default_value_t = 7070)]
    port: u16,
    /// A folder that keeps the demonstration; without it, it is gone afterwards.
    #[arg(long)]
    dir: Option<PathBuf>,
    /// The instant to which its clock is set, such as 2026-11-24T09:42:00Z.
    #[arg(long)]
    at: Option<Timestamp>,
    /// Prints one line of JSON once it is ready, instead of words.
    #[arg(long)]
    json: bool,
    /// A mail server on this machine, such as 127.0.0.1:1025, to which mails go.
    #[arg(long)]
    smtp: Option<std::net::SocketAddr>,
}

impl Demo {
    pub(crate) fn run(self) -> Result<Answer, Failure> {
        let report = if self.json { demo::Report::Json } else { demo::Report::Words };
        let plan =
            demo::Plan { port: self.port, dir: self.dir, at: self.at, smtp: self.smtp, report };
        let runtime = tokio::runtime::Runtime::new()?;
        runtime.block_on(demo::run(plan))
    }
}
