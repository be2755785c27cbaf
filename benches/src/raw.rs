//! The baseline: SQLite alone, with the same bytes and the same durability, and nothing else done.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use rusqlite::{Connection, OpenFlags, params};
use sha2::{Digest as _, Sha256};

// The events from a position on, in their order.  ?1 the first position
const EVENTS: &str = "SELECT header, body FROM event WHERE position >= ?1 ORDER BY position";
const TABLE: &str = "CREATE TABLE event (position INTEGER PRIMARY KEY, header BLOB NOT NULL, \
    body BLOB NOT NULL) STRICT";
// Adds an event.  ?1 position  ?2 header  ?3 body
const ADD: &str = "INSERT INTO event (position, header, body) VALUES (?1, ?2, ?3)";
const NEXT: &str = "SELECT coalesce(max(position) + 1, 0) FROM event";
// The events of a dossier in their order.  ?1 dossier
const OF_DOSSIER: &str = "SELECT header, body FROM event WHERE dossier = ?1 ORDER BY position";

/// Header and sealed body as they are kept.
pub(crate) type Bytes = (Vec<u8>, Vec<u8>);

/// A database of SQLite alone.
#[derive(Debug)]
pub(crate) struct Raw {
    sql: Connection,
    next: u64,
}

impl Raw {
    /// A new one in `dir`.
    pub(crate) fn new(dir: &Path) -> Result<Raw> {
        let sql = Connection::open(dir.join("raw.db"))?;
        sql.pragma_update(None, "journal_mode", "wal")?;
        sql.pragma_update(None, "synchronous", "full")?;
        sql.execute_batch(TABLE)?;
        let next = sql.query_row(NEXT, [], |row| row.get(0))?;
        Ok(Raw { sql, next })
    }

    /// Inserts these, so many in each durable transaction.
    pub(crate) fn insert(&mut self, events: &[Bytes], each: usize) -> Result<Duration> {
        let began = Instant::now();
        for some in events.chunks(each.max(1)) {
            self.sql.execute_batch("BEGIN IMMEDIATE")?;
            for (header, body) in some {
                self.sql.prepare_cached(ADD)?.execute(params![self.next, header, body])?;
                self.next += 1;
            }
            self.sql.execute_batch("COMMIT")?;
        }
        Ok(began.elapsed())
    }

    /// Number and digest of all that it holds.
    pub(crate) fn digest(&self) -> Result<(u64, String)> {
        digest(&self.sql, 0)
    }
}

/// A node's database, to be read alone.
#[derive(Debug)]
pub(crate) struct Copy {
    sql: Connection,
}

impl Copy {
    /// That of the node in `dir`.
    pub(crate) fn of(dir: &Path) -> Result<Copy> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Ok(Copy { sql: Connection::open_with_flags(dir.join("ecm.db"), flags)? })
    }

    /// What lies there from a position on.
    pub(crate) fn events(&self, from: u64) -> Result<Vec<Bytes>> {
        let mut query = self.sql.prepare_cached(EVENTS)?;
        let rows = query.query_map([from], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Reads the bytes of a dossier and parses nothing. Gives the number of its events.
    pub(crate) fn dossier(&self, id: &[u8; 16]) -> Result<usize> {
        let mut query = self.sql.prepare_cached(OF_DOSSIER)?;
        let rows = query.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let events: Vec<Bytes> = rows.collect::<Result<_, _>>()?;
        Ok(events.len())
    }

    /// Number and digest of all from a position on: as fast as reading and one hash can be.
    pub(crate) fn digest(&self, from: u64) -> Result<(u64, String)> {
        digest(&self.sql, from)
    }
}

fn digest(sql: &Connection, from: u64) -> Result<(u64, String)> {
    let mut query = sql.prepare_cached(EVENTS)?;
    let mut rows = query.query([from])?;
    let (mut count, mut hash) = (0, Sha256::new());
    while let Some(row) = rows.next()? {
        hash.update(row.get_ref(0)?.as_blob()?);
        hash.update(row.get_ref(1)?.as_blob()?);
        count += 1;
    }
    Ok((count, hex::encode(hash.finalize())))
}

/// Fails where the two do not hold the same bytes in the same order.
pub(crate) fn must_agree(raw: &Raw, copy: &Copy, from: u64) -> Result<u64> {
    let (ours, theirs) = (copy.digest(from)?, raw.digest()?);
    ensure!(ours == theirs, "the results disagree: {ours:?} in the node, {theirs:?} in SQLite");
    Some(ours.0).filter(|count| *count > 0).context("nothing was written")
}
