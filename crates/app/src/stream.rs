//! What has changed for a viewer, for a client that wants to be told and may have been away.
//!
//! It says that something happened, never what was written. A client holds its place as a sealed
//! bookmark, which tells nothing of what it may not see.

use crate::{App, Trouble};
use catalogue::ids::DossierId;
use domain::event::What;
use store::viewer::Viewer;

/// So many events of the log are looked at in one step.
const BATCH: u32 = 200;

/// Something that the viewer may read was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct News {
    /// The dossier.
    pub dossier: DossierId,
    /// What happened.
    pub what: What,
    /// The place in the log behind it.
    pub next: u64,
}

/// A step through the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What of it concerns the viewer.
    pub news: Vec<News>,
    /// The place in the log behind all that was looked at.
    pub next: u64,
    /// Whether the end of the log was reached.
    pub is_last: bool,
}

impl App {
    /// The end of the log, from which a client is told that was never told before.
    ///
    /// # Errors
    /// The store fails.
    pub fn end_of_log(&self) -> Result<u64, Trouble> {
        Ok(self.store().log().last()?.map_or(0, |last| last.saturating_add(1)))
    }

    /// What was added from a place in the log on that concerns this viewer.
    ///
    /// # Errors
    /// The store fails.
    pub fn news(&self, viewer: &Viewer, from: u64) -> Result<Step, Trouble> {
        let tailed = self.store().log().tail(from.checked_sub(1), BATCH)?;
        let is_last = u32::try_from(tailed.len()).is_ok_and(|count| count < BATCH);
        let mut step = Step { news: Vec::new(), next: from, is_last };
        for event in tailed {
            step.next = event.position.saturating_add(1);
            if self.may_know(viewer, &event.header)? {
                let (dossier, what) = (event.header.dossier, event.header.change.what);
                step.news.push(News { dossier, what, next: step.next });
            }
        }
        Ok(step)
    }

    /// A place in the log as its viewer may hold it; nothing for the system.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub fn bookmark(&self, viewer: &Viewer, place: u64) -> Result<String, Trouble> {
        match viewer.account() {
            Some(account) => Ok(self.store().seal_bookmark(account, place)?),
            None => Ok(String::new()),
        }
    }

    /// The place that a bookmark of this viewer marks; none where it is not his.
    pub fn place_of(&self, viewer: &Viewer, bookmark: &str) -> Option<u64> {
        self.store().open_bookmark(viewer.account()?, bookmark)
    }
}
