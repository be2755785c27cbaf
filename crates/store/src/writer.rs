//! The one thread that writes, and the connections that read.
//!
//! Jobs come on a bounded queue. The writer takes all that wait, runs each in a savepoint of one
//! transaction, and answers only after the COMMIT has reached the disk: a failed job undoes itself
//! alone, a failed COMMIT fails all. Readers see one snapshot each.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use catalogue::ids::DossierId;
use domain::standing::Standing;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::entropy::Entropy;
use crate::error::StoreError;
use crate::keys::{DataKey, Held, KeyWriter, Keyring, Scope};
use crate::log::merkle::Edge;

/// So many jobs may wait; who comes then waits with his.
const QUEUE_MAX: usize = 1024;
/// So many jobs share a transaction.
const BATCH_MAX: usize = 256;
/// So many reading connections are kept open.
const READERS_MAX: usize = 8;
/// So many statements each connection keeps prepared.
const STATEMENTS_MAX: usize = 128;
/// So many standings are remembered; then all are forgotten, and read anew when needed.
const STANDINGS_MAX: usize = 4096;

// Reads the edge of the Merkle log.
const EDGE_READ: &str = "SELECT size, hashes FROM edge WHERE one = 1";
// Keeps it.  ?1 number of leaves  ?2 the roots
pub(crate) const EDGE_WRITE: &str = "INSERT INTO edge (one, size, hashes) VALUES (1, ?1, ?2) \
    ON CONFLICT (one) DO UPDATE SET size = ?1, hashes = ?2";

/// An event that has become durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Committed {
    /// Its position in the node's log.
    pub position: u64,
    /// The dossier that it belongs to.
    pub dossier: DossierId,
}

/// What is told of commits.
pub(crate) type Follower = Box<dyn Fn(&[Committed]) + Send + Sync>;

/// The two databases of a folder: the writer's queue, and the readers.
pub struct Database {
    queue: Option<SyncSender<Job>>,
    writer: Option<JoinHandle<()>>,
    readers: Mutex<Vec<Connections>>,
    followers: Arc<Mutex<Vec<Follower>>>,
    ring: Arc<Keyring>,
    node: NodeKeys,
    entropy: Entropy,
    dir: PathBuf,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").field("dir", &self.dir).finish_non_exhaustive()
    }
}

type Job = Box<dyn FnOnce(&mut Work<'_>) -> Answer + Send>;

/// Tells a caller that what he asked for is durable, or why it is not.
type Teller = Box<dyn FnOnce(Result<(), &str>) + Send>;

/// What a job leaves: whether its writes stand, and how its caller is told what became of them.
struct Answer {
    stands: bool,
    tell: Teller,
}

/// The keys of the node itself.
#[derive(Clone, Debug)]
pub(crate) struct NodeKeys {
    /// Seals what belongs to the node: accounts, outbox.
    pub(crate) seal: DataKey,
    /// Makes keyed hashes: of logins, of requests.
    pub(crate) hash: DataKey,
    /// The seed of the node's Ed25519 key.
    pub(crate) sign: DataKey,
}

/// What a job works with. All that it writes to `sql` is undone when it fails.
#[derive(Debug)]
pub(crate) struct Work<'a> {
    /// The database, within the job's savepoint.
    pub(crate) sql: &'a Connection,
    /// The key file.
    pub(crate) keys: &'a mut KeyWriter,
    /// What the writer remembers between jobs; set back when the job fails.
    pub(crate) memory: &'a mut Memory,
    /// The keys of the node.
    pub(crate) node: &'a NodeKeys,
    /// Where ids and nonces come from.
    pub(crate) entropy: &'a Entropy,
}

/// What the writer remembers from job to job.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// The edge of the Merkle log; its size is the next position.
    pub(crate) edge: Edge,
    /// What the open transaction has appended.
    pub(crate) committed: Vec<Committed>,
    /// Where dossiers stand that were written to lately, so that their headers need not be read.
    standings: BTreeMap<DossierId, Standing>,
}

impl Memory {
    /// Where a dossier stands, if that is remembered.
    pub(crate) fn standing(&self, id: DossierId) -> Option<&Standing> {
        self.standings.get(&id)
    }

    /// Remembers where a dossier stands, once what the open transaction appends to it is written.
    pub(crate) fn remember(&mut self, standing: Standing) {
        if self.standings.len() >= STANDINGS_MAX {
            self.standings.clear();
        }
        self.standings.insert(standing.id, standing);
    }

    /// Sets back what was remembered since `edge` and the first `appended` events.
    fn set_back(&mut self, edge: Edge, appended: usize) {
        self.edge = edge;
        for undone in self.committed.drain(appended.min(self.committed.len())..) {
            self.standings.remove(&undone.dossier);
        }
    }
}

