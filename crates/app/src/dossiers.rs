//! Dossiers: opening, performing a command, looking, listing.
//!
//! The order is always the same: is the viewer on the list (else *not found*, before anything else
//! happens) → what time has already made true is recorded → his events are read and folded →
//! `domain` decides → events are appended, with his version as the condition.

use crate::roles::{self, Action};
use crate::{App, Surroundings, Trouble, actor};
use catalogue::ids::{CommandId, DossierId};
use domain::body::{Body, Event, Request};
use domain::command::Command;
use domain::decide::{self, Actor, Approval, Decision, Opening, Possible};
use domain::dossier::Dossier;
use domain::event::{Kind, Reference};
use domain::refusal::Refusal;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;
#[cfg(feature = "testing")]
use store::flaws::Flaw;
use store::log::StoredEvent;
use store::log::append::{Appended, Birth, Stamp, Target, Write};
use store::log::chain::{Version, since, version};
use store::viewer::Viewer;

/// So often a command is decided anew when something happened meanwhile.
const ATTEMPTS: usize = 8;

/// A viewer's dossier with his version of it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// His dossier.
    pub dossier: Dossier,
    /// His version.
    pub version: Version,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The dossier.
    pub id: DossierId,
    /// The viewer's version of it now.
    pub version: Version,
    /// A dossier that was opened with it.
    pub opened: Option<DossierId>,
}

/// A command as it comes in from a page or the API.
#[derive(Clone, Debug)]
pub struct Order {
    /// What is to be done.
    pub command: Command,
    /// What the viewer had seen; none where the caller does not say, or need not.
    pub seen: Option<Version>,
    /// The command's id, unique to the account.
    pub id: CommandId,
    /// What came in, so that a repetition can be told from another request under the same id.
    pub request: Vec<u8>,
}

/// Whether a new request is sent at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It stays a draft of its own authority.
    Keep,
    /// It is sent, or handed to the contact point.
    Send,
}

/// Whether a command is carried out, or only tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// It is carried out.
    Real,
    /// It is decided and nothing is written.
    Dry,
}

/// A new dossier as it comes in.
#[derive(Clone, Debug)]
pub struct NewDossier {
    /// Its kind.
    pub kind: Kind,
    /// The request as typed.
    pub request: Request,
    /// Whether it is sent at once.
    pub then: Then,
    /// The command's id.
    pub id: CommandId,
    /// What came in.
    pub raw: Vec<u8>,
}

impl App {
    /// The dossier as this viewer has it, what time made true included; records that he read it.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] where it does not exist for him.
    pub fn open(&self, viewer: &Viewer, id: DossierId) -> Result<Seen, Trouble> {
        let seen = self.look(viewer, id)?;
        self.store().readings().record(viewer, id, self.clock().now())?;
        Ok(seen)
    }

    /// The same without recording a reading: for what shows no content.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] where it does not exist for him.
    pub fn look(&self, viewer: &Viewer, id: DossierId) -> Result<Seen, Trouble> {
        self.must_exist(viewer, id)?;
        self.settle(id)?;
        self.read(viewer, id).map(|(seen, _)| seen)
    }

    /// Whether the dossier exists for this viewer, before anything else happens.
    pub(crate) fn must_exist(&self, viewer: &Viewer, id: DossierId) -> Result<(), Trouble> {
        let allowed = roles::may(viewer, Action::Read);
        match self.store().log().version(viewer, id)? {
            Some(_) if allowed => Ok(()),
            _ => Err(Trouble::NotFound),
        }
    }

    /// His dossier as it stands, and the events that it is folded from.
    pub(crate) fn read(
        &self,
        viewer: &Viewer,
        id: DossierId,
    ) -> Result<(Seen, Vec<StoredEvent>), Trouble> {
        let stored = self.store().log().read(viewer, id)?.ok_or(Trouble::NotFound)?;
        let events = opened(&stored)?;
        let dossier = Dossier::fold(events).ok_or(Trouble::NotFound)?;
        let his = version(&stored);
        #[cfg(feature = "testing")]
        let his = if self.store().has(Flaw::VersionOverAllStrands) {
            self.store().log().version(viewer, id)?.unwrap_or(his)
        } else {
            his
        };
        Ok((Seen { dossier, version: his }, stored))
    }

    /// Carries out a command on a dossier.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] before anything else; [`Trouble::Role`], [`Trouble::Refused`],
    /// [`Trouble::Stale`] with what is newer, [`Trouble::OtherBody`]. Nothing is changed then.
    pub fn perform(&self, viewer: &Viewer, id: DossierId, order: &Order) -> Result<Done, Trouble> {
        self.perform_or_try(viewer, id, order, Run::Real)
    }

