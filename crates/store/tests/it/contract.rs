//! What reading and appending promise.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;

use store::error::{StoreError, Unsound};
use store::log::append::{Appended, Write};
use store::log::chain::{Version, since, version};
use store::viewer::Viewer;

use crate::fixtures::*;

#[test]
fn each_reads_what_is_addressed_to_him_and_nothing_else() {
    let node = Node::new();
    let (id, _) = node.sent(1, &["DE-LICENSING"]);
    node.add(&germany(), 2, id, note("DE-LICENSING", "a note"));
    node.add(&germany(), 3, id, message("a question"));
    let table = [
        (rotterdam(), Some(vec!["form 1", "a question"])),
        (germany(), Some(vec!["form 1", "a note", "a question"])),
        (Viewer::system(), Some(vec!["form 1", "a question"])),
        (france(), None),
    ];
    for (viewer, expected) in table {
        let expected = expected.map(|texts| texts.into_iter().map(str::to_owned).collect());
        assert_eq!(node.read(&viewer, id), expected, "{viewer:?}");
        assert_eq!(node.read(&viewer, dossier(99)), None);
        let events = node.store.log().read(&viewer, id).unwrap();
        let by_strands = node.store.log().version(&viewer, id).unwrap();
        assert_eq!(events.map(|events| version(&events)), by_strands);
    }
}

#[test]
fn who_joins_later_sees_the_past_and_who_is_withdrawn_sees_nothing() {
    let node = Node::new();
    let (id, _) = node.sent(1, &["DE-LICENSING"]);
    node.add(&germany(), 2, id, note("DE-LICENSING", "a note"));
    let mut share = message("shared");
    share.change.join = vec![unit("FR-LICENSING")];
    node.add(&rotterdam(), 3, id, share);
    assert_eq!(node.read(&france(), id).unwrap(), ["form 1", "shared"]);
    node.add(&rotterdam(), 4, id, withdrawal("FR-LICENSING"));
    assert_eq!(node.read(&france(), id), None);
    assert_eq!(node.store.log().version(&france(), id).unwrap(), None);
}

#[test]
fn a_draft_exists_for_its_own_authority_alone() {
    let node = Node::new();
    let mut draft = note("NL-CUSTOMS", "a draft");
    draft.change.join = vec![unit("NL-CUSTOMS")];
    node.write(&rotterdam(), 1, vec![new(dossier(1), vec![draft])]);
    assert_eq!(node.read(&rotterdam(), dossier(1)).unwrap(), ["a draft"]);
    for other in [germany(), Viewer::system()] {
        assert_eq!(node.read(&other, dossier(1)), None);
    }
}

#[test]
fn membership_comes_before_the_key_of_the_command_and_that_before_the_version() {
    let node = Node::new();
    let (id, first) = node.sent(1, &["DE-LICENSING"]);
    let stale = Version::from_bytes([9; 32]);
    let write = |seen, text| vec![existing(id, seen, vec![message(text)])];

    // An outsider learns nothing, whatever he sends.
    assert_eq!(node.write(&france(), 2, write(first, "x")), Appended::NotFound);
    assert_eq!(node.write(&france(), 2, write(stale, "x")), Appended::NotFound);

    let Appended::Done(versions) = node.write(&germany(), 2, write(first, "x")) else { panic!() };
    let again = Appended::Again(vec![(id, versions[0])]);
    assert_eq!(node.write(&germany(), 2, write(stale, "x")), again, "before the version");
    let mut other = stamp(&germany(), 2);
    other.request = b"other".to_vec();
    let answer = node.store.log().append(&germany(), other, write(stale, "y")).unwrap();
    assert_eq!(answer, Appended::OtherBody);

    // The same id of another account is another command.
    assert_eq!(node.write(&rotterdam(), 2, write(stale, "x")), Appended::Moved);

    node.add(&rotterdam(), 3, id, withdrawal("DE-LICENSING"));
    assert_eq!(
        node.write(&germany(), 2, write(stale, "x")),
        Appended::NotFound,
        "membership first"
    );
    assert_eq!(node.read(&rotterdam(), id).unwrap(), ["form 1", "x", "withdrawn"]);
}

#[test]
fn a_repeated_opening_is_answered_with_the_dossier_of_the_first() {
    let node = Node::new();
    let (id, seen) = node.sent(1, &["DE-LICENSING"]);
    let again = node.write(&rotterdam(), 1, vec![new(dossier(7), vec![sent(&[], "form 7")])]);
    assert_eq!(again, Appended::Again(vec![(id, seen)]));
    assert_eq!(node.read(&rotterdam(), dossier(7)), None);
}

#[test]
fn only_what_he_can_see_is_a_conflict() {
    let node = Node::new();
    let (id, seen) = node.sent(1, &["DE-LICENSING"]);
    node.add(&germany(), 2, id, note("DE-LICENSING", "a note"));
    let write = vec![existing(id, seen, vec![message("unaware of the note")])];
    assert!(matches!(node.write(&rotterdam(), 3, write), Appended::Done(_)));
    let write = vec![existing(id, seen, vec![message("unaware of his own message")])];
    assert_eq!(node.write(&rotterdam(), 4, write), Appended::Moved);
    // The system's commands have no key: each is decided anew.
    for _ in 0..2 {
        let seen = node.store.log().version(&Viewer::system(), id).unwrap().unwrap();
        let write = vec![existing(id, seen, vec![message("the system")])];
        assert!(matches!(node.write(&Viewer::system(), 5, write), Appended::Done(_)));
    }
}

