//! `ecm audit`: proofs over the log, offline.

use crate::failure::{Answer, Failure};
use crate::output;
use serde_json::json;
use std::path::{Path, PathBuf};
use store::log::checkpoint::{Checkpoint, PublicKey};
use store::log::verify::{Report, Trust, verify};

/// Proves the log.
#[derive(Debug, clap::Args)]
pub(crate) struct Audit {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Proves a copy of a data folder: every event, chain and checkpoint.
    Verify(Verify),
}

/// Proves a copy of a data folder: every event, chain and checkpoint.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  ecm audit verify --key node.pub /backup/2026-11-24")]
struct Verify {
    /// The node's public key, in a file or as it is, from outside the copy.
    #[arg(long)]
    key: Option<String>,
    /// An earlier checkpoint, in a file from outside the copy.
    #[arg(long)]
    checkpoint: Option<PathBuf>,
    /// The report in JSON.
    #[arg(long)]
    json: bool,
    /// The copy.
    dir: PathBuf,
}

impl Audit {
    pub(crate) fn run(self) -> Result<Answer, Failure> {
        let Command::Verify(args) = self.command;
        let key = args.key.as_deref().map(public_key).transpose()?;
        let checkpoint = args.checkpoint.as_deref().map(checkpoint).transpose()?;
        if !args.dir.join("ecm.db").is_file() {
            let dir = args.dir.display();
            return Err(Failure::Input(format!(
                "{dir}: no `ecm.db` here; expected a copy of a data folder"
            )));
        }
        let report = verify(&args.dir, key.as_ref(), checkpoint.as_ref())?;
        if args.json {
            output::say(&in_json(&report));
        } else {
            in_words(&report);
        }
        Ok(if report.fault.is_none() { Answer::Yes } else { Answer::No })
    }
}

fn public_key(given: &str) -> Result<PublicKey, Failure> {
    let text = std::fs::read_to_string(given).unwrap_or_else(|_| given.to_owned());
    text.parse().map_err(|error| Failure::Input(format!("--key {given}: {error}")))
}

fn checkpoint(path: &Path) -> Result<Checkpoint, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::Input(format!("--checkpoint {}: {error}", path.display())))?;
    let named = |error| Failure::Input(format!("--checkpoint {}: {error}", path.display()));
    text.parse().map_err(named)
}

fn in_json(report: &Report) -> String {
    json!({
        "verified": report.fault.is_none(),
        "consistency_only": report.trust == Trust::ConsistencyOnly,
        "events": report.events,
        "covered": report.covered,
        "checkpoints": report.checkpoints,
        "root": hex::encode(report.root),
        "fault": report.fault.as_ref().map(ToString::to_string),
    })
    .to_string()
}

fn in_words(report: &Report) {
    let Report { events, checkpoints, covered, .. } = report;
    output::say(&format!(
        "{events} events and {checkpoints} checkpoints are good; checkpoints cover {covered} events"
    ));
    output::say(&format!("root {}", hex::encode(report.root)));
    if let Some(fault) = &report.fault {
        output::say(&format!("first fault: {fault}"));
        return;
    }
    match report.trust {
        Trust::ConsistencyOnly => output::say(
            "this proves consistency only: give a key or checkpoint from outside the copy to prove more",
        ),
        Trust::Outside if covered < events => output::say(&format!(
            "of the last {} events it proves consistency only: no checkpoint covers them yet",
            events - covered
        )),
        Trust::Outside => {}
    }
}
