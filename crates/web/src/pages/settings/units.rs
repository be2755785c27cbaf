//! The authority, or an office or desk of it: when somebody is there, how it is reached, its end.

use super::{Outcome, Shown, form, page, section};
use crate::pages::Halt;
use crate::pages::denial::denied;
use crate::pages::filled::Filled;
use crate::session::Person;
use crate::view::chrome::Place;
use crate::view::form::{Field, TextKind, Width};
use crate::view::parts::Rich;
use crate::view::prose::{SettingsPage, SettingsSection};
use crate::words::Words;
use app::accounts::MailAddress;
use app::directory::Entry;
use app::{App, Trouble};
use axum::response::Response;
use catalogue::authorities::{Hours, NightContact, OpenSpan, Reach, Unit};
use catalogue::ids::UnitId;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What can have been done on this page.
pub(super) const DONE: [&str; 2] = ["entry", "close"];
/// The most characters of a telephone number or a short text.
const SHORT_MAX: usize = 120;
/// The most days that are closed out of turn.
const CLOSED_DAYS_MAX: usize = 366;

/// The days that have hours of their own: the field's name, and where the hours are kept.
type Day = (&'static str, fn(&mut Hours) -> &mut Vec<OpenSpan>);
const DAYS: [Day; 8] = [
    ("mon", |hours| &mut hours.mon),
    ("tue", |hours| &mut hours.tue),
    ("wed", |hours| &mut hours.wed),
    ("thu", |hours| &mut hours.thu),
    ("fri", |hours| &mut hours.fri),
    ("sat", |hours| &mut hours.sat),
    ("sun", |hours| &mut hours.sun),
    ("holiday", |hours| &mut hours.holiday),
];

fn id_of(unit: &str) -> Result<UnitId, Trouble> {
    unit.parse().map_err(|_| Trouble::NotFound)
}

/// The page.
pub(super) fn show(app: &App, person: &Person, unit: &str, shown: Shown) -> Result<Response, Halt> {
    let unit = app.unit_of(&person.viewer, &id_of(unit)?)?;
    let title = person.reader().name_of(&unit);
    let mut sections = vec![entry(person, &unit, &shown)];
    if unit.parent.is_some() && unit.closed.is_none() {
        sections.push(close(person, &unit, &shown));
    }
    let shown_page = SettingsPage {
        chrome: person.chrome(app, &title, Place::Elsewhere),
        title,
        notices: shown.notice.into_iter().collect(),
        sections,
    };
    Ok(page(shown.status, &shown_page))
}

fn base(unit: &Unit) -> String {
    format!("/settings/units/{}", unit.id)
}

fn entry(person: &Person, unit: &Unit, shown: &Shown) -> SettingsSection {
    let words = person.visitor.words;
    let mut hours = unit.hours.clone();
    let mut stands: Vec<(String, String)> = DAYS
        .iter()
        .map(|(day, spans)| (format!("entry/{day}"), written(spans(&mut hours))))
        .collect();
    let closed: Vec<String> =
        unit.closed_days.iter().map(|(day, reason)| format!("{day} {reason}")).collect();
    let reach = &unit.reach;
    let night = reach.night.as_ref();
    stands.extend([
        ("entry/closed".to_owned(), closed.join("\n")),
        ("entry/phone".to_owned(), reach.phone.clone().unwrap_or_default()),
        ("entry/mail".to_owned(), reach.mail.clone().unwrap_or_default()),
        ("entry/night-phone".to_owned(), night.map(|it| it.phone.clone()).unwrap_or_default()),
        ("entry/night-note".to_owned(), night.map(|it| it.note.clone()).unwrap_or_default()),
    ]);
    let stands: Vec<(&str, String)> =
        stands.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let filled = shown.filled("entry", &stands);
    let form = form(words, &filled, "entry", &base(unit), fields(words, &filled));
    let values = [("zone", unit.zone.name().into())];
    let hint = Rich::new()
        .code(unit.id.as_str())
        .and(" · ")
        .and(words.with("settings-entry-hint", &values))
        .and(" · ")
        .link(words.text("settings-back"), "/settings#offices");
    section(words, "entry", Some(hint), Some(form))
}

fn fields(words: Words, filled: &Filled) -> Vec<Field> {
    let day = |(day, _): &Day| {
        let label = words.code("settings-day", day);
        let field = filled.line(&format!("entry/{day}"), label, TextKind::Words);
        field.wide(Width::Quarter).optional()
    };
    let line = |name: &str, label: &str, kind| {
        filled.line(name, words.text(label), kind).wide(Width::Half).optional()
    };
    let mut fields: Vec<Field> = DAYS.iter().map(day).collect();
    let closed = filled.lines("entry/closed", words.text("settings-closed-days"));
    fields.push(closed.help(words.text("settings-closed-days-help")).optional());
    fields.extend([
        line("entry/phone", "settings-phone", TextKind::Phone),
        line("entry/mail", "settings-mail", TextKind::Mail),
        line("entry/night-phone", "settings-night-phone", TextKind::Phone),
        line("entry/night-note", "settings-night-note", TextKind::Words),
    ]);
    fields
}

fn close(person: &Person, unit: &Unit, shown: &Shown) -> SettingsSection {
    let words = person.visitor.words;
    let filled = shown.filled("close", &[]);
    let field = filled.day("close/on", words.text("settings-close-on")).wide(Width::Half);
    let form = form(words, &filled, "close", &base(unit), vec![field]);
    let hint = words.text("settings-close-hint").into();
    section(words, "close", Some(hint), Some(form))
}

/// Does what a form of this page says.
pub(super) fn change(
    app: &App,
    person: &Person,
    unit: &str,
    act: &str,
    mut filled: Filled,
) -> Result<Outcome, Halt> {
    let (viewer, words) = (&person.viewer, person.visitor.words);
    let id = app.unit_of(viewer, &id_of(unit)?)?.id;
    let (field, done) = match act {
        "entry" => {
            let entry = read(words, &mut filled);
            if !filled.is_right() {
                return Ok(Outcome::Wrong(filled));
            }
            ("", app.change_entry(viewer, &id, entry))
        }
        "close" => {
            let Some(on) = words.parse_day(filled.text("close/on")) else {
                filled.wrong("close/on", words.text("account-no-day"));
                return Ok(Outcome::Wrong(filled));
            };
            ("close/on", app.close_part(viewer, &id, on))
        }
        _ => return Err(Trouble::NotFound.into()),
    };
    match done {
        Ok(()) => Ok(Outcome::Done),
        Err(denial) => {
            filled.wrong(field, denied(person, denial)?);
            Ok(Outcome::Wrong(filled))
        }
    }
}

fn read(words: Words, filled: &mut Filled) -> Entry {
    let mut hours = Hours::default();
    for (day, spans) in DAYS {
        let name = format!("entry/{day}");
        match open_spans(filled.text(&name)) {
            Some(read) => *spans(&mut hours) = read,
            None => filled.wrong(&name, words.text("settings-hours-wrong")),
        }
    }
    let closed_days = closed_days(words, filled.text("entry/closed"));
    if closed_days.is_none() {
        filled.wrong("entry/closed", words.text("settings-closed-days-wrong"));
    }
    let phone = phone(words, filled, "entry/phone");
    let mail = given(filled.text("entry/mail"));
    if mail.as_ref().is_some_and(|mail| mail.parse::<MailAddress>().is_err()) {
        filled.wrong("entry/mail", words.text("settings-mail-wrong"));
    }
    let note = filled.text("entry/night-note").to_owned();
    if note.chars().count() > SHORT_MAX {
        filled.wrong("entry/night-note", words.text("settings-note-wrong"));
    }
    let night_phone = self::phone(words, filled, "entry/night-phone");
    if night_phone.is_none() && !note.is_empty() && filled.text("entry/night-phone").is_empty() {
        filled.wrong("entry/night-phone", words.text("settings-phone-wrong"));
    }
    let night = night_phone.map(|phone| NightContact { phone, note });
    let reach = Reach { phone, mail, night };
    Entry { hours, closed_days: closed_days.unwrap_or_default(), reach }
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// A telephone number, if one is given; what cannot be one is said to be wrong.
fn phone(words: Words, filled: &mut Filled, name: &str) -> Option<String> {
    let typed = given(filled.text(name))?;
    let dialled = typed.chars().all(|c| c.is_ascii_digit() || " +-/().".contains(c));
    if dialled && typed.chars().any(|c| c.is_ascii_digit()) && typed.len() <= SHORT_MAX {
        return Some(typed);
    }
    filled.wrong(name, words.text("settings-phone-wrong"));
    None
}

/// "08:00-12:00, 13:00-16:15" as it is kept; none where it is not that, or stretches overlap.
fn open_spans(typed: &str) -> Option<Vec<OpenSpan>> {
    let parts = typed.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    let mut spans: Vec<OpenSpan> = parts.map(|part| part.parse().ok()).collect::<Option<_>>()?;
    spans.sort_unstable();
    let apart = spans
        .iter()
        .zip(spans.iter().skip(1))
        .all(|(one, next)| one.until_minute() <= next.from_minute());
    apart.then_some(spans)
}

fn written(spans: &[OpenSpan]) -> String {
    let spans: Vec<String> = spans.iter().map(ToString::to_string).collect();
    spans.join(", ")
}

/// A day and a reason on each line; none where a line is not that.
fn closed_days(words: Words, typed: &str) -> Option<BTreeMap<Date, String>> {
    let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
    let read = |line: &str| {
        let (day, reason) = line.split_once(char::is_whitespace)?;
        let reason = reason.trim();
        let short = (1..=SHORT_MAX).contains(&reason.chars().count());
        Some((words.parse_day(day).filter(|_| short)?, reason.to_owned()))
    };
    let days: BTreeMap<Date, String> = lines.map(read).collect::<Option<_>>()?;
    (days.len() <= CLOSED_DAYS_MAX).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_they_are_written() {
        let table = [
            ("", Some("")),
            ("08:00-16:15", Some("08:00-16:15")),
            ("13:00–16:00; 08:00-12:00", Some("08:00-12:00, 13:00-16:00")),
            ("00:00-24:00", Some("00:00-24:00")),
            ("08:00-12:00, 11:00-13:00", None),
            ("16:00-08:00", None),
            ("eight to four", None),
        ];
        for (typed, kept) in table {
            let read = open_spans(typed).map(|spans| written(&spans));
            assert_eq!(read.as_deref(), kept, "{typed}");
        }
    }

    #[test]
    fn closed_days_have_a_day_and_a_reason_each() {
        let words = Words::default();
        let read = closed_days(words, "2026-12-24 audit day\n\n31.12.2026  stocktaking ").unwrap();
        let read: Vec<(String, String)> =
            read.into_iter().map(|(day, reason)| (day.to_string(), reason)).collect();
        assert_eq!(
            read,
            [
                ("2026-12-24".to_owned(), "audit day".to_owned()),
                ("2026-12-31".to_owned(), "stocktaking".to_owned())
            ]
        );
        assert_eq!(closed_days(words, ""), Some(BTreeMap::new()));
        for wrong in ["2026-12-24", "Christmas closed", "2026-02-30 never"] {
            assert_eq!(closed_days(words, wrong), None, "{wrong}");
        }
    }
}
