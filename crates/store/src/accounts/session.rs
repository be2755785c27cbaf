//! Sessions: server-side, known by a random token of which the hash is kept.
//!
//! A session ends 30 minutes after its last touch and 12 hours after its start, whichever comes
//! first ([`Policy`]); it is gone at once when revoked. One that has run out is recognised for a day,
//! so that what its person was typing can be kept until she has signed in again.

use super::node::{Vault, account_id, instant, micros};
use super::person::Preferences;
use super::row;
use super::token::Token;
use super::{AccountRefusal, Accounts, Act, By, Policy, admin_log};
use crate::StoreError;
use crate::viewer::Viewer;
use catalogue::ids::AccountId;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

/// A session that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Whose it is.
    pub account: AccountId,
    /// When it began.
    pub started: Timestamp,
    /// When it was last touched, to the minute.
    pub touched: Timestamp,
    /// When it ends unless it is touched before.
    pub until: Timestamp,
    /// How its person likes her screen.
    pub preferences: Preferences,
}

/// What a person had typed when her session ran out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptInput {
    /// The path that it was sent to.
    pub path: String,
    /// The body, as it was sent.
    pub bytes: Vec<u8>,
}

impl KeptInput {
    /// The path, a zero byte, and the bytes: a path has no zero byte of its own.
    fn to_bytes(&self) -> Vec<u8> {
        let path = self.path.split('\0').next().unwrap_or_default();
        [path.as_bytes(), &[0], &self.bytes].concat()
    }

    fn from_bytes(plain: &[u8]) -> Option<KeptInput> {
        let end = plain.iter().position(|byte| *byte == 0)?;
        let (path, rest) = plain.split_at_checked(end)?;
        let path = std::str::from_utf8(path).ok()?.to_owned();
        Some(KeptInput { path, bytes: rest.get(1..)?.to_vec() })
    }
}

/// Where typed input is sealed.
const KEPT: &str = "kept_input.data";

/// The most bytes of typed input that are kept: a form, not an attachment.
pub const KEPT_BYTES_MAX: usize = 1 << 20;

/// A touch within so long of the one before is not written: one write a minute and person at most.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// Where a session stands. Pure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Stands { until: i64 },
    RunOut { since: i64 },
}

fn standing(started: i64, touched: i64, now: i64, policy: &Policy) -> Standing {
    let idle = touched.saturating_add(length(policy.session_idle));
    let until = started.saturating_add(length(policy.session_longest)).min(idle);
    if now < until { Standing::Stands { until } } else { Standing::RunOut { since: until } }
}

/// A length of time in microseconds; one beyond 290,000 years is forever.
pub(crate) fn length(of: SignedDuration) -> i64 {
    i64::try_from(of.as_micros()).unwrap_or(i64::MAX)
}

// A session and its times. Index: the primary key. $1 keyed hash of the token
const FIND: &str = "SELECT account, started, touched FROM session WHERE hash = ?1";
// $1 keyed hash  $2 account  $3 instant
const ADD: &str = "INSERT INTO session (hash, account, started, touched) VALUES (?1, ?2, ?3, ?3)";
// Never backwards: two pages may arrive in the wrong order. $1 keyed hash  $2 instant
const TOUCH: &str = "UPDATE session SET touched = max(touched, ?2) WHERE hash = ?1";

/// Opens a session for somebody who has shown who she is.
pub(crate) fn open(
    tx: &Connection,
    vault: &Vault,
    account: AccountId,
    now: Timestamp,
) -> Result<Token, StoreError> {
    let token = Token::draw("")?;
    tx.prepare_cached(ADD)?.execute(params![
        vault.fingerprint("session", token.as_str().as_bytes()),
        account.as_uuid().as_bytes(),
        micros(now)
    ])?;
    Ok(token)
}

impl Accounts {
    pub(super) fn session_hash(&self, token: &str) -> [u8; 32] {
        self.node.vault.fingerprint("session", token.as_bytes())
    }

