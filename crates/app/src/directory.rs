//! What an administrator does with the offices and desks of his authority.
//!
//! The directory is read by everybody who is signed in; who may change which entry is settled here.

use crate::people::{Denial, administered};
use crate::{App, Trouble};
use catalogue::authorities::{Competence, Hours, Language, Reach, Unit, UnitKind};
use catalogue::ids::UnitId;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use store::viewer::Viewer;

/// An office or desk that is to be entered. What is not said here it has from the unit above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPart {
    /// Its name in the directory: a customs office's code, or such as `FI-LICENSING-ENDUSE`.
    pub id: UnitId,
    /// The unit that it is a part of.
    pub parent: UnitId,
    /// Whether it is an office or a desk.
    pub part: Part,
    /// What it is called, by language.
    pub name: BTreeMap<Language, String>,
    /// What it answers.
    pub competences: BTreeSet<Competence>,
}

/// What a part of an authority is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A customs office.
    Office,
    /// A desk that answers questions of one sort.
    Desk,
}

/// What an administrator keeps of a unit's entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When somebody is there.
    pub hours: Hours,
    /// Days on which it is closed out of turn, with the reason.
    pub closed_days: BTreeMap<Date, String>,
    /// How it is reached.
    pub reach: Reach,
}

impl App {
    /// A unit of the authority that the viewer administers.
    ///
    /// # Errors
    /// [`Trouble::Role`] where he administers none, [`Trouble::NotFound`] where there is no such unit in
    /// his; the store fails.
    pub fn unit_of(&self, viewer: &Viewer, unit: &UnitId) -> Result<Unit, Trouble> {
        let (authority, _) = administered(viewer)?;
        let directory = self.directory()?;
        let found = directory.unit(unit).filter(|_| directory.contains(&authority, unit));
        found.cloned().ok_or(Trouble::NotFound)
    }

    /// Enters an office or desk; it keeps the hours of the unit above it until it has its own.
    ///
    /// # Errors
    /// [`Denial`].
    pub fn enter_part(&self, viewer: &Viewer, new: NewPart) -> Result<(), Denial> {
        let (authority, by) = administered(viewer)?;
        self.check_unit(&authority, &new.parent)?;
        let above = self.unit_of(viewer, &new.parent)?;
        let unit = Unit {
            id: new.id,
            parent: Some(new.parent),
            kind: match new.part {
                Part::Office => UnitKind::Office,
                Part::Desk => UnitKind::Desk,
            },
            name: new.name,
            competences: new.competences,
            closed_days: BTreeMap::new(),
            reach: Reach::default(),
            on_duty: Vec::new(),
            licence_patterns: Vec::new(),
            closed: None,
            ..above
        };
        Ok(self.units().add(vec![unit], by, self.clock().machine())??)
    }

    /// Changes when somebody is there and how the unit is reached.
    ///
    /// # Errors
    /// [`Denial`].
    pub fn change_entry(&self, viewer: &Viewer, unit: &UnitId, entry: Entry) -> Result<(), Denial> {
        let (_, by) = administered(viewer)?;
        let Entry { hours, closed_days, reach } = entry;
        let changed = Unit { hours, closed_days, reach, ..self.unit_of(viewer, unit)? };
        Ok(self.units().change(changed, by, self.clock().machine())??)
    }

    /// Closes an office or desk for good. `on`: the first day on which it no longer exists.
    ///
    /// # Errors
    /// [`Denial`], such as [`Denial::PeopleLeft`].
    pub fn close_part(&self, viewer: &Viewer, unit: &UnitId, on: Date) -> Result<(), Denial> {
        let (_, by) = administered(viewer)?;
        let closing = self.unit_of(viewer, unit)?;
        if closing.parent.is_none() {
            return Err(Denial::AuthorityStays { unit: closing.id });
        }
        let mut count = 0;
        let mut after = None;
        loop {
            let page = self.accounts().people(unit, after)?;
            count += page.people.iter().filter(|person| person.disabled.is_none()).count();
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        if count > 0 {
            return Err(Denial::PeopleLeft { unit: closing.id, count });
        }
        Ok(self.units().close(closing.id, on, by, self.clock().machine())??)
    }
}
