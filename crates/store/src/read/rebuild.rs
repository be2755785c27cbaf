//! Making the read models again from the log: what comes out is equal to what was kept.
//!
//! Equal by opened values: summaries are sealed anew, so their bytes differ. Not made again are
//! logs of their own: readings, and the commands that were done.

use std::collections::BTreeMap;

use catalogue::ids::DossierId;
use domain::event::What;
use domain::standing::Standing;
use rusqlite::params;

use super::{ReadModels, dossier_id, micros, project};
use crate::error::StoreError;
use crate::keys::{Held, Scope};
use crate::log::append::summary_bound_to;
use crate::log::chain::{Content, StrandId, audience_bytes};
use crate::log::merkle::{Edge, Hash};
use crate::log::{Strand, blob, parse_header};
use crate::writer::{EDGE_WRITE, Work};

// Drops all read models of the log.
const DROP_ALL: &str =
    "DELETE FROM place; DELETE FROM wake; DELETE FROM strand; DELETE FROM dossier;";
// The hashes of all events in their order.
const HASHES: &str = "SELECT hash FROM event ORDER BY position";
// All dossiers. Index: event_of_strand.
const DOSSIERS: &str = "SELECT DISTINCT dossier FROM event";
// The events of a dossier in their order. Index: event_of_strand.  ?1 dossier
const EVENTS: &str = "SELECT strand, header, body, hash FROM event \
    WHERE dossier = ?1 ORDER BY position";
// Keeps a strand.  ?1 dossier  ?2 strand  ?3 audience  ?4 head  ?5 events  ?6 activity  ?7 summary
// ?8 whether its key was destroyed
const STRAND_ADD: &str = "INSERT INTO strand \
    (dossier, id, audience, head, events, activity, summary, destroyed) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

impl ReadModels<'_> {
    /// Drops the read models and makes them again, in one transaction. Returns the number of
    /// dossiers. Nothing else is written meanwhile.
    ///
    /// # Errors
    /// A failure of the database, [`StoreError::Broken`] or [`StoreError::Malformed`] where the log
    /// was changed on disk; all is as it was then.
    pub fn rebuild(&self) -> Result<u64, StoreError> {
        self.database.write(rebuild)
    }
}

/// A strand while its events are read again.
struct Seen {
    strand: Strand,
    summary: Option<Vec<u8>>,
}

fn rebuild(work: &mut Work<'_>) -> Result<u64, StoreError> {
    work.sql.execute_batch(DROP_ALL)?;
    let mut edge = Edge::default();
    let mut query = work.sql.prepare(HASHES)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        edge.push(&row.get::<_, Hash>(0)?);
    }
    work.sql.prepare_cached(EDGE_WRITE)?.execute(params![edge.size(), edge.bytes()])?;
    work.memory.edge = edge;

    let mut query = work.sql.prepare(DOSSIERS)?;
    let mut rows = query.query([])?;
    let mut dossiers = 0;
    while let Some(row) = rows.next()? {
        one(work, dossier_id(row)?)?;
        dossiers += 1;
    }
    Ok(dossiers)
}

fn one(work: &Work<'_>, id: DossierId) -> Result<(), StoreError> {
    let mut query = work.sql.prepare_cached(EVENTS)?;
    let mut rows = query.query([id.as_uuid().as_bytes()])?;
    let mut standing: Option<Standing> = None;
    let mut strands: BTreeMap<StrandId, Seen> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let bytes = blob(row, 1)?;
        let header = parse_header(bytes)?;
        let strand = StrandId::from_bytes(row.get(0)?);
        let at = micros(header.at);
        let hash: Hash = row.get(3)?;
        let seen = strands.entry(strand).or_insert_with(|| Seen {
            strand: Strand {
                id: strand,
                audience: header.audience.clone(),
                head: hash,
                events: 0,
                activity: at,
                destroyed: false,
            },
            summary: None,
        });
        seen.strand.head = hash;
        seen.strand.events += 1;
        seen.strand.activity = seen.strand.activity.max(at);
        if header.change.what == What::KeyDestroyed {
            (seen.strand.destroyed, seen.summary) = (true, None);
        } else if let Some(summary) = summary_of(work, strand, bytes, blob(row, 2)?)? {
            seen.summary = Some(summary);
        }
        match &mut standing {
            Some(standing) => standing.apply(&header),
            None => standing = Standing::fold([&header]),
        }
    }
    keep(work, id, &strands)?;
    standing.map_or(Ok(()), |standing| project(work.sql, None, &standing))
}

/// The summary that an event set; none where it set none, or where its key is gone.
fn summary_of(
    work: &Work<'_>,
    strand: StrandId,
    header: &[u8],
    body: &[u8],
) -> Result<Option<Vec<u8>>, StoreError> {
    match work.keys.find(Scope::Strand, strand.as_bytes())? {
        Some(Held::Live(key)) => Ok(Content::unpack(&key.open("an event", header, body)?)?.summary),
        Some(Held::Destroyed) => Ok(None),
        None => Err(StoreError::KeyMissing { scope: Scope::Strand }),
    }
}

fn keep(
    work: &Work<'_>,
    id: DossierId,
    strands: &BTreeMap<StrandId, Seen>,
) -> Result<(), StoreError> {
    let mut add = work.sql.prepare_cached(STRAND_ADD)?;
    for (strand, Seen { strand: kept, summary }) in strands {
        let key = work.keys.find(Scope::Strand, strand.as_bytes())?;
        let sealed = match (key, summary) {
            (Some(Held::Live(key)), Some(summary)) => {
                let seq = kept.events.to_be_bytes();
                let nonce = work.entropy.bytes(&[b"rebuild", strand.as_bytes(), &seq])?;
                Some(key.seal(nonce, &summary_bound_to(*strand), summary)?)
            }
            (Some(Held::Live(_) | Held::Destroyed) | None, _) => None,
        };
        add.execute(params![
            id.as_uuid().as_bytes(),
            strand.as_bytes(),
            audience_bytes(&kept.audience)?,
            kept.head,
            kept.events,
            kept.activity,
            sealed,
            kept.destroyed
        ])?;
    }
    Ok(())
}
