//! Backup and restore, on an empty machine and with keys that were destroyed in between.

use store::backup::restore;
use store::error::StoreError;
use store::log::destroy::Destroy;
use store::log::verify::verify;

use crate::fixtures::*;

#[test]
fn a_restored_node_is_the_same_and_goes_on() {
    let node = Node::new();
    let (id, seen) = node.sent(1, &["DE-LICENSING"]);
    std::fs::write(node.dir().join("attachments").join("a"), b"sealed").unwrap();
    node.store.checkpoint(at(2)).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let (data, keys) = (elsewhere.path().join("data"), elsewhere.path().join("keys"));
    node.store.backup(&data, &keys).unwrap();
    assert!(!files(&data).iter().any(|(path, _)| path.ends_with("keys.db")), "keys lie apart");
    node.add(&germany(), 3, id, message("after the backup"));

    let new = elsewhere.path().join("new");
    restore(&data, &keys, &new).unwrap();
    let report = verify(&new, Some(&node.store.public_key()), None).unwrap();
    assert_eq!((report.events, report.fault), (1, None));
    let store = open(&new);
    assert_eq!(store.log().version(&rotterdam(), id).unwrap(), Some(seen));
    assert_eq!(std::fs::read(store.attachments_dir().join("a")).unwrap(), b"sealed");
    let again = store.log().append(
        &rotterdam(),
        stamp(&rotterdam(), 4),
        vec![existing(id, seen, vec![message("on it goes")])],
    );
    assert!(again.is_ok(), "{again:?}");
}

#[test]
fn a_destroyed_key_never_comes_back() {
    let node = Node::new();
    let (id, _) = node.sent(1, &["DE-LICENSING"]);
    let elsewhere = tempfile::tempdir().unwrap();
    let path = |name: &str| elsewhere.path().join(name);
    // Data and keys of before the destruction, and data of after it.
    node.store.backup(&path("old data"), &path("old keys")).unwrap();
    node.store.log().destroy(Destroy::Dossier(id), stamp(&rotterdam(), 2)).unwrap();
    node.store.backup(&path("new data"), &path("keys")).unwrap();
    let gone = ["(destroyed)"];
    let opened = |dir: &str| {
        let folder = tempfile::tempdir_in(elsewhere.path()).unwrap();
        std::fs::rename(path(dir), folder.path().join("node")).unwrap();
        let store = open(&folder.path().join("node"));
        let node = Node { store, folder };
        node.read(&germany(), id).unwrap()[..1].to_vec()
    };

    // Old data with the keys as they are now.
    restore(&path("old data"), &path("keys"), &path("a")).unwrap();
    assert_eq!(opened("a"), gone);
    // New data with old keys: the destruction that the log records is repeated.
    restore(&path("new data"), &path("old keys"), &path("b")).unwrap();
    assert_eq!(opened("b"), gone);
    // Old data with old keys, beside the key file of the node that was lost.
    std::fs::create_dir(path("c")).unwrap();
    for name in ["keys.db", "keys.db-wal"] {
        std::fs::copy(node.dir().join(name), path("c").join(name)).unwrap();
    }
    restore(&path("old data"), &path("old keys"), &path("c")).unwrap();
    assert_eq!(opened("c"), gone);
    // A second backup brings the copy of the keys up to date.
    node.store.backup(&path("third data"), &path("old keys")).unwrap();
    restore(&path("old data"), &path("old keys"), &path("d")).unwrap();
    assert_eq!(opened("d"), gone);
}

#[test]
fn nothing_is_overwritten_and_keys_stay_apart() {
    let node = Node::new();
    let elsewhere = tempfile::tempdir().unwrap();
    let path = |name: &str| elsewhere.path().join(name);
    node.store.backup(&path("data"), &path("keys")).unwrap();
    let refused = [
        node.store.backup(&path("data"), &path("keys")),
        node.store.backup(&path("other"), &path("other/keys")),
        restore(&path("data"), &path("keys"), node.dir()),
        restore(&path("keys"), &path("data"), &path("new")),
    ];
    for answer in refused {
        assert!(matches!(answer, Err(StoreError::NotAFolder { .. })), "{answer:?}");
    }
}
