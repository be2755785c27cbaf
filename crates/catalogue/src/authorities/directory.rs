//! The tree of units and the groups of authorities.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

use super::{Opening, Unit, UnitKind};
use crate::calendar::{CalendarError, Calendars};
use crate::codes::State;
use crate::ids::UnitId;

/// The demonstration directory that is part of the program.
const DEMONSTRATION: &str = include_str!("../../../../data/directory.json");

/// The units, checked: ids are unique, parents exist, there is no cycle, a unit is of its
/// authority's State.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    units: BTreeMap<UnitId, Unit>,
    children: BTreeMap<UnitId, BTreeSet<UnitId>>,
}

/// A directory that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// The text is not a list of units.
    #[error("the directory cannot be read")]
    Json(#[from] serde_json::Error),
    /// The units do not make a directory; everything that is wrong with them.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Problems(Vec<DirectoryProblem>),
}

/// What can be wrong with the units of a directory.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum DirectoryProblem {
    /// Two units have the same id.
    #[error("there are two units `{unit}`")]
    Duplicate {
        /// The id.
        unit: UnitId,
    },
    /// The unit that it is said to be a part of is not there.
    #[error("`{unit}` is a part of `{parent}`, which is not in the directory")]
    NoParent {
        /// The unit.
        unit: UnitId,
        /// What is missing.
        parent: UnitId,
    },
    /// The unit lies below itself.
    #[error("`{unit}` is a part of itself")]
    Cycle {
        /// The unit.
        unit: UnitId,
    },
    /// An authority has a parent, or an office or desk has none.
    #[error("`{unit}`: authorities stand alone, offices and desks are parts of an authority")]
    Place {
        /// The unit.
        unit: UnitId,
    },
    /// The unit's State is not that of its parent, or an authority of a State has none.
    #[error("`{unit}` is not of the State that its place in the directory demands")]
    State {
        /// The unit.
        unit: UnitId,
    },
}

/// A group of authorities, resolved to units at the moment of sharing.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// The licensing authorities of all Member States.
    AllLicensing,
    /// The customs authorities of all Member States.
    AllCustoms,
    /// Both of all Member States.
    AllMemberStates,
    /// Both of all Member States, and the Commission as a recipient.
    AllAndCommission,
}

impl Group {
    /// All groups, the narrow ones first.
    pub const ALL: [Group; 4] =
        [Self::AllLicensing, Self::AllCustoms, Self::AllMemberStates, Self::AllAndCommission];

    /// Says whether authorities of this kind belong to the group.
    const fn includes(self, kind: UnitKind) -> bool {
        match kind {
            UnitKind::Licensing => !matches!(self, Group::AllCustoms),
            UnitKind::Customs => !matches!(self, Group::AllLicensing),
            UnitKind::Commission => matches!(self, Group::AllAndCommission),
            UnitKind::Office | UnitKind::Desk | UnitKind::Secretariat => false,
        }
    }
}

/// A directory file; beside the units it may say what it is.
#[derive(Deserialize)]
struct File {
    units: Vec<Unit>,
}

impl Directory {
    /// Makes a directory of units.
    ///
    /// # Errors
    /// [`DirectoryError::Problems`] with everything that is wrong.
    pub fn new(units: Vec<Unit>) -> Result<Self, DirectoryError> {
        let mut problems = BTreeSet::new();
        let mut directory = Self::default();
        for unit in units {
            if let Some(parent) = &unit.parent {
                directory.children.entry(parent.clone()).or_default().insert(unit.id.clone());
            }
            if let Some(twin) = directory.units.insert(unit.id.clone(), unit) {
                problems.insert(DirectoryProblem::Duplicate { unit: twin.id });
            }
        }
        problems.extend(directory.units.values().filter_map(|unit| directory.problem(unit)));
        if problems.is_empty() {
            Ok(directory)
        } else {
            Err(DirectoryError::Problems(problems.into_iter().collect()))
        }
    }

