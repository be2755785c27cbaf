//! Writing and reading the log, against SQLite alone with the same bytes.

use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use catalogue::ids::UnitId;
use domain::audience::Audience;
use domain::body::{Body, Content};
use domain::event::{Change, NewEvent, State, What};
use store::log::append::{Appended, Stamp, Target, Write};
use store::log::chain::{Version, version};

use crate::made::{Maker, Stop, moved, own, said, stamp, text};
use crate::node::{NOW, Node, Officer};
use crate::raw::{Copy, Raw, must_agree};
use crate::report::{Table, Times, median, number, percent, rate};

/// So often each case is measured; the median counts.
const ROUNDS: usize = 5;
/// Commands of a round, one after the other.
const SINGLE: usize = 400;
/// Threads that write at once; so large, too, are the transactions of the baseline in batches.
const THREADS: usize = 100;
/// Commands of each thread in a round.
const EACH: usize = 20;
/// Dossiers that exist before messages are measured.
const EXISTING: usize = 100;
/// Events of the dossier that is loaded.
const LONG: usize = 200;
/// So often it is loaded.
const LOADS: usize = 400;

/// What a command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    /// A message to everyone on an existing dossier.
    Message,
    /// A change of state, which moves the dossier in the list of every unit.
    Change,
    /// A new dossier, drafted and sent: two events, two keys, and a second flush for the keys.
    New,
}

/// A dossier that is written to, and what its home has seen of it.
struct Open {
    stop: Stop,
    seen: Version,
    said: usize,
}

/// The officer who writes, by whose hand all goes.
fn writer(node: &Node) -> Result<&Officer> {
    node.officer("NL-CUSTOMS")
}

/// Commands a second, ours and the baseline's, and their ratio in the same run.
pub(crate) fn writing(folder: Option<&Path>, seed: u64) -> Result<Table> {
    let about = format!(
        "Commands a second, each durable before it is answered. Baseline: `rusqlite` inserting the same \
         bytes (header, sealed body) with `synchronous=FULL`, the same number of events in each \
         transaction. Ours includes encryption, chain, Merkle leaf, read models, membership, idempotency \
         and version checks. Medians of {ROUNDS} rounds, ours and baseline in turn; single: one caller, \
         {SINGLE} commands; batches: {THREADS} callers at once, baseline {THREADS} commands a \
         transaction. All events of both are compared byte by byte."
    );
    let columns =
        ["command", "units listed", "commits", "ours /s", "events /s", "SQLite /s", "ratio"];
    let mut table = Table::new("Log: writing", about, &columns);
    for listed in [2, 55] {
        for (does, name) in [
            (Does::Message, "message on an existing strand"),
            (Does::Change, "change of state"),
            (Does::New, "new dossier"),
        ] {
            for threads in [1, THREADS] {
                let (ours, raw, events) = case(folder, seed, does, listed, threads)?;
                table.row([
                    name.to_owned(),
                    listed.to_string(),
                    if threads == 1 { "single" } else { "batches" }.to_owned(),
                    number(ours),
                    number(ours * events),
                    number(raw),
                    percent(ours / raw),
                ]);
            }
        }
    }
    Ok(table)
}

/// One row: our rate, the baseline's, and the events of a command.
fn case(
    folder: Option<&Path>,
    seed: u64,
    does: Does,
    listed: usize,
    threads: usize,
) -> Result<(f64, f64, f64)> {
    let node = Node::bare(folder)?;
    let mut maker = Maker::new(&node, seed);
    let others = others(&node, listed)?;
    let mut open = Vec::new();
    for _ in 0..EXISTING {
        open.push(begin(&node, &mut maker, &others)?);
    }
    let first = next(&node)?;
    let copy = Copy::of(node.dir())?;
    let mut raw = Raw::new(node.dir())?;
    let (mut ours, mut theirs, mut events) = (Vec::new(), Vec::new(), 0.0);
    for _ in 0..ROUNDS {
        let from = next(&node)?;
        let commands = if threads == 1 { SINGLE } else { THREADS * EACH };
        let took = round(&node, &mut maker, &mut open, (does, &others), (commands, threads))?;
        let bytes = copy.events(from)?;
        let count = u64::try_from(commands)?;
        events = bytes.len() as f64 / commands as f64;
        let per_commit = bytes.len() / commands * threads;
        let raw_took = raw.insert(&bytes, per_commit)?;
        ours.push(rate(count, took));
        theirs.push(rate(count, raw_took));
    }
    must_agree(&raw, &copy, first)?;
    for one in &open {
        must_hold(&node, one)?;
    }
    Ok((median(&ours), median(&theirs), events))
}

