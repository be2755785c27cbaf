//! The overview: who works for the authority, its offices and desks, approval, the log.

use super::{Outcome, Shown, form, log, open_units, page, section, units_of};
use crate::pages::Halt;
use crate::pages::denial::denied;
use crate::pages::filled::Filled;
use crate::session::Person;
use crate::view::chrome::Place;
use crate::view::form::{Choice, TextKind, Width};
use crate::view::parts::Rich;
use crate::view::prose::{SettingsPage, SettingsRow, SettingsSection, SettingsTable};
use crate::words::{Language as Spoken, Words};
use app::accounts::{self, NewAccount, PasswordState, SecondFactorState};
use app::directory::{NewPart, Part};
use app::people::{Denial, roles_of};
use app::settings::ApprovalStep;
use app::viewer::Role;
use app::{App, Trouble};
use axum::response::Response;
use catalogue::authorities::{Competence, Language};
use catalogue::ids::AccountId;
use domain::event::Kind;
use std::collections::{BTreeMap, BTreeSet};

/// What can have been done on this page.
pub(super) const DONE: [&str; 2] = ["offices", "approval"];
/// So many changes are shown at once.
const LOG_ROWS: u32 = 20;
/// The most characters of a unit's name.
const NAME_MAX: usize = 120;

/// Where in its lists the page stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct At {
    /// The person after whom the list goes on.
    pub after: Option<AccountId>,
    /// The change before which the log goes on.
    pub before: Option<i64>,
}

/// The section in which the form with this word stands.
pub(super) fn section_of(word: &str) -> &'static str {
    match word {
        "offices" => "offices",
        "approval" => "approval",
        "log" => "log",
        _ => "people",
    }
}

/// The page.
pub(super) fn show(app: &App, person: &Person, at: At, shown: Shown) -> Result<Response, Halt> {
    let words = person.visitor.words;
    let authority = person.authority().map(|id| person.reader().unit(id)).unwrap_or_default();
    let sections = vec![
        people(app, person, at, &shown)?,
        offices(person, &shown),
        approval(app, person, &shown)?,
        changes(app, person, at)?,
    ];
    let title = words.with("settings-of", &[("authority", authority.into())]);
    let shown_page = SettingsPage {
        chrome: person.chrome(app, &title, Place::Elsewhere),
        title,
        notices: shown.notice.into_iter().collect(),
        sections,
    };
    Ok(page(shown.status, &shown_page))
}

fn people(app: &App, person: &Person, at: At, shown: &Shown) -> Result<SettingsSection, Halt> {
    let words = person.visitor.words;
    let listed = app.people(&person.viewer, at.after)?;
    let rows = listed.people.iter().map(|one| {
        let roles: Vec<String> =
            one.roles.iter().map(|role| words.code("role", role.word())).collect();
        let href = format!("/settings/people/{}", one.id);
        SettingsRow {
            cells: vec![
                Rich::new().link(one.name.as_str(), href),
                Rich::new().code(one.login.as_str()),
                person.reader().unit(&one.unit).into(),
                words.list(&roles).into(),
                standing(person, one).into(),
            ],
            buttons: Vec::new(),
        }
    });
    let heads =
        ["settings-name", "settings-login", "settings-unit", "settings-roles", "settings-standing"];
    let table =
        SettingsTable { heads: heads.map(|key| words.text(key)).to_vec(), rows: rows.collect() };
    let hint = listed.next.map(|next| {
        Rich::new().link(words.text("next-page"), format!("/settings?after={next}#people"))
    });
    let filled = shown.filled("people", &[]);
    let line = |name: &str, label: &str, kind| {
        filled.line(name, words.text(label), kind).wide(Width::Half)
    };
    let any = Choice::new("", words.text("account-language-browser"));
    let languages = Spoken::ALL.map(|one| Choice::new(one.code(), one.own_name()));
    let languages = [any].into_iter().chain(languages).collect();
    let fields = vec![
        line("people/name", "settings-name", TextKind::Words),
        line("people/login", "settings-login", TextKind::Code)
            .help(words.text("settings-login-help")),
        line("people/mail", "settings-mail", TextKind::Mail),
        filled
            .select("people/unit", words.text("settings-unit"), open_units(person))
            .wide(Width::Half),
        filled.boxes("people/roles", words.text("settings-roles"), roles(person)),
        filled
            .select("people/language", words.text("language"), languages)
            .wide(Width::Half)
            .optional(),
    ];
    let form = form(words, &filled, "people", "/settings", fields);
    Ok(SettingsSection { table: Some(table), ..section(words, "people", hint, Some(form)) })
}

/// Whether somebody can sign in, and with what.
fn standing(person: &Person, one: &accounts::Person) -> String {
    let words = person.visitor.words;
    if let Some(since) = one.disabled {
        let day = words.moment_year(since, &person.zone);
        return words.with("settings-out-since", &[("day", day.into())]);
    }
    match (one.password, one.second_factor) {
        (PasswordState::Unset, _) => words.text("settings-no-password"),
        (PasswordState::Set, SecondFactorState::Off) => words.text("settings-password-only"),
        (PasswordState::Set, SecondFactorState::On { .. }) => words.text("settings-both"),
    }
}

