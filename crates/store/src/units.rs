//! The directory as the node keeps it: units entered, changed and closed, each change on record.
//!
//! A unit never changes its parent, nor what it is, and is never removed: logs go on naming it. A
//! reorganisation closes units and opens others.

use std::sync::{Arc, Mutex, PoisonError};

use catalogue::authorities::{Directory, DirectoryError, DirectoryProblem, Unit, UnitKind};
use catalogue::ids::UnitId;
use jiff::{Timestamp, civil::Date};
use rusqlite::{Connection, params};

use crate::accounts::admin_log::{self, Act, By};
use crate::accounts::node::{Node, Vault};
use crate::{Store, StoreError};

/// Why something is not done to the directory.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitRefusal {
    /// The units would not make a directory; everything that is wrong.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Problems(Vec<DirectoryProblem>),
    /// There is no such unit.
    #[error("the directory has no unit `{unit}`")]
    Unknown {
        /// The unit as it was given.
        unit: UnitId,
    },
    /// What a unit is and what it is a part of stay as they are.
    #[error("`{unit}` stays what it is and a part of what it is; close it and open another")]
    Fixed {
        /// The unit.
        unit: UnitId,
    },
    /// The unit is closed already, or has a date on which it closes.
    #[error("`{unit}` closes on {on} already")]
    Closed {
        /// The unit.
        unit: UnitId,
        /// The first day on which it no longer exists.
        on: Date,
    },
    /// Parts of the unit would be left over.
    #[error("`{part}` is a part of `{unit}` and would be left over; close it first")]
    PartOpen {
        /// The unit.
        unit: UnitId,
        /// A part that still exists on that day.
        part: UnitId,
    },
}

/// The units of a node. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Units {
    node: Node,
    /// The directory as it was last opened, with its version.
    opened: Arc<Mutex<Option<Opened>>>,
}

/// A directory with the version that it is of.
type Opened = (i64, Arc<Directory>);

// How often the directory was changed.
const VERSION: &str = "SELECT coalesce(max(version), 0) FROM directory";
const CHANGED: &str = "INSERT INTO directory (one, version) VALUES (1, 1)
  ON CONFLICT (one) DO UPDATE SET version = version + 1";
// All of them: a directory has some hundreds.
const ALL: &str = "SELECT id, data FROM unit ORDER BY id";
// $1 id  $2 parent  $3 whether it is an office  $4 whether it has a last day  $5 sealed unit
const ADD: &str = "INSERT INTO unit (id, parent, office, closed, data) VALUES (?1, ?2, ?3, ?4, ?5)";
// $1 id  $2 whether it has a last day  $3 sealed unit
const CHANGE: &str = "UPDATE unit SET closed = ?2, data = ?3 WHERE id = ?1";

impl Units {
    /// The units kept in `store`.
    pub fn new(store: &Store) -> Units {
        Units { node: Node::of(store), opened: Arc::default() }
    }

