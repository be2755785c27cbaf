//! Who has read what.

use store::readings::Seen;
use store::viewer::Viewer;

use crate::fixtures::*;

#[test]
fn the_originator_sees_who_has_opened_it_and_others_see_themselves() {
    let node = Node::new();
    let (id, version) = node.sent(1, &["DE-LICENSING", "FR-LICENSING"]);
    let readings = node.store.readings();
    assert!(readings.record(&germany(), id, at(10)).unwrap());
    assert!(readings.record(&germany(), id, at(12)).unwrap());
    assert!(readings.record(&Viewer::system(), id, at(12)).unwrap());
    let seen = |viewer: Viewer| -> Vec<_> {
        let receipts = readings.receipts(&viewer, id).unwrap().unwrap();
        receipts.into_iter().map(|one| (one.unit.to_string(), one.delivered, one.opened)).collect()
    };
    let line = |unit: &str, opened| (unit.to_owned(), at(1), opened);
    assert_eq!(
        seen(rotterdam()),
        [line("NL-CUSTOMS", None), line("DE-LICENSING", Some(at(10))), line("FR-LICENSING", None)]
    );
    assert_eq!(seen(germany()), [line("DE-LICENSING", Some(at(10)))]);
    assert_eq!(seen(france()), [line("FR-LICENSING", None)]);
    assert_eq!(node.store.log().version(&rotterdam(), id).unwrap(), Some(version), "no change");
}

#[test]
fn what_a_withdrawn_unit_has_read_stays_on_record_and_is_not_added_to() {
    let node = Node::new();
    let (id, _) = node.sent(1, &["DE-LICENSING"]);
    let readings = node.store.readings();
    readings.record(&germany(), id, at(10)).unwrap();
    node.add(&rotterdam(), 2, id, withdrawal("DE-LICENSING"));
    assert!(!readings.record(&germany(), id, at(90)).unwrap());
    assert_eq!(readings.receipts(&germany(), id).unwrap(), None);
    let receipts = readings.receipts(&rotterdam(), id).unwrap().unwrap();
    assert_eq!((receipts[1].listed, receipts[1].opened), (false, Some(at(10))));
}

#[test]
fn a_person_has_seen_what_he_opened_after_it_was_added() {
    let node = Node::new();
    let (id, _) = node.sent(1, &["DE-LICENSING"]);
    let readings = node.store.readings();
    let seen = || readings.seen(&germany(), id).unwrap();
    assert_eq!(seen(), Some(Seen::Never));
    readings.record(&germany(), id, at(2)).unwrap();
    assert_eq!(seen(), Some(Seen::Since));
    node.add(&rotterdam(), 5, id, message("new"));
    assert_eq!(seen(), Some(Seen::Before));
    readings.record(&germany(), id, at(6)).unwrap();
    assert_eq!(seen(), Some(Seen::Since));
    // What he cannot see is nothing new.
    node.add(&rotterdam(), 7, id, note("NL-CUSTOMS", "hidden"));
    assert_eq!(seen(), Some(Seen::Since));
    assert_eq!(readings.seen(&france(), id).unwrap(), None);
}
