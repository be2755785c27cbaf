//! What must hold in every state, of every command and of every passing of time.

use super::Found;
use super::moves::secret_of;
use crate::fixtures::*;
use catalogue::ids::UnitId;
use domain::audience::Audience;
use domain::body::Event;
use domain::command::Command;
use domain::deadline;
use domain::decide::Actor;
use domain::dossier::Dossier;
use domain::event::{Clock, Kind, Silence, State, What};
use domain::handling::HandlingCode;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The events that lie between two worlds.
pub(crate) fn news<'w>(before: &World, after: &'w World) -> &'w [Arc<Event>] {
    &after.log()[before.log().len()..]
}

/// What holds wherever a dossier stands.
pub(crate) fn of_state(world: &World, people: &[Actor]) {
    let standing = world.standing();
    assert!(standing.distribution.contains(&standing.home), "the originator is on the list");
    assert!(standing.asked.is_subset(&standing.distribution), "who is asked can read the question");
    for unit in &standing.asked {
        assert!(standing.clocks.iter().any(|clock| clock.awaits(unit)), "{unit} has a clock");
    }
    if !standing.state.awaits_answer() {
        assert!(standing.asked.is_empty(), "{:?}: nothing is awaited", standing.state);
        assert!(!standing.clocks.iter().any(Clock::is_running), "and nothing runs");
    }
    // Nothing more is due now, and the system sees the same as those at home.
    match world.for_system() {
        None => assert!(standing.is_unsent(), "what is for everyone begins with the sending"),
        Some(system) => {
            assert_eq!(deadline::settle(&system, world.now), []);
            assert_eq!(deadline::settle(&standing, world.now), []);
            assert_eq!((system.state, &system.clocks), (standing.state, &standing.clocks));
            assert_eq!((&system.asked, system.sent_at), (&standing.asked, standing.sent_at));
        }
    }
    for viewer in people {
        let dossier = world.read(viewer);
        let listed = viewer.units.iter().any(|unit| standing.distribution.contains(unit));
        assert_eq!(dossier.is_some(), listed, "{}: it exists for those on the list", viewer.unit);
        if let Some(dossier) = dossier.filter(|_| !standing.is_unsent()) {
            assert_eq!(dossier.standing.state, standing.state, "{}", viewer.unit);
            assert_eq!(dossier.standing.clocks, standing.clocks, "{}", viewer.unit);
            assert_eq!(dossier.standing.asked, standing.asked, "{}", viewer.unit);
        }
    }
    let outsider = people.last().unwrap();
    assert!(world.read(outsider).is_none(), "nobody has told {}", outsider.unit);
}

/// What holds of every command that is accepted.
pub(crate) fn of_command(news: &[Arc<Event>], by: &Actor, seen: &Dossier, command: &Command) {
    let named = named(command, seen);
    let unsent = seen.standing.is_unsent();
    for event in news {
        let change = &event.header.change;
        let audience = &event.header.audience;
        assert!(audience.includes(&by.units), "nobody writes where he cannot read: {event:?}");
        let adds: BTreeSet<&UnitId> =
            change.join.iter().filter(|unit| !seen.standing.distribution.contains(*unit)).collect();
        assert!(adds.iter().all(|unit| named.contains(*unit)), "{adds:?} were not named");
        let restricted = seen.handling.as_ref().unwrap().code >= HandlingCode::H2;
        let permitted = !restricted || by.authority == seen.standing.home;
        assert!(adds.is_empty() || permitted, "{adds:?} were added without permission");
        if unsent && change.what != What::Sent {
            assert_eq!(*audience, Audience::only(by.authority.clone()), "a draft stays at home");
        }
        let changes = change.state.is_some() || change.clocks.is_some() || change.asked.is_some();
        let moves = !change.join.is_empty() || !change.leave.is_empty();
        if !unsent && (changes || moves) {
            assert_eq!(*audience, Audience::Everyone, "all on the list see where it stands");
        }
        stays_at_home(event);
    }
}

/// No command loosens the handling.
pub(crate) fn of_handling(before: &Dossier, after: &Dossier, command: &Command) {
    let (old, new) = (before.handling.as_ref().unwrap(), after.handling.as_ref().unwrap());
    let keeps = new.code >= old.code && new.marking >= old.marking;
    assert!(keeps, "{old:?} was loosened to {new:?} by {command:?}");
}