    /// Who holds this session token, if the session stands and she is not out. Writes nothing.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn viewer_by_session(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<(Viewer, Session)>, StoreError> {
        let hash = self.session_hash(token);
        let vault = &self.node.vault;
        self.node.read(|c| {
            let Some((account, started, touched)) = find(c, &hash)? else { return Ok(None) };
            let Standing::Stands { until } = standing(started, touched, micros(now), &self.policy)
            else {
                return Ok(None);
            };
            let Some(row) = row::by_id(c, vault, account)? else { return Ok(None) };
            let Some(viewer) = row::viewer(c, &row)? else { return Ok(None) };
            let session = Session {
                account,
                started: instant(started)?,
                touched: instant(touched)?,
                until: instant(until)?,
                preferences: row.profile.preferences,
            };
            Ok(Some((viewer, session)))
        })
    }

    /// Notes that a session is in use, so that it does not run out; written once a minute at most.
    /// A session that has run out stays so.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn touch(&self, token: &str, now: Timestamp) -> Result<(), StoreError> {
        let hash = self.session_hash(token);
        let policy = self.policy;
        let now = micros(now);
        let due = move |c: &Connection| {
            Ok(find(c, &hash)?.is_some_and(|(_, started, touched)| {
                matches!(standing(started, touched, now, &policy), Standing::Stands { .. })
                    && now.saturating_sub(touched) >= length(TOUCH_EVERY)
            }))
        };
        if !self.node.read(due)? {
            return Ok(());
        }
        self.node.write(move |tx| {
            // Looked at again: it may have been revoked, or have run out, in the meantime.
            if due(tx)? {
                tx.prepare_cached(TOUCH)?.execute(params![hash, now])?;
            }
            Ok(())
        })
    }

    /// Ends a session: signing out.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn revoke(&self, token: &str) -> Result<(), StoreError> {
        let hash = self.session_hash(token);
        self.node.write(move |tx| {
            tx.prepare_cached("DELETE FROM session WHERE hash = ?1")?.execute([hash])?;
            Ok(())
        })
    }

    /// Ends every session of a person, on whatever machine.
    ///
    /// # Errors
    /// Refused where there is no such account; the store's own failures.
    pub fn revoke_all(
        &self,
        account: AccountId,
        by: By,
        now: Timestamp,
    ) -> Result<Result<(), AccountRefusal>, StoreError> {
        self.with_row(account, move |tx, vault, row| {
            tx.prepare_cached("DELETE FROM session WHERE account = ?1")?
                .execute([account.as_uuid().as_bytes()])?;
            admin_log::record(tx, vault, &row.unit, now, by, Act::SessionsEnded { account })?;
            Ok(Ok(()))
        })
    }

    /// Ends every session of a person but the one in use: she left herself signed in somewhere.
    ///
    /// # Errors
    /// Refused where there is no such account; the store's own failures.
    pub fn revoke_others(
        &self,
        account: AccountId,
        session: &str,
        by: By,
        now: Timestamp,
    ) -> Result<Result<(), AccountRefusal>, StoreError> {
        let kept = self.session_hash(session);
        self.with_row(account, move |tx, vault, row| {
            tx.prepare_cached("DELETE FROM session WHERE account = ?1 AND hash <> ?2")?
                .execute(params![account.as_uuid().as_bytes(), kept])?;
            admin_log::record(tx, vault, &row.unit, now, by, Act::SessionsEnded { account })?;
            Ok(Ok(()))
        })
    }

    /// Whose session this was, if it has run out a day ago or less, was not revoked, and she is not
    /// out. Good for keeping what she typed, and for nothing else.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn expired_session(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<AccountId>, StoreError> {
        let hash = self.session_hash(token);
        self.node.read(|c| expired(c, &hash, micros(now), &self.policy))
    }

    /// Keeps, sealed, what the person of a session that has run out had typed, in place of what was
    /// kept for her before. Returns whether it was kept.
    ///
    /// # Errors
    /// Refused where it is longer than [`KEPT_BYTES_MAX`]; the store's own failures.
    pub fn keep_input(
        &self,
        token: &str,
        input: KeptInput,
        now: Timestamp,
    ) -> Result<Result<KeptState, AccountRefusal>, StoreError> {
        let given = input.path.len().saturating_add(input.bytes.len());
        if given > KEPT_BYTES_MAX {
            return Ok(Err(AccountRefusal::InputTooLong { given, most: KEPT_BYTES_MAX }));
        }
        let hash = self.session_hash(token);
        let policy = self.policy;
        let vault = self.node.vault.clone();
        self.node.write(move |tx| {
            let Some(account) = expired(tx, &hash, micros(now), &policy)? else {
                return Ok(Ok(KeptState::NotKnown));
            };
            let plain = zeroize::Zeroizing::new(input.to_bytes());
            let sealed = vault.seal_bytes(KEPT, account.as_uuid().as_bytes(), &plain)?;
            tx.prepare_cached(
                "INSERT OR REPLACE INTO kept_input (account, at, data) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![account.as_uuid().as_bytes(), micros(now), sealed])?;
            Ok(Ok(KeptState::Kept))
        })
    }

    /// Takes what a person had typed when her session ran out: once, after she has signed in again.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn take_input(
        &self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Option<(Timestamp, KeptInput)>, StoreError> {
        let vault = self.node.vault.clone();
        let oldest = micros(now).saturating_sub(length(self.policy.input_kept));
        self.node.write(move |tx| {
            let id = account.as_uuid();
            let kept: Option<(i64, Vec<u8>)> = tx
                .prepare_cached("SELECT at, data FROM kept_input WHERE account = ?1")?
                .query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((at, sealed)) = kept else { return Ok(None) };
            tx.prepare_cached("DELETE FROM kept_input WHERE account = ?1")?
                .execute([id.as_bytes()])?;
            if at < oldest {
                return Ok(None);
            }
            let plain = vault.open_bytes(KEPT, id.as_bytes(), &sealed)?;
            let input = KeptInput::from_bytes(&plain);
            Ok(Some((instant(at)?, input.ok_or(StoreError::Malformed { what: KEPT })?)))
        })
    }

    /// Deletes what time has made worthless: sessions that are no longer recognised, links, tokens and
    /// inputs that have run out, buckets that have leaked empty. To be called now and then.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn sweep(&self, now: Timestamp) -> Result<(), StoreError> {
        let policy = self.policy;
        let now = micros(now);
        self.node.write(move |tx| {
            let forgotten = now.saturating_sub(length(policy.session_recognised));
            tx.prepare_cached("DELETE FROM session WHERE touched < ?1 OR started < ?2")?.execute(
                params![
                    forgotten.saturating_sub(length(policy.session_idle)),
                    forgotten.saturating_sub(length(policy.session_longest))
                ],
            )?;
            tx.prepare_cached("DELETE FROM kept_input WHERE at < ?1")?
                .execute([now.saturating_sub(length(policy.input_kept))])?;
            for statement in SWEEP {
                tx.prepare_cached(statement)?.execute([now])?;
            }
            Ok(())
        })
    }
}

