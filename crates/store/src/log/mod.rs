//! The log: strands of sealed events, their chains, and the Merkle tree over all of them.
//!
//! There is one way to a dossier's content, [`Log::read`], and one to add to it, [`Log::append`].
//! Reading order: [`chain`] (ids and hashes), this file (read), [`append`], [`destroy`],
//! [`merkle`], [`checkpoint`], [`verify`].

pub mod append;
pub mod chain;
pub mod checkpoint;
pub mod destroy;
pub mod merkle;
pub mod verify;

use catalogue::ids::DossierId;
use domain::audience::Audience;
use domain::event::{Header, What};
use rusqlite::{Connection, Row, params};

use crate::error::StoreError;
#[cfg(any(test, feature = "testing"))]
use crate::flaws::Flaw;
use crate::folder::Store;
use crate::keys::Scope;
use crate::viewer::Viewer;
use crate::writer::{Database, Reader};
use chain::{Content, StrandId, Version};
use merkle::Hash;

/// An event as it is kept, opened for somebody who may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its header.
    pub header: Header,
    /// Its content; none where the strand's key was destroyed.
    pub body: Option<Vec<u8>>,
    /// Its hash, as its successor names it.
    pub hash: Hash,
    /// The strand that it belongs to.
    pub strand: StrandId,
}

/// What a follower of the log sees of an event, for the node's own use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tailed {
    /// Its position in the node's log.
    pub position: u64,
    /// Its header.
    pub header: Header,
}

/// The log of a node.
#[derive(Clone, Copy, Debug)]
pub struct Log<'a> {
    pub(crate) database: &'a Database,
    origin: &'a str,
}

impl Store {
    /// The log of this node.
    pub fn log(&self) -> Log<'_> {
        Log { database: self.database(), origin: self.origin() }
    }
}

impl Log<'_> {
    /// The events of a dossier that this viewer may read, in the order in which they were written.
    ///
    /// None where the dossier does not exist *for him*: nothing is decrypted before that is known.
    ///
    /// # Errors
    /// [`StoreError::Broken`] or [`StoreError::Malformed`] where what lies on the disk was changed.
    pub fn read(
        &self,
        viewer: &Viewer,
        id: DossierId,
    ) -> Result<Option<Vec<StoredEvent>>, StoreError> {
        self.database.read(|reader| {
            let Some(strands) = readable(reader.sql, viewer, id)? else { return Ok(None) };
            let mut events = Vec::new();
            for strand in &strands {
                open_strand(reader, id, strand, &mut events)?;
            }
            events.sort_unstable_by_key(|(position, _)| *position);
            Ok(Some(events.into_iter().map(|(_, event)| event).collect()))
        })
    }

    /// The version of a dossier for this viewer, without opening anything; none where the dossier
    /// does not exist for him. Equal to [`chain::version`] of what [`Log::read`] gives.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn version(&self, viewer: &Viewer, id: DossierId) -> Result<Option<Version>, StoreError> {
        self.database.read(|reader| {
            let his = readable(reader.sql, viewer, id)?;
            #[cfg(any(test, feature = "testing"))]
            if his.is_some() && reader.entropy.has(Flaw::VersionOverAllStrands) {
                return Ok(Some(version_over_all(&strands(reader.sql, id)?)));
            }
            Ok(his.map(|strands| version_of(viewer, &strands)))
        })
    }

    /// Headers after a position, of all dossiers and audiences: for followers of the node itself,
    /// who read content through [`Log::read`] like anybody. `limit`: at most so many.
    ///
    /// # Errors
    /// A failure of the database, [`StoreError::Malformed`] where a header was changed.
    pub fn tail(&self, after: Option<u64>, limit: u32) -> Result<Vec<Tailed>, StoreError> {
        self.database.read(|reader| {
            let from = after.map_or(0, |position| position.saturating_add(1));
            let mut query = reader.sql.prepare_cached(TAIL)?;
            let mut rows = query.query(params![from, limit])?;
            let mut tail = Vec::new();
            while let Some(row) = rows.next()? {
                tail.push(Tailed { position: row.get(0)?, header: header(row.get_ref(1)?)? });
            }
            Ok(tail)
        })
    }
}

impl Log<'_> {
    /// The position of the last event of all; none in an empty log. For the node's own use.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn last(&self) -> Result<Option<u64>, StoreError> {
        self.database.read(|reader| Ok(reader.sql.query_row(LAST, [], |row| row.get(0))?))
    }
}

// Whether a unit is on a dossier's list. Index: the primary key.  ?1 dossier  ?2 unit
const IS_MEMBER: &str = "SELECT 1 FROM place WHERE dossier = ?1 AND unit = ?2";
// The strands of a dossier. Index: the primary key.  ?1 dossier
const STRANDS: &str = "SELECT id, audience, head, events, activity, destroyed FROM strand \
    WHERE dossier = ?1";
// The events of a strand in their order. Index: event_of_strand.  ?1 dossier  ?2 strand
const EVENTS: &str = "SELECT position, header, body, hash FROM event \
    WHERE dossier = ?1 AND strand = ?2 ORDER BY seq";
// Headers from a position on. Index: the primary key.  ?1 first position  ?2 rows
const TAIL: &str = "SELECT position, header FROM event WHERE position >= ?1 \
    ORDER BY position LIMIT ?2";

