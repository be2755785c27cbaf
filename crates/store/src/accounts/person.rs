//! A person's account: who she is, where she works, what she may do, how she likes her screen.

use super::node::{account_id, instant, micros};
use super::row::{self, Profile};
use super::{AccountRefusal, Accounts, Act, By, admin_log};
use crate::StoreError;
use crate::viewer::{Role, Viewer};
use catalogue::authorities::Language;
use catalogue::ids::{AccountId, UnitId};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// The most rows of a list in one answer.
const ROWS_MAX: usize = 100;

/// A text that cannot be the personal datum that it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PersonError {
    /// The text breaks the grammar of sign-in names.
    #[error(
        "`{given}` is no sign-in name: expected 3 to 64 letters `a` to `z`, digits, `.`, `-` and `_`, \
         such as `marijke.dewit`"
    )]
    Login {
        /// The text as it was given.
        given: String,
    },
    /// The text is no mail address.
    #[error("`{given}` is no mail address: expected one such as `desk@customs.example`")]
    Mail {
        /// The text as it was given.
        given: String,
    },
    /// The text is no name that can be shown.
    #[error("`{given}` is no name: expected 1 to 120 characters on one line")]
    Name {
        /// The text as it was given.
        given: String,
    },
}

/// Defines a checked text of a person.
macro_rules! personal_text {
    ($(#[$doc:meta])* $name:ident, $refusal:ident, $fold:expr, $well_formed:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = PersonError;

            fn from_str(text: &str) -> Result<$name, PersonError> {
                let fold: fn(&str) -> String = $fold;
                let well_formed: fn(&str) -> bool = $well_formed;
                let folded = fold(text);
                if well_formed(&folded) {
                    Ok($name(folded))
                } else {
                    Err(PersonError::$refusal { given: text.to_owned() })
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = PersonError;

            fn try_from(text: String) -> Result<$name, PersonError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

personal_text!(
    /// What a person types to say who she is: unique on the node, in small letters.
    Login,
    Login,
    fold_login,
    |text| {
        (3..=64).contains(&text.len())
            && text.bytes().all(|b| {
                b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_')
            })
    }
);
personal_text!(
    /// Where mail reaches a person. Checked for what would break a message, not for existence.
    MailAddress,
    Mail,
    |text| text.trim().to_owned(),
    |text| {
        let printable = text.chars().all(|c| !c.is_whitespace() && !c.is_control());
        let quiet = !text.contains(['<', '>', ',', ';', '"', '(', ')', '\\']);
        let parts: Vec<&str> = text.split('@').collect();
        let filled = parts.len() == 2 && parts.iter().all(|part| !part.is_empty());
        text.len() <= 254 && printable && quiet && filled
    }
);
personal_text!(
    /// A person's name as others see it.
    PersonName,
    Name,
    |text| text.split_whitespace().collect::<Vec<_>>().join(" "),
    |text| (1..=120).contains(&text.chars().count()) && !text.chars().any(char::is_control)
);

/// A sign-in name as it was typed, folded as [`Login`] folds it.
pub(crate) fn fold_login(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// Light or dark screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system of the person's machine has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Whether single keys do something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keys {
    /// They do.
    #[default]
    On,
    /// They do nothing: what a person types to a screen reader or by voice must not set anything off
    /// (WCAG 2.1.4).
    Off,
}

/// How a person likes her screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// The language; none: as the browser asks.
    pub language: Option<Language>,
    /// Light or dark.
    #[serde(default)]
    pub theme: Theme,
    /// Whether single keys do something.
    #[serde(default)]
    pub keys: Keys,
}

/// What an account is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// Her sign-in name.
    pub login: Login,
    /// Her name as others see it.
    pub name: PersonName,
    /// Where mail reaches her.
    pub mail: MailAddress,
    /// The unit that she works for.
    pub unit: UnitId,
    /// What she may do.
    pub roles: BTreeSet<Role>,
    /// The language of her screens and mails; none: as the browser asks.
    pub language: Option<Language>,
}

/// An account as its authority's administrator and its owner see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub id: AccountId,
    /// Her sign-in name.
    pub login: Login,
    /// Her name as others see it.
    pub name: PersonName,
    /// Where mail reaches her.
    pub mail: MailAddress,
    /// The unit that she works for.
    pub unit: UnitId,
    /// What she may do.
    pub roles: BTreeSet<Role>,
    /// How she likes her screen.
    pub preferences: Preferences,
    /// Since when the account exists (machine time).
    pub created: Timestamp,
    /// Since when she is out, if she is.
    pub disabled: Option<Timestamp>,
    /// Whether she has a password.
    pub password: PasswordState,
    /// Whether a second factor is asked of her.
    pub second_factor: SecondFactorState,
}

/// Whether a person has a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordState {
    /// She has one.
    Set,
    /// She has none yet: she was invited, or is a machine that has tokens only.
    Unset,
}

/// Whether a second factor is asked of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactorState {
    /// It is not.
    Off,
    /// It is; so many recovery codes are unused.
    On {
        /// Unused recovery codes.
        recovery_codes: u32,
    },
}

