//! One transaction for many jobs: what fails undoes itself, what does not commit fails all.

use std::sync::mpsc::{Sender, channel};

use super::*;
use crate::keys::MasterKey;
use crate::{Opening, Store};

fn node() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let opening =
        Opening::new(MasterKey::generate().unwrap(), "test", jiff::Timestamp::UNIX_EPOCH).seeded(1);
    let store = Store::open(folder.path(), &opening).unwrap();
    let tables = "CREATE TABLE parent (id INTEGER PRIMARY KEY);
        CREATE TABLE job (id INTEGER, parent INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED);";
    store.database().write(move |work| Ok(work.sql.execute_batch(tables)?)).unwrap();
    (folder, store)
}

fn jobs(store: &Store) -> Vec<i64> {
    let look = |reader: &Reader<'_>| {
        let mut query = reader.sql.prepare("SELECT id FROM job ORDER BY id")?;
        let rows = query.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    store.database().read(look).unwrap()
}

/// What a job does after it has written.
#[derive(Clone, Copy)]
enum Then {
    Succeed,
    Fail,
    Panic,
    SpoilTheCommit,
}

fn job(work: &mut Work<'_>, id: i64, then: Then) -> Result<u64, StoreError> {
    let parent = matches!(then, Then::SpoilTheCommit).then_some(99);
    work.sql.execute("INSERT INTO job (id, parent) VALUES (?1, ?2)", params![id, parent])?;
    work.memory.edge.push(&[7; 32]);
    let dossier = DossierId::from_uuid(uuid::Uuid::nil());
    work.memory.committed.push(Committed { position: 0, dossier });
    match then {
        Then::Succeed | Then::SpoilTheCommit => Ok(work.memory.edge.size()),
        Then::Fail => Err(StoreError::Malformed { what: "the job" }),
        Then::Panic => panic!("the job breaks off"),
    }
}

/// Runs the jobs in one transaction, by having them wait behind one that holds the writer up.
fn together(store: &Store, thens: &[Then]) -> Vec<Result<u64, StoreError>> {
    let (go, wait) = channel::<()>();
    let (begun, has_begun) = channel::<()>();
    std::thread::scope(|scope| {
        let first = scope.spawn(move || {
            store.database().write(move |_| {
                begun.send(()).ok();
                wait.recv().ok();
                Ok(())
            })
        });
        has_begun.recv().unwrap();
        let answers = send_in_order(store, thens);
        go.send(()).unwrap();
        // It shares the transaction, and so its fate.
        first.join().unwrap().ok();
        answers.into_iter().map(|told| told.recv().unwrap_or(Err(StoreError::Stopped))).collect()
    })
}

/// Queues jobs without waiting for their answers.
fn send_in_order(store: &Store, thens: &[Then]) -> Vec<Receiver<Result<u64, StoreError>>> {
    let mut answers = Vec::new();
    for (id, then) in (1..).zip(thens.iter().copied()) {
        let (tell, told): (Sender<Result<u64, StoreError>>, _) = channel();
        let queued: Job = Box::new(move |work| {
            let result = job(work, id, then);
            Answer {
                stands: result.is_ok(),
                tell: Box::new(move |committed| {
                    let failed = |reason: &str| StoreError::Commit { reason: reason.to_owned() };
                    tell.send(committed.map_err(failed).and(result)).ok();
                }),
            }
        });
        store.database().queue.as_ref().unwrap().send(queued).unwrap();
        answers.push(told);
    }
    answers
}

#[test]
fn a_job_that_fails_or_breaks_off_undoes_itself_alone() {
    let (_folder, store) = node();
    let thens = [Then::Succeed, Then::Fail, Then::Succeed, Then::Panic, Then::Succeed];
    let answers = together(&store, &thens);
    assert!(matches!(answers[1], Err(StoreError::Malformed { .. })), "{answers:?}");
    assert!(matches!(answers[3], Err(StoreError::Stopped)), "{answers:?}");
    assert_eq!(jobs(&store), [1, 3, 5]);
    // The edge was set back after each failure.
    let sizes: Vec<u64> = answers.into_iter().flatten().collect();
    assert_eq!(sizes, [1, 2, 3]);
    let kept = store.database().read(|reader| read_edge(reader.sql)).unwrap();
    assert_eq!(kept.size(), 3);
}

#[test]
fn a_commit_that_fails_fails_all_and_the_writer_goes_on() {
    let (_folder, store) = node();
    let told = Arc::new(Mutex::new(0));
    let count = Arc::clone(&told);
    store.follow(move |news| *count.lock().unwrap() += news.len());
    let answers = together(&store, &[Then::Succeed, Then::SpoilTheCommit, Then::Succeed]);
    for answer in &answers {
        assert!(matches!(answer, Err(StoreError::Commit { .. })), "{answers:?}");
    }
    assert_eq!(jobs(&store), [] as [i64; 0]);
    assert_eq!(*told.lock().unwrap(), 0, "what is not durable is no news");
    let size = store.database().write(|work| job(work, 9, Then::Succeed)).unwrap();
    assert_eq!((size, jobs(&store)), (1, vec![9]), "as if it had never been");
}

#[test]
fn a_reader_sees_one_snapshot() {
    let (_folder, store) = node();
    let seen = store.database().read(|reader| {
        let count =
            |sql: &Connection| sql.query_row("SELECT count(*) FROM job", [], |row| row.get(0));
        let before: i64 = count(reader.sql)?;
        store.database().write(|work| job(work, 1, Then::Succeed))?;
        Ok((before, count(reader.sql)?))
    });
    assert_eq!(seen.unwrap(), (0, 0));
    assert_eq!(jobs(&store), [1]);
}

#[test]
fn every_connection_flushes_what_it_commits_and_erases_what_it_deletes() {
    let folder = tempfile::tempdir().unwrap();
    let sql = connect(&folder.path().join("any.db")).unwrap();
    for (setting, expected) in [("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1)] {
        let found: i64 = sql.pragma_query_value(None, setting, |row| row.get(0)).unwrap();
        assert_eq!(found, expected, "{setting}");
    }
    let mode: String = sql.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}
