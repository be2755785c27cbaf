//! Who is told: mail that names nothing but a reference, and pings to open pages.
//!
//! A follower tails the log after the commit and keeps its own position, so that no event is told
//! twice and none not at all. A person is told of an event only if he may read it.

use crate::roles::{self, Action};
use crate::{App, Trouble};
use catalogue::ids::{DossierId, UnitId};
use domain::event::{Header, What};
use domain::standing::Standing;
use std::collections::BTreeSet;
use store::Store;
use store::accounts::Person;
use store::log::Tailed;
use store::outbox::{Letter, Mail};
use store::viewer::{Role, Viewer};
use store::writer::Committed;
use tokio::sync::broadcast;

/// The name under which the follower keeps its position.
const FOLLOWER: &str = "mail";
/// So many events are looked at in one step.
const BATCH: u32 = 200;
/// So many changes are kept for a page that is slow to take them.
const KEPT: usize = 1024;

/// What has changed, for pages that show it at once.
#[derive(Clone, Debug)]
pub struct Changes {
    sender: broadcast::Sender<Committed>,
}

impl Changes {
    pub(crate) fn new(store: &Store) -> Changes {
        let (sender, _) = broadcast::channel(KEPT);
        let teller = sender.clone();
        store.follow(move |committed| {
            for one in committed {
                // Nobody may be listening.
                teller.send(*one).ok();
            }
        });
        Changes { sender }
    }

    /// From now on, every event that becomes durable, whoever may see it: ask
    /// [`App::concerns`] before anything is passed on.
    pub fn subscribe(&self) -> broadcast::Receiver<Committed> {
        self.sender.subscribe()
    }
}

impl App {
    /// The dossier, if this event is one that `viewer` may read.
    ///
    /// # Errors
    /// The store fails.
    pub fn concerns(&self, viewer: &Viewer, position: u64) -> Result<Option<DossierId>, Trouble> {
        let before = position.checked_sub(1);
        let Some(tailed) = self.store().log().tail(before, 1)?.into_iter().next() else {
            return Ok(None);
        };
        Ok(self.may_know(viewer, &tailed.header)?.then_some(tailed.header.dossier))
    }

    /// Whether this event is one that `viewer` may read.
    pub(crate) fn may_know(&self, viewer: &Viewer, header: &Header) -> Result<bool, Trouble> {
        let is_his = viewer.is_of(&header.audience);
        #[cfg(feature = "testing")]
        let is_his = is_his || self.store().has(store::flaws::Flaw::SystemReadsAll);
        Ok(roles::may(viewer, Action::Read)
            && is_his
            && self.store().log().version(viewer, header.dossier)?.is_some())
    }

    /// Puts the mails for all that has happened since the last time into the outbox.
    ///
    /// # Errors
    /// The store fails; the next call goes on from where this one came.
    pub fn tell(&self) -> Result<(), Trouble> {
        // What time has made true is told with the rest, whoever has made the node notice it.
        self.settle_all()?;
        let mut from = self.outbox().position(FOLLOWER)?;
        let mut last = None;
        // All that there is to tell, since a mail more or less must not tell how much happened
        // beside it: one mail for a person and a dossier, however many events lie between two.
        let mut mails: BTreeSet<Addressed> = BTreeSet::new();
        loop {
            let tailed = self.store().log().tail(from, BATCH)?;
            let Some(end) = tailed.last().map(|event| event.position) else { break };
            (from, last) = (Some(end), Some(end));
            for Tailed { header, .. } in &tailed {
                for person in self.told_of(header)? {
                    mails.insert((person.id, header.dossier, header.reference.clone()));
                }
            }
        }
        let Some(last) = last else { return Ok(()) };
        let mails = mails.into_iter().map(|(to, dossier, reference)| Mail {
            to,
            letter: Letter::Dossier { dossier, reference },
        });
        self.outbox().follow(FOLLOWER, last, mails.collect(), self.clock().machine())?;
        Ok(())
    }

    /// Who gets a mail for an event: those of the other authorities on the list, and for what waits
    /// for approval the own contact points.
    fn told_of(&self, header: &Header) -> Result<Vec<Person>, Trouble> {
        let (units, only) = match header.change.what {
            What::Submitted => (BTreeSet::from([header.home.clone()]), Some(Role::ContactPoint)),
            what if is_told(what) => (self.listed(header.dossier)?, None),
            _ => return Ok(Vec::new()),
        };
        let directory = self.directory()?;
        let by = header.by.as_ref().and_then(|unit| directory.authority(unit));
        let by = by.map(|unit| unit.id.clone());
        let mut told = Vec::new();
        for unit in units.iter().filter(|unit| only.is_some() || Some(*unit) != by.as_ref()) {
            let mut after = None;
            loop {
                let page = self.accounts().people(unit, after)?;
                for person in page.people {
                    let Some(viewer) = self.accounts().viewer_of(person.id)? else { continue };
                    let fits = only.is_none_or(|role| viewer.has(role));
                    if fits && self.may_know(&viewer, header)? {
                        told.push(person);
                    }
                }
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
        }
        Ok(told)
    }

    /// The units on a dossier's list now, as far as it has been sent.
    fn listed(&self, id: DossierId) -> Result<BTreeSet<UnitId>, Trouble> {
        let stored = self.store().log().read(&Viewer::system(), id)?.unwrap_or_default();
        let standing = Standing::fold(stored.iter().map(|event| &event.header));
        Ok(standing.map(|standing| standing.distribution).unwrap_or_default())
    }
}

/// A person, a dossier and its reference: one mail, however much happened at once.
type Addressed = (catalogue::ids::AccountId, DossierId, domain::event::Reference);

/// Whether the others on the list get a mail for it.
const fn is_told(what: What) -> bool {
    match what {
        What::Sent
        | What::Acknowledged
        | What::Message
        | What::Attached
        | What::Shared
        | What::ConsentAsked
        | What::ConsentGiven
        | What::ConsentRefused
        | What::GroundAdded
        | What::Extended
        | What::PartlyAnswered
        | What::Answered
        | What::Refused
        | What::Dissented
        | What::Informed
        | What::GroundEnded
        | What::ReleaseDue
        | What::Overdue
        | What::Outcome
        | What::Recalled
        | What::Closed
        | What::Reopened => true,
        What::Drafted
        | What::Edited
        | What::Submitted
        | What::SentBack
        | What::Note
        | What::Assigned
        | What::UnitsWithdrawn
        | What::HandlingTightened
        | What::KeyDestroyed => false,
    }
}
