//! Checkpoints, and the proof of a copy: any byte that was changed is found.

use std::path::Path;

use rusqlite::Connection;
use store::log::checkpoint::{Checkpoint, PublicKey};
use store::log::destroy::Destroy;
use store::log::verify::{Fault, Problem, Report, Trust, verify};

use crate::fixtures::*;

/// A closed node of six events in four strands, with two checkpoints; and what others keep of it.
fn closed() -> (tempfile::TempDir, PublicKey, Checkpoint) {
    let node = Node::new();
    let (id, _) = node.sent(1, &["DE-LICENSING"]);
    node.add(&germany(), 2, id, note("DE-LICENSING", "a note"));
    node.store.checkpoint(at(3)).unwrap();
    node.sent(4, &["FR-LICENSING"]);
    node.add(&rotterdam(), 5, id, message("a message"));
    node.add(&germany(), 6, id, message("an answer"));
    let strand = node.store.log().read(&france(), dossier(4)).unwrap().unwrap()[0].strand;
    node.store.log().destroy(Destroy::Strand(dossier(4), strand), stamp(&rotterdam(), 7)).unwrap();
    let checkpoint = node.store.checkpoint(at(8)).unwrap();
    let key = node.store.public_key();
    let Node { store, folder } = node;
    drop(store);
    (folder, key, checkpoint)
}

/// Runs SQL on the copy, as somebody would who has the file.
fn tamper(dir: &Path, sql: &str, values: impl rusqlite::Params) {
    let file = Connection::open(dir.join("ecm.db")).unwrap();
    assert_eq!(file.execute(sql, values).unwrap(), 1);
    file.pragma_update(None, "journal_mode", "delete").unwrap();
}

