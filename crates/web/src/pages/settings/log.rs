//! The log of changes: who did what, when, in words.

use crate::pages::Halt;
use crate::session::Person;
use crate::view::prose::SettingsRow;
use app::App;
use app::accounts::{Act, By, Entry};
use app::viewer::Role;
use catalogue::ids::AccountId;
use std::collections::BTreeSet;

/// A change as a row.
///
/// # Errors
/// The store fails.
pub(super) fn row(app: &App, person: &Person, entry: &Entry) -> Result<SettingsRow, Halt> {
    let words = person.visitor.words;
    let who = match entry.by {
        By::Person(account) => name(app, account)?,
        By::Operator => words.text("settings-operator"),
    };
    let when = words.moment_year(entry.at, &person.zone);
    let what = sentence(app, person, &entry.act)?;
    Ok(SettingsRow { cells: vec![when.into(), who.into(), what.into()], buttons: Vec::new() })
}

/// A person's name; her account where it is there no longer.
fn name(app: &App, account: AccountId) -> Result<String, Halt> {
    let person = app.accounts().person(account)?;
    Ok(person.map_or_else(|| account.to_string(), |person| person.name.to_string()))
}

fn sentence(app: &App, person: &Person, act: &Act) -> Result<String, Halt> {
    let (words, reader) = (person.visitor.words, person.reader());
    let of = |key: &str, account: &AccountId| -> Result<String, Halt> {
        Ok(words.with(key, &[("name", name(app, *account)?.into())]))
    };
    let about = |key: &str, unit| words.with(key, &[("unit", reader.unit(unit).into())]);
    let roles = |roles: &BTreeSet<Role>| {
        let named: Vec<String> = roles.iter().map(|role| words.code("role", role.word())).collect();
        words.list(&named)
    };
    Ok(match act {
        Act::UnitAdded { unit } => about("changed-unit-added", unit),
        Act::UnitChanged { unit } => about("changed-unit-changed", unit),
        Act::UnitClosed { unit, on } => {
            let values = [("unit", reader.unit(unit).into()), ("day", words.day_year(*on).into())];
            words.with("changed-unit-closed", &values)
        }
        Act::ApprovalSet { kind, from, to } => {
            let values = [
                ("kind", words.code("kind", kind.word()).into()),
                ("from", words.code("approval-step", from.word()).into()),
                ("to", words.code("approval-step", to.word()).into()),
            ];
            words.with("changed-approval-set", &values)
        }
        Act::AccountCreated { account, unit, roles: given } => {
            let values = [
                ("name", name(app, *account)?.into()),
                ("unit", reader.unit(unit).into()),
                ("roles", roles(given).into()),
            ];
            words.with("changed-account-created", &values)
        }
        Act::RolesSet { account, from, to } => {
            let values = [
                ("name", name(app, *account)?.into()),
                ("from", roles(from).into()),
                ("to", roles(to).into()),
            ];
            words.with("changed-roles-set", &values)
        }
        Act::ContactSet { account } => of("changed-contact-set", account)?,
        Act::AccountMoved { account, from, to } => {
            let values = [
                ("name", name(app, *account)?.into()),
                ("from", reader.unit(from).into()),
                ("to", reader.unit(to).into()),
            ];
            words.with("changed-account-moved", &values)
        }
        Act::AccountDisabled { account } => of("changed-account-disabled", account)?,
        Act::AccountEnabled { account } => of("changed-account-enabled", account)?,
        Act::SessionsEnded { account } => of("changed-sessions-ended", account)?,
        Act::Invited { account } => of("changed-invited", account)?,
        Act::ResetIssued { account } => of("changed-reset-issued", account)?,
        Act::PasswordSet { account } => of("changed-password-set", account)?,
        Act::SecondFactorOn { account } => of("changed-factor-on", account)?,
        Act::SecondFactorOff { account } => of("changed-factor-off", account)?,
        Act::TokenIssued { account, name: token } => {
            let values = [("name", name(app, *account)?.into()), ("token", token.as_str().into())];
            words.with("changed-token-issued", &values)
        }
        Act::TokenRevoked { account, name: token } => {
            let values = [("name", name(app, *account)?.into()), ("token", token.as_str().into())];
            words.with("changed-token-revoked", &values)
        }
    })
}
