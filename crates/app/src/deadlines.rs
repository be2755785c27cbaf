//! What is due: the dossiers of a viewer with their running clocks, the soonest first.

use crate::lists::Row;
use crate::{App, Trouble};
use domain::event::Clock;
use domain::standing::Wait;
use std::collections::BTreeSet;
use store::read::list::{Cursor, ListQuery};
use store::viewer::Viewer;

/// The groups in which something can be due.
const WAITS: [Wait; 3] = [Wait::SilenceDecides, Wait::You, Wait::Others];

/// A dossier of which something is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The dossier; its place has the clock that is due first.
    pub row: Row,
    /// All its running clocks, the soonest first.
    pub clocks: Vec<Clock>,
}

/// A page of what is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// Its rows, the soonest first.
    pub rows: Vec<Deadline>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

impl App {
    /// What is due to and from the viewer, the soonest first; at most `limit` dossiers.
    ///
    /// # Errors
    /// The store fails.
    pub fn deadlines(
        &self,
        viewer: &Viewer,
        cursor: Option<Cursor>,
        limit: u32,
    ) -> Result<Deadlines, Trouble> {
        let mut rows = Vec::new();
        let mut more = false;
        for wait in WAITS {
            let cursor = cursor.map(|cursor| cursor.within(wait));
            let query =
                ListQuery { waits: BTreeSet::from([wait]), cursor, limit, ..ListQuery::default() };
            let page = self.list(viewer, &query)?;
            more |= page.next.is_some();
            rows.extend(page.rows.into_iter().filter(|row| row.place.due.is_some()));
        }
        rows.sort_by_key(|row| (row.place.due, row.id));
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        more |= rows.len() > limit;
        rows.truncate(limit);
        let last = rows.last().map(|row| Cursor::after(&row.place, row.id));
        let mut deadlines = Vec::with_capacity(rows.len());
        for row in rows {
            let seen = match self.look(viewer, row.id) {
                Ok(seen) => seen,
                // Taken off its list since the list was made.
                Err(Trouble::NotFound) => continue,
                Err(other) => return Err(other),
            };
            let clocks = seen.dossier.standing.clocks.into_iter();
            let mut clocks: Vec<Clock> = clocks.filter(Clock::is_running).collect();
            clocks.sort_by_key(|clock| clock.due);
            deadlines.push(Deadline { row, clocks });
        }
        Ok(Deadlines { rows: deadlines, next: last.filter(|_| more) })
    }
}
