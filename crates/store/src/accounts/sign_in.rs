//! Signing in: password, then second factor where one is set up, then a session.
//!
//! login and password ─→ in · login and password ─→ half way ─code→ in · else refused, or to wait
//!
//! An attempt is counted *before* it is checked, so that parallel guesses count as many. An unknown
//! login, a disabled account, one without a password and a wrong password take the same way, the same
//! time and give the same answer.

use super::node::{Vault, instant, micros, random};
use super::person::fold_login;
use super::row::{self, Row};
use super::session::{self, length};
use super::throttle::Limit;
use super::token::Token;
use super::{AccountRefusal, Accounts, Act, By, admin_log, link, password, second_factor};
use crate::StoreError;
use catalogue::ids::AccountId;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

/// What came of an attempt to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// She is in.
    In {
        /// Whose account it is.
        account: AccountId,
        /// The session's token, for her browser.
        session: Token,
    },
    /// The password is right; now the second factor is asked for.
    SecondFactor {
        /// What to hand in together with the code, within five minutes.
        half_way: Token,
    },
    /// Login and password, or code, do not fit; which of them is not said.
    Refused,
    /// Too many attempts were made.
    Wait {
        /// When the next one may be made.
        until: Timestamp,
    },
}

// The bucket of a key. Index: the primary key. $1 key
const BUCKET: &str = "SELECT full_at FROM attempt WHERE key = ?1";
// $1 key  $2 instant at which the bucket will be empty
const POUR: &str = "INSERT OR REPLACE INTO attempt (key, full_at) VALUES (?1, ?2)";

/// Where attempts of somebody who is signed in come from. A bucket of its own: at an unlocked screen
/// one guesses no faster than at the door.
const INSIDE: &str = "a change of the password";

/// The three buckets of attempts at `login` from `address`.
fn buckets(vault: &Vault, login: &str, address: &str) -> [(Limit, [u8; 32]); 3] {
    Limit::ALL.map(|limit| {
        let (login, address) = match limit {
            Limit::Pair => (login, address),
            Limit::Login => (login, ""),
            Limit::Address => ("", address),
        };
        let key = [limit.word(), "\0", login, "\0", address].concat();
        (limit, vault.fingerprint("attempt.key", key.as_bytes()))
    })
}

/// Counts an attempt; or says from when on the next may be made, and counts nothing.
fn pour(
    tx: &Connection,
    vault: &Vault,
    login: &str,
    address: &str,
    now: i64,
) -> Result<Result<(), i64>, StoreError> {
    let mut poured = Vec::new();
    let mut wait = None;
    for (limit, key) in buckets(vault, login, address) {
        let kept: Option<i64> =
            tx.prepare_cached(BUCKET)?.query_row([key], |row| row.get(0)).optional()?;
        match limit.pour(kept, now) {
            Ok(full_at) => poured.push((key, full_at)),
            Err(until) => wait = wait.max(Some(until)),
        }
    }
    if let Some(until) = wait {
        return Ok(Err(until));
    }
    for (key, full_at) in poured {
        tx.prepare_cached(POUR)?.execute(params![key, full_at])?;
    }
    Ok(Ok(()))
}

/// Takes back `attempts` that turned out well: the pair starts afresh, the two others get back
/// what these poured in, so that a right password never pays for the guesses of others.
fn refund(
    tx: &Connection,
    vault: &Vault,
    login: &str,
    address: &str,
    attempts: u8,
) -> Result<(), StoreError> {
    for (limit, key) in buckets(vault, login, address) {
        match limit {
            Limit::Pair => {
                tx.prepare_cached("DELETE FROM attempt WHERE key = ?1")?.execute([key])?;
            }
            Limit::Login | Limit::Address => {
                let kept: Option<i64> =
                    tx.prepare_cached(BUCKET)?.query_row([key], |row| row.get(0)).optional()?;
                if let Some(full_at) = kept {
                    let full_at = (0..attempts).fold(full_at, |at, _| limit.refund(at));
                    tx.prepare_cached(POUR)?.execute(params![key, full_at])?;
                }
            }
        }
    }
    Ok(())
}

