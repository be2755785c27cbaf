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
        let named: Vec<String> =
            roles.iter().map(|role| words.code("role", role.word())).collect();
        words.list(&named)
    };
    Ok(match act {
        Act::UnitAdded { unit } => about("act-unit-added", unit),
        Act::UnitChanged { unit } => about("act-unit-changed", unit),
        Act::UnitClosed { unit, on } => {
            let values =
                [("unit", reader.unit(unit).into()), ("day", words.day_year(*on).into())];
            words.with("act-unit-closed", &values)
        }
        Act::ApprovalSet { kind, from, to } => {
            let values = [
                ("kind", words.code("kind", kind.word()).into()),
                ("from", words.code("approval-step", from.word()).into()),
                ("to", words.code("approval-step", to.word()).into()),
            ];
            words.with("act-approval-set", &values)
        }
        Act::AccountCreated { account, unit, roles: given } => {
            let values = [
                ("name", name(app, *account)?.into()),
                ("unit", reader.unit(unit).into()),
                ("roles", roles(given).into()),
            ];
            words.with("act-account-created", &values)
        }
        Act::RolesSet { account, from, to } => {
            let values = [
                ("name", name(app, *account)?.into()),
                ("from", roles(from).into()),
                ("to", roles(to).into()),
            ];
            words.with("act-roles-set", &values)
        }
        Act::ContactSet { account } => of("act-contact-set", account)?,
        Act::AccountMoved { account, from, to } => {
            let values = [
                ("name", name(app, *account)?.into()),
                ("from", reader.unit(from).into()),
                ("to", reader.unit(to).into()),
            ];
            words.with("act-account-moved", &values)
        }
        Act::AccountDisabled { account } => of("act-account-disabled", account)?,
        Act::AccountEnabled { account } => of("act-account-enabled", account)?,
        Act::SessionsEnded { account } => of("act-sessions-ended", account)?,
        Act::Invited { account } => of("act-invited", account)?,
        Act::ResetIssued { account } => of("act-reset-issued", account)?,
        Act::PasswordSet { account } => of("act-password-set", account)?,
        Act::SecondFactorOn { account } => of("act-factor-on", account)?,
        Act::SecondFactorOff { account } => of("act-factor-off", account)?,
        Act::TokenIssued { account, name: token } => {
            let values =
                [("name", name(app, *account)?.into()), ("token", token.as_str().into())];
            words.with("act-token-issued", &values)
        }
        Act::TokenRevoked { account, name: token } => {
            let values =
                [("name", name(app, *account)?.into()), ("token", token.as_str().into())];
            words.with("act-token-revoked", &values)
        }
    })
}