    /// Reads a directory from JSON: `{"about": text, "units": [unit, …]}`.
    ///
    /// # Errors
    /// [`DirectoryError`].
    pub fn parse(json: &str) -> Result<Self, DirectoryError> {
        let file: File = serde_json::from_str(json)?;
        Self::new(file.units)
    }

    /// The demonstration directory: the 27 States with made-up people, numbers and hours.
    ///
    /// # Errors
    /// None in a program whose tests pass; the file is read as any other.
    pub fn demonstration() -> Result<Self, DirectoryError> {
        Self::parse(DEMONSTRATION)
    }

    fn problem(&self, unit: &Unit) -> Option<DirectoryProblem> {
        let id = unit.id.clone();
        let is_part = matches!(unit.kind, UnitKind::Office | UnitKind::Desk);
        if is_part != unit.parent.is_some() {
            return Some(DirectoryProblem::Place { unit: id });
        }
        let of_a_state = matches!(unit.kind, UnitKind::Licensing | UnitKind::Customs);
        if of_a_state && unit.state.is_none() {
            return Some(DirectoryProblem::State { unit: id });
        }
        let parent = unit.parent.clone()?;
        match self.units.get(&parent) {
            None => Some(DirectoryProblem::NoParent { unit: id, parent }),
            Some(_) if self.lies_below_itself(unit) => Some(DirectoryProblem::Cycle { unit: id }),
            Some(above) if above.state != unit.state => Some(DirectoryProblem::State { unit: id }),
            Some(_) => None,
        }
    }

    fn lies_below_itself(&self, unit: &Unit) -> bool {
        // A way up that is longer than there are units has met one of them twice.
        self.ancestors(&unit.id).nth(self.units.len()).is_some()
    }

    /// The unit with this id.
    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.units.get(id)
    }

    /// All units in the order of their ids.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.values()
    }

    /// The unit itself, then what it is a part of, up to its authority; empty for an unknown id.
    pub fn ancestors(&self, id: &UnitId) -> impl Iterator<Item = &Unit> {
        let first = self.units.get(id);
        std::iter::successors(first, |unit| self.units.get(unit.parent.as_ref()?))
    }

    /// The authority that the unit is or is a part of.
    pub fn authority(&self, id: &UnitId) -> Option<&Unit> {
        self.ancestors(id).last()
    }

    /// Says whether `inner` is `outer` or lies below it.
    pub fn contains(&self, outer: &UnitId, inner: &UnitId) -> bool {
        self.ancestors(inner).any(|unit| unit.id == *outer)
    }

    /// The units directly below, in the order of their ids.
    pub fn children(&self, id: &UnitId) -> impl Iterator<Item = &Unit> {
        self.children.get(id).into_iter().flatten().filter_map(|child| self.units.get(child))
    }

    /// The authority of this kind of a State that exists on `date`.
    pub fn authority_of(&self, state: State, kind: UnitKind, date: Date) -> Option<&Unit> {
        self.units.values().find(|unit| {
            unit.state == Some(state)
                && unit.kind == kind
                && unit.parent.is_none()
                && unit.exists_on(date)
        })
    }

    /// The authorities that belong to `group` on `date`, in the order of their ids.
    pub fn group(&self, group: Group, date: Date) -> BTreeSet<UnitId> {
        self.units
            .values()
            .filter(|unit| unit.parent.is_none() && unit.exists_on(date))
            .filter(|unit| group.includes(unit.kind))
            .map(|unit| unit.id.clone())
            .collect()
    }

    /// Whether somebody is there at `now`; absent for an unknown id.
    ///
    /// # Errors
    /// [`CalendarError::NoYear`] where the holidays of that year are not known.
    pub fn open_at(
        &self,
        id: &UnitId,
        now: Timestamp,
        calendars: &Calendars,
    ) -> Option<Result<Opening, CalendarError>> {
        self.units.get(id).map(|unit| unit.opening(now, calendars))
    }
}
