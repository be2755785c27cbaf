//! Who has read what: a log of its own, which never changes a version.
//!
//! A reading is durable before what was read is answered. It is coalesced per person, dossier and
//! hour; within the hour only a reading of something new is written again.

use std::collections::{BTreeMap, BTreeSet};

use catalogue::ids::{DossierId, UnitId};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::StoreError;
use crate::folder::Store;
use crate::log::{blob, parse_header, readable};
use crate::read::{instant, micros};
use crate::viewer::Viewer;
use crate::writer::Database;

/// What became of a dossier at a unit on its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The unit.
    pub unit: UnitId,
    /// When it was first put on the list.
    pub delivered: Timestamp,
    /// Whether it is on the list now.
    pub listed: bool,
    /// When somebody of the unit, or of a unit within it, first opened the dossier.
    pub opened: Option<Timestamp>,
}

/// Whether a person has seen the latest of what he may read of a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// He never opened it.
    Never,
    /// Something was added after he last opened it.
    Before,
    /// He has opened it since.
    Since,
}

// The last reading of a person. Index: the primary key.  ?1 dossier  ?2 account
const LAST: &str = "SELECT max(last) FROM reading WHERE dossier = ?1 AND account = ?2";
// The last reading of a person in an hour. Index: the primary key.  ?1 dossier  ?2 account  ?3 hour
const LAST_OF_HOUR: &str =
    "SELECT last FROM reading WHERE dossier = ?1 AND account = ?2 AND hour = ?3";
// Records a reading.  ?1 dossier  ?2 account  ?3 hour since 1970  ?4 units as a JSON list  ?5 when
const KEEP: &str = "INSERT INTO reading (dossier, account, hour, units, first, last) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?5) ON CONFLICT (dossier, account, hour) DO UPDATE \
    SET first = min(first, ?5), last = max(last, ?5)";
// All readings of a dossier. Index: the primary key.  ?1 dossier
const ALL: &str = "SELECT units, first FROM reading WHERE dossier = ?1";
// The headers of a dossier in their order. Index: event_of_strand.  ?1 dossier
const HEADERS: &str = "SELECT header FROM event WHERE dossier = ?1 ORDER BY position";

const MICROS_PER_HOUR: i64 = 3_600_000_000;

/// The record of readings.
#[derive(Clone, Copy, Debug)]
pub struct Readings<'a> {
    database: &'a Database,
}

impl Store {
    /// The record of who has read what.
    pub fn readings(&self) -> Readings<'_> {
        Readings { database: self.database() }
    }
}

