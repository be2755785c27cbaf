//! Appending: one command writes to one or more dossiers, wholly or not at all.
//!
//! Inside the writer's transaction comes membership, then the idempotency key, then the version,
//! and only then is anything written: so that no answer tells of what the viewer may not see.

use std::collections::{BTreeMap, BTreeSet};

use catalogue::ids::{CommandId, DossierId, EventId, UnitId};
use domain::audience::Audience;
use domain::event::{FORMAT, Header, Kind, NewEvent, Reference, What};
use domain::standing::Standing;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::chain::{Content, StrandId, Version, audience_bytes, event_hash};
use super::merkle::Hash;
use super::{Log, Strand, is_member, parse_header, readable, strands, version_of};
use crate::error::{StoreError, Unsound};
#[cfg(any(test, feature = "testing"))]
use crate::flaws::Flaw;
use crate::keys::Scope;
use crate::read::project;
use crate::viewer::Viewer;
use crate::writer::{Committed, Work};

/// By whom, when and by which command events are brought about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The unit in whose name it happens; none: the system.
    pub by: Option<UnitId>,
    /// When, in case time.
    pub at: Timestamp,
    /// The command, unique to its account.
    pub command: CommandId,
    /// What was asked, as it came: only a keyed hash of it is kept.
    pub request: Vec<u8>,
}

/// What goes to one dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// The dossier.
    pub target: Target,
    /// The events, in their order; one at least.
    pub events: Vec<NewEvent>,
}

/// The dossier that is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// One that begins now; its first event joins its home.
    New {
        /// Its id, random.
        id: DossierId,
        /// What never changes about it.
        birth: Birth,
    },
    /// One that is there.
    Existing {
        /// Its id.
        id: DossierId,
        /// What the viewer has seen of it: where that has changed, nothing is written.
        seen: Version,
    },
}

impl Target {
    const fn id(&self) -> DossierId {
        match self {
            Target::New { id, .. } | Target::Existing { id, .. } => *id,
        }
    }
}

/// What never changes about a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Birth {
    /// Its kind.
    pub kind: Kind,
    /// How it is cited.
    pub reference: Reference,
    /// The authority that opens it.
    pub home: UnitId,
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Appended {
    /// It is written and durable; the viewer's versions now, in the order of the writes.
    Done(Vec<Version>),
    /// It was done before: the dossiers and versions that it gave then.
    Again(Vec<(DossierId, Version)>),
    /// The account has used this command id for another request.
    OtherBody,
    /// Something that the viewer may read was added since he looked.
    Moved,
    /// A dossier does not exist for this viewer.
    NotFound,
}

impl Log<'_> {
    /// Writes the events of one command, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::Unsound`] where the call breaks the contract, [`StoreError::KeyDestroyed`]
    /// where the strand's key is gone, [`StoreError::Commit`] where it could not be made durable.
    /// Nothing is written then.
    pub fn append(
        &self,
        viewer: &Viewer,
        stamp: Stamp,
        writes: Vec<Write>,
    ) -> Result<Appended, StoreError> {
        check(viewer, &writes)?;
        let request = self.database.node().hash.keyed_hash("request", &stamp.request);
        let viewer = viewer.clone();
        self.database.write(move |work| append(work, &viewer, &stamp, &request, &writes))
    }
}

impl Log<'_> {
    /// The answer to a command that this viewer has sent before, so that it is answered again and
    /// not decided again. [`Log::append`] looks once more, inside its transaction.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn done_before(
        &self,
        viewer: &Viewer,
        command: CommandId,
        request: &[u8],
    ) -> Result<Option<Appended>, StoreError> {
        let request = self.database.node().hash.keyed_hash("request", request);
        self.database.read(|reader| {
            #[cfg(any(test, feature = "testing"))]
            if reader.entropy.has(Flaw::CommandsOfAllAccounts)
                && is_anothers(reader.sql, viewer, command)?
            {
                return Ok(Some(Appended::OtherBody));
            }
            done_before(reader.sql, viewer, command, &request)
        })
    }
}

