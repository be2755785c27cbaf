//! Measures log and pages against baselines in the same run, and fails where results disagree.
//!
//! Started by `cargo xtask bench`. Nothing here is shipped, and nothing here is a test: how fast
//! something is depends on the machine, so only ratios to the baseline of the same run are promised.
//!
//! Reading order: [`node`] (what is measured), [`made`] and [`crowd`] (made-up stops), [`raw`] (the
//! baseline), [`log`], [`pages`], [`report`].

mod crowd;
mod log;
mod made;
mod node;
mod pages;
mod raw;
mod report;

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Parser;
use jiff::Timestamp;
use node::Node;
use report::{Table, number, rate};

/// Measures this program.
#[derive(Debug, Parser)]
struct Arguments {
    /// Dossiers of the full node.
    #[arg(long, default_value_t = 50_000)]
    dossiers: u32,
    /// The same seed makes the same dossiers.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Measures one part alone, and writes no file.
    #[arg(long)]
    only: Option<Part>,
    /// Where nodes are made; by default where temporary files go.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// The file that gets the tables.
    #[arg(long)]
    write: Option<PathBuf>,
    /// Which compiler built this.
    #[arg(long, default_value = "unknown")]
    compiler: String,
}

/// A part of what is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Writing and loading.
    Log,
    /// A full node: lists, dossiers, pages, rebuild, verify, start.
    Pages,
}

/// Said of a run beside other work.
const BUSY: &str = "\nOther work ran on this machine. Both sides then wait for the same disk, which brings ratios of single\n\
    commits near 100 % and says nothing of this program: measure again on a quiet machine.\n";

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut text = head(&arguments)?;
    say(&text);
    let mut add = |table: &Table| {
        let table = table.markdown();
        say(&table);
        text.push('\n');
        text.push_str(&table);
    };
    let folder = arguments.folder.as_deref();
    if arguments.only != Some(Part::Pages) {
        add(&log::writing(folder, arguments.seed)?);
        add(&log::loading(folder, arguments.seed)?);
    }
    if arguments.only != Some(Part::Log) {
        let node = Node::new(folder)?;
        let crowd = crowd::fill(&node, arguments.dossiers, arguments.seed)?;
        let per_second = number(rate(crowd.events, crowd.took));
        say(&format!("{} dossiers written, {per_second} events a second\n", crowd.stops.len()));
        add(&pages::use_cases(&node, &crowd, arguments.seed)?);
        add(&pages::search(&node, &crowd, arguments.seed)?);
        add(&pages::through_router(&node, &crowd, arguments.seed)?);
        add(&pages::operating(node, &crowd)?);
    }
    if let (Some(path), None) = (&arguments.write, arguments.only) {
        std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the day on which it was measured")]
fn head(arguments: &Arguments) -> Result<String> {
    let line = |path: &str, key: &str| {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let found = text.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
        found.trim_start_matches([' ', '\t', ':']).trim().to_owned()
    };
    let processor = line("/proc/cpuinfo", "model name");
    let kernel = line("/proc/sys/kernel/osrelease", "");
    let load = line("/proc/loadavg", "");
    let load = load.split_whitespace().next().unwrap_or("unknown");
    let cores = std::thread::available_parallelism()?;
    let is_busy = load.parse::<f64>().is_ok_and(|load| load > cores.get() as f64);
    let busy = if is_busy { BUSY } else { "" };
    Ok(format!(
        "# Performance: figures\n\n\
         Written by `cargo xtask bench --dossiers {} --seed {}`; `--only log` and `--only pages` measure one part\n\
         and write nothing. Figures of a shared machine mean little by themselves: the ratio to the baseline of\n\
         the same run is what counts. A run whose results disagree in number or content fails.\n\n\
         - {}\n- {cores} cores, {processor}, Linux {kernel}; load average at the start: {load}\n- {}, profile `measure`\n\
         - SQLite {}, write-ahead log, `synchronous=FULL`\n{busy}",
        arguments.dossiers,
        arguments.seed,
        Timestamp::now().strftime("%Y-%m-%d"),
        arguments.compiler,
        rusqlite::version(),
    ))
}

fn say(text: &str) {
    // A reader who closed the pipe has seen enough.
    writeln!(std::io::stdout().lock(), "{text}").ok();
}