impl Accounts {
    fn count_attempt(
        &self,
        login: &str,
        address: &str,
        now: Timestamp,
    ) -> Result<Result<(), Timestamp>, StoreError> {
        let vault = self.node.vault.clone();
        let (login, address) = (login.to_owned(), address.to_owned());
        let counted = self.node.write(move |tx| pour(tx, &vault, &login, &address, micros(now)))?;
        counted.map_or_else(|until| Ok(Err(instant(until)?)), |()| Ok(Ok(())))
    }

    /// Whether `password` is the account's; costs the same where there is no account to compare with.
    fn fits(&self, row: Option<&Row>, password: &str) -> bool {
        let kept = row.filter(|row| row.disabled.is_none()).and_then(|row| row.password.as_deref());
        password::fits(password, kept.unwrap_or(&self.decoy)) && kept.is_some()
    }

    /// Tries to sign somebody in. `login` and `password` as typed; `address`: where the attempt comes
    /// from, for the slow-down alone: it is kept as a keyed hash for as long as it slows down.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn sign_in(
        &self,
        login: &str,
        password: &str,
        address: &str,
        now: Timestamp,
    ) -> Result<SignIn, StoreError> {
        let login = fold_login(login);
        if let Err(until) = self.count_attempt(&login, address, now)? {
            return Ok(SignIn::Wait { until });
        }
        let vault = self.node.vault.clone();
        let row = self.node.read(|c| row::by_login(c, &vault, &login))?;
        // In the caller's thread: the writer has better things to do than Argon2.
        let right = self.fits(row.as_ref(), password);
        let Some(row) = row.filter(|_| right) else { return Ok(SignIn::Refused) };
        let (policy, address) = (self.policy, address.to_owned());
        self.node.write(move |tx| {
            // Looked at again: she may have been put out, or the password changed, since.
            let still = row::by_id(tx, &vault, row.id)?.is_some_and(|current| {
                current.disabled.is_none() && current.password == row.password
            });
            if !still {
                return Ok(SignIn::Refused);
            }
            if second_factor::is_on(tx, row.id)? {
                let until = micros(now).saturating_add(length(policy.half_way));
                let half_way = link::issue(tx, &vault, row.id, link::HALF_WAY, until)?;
                return Ok(SignIn::SecondFactor { half_way });
            }
            refund(tx, &vault, &login, &address, 1)?;
            let session = session::open(tx, &vault, row.id, now)?;
            Ok(SignIn::In { account: row.id, session })
        })
    }

    /// Goes on where [`SignIn::SecondFactor`] stopped. `code`: six digits of the authenticator, or
    /// a recovery code, as typed. A code is good once.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn second_factor(
        &self,
        half_way: &str,
        code: &str,
        address: &str,
        now: Timestamp,
    ) -> Result<SignIn, StoreError> {
        let vault = self.node.vault.clone();
        let token = half_way.to_owned();
        let row = self.node.read(|c| {
            match link::find(c, &vault, &token, link::HALF_WAY, micros(now))? {
                Some(account) => row::by_id(c, &vault, account),
                None => Ok(None),
            }
        })?;
        let Some(row) = row else { return Ok(SignIn::Refused) };
        let login = row.profile.login.as_str().to_owned();
        if let Err(until) = self.count_attempt(&login, address, now)? {
            return Ok(SignIn::Wait { until });
        }
        let (code, address) = (code.to_owned(), address.to_owned());
        self.node.write(move |tx| {
            // Looked at again: a half-way is gone once it was used, or she was put out.
            let still = link::find(tx, &vault, &token, link::HALF_WAY, micros(now))?;
            if still != Some(row.id) || !second_factor::take(tx, &vault, row.id, &code, now)? {
                return Ok(SignIn::Refused);
            }
            link::spend(tx, &vault, &token)?;
            refund(tx, &vault, &login, &address, 2)?;
            let session = session::open(tx, &vault, row.id, now)?;
            Ok(SignIn::In { account: row.id, session })
        })
    }

    /// Sets a new password for somebody who is signed in with `session` and knows the present one.
    /// Her other sessions, and links under way, end.
    ///
    /// # Errors
    /// Refused where the present password is wrong, too many attempts were made, or the new one
    /// breaks a rule; the store's own failures.
    pub fn change_password(
        &self,
        account: AccountId,
        session: &str,
        present: &str,
        new: &str,
        now: Timestamp,
    ) -> Result<Result<(), AccountRefusal>, StoreError> {
        let vault = &self.node.vault;
        let Some(row) = self.node.read(|c| row::by_id(c, vault, account))? else {
            return Ok(Err(AccountRefusal::Unknown));
        };
        let login = row.profile.login.as_str().to_owned();
        if let Err(refusal) = password::check(new, &login) {
            return Ok(Err(refusal.into()));
        }
        if let Err(until) = self.count_attempt(&login, INSIDE, now)? {
            return Ok(Err(AccountRefusal::Wait { until }));
        }
        if !self.fits(Some(&row), present) {
            return Ok(Err(AccountRefusal::WrongPassword));
        }
        let phc = password::hash(new, &random()?, self.policy.password_cost)?;
        let kept = self.session_hash(session);
        let before = row.password;
        self.with_row(account, move |tx, vault, row| {
            if row.password != before || row.disabled.is_some() {
                return Ok(Err(AccountRefusal::WrongPassword));
            }
            row::keep_password(tx, vault, account, &phc)?;
            tx.prepare_cached("DELETE FROM session WHERE account = ?1 AND hash <> ?2")?
                .execute(params![account.as_uuid().as_bytes(), kept])?;
            refund(tx, vault, &login, INSIDE, 1)?;
            let by = By::Person(account);
            admin_log::record(tx, vault, &row.unit, now, by, Act::PasswordSet { account })?;
            Ok(Ok(()))
        })
    }

    /// Asks somebody who is signed in for her password again, before what an unlocked screen alone must
    /// not be enough for.
    ///
    /// # Errors
    /// Refused where it is wrong or too many attempts were made; the store's own failures.
    pub fn check_password(
        &self,
        account: AccountId,
        present: &str,
        now: Timestamp,
    ) -> Result<Result<(), AccountRefusal>, StoreError> {
        let vault = self.node.vault.clone();
        let Some(row) = self.node.read(|c| row::by_id(c, &vault, account))? else {
            return Ok(Err(AccountRefusal::Unknown));
        };
        let login = row.profile.login.as_str().to_owned();
        if let Err(until) = self.count_attempt(&login, INSIDE, now)? {
            return Ok(Err(AccountRefusal::Wait { until }));
        }
        if !self.fits(Some(&row), present) {
            return Ok(Err(AccountRefusal::WrongPassword));
        }
        self.node.write(move |tx| refund(tx, &vault, &login, INSIDE, 1))?;
        Ok(Ok(()))
    }

    /// Sets a password without asking for the present one: the command line's way, and the
    /// demonstration's. Sessions and links under way end.
    ///
    /// # Errors
    /// Refused where there is no such account or the password breaks a rule; the store's own failures.
    pub fn set_password(
        &self,
        account: AccountId,
        new: &str,
        by: By,
        now: Timestamp,
    ) -> Result<Result<(), AccountRefusal>, StoreError> {
        let phc = password::hash(new, &random()?, self.policy.password_cost)?;
        let new = zeroize::Zeroizing::new(new.to_owned());
        self.with_row(account, move |tx, vault, row| {
            if let Err(refusal) = password::check(&new, row.profile.login.as_str()) {
                return Ok(Err(refusal.into()));
            }
            row::keep_password(tx, vault, account, &phc)?;
            tx.prepare_cached("DELETE FROM session WHERE account = ?1")?
                .execute([account.as_uuid().as_bytes()])?;
            admin_log::record(tx, vault, &row.unit, now, by, Act::PasswordSet { account })?;
            Ok(Ok(()))
        })
    }
}