/// A page of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeoplePage {
    /// At most 100, by name.
    pub people: Vec<Person>,
    /// The account after which the next page begins; none on the last page.
    pub next: Option<AccountId>,
}

// One row a person. $1 id  $2 keyed hash of login  $3 unit  $4 sealed profile  $5 instant
const ADD: &str =
    "INSERT INTO account (id, login, unit, profile, created) VALUES (?1, ?2, ?3, ?4, ?5)";
// Who works in a unit or below it. Index: unit_by_parent, account_by_unit. $1 unit
const BELOW: &str = "WITH RECURSIVE below (id) AS (VALUES (?1)
   UNION SELECT unit.id FROM unit JOIN below ON unit.parent = below.id)
 SELECT account.id FROM account JOIN below ON account.unit = below.id";
// A leaver is out at once: nothing that signs him in is left. $1 account
const LEAVE: [&str; 4] = [
    "DELETE FROM session WHERE account = ?1",
    "DELETE FROM api_token WHERE account = ?1",
    "DELETE FROM single_use WHERE account = ?1",
    "DELETE FROM kept_input WHERE account = ?1",
];

impl Accounts {
    /// Creates an account, without a password: invite the person, or set one.
    ///
    /// # Errors
    /// Refused where the login is taken, or the unit unknown or closed; the store's own failures.
    pub fn create(
        &self,
        new: NewAccount,
        by: By,
        now: Timestamp,
    ) -> Result<Result<AccountId, AccountRefusal>, StoreError> {
        let vault = self.node.vault.clone();
        let id = self.node.draw(&[b"account", new.login.as_str().as_bytes()])?;
        let id = AccountId::from_uuid(uuid::Builder::from_random_bytes(id).into_uuid());
        self.node.write(move |tx| {
            if row::by_login(tx, &vault, new.login.as_str())?.is_some() {
                return Ok(Err(AccountRefusal::LoginTaken { login: new.login }));
            }
            if let Err(refusal) = row::open_unit(tx, &new.unit)? {
                return Ok(Err(refusal));
            }
            let login = vault.fingerprint("account.login", new.login.as_str().as_bytes());
            let act = Act::AccountCreated {
                account: id,
                unit: new.unit.clone(),
                roles: new.roles.clone(),
            };
            let profile = Profile {
                login: new.login,
                name: new.name,
                mail: new.mail,
                roles: new.roles,
                preferences: Preferences { language: new.language, ..Preferences::default() },
            };
            let sealed = vault.seal("account.profile", id.as_uuid().as_bytes(), &profile)?;
            tx.prepare_cached(ADD)?.execute(params![
                id.as_uuid().as_bytes(),
                login,
                new.unit.as_str(),
                sealed,
                micros(now)
            ])?;
            admin_log::record(tx, &vault, &new.unit, now, by, act)?;
            Ok(Ok(id))
        })
    }

