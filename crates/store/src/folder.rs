//! A node's data folder: its files, its lock, the version of its format, and the door to all of it.
//!
//! `ecm.db` (log and read models) · `keys.db` (wrapped keys) · `attachments/` · `checkpoints/` ·
//! `lock`. One process serves a folder at a time.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::entropy::Entropy;
#[cfg(any(test, feature = "testing"))]
use crate::entropy::Seed;
use crate::error::StoreError;
#[cfg(any(test, feature = "testing"))]
use crate::flaws::Flaw;
use crate::keys::{DataKey, Held, KeyWriter, Keyring, MasterKey, Scope};
use crate::log::checkpoint::public_key;
use crate::log::destroy::repeat_destructions;
use crate::writer::{Committed, Database, NodeKeys, connect};

/// The version of the format on disk that this program writes.
pub const FORMAT: u32 = 1;

/// The tables of `ecm.db`, room by room.
const SCHEMAS: &[&str] = &[include_str!("schema.sql"), include_str!("accounts/schema.sql")];
/// The tables of `keys.db`.
const KEY_SCHEMA: &str = include_str!("keys.sql");

// Reads a value of the folder.  ?1 name
const META_READ: &str = "SELECT value FROM meta WHERE name = ?1";
// Sets a value where none is set yet.  ?1 name  ?2 value
const META_WRITE: &str = "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
// Sets a value.  ?1 name  ?2 value
const META_SET: &str = "INSERT INTO meta (name, value) VALUES (?1, ?2) \
    ON CONFLICT (name) DO UPDATE SET value = ?2";
// Whether the file has tables at all, and whether it has ours.
const TABLES: &str = "SELECT count(*), coalesce(sum(name = 'meta'), 0) FROM sqlite_schema";

/// How a folder is opened.
#[derive(Clone, Debug)]
pub struct Opening {
    master: MasterKey,
    origin: String,
    now: Timestamp,
    entropy: Entropy,
}

impl Opening {
    /// `master` wraps the keys of the folder; `origin` is the name under which a new node signs its
    /// checkpoints, such as `ecm.example.eu/log` (a node keeps the name it was made with); `now` is
    /// when keys that have to be made were made.
    pub fn new(master: MasterKey, origin: &str, now: Timestamp) -> Opening {
        Opening { master, origin: origin.to_owned(), now, entropy: Entropy::System }
    }

    /// Draws ids, keys and nonces from a seed and what they are for, so that a test can repeat them.
    #[cfg(any(test, feature = "testing"))]
    #[must_use]
    pub fn seeded(mut self, seed: u64) -> Opening {
        self.entropy = Entropy::Seeded(Seed { number: seed, flaw: None, drawn: Arc::default() });
        self
    }

    /// The same with a mistake, which a test has to find.
    #[cfg(any(test, feature = "testing"))]
    #[must_use]
    pub fn flawed(mut self, planted: Flaw) -> Opening {
        if let Entropy::Seeded(Seed { flaw, .. }) = &mut self.entropy {
            *flaw = Some(planted);
        }
        self
    }
}

/// A node's data folder, open and locked. Cheap to clone; the last one dropped closes it.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    database: Database,
    origin: String,
    // Held until the databases are closed: fields are dropped in this order.
    _lock: File,
}

impl Store {
    /// Opens the folder `dir`, and makes what is not there yet.
    ///
    /// # Errors
    /// [`StoreError::InUse`], [`StoreError::NewerFormat`], [`StoreError::NotAFolder`],
    /// [`StoreError::WrongMasterKey`], [`StoreError::NotDurable`], or a failure of disk or database.
    pub fn open(dir: &Path, opening: &Opening) -> Result<Store, StoreError> {
        for part in [dir, &dir.join("attachments"), &dir.join("checkpoints")] {
            std::fs::create_dir_all(part)
                .map_err(|source| StoreError::File { path: part.to_owned(), source })?;
        }
        let lock = lock(dir)?;
        let origin = prepare(dir, opening)?;
        let ring = Arc::new(Keyring::new(opening.master.clone()));
        let node = node_keys(dir, &ring, opening, &origin)?;
        let database = Database::start(dir, ring, node, opening.entropy.clone())?;
        Ok(Store { inner: Arc::new(Inner { database, origin, _lock: lock }) })
    }

    /// The databases.
    pub(crate) fn database(&self) -> &Database {
        &self.inner.database
    }

    /// The name under which this node signs its checkpoints.
    pub fn origin(&self) -> &str {
        &self.inner.origin
    }

    /// `N` random bytes for `purpose`; in tests with a seed, the same purpose gives the same bytes.
    ///
    /// # Errors
    /// [`StoreError::Random`] where the system gives none.
    pub fn random<const N: usize>(&self, purpose: &[&[u8]]) -> Result<[u8; N], StoreError> {
        self.database().entropy().bytes(purpose)
    }

    /// Whether a test has planted this flaw.
    #[cfg(any(test, feature = "testing"))]
    pub fn has(&self, flaw: Flaw) -> bool {
        self.database().entropy().has(flaw)
    }

