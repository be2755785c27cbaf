//! Proving a copy offline: every hash, chain, index column, root and signature is made again.
//!
//! With a public key or a checkpoint from *outside* the copy this proves that what they cover is
//! unchanged; without, only that the copy agrees with itself. Nothing is opened and nothing written.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use catalogue::ids::{DossierId, EventId};
use domain::event::{FORMAT, Header};
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Row};

use super::chain::{StrandId, event_hash};
use super::checkpoint::{CHECKPOINTS, Checkpoint, PublicKey, file_name};
use super::merkle::{Edge, Hash};
use super::{blob, parse_header};
use crate::error::StoreError;
use crate::writer::read_edge;

/// What was proved of a copy, and the first thing that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The number of events found good, up to the first fault.
    pub events: u64,
    /// The number of checkpoints found good.
    pub checkpoints: u64,
    /// The events covered by a checkpoint that was found good; those after it agree with each
    /// other, and nobody outside vouches for them.
    pub covered: u64,
    /// The root over the events found good.
    pub root: Hash,
    /// What this rests on.
    pub trust: Trust,
    /// The first fault; none: all is good.
    pub fault: Option<Fault>,
}

/// What a proof rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// A public key or a checkpoint that came from outside the copy.
    Outside,
    /// The copy alone: it agrees with itself, and somebody may have written all of it anew.
    ConsistencyOnly,
}

/// What is wrong with a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An event is not as it was written.
    Event {
        /// Its position in the log.
        position: u64,
        /// Its id and its dossier, where they can be read.
        named: Option<(EventId, DossierId)>,
        /// What does not fit.
        problem: Problem,
    },
    /// A checkpoint is not as it was signed, or the log is not the one that it was signed for.
    Checkpoint {
        /// The number of events that it covers.
        size: u64,
        /// What does not fit.
        problem: Problem,
    },
    /// What is remembered of a strand's last event does not fit its events.
    Head {
        /// The strand.
        strand: StrandId,
    },
    /// The remembered edge of the Merkle log does not fit the events.
    Edge,
    /// The copy is of a node whose public key is not the one given.
    OtherNode,
    /// The database cannot be read on.
    Database {
        /// Why not.
        reason: String,
    },
}

/// In what way something does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Its header is not well formed, or of a version that is not known.
    Header,
    /// Its hash is not that of its header and body.
    Hash,
    /// Its columns are not those that its header says.
    Columns,
    /// It does not follow the event before it in its strand.
    Chain,
    /// An event is missing before it.
    Gap,
    /// The note is not well formed.
    Note,
    /// The signature is not that of the node.
    Signature,
    /// The root is not that of the events.
    Root,
    /// It covers more events than there are.
    Size,
    /// The file under `checkpoints/` and the table differ.
    File,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Problem::Header => "its header is not well formed",
            Problem::Hash => "its hash is not that of its header and body",
            Problem::Columns => "its columns are not those that its header says",
            Problem::Chain => "it does not follow the event before it in its strand",
            Problem::Gap => "an event is missing before it",
            Problem::Note => "its note is not well formed",
            Problem::Signature => "its signature is not that of the node",
            Problem::Root => "its root is not that of the events",
            Problem::Size => "it covers more events than there are",
            Problem::File => "its file and the database differ",
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Event { position, named: Some((id, dossier)), problem } => {
                write!(f, "event {id} of dossier {dossier} (position {position}): {problem}")
            }
            Fault::Event { position, named: None, problem } => {
                write!(f, "the event at position {position}: {problem}")
            }
            Fault::Checkpoint { size, problem } => {
                write!(f, "the checkpoint of {size} events: {problem}")
            }
            Fault::Head { strand } => {
                write!(f, "strand {strand}: the end that is remembered is not that of its events")
            }
            Fault::Edge => {
                f.write_str("the remembered edge of the Merkle log is not that of the events")
            }
            Fault::OtherNode => {
                f.write_str("the copy is of a node whose public key is not the one given")
            }
            Fault::Database { reason } => write!(f, "the database cannot be read: {reason}"),
        }
    }
}

// All events in their order.
const EVENTS: &str = "SELECT position, dossier, strand, seq, header, body, hash FROM event \
    ORDER BY position";
// What is remembered of each strand.
const HEADS: &str = "SELECT id, head, events FROM strand";
// The node's public key, as the copy itself has it.
const KEY: &str = "SELECT value FROM meta WHERE name = 'public_key'";

