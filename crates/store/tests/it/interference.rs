//! Non-interference: what a viewer gets from the log equals what he gets from the log without all
//! that he may not read, and so does what becomes of his commands.

use catalogue::ids::DossierId;
use domain::audience::Audience;
use domain::event::{NewEvent, State};
use proptest::prelude::*;
use store::Store;
use store::log::StoredEvent;
use store::log::append::{Appended, Target, Write};
use store::log::chain::Version;
use store::read::list::{Counts, ListQuery, Page};
use store::readings::{Receipt, Seen};
use store::viewer::{Role, Viewer};

use crate::fixtures::*;
use crate::lists::clock;

const UNITS: [&str; 3] = ["DE-LICENSING", "FR-LICENSING", "EU-COMMISSION"];

/// One step of a random history.
#[derive(Clone, Debug)]
enum Step {
    /// A draft of the home's own.
    Draft,
    /// A dossier leaves its home, to some units, with or without a clock.
    Send {
        to: Vec<usize>,
        due: Option<u8>,
    },
    /// Somebody writes to everyone, or to one unit or the home.
    Say {
        audience: Option<usize>,
        summary: bool,
    },
    /// A unit joins, or leaves.
    Share {
        unit: usize,
    },
    Withdraw {
        unit: usize,
    },
    /// It is answered.
    Answer,
}

fn steps() -> impl Strategy<Value = Vec<(u128, Step)>> {
    let step = prop_oneof![
        1 => Just(Step::Draft),
        3 => (prop::collection::vec(0..UNITS.len(), 1..3), prop::option::of(any::<u8>()))
            .prop_map(|(to, due)| Step::Send { to, due }),
        6 => (prop::option::of(0..=UNITS.len()), any::<bool>())
            .prop_map(|(audience, summary)| Step::Say { audience, summary }),
        1 => (0..UNITS.len()).prop_map(|unit| Step::Share { unit }),
        1 => (0..UNITS.len()).prop_map(|unit| Step::Withdraw { unit }),
        1 => Just(Step::Answer),
    ];
    prop::collection::vec((0_u128..4, step), 1..25)
}

/// Somebody of every unit, who can write into each strand.
fn hand() -> Viewer {
    let units = ["NL000510", "DE-LICENSING", "FR-LICENSING", "EU-COMMISSION", "NL-CUSTOMS"];
    let account = catalogue::ids::AccountId::from_uuid(uuid::Uuid::from_u128(50));
    Viewer::for_tests(account, "N. N.", &units.map(unit), &[Role::Officer])
}

/// The events that the steps come to, each with its dossier, as far as they make sense.
fn script(steps: &[(u128, Step)]) -> Vec<(u128, NewEvent)> {
    let mut begun = std::collections::BTreeMap::new();
    let mut script = Vec::new();
    for (number, (id, step)) in steps.iter().enumerate() {
        let is_sent = begun.get(id).copied();
        let text = format!("step {number}");
        let event = match (step, is_sent) {
            (Step::Draft, None) => {
                let mut draft = note("NL-CUSTOMS", &text);
                draft.change.join = vec![unit("NL-CUSTOMS")];
                draft
            }
            (Step::Send { to, due }, None | Some(false)) => {
                let to: Vec<&str> = to.iter().map(|&index| UNITS[index]).collect();
                let mut event = sent(&to, &text);
                event.change.clocks = due.map(|due| vec![clock(at(i64::from(due)))]);
                event
            }
            (Step::Say { audience, summary }, Some(sent)) => {
                let mut event = match audience.map(|index| UNITS.get(index)) {
                    None if sent => message(&text),
                    Some(Some(unit)) if sent => note(unit, &text),
                    _ => note("NL-CUSTOMS", &text),
                };
                event.summary = summary.then(|| text.into_bytes());
                event
            }
            (Step::Share { unit: index }, Some(true)) => {
                let mut event = message(&text);
                event.change.join = vec![unit(UNITS[*index])];
                event
            }
            (Step::Withdraw { unit }, Some(true)) => withdrawal(UNITS[*unit]),
            (Step::Answer, Some(true)) => {
                let mut event = message(&text);
                event.change.state = Some(State::Answered);
                event
            }
            _ => continue,
        };
        let sends = event.change.state == Some(State::Sent);
        begun.insert(*id, sends || is_sent == Some(true));
        script.push((*id, event));
    }
    script
}

