//! The data folder: one process, one format, one master key.

use std::path::Path;

use rusqlite::Connection;
use store::error::StoreError;
use store::keys::MasterKey;
use store::log::verify::verify;
use store::{Opening, Store};

use crate::fixtures::*;

#[test]
fn a_folder_is_served_by_one_process_at_a_time() {
    let node = Node::new();
    let second = Store::open(node.dir(), &opening());
    assert!(matches!(second, Err(StoreError::InUse { .. })), "{second:?}");
    let Node { store, folder } = node;
    drop(store);
    open(folder.path());
}

#[test]
fn what_was_written_is_there_when_the_folder_is_opened_again() {
    let node = Node::new();
    let (id, _) = node.sent(1, &["DE-LICENSING"]);
    let key = node.store.public_key();
    let Node { store, folder } = node;
    drop(store);
    let node = Node { store: open(folder.path()), folder };
    assert_eq!(node.store.public_key(), key);
    node.add(&germany(), 2, id, message("on it goes"));
    assert_eq!(node.read(&rotterdam(), id).unwrap(), ["form 1", "on it goes"]);
}

#[test]
fn another_master_key_and_a_lost_key_file_are_refused() {
    let node = Node::new();
    node.sent(1, &["DE-LICENSING"]);
    let Node { store, folder } = node;
    drop(store);
    let other = Opening::new(MasterKey::generate().unwrap(), "test.example/log", at(0));
    let wrong = Store::open(folder.path(), &other);
    assert!(matches!(wrong, Err(StoreError::WrongMasterKey)), "{wrong:?}");
    for name in ["keys.db", "keys.db-wal", "keys.db-shm"] {
        std::fs::remove_file(folder.path().join(name)).ok();
    }
    let lost = Store::open(folder.path(), &opening());
    assert!(matches!(lost, Err(StoreError::KeyMissing { .. })), "{lost:?}");
}

#[test]
fn a_master_key_is_64_hexadecimal_digits_in_a_file_of_its_owner() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    MasterKey::generate().unwrap().write_new(&path).unwrap();
    MasterKey::from_file(&path).unwrap();
    assert!(MasterKey::generate().unwrap().write_new(&path).is_err(), "never overwritten");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    for wrong in ["", "00", &"g".repeat(64), &"0".repeat(66)] {
        std::fs::write(&path, wrong).unwrap();
        let answer = MasterKey::from_file(&path);
        assert!(matches!(answer, Err(StoreError::MasterKeyFile { .. })), "`{wrong}`: {answer:?}");
    }
    assert!(matches!(MasterKey::from_file(folder.path()), Err(StoreError::File { .. })));
}

#[test]
fn a_newer_format_is_refused_and_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let set = |value: &str| {
        let file = Connection::open(folder.path().join("ecm.db")).unwrap();
        file.execute("UPDATE meta SET value = ?1 WHERE name = 'format'", [value]).unwrap();
    };
    set("2");
    let answer = Store::open(folder.path(), &opening());
    assert!(
        matches!(answer, Err(StoreError::NewerFormat { found: 2, known: 1, .. })),
        "{answer:?}"
    );
    assert!(
        answer.unwrap_err().to_string().contains("use the program that wrote it, or a later one")
    );
    set("0");
    let answer = Store::open(folder.path(), &opening());
    assert!(matches!(answer, Err(StoreError::NotAFolder { .. })), "{answer:?}");
    set("1");
    open(folder.path());
}

#[test]
fn another_programs_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = Connection::open(folder.path().join("ecm.db")).unwrap();
    file.execute_batch("CREATE TABLE other (x)").unwrap();
    let answer = Store::open(folder.path(), &opening());
    assert!(matches!(answer, Err(StoreError::NotAFolder { .. })), "{answer:?}");
}

/// A folder of format 1, as it was first written; its master key is that of the other tests.
#[test]
fn the_stored_folder_of_format_1_opens_and_is_whole() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/format-1");
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files(&fixture) {
        let target = folder.path().join(path.strip_prefix(&fixture).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, bytes).unwrap();
    }
    let report = verify(folder.path(), None, None).unwrap();
    assert_eq!((report.events, report.checkpoints, report.fault), (4, 1, None));
    let node = Node { store: open(folder.path()), folder };
    assert_eq!(node.read(&germany(), dossier(1)).unwrap(), ["form 1", "a note", "a question"]);
    assert_eq!(node.read(&france(), dossier(3)).unwrap(), ["form 3"]);
    node.add(&germany(), 9, dossier(1), message("on it goes"));
}

/// Writes that fixture anew, when its format is released: `ECM_WRITE_FIXTURE=1`.
#[test]
#[expect(clippy::disallowed_methods, reason = "asks whether the fixture shall be written")]
fn the_stored_folder_is_written_only_when_asked() {
    if std::env::var("ECM_WRITE_FIXTURE").is_err() {
        return;
    }
    let node = Node::new();
    let (id, _) = node.sent(1, &["DE-LICENSING"]);
    node.add(&germany(), 2, id, note("DE-LICENSING", "a note"));
    node.sent(3, &["FR-LICENSING"]);
    node.add(&rotterdam(), 4, id, message("a question"));
    node.store.checkpoint(at(5)).unwrap();
    let backup = tempfile::tempdir().unwrap();
    let (data, keys) = (backup.path().join("data"), backup.path().join("keys"));
    node.store.backup(&data, &keys).unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/format-1");
    std::fs::create_dir_all(fixture.join("checkpoints")).unwrap();
    for (path, bytes) in files(&data).into_iter().chain(files(&keys)) {
        let base = if path.starts_with(&data) { &data } else { &keys };
        std::fs::write(fixture.join(path.strip_prefix(base).unwrap()), bytes).unwrap();
    }
}
