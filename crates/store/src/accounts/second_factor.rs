//! The second factor: time-based one-time passwords (RFC 6238) and single-use recovery codes.
//!
//! Off ─begin→ being set up ─confirm with a code→ On ─remove→ Off
//!
//! Codes have six digits, change every 30 seconds, and one step either way is allowed for clocks
//! that differ. A code's time step is kept once taken: neither it nor an earlier one is taken again.

use super::node::{Vault, micros, random};
use super::token::{draw_recovery_code, fold_recovery_code};
use super::{AccountRefusal, Accounts, Act, By, admin_log};
use crate::StoreError;
use catalogue::ids::AccountId;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use totp_rs::{Builder, Secret, Totp};

/// So many recovery codes are handed out.
const RECOVERY_CODES: usize = 10;

/// What a person's authenticator needs; shown once, while it is being set up.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The secret in base 32, to be typed.
    pub secret: String,
    /// The same as an `otpauth://` address, to be scanned or followed.
    pub address: String,
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Enrolment(…)")
    }
}

// One that is being set up may be begun anew. $1 account  $2 sealed secret
const BEGIN: &str =
    "INSERT OR REPLACE INTO second_factor (account, secret, step) VALUES (?1, ?2, 0)";
// Index: the primary key. $1 account
const FIND: &str = "SELECT secret, confirmed, step FROM second_factor WHERE account = ?1";
// $1 account  $2 since when it counts  $3 the step of the code
const CONFIRM: &str = "UPDATE second_factor SET confirmed = ?2, step = ?3 WHERE account = ?1";

/// Whether a second factor is asked of a person.
pub(crate) fn is_on(c: &Connection, account: AccountId) -> Result<bool, StoreError> {
    let confirmed: Option<Option<i64>> = c
        .prepare_cached("SELECT confirmed FROM second_factor WHERE account = ?1")?
        .query_row([account.as_uuid().as_bytes()], |row| row.get(0))
        .optional()?;
    Ok(confirmed.flatten().is_some())
}

/// Takes a code, if it is right and was not taken before: it is spent from now on.
pub(crate) fn take(
    tx: &Connection,
    vault: &Vault,
    account: AccountId,
    code: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let id = account.as_uuid();
    let Some((secret, Some(_), step)) = find(tx, vault, account)? else { return Ok(false) };
    if let Some(taken) = fitting_step(&secret, code, now)?.filter(|taken| *taken > step) {
        tx.prepare_cached("UPDATE second_factor SET step = ?2 WHERE account = ?1")?
            .execute(params![id.as_bytes(), taken])?;
        return Ok(true);
    }
    let hash = recovery_hash(vault, account, code);
    let spent = tx
        .prepare_cached("DELETE FROM recovery_code WHERE account = ?1 AND hash = ?2")?
        .execute(params![id.as_bytes(), hash])?;
    Ok(spent > 0)
}

type Kept = (Vec<u8>, Option<i64>, i64);

fn find(c: &Connection, vault: &Vault, account: AccountId) -> Result<Option<Kept>, StoreError> {
    let id = account.as_uuid();
    let kept: Option<Kept> = c
        .prepare_cached(FIND)?
        .query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    kept.map(|(sealed, confirmed, step)| {
        Ok((vault.open("second_factor.secret", id.as_bytes(), &sealed)?, confirmed, step))
    })
    .transpose()
}

fn totp(secret: &[u8]) -> Result<Totp, StoreError> {
    Builder::new()
        .with_secret(Secret::from(secret))
        .build()
        .map_err(|_| StoreError::Malformed { what: "the secret of a second factor" })
}

