//! Two times: machine time (sessions, retries) and case time (clocks of dossiers).
//!
//! Case time is machine time with an offset of the whole node, kept on disk; only a demonstration
//! moves it. The machine's clock itself comes in from the binary, so that tests can repeat.

use jiff::{SignedDuration, Timestamp};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::{Store, StoreError};

/// Tells the machine's time.
pub type Machine = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Case time and machine time of a node.
#[derive(Clone)]
pub struct CaseClock {
    machine: Machine,
    offset_ms: Arc<AtomicI64>,
}

impl fmt::Debug for CaseClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CaseClock").field("offset_ms", &self.offset_ms).finish_non_exhaustive()
    }
}

impl CaseClock {
    /// The clock of a node, with the offset that its folder keeps.
    ///
    /// # Errors
    /// The store fails.
    pub fn of(store: &Store, machine: Machine) -> Result<CaseClock, StoreError> {
        let offset = store.case_offset()?;
        let millis = i64::try_from(offset.as_millis()).unwrap_or(0);
        Ok(CaseClock { machine, offset_ms: Arc::new(AtomicI64::new(millis)) })
    }

    /// Machine time.
    pub fn machine(&self) -> Timestamp {
        (self.machine)()
    }

    /// Case time.
    pub fn now(&self) -> Timestamp {
        let offset = SignedDuration::from_millis(self.offset_ms.load(Ordering::Acquire));
        let machine = self.machine();
        machine.checked_add(offset).unwrap_or(machine)
    }

    /// Moves case time to `instant`, for good.
    ///
    /// # Errors
    /// The store fails; the clock stands where it stood.
    pub fn set(&self, store: &Store, instant: Timestamp) -> Result<(), StoreError> {
        store.set_case_offset(instant.duration_since(self.machine()))?;
        self.pass_through(instant);
        Ok(())
    }

    /// Moves case time to `instant` without keeping it: for a story told in many steps, of which
    /// only the last one's instant is kept, by [`CaseClock::set`].
    pub fn pass_through(&self, instant: Timestamp) {
        let offset = instant.duration_since(self.machine());
        let millis = i64::try_from(offset.as_millis()).unwrap_or(0);
        self.offset_ms.store(millis, Ordering::Release);
    }
}
