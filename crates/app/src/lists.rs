//! Lists of what a viewer may see, and who has received and opened a dossier.

use crate::roles::{self, Action};
use crate::{App, Trouble};
use catalogue::ids::DossierId;
use domain::body::Summary;
use domain::event::{Kind, Reference};
use domain::standing::Place;
use jiff::Timestamp;
use store::read::list::{Counts, Cursor, ListQuery};
use store::readings::{Receipt, Seen};
use store::viewer::Viewer;

/// A row of a list, as its viewer may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The dossier.
    pub id: DossierId,
    /// Its kind.
    pub kind: Kind,
    /// How it is cited.
    pub reference: Reference,
    /// The authority that opened it.
    pub home: catalogue::ids::UnitId,
    /// Its place in his list.
    pub place: Place,
    /// The last that happened in what he may read.
    pub last_activity: Timestamp,
    /// What is shown of it.
    pub summary: Summary,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Its rows, the most urgent first.
    pub rows: Vec<Row>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

impl App {
    /// A page of the viewer's list, what silence decides first.
    ///
    /// # Errors
    /// The store fails.
    pub fn list(&self, viewer: &Viewer, query: &ListQuery) -> Result<Rows, Trouble> {
        if !roles::may(viewer, Action::Read) {
            return Ok(Rows { rows: Vec::new(), next: None });
        }
        self.settle_all()?;
        let page = self.store().models().list(viewer, query)?;
        let rows = page.rows.into_iter().map(|row| Row {
            id: row.id,
            kind: row.kind,
            reference: row.reference,
            home: row.home,
            place: row.place,
            last_activity: row.last_activity,
            summary: row
                .summaries
                .iter()
                .map(|(_, summary)| Summary::decode(summary))
                .fold(Summary::default(), Summary::or),
        });
        Ok(Rows { rows: rows.collect(), next: page.next })
    }

    /// How many there are in each group of the viewer's list.
    ///
    /// # Errors
    /// The store fails.
    pub fn counts(&self, viewer: &Viewer) -> Result<Counts, Trouble> {
        if !roles::may(viewer, Action::Read) {
            return Ok(Counts::default());
        }
        self.settle_all()?;
        Ok(self.store().models().counts(viewer)?)
    }

    /// Which authorities on the list have received the dossier, and opened it.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] where it does not exist for him.
    pub fn receipts(&self, viewer: &Viewer, id: DossierId) -> Result<Vec<Receipt>, Trouble> {
        self.store().readings().receipts(viewer, id)?.ok_or(Trouble::NotFound)
    }

    /// Whether the viewer himself has seen the last that happened in what he may read.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] where it does not exist for him.
    pub fn has_seen(&self, viewer: &Viewer, id: DossierId) -> Result<Seen, Trouble> {
        self.must_exist(viewer, id)?;
        self.settle(id)?;
        self.store().readings().seen(viewer, id)?.ok_or(Trouble::NotFound)
    }
}
