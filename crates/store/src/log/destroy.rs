//! Destroying keys: what they sealed is gone wherever copies lie; that it was exchanged stays.
//!
//! The record comes first and the key goes second, so that a crash between the two is made good
//! when the folder is opened; a restore of older keys is made good in the same way.

use catalogue::ids::DossierId;
use rusqlite::{Connection, params};

use super::append::{Pen, Stamp, Target};
use super::chain::{StrandId, Version};
use super::{Log, strands};
use crate::error::StoreError;
use crate::keys::{Held, KeyWriter, Scope};
use crate::writer::{Database, Work};

/// What is destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destroy {
    /// One strand of a dossier.
    Strand(DossierId, StrandId),
    /// All strands of a dossier.
    Dossier(DossierId),
}

// Marks a strand as destroyed and blanks its summary.  ?1 dossier  ?2 strand
const STRAND_DESTROY: &str =
    "UPDATE strand SET destroyed = 1, summary = NULL WHERE dossier = ?1 AND id = ?2";
// The strands whose keys were destroyed. Index: strand_destroyed.
const DESTROYED: &str = "SELECT id FROM strand WHERE destroyed = 1";

impl Log<'_> {
    /// Destroys keys, and with them the content of their strands; headers, states and counts stay.
    ///
    /// Each strand gets an unsealed event `key_destroyed`. When this returns, the keys are wiped
    /// from the key file and its write-ahead log. Returns the strands destroyed now; repeated, none.
    ///
    /// # Errors
    /// A failure of the database. The record may have been made; repeat it, or open the folder anew.
    pub fn destroy(&self, what: Destroy, stamp: Stamp) -> Result<Vec<StrandId>, StoreError> {
        let at = stamp.at;
        let destroyed = self.database.write(move |work| record(work, what, &stamp))?;
        let strands = destroyed.clone();
        self.database.write(move |work| {
            strands
                .iter()
                .try_for_each(|strand| work.keys.destroy(Scope::Strand, strand.as_bytes(), at))
        })?;
        wipe_write_ahead_logs(self.database)?;
        Ok(destroyed)
    }
}

fn record(work: &mut Work<'_>, what: Destroy, stamp: &Stamp) -> Result<Vec<StrandId>, StoreError> {
    let (id, only) = match what {
        Destroy::Strand(id, strand) => (id, Some(strand)),
        Destroy::Dossier(id) => (id, None),
    };
    let all = strands(work.sql, id)?;
    let doomed: Vec<_> = all
        .iter()
        .filter(|strand| !strand.destroyed && only.is_none_or(|only| only == strand.id))
        .cloned()
        .collect();
    if doomed.is_empty() {
        return Ok(Vec::new());
    }
    // The version is nobody's: a destruction does not depend on what somebody has seen.
    let target = Target::Existing { id, seen: Version::from_bytes([0; 32]) };
    let mut pen = Pen::open(work, &target, all)?;
    for strand in &doomed {
        pen.write_destruction(work, stamp, &strand.audience)?;
    }
    pen.close(work)?;
    let mut mark = work.sql.prepare_cached(STRAND_DESTROY)?;
    for strand in &doomed {
        mark.execute(params![id.as_uuid().as_bytes(), strand.id.as_bytes()])?;
    }
    Ok(doomed.into_iter().map(|strand| strand.id).collect())
}

/// Empties both write-ahead logs, so that no older page with a key or a summary is left in them.
pub(crate) fn wipe_write_ahead_logs(database: &Database) -> Result<(), StoreError> {
    for file in ["ecm.db", "keys.db"] {
        empty_write_ahead_log(&crate::writer::connect(&database.dir().join(file))?)?;
    }
    Ok(())
}

/// Empties the write-ahead log of one file; waits for readers as long as any wait for a lock.
pub(crate) fn empty_write_ahead_log(sql: &Connection) -> Result<(), StoreError> {
    let busy: bool = sql.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy {
        return Err(StoreError::Commit {
            reason: "readers kept the write-ahead log from being emptied".to_owned(),
        });
    }
    Ok(())
}

/// Repeats, on opening, destructions that the log records and the key file lacks.
pub(crate) fn repeat_destructions(
    sql: &Connection,
    keys: &mut KeyWriter,
    now: jiff::Timestamp,
) -> Result<(), StoreError> {
    let mut query = sql.prepare(DESTROYED)?;
    let mut rows = query.query([])?;
    let mut repeated = false;
    while let Some(row) = rows.next()? {
        let strand: [u8; 32] = row.get(0)?;
        if !matches!(keys.find(Scope::Strand, &strand)?, Some(Held::Destroyed)) {
            keys.destroy(Scope::Strand, &strand, now)?;
            repeated = true;
        }
    }
    keys.commit()?;
    if repeated {
        empty_write_ahead_log(keys.file())?;
    }
    Ok(())
}