/// A snapshot to read from.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    /// The database, in one snapshot.
    pub(crate) sql: &'a Connection,
    keys: &'a Connection,
    ring: &'a Keyring,
    /// What a test has broken.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) entropy: &'a Entropy,
}

impl Reader<'_> {
    /// The key of this scope and id; none where it was destroyed.
    ///
    /// # Errors
    /// [`StoreError::KeyMissing`] where the key file never had it.
    pub(crate) fn key(&self, scope: Scope, id: &[u8]) -> Result<Option<DataKey>, StoreError> {
        match self.ring.find(self.keys, scope, id)? {
            Some(Held::Live(key)) => Ok(Some(key)),
            Some(Held::Destroyed) => Ok(None),
            None => Err(StoreError::KeyMissing { scope }),
        }
    }
}

#[derive(Debug)]
struct Connections {
    sql: Connection,
    keys: Connection,
}

impl Connections {
    fn open(dir: &Path) -> Result<Connections, StoreError> {
        Ok(Connections { sql: connect(&dir.join("ecm.db"))?, keys: connect(&dir.join("keys.db"))? })
    }
}

/// Opens a database file with the settings that everything here relies on.
pub(crate) fn connect(path: &Path) -> Result<Connection, StoreError> {
    let sql = Connection::open(path)?;
    sql.busy_timeout(std::time::Duration::from_secs(10))?;
    sql.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    sql.pragma_update(None, "journal_mode", "wal")?;
    sql.pragma_update(None, "synchronous", "full")?;
    sql.pragma_update(None, "foreign_keys", true)?;
    sql.pragma_update(None, "secure_delete", true)?;
    sql.pragma_update(None, "trusted_schema", false)?;
    // A job's temporary tables must not reach the disk in clear.
    sql.pragma_update(None, "temp_store", "memory")?;
    let found: i64 = sql.pragma_query_value(None, "synchronous", |row| row.get(0))?;
    if found < 2 {
        return Err(StoreError::NotDurable { found });
    }
    Ok(sql)
}

impl Database {
    /// Starts the writer on a folder whose databases have their tables.
    pub(crate) fn start(
        dir: &Path,
        ring: Arc<Keyring>,
        node: NodeKeys,
        entropy: Entropy,
    ) -> Result<Database, StoreError> {
        let connections = Connections::open(dir)?;
        let followers = Arc::new(Mutex::new(Vec::new()));
        let memory = Memory { edge: read_edge(&connections.sql)?, ..Memory::default() };
        let mut desk = Desk {
            sql: connections.sql,
            keys: KeyWriter::new(connections.keys, Arc::clone(&ring), entropy.clone()),
            memory,
            node: node.clone(),
            entropy: entropy.clone(),
            followers: Arc::clone(&followers),
        };
        let (queue, jobs) = sync_channel(QUEUE_MAX);
        let writer = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || desk.serve(&jobs))
            .map_err(|source| StoreError::File { path: dir.to_owned(), source })?;
        Ok(Database {
            queue: Some(queue),
            writer: Some(writer),
            readers: Mutex::new(Vec::new()),
            followers,
            ring,
            node,
            entropy,
            dir: dir.to_owned(),
        })
    }

    /// Runs `job` in the writer and gives its result once that is durable.
    ///
    /// # Errors
    /// Those of the job, whose writes are then undone; [`StoreError::Commit`] where the transaction
    /// could not be made durable; [`StoreError::Stopped`] where the job broke off.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Work<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (teller, told) = sync_channel(1);
        let job: Job = Box::new(move |work| {
            let result = job(work);
            Answer {
                stands: result.is_ok(),
                tell: Box::new(move |committed| {
                    let answer = match (committed, result) {
                        (Ok(()), result) => result,
                        (Err(_), Err(own)) => Err(own),
                        (Err(reason), Ok(_)) => {
                            Err(StoreError::Commit { reason: reason.to_owned() })
                        }
                    };
                    // Who no longer waits need not be told.
                    teller.send(answer).ok();
                }),
            }
        });
        let queue = self.queue.as_ref().ok_or(StoreError::Stopped)?;
        queue.send(job).map_err(|_| StoreError::Stopped)?;
        told.recv().map_err(|_| StoreError::Stopped)?
    }

    /// Runs `look` on one snapshot.
    ///
    /// # Errors
    /// Those of `look`; [`StoreError::Database`] where no connection can be had.
    pub(crate) fn read<T>(
        &self,
        look: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connections = match idle {
            Some(connections) => connections,
            None => Connections::open(&self.dir)?,
        };
        let snapshot = connections.sql.unchecked_transaction()?;
        let reader = Reader {
            sql: &snapshot,
            keys: &connections.keys,
            ring: &self.ring,
            #[cfg(any(test, feature = "testing"))]
            entropy: &self.entropy,
        };
        let result = look(&reader);
        drop(snapshot);
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < READERS_MAX {
            readers.push(connections);
        }
        result
    }

    /// Has `follower` called after each commit that appended events, in the writer's thread: it
    /// must only pass the news on.
    pub(crate) fn follow(&self, follower: Follower) {
        self.followers.lock().unwrap_or_else(PoisonError::into_inner).push(follower);
    }

    /// The keys of the node.
    pub(crate) const fn node(&self) -> &NodeKeys {
        &self.node
    }

    /// Where ids and nonces come from.
    pub(crate) const fn entropy(&self) -> &Entropy {
        &self.entropy
    }

    /// The data folder.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // The writer ends when nobody can send it jobs any more, after those that wait.
        drop(self.queue.take());
        if let Some(writer) = self.writer.take() {
            // A panic there has been answered to each caller; there is nobody left to tell.
            writer.join().ok();
        }
    }
}