/// The roles that people of this authority can have.
pub(super) fn roles(person: &Person) -> Vec<Choice> {
    let words = person.visitor.words;
    let kind = person.authority().and_then(|id| person.directory.unit(id)).map(|unit| unit.kind);
    let roles = kind.map(roles_of).unwrap_or_default();
    roles
        .into_iter()
        .map(|role| {
            let choice = Choice::new(role.word(), words.code("role", role.word()));
            match words.code_hint("role", role.word()) {
                Some(hint) => choice.hint(hint),
                None => choice,
            }
        })
        .collect()
}

/// The roles that were ticked.
pub(super) fn ticked(filled: &Filled, name: &str) -> BTreeSet<Role> {
    filled.all(name).filter_map(|word| word.parse().ok()).collect()
}

fn offices(person: &Person, shown: &Shown) -> SettingsSection {
    let (words, reader) = (person.visitor.words, person.reader());
    let rows = units_of(person).into_iter().map(|unit| {
        let kind = serde_json::to_value(unit.kind).ok();
        let kind = kind.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
        let closed = unit
            .closed
            .map(|day| words.with("settings-closes", &[("day", words.day_year(day).into())]));
        SettingsRow {
            cells: vec![
                Rich::new().link(reader.name_of(unit), format!("/settings/units/{}", unit.id)),
                Rich::new().code(unit.id.as_str()),
                words.code("unit-kind", kind).into(),
                closed.unwrap_or_default().into(),
            ],
            buttons: Vec::new(),
        }
    });
    let heads = ["settings-name", "settings-code", "settings-kind", "settings-standing"];
    let table =
        SettingsTable { heads: heads.map(|key| words.text(key)).to_vec(), rows: rows.collect() };
    let filled = shown.filled("offices", &[("offices/part", "office".to_owned())]);
    let parts = ["office", "desk"].map(|part| Choice::new(part, words.code("unit-kind", part)));
    let named = |code: &str, spoken: Spoken| {
        let label = words.with("settings-name-in", &[("language", spoken.own_name().into())]);
        let field = filled.line(&format!("offices/name-{code}"), label, TextKind::Words);
        field.wide(Width::Third)
    };
    let competences = Competence::ALL.iter().map(|one| {
        let word = serde_json::to_value(one).ok();
        let word = word.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
        Choice::new(word, words.code("competence", word))
    });
    let fields = vec![
        filled
            .line("offices/id", words.text("settings-code"), TextKind::Code)
            .help(words.text("settings-code-help"))
            .wide(Width::Half),
        filled
            .select("offices/parent", words.text("settings-part-of"), open_units(person))
            .wide(Width::Half),
        filled.radios("offices/part", words.text("settings-kind"), parts.to_vec()),
        named("en", Spoken::En),
        named("de", Spoken::De).optional(),
        named("fr", Spoken::Fr).optional(),
        filled
            .boxes("offices/competences", words.text("function"), competences.collect())
            .optional(),
    ];
    let form = form(words, &filled, "offices", "/settings", fields);
    let hint = words.text("settings-offices-hint").into();
    SettingsSection { table: Some(table), ..section(words, "offices", Some(hint), Some(form)) }
}

fn approval(app: &App, person: &Person, shown: &Shown) -> Result<SettingsSection, Halt> {
    let words = person.visitor.words;
    let steps = app.approval_steps(&person.viewer)?;
    let stands: Vec<(String, String)> = steps
        .iter()
        .map(|(kind, step)| (format!("approval/{}", kind.word()), step.word().to_owned()))
        .collect();
    let stands: Vec<(&str, String)> =
        stands.iter().map(|(name, word)| (name.as_str(), word.clone())).collect();
    let filled = shown.filled("approval", &stands);
    let choices = |words: Words| {
        let step =
            |step: ApprovalStep| Choice::new(step.word(), words.code("approval-step", step.word()));
        ApprovalStep::ALL.map(step).to_vec()
    };
    let field = |kind: &Kind| {
        let label = words.code("kind", kind.word());
        let name = format!("approval/{}", kind.word());
        filled.select(&name, label, choices(words)).wide(Width::Half)
    };
    let fields = Kind::ALL.iter().map(field).collect();
    let form = form(words, &filled, "approval", "/settings", fields);
    let hint = words.text("settings-approval-hint").into();
    Ok(section(words, "approval", Some(hint), Some(form)))
}

