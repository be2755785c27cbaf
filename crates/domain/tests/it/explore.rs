//! Every kind's state machine, explored until nothing new is found.
//!
//! Breadth first, over abstract states: where the dossier stands, who is asked, which clocks run and
//! in which order they fall due, who is on the list, how it may be used, whose consent is awaited,
//! who has acknowledged, what has been answered. From each of them everybody tries every command of
//! a finite alphabet, on his own fold, and time goes on to the next instant at which it changes
//! something. Two logs with the same abstract state allow the same commands from then on, so one of
//! them is enough.

mod draw;
mod moves;
mod promises;

use crate::fixtures::*;
use domain::body::Event;
use domain::command::Readers;
use domain::decide::{self, Actor, Approval};
use domain::dossier::Dossier;
use domain::event::{Change, Clock, Kind, State, What};
use domain::refusal::Refusal;
use jiff::SignedDuration;
use moves::Move;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// No shortest way to a state is longer than this many moves.
const DEPTH_MAX: usize = 30;

/// What an exploration has found.
pub(crate) struct Found {
    /// The worlds, one for each abstract state, each with the number of moves to it.
    worlds: Vec<(World, usize)>,
    /// From each, those that one move leads to.
    next: Vec<BTreeSet<usize>>,
    /// The changes of state: from, to, what happened, and in whose name.
    changes: BTreeSet<(State, State, What, &'static str)>,
}

/// The people of every exploration. The last one is never told anything.
fn people() -> Vec<Actor> {
    vec![
        rotterdam(),
        dutch_customs(),
        german_licensing(),
        austrian_licensing(),
        french_customs(),
        commission(),
    ]
}

fn first(kind: Kind) -> World {
    let given = match kind {
        Kind::Stop => stop("DE-LICENSING", &["21(3)(b)"]),
        Kind::Information => information(&["DE-LICENSING", "AT-LICENSING"]),
        Kind::Classification => classification(&["DE-LICENSING", "AT-LICENSING"]),
        Kind::Document => document("DE-LICENSING"),
        Kind::Notice => notice(&["DE-LICENSING", "AT-LICENSING"]),
    };
    let mut world = World::draft(kind, given);
    world.approval = Approval::Needed;
    // Lies in the same strand as the draft, and must not leave with it.
    let secret = moves::secret_of(&dutch_customs().authority);
    world.attaches(&rotterdam(), &secret, Readers::OwnAuthority);
    world
}

fn explore(kind: Kind) -> Found {
    let people = people();
    let alphabet: Vec<Vec<Move>> = people.iter().map(|by| moves::always(kind, by)).collect();
    let start = first(kind);
    let mut known = BTreeMap::from([(key(&start, &start.of(&dutch_customs())), 0)]);
    let mut found =
        Found { worlds: vec![(start, 0)], next: vec![BTreeSet::new()], changes: BTreeSet::new() };
    let mut open = VecDeque::from([0]);
    while let Some(from) = open.pop_front() {
        let (world, depth) = found.worlds[from].clone();
        promises::of_state(&world, &people);
        for (after, key) in successors(&world, &people, &alphabet, &mut found.changes) {
            let new = found.worlds.len();
            let to = *known.entry(key).or_insert(new);
            if to == new {
                assert!(depth < DEPTH_MAX, "{kind}: no end within {DEPTH_MAX} moves");
                found.worlds.push((after, depth + 1));
                found.next.push(BTreeSet::new());
                open.push_back(new);
            }
            found.next[from].insert(to);
        }
    }
    found
}

/// All worlds that one move leads to; each move is held to its promises.
fn successors(
    world: &World,
    people: &[Actor],
    alphabet: &[Vec<Move>],
    changes: &mut BTreeSet<(State, State, What, &'static str)>,
) -> Vec<(World, String)> {
    let mut after = Vec::new();
    let before = world.of(&dutch_customs());
    for (by, always) in people.iter().zip(alphabet) {
        let Some(dossier) = world.read(by) else { continue };
        for Move { command, must_be_refused } in always.iter().chain(&moves::here(&dossier)) {
            match decide::decide(&dossier, by, command.clone(), &world.context()) {
                Ok(decision) => {
                    assert!(!must_be_refused, "{} may not {command:?}", by.unit);
                    let mut next = world.clone();
                    next.take(by, decision);
                    let news = promises::news(world, &next);
                    promises::of_command(news, by, &dossier, command);
                    if news.iter().all(|event| is_record_only(event)) {
                        continue;
                    }
                    let home = next.of(&dutch_customs());
                    promises::of_handling(&before, &home, command);
                    draw::note_changes(&before.standing, news, Some(by), changes);
                    let key = key(&next, &home);
                    after.push((next, key));
                }
                Err(Refusal::Calendar(year)) => panic!("the calendars end too early: {year}"),
                Err(_) => {}
            }
        }
    }
    if let Some(at) = world.for_system().and_then(|standing| standing.wakes_at()) {
        let mut next = world.clone();
        // Nobody looks at that very instant; what it made true is dated back to it.
        next.pass_to(at + SignedDuration::from_hours(7));
        promises::of_time(world, &next);
        draw::note_changes(&before.standing, promises::news(world, &next), None, changes);
        let key = key(&next, &next.of(&dutch_customs()));
        after.push((next, key));
    }
    after
}

/// Whether an event is one more text or file in the record, after which the abstract state is the
/// same.
fn is_record_only(event: &Event) -> bool {
    let change = &event.header.change;
    let is_record =
        matches!(change.what, What::Message | What::Note | What::Assigned | What::Attached);
    is_record && *change == Change::of(change.what)
}

/// The abstract state of a world, which those at home see in full.
fn key(world: &World, home: &Dossier) -> String {
    let standing = &home.standing;
    let mut running: Vec<&Clock> =
        standing.clocks.iter().filter(|clock| clock.is_running()).collect();
    running.sort_by_key(|clock| (clock.due, clock.ground, clock.unit.clone()));
    let running: Vec<String> = running
        .iter()
        .enumerate()
        .map(|(n, clock)| {
            let together = n > 0 && running[n - 1].due == clock.due;
            let late = clock.due <= world.now;
            let Clock { ground, unit, silence, extended, .. } = clock;
            format!("{ground} {unit} {silence} {extended} {late} {together}")
        })
        .collect();
    let grounds: BTreeSet<_> = standing.clocks.iter().map(|clock| clock.ground).collect();
    let acknowledged: BTreeSet<_> = home
        .events
        .iter()
        .rev()
        .take_while(|event| event.header.change.state != Some(State::Sent))
        .filter(|event| event.header.change.what == What::Acknowledged)
        .map(|event| event.header.by.clone())
        .collect();
    let wanted: BTreeSet<String> =
        home.consents.iter().map(|asked| format!("{:?}", asked.disclosure.units)).collect();
    let handling = home.handling.as_ref().map(|handling| (handling.code, handling.marking));
    let answered: Vec<(String, usize)> =
        said(home).into_iter().map(|(unit, row)| (unit, row.len())).collect();
    let asked = (&standing.asked, &standing.distribution);
    let stands = (standing.state, standing.is_unsent());
    format!(
        "{stands:?} {asked:?} {running:?} {grounds:?} {acknowledged:?} {wanted:?} {handling:?} {answered:?}"
    )
}

fn holds_its_promises(kind: Kind, expected: &[State], at_most: usize) {
    let found = explore(kind);
    let states: BTreeSet<State> = found.worlds.iter().map(|(world, _)| world.state()).collect();
    assert_eq!(states, expected.iter().copied().collect(), "{kind}: the states that are reached");
    promises::all_end(&found);
    for (world, _) in &found.worlds {
        promises::silence_resolves(world);
    }
    assert!(found.worlds.len() <= at_most, "{kind}: {} states", found.worlds.len());
    draw::compare(kind, &found);
}

use State::{
    Acknowledged, Answered, Closed, Draft, ForApproval, Overdue, ReleaseDue, Sent, Withdrawn,
};

#[test]
fn every_stop_ends_and_silence_always_resolves() {
    holds_its_promises(
        Kind::Stop,
        &[Draft, ForApproval, Sent, Acknowledged, Answered, ReleaseDue, Overdue, Closed, Withdrawn],
        20_000,
    );
}

const WITHOUT_RELEASE: [State; 8] =
    [Draft, ForApproval, Sent, Acknowledged, Answered, Overdue, Closed, Withdrawn];

#[test]
fn every_request_for_information_ends_and_silence_always_resolves() {
    holds_its_promises(Kind::Information, &WITHOUT_RELEASE, 20_000);
}

#[test]
fn every_classification_ends_and_silence_always_resolves() {
    holds_its_promises(Kind::Classification, &WITHOUT_RELEASE, 20_000);
}

#[test]
fn every_document_verification_ends_and_silence_always_resolves() {
    holds_its_promises(Kind::Document, &WITHOUT_RELEASE, 20_000);
}

#[test]
fn every_notice_ends_and_silence_changes_nothing() {
    let expected = [Draft, ForApproval, Sent, Acknowledged, Answered, Closed, Withdrawn];
    holds_its_promises(Kind::Notice, &expected, 20_000);
}