/// Reads the edge of the Merkle log as it was last committed.
pub(crate) fn read_edge(sql: &Connection) -> Result<Edge, StoreError> {
    let row: Option<(u64, Vec<u8>)> =
        sql.query_row(EDGE_READ, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    row.map_or_else(|| Ok(Edge::default()), |(size, bytes)| Edge::from_bytes(size, &bytes))
}

/// The writer's side: its connections and what it remembers.
struct Desk {
    sql: Connection,
    keys: KeyWriter,
    memory: Memory,
    node: NodeKeys,
    entropy: Entropy,
    followers: Arc<Mutex<Vec<Follower>>>,
}

impl Desk {
    fn serve(&mut self, jobs: &Receiver<Job>) {
        while let Ok(first) = jobs.recv() {
            let batch = std::iter::once(first).chain(jobs.try_iter()).take(BATCH_MAX);
            self.transact(batch);
        }
    }

    /// Runs a batch in one transaction, and tells each caller when it is durable or undone.
    fn transact(&mut self, batch: impl Iterator<Item = Job>) {
        let before = self.memory.edge.clone();
        let mut answers = Vec::new();
        let result = self.run_all(batch, &mut answers);
        match &result {
            Ok(()) => self.tell_followers(),
            Err(fault) => {
                tracing::error!(error = %chain(fault), "a transaction was not committed");
                self.keys.roll_back();
                if !self.sql.is_autocommit() {
                    // Where this fails the connection is lost, and the transaction with it.
                    self.sql.execute_batch("ROLLBACK").ok();
                }
                self.memory.set_back(before, 0);
            }
        }
        self.memory.committed.clear();
        let reason = result.err().map(|fault| chain(&fault));
        for answer in answers {
            (answer.tell)(reason.as_deref().map_or(Ok(()), Err));
        }
    }

    fn run_all(
        &mut self,
        batch: impl Iterator<Item = Job>,
        answers: &mut Vec<Answer>,
    ) -> Result<(), StoreError> {
        self.sql.execute_batch("BEGIN IMMEDIATE")?;
        let size = self.memory.edge.size();
        for job in batch {
            self.run(job, answers)?;
        }
        if self.memory.edge.size() != size {
            self.sql
                .prepare_cached(EDGE_WRITE)?
                .execute(params![self.memory.edge.size(), self.memory.edge.bytes()])?;
        }
        // Keys first: nothing may be durable that no durable key opens.
        self.keys.commit()?;
        self.sql.execute_batch("COMMIT")?;
        Ok(())
    }

    /// Runs one job in its savepoint. An error here is one of the transaction, not of the job.
    fn run(&mut self, job: Job, answers: &mut Vec<Answer>) -> Result<(), StoreError> {
        let (edge, appended) = (self.memory.edge.clone(), self.memory.committed.len());
        self.sql.prepare_cached("SAVEPOINT job")?.execute([])?;
        let mut work = Work {
            sql: &self.sql,
            keys: &mut self.keys,
            memory: &mut self.memory,
            node: &self.node,
            entropy: &self.entropy,
        };
        // A panic is a fault of the job alone: its caller gets `Stopped`, the others their answers.
        let answer = catch_unwind(AssertUnwindSafe(|| job(&mut work))).ok();
        if !answer.as_ref().is_some_and(|answer| answer.stands) {
            self.sql.prepare_cached("ROLLBACK TO job")?.execute([])?;
            self.memory.set_back(edge, appended);
        }
        self.sql.prepare_cached("RELEASE job")?.execute([])?;
        answers.extend(answer);
        Ok(())
    }

    fn tell_followers(&self) {
        if !self.memory.committed.is_empty() {
            for follower in self.followers.lock().unwrap_or_else(PoisonError::into_inner).iter() {
                follower(&self.memory.committed);
            }
        }
    }
}

/// An error with its causes, as one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests;