#[test]
fn one_command_writes_to_two_dossiers_or_to_none() {
    let node = Node::new();
    let (one, one_seen) = node.sent(1, &["DE-LICENSING"]);
    let (two, two_seen) = node.sent(2, &["DE-LICENSING"]);
    node.add(&rotterdam(), 3, two, message("moved"));
    let both = |two_seen| {
        vec![
            existing(one, one_seen, vec![message("to one")]),
            existing(two, two_seen, vec![message("to two")]),
        ]
    };
    assert_eq!(node.write(&germany(), 4, both(two_seen)), Appended::Moved);
    assert_eq!(node.read(&germany(), one).unwrap(), ["form 1"]);
    let now = node.store.log().version(&germany(), two).unwrap().unwrap();
    let Appended::Done(versions) = node.write(&germany(), 5, both(now)) else { panic!() };
    assert_eq!(node.store.log().version(&germany(), one).unwrap(), Some(versions[0]));
    assert_eq!(node.store.log().version(&germany(), two).unwrap(), Some(versions[1]));
}

#[test]
fn what_was_added_since_is_the_rest_after_the_prefix_he_saw() {
    let node = Node::new();
    let (id, _) = node.sent(1, &["DE-LICENSING"]);
    node.add(&germany(), 2, id, note("DE-LICENSING", "a note"));
    node.add(&rotterdam(), 3, id, message("a message"));
    let events = node.store.log().read(&germany(), id).unwrap().unwrap();
    for split in 0..=events.len() {
        assert_eq!(since(&events, &version(&events[..split])), Some(&events[split..]));
    }
    assert_eq!(since(&events, &Version::from_bytes([1; 32])), None);
}

#[test]
fn a_call_that_breaks_the_contract_writes_nothing() {
    let node = Node::new();
    let (id, seen) = node.sent(1, &["DE-LICENSING"]);
    let twice = existing(id, seen, vec![message("x")]);
    let destroyed = domain::event::NewEvent {
        change: domain::event::Change::of(domain::event::What::KeyDestroyed),
        ..message("")
    };
    let table: Vec<(Viewer, Vec<Write>, Unsound)> = vec![
        (rotterdam(), vec![existing(id, seen, vec![])], Unsound::NoEvent),
        (rotterdam(), vec![twice.clone(), twice], Unsound::Twice(id)),
        (rotterdam(), vec![new(dossier(2), vec![message("x")])], Unsound::HomeNotJoined),
        (germany(), vec![new(dossier(2), vec![sent(&[], "x")])], Unsound::ForeignHome),
        (
            rotterdam(),
            vec![existing(id, seen, vec![note("DE-LICENSING", "x")])],
            Unsound::Unreadable,
        ),
        (rotterdam(), vec![existing(id, seen, vec![destroyed])], Unsound::Destruction),
    ];
    for (viewer, writes, expected) in table {
        let answer = node.store.log().append(&viewer, stamp(&viewer, 9), writes);
        assert!(
            matches!(&answer, Err(StoreError::Unsound(found)) if *found == expected),
            "{answer:?}"
        );
    }
    assert_eq!(node.store.log().tail(None, 10).unwrap().len(), 1);
}

#[test]
fn nobody_who_was_withdrawn_meanwhile_writes_any_more() {
    let node = Node::new();
    let store = &node.store;
    for round in 0..20 {
        let (id, _) = node.sent(1 + round * 1_000_000, &["DE-LICENSING"]);
        let withdrawn = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                node.add_until_done(&rotterdam(), 2 + round * 1_000_000, id);
                withdrawn.store(true, Ordering::SeqCst);
            });
            for number in 3.. {
                let gone = withdrawn.load(Ordering::SeqCst);
                let seen = store.log().version(&germany(), id).unwrap();
                let seen = seen.unwrap_or(Version::from_bytes([0; 32]));
                let write = vec![existing(id, seen, vec![message("still here")])];
                let answer = node.write(&germany(), number + round * 1_000_000, write);
                assert!(!gone || answer == Appended::NotFound, "{answer:?}");
                if answer == Appended::NotFound {
                    break;
                }
            }
        });
        let texts = node.read(&rotterdam(), id).unwrap();
        assert_eq!(texts.last().unwrap(), "withdrawn", "nothing came after");
    }
}

impl Node {
    fn add_until_done(&self, viewer: &Viewer, number: u128, id: catalogue::ids::DossierId) {
        loop {
            let seen = self.store.log().version(viewer, id).unwrap().unwrap();
            let write = vec![existing(id, seen, vec![withdrawal("DE-LICENSING")])];
            if matches!(self.write(viewer, number, write), Appended::Done(_)) {
                return;
            }
        }
    }
}

#[test]
fn followers_are_told_of_what_is_durable_in_its_order() {
    let node = Node::new();
    let (teller, told) = sync_channel(100);
    let teller = Arc::new(teller);
    node.store.follow(move |news| news.iter().for_each(|one| teller.send(*one).unwrap()));
    let (id, _) = node.sent(1, &["DE-LICENSING"]);
    node.add(&germany(), 2, id, note("DE-LICENSING", "a note"));
    // A command that changes nothing is no news.
    let stale = vec![existing(id, Version::from_bytes([0; 32]), vec![message("x")])];
    assert_eq!(node.write(&germany(), 3, stale), Appended::Moved);
    let news: Vec<_> = [told.recv().unwrap(), told.recv().unwrap()].into();
    assert_eq!(
        news.iter().map(|one| (one.position, one.dossier)).collect::<Vec<_>>(),
        [(0, id), (1, id)]
    );
    let tail = node.store.log().tail(Some(0), 10).unwrap();
    assert_eq!(tail.iter().map(|one| one.position).collect::<Vec<_>>(), [1]);
    assert!(told.try_recv().is_err());
}
