//! What was changed in an authority's accounts, units and settings: by whom, when, what.
//!
//! Written in the transaction of the change, never changed, and read by the authority's
//! administrators.

use super::Accounts;
use super::node::{Vault, instant, micros};
use super::row;
use crate::StoreError;
use crate::settings::ApprovalStep;
use crate::viewer::{Role, Viewer};
use catalogue::ids::{AccountId, UnitId};
use domain::event::Kind;
use jiff::{Timestamp, civil::Date};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Who changed something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A person, signed in.
    Person(AccountId),
    /// Whoever works on the node's own machine, at its command line.
    Operator,
}

/// What was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Act {
    /// A unit was entered in the directory.
    UnitAdded {
        /// The unit.
        unit: UnitId,
    },
    /// A unit's entry was changed.
    UnitChanged {
        /// The unit.
        unit: UnitId,
    },
    /// A unit was closed.
    UnitClosed {
        /// The unit.
        unit: UnitId,
        /// Its last day.
        on: Date,
    },
    /// The approval step of a kind was set.
    ApprovalSet {
        /// The kind.
        kind: Kind,
        /// As it was.
        from: ApprovalStep,
        /// As it is from now on.
        to: ApprovalStep,
    },
    /// An account was created.
    AccountCreated {
        /// The account.
        account: AccountId,
        /// The unit that the person works for.
        unit: UnitId,
        /// What she may do.
        roles: BTreeSet<Role>,
    },
    /// A person's roles were changed.
    RolesSet {
        /// The account.
        account: AccountId,
        /// As they were.
        from: BTreeSet<Role>,
        /// As they are from now on.
        to: BTreeSet<Role>,
    },
    /// A person's name or mail address was changed.
    ContactSet {
        /// The account.
        account: AccountId,
    },
    /// A person works for another unit.
    AccountMoved {
        /// The account.
        account: AccountId,
        /// The unit before.
        from: UnitId,
        /// The unit from now on.
        to: UnitId,
    },
    /// A leaver was put out.
    AccountDisabled {
        /// The account.
        account: AccountId,
    },
    /// Somebody who was put out may sign in again.
    AccountEnabled {
        /// The account.
        account: AccountId,
    },
    /// A person's sessions were ended by somebody.
    SessionsEnded {
        /// The account.
        account: AccountId,
    },
    /// A link that sets a first password was issued.
    Invited {
        /// The account.
        account: AccountId,
    },
    /// A link that sets a new password was issued.
    ResetIssued {
        /// The account.
        account: AccountId,
    },
    /// A password was set, by its owner or by link.
    PasswordSet {
        /// The account.
        account: AccountId,
    },
    /// A second factor is asked of a person from now on.
    SecondFactorOn {
        /// The account.
        account: AccountId,
    },
    /// A second factor is no longer asked of a person.
    SecondFactorOff {
        /// The account.
        account: AccountId,
    },
    /// A token of the API was issued.
    TokenIssued {
        /// The account.
        account: AccountId,
        /// The token's name.
        name: String,
    },
    /// A token of the API was revoked.
    TokenRevoked {
        /// The account.
        account: AccountId,
        /// The token's name.
        name: String,
    },
}

/// What is sealed of an entry.
#[derive(Serialize, Deserialize)]
struct Sealed {
    by: By,
    #[serde(flatten)]
    act: Act,
}

/// One change on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number on the node, ascending in time; also the cursor of the next page.
    pub id: i64,
    /// When it was made (machine time).
    pub at: Timestamp,
    /// Who made it.
    pub by: By,
    /// What it was.
    pub act: Act,
}

// One change; its entry follows at once, sealed under the row's own number. $1 authority  $2 instant
const ADD: &str = "INSERT INTO admin_log (authority, at, entry) VALUES (?1, ?2, x'')";
// Newest first. Index: admin_log_by_authority. $1 authority  $2 id of the last row shown  $3 rows
const PAGE: &str = "SELECT id, at, entry FROM admin_log
  WHERE authority = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3";

/// Puts a change in `unit` on the record of its authority, in the transaction of the change.
pub(crate) fn record(
    tx: &Connection,
    vault: &Vault,
    unit: &UnitId,
    at: Timestamp,
    by: By,
    act: Act,
) -> Result<(), StoreError> {
    let authority = row::authority(tx, unit)?;
    tx.prepare_cached(ADD)?.execute(params![authority.as_str(), micros(at)])?;
    let id = tx.last_insert_rowid();
    let sealed = vault.seal("admin_log.entry", &id.to_be_bytes(), &Sealed { by, act })?;
    tx.prepare_cached("UPDATE admin_log SET entry = ?2 WHERE id = ?1")?
        .execute(params![id, sealed])?;
    Ok(())
}

impl Accounts {
    /// What was changed in the viewer's authority, newest first: at most 100, those before `before`.
    /// None for a viewer who is not its administrator.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn admin_log(
        &self,
        viewer: &Viewer,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Option<Vec<Entry>>, StoreError> {
        let Some(authority) = viewer.authority().filter(|_| viewer.has(Role::Administrator)) else {
            return Ok(None);
        };
        let vault = &self.node.vault;
        self.node.read(|c| {
            let rows = c
                .prepare_cached(PAGE)?
                .query_map(
                    params![authority.as_str(), before.unwrap_or(i64::MAX), limit.min(100)],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, Vec<u8>>(2)?)),
                )?
                .collect::<Result<Vec<(i64, i64, Vec<u8>)>, _>>()?;
            let open = |(id, at, sealed): (i64, i64, Vec<u8>)| {
                let Sealed { by, act } =
                    vault.open("admin_log.entry", &id.to_be_bytes(), &sealed)?;
                Ok(Entry { id, at: instant(at)?, by, act })
            };
            rows.into_iter().map(open).collect::<Result<Vec<_>, _>>().map(Some)
        })
    }
}
