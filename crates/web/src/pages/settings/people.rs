//! Somebody of the authority: name and mail, roles, unit, and how she gets in.

use super::overview::{roles, ticked};
use super::{Outcome, Shown, form, open_units, page, section};
use crate::pages::Halt;
use crate::pages::denial::denied;
use crate::pages::filled::Filled;
use crate::session::Person;
use crate::view::chrome::Place;
use crate::view::form::{TextKind, Width};
use crate::view::parts::{Button, Rich};
use crate::view::prose::{SettingsPage, SettingsRow, SettingsSection, SettingsTable};
use app::accounts::{self, PasswordState, Purpose, SecondFactorState};
use app::people::{Denial, LinkGiven};
use app::{App, Trouble};
use axum::response::Response;
use catalogue::ids::AccountId;

/// What can have been done on this page.
pub(super) const DONE: [&str; 7] =
    ["contact", "roles", "unit", "sessions", "factor", "leave", "return"];

fn id_of(account: &str) -> Result<AccountId, Trouble> {
    account.parse().map_err(|_| Trouble::NotFound)
}

/// The page.
pub(super) fn show(
    app: &App,
    person: &Person,
    account: &str,
    shown: Shown,
) -> Result<Response, Halt> {
    let one = app.person_of(&person.viewer, id_of(account)?)?;
    let title = one.name.to_string();
    let sections = vec![
        access(person, &one),
        contact(person, &one, &shown),
        given_roles(person, &one, &shown),
        unit(person, &one, &shown),
    ];
    let shown_page = SettingsPage {
        chrome: person.chrome(app, &title, Place::Elsewhere),
        title,
        notices: shown.notice.into_iter().collect(),
        sections,
    };
    Ok(page(shown.status, &shown_page))
}

fn base(one: &accounts::Person) -> String {
    format!("/settings/people/{}", one.id)
}

/// What can be done about how she gets in, one a row.
fn access(person: &Person, one: &accounts::Person) -> SettingsSection {
    let words = person.visitor.words;
    let row = |act: &str| SettingsRow {
        cells: vec![words.code("settings-effect", act).into()],
        buttons: vec![Button::post(
            words.code("settings-button", act),
            format!("{}/{act}", base(one)),
            &[],
        )],
    };
    let rows = match (one.disabled, one.password, one.second_factor) {
        (Some(_), _, _) => vec![row("return")],
        (None, PasswordState::Unset, _) => vec![row("link"), row("leave")],
        (None, PasswordState::Set, SecondFactorState::Off) => {
            vec![row("link"), row("sessions"), row("leave")]
        }
        (None, PasswordState::Set, SecondFactorState::On { .. }) => {
            vec![row("link"), row("factor"), row("sessions"), row("leave")]
        }
    };
    let hint = Rich::new()
        .code(one.login.as_str())
        .and(" · ")
        .link(words.text("settings-back"), "/settings#people");
    let table = SettingsTable { heads: vec![words.text("settings-effect")], rows };
    SettingsSection { table: Some(table), ..section(words, "access", Some(hint), None) }
}

fn contact(person: &Person, one: &accounts::Person, shown: &Shown) -> SettingsSection {
    let words = person.visitor.words;
    let stands = [("contact/name", one.name.to_string()), ("contact/mail", one.mail.to_string())];
    let filled = shown.filled("contact", &stands);
    let fields = vec![
        filled.line("contact/name", words.text("settings-name"), TextKind::Words).wide(Width::Half),
        filled.line("contact/mail", words.text("settings-mail"), TextKind::Mail).wide(Width::Half),
    ];
    let form = form(words, &filled, "contact", &base(one), fields);
    section(words, "contact", None, Some(form))
}

fn given_roles(person: &Person, one: &accounts::Person, shown: &Shown) -> SettingsSection {
    let words = person.visitor.words;
    let stands: Vec<(&str, String)> =
        one.roles.iter().map(|role| ("roles/roles", role.word().to_owned())).collect();
    let filled = shown.filled("roles", &stands);
    let field = filled.boxes("roles/roles", words.text("settings-roles"), roles(person));
    let form = form(words, &filled, "roles", &base(one), vec![field]);
    section(words, "roles", None, Some(form))
}

fn unit(person: &Person, one: &accounts::Person, shown: &Shown) -> SettingsSection {
    let words = person.visitor.words;
    let filled = shown.filled("unit", &[("unit/unit", one.unit.to_string())]);
    let field = filled.select("unit/unit", words.text("settings-unit"), open_units(person));
    let form = form(words, &filled, "unit", &base(one), vec![field.wide(Width::Half)]);
    let hint = words.text("settings-unit-hint").into();
    section(words, "unit", Some(hint), Some(form))
}

/// Does what a form of this page says.
pub(super) fn change(
    app: &App,
    person: &Person,
    account: &str,
    act: &str,
    mut filled: Filled,
) -> Result<Outcome, Halt> {
    let (viewer, words) = (&person.viewer, person.visitor.words);
    let id = id_of(account)?;
    let (field, done) = match act {
        "contact" => {
            let name = filled.read("contact/name", &words.text("settings-name-wrong"));
            let mail = filled.read("contact/mail", &words.text("settings-mail-wrong"));
            let (Some(name), Some(mail)) = (name, mail) else {
                return wrong(app, person, id, filled);
            };
            ("contact/name", app.change_contact(viewer, id, name, mail))
        }
        "roles" => ("roles/roles", app.give_roles(viewer, id, ticked(&filled, "roles/roles"))),
        "unit" => {
            let Some(unit) = filled.read("unit/unit", &words.text("settings-unit-wrong")) else {
                return wrong(app, person, id, filled);
            };
            ("unit/unit", app.move_person(viewer, id, unit))
        }
        "link" => match app.give_link(viewer, id) {
            Ok(given) => return Ok(Outcome::Once(link_once(app, person, &given)?)),
            Err(denial) => ("", Err(denial)),
        },
        "sessions" => ("", app.end_sessions(viewer, id)),
        "factor" => ("", app.remove_factor(viewer, id)),
        "leave" => ("", app.put_out(viewer, id)),
        "return" => ("", app.let_in(viewer, id)),
        _ => return Err(Trouble::NotFound.into()),
    };
    match done {
        Ok(()) => Ok(Outcome::Done),
        Err(denial) => refused(person, filled, field, denial),
    }
}

/// The form again; only for somebody of his authority.
fn wrong(app: &App, person: &Person, id: AccountId, filled: Filled) -> Result<Outcome, Halt> {
    app.person_of(&person.viewer, id)?;
    Ok(Outcome::Wrong(filled))
}

fn refused(
    person: &Person,
    mut filled: Filled,
    field: &str,
    denial: Denial,
) -> Result<Outcome, Halt> {
    let why = denied(person, denial)?;
    if field.is_empty() {
        return Ok(Outcome::Once(why.into()));
    }
    filled.wrong(field, why);
    Ok(Outcome::Wrong(filled))
}

/// A link that is shown once.
///
/// # Errors
/// The store fails.
pub(super) fn link_once(app: &App, person: &Person, given: &LinkGiven) -> Result<Rich, Halt> {
    let words = person.visitor.words;
    let holder = app.person_of(&person.viewer, given.account)?;
    let (key, place) = match given.purpose {
        Purpose::Invitation => ("settings-invited", "invitation"),
        Purpose::Reset => ("settings-reset", "reset"),
    };
    let values = [("name", holder.name.as_str().into()), ("mail", holder.mail.as_str().into())];
    let path = format!("/{place}/{}", given.token.as_str());
    Ok(Rich::text(words.with(key, &values)).and(" ").link(path.clone(), path))
}