/// Verifies the copy in `dir`, with a public `key` or an `outside` checkpoint from elsewhere.
///
/// # Errors
/// [`StoreError::File`] where a file of the copy cannot be read, [`StoreError::Database`] where there
/// is no database. What is wrong *in* it is a [`Fault`].
pub fn verify(
    dir: &Path,
    key: Option<&PublicKey>,
    outside: Option<&Checkpoint>,
) -> Result<Report, StoreError> {
    let sql = open_copy(&dir.join("ecm.db"))?;
    let mut proof = Proof {
        trust: if key.is_some() || outside.is_some() {
            Trust::Outside
        } else {
            Trust::ConsistencyOnly
        },
        edge: Edge::default(),
        strands: BTreeMap::new(),
        good: 0,
        covered: 0,
        pending: Vec::new(),
    };
    let fault = match proof.run(&sql, dir, key, outside) {
        Ok(()) => None,
        Err(Stop::Fault(fault)) => Some(fault),
        Err(Stop::Store(StoreError::Database(reason))) => {
            Some(Fault::Database { reason: reason.to_string() })
        }
        Err(Stop::Store(other)) => return Err(other),
    };
    Ok(Report {
        events: proof.edge.size(),
        checkpoints: proof.good,
        covered: proof.covered,
        root: proof.edge.root(),
        trust: proof.trust,
        fault,
    })
}

/// Opens a database to read alone. Without a write-ahead log beside it, nothing is made beside it.
fn open_copy(path: &Path) -> Result<Connection, StoreError> {
    let log = path.with_extension("db-wal");
    let no_log = std::fs::metadata(&log).map_or(true, |file| file.len() == 0);
    let mut name = path.as_os_str().to_string_lossy().replace('%', "%25");
    name = name.replace('?', "%3f").replace('#', "%23");
    let mode = if no_log { "immutable=1" } else { "mode=ro" };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    Ok(Connection::open_with_flags(format!("file:{name}?{mode}"), flags)?)
}

/// Why a proof ends early.
enum Stop {
    Fault(Fault),
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Stop {
        Stop::Store(error)
    }
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Stop {
        Stop::Store(error.into())
    }
}

/// What has been proved so far.
struct Proof {
    trust: Trust,
    edge: Edge,
    /// The last hash and the number of events of each strand.
    strands: BTreeMap<StrandId, (Hash, u64)>,
    good: u64,
    covered: u64,
    /// Sizes and roots still to come, the last first.
    pending: Vec<(u64, Hash)>,
}

