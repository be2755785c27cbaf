//! Tokens of the API: for machines, and for people at a command line. Handed out once.

use super::node::{account_id, instant, micros, random};
use super::{AccountRefusal, Accounts, Act, By, Token, admin_log, row};
use crate::StoreError;
use crate::viewer::Viewer;
use catalogue::ids::AccountId;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Names a token, so that it can be revoked by who does not know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TokenId(Uuid);

impl fmt::Display for TokenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for TokenId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<TokenId, uuid::Error> {
        Uuid::parse_str(text.trim()).map(TokenId)
    }
}

/// A token as its owner sees it afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Names it.
    pub id: TokenId,
    /// Whose it is.
    pub account: AccountId,
    /// What its owner calls it.
    pub name: String,
    /// Since when it exists.
    pub created: Timestamp,
    /// When it runs out.
    pub expires: Timestamp,
    /// When it was last used, to the minute.
    pub used: Option<Timestamp>,
}

/// Every token begins with this, so that it is found where it was left by mistake.
const PREFIX: &str = "ecm_";
/// A use within so long of the one before is not written.
const USED_EVERY: SignedDuration = SignedDuration::from_secs(60);

// $1 id  $2 keyed hash  $3 account  $4 sealed name  $5 now  $6 instant at which it runs out
const ADD: &str = "INSERT INTO api_token (id, hash, account, name, created, expires)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
// Index: api_token.hash. $1 keyed hash
const FIND: &str =
    "SELECT id, account, name, created, expires, used FROM api_token WHERE hash = ?1";
// Index: api_token_by_account. $1 account
const OF: &str = "SELECT id, account, name, created, expires, used FROM api_token
  WHERE account = ?1 ORDER BY created, id";
// $1 id  $2 now  $3 the last use that need not be written again
const USED: &str = "UPDATE api_token SET used = ?2 WHERE id = ?1 AND (used IS NULL OR used <= ?3)";

impl Accounts {
    /// Issues a token that acts as `account`; it is shown here and never again.
    ///
    /// # Errors
    /// Refused where there is no such account, it is disabled, the name cannot be shown, or `expires`
    /// is past; the store's own failures.
    pub fn issue_token(
        &self,
        account: AccountId,
        name: &str,
        expires: Timestamp,
        by: By,
        now: Timestamp,
    ) -> Result<Result<(TokenId, Token), AccountRefusal>, StoreError> {
        let name = name.trim().to_owned();
        if !(1..=80).contains(&name.chars().count()) || name.chars().any(char::is_control) {
            return Ok(Err(AccountRefusal::TokenName));
        }
        if expires <= now {
            return Ok(Err(AccountRefusal::TokenExpiry { expires }));
        }
        self.with_row(account, move |tx, vault, row| {
            if row.disabled.is_some() {
                return Ok(Err(AccountRefusal::Disabled));
            }
            let id = uuid::Builder::from_random_bytes(random()?).into_uuid();
            let token = Token::draw(PREFIX)?;
            tx.prepare_cached(ADD)?.execute(params![
                id.as_bytes(),
                vault.fingerprint("api_token.hash", token.as_str().as_bytes()),
                account.as_uuid().as_bytes(),
                vault.seal("api_token.name", id.as_bytes(), &name)?,
                micros(now),
                micros(expires)
            ])?;
            admin_log::record(tx, vault, &row.unit, now, by, Act::TokenIssued { account, name })?;
            Ok(Ok((TokenId(id), token)))
        })
    }

    /// Who holds this token, if it is good and she is not out. Writes nothing.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn viewer_by_token(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<(Viewer, ApiToken)>, StoreError> {
        let vault = &self.node.vault;
        let hash = vault.fingerprint("api_token.hash", token.as_bytes());
        self.node.read(|c| {
            let kept = c.prepare_cached(FIND)?.query_row([hash], kept).optional()?;
            let Some(token) = kept.map(|kept| self.open_token(&kept)).transpose()? else {
                return Ok(None);
            };
            if token.expires <= now {
                return Ok(None);
            }
            let Some(row) = row::by_id(c, vault, token.account)? else { return Ok(None) };
            Ok(row::viewer(c, &row)?.map(|viewer| (viewer, token)))
        })
    }

    /// Notes that a token is in use; written once a minute at most.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn touch_token(&self, token: &ApiToken, now: Timestamp) -> Result<(), StoreError> {
        let since = token.used.map_or(SignedDuration::MAX, |used| now.duration_since(used));
        if since < USED_EVERY {
            return Ok(());
        }
        let id = token.id.0;
        let stale = micros(now).saturating_sub(super::session::length(USED_EVERY));
        self.node.write(move |tx| {
            tx.prepare_cached(USED)?.execute(params![id.as_bytes(), micros(now), stale])?;
            Ok(())
        })
    }

    /// A person's tokens, the oldest first.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn tokens(&self, account: AccountId) -> Result<Vec<ApiToken>, StoreError> {
        self.node.read(|c| {
            let rows = c
                .prepare_cached(OF)?
                .query_map([account.as_uuid().as_bytes()], kept)?
                .collect::<Result<Vec<_>, _>>()?;
            rows.iter().map(|kept| self.open_token(kept)).collect()
        })
    }

    /// Revokes a token of a person at once.
    ///
    /// # Errors
    /// Refused where the account has no such token; the store's own failures.
    pub fn revoke_token(
        &self,
        account: AccountId,
        token: TokenId,
        by: By,
        now: Timestamp,
    ) -> Result<Result<(), AccountRefusal>, StoreError> {
        self.with_row(account, move |tx, vault, row| {
            let id = token.0;
            let name: Option<Vec<u8>> = tx
                .prepare_cached("SELECT name FROM api_token WHERE id = ?1 AND account = ?2")?
                .query_row(params![id.as_bytes(), account.as_uuid().as_bytes()], |row| row.get(0))
                .optional()?;
            let Some(sealed) = name else { return Ok(Err(AccountRefusal::TokenUnknown)) };
            let name = vault.open("api_token.name", id.as_bytes(), &sealed)?;
            tx.prepare_cached("DELETE FROM api_token WHERE id = ?1")?.execute([id.as_bytes()])?;
            admin_log::record(tx, vault, &row.unit, now, by, Act::TokenRevoked { account, name })?;
            Ok(Ok(()))
        })
    }

    fn open_token(&self, kept: &Kept) -> Result<ApiToken, StoreError> {
        Ok(ApiToken {
            id: TokenId(kept.id),
            account: kept.account,
            name: self.node.vault.open("api_token.name", kept.id.as_bytes(), &kept.name)?,
            created: instant(kept.created)?,
            expires: instant(kept.expires)?,
            used: kept.used.map(instant).transpose()?,
        })
    }
}

/// A row of a token, sealed.
struct Kept {
    id: Uuid,
    account: AccountId,
    name: Vec<u8>,
    created: i64,
    expires: i64,
    used: Option<i64>,
}

fn kept(row: &rusqlite::Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        id: Uuid::from_bytes(row.get(0)?),
        account: account_id(row, 1)?,
        name: row.get(2)?,
        created: row.get(3)?,
        expires: row.get(4)?,
        used: row.get(5)?,
    })
}
