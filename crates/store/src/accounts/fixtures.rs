//! What the tests of accounts, units, settings and outbox begin with: a folder, units, people.

use super::{Accounts, By, Login, NewAccount, PasswordCost, Policy, SignIn, Token};
use crate::keys::MasterKey;
use crate::units::Units;
use crate::viewer::Role;
use crate::{Opening, Store};
use catalogue::authorities::Unit;
use catalogue::ids::{AccountId, UnitId};
use jiff::{SignedDuration, Timestamp};
use std::path::Path;

/// A password that the rules take.
pub(crate) const PASSWORD: &str = "tulip harbour nine";
/// Where attempts to sign in come from.
pub(crate) const ADDRESS: &str = "192.0.2.7";

/// A node's folder with units, opened as often as a test likes.
pub(crate) struct World {
    pub(crate) dir: tempfile::TempDir,
    key: MasterKey,
    pub(crate) store: Store,
    pub(crate) accounts: Accounts,
}

/// So many seconds after the tests begin.
pub(crate) fn at(seconds: i64) -> Timestamp {
    "2026-11-24T09:42:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
}

pub(crate) fn id(unit: &str) -> UnitId {
    unit.parse().unwrap()
}

/// A unit as a directory file has it.
pub(crate) fn unit(id: &str, parent: Option<&str>, kind: &str, state: Option<&str>) -> Unit {
    let json = serde_json::json!({
        "id": id, "parent": parent, "kind": kind, "state": state,
        "zone": "Europe/Amsterdam", "languages": ["en"],
        "on_duty": [{"name": "Plantword Dutyperson", "function": "contact", "languages": ["en"]}],
    });
    serde_json::from_value(json).unwrap()
}

fn open(dir: &Path, key: &MasterKey, policy: Policy) -> (Store, Accounts) {
    let store = Store::open(dir, &Opening::new(key.clone(), "ecm.example/log", at(0))).unwrap();
    let accounts = Accounts::new(&store, policy).unwrap();
    (store, accounts)
}

/// The usual policy, but quick to check a password.
pub(crate) fn policy() -> Policy {
    Policy { password_cost: PasswordCost::Demonstration, ..Policy::default() }
}

impl World {
    pub(crate) fn new() -> World {
        let dir = tempfile::tempdir().unwrap();
        let key = MasterKey::generate().unwrap();
        let (store, accounts) = open(dir.path(), &key, policy());
        let units = vec![
            unit("NL000510", Some("NL-CUSTOMS"), "office", Some("NL")),
            unit("NL-CUSTOMS", None, "customs", Some("NL")),
            unit("DE-LICENSING", None, "licensing", Some("DE")),
        ];
        Units::new(&store).add(units, By::Operator, at(0)).unwrap().unwrap();
        World { dir, key, store, accounts }
    }

    /// Closes the folder and opens it again.
    pub(crate) fn reopened(self) -> World {
        let World { dir, key, store, accounts } = self;
        drop((store, accounts));
        let (store, accounts) = open(dir.path(), &key, policy());
        World { dir, key, store, accounts }
    }

    /// Somebody who works for `unit`, with [`PASSWORD`].
    pub(crate) fn person(&self, login: &str, unit: &str, roles: &[Role]) -> AccountId {
        let new = new_account(login, unit, roles);
        let account = self.accounts.create(new, By::Operator, at(0)).unwrap().unwrap();
        self.accounts.set_password(account, PASSWORD, By::Operator, at(0)).unwrap().unwrap();
        account
    }

    /// An officer of the office in Rotterdam.
    pub(crate) fn marijke(&self) -> AccountId {
        self.person("marijke.dewit", "NL000510", &[Role::Officer])
    }

    pub(crate) fn try_sign_in(&self, login: &str, password: &str, seconds: i64) -> SignIn {
        self.accounts.sign_in(login, password, ADDRESS, at(seconds)).unwrap()
    }

    /// Signs somebody in who has no second factor.
    pub(crate) fn sign_in(&self, login: &str, seconds: i64) -> Token {
        match self.try_sign_in(login, PASSWORD, seconds) {
            SignIn::In { session, .. } => session,
            other => panic!("{login} is not in: {other:?}"),
        }
    }

    /// Whether a session stands.
    pub(crate) fn stands(&self, session: &Token, seconds: i64) -> bool {
        self.accounts.viewer_by_session(session.as_str(), at(seconds)).unwrap().is_some()
    }
}

pub(crate) fn new_account(login: &str, unit: &str, roles: &[Role]) -> NewAccount {
    let login: Login = login.parse().unwrap();
    NewAccount {
        name: format!("{login} by name").parse().unwrap(),
        mail: format!("{login}@example.eu").parse().unwrap(),
        login,
        unit: id(unit),
        roles: roles.iter().copied().collect(),
        language: None,
    }
}

/// Every file under `dir` that holds one of `words` in clear, with the word.
pub(crate) fn found_on_disk(dir: &Path, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(found_on_disk(&path, words));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        for word in words {
            if bytes.windows(word.len()).any(|window| window == word.as_bytes()) {
                found.push(format!("{}: {word}", path.display()));
            }
        }
    }
    found
}