impl Proof {
    fn run(
        &mut self,
        sql: &Connection,
        dir: &Path,
        key: Option<&PublicKey>,
        outside: Option<&Checkpoint>,
    ) -> Result<(), Stop> {
        self.load_checkpoints(sql, dir, key, outside)?;
        self.reach_checkpoints()?;
        let mut query = sql.prepare(EVENTS)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            self.event(row)?;
            self.reach_checkpoints()?;
        }
        if let Some((size, _)) = self.pending.last() {
            return Err(checkpoint_fault(*size, Problem::Size));
        }
        self.heads(sql)?;
        match read_edge(sql) {
            Ok(edge) if edge == self.edge => Ok(()),
            Ok(_) | Err(StoreError::Malformed { .. }) => Err(Stop::Fault(Fault::Edge)),
            Err(other) => Err(other.into()),
        }
    }

    /// Reads all checkpoints, checks their form and signatures, and that files and table agree.
    fn load_checkpoints(
        &mut self,
        sql: &Connection,
        dir: &Path,
        key: Option<&PublicKey>,
        outside: Option<&Checkpoint>,
    ) -> Result<(), Stop> {
        let own: Option<String> = sql.query_row(KEY, [], |row| row.get(0)).optional()?;
        let own = own.and_then(|text| text.parse::<PublicKey>().ok());
        let is_of_another = key.is_some() && key != own.as_ref();
        let key = key.or(own.as_ref());
        let mut query = sql.prepare(CHECKPOINTS)?;
        let mut rows = query.query([])?;
        let mut notes = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (size, note): (u64, String) = (row.get(0)?, row.get(1)?);
            let checkpoint: Checkpoint =
                note.parse().map_err(|_| checkpoint_fault(size, Problem::Note))?;
            if checkpoint.size != size {
                return Err(checkpoint_fault(size, Problem::Columns));
            }
            if !key.is_some_and(|key| key.verify(&checkpoint)) {
                return Err(checkpoint_fault(size, Problem::Signature));
            }
            self.pending.push((size, checkpoint.root));
            notes.insert(file_name(size), note);
        }
        compare_files(&dir.join("checkpoints"), &notes)?;
        // Where nothing is signed yet, no signature tells.
        if is_of_another {
            return Err(Stop::Fault(Fault::OtherNode));
        }
        if let Some(outside) = outside {
            if key.is_some_and(|key| key.origin() == outside.origin && !key.verify(outside)) {
                return Err(checkpoint_fault(outside.size, Problem::Signature));
            }
            self.pending.push((outside.size, outside.root));
        }
        self.pending.sort_by(|one, other| other.cmp(one));
        Ok(())
    }

    /// Compares the roots of the checkpoints that cover exactly the events so far.
    fn reach_checkpoints(&mut self) -> Result<(), Stop> {
        while let Some((size, root)) = self.pending.last().copied() {
            if size != self.edge.size() {
                break;
            }
            if root != self.edge.root() {
                return Err(checkpoint_fault(size, Problem::Root));
            }
            self.pending.pop();
            self.good += 1;
            self.covered = size;
        }
        Ok(())
    }

    fn event(&mut self, row: &Row<'_>) -> Result<(), Stop> {
        let position: u64 = row.get(0)?;
        let (bytes, body) = (blob(row, 4)?, blob(row, 5)?);
        let header = parse_header(bytes).ok();
        let named = header.as_ref().map(|header| (header.id, header.dossier));
        let fault = |problem| Stop::Fault(Fault::Event { position, named, problem });
        if position != self.edge.size() {
            return Err(fault(Problem::Gap));
        }
        let hash = event_hash(bytes, body);
        if blob(row, 6)? != hash {
            return Err(fault(Problem::Hash));
        }
        let Some(header) = header.filter(|header| header.v <= FORMAT) else {
            return Err(fault(Problem::Header));
        };
        let strand = StrandId::of(header.dossier, &header.audience)?;
        if !columns_fit(row, &header, strand)? {
            return Err(fault(Problem::Columns));
        }
        let (head, events) = self.strands.entry(strand).or_insert((*strand.as_bytes(), 0));
        if header.previous != hex::encode(*head) || header.seq != *events {
            return Err(fault(Problem::Chain));
        }
        (*head, *events) = (hash, *events + 1);
        self.edge.push(&hash);
        Ok(())
    }

    /// What the node goes on from must be the end of what was proved.
    fn heads(&self, sql: &Connection) -> Result<(), Stop> {
        let mut missing: BTreeMap<_, _> = self.strands.iter().collect();
        let mut query = sql.prepare(HEADS)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let strand = StrandId::from_bytes(row.get(0)?);
            if missing.remove(&strand) != Some(&(row.get(1)?, row.get(2)?)) {
                return Err(Stop::Fault(Fault::Head { strand }));
            }
        }
        match missing.first_key_value() {
            Some((strand, _)) => Err(Stop::Fault(Fault::Head { strand: **strand })),
            None => Ok(()),
        }
    }
}

fn checkpoint_fault(size: u64, problem: Problem) -> Stop {
    Stop::Fault(Fault::Checkpoint { size, problem })
}

fn columns_fit(row: &Row<'_>, header: &Header, strand: StrandId) -> Result<bool, StoreError> {
    let seq: u64 = row.get(3)?;
    Ok(blob(row, 1)? == header.dossier.as_uuid().as_bytes()
        && blob(row, 2)? == strand.as_bytes()
        && seq == header.seq)
}

/// A file that a crash kept from being written may be missing; one that differs may not be.
fn compare_files(dir: &Path, notes: &BTreeMap<std::path::PathBuf, String>) -> Result<(), Stop> {
    let files = match std::fs::read_dir(dir) {
        Ok(files) => files,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(StoreError::File { path: dir.to_owned(), source }.into()),
    };
    for file in files {
        let fault = |source| StoreError::File { path: dir.to_owned(), source };
        let path = file.map_err(fault)?.path();
        if path.extension().is_none_or(|extension| extension != "checkpoint") {
            continue;
        }
        let bytes = std::fs::read(&path).map_err(fault)?;
        let name = path.file_name().map(std::path::PathBuf::from).unwrap_or_default();
        if notes.get(&name).is_none_or(|note| note.as_bytes() != bytes) {
            let size = name.file_stem().and_then(|stem| stem.to_str()?.parse().ok());
            return Err(checkpoint_fault(size.unwrap_or_default(), Problem::File));
        }
    }
    Ok(())
}