/// The time step of which `code` is the code, if it is one of now or one step either way.
fn fitting_step(secret: &[u8], code: &str, now: Timestamp) -> Result<Option<i64>, StoreError> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = u64::try_from(now.as_second()).unwrap_or_default();
    let step = totp(secret)?.check(&digits, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

fn recovery_hash(vault: &Vault, account: AccountId, code: &str) -> [u8; 32] {
    let bound = [account.as_uuid().as_bytes(), fold_recovery_code(code).as_bytes()].concat();
    vault.fingerprint("recovery_code.hash", &bound)
}

impl Accounts {
    /// Begins to set up a second factor; it counts once it is confirmed.
    ///
    /// # Errors
    /// Refused where there is no such account, or it has one; the store's own failures.
    pub fn begin_second_factor(
        &self,
        account: AccountId,
    ) -> Result<Result<Enrolment, AccountRefusal>, StoreError> {
        self.with_row(account, move |tx, vault, row| {
            if is_on(tx, account)? {
                return Ok(Err(AccountRefusal::SecondFactorSet));
            }
            let secret = random::<20>()?;
            let id = account.as_uuid();
            let sealed = vault.seal("second_factor.secret", id.as_bytes(), secret.as_slice())?;
            tx.prepare_cached(BEGIN)?.execute(params![id.as_bytes(), sealed])?;
            let secret = Secret::from(secret.as_slice()).to_base32();
            // The grammar of sign-in names leaves nothing to escape in an address.
            let login = row.profile.login;
            let address = format!("otpauth://totp/ECM:{login}?secret={secret}&issuer=ECM");
            Ok(Ok(Enrolment { secret, address }))
        })
    }

    /// Confirms a second factor with a code of the authenticator, and hands out ten recovery codes,
    /// once. The code is spent.
    ///
    /// # Errors
    /// Refused where none is being set up, or the code is wrong; the store's own failures.
    pub fn confirm_second_factor(
        &self,
        account: AccountId,
        code: &str,
        now: Timestamp,
    ) -> Result<Result<Vec<String>, AccountRefusal>, StoreError> {
        let code = code.to_owned();
        self.with_row(account, move |tx, vault, row| {
            let Some((secret, None, _)) = find(tx, vault, account)? else {
                return Ok(Err(AccountRefusal::SecondFactorNotBegun));
            };
            let Some(step) = fitting_step(&secret, &code, now)? else {
                return Ok(Err(AccountRefusal::WrongCode));
            };
            let id = account.as_uuid();
            tx.prepare_cached(CONFIRM)?.execute(params![id.as_bytes(), micros(now), step])?;
            tx.prepare_cached("DELETE FROM recovery_code WHERE account = ?1")?
                .execute([id.as_bytes()])?;
            let mut codes = Vec::with_capacity(RECOVERY_CODES);
            for _ in 0..RECOVERY_CODES {
                let code = draw_recovery_code()?;
                tx.prepare_cached("INSERT INTO recovery_code (account, hash) VALUES (?1, ?2)")?
                    .execute(params![id.as_bytes(), recovery_hash(vault, account, &code)])?;
                codes.push(code);
            }
            let by = By::Person(account);
            admin_log::record(tx, vault, &row.unit, now, by, Act::SecondFactorOn { account })?;
            Ok(Ok(codes))
        })
    }

    /// Removes a person's second factor and recovery codes: she got a new telephone, or an
    /// administrator is sure that it is she.
    ///
    /// # Errors
    /// Refused where there is no such account; the store's own failures.
    pub fn remove_second_factor(
        &self,
        account: AccountId,
        by: By,
        now: Timestamp,
    ) -> Result<Result<(), AccountRefusal>, StoreError> {
        self.with_row(account, move |tx, vault, row| {
            let id = account.as_uuid();
            let was_on = is_on(tx, account)?;
            tx.prepare_cached("DELETE FROM recovery_code WHERE account = ?1")?
                .execute([id.as_bytes()])?;
            tx.prepare_cached("DELETE FROM second_factor WHERE account = ?1")?
                .execute([id.as_bytes()])?;
            if was_on {
                admin_log::record(tx, vault, &row.unit, now, by, Act::SecondFactorOff { account })?;
            }
            Ok(Ok(()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The secret of RFC 6238, appendix B, whose SHA-1 codes are cut to six digits here.
    const RFC: &[u8] = b"12345678901234567890";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        for (second, code) in [
            (59, "287082"),
            (1111111109, "081804"),
            (1234567890, "005924"),
            (20000000000, "353130"),
        ] {
            assert_eq!(fitting_step(RFC, code, at(second)).unwrap(), Some(second / 30), "{second}");
        }
        assert_eq!(fitting_step(RFC, " 287 082 ", at(59)).unwrap(), Some(1));
        for wrong in ["", "287083", "94287082", "28708", "äöü", "28708２"] {
            assert_eq!(fitting_step(RFC, wrong, at(59)).unwrap(), None, "`{wrong}`");
        }
    }

    proptest! {
        #[test]
        fn a_code_is_good_one_step_either_way_and_no_further(
            step in 3..50_000_000_i64, into in 0..30_i64, away in -3..=3_i64,
        ) {
            let shown = totp(RFC).unwrap().generate(u64::try_from(step * 30).unwrap()).to_string();
            let found = fitting_step(RFC, &shown, at((step + away) * 30 + into)).unwrap();
            if away.abs() <= 1 {
                // Another step's code may be the same by chance (one in a million).
                prop_assert!(found.is_some());
            } else {
                prop_assert_ne!(found, Some(step));
            }
        }
    }
}
