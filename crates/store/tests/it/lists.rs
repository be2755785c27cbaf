//! Lists, counts and the clock's list; and that all of it can be made again.

use std::collections::{BTreeMap, BTreeSet};

use catalogue::ids::DossierId;
use domain::audience::Audience;
use domain::event::{Basis, Clock, Ended, EndedBy, Ground, Kind, NewEvent, Silence, State};
use domain::standing::Wait;
use jiff::Timestamp;
use store::read::list::{Counts, Cursor, ListQuery, ListRow};
use store::viewer::Viewer;

use crate::fixtures::*;

/// A clock of Article 21(3) that is due then.
pub(crate) fn clock(due: Timestamp) -> Clock {
    Clock {
        ground: Ground::InformationNotConsidered,
        basis: Basis::Law,
        silence: Silence::EndsGround,
        started: at(0),
        last_day: jiff::civil::date(2026, 12, 1),
        due,
        calendar: "DE".parse().unwrap(),
        unit: unit("DE-LICENSING"),
        extended: false,
        ended: None,
    }
}

fn sent_with_clock(to: &[&str], due: i64) -> NewEvent {
    let mut event = sent(to, &format!("due {due}"));
    event.change.clocks = Some(vec![clock(at(due))]);
    event
}

fn all(node: &Node, viewer: &Viewer, query: &ListQuery) -> Vec<ListRow> {
    let mut rows = Vec::new();
    let mut query = ListQuery { limit: 3, ..query.clone() };
    loop {
        let page = node.store.models().list(viewer, &query).unwrap();
        rows.extend(page.rows);
        let Some(next) = page.next else { return rows };
        query.cursor = Some(next.to_string().parse::<Cursor>().unwrap());
    }
}

fn ids(rows: &[ListRow]) -> Vec<DossierId> {
    rows.iter().map(|row| row.id).collect()
}

/// Eight stops: due at 50, 30, 40, 20; one without a clock; one answered; one of Rotterdam's own
/// drafts; one that does not concern Germany.
fn busy() -> Node {
    let node = Node::new();
    for (number, due) in [(1, 50), (2, 30), (3, 40), (4, 20)] {
        let events = vec![sent_with_clock(&["DE-LICENSING"], due)];
        node.write(&rotterdam(), number, vec![new(dossier(number), events)]);
    }
    node.sent(5, &["DE-LICENSING"]);
    let events = vec![sent_with_clock(&["DE-LICENSING"], 10)];
    node.write(&rotterdam(), 6, vec![new(dossier(6), events)]);
    let mut answer = message("answered");
    answer.change.state = Some(State::Answered);
    answer.change.asked = Some(Vec::new());
    let ended = Some(Ended { at: at(7), by: EndedBy::Answer });
    answer.change.clocks = Some(vec![Clock { ended, ..clock(at(10)) }]);
    answer.summary = Some(b"answered".to_vec());
    node.add(&germany(), 7, dossier(6), answer);
    let mut draft = note("NL-CUSTOMS", "a draft");
    draft.change.join = vec![unit("NL-CUSTOMS"), unit("NL000510")];
    node.write(&rotterdam(), 8, vec![new(dossier(8), vec![draft])]);
    node.sent(9, &["FR-LICENSING"]);
    node
}

#[test]
fn the_most_urgent_comes_first_and_each_sees_his_own() {
    let node = busy();
    let rows = all(&node, &germany(), &ListQuery::default());
    assert_eq!(ids(&rows), [4, 2, 3, 1, 5, 6].map(dossier));
    assert_eq!(rows[0].place.wait, Wait::SilenceDecides);
    assert_eq!(rows[0].place.due, Some(at(20)));
    assert_eq!(rows[0].summaries, [(Audience::Everyone, b"due 20".to_vec())]);
    assert_eq!(rows[5].place.wait, Wait::Others);
    assert_eq!(rows[5].summaries, [(Audience::Everyone, b"answered".to_vec())]);
    assert_eq!(rows[5].last_activity, at(7));
    // His draft and the answer wait on Rotterdam; office and authority give one row.
    let rows = all(&node, &rotterdam(), &ListQuery::default());
    assert_eq!(ids(&rows), [6, 8, 4, 2, 3, 1, 5, 9].map(dossier));
    assert_eq!(all(&node, &Viewer::system(), &ListQuery::default()), []);
}