/// The units that a command may add to the list: those that it names, or that were named before.
fn named(command: &Command, seen: &Dossier) -> BTreeSet<UnitId> {
    let units = |units: &[UnitId]| units.iter().cloned().collect();
    match command {
        Command::Send | Command::Approve => {
            serde_json::from_value(seen.given("to").clone()).unwrap()
        }
        Command::Share(share) => units(&share.units),
        Command::Consent(_) => {
            seen.consents.iter().flat_map(|asked| asked.disclosure.units.clone()).collect()
        }
        Command::Edit(_)
        | Command::SendBack(_)
        | Command::Recall(_)
        | Command::Acknowledge
        | Command::Message(_)
        | Command::Note(_)
        | Command::Assign(_)
        | Command::Attach(..)
        | Command::Withdraw(_)
        | Command::Tighten(_)
        | Command::Extend(_)
        | Command::Close(_)
        | Command::Reopen(_)
        | Command::Kind(_) => BTreeSet::new(),
    }
}

/// A text for one authority lies in that authority's strand and nowhere else.
fn stays_at_home(event: &Event) {
    let text = String::from_utf8(event.body.as_ref().unwrap().encode()).unwrap();
    for authority in ["NL-CUSTOMS", "DE-LICENSING", "AT-LICENSING", "FR-CUSTOMS"].map(unit) {
        if text.contains(&secret_of(&authority)) {
            assert_eq!(event.header.audience, Audience::only(authority), "{text}");
        }
    }
}

/// What holds of everything that time brings about.
pub(crate) fn of_time(before: &World, after: &World) {
    let standing = before.standing();
    assert!(!news(before, after).is_empty(), "time wakes for something");
    for event in news(before, after) {
        assert_eq!(event.header.by, None, "in the name of the system");
        assert_eq!(event.header.audience, Audience::Everyone);
        let due = |clock: &Clock| clock.is_running() && clock.due == event.header.at;
        assert!(standing.clocks.iter().any(due), "at the instant at which a clock was due");
        assert!(event.header.at > before.now && event.header.at <= after.now);
        stays_at_home(event);
    }
    let ends_ground = standing.clocks.iter().any(|clock| clock.silence == Silence::EndsGround);
    assert!(after.state() != State::ReleaseDue || ends_ground, "only Article 21(3) releases");
}

/// Whatever has happened, there is a way to an end.
pub(crate) fn all_end(found: &Found) {
    let mut ends: BTreeSet<usize> =
        (0..found.worlds.len()).filter(|&n| found.worlds[n].0.state().is_ended()).collect();
    loop {
        let more: Vec<usize> = (0..found.worlds.len())
            .filter(|n| !ends.contains(n) && !found.next[*n].is_disjoint(&ends))
            .collect();
        if more.is_empty() {
            break;
        }
        ends.extend(more);
    }
    for (n, (world, _)) in found.worlds.iter().enumerate() {
        assert!(ends.contains(&n), "no way to an end: {:?}", world.standing());
    }
}

/// When nobody does anything, what waits for an answer becomes overdue or is to be released.
pub(crate) fn silence_resolves(world: &World) {
    let mut silent = world.clone();
    if !silent.state().awaits_answer() {
        return;
    }
    let mut waits = 0;
    while let Some(at) = silent.for_system().unwrap().wakes_at() {
        silent.pass_to(at);
        waits += 1;
        assert!(waits < 20, "time has an end of its effects");
    }
    let standing = silent.standing();
    match standing.kind {
        Kind::Notice => assert!(standing.state.awaits_answer(), "a notice stands until withdrawn"),
        Kind::Stop | Kind::Information | Kind::Classification | Kind::Document => {
            assert!(matches!(standing.state, State::ReleaseDue | State::Overdue), "{standing:?}");
            let stands = |clock: &Clock| clock.is_running() && clock.silence == Silence::EndsGround;
            assert!(!standing.clocks.iter().any(stands), "no ground of Article 21(3) outlives it");
        }
    }
}