fn column(dir: &Path, name: &str) -> Vec<(i64, Vec<u8>)> {
    let file = Connection::open(dir.join("ecm.db")).unwrap();
    let mut query = file.prepare(&format!("SELECT position, {name} FROM event")).unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn a_good_copy_is_proved_with_what_comes_from_outside_and_says_so() {
    let (folder, key, checkpoint) = closed();
    let kept: Checkpoint = checkpoint.note.parse().unwrap();
    assert_eq!(kept, checkpoint);
    let key: PublicKey = key.to_string().parse().unwrap();
    assert!(key.verify(&kept));
    for (key, outside, trust, checkpoints) in [
        (Some(&key), None, Trust::Outside, 2),
        (None, Some(&kept), Trust::Outside, 3),
        (None, None, Trust::ConsistencyOnly, 2),
    ] {
        let report = verify(folder.path(), key, outside).unwrap();
        let Report { events, covered, root, fault, .. } = report.clone();
        assert_eq!((events, covered, root, fault), (6, 6, checkpoint.root, None));
        assert_eq!((report.trust, report.checkpoints), (trust, checkpoints));
    }
}

#[test]
fn any_byte_changed_in_an_event_is_found_by_its_event() {
    let (folder, key, _) = closed();
    let dir = folder.path();
    let mut changes = 0;
    for name in ["header", "body", "hash", "dossier", "strand"] {
        for (position, bytes) in column(dir, name) {
            for index in 0..bytes.len() {
                let mut changed = bytes.clone();
                changed[index] ^= 1;
                let set = format!("UPDATE event SET {name} = ?2 WHERE position = ?1");
                tamper(dir, &set, (position, changed));
                let fault = verify(dir, Some(&key), None).unwrap().fault;
                let Some(Fault::Event { position: found, .. }) = fault else { panic!("{fault:?}") };
                assert_eq!(i64::try_from(found).unwrap(), position, "{name}[{index}]");
                tamper(dir, &set, (position, bytes.clone()));
                changes += 1;
            }
        }
    }
    assert!(changes > 2000, "{changes}");
    assert_eq!(verify(dir, Some(&key), None).unwrap().fault, None);
}

#[test]
fn any_byte_changed_in_a_checkpoint_is_found() {
    let (folder, key, checkpoint) = closed();
    let dir = folder.path();
    let path = dir.join("checkpoints").join("00000000000000000006.checkpoint");
    let note = std::fs::read(&path).unwrap();
    assert_eq!(note, checkpoint.note.as_bytes());
    for index in 0..note.len() {
        let mut changed = note.clone();
        changed[index] ^= 1;
        std::fs::write(&path, &changed).unwrap();
        let fault = verify(dir, None, None).unwrap().fault;
        assert_eq!(fault, Some(Fault::Checkpoint { size: 6, problem: Problem::File }));
        // The same change in the table, too: now signature or form must tell.
        if let Ok(text) = String::from_utf8(changed) {
            tamper(dir, "UPDATE checkpoint SET note = ?1 WHERE size = 6", [text]);
            let fault = verify(dir, Some(&key), None).unwrap().fault;
            assert!(matches!(fault, Some(Fault::Checkpoint { size: 6, .. })), "{index}: {fault:?}");
            tamper(dir, "UPDATE checkpoint SET note = ?1 WHERE size = 6", [&checkpoint.note]);
        }
    }
    std::fs::write(&path, &note).unwrap();
    assert_eq!(verify(dir, None, None).unwrap().fault, None);
}

#[test]
fn what_is_missing_or_was_written_anew_is_found() {
    let (folder, key, checkpoint) = closed();
    let dir = folder.path();
    let fault = |outside| verify(dir, Some(&key), outside).unwrap().fault;

    let strand = "WHERE id = (SELECT strand FROM event WHERE position = 0)";
    tamper(dir, &format!("UPDATE strand SET events = events + 1 {strand}"), []);
    assert!(matches!(fault(None), Some(Fault::Head { .. })));
    tamper(dir, &format!("UPDATE strand SET events = events - 1 {strand}"), []);

    tamper(dir, "DELETE FROM checkpoint WHERE size = 6", []);
    let missing = Fault::Checkpoint { size: 6, problem: Problem::File };
    assert_eq!(fault(None), Some(missing));
    std::fs::remove_file(dir.join("checkpoints/00000000000000000006.checkpoint")).unwrap();
    assert_eq!(fault(None), None, "nothing inside the copy tells");
    tamper(dir, "DELETE FROM event WHERE position = 5", []);
    let cut = Fault::Checkpoint { size: 6, problem: Problem::Size };
    assert_eq!(fault(Some(&checkpoint)), Some(cut), "what was kept outside does");

    tamper(dir, "DELETE FROM event WHERE position = 1", []);
    let gap = fault(None);
    assert!(
        matches!(gap, Some(Fault::Event { position: 2, problem: Problem::Gap, .. })),
        "{gap:?}"
    );
    insta::assert_snapshot!(
        gap.unwrap(),
        @"event 519ac65b-aaa7-4801-b491-6fa117b3d2bb of dossier 00000000-0000-0000-0000-000000000004 (position 2): an event is missing before it"
    );
}

#[test]
fn another_nodes_key_does_not_vouch_for_this_one() {
    let (folder, key, _) = closed();
    let other = Node::new();
    let other = store::Store::open(
        &other.dir().join("other"),
        &store::Opening::new(master(), "test.example/log", at(0)).seeded(8),
    )
    .unwrap()
    .public_key();
    assert_ne!(key, other);
    let fault = verify(folder.path(), Some(&other), None).unwrap().fault;
    assert_eq!(fault, Some(Fault::Checkpoint { size: 2, problem: Problem::Signature }));
}

#[test]
fn a_checkpoint_at_rest_is_given_again_and_a_lost_file_is_written_again() {
    let node = Node::new();
    node.sent(1, &["DE-LICENSING"]);
    let first = node.store.checkpoint(at(1)).unwrap();
    let path = node.dir().join("checkpoints").join("00000000000000000001.checkpoint");
    std::fs::remove_file(&path).unwrap();
    assert_eq!(node.store.checkpoint(at(2)).unwrap(), first);
    assert_eq!(std::fs::read_to_string(path).unwrap(), first.note);
}
