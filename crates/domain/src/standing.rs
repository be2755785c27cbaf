//! Where a dossier stands, by its headers alone, and the place that this gives it in a unit's list.
//!
//! It outlives destroyed keys. It is the same for all who are on the list: what changes state,
//! clocks or distribution is for everyone from the moment it is sent.

use crate::event::{Clock, Header, Kind, OutcomeCode, Reference, Silence, State, What};
use catalogue::ids::{DossierId, UnitId};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// What the headers of a dossier say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The dossier.
    pub id: DossierId,
    /// Its kind.
    pub kind: Kind,
    /// How it is cited.
    pub reference: Reference,
    /// The authority that opened it.
    pub home: UnitId,
    /// Where it stands.
    pub state: State,
    /// Who is on its list now.
    pub distribution: BTreeSet<UnitId>,
    /// Its clocks, ended ones too.
    pub clocks: Vec<Clock>,
    /// From whom something is awaited.
    pub asked: BTreeSet<UnitId>,
    /// What was answered, or how it ended.
    pub outcome: Option<OutcomeCode>,
    /// When it was sent, if it was.
    pub sent_at: Option<Timestamp>,
}

impl Standing {
    /// Folds headers in the order in which they were written; none without a header.
    pub fn fold<'a>(headers: impl IntoIterator<Item = &'a Header>) -> Option<Standing> {
        let mut headers = headers.into_iter();
        let first = headers.next()?;
        let mut standing = Standing {
            id: first.dossier,
            kind: first.kind,
            reference: first.reference.clone(),
            home: first.home.clone(),
            state: State::Draft,
            distribution: BTreeSet::new(),
            clocks: Vec::new(),
            asked: BTreeSet::new(),
            outcome: None,
            sent_at: None,
        };
        standing.apply(first);
        for header in headers {
            standing.apply(header);
        }
        Some(standing)
    }

    /// Takes one more header into account.
    pub fn apply(&mut self, header: &Header) {
        let change = &header.change;
        self.distribution.extend(change.join.iter().cloned());
        for unit in &change.leave {
            self.distribution.remove(unit);
        }
        if let Some(state) = change.state {
            self.state = state;
        }
        if let Some(clocks) = &change.clocks {
            self.clocks.clone_from(clocks);
        }
        if let Some(asked) = &change.asked {
            self.asked = asked.iter().cloned().collect();
        }
        if change.outcome.is_some() {
            self.outcome.clone_from(&change.outcome);
        }
        if change.what == What::Sent {
            self.sent_at = Some(header.at);
        }
    }

    /// Whether it has never left its own authority: a draft, or a draft that was discarded.
    pub const fn is_unsent(&self) -> bool {
        self.sent_at.is_none()
    }

    /// When time itself will next change something, if it will.
    pub fn wakes_at(&self) -> Option<Timestamp> {
        let waits = self.state.awaits_answer();
        self.clocks
            .iter()
            .filter(|clock| waits && clock.is_running())
            .filter(|clock| match clock.silence {
                Silence::EndsGround => true,
                Silence::Overdue => self.state != State::Overdue,
                Silence::Nothing => false,
            })
            .map(|clock| clock.due)
            .min()
    }

    /// The place of this dossier in the list of `unit`, which is on its distribution list.
    pub fn place(&self, unit: &UnitId) -> Place {
        let asked = self.asked.contains(unit);
        let at_home = self.home == *unit;
        let silence_decides = self
            .clocks
            .iter()
            .any(|clock| clock.awaits(unit) && clock.silence == Silence::EndsGround);
        let wait = match self.state {
            State::Draft | State::ForApproval if at_home => Wait::You,
            State::Sent | State::Acknowledged | State::Overdue if asked && silence_decides => {
                Wait::SilenceDecides
            }
            State::Sent | State::Acknowledged | State::Overdue if asked => Wait::You,
            State::Answered | State::ReleaseDue if at_home => Wait::You,
            State::Draft
            | State::ForApproval
            | State::Sent
            | State::Acknowledged
            | State::Overdue
            | State::Answered
            | State::ReleaseDue => Wait::Others,
            State::Closed | State::Withdrawn => Wait::Nobody,
        };
        let running = self.clocks.iter().filter(|clock| clock.is_running());
        let due = running.filter(|clock| !asked || clock.unit == *unit).map(|clock| clock.due);
        Place { wait, due: due.min(), state: self.state }
    }
}

/// On whom a dossier waits, seen from one unit; in the order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wait {
    /// On this unit, and the law gives its silence an effect.
    SilenceDecides,
    /// On this unit.
    You,
    /// On somebody else.
    Others,
    /// On nobody: it has ended.
    Nobody,
}

impl Wait {
    /// All, in the order of the list.
    pub const ALL: [Wait; 4] = [Wait::SilenceDecides, Wait::You, Wait::Others, Wait::Nobody];

    /// Its number in that order, as it is kept for sorting.
    pub const fn rank(self) -> u8 {
        match self {
            Wait::SilenceDecides => 0,
            Wait::You => 1,
            Wait::Others => 2,
            Wait::Nobody => 3,
        }
    }

    /// The one with this number.
    pub fn from_rank(rank: u8) -> Option<Wait> {
        Wait::ALL.into_iter().find(|wait| wait.rank() == rank)
    }
}

/// What a list sorts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// On whom it waits.
    pub wait: Wait,
    /// When the first running clock is due.
    pub due: Option<Timestamp>,
    /// Where the dossier stands.
    pub state: State,
}
