//! Accounts: who may sign in, with what, for how long; and the one place where a person becomes a
//! [`Viewer`](crate::viewer::Viewer).
//!
//! Personal data (name, sign-in name, mail, roles) are sealed under the node's key and found by
//! keyed hash; of passwords, tokens, links and codes only hashes are kept. Times here are machine
//! time, a parameter of every call: the demonstration's clock does not move sessions.
//!
//! It is *not* where roles are given a meaning: which role may do what is a matrix elsewhere.
//!
//! Reading order: [`person`], [`password`], [`sign_in`], [`session`], [`second_factor`], [`link`],
//! [`api_token`], [`admin_log`].

pub mod admin_log;
pub mod api_token;
#[cfg(test)]
pub(crate) mod fixtures;
pub mod link;
pub(crate) mod node;
pub mod password;
pub mod person;
pub(crate) mod row;
pub mod second_factor;
pub mod session;
pub mod sign_in;
#[cfg(test)]
mod tests;
mod throttle;
mod token;

use crate::{Store, StoreError};
use catalogue::ids::{AccountId, UnitId};
use jiff::{SignedDuration, Timestamp};
use node::{Node, Vault};
use rusqlite::Connection;

pub use admin_log::{Act, By, Entry};
pub use api_token::{ApiToken, TokenId};
pub use link::{Link, Purpose};
pub use password::{PasswordCost, PasswordRefusal};
pub use person::{
    Keys, Login, MailAddress, NewAccount, PasswordState, PeoplePage, Person, PersonError,
    PersonName, Preferences, SecondFactorState, Theme,
};
pub use second_factor::Enrolment;
pub use session::{KeptInput, KeptState, Session};
pub use sign_in::SignIn;
pub use token::Token;

/// How long things last, and what checking a password costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What checking a password costs.
    pub password_cost: PasswordCost,
    /// A session ends so long after its last touch.
    pub session_idle: SignedDuration,
    /// A session ends so long after its start, however busy it is.
    pub session_longest: SignedDuration,
    /// A session that has run out is recognised for so long.
    pub session_recognised: SignedDuration,
    /// What a person was typing when her session ran out is kept for so long.
    pub input_kept: SignedDuration,
    /// Between password and second factor may lie so much.
    pub half_way: SignedDuration,
    /// An invitation is good for so long.
    pub invitation: SignedDuration,
    /// A link that resets a password is good for so long.
    pub reset: SignedDuration,
}

impl Default for Policy {
    fn default() -> Policy {
        Policy {
            password_cost: PasswordCost::Full,
            session_idle: SignedDuration::from_mins(30),
            session_longest: SignedDuration::from_hours(12),
            session_recognised: SignedDuration::from_hours(24),
            input_kept: SignedDuration::from_hours(7 * 24),
            half_way: SignedDuration::from_mins(5),
            invitation: SignedDuration::from_hours(7 * 24),
            reset: SignedDuration::from_hours(1),
        }
    }
}

/// Why something is not done to an account.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountRefusal {
    /// There is no such account.
    #[error("there is no such account")]
    Unknown,
    /// The account was disabled.
    #[error("the account is disabled; enable it first")]
    Disabled,
    /// Another account has the sign-in name.
    #[error("the sign-in name `{login}` is taken")]
    LoginTaken {
        /// The name.
        login: Login,
    },
    /// The directory has no such unit.
    #[error("the directory has no unit `{unit}`")]
    UnitUnknown {
        /// The unit as it was given.
        unit: UnitId,
    },
    /// The unit is closed, or has a date on which it closes.
    #[error("the unit `{unit}` is closed, or about to be")]
    UnitClosed {
        /// The unit.
        unit: UnitId,
    },
    /// The unit belongs to another authority than the account.
    #[error("the unit `{unit}` belongs to another authority; create a new account there")]
    OtherAuthority {
        /// The unit.
        unit: UnitId,
    },
    /// The password breaks a rule.
    #[error(transparent)]
    Password(#[from] PasswordRefusal),
    /// The password given is not that of the account.
    #[error("that is not the present password")]
    WrongPassword,
    /// Too many attempts were made.
    #[error("too many attempts were made; try again at {until}")]
    Wait {
        /// When the next attempt may be made.
        until: Timestamp,
    },
    /// The link was used, has run out, or never was.
    #[error("the link was used, has run out, or never was; ask for a new one")]
    LinkSpent,
    /// A second factor is already asked of the person.
    #[error("a second factor is set up already; remove it first")]
    SecondFactorSet,
    /// No second factor is being set up.
    #[error("no second factor is being set up; begin again")]
    SecondFactorNotBegun,
    /// The code is wrong, too old, or was used.
    #[error("the code is wrong, has run out, or was used; wait for the next one")]
    WrongCode,
    /// The name of a token is not one that can be shown.
    #[error("a token needs a name of 1 to 80 characters on one line")]
    TokenName,
    /// The token would have run out already.
    #[error("a token must run out in the future, not at {expires}")]
    TokenExpiry {
        /// When it would.
        expires: Timestamp,
    },
    /// There is no such token.
    #[error("there is no such token")]
    TokenUnknown,
    /// What was typed is too long to be kept.
    #[error("{given} bytes are more than the {most} that are kept")]
    InputTooLong {
        /// Bytes given.
        given: usize,
        /// Bytes kept at most.
        most: usize,
    },
}

/// The accounts of a node. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Accounts {
    node: Node,
    policy: Policy,
    /// The PHC string of a password that nobody knows: checking one for an unknown login costs the
    /// same as for a known one.
    decoy: std::sync::Arc<str>,
}

impl Accounts {
    /// The accounts kept in `store`.
    ///
    /// # Errors
    /// [`StoreError::Random`] where the system gives no random bytes.
    pub fn new(store: &Store, policy: Policy) -> Result<Accounts, StoreError> {
        let nobodys = Token::draw("")?;
        let decoy = password::hash(nobodys.as_str(), &node::random()?, policy.password_cost)?;
        Ok(Accounts { node: Node::of(store), policy, decoy: decoy.into() })
    }

    /// How long things last here.
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Runs `job` in the writer on an account's row; refused where there is none.
    fn with_row<T: Send + 'static>(
        &self,
        account: AccountId,
        job: impl FnOnce(&Connection, &Vault, row::Row) -> Result<Result<T, AccountRefusal>, StoreError>
        + Send
        + 'static,
    ) -> Result<Result<T, AccountRefusal>, StoreError> {
        let vault = self.node.vault.clone();
        self.node.write(move |tx| match row::by_id(tx, &vault, account)? {
            Some(row) => job(tx, &vault, row),
            None => Ok(Err(AccountRefusal::Unknown)),
        })
    }
}