    /// Carries a command out, or only tries it.
    ///
    /// # Errors
    /// As [`App::perform`].
    pub fn perform_or_try(
        &self,
        viewer: &Viewer,
        id: DossierId,
        order: &Order,
        run: Run,
    ) -> Result<Done, Trouble> {
        self.must_exist(viewer, id)?;
        if !roles::may(viewer, roles::needed(&order.command)) {
            return Err(Trouble::Role);
        }
        if let Some(before) = self.store().log().done_before(viewer, order.id, &order.request)? {
            return again(before);
        }
        self.settle(id)?;
        for _ in 0..ATTEMPTS {
            if let Some(done) = self.attempt(viewer, id, order, run)? {
                return Ok(done);
            }
        }
        Err(Trouble::Busy)
    }

    /// Decides and writes once; none where something happened meanwhile.
    fn attempt(
        &self,
        viewer: &Viewer,
        id: DossierId,
        order: &Order,
        run: Run,
    ) -> Result<Option<Done>, Trouble> {
        let (seen, stored) = self.read(viewer, id)?;
        check_version(order, &seen.version, &stored)?;
        let surroundings = Surroundings::of(self, viewer, seen.dossier.standing.kind)?;
        let actor = actor(viewer, surroundings.directory())?;
        let context = surroundings.context();
        let decision = decide::decide(&seen.dossier, &actor, order.command.clone(), &context)?;
        if run == Run::Dry {
            return Ok(Some(Done { id, version: seen.version, opened: None }));
        }
        let Decision { events, opens } = decision;
        let mut writes =
            vec![Write { target: Target::Existing { id, seen: seen.version }, events }];
        let opened = match opens {
            Some(opening) => {
                let (id, write) = self.birth(&opening, (viewer, &actor), order.id, context.now)?;
                writes.push(write);
                Some(id)
            }
            None => None,
        };
        let stamp = stamp(&actor, context.now, order.id, &order.request);
        match self.store().log().append(viewer, stamp, writes)? {
            Appended::Done(versions) => {
                Ok(versions.into_iter().next().map(|version| Done { id, version, opened }))
            }
            Appended::Moved => Ok(None),
            Appended::NotFound => Err(Trouble::NotFound),
            before @ (Appended::Again(_) | Appended::OtherBody) => again(before).map(Some),
        }
    }

    /// Opens a dossier of the viewer's authority: a draft, and where asked for it is sent at once.
    ///
    /// # Errors
    /// [`Trouble::Role`], [`Trouble::Refused`], [`Trouble::OtherBody`]. Nothing is kept then.
    pub fn create(&self, viewer: &Viewer, new: &NewDossier, run: Run) -> Result<Done, Trouble> {
        if !roles::may(viewer, Action::Work) {
            return Err(Trouble::Role);
        }
        if let Some(before) = self.store().log().done_before(viewer, new.id, &new.raw)? {
            return again(before);
        }
        let surroundings = Surroundings::of(self, viewer, new.kind)?;
        let actor = actor(viewer, surroundings.directory())?;
        let context = surroundings.context();
        let mut events = decide::draft(new.kind, new.request.clone(), None, &actor)?;
        if new.then == Then::Send {
            events.extend(decide::send(new.kind, &new.request, &[], &actor, &context)?);
        }
        let (id, target) = self.newborn(new.kind, (viewer, &actor), new.id, context.now)?;
        let stamp = stamp(&actor, context.now, new.id, &new.raw);
        if run == Run::Dry {
            let version = version(&[]);
            return Ok(Done { id, version, opened: None });
        }
        match self.store().log().append(viewer, stamp, vec![Write { target, events }])? {
            Appended::Done(versions) => {
                let version = versions.into_iter().next().ok_or(Trouble::Busy)?;
                Ok(Done { id, version, opened: None })
            }
            Appended::Moved => Err(Trouble::Busy),
            Appended::NotFound => Err(Trouble::NotFound),
            before @ (Appended::Again(_) | Appended::OtherBody) => again(before),
        }
    }

    fn birth(
        &self,
        opening: &Opening,
        (viewer, actor): (&Viewer, &Actor),
        command: CommandId,
        now: Timestamp,
    ) -> Result<(DossierId, Write), Trouble> {
        let request = Request { given: opening.given.clone(), ..Request::default() };
        let events = decide::draft(opening.kind, request, opening.note.clone(), actor)?;
        let (id, target) = self.newborn(opening.kind, (viewer, actor), command, now)?;
        Ok((id, Write { target, events }))
    }