fn changes(app: &App, person: &Person, at: At) -> Result<SettingsSection, Halt> {
    let words = person.visitor.words;
    let entries = app.admin_log(&person.viewer, at.before, LOG_ROWS + 1)?;
    let shown = usize::try_from(LOG_ROWS).unwrap_or(usize::MAX);
    let mut rows = Vec::new();
    for entry in entries.iter().take(shown) {
        rows.push(log::row(app, person, entry)?);
    }
    let next = entries.get(shown.saturating_sub(1)).filter(|_| entries.len() > shown);
    let mut hint = Rich::text(words.text("settings-log-hint"));
    if at.before.is_some() {
        hint = hint.and(" ").link(words.text("first-page"), "/settings#log");
    }
    if let Some(last) = next {
        let href = format!("/settings?before={}#log", last.id);
        hint = hint.and(" ").link(words.text("next-page"), href);
    }
    let heads = ["settings-when", "settings-who", "settings-what"];
    let table = SettingsTable { heads: heads.map(|key| words.text(key)).to_vec(), rows };
    Ok(SettingsSection { table: Some(table), ..section(words, "log", Some(hint), None) })
}

/// Does what a form of this page says.
pub(super) fn change(
    app: &App,
    person: &Person,
    word: &str,
    filled: Filled,
) -> Result<Outcome, Halt> {
    match word {
        "people" => invite(app, person, filled),
        "offices" => enter(app, person, filled),
        "approval" => settle(app, person, filled),
        _ => Err(Trouble::NotFound.into()),
    }
}

fn invite(app: &App, person: &Person, mut filled: Filled) -> Result<Outcome, Halt> {
    let words = person.visitor.words;
    let name = filled.read("people/name", &words.text("settings-name-wrong"));
    let login = filled.read("people/login", &words.text("settings-login-wrong"));
    let mail = filled.read("people/mail", &words.text("settings-mail-wrong"));
    let unit = filled.read("people/unit", &words.text("settings-unit-wrong"));
    let roles = ticked(&filled, "people/roles");
    if roles.is_empty() {
        filled.wrong("people/roles", words.text("denial-no-role"));
    }
    let (Some(name), Some(login), Some(mail), Some(unit), true) =
        (name, login, mail, unit, filled.is_right())
    else {
        return Ok(Outcome::Wrong(filled));
    };
    let language: Option<Language> = filled
        .text("people/language")
        .parse::<Spoken>()
        .ok()
        .and_then(|one| one.code().parse().ok());
    let new = NewAccount { login, name, mail, unit, roles, language };
    match app.invite(&person.viewer, new) {
        Ok(given) => Ok(Outcome::Once(super::people::link_once(app, person, &given)?)),
        Err(denial) => {
            let field = match &denial {
                Denial::Account(accounts::AccountRefusal::LoginTaken { .. }) => "people/login",
                Denial::Account(_) => "people/unit",
                _ => "people/roles",
            };
            filled.wrong(field, denied(person, denial)?);
            Ok(Outcome::Wrong(filled))
        }
    }
}

fn enter(app: &App, person: &Person, mut filled: Filled) -> Result<Outcome, Halt> {
    let words = person.visitor.words;
    let id = filled.read("offices/id", &words.text("settings-code-wrong"));
    let parent = filled.read("offices/parent", &words.text("settings-unit-wrong"));
    let mut name = BTreeMap::new();
    for spoken in Spoken::ALL {
        let field = format!("offices/name-{}", spoken.code());
        let typed = filled.text(&field).to_owned();
        if typed.chars().count() > NAME_MAX {
            filled.wrong(&field, words.text("settings-name-wrong"));
        } else if let (Ok(language), false) = (spoken.code().parse(), typed.is_empty()) {
            name.insert(language, typed);
        }
    }
    if name.is_empty() {
        filled.wrong("offices/name-en", words.text("settings-name-wrong"));
    }
    let part = if filled.text("offices/part") == "desk" { Part::Desk } else { Part::Office };
    let competences = filled
        .all("offices/competences")
        .filter_map(|word| serde_json::from_value(word.into()).ok())
        .collect();
    let (Some(id), Some(parent), true) = (id, parent, filled.is_right()) else {
        return Ok(Outcome::Wrong(filled));
    };
    match app.enter_part(&person.viewer, NewPart { id, parent, part, name, competences }) {
        Ok(()) => Ok(Outcome::Done),
        Err(denial) => {
            filled.wrong("offices/id", denied(person, denial)?);
            Ok(Outcome::Wrong(filled))
        }
    }
}

fn settle(app: &App, person: &Person, mut filled: Filled) -> Result<Outcome, Halt> {
    for kind in Kind::ALL {
        let field = format!("approval/{}", kind.word());
        let typed = filled.text(&field).to_owned();
        let Some(step) = ApprovalStep::ALL.into_iter().find(|step| step.word() == typed) else {
            continue;
        };
        if let Err(denial) = app.set_approval(&person.viewer, *kind, step) {
            filled.wrong(&field, denied(person, denial)?);
            return Ok(Outcome::Wrong(filled));
        }
    }
    Ok(Outcome::Done)
}