#[test]
fn filters_and_counts_agree_with_the_whole_list() {
    let node = busy();
    let whole = all(&node, &germany(), &ListQuery::default());
    let of = |query: ListQuery| ids(&all(&node, &germany(), &query));
    let waits = BTreeSet::from([Wait::Others]);
    assert_eq!(of(ListQuery { waits, ..ListQuery::default() }), [dossier(6)]);
    let states = BTreeSet::from([State::Sent]);
    assert_eq!(of(ListQuery { states, ..ListQuery::default() }), [4, 2, 3, 1, 5].map(dossier));
    let kinds = BTreeSet::from([Kind::Notice]);
    assert_eq!(of(ListQuery { kinds, ..ListQuery::default() }), []);
    let homes = BTreeSet::from([unit("NL-CUSTOMS")]);
    assert_eq!(of(ListQuery { homes, ..ListQuery::default() }).len(), whole.len());
    let due_by = Some(at(30));
    assert_eq!(of(ListQuery { due_by, ..ListQuery::default() }), [4, 2].map(dossier));
    let unit = Some(unit("NL000510"));
    let office = all(&node, &rotterdam(), &ListQuery { unit, ..ListQuery::default() });
    assert_eq!(ids(&office), [dossier(8)]);

    let mut expected: BTreeMap<Wait, BTreeMap<Kind, u32>> = BTreeMap::new();
    for row in &whole {
        *expected.entry(row.place.wait).or_default().entry(row.kind).or_default() += 1;
    }
    let counts = node.store.models().counts(&germany()).unwrap();
    assert_eq!(counts, Counts { by_group: expected, more: BTreeSet::new() });
}

#[test]
fn the_clock_is_told_what_time_changes_and_not_earlier() {
    let node = busy();
    let models = node.store.models();
    assert_eq!(models.next_wake().unwrap(), Some(at(20)));
    let before = at(20) - jiff::SignedDuration::from_nanos(1);
    assert_eq!(models.due_before(before, 10).unwrap(), []);
    assert_eq!(models.due_before(at(30), 10).unwrap(), [4, 2].map(dossier));
    assert_eq!(models.due_before(at(99), 1).unwrap(), [dossier(4)]);
}

#[test]
fn a_reference_is_found_by_those_for_whom_it_exists() {
    let node = busy();
    let find =
        |viewer| node.store.models().find_reference(&viewer, &reference(dossier(9))).unwrap();
    assert_eq!(find(rotterdam()), [dossier(9)]);
    assert_eq!(find(france()), [dossier(9)]);
    assert_eq!(find(germany()), []);
}

#[test]
fn what_failed_half_way_leaves_no_trace_in_what_is_remembered() {
    let node = Node::new();
    let (one, seen) = node.sent(1, &["DE-LICENSING"]);
    let (two, _) = node.sent(2, &["DE-LICENSING"]);
    let gone = store::log::destroy::Destroy::Dossier(two);
    node.store.log().destroy(gone, stamp(&rotterdam(), 3)).unwrap();
    let two_seen = node.store.log().version(&germany(), two).unwrap().unwrap();
    let mut answer = message("answered");
    answer.change.state = Some(State::Answered);
    let writes = vec![
        existing(one, seen, vec![answer.clone()]),
        existing(two, two_seen, vec![message("its key is gone")]),
    ];
    let failed = node.store.log().append(&germany(), stamp(&germany(), 4), writes);
    assert!(failed.is_err(), "{failed:?}");
    let state = || all(&node, &germany(), &ListQuery::default())[0].place.state;
    assert_eq!((state(), node.read(&germany(), one).unwrap().len()), (State::Sent, 1));
    node.add(&germany(), 4, one, answer);
    let rows = all(&node, &germany(), &ListQuery::default());
    let row = rows.iter().find(|row| row.id == one).unwrap();
    assert_eq!((row.place.wait, row.place.state), (Wait::Others, State::Answered));
}

#[test]
fn read_models_made_again_are_equal_and_the_node_goes_on() {
    let node = busy();
    node.add(&germany(), 10, dossier(1), note("DE-LICENSING", "a note"));
    node.add(&rotterdam(), 11, dossier(9), withdrawal("FR-LICENSING"));
    let strand = node.store.log().read(&germany(), dossier(2)).unwrap().unwrap()[0].strand;
    let gone = store::log::destroy::Destroy::Strand(dossier(2), strand);
    node.store.log().destroy(gone, stamp(&rotterdam(), 12)).unwrap();
    let everything = |node: &Node| {
        let models = node.store.models();
        let mut seen = Vec::new();
        for viewer in [rotterdam(), germany(), france()] {
            let list = all(node, &viewer, &ListQuery::default());
            let versions: Vec<_> =
                (0..12).map(|n| node.store.log().version(&viewer, dossier(n)).unwrap()).collect();
            seen.push((list, models.counts(&viewer).unwrap(), versions));
        }
        (seen, models.due_before(at(999), 99).unwrap(), node.store.models().next_wake().unwrap())
    };
    let before = everything(&node);
    assert_eq!(node.store.models().rebuild().unwrap(), 8);
    assert_eq!(everything(&node), before);
    node.add(&germany(), 13, dossier(1), message("on it goes"));
    let report = store::log::verify::verify(node.dir(), None, None).unwrap();
    assert_eq!(report.fault, None);
}