    /// Id and reference of a new dossier, both random.
    fn newborn(
        &self,
        kind: Kind,
        (viewer, actor): (&Viewer, &Actor),
        command: CommandId,
        now: Timestamp,
    ) -> Result<(DossierId, Target), Trouble> {
        // Ids of commands are unique to an account only, and so is what they draw.
        let account = viewer.account().map_or([0; 16], |account| account.as_uuid().into_bytes());
        let purpose: [&[u8]; 4] =
            [b"dossier", &account, kind.word().as_bytes(), command.as_bytes()];
        let id = self.store().random::<16>(&purpose)?;
        let id = DossierId::from_uuid(uuid::Builder::from_random_bytes(id).into_uuid());
        let number = self.store().random::<4>(&[b"reference", id.as_uuid().as_bytes()])?;
        let year = now.to_zoned_datetime(TimeZone::UTC).year();
        let home = actor.authority.as_str().get(..2).unwrap_or("EU");
        let reference = Reference::new(home, year, u32::from_be_bytes(number), kind);
        let birth = Birth { kind, reference, home: actor.authority.clone() };
        Ok((id, Target::New { id, birth }))
    }

    /// Which commands are possible on this dossier for this viewer, and why the others are not.
    ///
    /// # Errors
    /// The store fails.
    pub fn possible(&self, viewer: &Viewer, dossier: &Dossier) -> Result<Vec<Possible>, Trouble> {
        let surroundings = Surroundings::of(self, viewer, dossier.standing.kind)?;
        let actor = actor(viewer, surroundings.directory())?;
        Ok(decide::possible(dossier, &actor, &surroundings.context())
            .into_iter()
            .map(|one| {
                if roles::may(viewer, roles::needed_by_name(one.name)) {
                    one
                } else {
                    Possible { refusal: Some(Refusal::Role), ..one }
                }
            })
            .collect())
    }

    /// What stands in the way of sending a draft, and what would follow from it.
    ///
    /// # Errors
    /// [`Trouble::Refused`] with all that is missing or wrong.
    pub fn plan(
        &self,
        viewer: &Viewer,
        kind: Kind,
        request: &Request,
    ) -> Result<domain::kinds::Plan, Trouble> {
        let surroundings = Surroundings::of(self, viewer, kind)?;
        let actor = actor(viewer, surroundings.directory())?;
        let (_, plan) = decide::complete(kind, request, &actor, &surroundings.context())?;
        Ok(plan)
    }

    /// Whether what this viewer drafts of this kind has to be approved.
    ///
    /// # Errors
    /// The store fails.
    pub fn approval(&self, viewer: &Viewer, kind: Kind) -> Result<Approval, Trouble> {
        Ok(Surroundings::of(self, viewer, kind)?.approval)
    }
}

/// Reads a command by its name and what was given with it.
///
/// # Errors
/// [`Trouble::Malformed`] with all that is wrong.
pub fn command(kind: Kind, name: &str, given: &Value) -> Result<Command, Trouble> {
    domain::command::read(kind, name, given).map_err(Trouble::Malformed)
}

/// The version must be what he had seen, but for what adds words and changes nothing.
fn check_version(order: &Order, version: &Version, stored: &[StoredEvent]) -> Result<(), Trouble> {
    let adds_words = matches!(order.command, Command::Note(_) | Command::Message(_));
    match &order.seen {
        Some(seen) if seen != version && !adds_words => {
            let newer = since(stored, seen).unwrap_or(stored);
            let newer = newer.iter().map(|event| event.header.change.what).collect();
            Err(Trouble::Stale { newer, version: *version })
        }
        _ => Ok(()),
    }
}

fn stamp(actor: &Actor, now: Timestamp, command: CommandId, request: &[u8]) -> Stamp {
    Stamp { by: Some(actor.unit.clone()), at: now, command, request: request.to_vec() }
}

/// The answer to a command that was done before.
pub(crate) fn again(before: Appended) -> Result<Done, Trouble> {
    match before {
        Appended::Again(done) => {
            let opened = done.get(1).map(|(id, _)| *id);
            let first = done.into_iter().next().ok_or(Trouble::NotFound)?;
            Ok(Done { id: first.0, version: first.1, opened })
        }
        Appended::OtherBody => Err(Trouble::OtherBody),
        Appended::NotFound => Err(Trouble::NotFound),
        Appended::Done(_) | Appended::Moved => Err(Trouble::Busy),
    }
}

/// Stored events with their bodies read.
pub(crate) fn opened(stored: &[StoredEvent]) -> Result<Vec<Event>, Trouble> {
    stored
        .iter()
        .map(|event| {
            // The record of a destruction is not sealed and has no body.
            let sealed = event.body.as_deref().filter(|body| !body.is_empty());
            let body = sealed.map(Body::decode).transpose()?;
            Ok(Event { header: event.header.clone(), body })
        })
        .collect()
}
