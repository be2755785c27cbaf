//! Single-use links: an invitation sets a first password, a reset a new one.
//!
//! A newer link of the same purpose takes the place of the older; setting a password spends all.

use super::node::{Vault, account_id, micros, random};
use super::session::length;
use super::token::Token;
use super::{AccountRefusal, Accounts, Act, By, Person, admin_log, password, row};
use crate::StoreError;
use catalogue::ids::AccountId;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To set a first password; good for 7 days.
    Invitation,
    /// To set a new password; good for an hour.
    Reset,
}

impl Purpose {
    const ALL: [Purpose; 2] = [Purpose::Invitation, Purpose::Reset];

    const fn word(self) -> &'static str {
        match self {
            Purpose::Invitation => "invitation",
            Purpose::Reset => "reset",
        }
    }
}

/// The word for the way between password and second factor, which is kept among the links.
pub(crate) const HALF_WAY: &str = "half_way";

/// A link that is good, as the page behind it shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it is for.
    pub purpose: Purpose,
    /// Whose it is.
    pub person: Person,
}

// $1 keyed hash  $2 account  $3 purpose  $4 instant
const ADD: &str =
    "INSERT INTO single_use (hash, account, purpose, expires) VALUES (?1, ?2, ?3, ?4)";
// Index: the primary key. $1 keyed hash  $2 purpose  $3 now
const FIND: &str =
    "SELECT account FROM single_use WHERE hash = ?1 AND purpose = ?2 AND expires > ?3";

fn hash(vault: &Vault, token: &str) -> [u8; 32] {
    vault.fingerprint("single_use.hash", token.as_bytes())
}

/// Issues a token that is good once, until `expires`.
pub(crate) fn issue(
    tx: &Connection,
    vault: &Vault,
    account: AccountId,
    purpose: &str,
    expires: i64,
) -> Result<Token, StoreError> {
    let token = Token::draw("")?;
    let hash = hash(vault, token.as_str());
    tx.prepare_cached(ADD)?.execute(params![
        hash,
        account.as_uuid().as_bytes(),
        purpose,
        expires
    ])?;
    Ok(token)
}

/// Whose token of this purpose it is, if it is good at `now`.
pub(crate) fn find(
    c: &Connection,
    vault: &Vault,
    token: &str,
    purpose: &str,
    now: i64,
) -> Result<Option<AccountId>, StoreError> {
    Ok(c.prepare_cached(FIND)?
        .query_row(params![hash(vault, token), purpose, now], |row| account_id(row, 0))
        .optional()?)
}

/// Spends a token.
pub(crate) fn spend(tx: &Connection, vault: &Vault, token: &str) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM single_use WHERE hash = ?1")?.execute([hash(vault, token)])?;
    Ok(())
}

fn find_link(
    c: &Connection,
    vault: &Vault,
    token: &str,
    now: i64,
) -> Result<Option<(Purpose, AccountId)>, StoreError> {
    for purpose in Purpose::ALL {
        if let Some(account) = find(c, vault, token, purpose.word(), now)? {
            return Ok(Some((purpose, account)));
        }
    }
    Ok(None)
}

impl Accounts {
    /// Issues a link's token, to be handed to its person and to nobody else; shown once.
    ///
    /// # Errors
    /// Refused where there is no such account or it is disabled; the store's own failures.
    pub fn issue_link(
        &self,
        account: AccountId,
        purpose: Purpose,
        by: By,
        now: Timestamp,
    ) -> Result<Result<Token, AccountRefusal>, StoreError> {
        let policy = self.policy;
        self.with_row(account, move |tx, vault, row| {
            if row.disabled.is_some() {
                return Ok(Err(AccountRefusal::Disabled));
            }
            let (lasts, act) = match purpose {
                Purpose::Invitation => (policy.invitation, Act::Invited { account }),
                Purpose::Reset => (policy.reset, Act::ResetIssued { account }),
            };
            tx.prepare_cached("DELETE FROM single_use WHERE account = ?1 AND purpose = ?2")?
                .execute(params![account.as_uuid().as_bytes(), purpose.word()])?;
            let expires = micros(now).saturating_add(length(lasts));
            let token = issue(tx, vault, account, purpose.word(), expires)?;
            admin_log::record(tx, vault, &row.unit, now, by, act)?;
            Ok(Ok(token))
        })
    }

    /// The link with this token, if it is good; looking does not spend it.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn link(&self, token: &str, now: Timestamp) -> Result<Option<Link>, StoreError> {
        let vault = &self.node.vault;
        let found = self.node.read(|c| find_link(c, vault, token, micros(now)))?;
        let Some((purpose, account)) = found else { return Ok(None) };
        Ok(self.person(account)?.map(|person| Link { purpose, person }))
    }

    /// Sets the password that a link is for, and spends it. Every session of the person ends; a
    /// second factor stays.
    ///
    /// # Errors
    /// Refused where the link is not good, or the password breaks a rule (the link is then still good);
    /// the store's own failures.
    pub fn redeem(
        &self,
        token: &str,
        new: &str,
        now: Timestamp,
    ) -> Result<Result<AccountId, AccountRefusal>, StoreError> {
        let Some(link) = self.link(token, now)? else { return Ok(Err(AccountRefusal::LinkSpent)) };
        if let Err(refusal) = password::check(new, link.person.login.as_str()) {
            return Ok(Err(refusal.into()));
        }
        let account = link.person.id;
        let phc = password::hash(new, &random()?, self.policy.password_cost)?;
        let token = token.to_owned();
        self.with_row(account, move |tx, vault, row| {
            // Looked at again: of two who use it at once, one is too late.
            if find_link(tx, vault, &token, micros(now))?.is_none_or(|(_, whose)| whose != account)
            {
                return Ok(Err(AccountRefusal::LinkSpent));
            }
            row::keep_password(tx, vault, account, &phc)?;
            tx.prepare_cached("DELETE FROM session WHERE account = ?1")?
                .execute([account.as_uuid().as_bytes()])?;
            let by = By::Person(account);
            admin_log::record(tx, vault, &row.unit, now, by, Act::PasswordSet { account })?;
            Ok(Ok(account))
        })
    }
}