// The position of the last event. Index: the primary key.
const LAST: &str = "SELECT max(position) FROM event";

/// A strand as the read model has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Strand {
    pub(crate) id: StrandId,
    pub(crate) audience: Audience,
    /// The hash of its last event.
    pub(crate) head: Hash,
    /// The number of its events.
    pub(crate) events: u64,
    /// The latest instant of its events, in µs.
    pub(crate) activity: i64,
    /// Whether its key was destroyed.
    pub(crate) destroyed: bool,
}

/// All strands of a dossier.
pub(crate) fn strands(sql: &Connection, id: DossierId) -> Result<Vec<Strand>, StoreError> {
    let mut query = sql.prepare_cached(STRANDS)?;
    let mut rows = query.query([id.as_uuid().as_bytes()])?;
    let mut strands = Vec::new();
    while let Some(row) = rows.next()? {
        strands.push(strand(row)?);
    }
    Ok(strands)
}

fn strand(row: &Row<'_>) -> Result<Strand, StoreError> {
    Ok(Strand {
        id: StrandId::from_bytes(row.get(0)?),
        audience: serde_json::from_str(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)
            .map_err(|_| StoreError::Malformed { what: "the audience of a strand" })?,
        head: row.get(2)?,
        events: row.get(3)?,
        activity: row.get(4)?,
        destroyed: row.get(5)?,
    })
}

/// Whether this viewer is on the dossier's list; the system is on every list.
pub(crate) fn is_member(
    sql: &Connection,
    viewer: &Viewer,
    id: DossierId,
) -> Result<bool, StoreError> {
    if viewer.is_system() {
        return Ok(true);
    }
    let mut query = sql.prepare_cached(IS_MEMBER)?;
    for unit in viewer.units() {
        if query.exists(params![id.as_uuid().as_bytes(), unit.as_str()])? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The strands of a dossier that this viewer may read; none where it does not exist for him.
///
/// A dossier of which he may read nothing does not exist for him, though he were on its list: it
/// would not exist without what he may not read.
pub(crate) fn readable(
    sql: &Connection,
    viewer: &Viewer,
    id: DossierId,
) -> Result<Option<Vec<Strand>>, StoreError> {
    if !is_member(sql, viewer, id)? {
        return Ok(None);
    }
    let mut strands = strands(sql, id)?;
    strands.retain(|strand| viewer.is_of(&strand.audience));
    Ok(Some(strands).filter(|strands| !strands.is_empty()))
}

/// The version of a dossier for this viewer, by its strands.
pub(crate) fn version_of<'a>(
    viewer: &Viewer,
    strands: impl IntoIterator<Item = &'a Strand>,
) -> Version {
    let his = strands.into_iter().filter(|strand| viewer.is_of(&strand.audience));
    Version::of_heads(&his.map(|strand| (strand.id, strand.head)).collect())
}

/// The version as a planted flaw has it.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn version_over_all<'a>(strands: impl IntoIterator<Item = &'a Strand>) -> Version {
    Version::of_heads(&strands.into_iter().map(|strand| (strand.id, strand.head)).collect())
}

fn open_strand(
    reader: &Reader<'_>,
    id: DossierId,
    strand: &Strand,
    events: &mut Vec<(u64, StoredEvent)>,
) -> Result<(), StoreError> {
    let key =
        if strand.destroyed { None } else { reader.key(Scope::Strand, strand.id.as_bytes())? };
    let mut query = reader.sql.prepare_cached(EVENTS)?;
    let mut rows = query.query(params![id.as_uuid().as_bytes(), strand.id.as_bytes()])?;
    let mut previous = strand.id.to_string();
    while let Some(row) = rows.next()? {
        let bytes = blob(row, 1)?;
        let header = parse_header(bytes)?;
        // INVARIANT (chain): upheld by `append`, checked again here: two places, so that neither a
        // bug in writing nor a change on disk stays unseen.
        if header.previous != previous {
            return Err(StoreError::Broken { what: "the chain of a strand" });
        }
        let body = match (&key, header.change.what) {
            (_, What::KeyDestroyed) => Some(Vec::new()),
            (Some(key), _) => {
                Some(Content::unpack(&key.open("an event", bytes, blob(row, 2)?)?)?.body)
            }
            (None, _) => None,
        };
        let hash: Hash = row.get(3)?;
        previous = hex::encode(hash);
        events.push((row.get(0)?, StoredEvent { header, body, hash, strand: strand.id }));
    }
    if previous != hex::encode(strand.head) {
        return Err(StoreError::Broken { what: "the end of a strand" });
    }
    Ok(())
}

/// A column of bytes, without a copy.
pub(crate) fn blob<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a [u8], StoreError> {
    Ok(row.get_ref(column)?.as_blob().map_err(rusqlite::Error::from)?)
}

fn header(value: rusqlite::types::ValueRef<'_>) -> Result<Header, StoreError> {
    parse_header(value.as_blob().map_err(rusqlite::Error::from)?)
}

/// Reads a header as it is kept.
pub(crate) fn parse_header(bytes: &[u8]) -> Result<Header, StoreError> {
    serde_json::from_slice(bytes)
        .map_err(|_| StoreError::Malformed { what: "the header of an event" })
}
