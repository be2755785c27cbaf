//! What an authority settles for itself: whether its contact point approves what its officers
//! drafted before it leaves the authority. Each change is on record.

use std::collections::BTreeMap;

use catalogue::ids::UnitId;
use domain::event::Kind;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

use crate::accounts::admin_log::{self, Act, By};
use crate::accounts::node::Node;
use crate::accounts::{AccountRefusal, row};
use crate::{Store, StoreError};

/// What of one kind needs the approval of the authority's contact point before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalStep {
    /// All of it.
    Always,
    /// What somebody who works for an office drafted.
    FromOffices,
    /// None of it.
    Never,
}

impl ApprovalStep {
    /// Every value, the strictest first.
    pub const ALL: [ApprovalStep; 3] =
        [ApprovalStep::Always, ApprovalStep::FromOffices, ApprovalStep::Never];

    /// The step where the authority has set none: stops from offices are approved.
    pub const fn by_default(kind: Kind) -> ApprovalStep {
        match kind {
            Kind::Stop => ApprovalStep::FromOffices,
            Kind::Information | Kind::Classification | Kind::Document | Kind::Notice => {
                ApprovalStep::Never
            }
        }
    }

    /// The word for it in code, database and API.
    pub const fn word(self) -> &'static str {
        match self {
            ApprovalStep::Always => "always",
            ApprovalStep::FromOffices => "from_offices",
            ApprovalStep::Never => "never",
        }
    }
}

/// The settings of a node's authorities. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Settings {
    node: Node,
}

// Index: the primary key. $1 authority  $2 kind
const FIND: &str = "SELECT step FROM approval WHERE authority = ?1 AND kind = ?2";
// $1 authority  $2 kind  $3 step
const SET: &str = "INSERT OR REPLACE INTO approval (authority, kind, step) VALUES (?1, ?2, ?3)";
// Whether a unit is an office. Index: the primary key. $1 unit
const IS_OFFICE: &str = "SELECT office FROM unit WHERE id = ?1";

impl Settings {
    /// The settings kept in `store`.
    pub fn new(store: &Store) -> Settings {
        Settings { node: Node::of(store) }
    }

    /// Whether what somebody of `unit` drafts of this kind needs approval before it is sent.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn needs_approval(&self, unit: &UnitId, kind: Kind) -> Result<bool, StoreError> {
        self.node.read(|c| match step(c, &row::authority(c, unit)?, kind)? {
            ApprovalStep::Always => Ok(true),
            ApprovalStep::Never => Ok(false),
            ApprovalStep::FromOffices => {
                let office: Option<bool> = c
                    .prepare_cached(IS_OFFICE)?
                    .query_row([unit.as_str()], |row| row.get(0))
                    .optional()?;
                Ok(office.unwrap_or(false))
            }
        })
    }

    /// The steps of an authority, for every kind.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn approval_steps(
        &self,
        authority: &UnitId,
    ) -> Result<BTreeMap<Kind, ApprovalStep>, StoreError> {
        self.node.read(|c| {
            Kind::ALL.iter().map(|kind| Ok((*kind, step(c, authority, *kind)?))).collect()
        })
    }

    /// Sets the step of an authority and kind.
    ///
    /// # Errors
    /// Refused where `authority` is no authority of the directory; the store's own failures.
    pub fn set_approval(
        &self,
        authority: &UnitId,
        kind: Kind,
        to: ApprovalStep,
        by: By,
        now: Timestamp,
    ) -> Result<Result<(), AccountRefusal>, StoreError> {
        let (authority, vault) = (authority.clone(), self.node.vault.clone());
        self.node.write(move |tx| {
            if row::up(tx, &authority)?.as_slice() != std::slice::from_ref(&authority) {
                return Ok(Err(AccountRefusal::UnitUnknown { unit: authority }));
            }
            let from = step(tx, &authority, kind)?;
            if from != to {
                tx.prepare_cached(SET)?.execute(params![
                    authority.as_str(),
                    kind.word(),
                    to.word()
                ])?;
                let act = Act::ApprovalSet { kind, from, to };
                admin_log::record(tx, &vault, &authority, now, by, act)?;
            }
            Ok(Ok(()))
        })
    }
}

fn step(c: &Connection, authority: &UnitId, kind: Kind) -> Result<ApprovalStep, StoreError> {
    let word: Option<String> = c
        .prepare_cached(FIND)?
        .query_row([authority.as_str(), kind.word()], |row| row.get(0))
        .optional()?;
    let Some(word) = word else { return Ok(ApprovalStep::by_default(kind)) };
    let found = ApprovalStep::ALL.into_iter().find(|step| step.word() == word);
    found.ok_or(StoreError::Malformed { what: "an approval step" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::fixtures::{World, at, id};
    use crate::viewer::Role;

    #[test]
    fn stops_from_offices_are_approved_unless_the_authority_says_otherwise() {
        let table = [
            // set              kind               from an office, from headquarters
            (None, Kind::Stop, true, false),
            (None, Kind::Information, false, false),
            (Some(ApprovalStep::Always), Kind::Stop, true, true),
            (Some(ApprovalStep::FromOffices), Kind::Information, true, false),
            (Some(ApprovalStep::Never), Kind::Stop, false, false),
        ];
        for (set, kind, office, headquarters) in table {
            let world = World::new();
            let settings = Settings::new(&world.store);
            if let Some(step) = set {
                let nl = id("NL-CUSTOMS");
                settings.set_approval(&nl, kind, step, By::Operator, at(1)).unwrap().unwrap();
            }
            drop(settings);
            let world = world.reopened();
            let settings = Settings::new(&world.store);
            let needs = |unit| settings.needs_approval(&id(unit), kind).unwrap();
            let found = (needs("NL000510"), needs("NL-CUSTOMS"), needs("DE-LICENSING"));
            assert_eq!(found, (office, headquarters, false), "{set:?} {kind}");
        }
    }

    #[test]
    fn a_step_is_an_authoritys_and_each_change_is_on_record() {
        let world = World::new();
        let chief = world.person("chief", "NL-CUSTOMS", &[Role::Administrator]);
        let settings = Settings::new(&world.store);
        let by = By::Person(chief);
        let set = |unit, step, seconds| {
            settings.set_approval(&id(unit), Kind::Stop, step, by, at(seconds)).unwrap()
        };
        for unit in ["NL000510", "FR-CUSTOMS"] {
            let unknown = AccountRefusal::UnitUnknown { unit: id(unit) };
            assert_eq!(set(unit, ApprovalStep::Always, 1), Err(unknown));
        }
        assert_eq!(set("NL-CUSTOMS", ApprovalStep::Always, 2), Ok(()));
        assert_eq!(set("NL-CUSTOMS", ApprovalStep::Always, 3), Ok(()), "the same changes nothing");
        let steps = settings.approval_steps(&id("NL-CUSTOMS")).unwrap();
        assert_eq!(steps.len(), Kind::ALL.len());
        assert_eq!(steps[&Kind::Stop], ApprovalStep::Always);
        let viewer = world.accounts.viewer_of(chief).unwrap().unwrap();
        let log = world.accounts.admin_log(&viewer, None, 2).unwrap().unwrap();
        let (from, to) = (ApprovalStep::FromOffices, ApprovalStep::Always);
        let act = Act::ApprovalSet { kind: Kind::Stop, from, to };
        assert_eq!((log[0].at, log[0].by, &log[0].act), (at(2), by, &act));
        assert!(!matches!(log[1].act, Act::ApprovalSet { .. }));
    }
}