    /// By how much case time is ahead of machine time: only a demonstration moves it.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn case_offset(&self) -> Result<SignedDuration, StoreError> {
        self.database().read(|reader| {
            let kept: Option<String> =
                reader.sql.query_row(META_READ, ["case_offset"], |row| row.get(0)).optional()?;
            let millis = kept.and_then(|text| text.parse().ok()).unwrap_or(0);
            Ok(SignedDuration::from_millis(millis))
        })
    }

    /// Keeps by how much case time is ahead of machine time.
    ///
    /// # Errors
    /// A failure of the database; it stays as it was then.
    pub fn set_case_offset(&self, offset: SignedDuration) -> Result<(), StoreError> {
        let millis = i64::try_from(offset.as_millis()).unwrap_or(i64::MAX).to_string();
        self.database().write(move |work| {
            work.sql.execute(META_SET, params!["case_offset", millis])?;
            Ok(())
        })
    }

    /// Where attachments lie, each sealed under its strand's key.
    pub fn attachments_dir(&self) -> PathBuf {
        self.database().dir().join("attachments")
    }

    /// Has `follower` called after each commit that appended events, with their positions and
    /// dossiers. It runs in the writer's thread: it must only pass the news on.
    pub fn follow(&self, follower: impl Fn(&[Committed]) + Send + Sync + 'static) {
        self.database().follow(Box::new(follower));
    }
}

fn lock(dir: &Path) -> Result<File, StoreError> {
    let path = dir.join("lock");
    let fault = |source| StoreError::File { path: path.clone(), source };
    let mut options = File::options();
    let file = options.create(true).truncate(false).write(true).open(&path).map_err(fault)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::InUse { dir: dir.to_owned() }),
        Err(std::fs::TryLockError::Error(source)) => Err(fault(source)),
    }
}

/// Makes the tables, checks the format, and gives the node's name.
fn prepare(dir: &Path, opening: &Opening) -> Result<String, StoreError> {
    let sql = connect(&dir.join("ecm.db"))?;
    let keys = connect(&dir.join("keys.db"))?;
    check_format(dir, &sql)?;
    check_format(dir, &keys)?;
    for schema in SCHEMAS {
        sql.execute_batch(schema)?;
    }
    keys.execute_batch(KEY_SCHEMA)?;
    for file in [&sql, &keys] {
        file.execute(META_WRITE, params!["format", FORMAT.to_string()])?;
    }
    sql.execute(META_WRITE, params!["origin", opening.origin])?;
    Ok(sql.query_row(META_READ, ["origin"], |row| row.get(0))?)
}

/// Refuses a folder of a later format, and one that is no node's.
fn check_format(dir: &Path, file: &Connection) -> Result<(), StoreError> {
    let not_ours = |problem| StoreError::NotAFolder { dir: dir.to_owned(), problem };
    let (tables, meta): (u32, u32) =
        file.query_row(TABLES, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if tables == 0 {
        return Ok(());
    }
    if meta == 0 {
        return Err(not_ours("its database has no table `meta`"));
    }
    let format: Option<String> =
        file.query_row(META_READ, ["format"], |row| row.get(0)).optional()?;
    // None: the making of the folder was cut short; it is finished now.
    let Some(format) = format else { return Ok(()) };
    match format.parse::<u32>() {
        Ok(FORMAT) => Ok(()),
        Ok(found) if found > FORMAT => {
            Err(StoreError::NewerFormat { dir: dir.to_owned(), found, known: FORMAT })
        }
        Ok(_) | Err(_) => Err(not_ours("its database names no format that ever was")),
    }
}

/// The keys of the node, made with a new folder; they tell whether the master key is right.
/// Destructions that the log records are repeated, where they were cut short or keys were restored.
fn node_keys(
    dir: &Path,
    ring: &Arc<Keyring>,
    opening: &Opening,
    origin: &str,
) -> Result<NodeKeys, StoreError> {
    let sql = connect(&dir.join("ecm.db"))?;
    let file = connect(&dir.join("keys.db"))?;
    let mut writer = KeyWriter::new(file, Arc::clone(ring), opening.entropy.clone());
    let known: Option<String> =
        sql.query_row(META_READ, ["public_key"], |row| row.get(0)).optional()?;
    let mut key = |name: &str| -> Result<DataKey, StoreError> {
        match writer.find(Scope::Node, name.as_bytes()) {
            Ok(Some(Held::Live(key))) => Ok(key),
            Ok(Some(Held::Destroyed)) => Err(StoreError::KeyDestroyed),
            // New keys beside old data would open nothing of it.
            Ok(None) if known.is_some() => Err(StoreError::KeyMissing { scope: Scope::Node }),
            Ok(None) => writer.ensure(Scope::Node, name.as_bytes(), opening.now),
            Err(StoreError::Broken { .. }) => Err(StoreError::WrongMasterKey),
            Err(other) => Err(other),
        }
    };
    let keys = NodeKeys { seal: key("seal")?, hash: key("hash")?, sign: key("sign")? };
    writer.commit()?;
    let public = public_key(&keys.sign, origin).to_string();
    match known {
        None => {
            sql.execute(META_WRITE, params!["public_key", public])?;
        }
        Some(known) if known == public => {}
        Some(_) => {
            let problem = "its key file is that of another node";
            return Err(StoreError::NotAFolder { dir: dir.to_owned(), problem });
        }
    }
    repeat_destructions(&sql, &mut writer, opening.now)?;
    Ok(keys)
}
