//! `/settings`: what an administrator keeps of his authority: people, offices and desks, approval, and
//! the log of changes. Each person and each unit has a page of its own.
//!
//! Every change goes through `app`, which looks whether he may; what is another authority's is not
//! found. A form that was not done comes back with what was typed.

mod log;
mod overview;
mod people;
mod units;

use super::filled::Filled;
use super::sent::{FromPerson, Sent};
use super::{Halt, lead, page_with};
use crate::server::Server;
use crate::session::Person;
use crate::view::form::{Choice, Field, FormView};
use crate::view::parts::{Icon, Notice, Rich, Tone};
use crate::view::prose::{SettingsPage, SettingsSection};
use crate::words::Words;
use app::{App, Trouble};
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use catalogue::authorities::Unit;
use catalogue::calendar::day_in_zone;
use std::collections::BTreeMap;

/// The pages of settings.
pub(crate) fn routes() -> Router<Server> {
    Router::new()
        .route("/settings", get(show))
        .route("/settings/{what}", get(to_overview).post(change))
        .route("/settings/people/{account}", get(person))
        .route("/settings/people/{account}/{act}", get(to_person).post(change_person))
        .route("/settings/units/{unit}", get(unit))
        .route("/settings/units/{unit}/{act}", get(to_unit).post(change_unit))
}

type Params = Query<BTreeMap<String, String>>;

/// What a page shows beside what is kept.
#[derive(Debug, Default)]
struct Shown {
    /// The status of the answer.
    status: StatusCode,
    /// The form that comes back: the word of its address, and what was typed.
    form: Option<(String, Filled)>,
    /// What has just been done, or what is shown once.
    notice: Option<Notice>,
}

impl Shown {
    /// What was done last, as the address says it.
    fn done(words: Words, query: &BTreeMap<String, String>, known: &[&str]) -> Shown {
        let word = query.get("done").filter(|word| known.contains(&word.as_str()));
        let notice = word.map(|word| Notice {
            tone: Tone::Done,
            icon: Icon::Check,
            text: words.code("settings-done", word).into(),
        });
        Shown { notice, ..Shown::default() }
    }

    /// A form that was not done.
    fn again(word: &str, filled: Filled) -> Shown {
        let form = Some((word.to_owned(), filled));
        Shown { status: StatusCode::UNPROCESSABLE_ENTITY, form, notice: None }
    }

    /// What was typed into the form with this word; else how it stands.
    fn filled(&self, word: &str, stands: &[(&str, String)]) -> Filled {
        match &self.form {
            Some((about, filled)) if about == word => filled.clone(),
            Some(_) | None => Filled::with(stands),
        }
    }
}

/// What came of a form.
enum Outcome {
    /// It is done.
    Done,
    /// It is done, and this is shown once.
    Once(Rich),
    /// It is not done.
    Wrong(Filled),
}

async fn show(person: Person, Query(query): Params) -> Response {
    person
        .answer(move |app, person| {
            let shown = Shown::done(person.visitor.words, &query, &overview::DONE);
            let read = |name: &str| query.get(name).map_or("", String::as_str);
            let at = overview::At {
                after: read("after").parse().ok(),
                before: read("before").parse().ok(),
            };
            overview::show(app, person, at, shown)
        })
        .await
}

async fn person(person: Person, Path(account): Path<String>, Query(query): Params) -> Response {
    person
        .answer(move |app, person| {
            let shown = Shown::done(person.visitor.words, &query, &people::DONE);
            people::show(app, person, &account, shown)
        })
        .await
}

async fn unit(person: Person, Path(unit): Path<String>, Query(query): Params) -> Response {
    person
        .answer(move |app, person| {
            let shown = Shown::done(person.visitor.words, &query, &units::DONE);
            units::show(app, person, &unit, shown)
        })
        .await
}

/// The address of a form that was sent: its section of the overview.
async fn to_overview(_person: Person, Path(what): Path<String>) -> Response {
    lead(&format!("/settings#{}", overview::section_of(&what)))
}

async fn to_person(_person: Person, Path((account, _)): Path<(String, String)>) -> Response {
    lead(&format!("/settings/people/{account}"))
}

async fn to_unit(_person: Person, Path((unit, _)): Path<(String, String)>) -> Response {
    lead(&format!("/settings/units/{unit}"))
}