    /// An account as its authority's administrator and its owner see it.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn person(&self, account: AccountId) -> Result<Option<Person>, StoreError> {
        let vault = &self.node.vault;
        self.node.read(|c| row::by_id(c, vault, account)?.map(|row| person(c, row)).transpose())
    }

    /// The account with a sign-in name, however its capitals are typed.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn by_login(&self, login: &str) -> Result<Option<Person>, StoreError> {
        let vault = &self.node.vault;
        self.node.read(|c| {
            row::by_login(c, vault, &fold_login(login))?.map(|row| person(c, row)).transpose()
        })
    }

    /// A person as a viewer, for followers that act for her while she is not there, such as the one
    /// that writes her mail: what she may not see, they may not tell her. None once she is out.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn viewer_of(&self, account: AccountId) -> Result<Option<Viewer>, StoreError> {
        let vault = &self.node.vault;
        self.node.read(|c| match row::by_id(c, vault, account)? {
            Some(row) => row::viewer(c, &row),
            None => Ok(None),
        })
    }

    /// Who works in a unit or below it, by name, leavers included: 100 at a time, those after `after`.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn people(
        &self,
        unit: &UnitId,
        after: Option<AccountId>,
    ) -> Result<PeoplePage, StoreError> {
        let vault = &self.node.vault;
        self.node.read(|c| {
            let ids = c
                .prepare_cached(BELOW)?
                .query_map([unit.as_str()], |row| account_id(row, 0))?
                .collect::<Result<Vec<_>, _>>()?;
            let mut people = Vec::with_capacity(ids.len());
            for id in ids {
                if let Some(row) = row::by_id(c, vault, id)? {
                    people.push(person(c, row)?);
                }
            }
            // Names are sealed: the database cannot order by them.
            people.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
            let start = after.and_then(|after| people.iter().position(|p| p.id == after));
            let mut people = people.split_off(start.map_or(0, |at| at + 1));
            let more = people.len() > ROWS_MAX;
            people.truncate(ROWS_MAX);
            let next = people.last().filter(|_| more).map(|last| last.id);
            Ok(PeoplePage { people, next })
        })
    }

    /// Gives a person other roles.
    ///
    /// # Errors
    /// Refused where there is no such account; the store's own failures.
    pub fn set_roles(
        &self,
        account: AccountId,
        roles: BTreeSet<Role>,
        by: By,
        now: Timestamp,
    ) -> Result<Result<(), AccountRefusal>, StoreError> {
        self.with_row(account, move |tx, vault, mut row| {
            if row.profile.roles != roles {
                let act = Act::RolesSet { account, from: row.profile.roles, to: roles.clone() };
                row.profile.roles = roles;
                row::keep_profile(tx, vault, account, &row.profile)?;
                admin_log::record(tx, vault, &row.unit, now, by, act)?;
            }
            Ok(Ok(()))
        })
    }

    /// Changes a person's name and mail address.
    ///
    /// # Errors
    /// Refused where there is no such account; the store's own failures.
    pub fn set_contact(
        &self,
        account: AccountId,
        name: PersonName,
        mail: MailAddress,
        by: By,
        now: Timestamp,
    ) -> Result<Result<(), AccountRefusal>, StoreError> {
        self.with_row(account, move |tx, vault, mut row| {
            if (&row.profile.name, &row.profile.mail) != (&name, &mail) {
                row.profile.name = name;
                row.profile.mail = mail;
                row::keep_profile(tx, vault, account, &row.profile)?;
                admin_log::record(tx, vault, &row.unit, now, by, Act::ContactSet { account })?;
            }
            Ok(Ok(()))
        })
    }

    /// Lets a person work for another unit of her authority.
    ///
    /// # Errors
    /// Refused where there is no such account, the unit is unknown or closed, or is another
    /// authority's: who changes authority gets a new account, so that nothing read for the one is
    /// in reach of the other; the store's own failures.
    pub fn move_to(
        &self,
        account: AccountId,
        unit: UnitId,
        by: By,
        now: Timestamp,
    ) -> Result<Result<(), AccountRefusal>, StoreError> {
        self.with_row(account, move |tx, vault, row| {
            if let Err(refusal) = row::open_unit(tx, &unit)? {
                return Ok(Err(refusal));
            }
            if row::authority(tx, &unit)? != row::authority(tx, &row.unit)? {
                return Ok(Err(AccountRefusal::OtherAuthority { unit }));
            }
            tx.prepare_cached("UPDATE account SET unit = ?2 WHERE id = ?1")?
                .execute(params![account.as_uuid().as_bytes(), unit.as_str()])?;
            let act = Act::AccountMoved { account, from: row.unit, to: unit.clone() };
            admin_log::record(tx, vault, &unit, now, by, act)?;
            Ok(Ok(()))
        })
    }

    /// Keeps how a person likes her screen.
    ///
    /// # Errors
    /// Refused where there is no such account; the store's own failures.
    pub fn set_preferences(
        &self,
        account: AccountId,
        preferences: Preferences,
    ) -> Result<Result<(), AccountRefusal>, StoreError> {
        self.with_row(account, move |tx, vault, mut row| {
            row.profile.preferences = preferences;
            row::keep_profile(tx, vault, account, &row.profile)?;
            Ok(Ok(()))
        })
    }

    /// Puts a leaver out at once: sessions, tokens, links and what she had typed end with it.
    ///
    /// # Errors
    /// Refused where there is no such account; the store's own failures.
    pub fn disable(
        &self,
        account: AccountId,
        by: By,
        now: Timestamp,
    ) -> Result<Result<(), AccountRefusal>, StoreError> {
        self.with_row(account, move |tx, vault, row| {
            if row.disabled.is_none() {
                let id = account.as_uuid();
                tx.prepare_cached("UPDATE account SET disabled = ?2 WHERE id = ?1")?
                    .execute(params![id.as_bytes(), micros(now)])?;
                for statement in LEAVE {
                    tx.prepare_cached(statement)?.execute([id.as_bytes()])?;
                }
                admin_log::record(tx, vault, &row.unit, now, by, Act::AccountDisabled { account })?;
            }
            Ok(Ok(()))
        })
    }

    /// Lets somebody who was put out sign in again, with a new session.
    ///
    /// # Errors
    /// Refused where there is no such account; the store's own failures.
    pub fn enable(
        &self,
        account: AccountId,
        by: By,
        now: Timestamp,
    ) -> Result<Result<(), AccountRefusal>, StoreError> {
        self.with_row(account, move |tx, vault, row| {
            if row.disabled.is_some() {
                tx.prepare_cached("UPDATE account SET disabled = NULL WHERE id = ?1")?
                    .execute([account.as_uuid().as_bytes()])?;
                admin_log::record(tx, vault, &row.unit, now, by, Act::AccountEnabled { account })?;
            }
            Ok(Ok(()))
        })
    }
}