    /// The directory as it stands. Opened anew only where it was changed since.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn directory(&self) -> Result<Arc<Directory>, StoreError> {
        let vault = &self.node.vault;
        self.node.read(|c| {
            let version: i64 = c.prepare_cached(VERSION)?.query_row([], |row| row.get(0))?;
            let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, directory)) = opened.as_ref().filter(|(known, _)| *known == version) {
                return Ok(Arc::clone(directory));
            }
            let directory = Directory::new(all(c, vault)?)
                .map_err(|_| StoreError::Malformed { what: "the directory" })?;
            let directory = Arc::new(directory);
            *opened = Some((version, Arc::clone(&directory)));
            Ok(directory)
        })
    }

    /// Enters units: an authority with its offices and desks, or a whole directory; all or none.
    ///
    /// # Errors
    /// Refused where the directory would then not be one (a unit is there already, its parent is
    /// not, …); the store's own failures.
    pub fn add(
        &self,
        units: Vec<Unit>,
        by: By,
        now: Timestamp,
    ) -> Result<Result<(), UnitRefusal>, StoreError> {
        let vault = self.node.vault.clone();
        self.node.write(move |tx| {
            let mut together = all(tx, &vault)?;
            together.extend(units.iter().cloned());
            let directory = match Directory::new(together) {
                Ok(directory) => directory,
                Err(DirectoryError::Problems(problems)) => {
                    return Ok(Err(UnitRefusal::Problems(problems)));
                }
                Err(DirectoryError::Json(_)) => {
                    return Err(StoreError::Malformed { what: "the directory" });
                }
            };
            let mut units = units;
            // What contains others comes first, so that each finds its parent.
            units.sort_by_key(|unit| directory.ancestors(&unit.id).count());
            for unit in &units {
                tx.prepare_cached(ADD)?.execute(params![
                    unit.id.as_str(),
                    unit.parent.as_ref().map(UnitId::as_str),
                    unit.kind == UnitKind::Office,
                    unit.closed.is_some(),
                    seal(&vault, unit)?
                ])?;
                let act = Act::UnitAdded { unit: unit.id.clone() };
                admin_log::record(tx, &vault, &unit.id, now, by, act)?;
            }
            tx.prepare_cached(CHANGED)?.execute([])?;
            Ok(Ok(()))
        })
    }

    /// Changes a unit's entry: hours, competences, languages, how it is reached, who is there.
    ///
    /// # Errors
    /// Refused where the unit is unknown, or its parent, kind, State or last day would change; the
    /// store's own failures.
    pub fn change(
        &self,
        unit: Unit,
        by: By,
        now: Timestamp,
    ) -> Result<Result<(), UnitRefusal>, StoreError> {
        let vault = self.node.vault.clone();
        self.node.write(move |tx| {
            let units = all(tx, &vault)?;
            let Some(before) = units.iter().find(|kept| kept.id == unit.id) else {
                return Ok(Err(UnitRefusal::Unknown { unit: unit.id }));
            };
            let fixed = |unit: &Unit| (unit.parent.clone(), unit.kind, unit.state, unit.closed);
            if fixed(before) != fixed(&unit) {
                return Ok(Err(UnitRefusal::Fixed { unit: unit.id }));
            }
            if *before != unit {
                let act = Act::UnitChanged { unit: unit.id.clone() };
                keep(tx, &vault, &unit)?;
                admin_log::record(tx, &vault, &unit.id, now, by, act)?;
            }
            Ok(Ok(()))
        })
    }

    /// Closes a unit for good. `on`: the first day on which it no longer exists.
    ///
    /// # Errors
    /// Refused where the unit is unknown, closed already, or has parts that exist on that day; the
    /// store's own failures.
    pub fn close(
        &self,
        unit: UnitId,
        on: Date,
        by: By,
        now: Timestamp,
    ) -> Result<Result<(), UnitRefusal>, StoreError> {
        let vault = self.node.vault.clone();
        self.node.write(move |tx| {
            let units = all(tx, &vault)?;
            let Some(mut closing) = units.iter().find(|kept| kept.id == unit).cloned() else {
                return Ok(Err(UnitRefusal::Unknown { unit }));
            };
            if let Some(on) = closing.closed {
                return Ok(Err(UnitRefusal::Closed { unit, on }));
            }
            let is_left = |part: &&Unit| part.parent.as_ref() == Some(&unit) && part.exists_on(on);
            if let Some(part) = units.iter().find(is_left) {
                return Ok(Err(UnitRefusal::PartOpen { part: part.id.clone(), unit }));
            }
            closing.closed = Some(on);
            keep(tx, &vault, &closing)?;
            let act = Act::UnitClosed { unit: unit.clone(), on };
            admin_log::record(tx, &vault, &unit, now, by, act)?;
            Ok(Ok(()))
        })
    }
}

fn seal(vault: &Vault, unit: &Unit) -> Result<Vec<u8>, StoreError> {
    vault.seal("unit.data", unit.id.as_str().as_bytes(), unit)
}

fn keep(tx: &Connection, vault: &Vault, unit: &Unit) -> Result<(), StoreError> {
    tx.prepare_cached(CHANGE)?.execute(params![
        unit.id.as_str(),
        unit.closed.is_some(),
        seal(vault, unit)?
    ])?;
    tx.prepare_cached(CHANGED)?.execute([])?;
    Ok(())
}

