//! The events of a dossier, page by page: what was added since a version.

use crate::dossiers::opened;
use crate::{App, Trouble};
use catalogue::ids::DossierId;
use domain::body::Event;
use store::log::chain::{Version, since, version};
use store::viewer::Viewer;

/// A page of the events that a viewer may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Events {
    /// The events, in their order.
    pub events: Vec<Event>,
    /// His version after the last of them: from there the next page goes on.
    pub version: Version,
    /// Whether there are more.
    pub more: bool,
}

impl App {
    /// The first `limit` events that were added since the viewer had the version `seen`; from the
    /// beginning where it is left out. None where he never had that version. That he read is
    /// recorded.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] where the dossier does not exist for him.
    pub fn events(
        &self,
        viewer: &Viewer,
        id: DossierId,
        seen: Option<Version>,
        limit: usize,
    ) -> Result<Option<Events>, Trouble> {
        self.open(viewer, id)?;
        let stored = self.store().log().read(viewer, id)?.ok_or(Trouble::NotFound)?;
        let newer = match &seen {
            None => Some(stored.as_slice()),
            Some(seen) => since(&stored, seen),
        };
        let Some(newer) = newer else { return Ok(None) };
        let page = newer.get(..limit).unwrap_or(newer);
        let before = stored.len().saturating_sub(newer.len());
        let shown = stored.get(..before.saturating_add(page.len())).unwrap_or(&stored);
        Ok(Some(Events {
            events: opened(page)?,
            version: version(shown),
            more: shown.len() < stored.len(),
        }))
    }
}
