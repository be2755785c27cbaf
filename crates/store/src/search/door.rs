//! The node's own door to every strand: what it gives goes into the index, and nowhere else.
//!
//! INVARIANT (door): content read here never leaves the crate. People read through
//! [`crate::log::Log::read`].

use std::collections::BTreeSet;

use catalogue::ids::AttachmentId;
use domain::body::{Body, Content};
use domain::event::{Header, What};
use rusqlite::params;

use crate::error::StoreError;
use crate::keys::Scope;
use crate::log::chain::{self, StrandId};
use crate::log::{blob, parse_header};
use crate::writer::{Database, Reader};

/// So many events are read in one snapshot.
const BATCH: u32 = 512;

// Events of all dossiers from a position on. Index: the primary key.  ?1 first position  ?2 rows
const EVENTS_FROM: &str = "SELECT position, strand, header, body FROM event WHERE position >= ?1 \
    ORDER BY position LIMIT ?2";

/// An event, opened for the node itself.
#[derive(Debug)]
pub(crate) struct Opened {
    /// Its position in the node's log.
    pub(crate) position: u64,
    /// The strand that it belongs to.
    pub(crate) strand: StrandId,
    /// Its header and content, or why they cannot be read: one bad event does not hide the others.
    pub(crate) content: Result<(Header, Option<Body>), StoreError>,
}

/// The next events from a position on; none after the last. The body of an event is none where
/// there is none, or where its key was destroyed.
pub(crate) fn events_from(database: &Database, from: u64) -> Result<Vec<Opened>, StoreError> {
    database.read(|reader| {
        let mut query = reader.sql.prepare_cached(EVENTS_FROM)?;
        let mut rows = query.query(params![from, BATCH])?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            let strand = StrandId::from_bytes(row.get(1)?);
            let content = open(reader, strand, blob(row, 2)?, blob(row, 3)?);
            events.push(Opened { position: row.get(0)?, strand, content });
        }
        Ok(events)
    })
}

fn open(
    reader: &Reader<'_>,
    strand: StrandId,
    bytes: &[u8],
    sealed: &[u8],
) -> Result<(Header, Option<Body>), StoreError> {
    let header = parse_header(bytes)?;
    if header.change.what == What::KeyDestroyed {
        return Ok((header, None));
    }
    let Some(key) = reader.key(Scope::Strand, strand.as_bytes())? else {
        return Ok((header, None));
    };
    let content = chain::Content::unpack(&key.open("an event", bytes, sealed)?)?;
    let body = Body::decode(&content.body)
        .map_err(|_| StoreError::Malformed { what: "the body of an event" })?;
    Ok((header, Some(body)))
}

/// The files that an event names whose content can still be opened.
///
/// # Errors
/// A failure of the database, or an event that cannot be read.
pub(crate) fn files_named(database: &Database) -> Result<BTreeSet<AttachmentId>, StoreError> {
    let mut named = BTreeSet::new();
    let mut from = 0;
    loop {
        let events = events_from(database, from)?;
        let Some(last) = events.last() else { return Ok(named) };
        from = last.position + 1;
        for event in events {
            let (_, Some(body)) = event.content? else { continue };
            match &body.content {
                Content::Attachment(file) => {
                    named.insert(file.id);
                }
                Content::Request(request) => {
                    named.extend(request.attachments.iter().map(|file| file.id));
                }
                Content::Nothing
                | Content::Text { .. }
                | Content::Reason { .. }
                | Content::Disclosure(_)
                | Content::Units { .. }
                | Content::Ground { .. }
                | Content::Assignment { .. }
                | Content::Handling { .. }
                | Content::Given { .. } => {}
            }
        }
    }
}