fn all(c: &Connection, vault: &Vault) -> Result<Vec<Unit>, StoreError> {
    let rows = c
        .prepare_cached(ALL)?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<(String, Vec<u8>)>, _>>()?;
    rows.iter().map(|(id, data)| vault.open("unit.data", id.as_bytes(), data)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::fixtures::{World, at, id, unit};
    use crate::viewer::Role;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_demonstration_directory_is_kept_as_it_is() {
        let world = World::new();
        let shipped = Directory::demonstration().unwrap();
        let units = Units::new(&world.store);
        let there = |unit: &&Unit| units.directory().unwrap().unit(&unit.id).is_none();
        let missing: Vec<Unit> = shipped.units().filter(there).cloned().collect();
        assert!(missing.len() > 56);
        units.add(missing.clone(), By::Operator, at(1)).unwrap().unwrap();
        drop(units);
        let world = world.reopened();
        let kept = Units::new(&world.store).directory().unwrap();
        for unit in &missing {
            assert_eq!(kept.unit(&unit.id), Some(unit));
        }
    }

    #[test]
    fn units_that_make_no_directory_are_refused_all_together() {
        let world = World::new();
        let units = Units::new(&world.store);
        let add = |new| units.add(new, By::Operator, at(1)).unwrap();
        let office = |id, parent| unit(id, Some(parent), "office", Some("NL"));
        let (twin, orphan) = (id("NL000510"), id("NL000396"));
        let missing = DirectoryProblem::NoParent { unit: orphan, parent: id("NL-NOWHERE") };
        let table = [
            (
                vec![office("NL000395", "NL-CUSTOMS"), office("NL000396", "NL-NOWHERE")],
                vec![missing],
            ),
            (
                vec![office("NL000510", "NL-CUSTOMS")],
                vec![DirectoryProblem::Duplicate { unit: twin }],
            ),
        ];
        for (new, problems) in table {
            assert_eq!(add(new), Err(UnitRefusal::Problems(problems)));
        }
        assert_eq!(units.directory().unwrap().units().count(), 3);
    }

    #[test]
    fn a_unit_changes_its_hours_but_never_what_it_is() {
        let world = World::new();
        let units = Units::new(&world.store);
        let other_handle = Units::new(&world.store);
        assert_eq!(other_handle.directory().unwrap().units().count(), 3);
        let change = |unit| units.change(unit, By::Operator, at(1)).unwrap();
        let rotterdam = unit("NL000510", Some("NL-CUSTOMS"), "office", Some("NL"));
        let fixed = Err(UnitRefusal::Fixed { unit: id("NL000510") });
        let parent = Some(id("DE-LICENSING"));
        assert_eq!(change(Unit { parent, ..rotterdam.clone() }), fixed);
        assert_eq!(change(Unit { kind: UnitKind::Desk, ..rotterdam.clone() }), fixed);
        assert_eq!(change(Unit { closed: Some(day("2027-01-01")), ..rotterdam.clone() }), fixed);
        let stranger = unit("FR002300", Some("FR-CUSTOMS"), "office", Some("FR"));
        assert_eq!(change(stranger), Err(UnitRefusal::Unknown { unit: id("FR002300") }));

        let night = Some(catalogue::authorities::NightContact {
            phone: "+31 00 555 0100".to_owned(),
            note: String::new(),
        });
        let mut reached = rotterdam;
        reached.reach.night = night;
        assert_eq!(change(reached.clone()), Ok(()));
        let seen = other_handle.directory().unwrap();
        assert_eq!(seen.unit(&reached.id), Some(&reached), "by every handle at once");
    }

    #[test]
    fn a_unit_closes_once_and_after_its_parts() {
        let world = World::new();
        let units = Units::new(&world.store);
        let close = |unit, on| units.close(id(unit), day(on), By::Operator, at(1)).unwrap();
        let left = UnitRefusal::PartOpen { unit: id("NL-CUSTOMS"), part: id("NL000510") };
        assert_eq!(close("NL-CUSTOMS", "2027-01-01"), Err(left.clone()));
        assert_eq!(close("NL000510", "2027-06-01"), Ok(()));
        assert_eq!(close("NL-CUSTOMS", "2027-01-01"), Err(left), "the part outlives it");
        assert_eq!(close("NL-CUSTOMS", "2027-06-01"), Ok(()));
        let already = UnitRefusal::Closed { unit: id("NL000510"), on: day("2027-06-01") };
        assert_eq!(close("NL000510", "2028-01-01"), Err(already));
        assert_eq!(
            close("FR-CUSTOMS", "2028-01-01"),
            Err(UnitRefusal::Unknown { unit: id("FR-CUSTOMS") })
        );
        let directory = units.directory().unwrap();
        assert_eq!(directory.unit(&id("NL000510")).unwrap().closed, Some(day("2027-06-01")));
    }

    #[test]
    fn each_change_is_on_the_record_of_its_authority() {
        let world = World::new();
        let chief = world.person("chief", "NL-CUSTOMS", &[Role::Administrator]);
        let units = Units::new(&world.store);
        let by = By::Person(chief);
        units.close(id("NL000510"), day("2027-06-01"), by, at(9)).unwrap().unwrap();
        let viewer = world.accounts.viewer_of(chief).unwrap().unwrap();
        let log = world.accounts.admin_log(&viewer, None, 1).unwrap().unwrap();
        let act = Act::UnitClosed { unit: id("NL000510"), on: day("2027-06-01") };
        assert_eq!((log[0].at, log[0].by, &log[0].act), (at(9), by, &act));
    }
}
