//! A node full of dossiers, written in the order of time as a real one would be.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use catalogue::ids::UnitId;
use domain::event::State;
use jiff::{SignedDuration, Timestamp};
use store::log::append::{Appended, Write};

use crate::made::{Maker, Stop, stamp};
use crate::node::{NOW, Node};

/// The first day of the calendars that are needed: Monday 5 January 2026.
const FIRST: Timestamp = Timestamp::constant(1_767_600_000, 0);
/// So many stops are written before the next ones are made.
const BLOCK: usize = 2000;
/// So many dossiers go into one command.
const BATCH: usize = 100;
/// One in so many is still open.
const OPEN_ONE_IN: u64 = 12;

/// What was made, to be compared with what is found.
#[derive(Debug)]
pub(crate) struct Crowd {
    /// The stops.
    pub(crate) stops: Vec<Stop>,
    /// All events that were written.
    pub(crate) events: u64,
    /// How long writing took, without making.
    pub(crate) took: Duration,
}

/// Fills a node with `count` stops.
pub(crate) fn fill(node: &Node, count: u32, seed: u64) -> Result<Crowd> {
    let mut maker = Maker::new(node, seed);
    let mut stops = Vec::new();
    for _ in 0..count {
        let (at, state) = when(&mut maker);
        stops.push(maker.stop(at, state)?);
    }
    stops.sort_by_key(|stop| (stop.at, stop.id));
    let mut took = Duration::ZERO;
    for block in stops.chunks_mut(BLOCK) {
        let mut writes: BTreeMap<UnitId, Vec<Write>> = BTreeMap::new();
        for stop in block.iter_mut() {
            let write = stop.opening(node, &[])?;
            writes.entry(stop.home.clone()).or_default().push(write);
        }
        took += write(node, &mut maker, writes)?;
        let mut writes: BTreeMap<UnitId, Vec<Write>> = BTreeMap::new();
        for stop in block.iter() {
            let write = stop.reply(node)?;
            writes.entry(stop.to.clone()).or_default().extend(write);
        }
        took += self::write(node, &mut maker, writes)?;
        let mut writes: BTreeMap<UnitId, Vec<Write>> = BTreeMap::new();
        for stop in block.iter() {
            let write = stop.outcome(node)?;
            writes.entry(stop.home.clone()).or_default().extend(write);
        }
        took += self::write(node, &mut maker, writes)?;
    }
    let events: u64 = stops.iter().map(Stop::events).sum();
    let found = node.store.log().last()?.map_or(0, |last| last + 1);
    ensure!(found == events, "{found} events where {events} were written");
    Ok(Crowd { stops, events, took })
}

/// When a stop was sent, and how far it has come: most are over, the open ones are recent.
fn when(maker: &mut Maker) -> (Timestamp, State) {
    let minutes = |end: i64, maker: &mut Maker| {
        i64::try_from(maker.below(u64::try_from(end).unwrap_or(1))).unwrap_or(0)
    };
    if maker.below(OPEN_ONE_IN) == 0 {
        // Within the last week: no clock of ten working days has run out.
        let back = minutes(7 * 24 * 60, maker);
        let at = NOW.checked_sub(SignedDuration::from_mins(back)).unwrap_or(NOW);
        let state = match maker.below(4) {
            0 => State::Sent,
            1 | 2 => State::Acknowledged,
            _ => State::Answered,
        };
        return (at, state);
    }
    let span = NOW.duration_since(FIRST).as_mins() - 7 * 24 * 60;
    let at = FIRST.checked_add(SignedDuration::from_mins(minutes(span, maker))).unwrap_or(FIRST);
    (at, State::Closed)
}

fn write(node: &Node, maker: &mut Maker, writes: BTreeMap<UnitId, Vec<Write>>) -> Result<Duration> {
    let mut took = Duration::ZERO;
    for (unit, mut writes) in writes {
        let officer = node.officer(unit.as_str())?;
        while !writes.is_empty() {
            let some: Vec<Write> = writes.drain(..writes.len().min(BATCH)).collect();
            let stamp = stamp(officer, maker.command());
            let began = Instant::now();
            match node.store.log().append(&officer.viewer, stamp, some)? {
                Appended::Done(_) => took += began.elapsed(),
                other => bail!("not appended: {other:?}"),
            }
        }
    }
    Ok(took)
}