/// Whether the call keeps to the contract, as far as it shows by itself.
fn check(viewer: &Viewer, writes: &[Write]) -> Result<(), Unsound> {
    let mut seen = BTreeSet::new();
    for Write { target, events } in writes {
        let first = events.first().ok_or(Unsound::NoEvent)?;
        if !seen.insert(target.id()) {
            return Err(Unsound::Twice(target.id()));
        }
        if let Target::New { birth, .. } = target {
            if !first.change.join.contains(&birth.home) {
                return Err(Unsound::HomeNotJoined);
            }
            if !viewer.is_system() && !viewer.units().any(|unit| *unit == birth.home) {
                return Err(Unsound::ForeignHome);
            }
        }
        if !events.iter().all(|event| viewer.is_of(&event.audience)) {
            return Err(Unsound::Unreadable);
        }
        if events.iter().any(|event| event.change.what == What::KeyDestroyed) {
            return Err(Unsound::Destruction);
        }
    }
    Ok(())
}

fn append(
    work: &mut Work<'_>,
    viewer: &Viewer,
    stamp: &Stamp,
    request: &Hash,
    writes: &[Write],
) -> Result<Appended, StoreError> {
    let mut dossiers = Vec::with_capacity(writes.len());
    for write in writes {
        let id = write.target.id();
        let is_new = matches!(write.target, Target::New { .. });
        let strands = strands(work.sql, id)?;
        let exists = is_member(work.sql, viewer, id)?
            && strands.iter().any(|strand| viewer.is_of(&strand.audience));
        #[cfg(any(test, feature = "testing"))]
        let exists = exists || work.entropy.has(Flaw::NoMembershipRecheck);
        if !is_new && !exists {
            return Ok(Appended::NotFound);
        }
        dossiers.push(strands);
    }
    #[cfg(any(test, feature = "testing"))]
    if work.entropy.has(Flaw::CommandsOfAllAccounts)
        && is_anothers(work.sql, viewer, stamp.command)?
    {
        return Ok(Appended::OtherBody);
    }
    if let Some(answer) = done_before(work.sql, viewer, stamp.command, request)? {
        return Ok(answer);
    }
    for (write, strands) in writes.iter().zip(&dossiers) {
        let as_seen = match &write.target {
            Target::Existing { seen, .. } => version_in(work, viewer, strands) == *seen,
            // An id is random: that it is taken means that this command was done without its key.
            Target::New { .. } => strands.is_empty(),
        };
        if !as_seen {
            return Ok(Appended::Moved);
        }
    }
    let mut done = Vec::with_capacity(writes.len());
    for (write, strands) in writes.iter().zip(dossiers) {
        let mut pen = Pen::open(work, &write.target, strands)?;
        for event in &write.events {
            pen.write(work, stamp, event)?;
        }
        let strands = pen.close(work)?;
        done.push((write.target.id(), version_in(work, viewer, strands.values())));
    }
    keep_command(work.sql, viewer, stamp, request, &done)?;
    Ok(Appended::Done(done.into_iter().map(|(_, version)| version).collect()))
}

/// The version of a dossier for this viewer as the writer finds it.
fn version_in<'a>(
    work: &Work<'_>,
    viewer: &Viewer,
    strands: impl IntoIterator<Item = &'a Strand>,
) -> Version {
    #[cfg(any(test, feature = "testing"))]
    if work.entropy.has(Flaw::VersionOverAllStrands) && !viewer.is_system() {
        return super::version_over_all(strands);
    }
    #[cfg(not(any(test, feature = "testing")))]
    let _ = work;
    version_of(viewer, strands)
}

