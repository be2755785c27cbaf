//! What falls due: the system performs what time has made true, in the same log.

use crate::{App, Trouble};
use catalogue::ids::{CommandId, DossierId};
use domain::deadline;
#[cfg(feature = "testing")]
use domain::event::NewEvent;
use domain::standing::Standing;
use jiff::Timestamp;
use store::log::append::{Appended, Stamp, Target, Write};
use store::log::chain::version;
use store::viewer::Viewer;

/// So many dossiers are taken from the list of what is due at a time.
const BATCH: u32 = 200;
/// So often the system looks again at a dossier that was changed meanwhile.
const ATTEMPTS: usize = 8;

impl App {
    /// Records what time has made true of one dossier. Membership has been checked before.
    pub(crate) fn settle(&self, id: DossierId) -> Result<(), Trouble> {
        let now = self.clock().now();
        if self.store().models().wakes_at(id)?.is_none_or(|at| at > now) {
            return Ok(());
        }
        let system = Viewer::system();
        for _ in 0..ATTEMPTS {
            let Some(stored) = self.store().log().read(&system, id)? else { return Ok(()) };
            let headers = stored.iter().map(|event| &event.header);
            let Some(standing) = Standing::fold(headers) else { return Ok(()) };
            let events = deadline::settle(&standing, now);
            #[cfg(feature = "testing")]
            let events = self.stamped_by_trigger(events);
            if events.is_empty() {
                return Ok(());
            }
            // The system's commands have no key: what it finds done it does not do again.
            let command = CommandId::from_bytes([0; 16]);
            let stamp = Stamp { by: None, at: now, command, request: Vec::new() };
            let target = Target::Existing { id, seen: version(&stored) };
            match self.store().log().append(&system, stamp, vec![Write { target, events }])? {
                Appended::Moved => {}
                Appended::Done(_)
                | Appended::Again(_)
                | Appended::OtherBody
                | Appended::NotFound => return Ok(()),
            }
        }
        Err(Trouble::Busy)
    }

    /// What falls due, as a planted flaw stamps it.
    #[cfg(feature = "testing")]
    fn stamped_by_trigger(&self, mut events: Vec<NewEvent>) -> Vec<NewEvent> {
        if self.store().has(store::flaws::Flaw::SilenceStampedByTrigger) {
            for event in &mut events {
                event.at = None;
            }
        }
        events
    }

    /// Records all that has fallen due by now, and returns how many dossiers that concerned.
    ///
    /// # Errors
    /// The store fails; what was recorded until then stays.
    pub fn settle_all(&self) -> Result<usize, Trouble> {
        let mut settled = 0;
        loop {
            let due = self.store().models().due_before(self.clock().now(), BATCH)?;
            if due.is_empty() {
                return Ok(settled);
            }
            for id in due {
                self.settle(id)?;
                settled += 1;
            }
        }
    }

    /// When something will fall due next, in case time.
    ///
    /// # Errors
    /// The store fails.
    pub fn next_due(&self) -> Result<Option<Timestamp>, Trouble> {
        Ok(self.store().models().next_wake()?)
    }

    /// Sets case time, and nothing else. For demonstrations only.
    ///
    /// # Errors
    /// The store fails.
    pub fn clock_to(&self, instant: Timestamp) -> Result<(), Trouble> {
        Ok(self.clock().set(self.store(), instant)?)
    }

    /// Moves case time to `instant`, and returns once all that fell due by then is recorded and
    /// told. For demonstrations only.
    ///
    /// # Errors
    /// The store fails.
    pub fn move_clock(&self, instant: Timestamp) -> Result<usize, Trouble> {
        self.clock_to(instant)?;
        let settled = self.settle_all()?;
        self.tell()?;
        Ok(settled)
    }
}
