//! A destroyed key: its content is gone everywhere, all else holds.

use store::error::StoreError;
use store::log::destroy::Destroy;
use store::read::list::ListQuery;

use crate::fixtures::*;

/// Whether a word lies in any file of a folder, as it is or in UTF-16.
fn lies_in(dir: &std::path::Path, word: &str) -> bool {
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let has = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    files(dir).iter().any(|(_, bytes)| has(bytes, word.as_bytes()) || has(bytes, &wide))
}

#[test]
fn content_is_never_on_the_disk_in_clear() {
    let node = Node::new();
    let words = ["planted-in-a-form", "planted-in-a-note", "planted-in-a-request"];
    let mut request = stamp(&rotterdam(), 1);
    request.request = words[2].as_bytes().to_vec();
    let write = vec![new(dossier(1), vec![sent(&["DE-LICENSING"], words[0])])];
    node.store.log().append(&rotterdam(), request, write).unwrap();
    node.add(&germany(), 2, dossier(1), note("DE-LICENSING", words[1]));
    node.store.readings().record(&germany(), dossier(1), at(3)).unwrap();
    node.store.models().rebuild().unwrap();
    for word in words {
        assert!(!lies_in(node.dir(), word), "{word}, while the node is open");
    }
    assert!(lies_in(node.dir(), "DE-LICENSING"), "headers are in clear");
    let Node { store, folder } = node;
    drop(store);
    for word in words {
        assert!(!lies_in(folder.path(), word), "{word}, when it is closed");
    }
}

#[test]
fn a_destroyed_dossier_keeps_headers_state_and_counts_and_nothing_else() {
    let node = Node::new();
    let (id, _) = node.sent(1, &["DE-LICENSING"]);
    node.add(&germany(), 2, id, note("DE-LICENSING", "a note"));
    let before = node.store.log().read(&germany(), id).unwrap().unwrap();
    let wrapped = wrapped_keys(&node);
    assert_eq!(wrapped.len(), 2);

    let gone = node.store.log().destroy(Destroy::Dossier(id), stamp(&rotterdam(), 3)).unwrap();
    assert_eq!(gone.len(), 2);
    assert_eq!(node.store.log().destroy(Destroy::Dossier(id), stamp(&rotterdam(), 4)).unwrap(), []);

    let after = node.store.log().read(&germany(), id).unwrap().unwrap();
    assert_eq!(after.len(), 4);
    for (old, new) in before.iter().zip(&after) {
        assert_eq!((&new.header, &new.body, new.hash), (&old.header, &None, old.hash));
    }
    assert!(after[2..].iter().all(|event| event.body == Some(Vec::new())));
    let page = node.store.models().list(&germany(), &ListQuery::default()).unwrap();
    assert_eq!(page.rows.len(), 1);
    assert_eq!(page.rows[0].summaries, []);
    let counts = node.store.models().counts(&germany()).unwrap();
    assert_eq!(counts.by_group.values().flat_map(|kinds| kinds.values()).sum::<u32>(), 1);

    // Not even the wrapped keys are left, write-ahead log included.
    for (path, bytes) in files(node.dir()) {
        for key in &wrapped {
            let left = bytes.windows(key.len()).any(|window| window == key.as_slice());
            assert!(!left, "a wrapped key is left in {}", path.display());
        }
    }
    // Nothing can be added to it, and the rest of the node goes on.
    let seen = node.store.log().version(&germany(), id).unwrap().unwrap();
    let write = vec![existing(id, seen, vec![message("too late")])];
    let answer = node.store.log().append(&germany(), stamp(&germany(), 5), write);
    assert!(matches!(answer, Err(StoreError::KeyDestroyed)), "{answer:?}");
    node.sent(6, &["DE-LICENSING"]);
}

fn wrapped_keys(node: &Node) -> Vec<Vec<u8>> {
    let file = rusqlite::Connection::open(node.dir().join("keys.db")).unwrap();
    let mut query = file.prepare("SELECT wrapped FROM key WHERE scope = 'strand'").unwrap();
    let rows = query.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn one_strand_goes_and_the_others_stay() {
    let node = Node::new();
    let (id, _) = node.sent(1, &["DE-LICENSING"]);
    node.add(&germany(), 2, id, note("DE-LICENSING", "a note"));
    let strand = node.store.log().read(&germany(), id).unwrap().unwrap()[1].strand;
    node.store.log().destroy(Destroy::Strand(id, strand), stamp(&germany(), 3)).unwrap();
    assert_eq!(node.read(&germany(), id).unwrap(), ["form 1", "(destroyed)", ""]);
    assert_eq!(node.read(&rotterdam(), id).unwrap(), ["form 1"]);
}