/// Whether another account has used this id, as a planted flaw asks.
#[cfg(any(test, feature = "testing"))]
fn is_anothers(sql: &Connection, viewer: &Viewer, command: CommandId) -> Result<bool, StoreError> {
    let Some(account) = viewer.account() else { return Ok(false) };
    let anothers = "SELECT 1 FROM command WHERE command = ?1 AND account <> ?2";
    let mut query = sql.prepare_cached(anothers)?;
    Ok(query.exists(params![command.as_bytes(), account.as_uuid().as_bytes()])?)
}

// A command that was done. Index: the primary key.  ?1 account  ?2 command
const COMMAND_FIND: &str = "SELECT request, done FROM command WHERE account = ?1 AND command = ?2";
// Keeps a command that was done.  ?1 account  ?2 command  ?3 keyed hash of the request
// ?4 dossiers and versions in turn
const COMMAND_ADD: &str = "INSERT INTO command (account, command, request, done) \
    VALUES (?1, ?2, ?3, ?4)";

/// The answer to a command that this account has sent before. The system's have no key: they are
/// decided anew from what they find.
fn done_before(
    sql: &Connection,
    viewer: &Viewer,
    command: CommandId,
    request: &Hash,
) -> Result<Option<Appended>, StoreError> {
    let Some(account) = viewer.account() else { return Ok(None) };
    let row: Option<(Hash, Vec<u8>)> = sql
        .prepare_cached(COMMAND_FIND)?
        .query_row(params![account.as_uuid().as_bytes(), command.as_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let Some((kept, done)) = row else { return Ok(None) };
    if kept != *request {
        return Ok(Some(Appended::OtherBody));
    }
    let mut answered = Vec::new();
    for entry in done.as_chunks::<48>().0 {
        let malformed = || StoreError::Malformed { what: "a command that was done" };
        let (id, version) = entry.split_first_chunk::<16>().ok_or_else(malformed)?;
        let id = DossierId::from_uuid(uuid::Uuid::from_bytes(*id));
        let version: Hash = version.try_into().map_err(|_| malformed())?;
        // He may have left the unit through which he saw it.
        if readable(sql, viewer, id)?.is_none() {
            return Ok(Some(Appended::NotFound));
        }
        answered.push((id, Version::from_bytes(version)));
    }
    Ok(Some(Appended::Again(answered)))
}

fn keep_command(
    sql: &Connection,
    viewer: &Viewer,
    stamp: &Stamp,
    request: &Hash,
    done: &[(DossierId, Version)],
) -> Result<(), StoreError> {
    let Some(account) = viewer.account() else { return Ok(()) };
    let mut bytes = Vec::with_capacity(done.len() * 48);
    for (id, version) in done {
        bytes.extend_from_slice(id.as_uuid().as_bytes());
        bytes.extend_from_slice(version.as_bytes());
    }
    sql.prepare_cached(COMMAND_ADD)?.execute(params![
        account.as_uuid().as_bytes(),
        stamp.command.as_bytes(),
        request,
        bytes
    ])?;
    Ok(())
}

// The headers of a dossier in their order. Index: event_of_strand.  ?1 dossier
const HEADERS: &str = "SELECT header FROM event WHERE dossier = ?1 ORDER BY position";
// Appends an event.  ?1 position  ?2 dossier  ?3 strand  ?4 seq  ?5 header  ?6 body  ?7 hash
const EVENT_ADD: &str = "INSERT INTO event (position, dossier, strand, seq, header, body, hash) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
// Keeps the state of a strand.  ?1 dossier  ?2 strand  ?3 audience  ?4 head  ?5 events
// ?6 activity  ?7 sealed summary, NULL: as it was
const STRAND_KEEP: &str = "INSERT INTO strand (dossier, id, audience, head, events, activity, summary) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (dossier, id) DO UPDATE \
    SET head = ?4, events = ?5, activity = ?6, summary = coalesce(?7, summary)";

/// Where a dossier stands by its headers; none where it has no event.
pub(crate) fn standing(sql: &Connection, id: DossierId) -> Result<Option<Standing>, StoreError> {
    let mut query = sql.prepare_cached(HEADERS)?;
    let mut rows = query.query([id.as_uuid().as_bytes()])?;
    let mut headers = Vec::new();
    while let Some(row) = rows.next()? {
        headers.push(parse_header(super::blob(row, 0)?)?);
    }
    Ok(Standing::fold(&headers))
}

/// Writes to one dossier: what is known of it, kept in step with what is written.
#[derive(Debug)]
pub(crate) struct Pen {
    id: DossierId,
    birth: Birth,
    before: Option<Standing>,
    after: Option<Standing>,
    strands: BTreeMap<StrandId, Strand>,
    /// The strands written to, with their new sealed summaries.
    touched: BTreeMap<StrandId, Option<Vec<u8>>>,
}

impl Pen {
    /// Loads what is needed of the dossier, once.
    pub(crate) fn open(
        work: &Work<'_>,
        target: &Target,
        strands: Vec<Strand>,
    ) -> Result<Pen, StoreError> {
        let (before, birth) = match target {
            Target::New { birth, .. } => (None, birth.clone()),
            Target::Existing { id, .. } => {
                let remembered = work.memory.standing(*id).cloned();
                let standing = match remembered {
                    Some(standing) => standing,
                    None => standing(work.sql, *id)?
                        .ok_or(StoreError::Malformed { what: "a dossier without an event" })?,
                };
                let birth = Birth {
                    kind: standing.kind,
                    reference: standing.reference.clone(),
                    home: standing.home.clone(),
                };
                (Some(standing), birth)
            }
        };
        Ok(Pen {
            id: target.id(),
            birth,
            after: before.clone(),
            before,
            strands: strands.into_iter().map(|strand| (strand.id, strand)).collect(),
            touched: BTreeMap::new(),
        })
    }

    /// Seals an event and appends it to its strand.
    pub(crate) fn write(
        &mut self,
        work: &mut Work<'_>,
        stamp: &Stamp,
        event: &NewEvent,
    ) -> Result<(), StoreError> {
        let strand = StrandId::of(self.id, &event.audience)?;
        if self.strands.get(&strand).is_some_and(|strand| strand.destroyed) {
            return Err(StoreError::KeyDestroyed);
        }
        let header = self.header(work, stamp, event, strand)?;
        let bytes = serde_json::to_vec(&header)
            .map_err(|_| StoreError::Malformed { what: "the header of an event" })?;
        let key = work.keys.ensure(Scope::Strand, strand.as_bytes(), stamp.at)?;
        let seq = header.seq.to_be_bytes();
        let nonce = work.entropy.bytes(&[b"body", strand.as_bytes(), &seq])?;
        let content = Content::pack(event.summary.as_deref(), &event.body);
        let body = key.seal(nonce, &bytes, &content)?;
        let summary = match &event.summary {
            None => None,
            Some(summary) => {
                let nonce = work.entropy.bytes(&[b"summary", strand.as_bytes(), &seq])?;
                Some(key.seal(nonce, &summary_bound_to(strand), summary)?)
            }
        };
        self.append(work, &header, &bytes, &body)?;
        let kept = self.touched.entry(strand).or_default();
        if summary.is_some() {
            *kept = summary;
        }
        Ok(())
    }

    /// Appends the record that a strand's key was destroyed: it has no body, and is not sealed.
    pub(crate) fn write_destruction(
        &mut self,
        work: &mut Work<'_>,
        stamp: &Stamp,
        audience: &Audience,
    ) -> Result<(), StoreError> {
        let event = NewEvent {
            audience: audience.clone(),
            change: domain::event::Change::of(What::KeyDestroyed),
            at: None,
            body: Vec::new(),
            summary: None,
        };
        let strand = StrandId::of(self.id, audience)?;
        let header = self.header(work, stamp, &event, strand)?;
        let bytes = serde_json::to_vec(&header)
            .map_err(|_| StoreError::Malformed { what: "the header of an event" })?;
        self.append(work, &header, &bytes, &[])?;
        self.touched.entry(strand).or_default();
        Ok(())
    }

    fn header(
        &self,
        work: &Work<'_>,
        stamp: &Stamp,
        event: &NewEvent,
        strand: StrandId,
    ) -> Result<Header, StoreError> {
        let (seq, previous) = self
            .strands
            .get(&strand)
            .map_or_else(|| (0, *strand.as_bytes()), |strand| (strand.events, strand.head));
        let at = event.at.unwrap_or(stamp.at);
        #[cfg(any(test, feature = "testing"))]
        let at = if work.entropy.has(Flaw::InstantsPushed) && event.at.is_none() {
            let last = self.strands.values().map(|strand| strand.activity).max();
            last.map_or(Ok(at), |last| crate::read::instant(last + 1))?.max(at)
        } else {
            at
        };
        let drawn = work.entropy.bytes(&[b"event", strand.as_bytes(), &seq.to_be_bytes()])?;
        Ok(Header {
            v: FORMAT,
            id: EventId::from_uuid(uuid::Builder::from_random_bytes(drawn).into_uuid()),
            dossier: self.id,
            kind: self.birth.kind,
            home: self.birth.home.clone(),
            reference: self.birth.reference.clone(),
            command: stamp.command,
            by: stamp.by.clone(),
            at,
            audience: event.audience.clone(),
            seq,
            previous: hex::encode(previous),
            change: event.change.clone(),
        })
    }

    fn append(
        &mut self,
        work: &mut Work<'_>,
        header: &Header,
        bytes: &[u8],
        body: &[u8],
    ) -> Result<(), StoreError> {
        let strand = StrandId::of(self.id, &header.audience)?;
        let hash = event_hash(bytes, body);
        let position = work.memory.edge.size();
        work.sql.prepare_cached(EVENT_ADD)?.execute(params![
            position,
            self.id.as_uuid().as_bytes(),
            strand.as_bytes(),
            header.seq,
            bytes,
            body,
            hash
        ])?;
        work.memory.edge.push(&hash);
        work.memory.committed.push(Committed { position, dossier: self.id });
        let at = crate::read::micros(header.at);
        let kept = self.strands.entry(strand).or_insert_with(|| Strand {
            id: strand,
            audience: header.audience.clone(),
            head: hash,
            events: 0,
            activity: at,
            destroyed: false,
        });
        kept.head = hash;
        kept.events = header.seq + 1;
        kept.activity = kept.activity.max(at);
        match &mut self.after {
            Some(standing) => standing.apply(header),
            None => self.after = Standing::fold([header]),
        }
        Ok(())
    }

    /// Brings the read models up to date, and gives the strands as they are now.
    pub(crate) fn close(
        self,
        work: &mut Work<'_>,
    ) -> Result<BTreeMap<StrandId, Strand>, StoreError> {
        let mut keep = work.sql.prepare_cached(STRAND_KEEP)?;
        for (id, summary) in &self.touched {
            if let Some(strand) = self.strands.get(id) {
                keep.execute(params![
                    self.id.as_uuid().as_bytes(),
                    id.as_bytes(),
                    audience_bytes(&strand.audience)?,
                    strand.head,
                    strand.events,
                    strand.activity,
                    summary
                ])?;
            }
        }
        if let Some(after) = self.after {
            project(work.sql, self.before.as_ref(), &after)?;
            work.memory.remember(after);
        }
        Ok(self.strands)
    }
}

/// What a summary is bound to: its strand.
pub(crate) fn summary_bound_to(strand: StrandId) -> Vec<u8> {
    [b"summary\0".as_slice(), strand.as_bytes()].concat()
}