impl Readings<'_> {
    /// Records that this viewer opens a dossier; durable when it returns. False where the dossier
    /// does not exist for him: nothing is recorded then. The system's readings are not recorded.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn record(
        &self,
        viewer: &Viewer,
        id: DossierId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let Some(account) = viewer.account() else { return self.exists(viewer, id) };
        let at = micros(at);
        let hour = at.div_euclid(MICROS_PER_HOUR);
        let uuids = (id.as_uuid(), account.as_uuid());
        let known = self.database.read(|reader| {
            let Some(activity) = activity(reader.sql, viewer, id)? else { return Ok(None) };
            let key = params![uuids.0.as_bytes(), uuids.1.as_bytes(), hour];
            let last: Option<i64> = reader
                .sql
                .prepare_cached(LAST_OF_HOUR)?
                .query_row(key, |row| row.get(0))
                .optional()?;
            Ok(Some(last.is_some_and(|last| last >= activity)))
        })?;
        match known {
            None => Ok(false),
            Some(true) => Ok(true),
            Some(false) => {
                let viewer = viewer.clone();
                self.database.write(move |work| {
                    // He may have been taken off the list since.
                    if activity(work.sql, &viewer, id)?.is_none() {
                        return Ok(false);
                    }
                    let units: Vec<&str> = viewer.units().map(UnitId::as_str).collect();
                    let units = serde_json::json!(units).to_string();
                    let (dossier, account) = (uuids.0.as_bytes(), uuids.1.as_bytes());
                    let row = params![dossier, account, hour, units, at];
                    work.sql.prepare_cached(KEEP)?.execute(row)?;
                    Ok(true)
                })
            }
        }
    }

    fn exists(self, viewer: &Viewer, id: DossierId) -> Result<bool, StoreError> {
        self.database.read(|reader| Ok(readable(reader.sql, viewer, id)?.is_some()))
    }

    /// Whether this person has opened the dossier since something was last added that he may read;
    /// none where it does not exist for him.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn seen(&self, viewer: &Viewer, id: DossierId) -> Result<Option<Seen>, StoreError> {
        let Some(account) = viewer.account() else { return Ok(None) };
        self.database.read(|reader| {
            let Some(activity) = activity(reader.sql, viewer, id)? else { return Ok(None) };
            let last: Option<i64> = reader.sql.prepare_cached(LAST)?.query_row(
                params![id.as_uuid().as_bytes(), account.as_uuid().as_bytes()],
                |row| row.get(0),
            )?;
            Ok(Some(match last {
                None => Seen::Never,
                Some(last) if last < activity => Seen::Before,
                Some(_) => Seen::Since,
            }))
        })
    }

    /// What became of a dossier at the units of its list, those that were withdrawn included, in
    /// the order of delivery. The originator sees all; anybody else sees his own units alone.
    /// None where the dossier does not exist for this viewer.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn receipts(
        &self,
        viewer: &Viewer,
        id: DossierId,
    ) -> Result<Option<Vec<Receipt>>, StoreError> {
        self.database.read(|reader| {
            if readable(reader.sql, viewer, id)?.is_none() {
                return Ok(None);
            }
            let (home, mut receipts) = deliveries(reader.sql, viewer, id)?;
            let opened = openings(reader.sql, id)?;
            for receipt in &mut receipts {
                receipt.opened = opened.get(&receipt.unit).copied().map(instant).transpose()?;
            }
            let his: BTreeSet<&UnitId> = viewer.units().collect();
            if !home.is_some_and(|home| his.contains(&home)) {
                receipts.retain(|receipt| his.contains(&receipt.unit));
            }
            Ok(Some(receipts))
        })
    }
}

/// The latest instant that this viewer may read of; none where the dossier does not exist for him.
fn activity(sql: &Connection, viewer: &Viewer, id: DossierId) -> Result<Option<i64>, StoreError> {
    let strands = readable(sql, viewer, id)?.unwrap_or_default();
    Ok(strands.iter().map(|strand| strand.activity).max())
}

/// The home, and who was put on the list when, by the headers that this viewer may read.
fn deliveries(
    sql: &Connection,
    viewer: &Viewer,
    id: DossierId,
) -> Result<(Option<UnitId>, Vec<Receipt>), StoreError> {
    let mut query = sql.prepare_cached(HEADERS)?;
    let mut rows = query.query([id.as_uuid().as_bytes()])?;
    let mut home = None;
    let mut receipts: Vec<Receipt> = Vec::new();
    while let Some(row) = rows.next()? {
        let header = parse_header(blob(row, 0)?)?;
        if !viewer.is_of(&header.audience) {
            continue;
        }
        for unit in &header.change.join {
            match receipts.iter_mut().find(|receipt| receipt.unit == *unit) {
                Some(receipt) => receipt.listed = true,
                None => receipts.push(Receipt {
                    unit: unit.clone(),
                    delivered: header.at,
                    listed: true,
                    opened: None,
                }),
            }
        }
        for receipt in &mut receipts {
            receipt.listed &= !header.change.leave.contains(&receipt.unit);
        }
        home = Some(header.home);
    }
    Ok((home, receipts))
}

/// When somebody of each unit, or of a unit within it, first opened the dossier.
fn openings(sql: &Connection, id: DossierId) -> Result<BTreeMap<UnitId, i64>, StoreError> {
    let mut query = sql.prepare_cached(ALL)?;
    let mut rows = query.query([id.as_uuid().as_bytes()])?;
    let mut opened = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let units = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        let units: Vec<UnitId> = serde_json::from_str(units)
            .map_err(|_| StoreError::Malformed { what: "the record of a reading" })?;
        let first: i64 = row.get(1)?;
        for unit in units {
            let earliest = opened.entry(unit).or_insert(first);
            *earliest = first.min(*earliest);
        }
    }
    Ok(opened)
}
