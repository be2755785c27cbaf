//! An account's row, opened, and where its unit stands in the directory.

use super::AccountRefusal;
use super::node::{Vault, account_id};
use super::person::{Login, MailAddress, PersonName, Preferences};
use crate::StoreError;
use crate::viewer::{self, Role, Viewer};
use catalogue::ids::{AccountId, UnitId};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is sealed of an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Profile {
    pub(crate) login: Login,
    pub(crate) name: PersonName,
    pub(crate) mail: MailAddress,
    pub(crate) roles: BTreeSet<Role>,
    pub(crate) preferences: Preferences,
}

/// An account, opened.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) id: AccountId,
    pub(crate) unit: UnitId,
    pub(crate) profile: Profile,
    /// The PHC string of the password.
    pub(crate) password: Option<String>,
    /// Microseconds since 1970.
    pub(crate) created: i64,
    /// Microseconds since 1970.
    pub(crate) disabled: Option<i64>,
}

// Index: the primary key. $1 id
const BY_ID: &str =
    "SELECT id, unit, profile, password, created, disabled FROM account WHERE id = ?1";
// Index: account.login. $1 keyed hash
const BY_LOGIN: &str =
    "SELECT id, unit, profile, password, created, disabled FROM account WHERE login = ?1";

/// The account with this id.
pub(crate) fn by_id(
    c: &Connection,
    vault: &Vault,
    id: AccountId,
) -> Result<Option<Row>, StoreError> {
    one(c, vault, BY_ID, id.as_uuid().as_bytes())
}

/// The account with this login, already folded.
pub(crate) fn by_login(
    c: &Connection,
    vault: &Vault,
    folded: &str,
) -> Result<Option<Row>, StoreError> {
    one(c, vault, BY_LOGIN, &vault.fingerprint("account.login", folded.as_bytes()))
}

fn one(
    c: &Connection,
    vault: &Vault,
    statement: &str,
    key: &[u8],
) -> Result<Option<Row>, StoreError> {
    let found = c
        .prepare_cached(statement)?
        .query_row([key], |row| {
            let unit: String = row.get(1)?;
            let profile: Vec<u8> = row.get(2)?;
            let password: Option<Vec<u8>> = row.get(3)?;
            Ok((account_id(row, 0)?, unit, profile, password, row.get(4)?, row.get(5)?))
        })
        .optional()?;
    let Some((id, unit, profile, password, created, disabled)) = found else { return Ok(None) };
    let uuid = id.as_uuid();
    Ok(Some(Row {
        id,
        unit: super::node::unit_id(&unit)?,
        profile: vault.open("account.profile", uuid.as_bytes(), &profile)?,
        password: password
            .map(|sealed| vault.open("account.password", uuid.as_bytes(), &sealed))
            .transpose()?,
        created,
        disabled,
    }))
}

/// Keeps a changed profile.
pub(crate) fn keep_profile(
    tx: &Connection,
    vault: &Vault,
    id: AccountId,
    profile: &Profile,
) -> Result<(), StoreError> {
    let sealed = vault.seal("account.profile", id.as_uuid().as_bytes(), profile)?;
    tx.prepare_cached("UPDATE account SET profile = ?2 WHERE id = ?1")?
        .execute(params![id.as_uuid().as_bytes(), sealed])?;
    Ok(())
}

/// Keeps a new password, as its PHC string, and ends all that the old one opened: links and
/// half-ways of sign-ins. Sessions are the caller's, who may keep the one in use.
pub(crate) fn keep_password(
    tx: &Connection,
    vault: &Vault,
    id: AccountId,
    phc: &str,
) -> Result<(), StoreError> {
    let uuid = id.as_uuid();
    let sealed = vault.seal("account.password", uuid.as_bytes(), &phc)?;
    tx.prepare_cached("UPDATE account SET password = ?2 WHERE id = ?1")?
        .execute(params![uuid.as_bytes(), sealed])?;
    tx.prepare_cached("DELETE FROM single_use WHERE account = ?1")?.execute([uuid.as_bytes()])?;
    Ok(())
}

/// Whether a unit is there and open, so that somebody can work for it.
pub(crate) fn open_unit(
    c: &Connection,
    unit: &UnitId,
) -> Result<Result<(), AccountRefusal>, StoreError> {
    let closed: Option<bool> = c
        .prepare_cached("SELECT closed FROM unit WHERE id = ?1")?
        .query_row([unit.as_str()], |row| row.get(0))
        .optional()?;
    Ok(match closed {
        None => Err(AccountRefusal::UnitUnknown { unit: unit.clone() }),
        Some(true) => Err(AccountRefusal::UnitClosed { unit: unit.clone() }),
        Some(false) => Ok(()),
    })
}

// A unit and those that contain it, itself first. Index: the primary key. $1 unit
const UP: &str = "WITH RECURSIVE up (id, parent, steps) AS (
    SELECT id, parent, 0 FROM unit WHERE id = ?1
    UNION ALL SELECT unit.id, unit.parent, steps + 1 FROM unit JOIN up ON unit.id = up.parent)
 SELECT id FROM up ORDER BY steps";

/// A unit and those that contain it, itself first and its authority last.
pub(crate) fn up(c: &Connection, unit: &UnitId) -> Result<Vec<UnitId>, StoreError> {
    let names = c
        .prepare_cached(UP)?
        .query_map([unit.as_str()], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    names.iter().map(|name| super::node::unit_id(name)).collect()
}

/// The authority that a unit belongs to; of a unit that the directory lacks, itself.
pub(crate) fn authority(c: &Connection, unit: &UnitId) -> Result<UnitId, StoreError> {
    Ok(up(c, unit)?.pop().unwrap_or_else(|| unit.clone()))
}

/// The one way in which a person becomes a viewer: from her row and the directory as they stand.
/// None once she is out.
pub(crate) fn viewer(c: &Connection, row: &Row) -> Result<Option<Viewer>, StoreError> {
    if row.disabled.is_some() {
        return Ok(None);
    }
    let units = up(c, &row.unit)?;
    let authority = units.last().unwrap_or(&row.unit).clone();
    Ok(Some(Viewer::person(viewer::Person {
        account: row.id,
        name: row.profile.name.as_str().to_owned(),
        unit: row.unit.clone(),
        units: units.into_iter().collect(),
        authority,
        roles: row.profile.roles.clone(),
    })))
}