/// Writes the events that `keep` names, each with the command and instant of its number.
fn play(store: &Store, script: &[(u128, NewEvent)], keep: impl Fn(u128, &NewEvent) -> bool) {
    for (number, (id, event)) in script.iter().enumerate() {
        if !keep(*id, event) {
            continue;
        }
        let id = dossier(*id);
        let target = match store.log().version(&hand(), id).unwrap() {
            Some(seen) => Target::Existing { id, seen },
            None => Target::New { id, birth: birth(id) },
        };
        // The clock stands still between some commands.
        let number = u128::try_from(number).unwrap();
        let mut stamp = stamp(&hand(), number);
        stamp.at = at(i64::try_from(number / 3).unwrap());
        let write = Write { target, events: vec![event.clone()] };
        let done = store.log().append(&hand(), stamp, vec![write]).unwrap();
        assert!(matches!(done, Appended::Done(_)), "{done:?}");
    }
}

/// What he gets of one dossier: its events, its version, what its reference finds.
type Found = (Option<Vec<StoredEvent>>, Option<Version>, Vec<DossierId>);

/// Everything that a viewer gets.
#[derive(Debug, PartialEq)]
struct View {
    dossiers: Vec<Found>,
    receipts: Vec<(Option<Vec<Receipt>>, Option<Seen>)>,
    page: Page,
    counts: Counts,
    commands: Vec<Appended>,
    after: Vec<Option<Version>>,
}

fn view(store: &Store, viewer: &Viewer) -> View {
    let ids: Vec<DossierId> = (0..5).map(dossier).collect();
    let (log, models, readings) = (store.log(), store.models(), store.readings());
    let version = |id| log.version(viewer, id).unwrap();
    let mut seen = View {
        dossiers: Vec::new(),
        receipts: Vec::new(),
        page: models.list(viewer, &ListQuery { limit: 100, ..ListQuery::default() }).unwrap(),
        counts: models.counts(viewer).unwrap(),
        commands: Vec::new(),
        after: Vec::new(),
    };
    for &id in &ids {
        let found = models.find_reference(viewer, &reference(id)).unwrap();
        seen.dossiers.push((log.read(viewer, id).unwrap(), version(id), found));
        readings.record(viewer, id, at(50)).unwrap();
        let receipts = readings.receipts(viewer, id).unwrap();
        seen.receipts.push((receipts, readings.seen(viewer, id).unwrap()));
        // Real commands through the writer: as he sees it now, and as he never saw it.
        for (number, base) in [(1000, version(id)), (2000, None)] {
            let number = number + id.as_uuid().as_u128();
            let base = base.unwrap_or(Version::from_bytes([3; 32]));
            let write = vec![existing(id, base, vec![message("his own")])];
            let answer = log.append(viewer, stamp(viewer, number), write).unwrap();
            seen.commands.push(answer);
        }
        seen.after.push(version(id));
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if is_long_run() { 1000 } else { 24 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]
    #[test]
    fn what_he_may_not_read_changes_nothing_for_him(steps in steps()) {
        let script = script(&steps);
        for viewer in [rotterdam(), germany(), france()] {
            let full = Node::new();
            play(&full.store, &script, |_, _| true);
            let his: std::collections::BTreeSet<DossierId> = (0..4)
                .map(dossier)
                .filter(|id| full.store.log().read(&viewer, *id).unwrap().is_some())
                .collect();
            let without = Node::new();
            play(&without.store, &script, |id, event| {
                his.contains(&dossier(id)) && viewer.is_of(&event.audience)
            });
            prop_assert_eq!(view(&full.store, &viewer), view(&without.store, &viewer));
        }
    }
}

#[test]
fn the_histories_hold_hidden_events_beside_visible_ones() {
    // Worlds without anything hidden would agree for nothing.
    let steps = [
        (0, Step::Send { to: vec![0], due: None }),
        (0, Step::Say { audience: Some(0), summary: true }),
        (0, Step::Say { audience: Some(UNITS.len()), summary: true }),
        (0, Step::Say { audience: None, summary: false }),
    ];
    let script = script(&steps);
    let hidden =
        |viewer: &Viewer| script.iter().filter(|(_, e)| !viewer.is_of(&e.audience)).count();
    assert_eq!((hidden(&rotterdam()), hidden(&germany()), hidden(&france())), (1, 1, 2));
    assert!(script.iter().any(|(_, event)| event.audience == Audience::Everyone));
}