// Unused recovery codes of a confirmed second factor. Index: the primary keys. $1 account
const SECOND_FACTOR: &str = "SELECT (SELECT count(*) FROM recovery_code WHERE account = ?1)
  FROM second_factor WHERE account = ?1 AND confirmed IS NOT NULL";

fn person(c: &Connection, row: row::Row) -> Result<Person, StoreError> {
    let codes = c
        .prepare_cached(SECOND_FACTOR)?
        .query_map([row.id.as_uuid().as_bytes()], |found| found.get::<_, u32>(0))?
        .next()
        .transpose()?;
    Ok(Person {
        id: row.id,
        login: row.profile.login,
        name: row.profile.name,
        mail: row.profile.mail,
        unit: row.unit,
        roles: row.profile.roles,
        preferences: row.profile.preferences,
        created: instant(row.created)?,
        disabled: row.disabled.map(instant).transpose()?,
        password: if row.password.is_some() { PasswordState::Set } else { PasswordState::Unset },
        second_factor: codes.map_or(SecondFactorState::Off, |recovery_codes| {
            SecondFactorState::On { recovery_codes }
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_texts_are_checked_and_folded() {
        let logins = [
            ("marijke.dewit", Some("marijke.dewit")),
            (" Marijke.DeWit ", Some("marijke.dewit")),
            ("jo", None),
            ("jo hn", None),
            ("jörg", None),
            ("a@b.example", None),
        ];
        for (given, folded) in logins {
            assert_eq!(
                given.parse::<Login>().ok().map(String::from).as_deref(),
                folded,
                "`{given}`"
            );
        }
        let mails = [
            (" desk@customs.example ", Some("desk@customs.example")),
            ("desk", None),
            ("desk@", None),
            ("a@b@c", None),
            ("a@b\r\nBcc: x@y", None),
            ("<a@b>", None),
            ("a@b,c", None),
        ];
        for (given, folded) in mails {
            let mail = given.parse::<MailAddress>().ok().map(String::from);
            assert_eq!(mail.as_deref(), folded, "`{given}`");
        }
        assert_eq!(" Marijke\n de  Wit ".parse::<PersonName>().unwrap().as_str(), "Marijke de Wit");
        assert!(" ".parse::<PersonName>().is_err());
        assert!("a\u{7}b".parse::<PersonName>().is_err());
    }
}