// What has run out by itself. $1 now
const SWEEP: [&str; 3] = [
    "DELETE FROM single_use WHERE expires <= ?1",
    "DELETE FROM api_token WHERE expires <= ?1",
    "DELETE FROM attempt WHERE full_at <= ?1",
];

/// What became of what a person had typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptState {
    /// It is kept for her.
    Kept,
    /// The token is not that of a session that has run out lately: nothing was kept.
    NotKnown,
}

fn find(c: &Connection, hash: &[u8; 32]) -> Result<Option<(AccountId, i64, i64)>, StoreError> {
    Ok(c.prepare_cached(FIND)?
        .query_row([hash], |row| Ok((account_id(row, 0)?, row.get(1)?, row.get(2)?)))
        .optional()?)
}

fn expired(
    c: &Connection,
    hash: &[u8; 32],
    now: i64,
    policy: &Policy,
) -> Result<Option<AccountId>, StoreError> {
    Ok(find(c, hash)?.and_then(|(account, started, touched)| {
        match standing(started, touched, now, policy) {
            Standing::Stands { .. } => None,
            Standing::RunOut { since } => {
                let recognised = now.saturating_sub(since) <= length(policy.session_recognised);
                recognised.then_some(account)
            }
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MINUTE: i64 = 60_000_000;

    #[test]
    fn a_session_ends_when_idle_or_old_whichever_comes_first() {
        let policy = Policy::default();
        let table = [
            // started, touched, now (minutes)      ends
            (0, 0, 0, Standing::Stands { until: 30 * MINUTE }),
            (0, 0, 29, Standing::Stands { until: 30 * MINUTE }),
            (0, 0, 30, Standing::RunOut { since: 30 * MINUTE }),
            (0, 25, 54, Standing::Stands { until: 55 * MINUTE }),
            (0, 700, 719, Standing::Stands { until: 720 * MINUTE }),
            (0, 719, 720, Standing::RunOut { since: 720 * MINUTE }),
        ];
        for (started, touched, now, expected) in table {
            let found = standing(started * MINUTE, touched * MINUTE, now * MINUTE, &policy);
            assert_eq!(found, expected, "started {started}, touched {touched}, now {now}");
        }
    }

    proptest! {
        #[test]
        fn once_run_out_a_session_stays_so(
            started in 0..1_000_i64, idle in 0..800_i64, now in 0..3_000_i64, later in 0..3_000_i64,
        ) {
            let policy = Policy::default();
            let at = |minute: i64| {
                standing(started * MINUTE, (started + idle) * MINUTE, minute * MINUTE, &policy)
            };
            if let Standing::RunOut { since } = at(now) {
                prop_assert_eq!(at(now + later), Standing::RunOut { since });
            }
        }
    }
}