async fn change(Path(what): Path<String>, FromPerson { person, sent }: FromPerson) -> Response {
    person
        .answer(move |app, person| {
            let outcome = overview::change(app, person, &what, Filled::of(&sent))?;
            let section = overview::section_of(&what);
            let here = format!("/settings?done={what}#{section}");
            answered(outcome, &what, &here, |shown| {
                overview::show(app, person, overview::At::default(), shown)
            })
        })
        .await
}

async fn change_person(
    Path((account, act)): Path<(String, String)>,
    FromPerson { person, sent }: FromPerson,
) -> Response {
    person
        .answer(move |app, person| {
            let outcome = people::change(app, person, &account, &act, Filled::of(&sent))?;
            let here = format!("/settings/people/{account}?done={act}");
            answered(outcome, &act, &here, |shown| people::show(app, person, &account, shown))
        })
        .await
}

async fn change_unit(
    Path((unit, act)): Path<(String, String)>,
    FromPerson { person, sent }: FromPerson,
) -> Response {
    person
        .answer(move |app, person| {
            let outcome = units::change(app, person, &unit, &act, Filled::of(&sent))?;
            let here = format!("/settings/units/{unit}?done={act}");
            answered(outcome, &act, &here, |shown| units::show(app, person, &unit, shown))
        })
        .await
}

/// Leads on where it is done; shows the page again where it is not, or where something is shown once.
fn answered(
    outcome: Outcome,
    word: &str,
    here: &str,
    show: impl FnOnce(Shown) -> Result<Response, Halt>,
) -> Result<Response, Halt> {
    match outcome {
        Outcome::Done => Ok(lead(here)),
        Outcome::Once(text) => {
            let notice = Notice { tone: Tone::Warn, icon: Icon::Alert, text };
            show(Shown { notice: Some(notice), ..Shown::default() })
        }
        Outcome::Wrong(filled) => show(Shown::again(word, filled)),
    }
}

/// What somebody typed into a form of settings when her session ran out, in its form again.
///
/// # Errors
/// It was no form of settings, or not one of her authority.
pub(crate) fn restored(
    app: &App,
    person: &Person,
    path: &str,
    sent: &Sent,
) -> Result<Response, Halt> {
    let notice = Notice {
        tone: Tone::Accent,
        icon: Icon::Refresh,
        text: person.visitor.words.text("kept-restored").into(),
    };
    let shown = |word: &str| Shown {
        form: Some((word.to_owned(), Filled::of(sent))),
        notice: Some(notice),
        ..Shown::default()
    };
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["", "settings", what] => overview::show(app, person, overview::At::default(), shown(what)),
        ["", "settings", "people", account, act] => people::show(app, person, account, shown(act)),
        ["", "settings", "units", unit, act] => units::show(app, person, unit, shown(act)),
        _ => Err(Trouble::NotFound.into()),
    }
}

fn page(status: StatusCode, page: &SettingsPage) -> Response {
    page_with(status, page)
}

/// A section with a form.
fn section(words: Words, id: &str, hint: Option<Rich>, form: Option<FormView>) -> SettingsSection {
    SettingsSection {
        id: id.to_owned(),
        title: words.code("settings-title", id),
        aside: String::new(),
        hint,
        scan: None,
        table: None,
        form,
    }
}

/// A form whose button and ids follow from its word.
fn form(words: Words, filled: &Filled, word: &str, base: &str, fields: Vec<Field>) -> FormView {
    let button = words.code("settings-button", word);
    filled.form(&format!("{word}-form"), &format!("{base}/{word}"), fields, button)
}

/// The units of the person's authority that exist, itself first, as choices.
fn units_of(person: &Person) -> Vec<&Unit> {
    let Some(authority) = person.authority() else { return Vec::new() };
    let directory = &person.directory;
    let mut units: Vec<&Unit> =
        directory.units().filter(|unit| directory.contains(authority, &unit.id)).collect();
    units.sort_by_key(|unit| (directory.ancestors(&unit.id).count(), &unit.id));
    units
}

/// The units in which somebody can work from now on.
fn open_units(person: &Person) -> Vec<Choice> {
    let reader = person.reader();
    units_of(person)
        .into_iter()
        .filter(|unit| unit.closed.is_none())
        .filter(|unit| unit.exists_on(day_in_zone(person.now, &unit.zone)))
        .map(|unit| {
            let name = reader.name_of(unit);
            Choice::new(unit.id.as_str(), format!("{name} ({})", unit.id))
        })
        .collect()
}