/// Fails where a dossier does not hold what was written to it.
fn must_hold(node: &Node, one: &Open) -> Result<()> {
    let viewer = &writer(node)?.viewer;
    let events = node.store.log().read(viewer, one.stop.id)?.context("a dossier is not there")?;
    let mut said = 0;
    for event in &events {
        let body = Body::decode(event.body.as_deref().context("a key is not there")?)?;
        let what = event.header.change.what;
        let is_message = what == What::Message && body.content == text(0);
        let is_change = what == What::Acknowledged && body.content == Content::Nothing;
        said += usize::from(is_message || is_change);
    }
    ensure!(said == one.said, "{said} events where {} were written", one.said);
    ensure!(version(&events) == one.seen, "the version is not the one that was given");
    Ok(())
}

/// The units on the list beside the two that a stop has.
fn others(node: &Node, listed: usize) -> Result<Vec<UnitId>> {
    let ours: [UnitId; 2] = ["NL-CUSTOMS".parse()?, "DE-LICENSING".parse()?];
    let others = node.officers.keys().filter(|unit| !ours.contains(unit)).cloned();
    let others: Vec<UnitId> = others.take(listed - ours.len()).collect();
    ensure!(others.len() + ours.len() == listed, "the directory has too few authorities");
    Ok(others)
}

fn next(node: &Node) -> Result<u64> {
    Ok(node.store.log().last()?.map_or(0, |last| last + 1))
}

/// A stop of the Dutch customs to Germany, and the write that opens it.
fn opening(node: &Node, maker: &mut Maker, others: &[UnitId]) -> Result<(Stop, Write)> {
    let mut stop = maker.stop(NOW, State::Sent)?;
    stop.home = "NL-CUSTOMS".parse()?;
    stop.address_to("DE-LICENSING".parse()?);
    let write = stop.opening(node, others)?;
    Ok((stop, write))
}

fn begin(node: &Node, maker: &mut Maker, others: &[UnitId]) -> Result<Open> {
    let (stop, write) = opening(node, maker, others)?;
    let seen = done(node, stamp(writer(node)?, maker.command()), write)?;
    Ok(Open { stop, seen, said: 0 })
}

/// Appends, and gives the writer's version.
fn done(node: &Node, stamp: Stamp, write: Write) -> Result<Version> {
    match node.store.log().append(&writer(node)?.viewer, stamp, vec![write])? {
        Appended::Done(versions) => versions.into_iter().next().context("no version"),
        other => bail!("not appended: {other:?}"),
    }
}

/// Does so many commands, by so many callers at once, and gives the time until all were durable.
fn round(
    node: &Node,
    maker: &mut Maker,
    open: &mut [Open],
    (does, others): (Does, &[UnitId]),
    (commands, threads): (usize, usize),
) -> Result<Duration> {
    let officer = writer(node)?;
    let event = match does {
        Does::Message | Does::New => {
            said(officer, Audience::Everyone, Change::of(What::Message), text(0))
        }
        Does::Change => {
            said(officer, Audience::Everyone, Change::of(What::Acknowledged), Content::Nothing)
        }
    };
    // All is made before the clock runs: what is measured is `append`.
    let mut work: Vec<Vec<(Stamp, Option<Write>)>> = vec![Vec::new(); threads];
    for lane in (0..threads).cycle().take(commands) {
        let write = match does {
            Does::New => Some(opening(node, maker, others)?.1),
            Does::Message | Does::Change => None,
        };
        work.get_mut(lane).context("a lane")?.push((stamp(officer, maker.command()), write));
    }
    let size = open.len() / threads;
    let failures = Mutex::new(Vec::new());
    let began = Instant::now();
    std::thread::scope(|scope| {
        for (lane, open) in work.into_iter().zip(open.chunks_mut(size.max(1))) {
            let (event, failures) = (&event, &failures);
            scope.spawn(move || {
                if let Err(failure) = write_all(node, lane, open, event) {
                    failures.lock().map(|mut failures| failures.push(failure)).ok();
                }
            });
        }
    });
    let took = began.elapsed();
    let failures = failures.into_inner().unwrap_or_default();
    failures.into_iter().next().map_or(Ok(took), Err)
}

