//! Read models: what lists, counts and the clock are made from.
//!
//! They are derived from headers (places, wakes) and from the log's sealed summaries, written in the
//! same transaction as the events, and can be dropped and made again ([`rebuild`]). Per (dossier,
//! unit) there is a place, in clear; per strand there is a sealed summary, so that no key scope is mixed.
//! Instants are whole microseconds here, rounded up: nothing wakes too early.

pub mod list;
pub mod rebuild;

use std::collections::BTreeSet;

use catalogue::ids::{DossierId, UnitId};
use domain::event::Reference;
use domain::standing::Standing;
use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::error::StoreError;
use crate::folder::Store;
use crate::log::readable;
use crate::viewer::Viewer;
use crate::writer::Database;

// Keeps what never changes about a dossier.  ?1 id  ?2 kind  ?3 reference  ?4 home
const DOSSIER_ADD: &str = "INSERT INTO dossier (id, kind, reference, home) VALUES (?1, ?2, ?3, ?4)";
// Keeps the place of a dossier in a unit's list.  ?1 dossier  ?2 unit  ?3 rank of whom it waits on
// ?4 due  ?5 state  ?6 kind
const PLACE_KEEP: &str = "INSERT INTO place (dossier, unit, wait, due, state, kind) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (dossier, unit) DO UPDATE \
    SET wait = ?3, due = ?4, state = ?5";
// Takes a unit off the list of a dossier.  ?1 dossier  ?2 unit
const PLACE_DROP: &str = "DELETE FROM place WHERE dossier = ?1 AND unit = ?2";
// Keeps when time will next change a dossier.  ?1 dossier  ?2 when
const WAKE_KEEP: &str = "INSERT INTO wake (dossier, at) VALUES (?1, ?2) \
    ON CONFLICT (dossier) DO UPDATE SET at = ?2";
// Forgets it.  ?1 dossier
const WAKE_DROP: &str = "DELETE FROM wake WHERE dossier = ?1";
// The dossiers that time has changed. Index: wake_by_time.  ?1 now  ?2 rows
const WAKE_DUE: &str = "SELECT dossier FROM wake WHERE at <= ?1 ORDER BY at, dossier LIMIT ?2";
// When time will next change a dossier. Index: the primary key.  ?1 dossier
const WAKE_OF: &str = "SELECT at FROM wake WHERE dossier = ?1";
// When time will next change anything. Index: wake_by_time.
const WAKE_FIRST: &str = "SELECT min(at) FROM wake";
// The dossiers with a reference. Index: dossier_by_reference.  ?1 reference
const BY_REFERENCE: &str = "SELECT id FROM dossier WHERE reference = ?1 ORDER BY id";

/// Stands for "nothing is due" and sorts after all that is.
pub(crate) const NEVER: i64 = i64::MAX;

/// An instant in whole microseconds, rounded up.
pub(crate) fn micros(instant: Timestamp) -> i64 {
    let whole = instant.as_microsecond();
    let nanos = instant.as_nanosecond();
    whole + i64::from(i128::from(whole) * 1000 < nanos)
}

/// The instant of so many microseconds.
pub(crate) fn instant(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(|_| StoreError::Malformed { what: "an instant" })
}

/// Brings places and wake of a dossier from where it stood to where it stands; writes only what
/// differs.
pub(crate) fn project(
    sql: &Connection,
    before: Option<&Standing>,
    after: &Standing,
) -> Result<(), StoreError> {
    let uuid = after.id.as_uuid();
    let id = uuid.as_bytes();
    if before.is_none() {
        sql.prepare_cached(DOSSIER_ADD)?.execute(params![
            id,
            after.kind.word(),
            after.reference.as_str(),
            after.home.as_str()
        ])?;
    }
    let nobody = BTreeSet::new();
    let listed = before.map_or(&nobody, |standing| &standing.distribution);
    for unit in listed.difference(&after.distribution) {
        sql.prepare_cached(PLACE_DROP)?.execute(params![id, unit.as_str()])?;
    }
    let mut keep = sql.prepare_cached(PLACE_KEEP)?;
    for unit in &after.distribution {
        let place = after.place(unit);
        let as_before = before
            .filter(|standing| standing.distribution.contains(unit))
            .is_some_and(|standing| standing.place(unit) == place);
        if !as_before {
            keep.execute(params![
                id,
                unit.as_str(),
                place.wait.rank(),
                place.due.map_or(NEVER, micros),
                place.state.word(),
                after.kind.word()
            ])?;
        }
    }
    let wake = after.wakes_at();
    if before.and_then(Standing::wakes_at) != wake {
        match wake {
            Some(at) => sql.prepare_cached(WAKE_KEEP)?.execute(params![id, micros(at)])?,
            None => sql.prepare_cached(WAKE_DROP)?.execute([id])?,
        };
    }
    Ok(())
}

/// The read models of a node.
#[derive(Clone, Copy, Debug)]
pub struct ReadModels<'a> {
    database: &'a Database,
}

impl Store {
    /// The read models of this node.
    pub fn models(&self) -> ReadModels<'_> {
        ReadModels { database: self.database() }
    }
}

impl ReadModels<'_> {
    /// The dossiers that time has changed by `now`, the earliest first, at most `limit`. For the
    /// clock, which acts as the system.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn due_before(&self, now: Timestamp, limit: u32) -> Result<Vec<DossierId>, StoreError> {
        self.database.read(|reader| {
            let mut query = reader.sql.prepare_cached(WAKE_DUE)?;
            let rows = query.query_map(params![now.as_microsecond(), limit], dossier_id)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// When time will next change this dossier; none where it will not, or where there is none. For
    /// the clock, and once membership is sure.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn wakes_at(&self, dossier: DossierId) -> Result<Option<Timestamp>, StoreError> {
        self.database.read(|reader| {
            let mut query = reader.sql.prepare_cached(WAKE_OF)?;
            let mut rows = query.query([dossier.as_uuid().as_bytes()])?;
            rows.next()?.map(|row| instant(row.get(0)?)).transpose()
        })
    }

    /// When time will next change any dossier; none where it will change none. For the clock.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn next_wake(&self) -> Result<Option<Timestamp>, StoreError> {
        self.database.read(|reader| {
            let at: Option<i64> = reader.sql.query_row(WAKE_FIRST, [], |row| row.get(0))?;
            at.map(instant).transpose()
        })
    }

    /// The dossiers that are cited like this and exist for this viewer. References are random, so
    /// there is hardly ever a second; that one is taken is no secret told only because of this.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn find_reference(
        &self,
        viewer: &Viewer,
        reference: &Reference,
    ) -> Result<Vec<DossierId>, StoreError> {
        self.database.read(|reader| {
            let mut query = reader.sql.prepare_cached(BY_REFERENCE)?;
            let rows = query.query_map([reference.as_str()], dossier_id)?;
            let mut found = Vec::new();
            for id in rows {
                let id = id?;
                if readable(reader.sql, viewer, id)?.is_some() {
                    found.push(id);
                }
            }
            Ok(found)
        })
    }
}

pub(crate) fn dossier_id(row: &rusqlite::Row<'_>) -> rusqlite::Result<DossierId> {
    Ok(DossierId::from_uuid(uuid::Uuid::from_bytes(row.get(0)?)))
}

pub(crate) fn unit_id(row: &rusqlite::Row<'_>, column: usize) -> Result<UnitId, StoreError> {
    let text = row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?;
    text.parse().map_err(|_| StoreError::Malformed { what: "the id of a unit" })
}