/// The commands of one caller, on his dossiers in turn.
fn write_all(
    node: &Node,
    work: Vec<(Stamp, Option<Write>)>,
    open: &mut [Open],
    event: &NewEvent,
) -> Result<()> {
    for (turn, (stamp, write)) in work.into_iter().enumerate() {
        if let Some(write) = write {
            done(node, stamp, write)?;
            continue;
        }
        let at = turn % open.len();
        let one = open.get_mut(at).context("a dossier")?;
        let mut event = event.clone();
        if event.change.what == What::Acknowledged {
            // To and fro, so that each one is a change.
            let state = if one.said.is_multiple_of(2) { State::Acknowledged } else { State::Sent };
            event.change = moved(What::Acknowledged, state);
        }
        let target = Target::Existing { id: one.stop.id, seen: one.seen };
        one.seen = done(node, stamp, Write { target, events: vec![event] })?;
        one.said += 1;
    }
    Ok(())
}

/// Loading a long dossier: read, open and fold.
pub(crate) fn loading(folder: Option<&Path>, seed: u64) -> Result<Table> {
    let node = Node::new(folder)?;
    let mut maker = Maker::new(&node, seed);
    let mut one = begin(&node, &mut maker, &[])?;
    let officer = writer(&node)?;
    for turn in 0..LONG - 2 {
        let (audience, what) = match turn % 4 {
            0 => (own(officer), What::Note),
            _ => (Audience::Everyone, What::Message),
        };
        let event = said(officer, audience, Change::of(what), text(turn));
        let target = Target::Existing { id: one.stop.id, seen: one.seen };
        one.seen =
            done(&node, stamp(officer, maker.command()), Write { target, events: vec![event] })?;
    }
    let copy = Copy::of(node.dir())?;
    let (mut ours, mut raw) = (Times::default(), Times::default());
    for _ in 0..LOADS {
        let began = Instant::now();
        let seen = node.app()?.look(&officer.viewer, one.stop.id)?;
        ours.add(began.elapsed());
        ensure!(seen.dossier.events.len() == LONG, "{} events", seen.dossier.events.len());
        ensure!(seen.version == one.seen, "the version is not the one that was given");
        let began = Instant::now();
        let count = copy.dossier(one.stop.id.as_uuid().as_bytes())?;
        raw.add(began.elapsed());
        ensure!(count == LONG, "{count} events in SQLite");
    }
    let last = node.app()?.look(&officer.viewer, one.stop.id)?.dossier.events.pop();
    ensure!(
        last.and_then(|event| event.body).is_some_and(|body: Body| body.content == text(LONG - 3)),
        "the last message is not the one that was written"
    );
    let about = format!(
        "`app.look` on a dossier of {LONG} events in two strands: membership, due dates, read, check of \
         the chains, decryption, fold. Baseline: SQLite alone reading the same bytes, nothing parsed. \
         {LOADS} times each, in turn."
    );
    let mut table = Table::new("Log: loading a dossier", about, &["", "p50", "p95", "p99"]);
    table.row(["ours".to_owned()].into_iter().chain(ours.cells()));
    table.row(["SQLite, bytes only".to_owned()].into_iter().chain(raw.cells()));
    Ok(table)
}
