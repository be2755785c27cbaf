//! `GET /directory?q=&at=`: who answers this, now; all authorities where nothing is asked.
//!
//! What was typed is understood as a [`Question`], and every part of it that was understood is shown.
//! [`hours`] works out whether somebody is there, in words and as bars.

mod desk;
mod hours;
#[cfg(test)]
mod tests;

use super::page;
use crate::server::Server;
use crate::session::Person;
use crate::show::Reader;
use crate::view::chrome::{Chrome, Place};
use crate::view::directory::DirectoryPage;
use crate::view::parts::{Button, Empty, Filter, FilterGroup, Rich, Step, Tone};
use axum::Router;
use axum::extract::Query;
use axum::response::Response;
use axum::routing::get;
use catalogue::authorities::{Answer, Competence, Language, Question, Unit, UnitKind};
use catalogue::calendar::day_in_zone;
use catalogue::codes::State;
use form_urlencoded::Serializer;
use jiff::civil::DateTime;
use jiff::{Timestamp, ToSpan as _};
use serde::Serialize;
use std::collections::BTreeMap;

/// The most characters of a question.
const ASKED_MAX: usize = 500;
/// The most desks that are shown behind the best.
const SHOWN_MAX: usize = 100;
/// Until this hour of the day the evening is proposed as another time, after it the morning.
const EVENING_HOUR: i8 = 22;
/// The hour of the morning that is proposed.
const MORNING_HOUR: i8 = 9;
/// Questions that show what can be asked.
const EXAMPLES: [&str; 3] = ["FI, catch-all Art 4, English", "NL000510", "DE-26-118274-E"];

/// The directory.
pub(crate) fn routes() -> Router<Server> {
    Router::new().route("/directory", get(find))
}

async fn find(person: Person, Query(query): Query<BTreeMap<String, String>>) -> Response {
    person
        .answer(move |app, person| {
            let chrome = person.chrome(app, "", Place::Directory);
            let text = |name: &str| query.get(name).map_or("", |text| text.trim());
            let typed: String = text("q").chars().take(ASKED_MAX).collect();
            Ok(page(&Guide(person.reader()).directory_page(chrome, &typed, text("at"))))
        })
        .await
}

/// For whom the directory is looked up: a reader, with what only this page says.
struct Guide<'a>(Reader<'a>);

impl<'a> std::ops::Deref for Guide<'a> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Reader<'a> {
        &self.0
    }
}

/// The time that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum When {
    /// Now.
    Now,
    /// Another time.
    At(Timestamp),
    /// What was given cannot be read; now is shown.
    Unread(String),
}

impl Guide<'_> {
    fn directory_page(&self, chrome: Chrome, typed: &str, at: &str) -> DirectoryPage {
        let words = self.words;
        let title = words.text("directory-title");
        let when = self.when(at);
        let instant = match when {
            When::At(at) => at,
            When::Now | When::Unread(_) => self.now,
        };
        let mut question = self.directory.understand(typed);
        question.at = Some(instant);
        let mut shown = DirectoryPage {
            chrome: Chrome { title: title.clone(), ..chrome },
            title,
            hint: words.text("directory-hint"),
            query: typed.to_owned(),
            understood: Vec::new(),
            other_time: None,
            best: None,
            others_title: String::new(),
            others_note: String::new(),
            others: Vec::new(),
            filters: Vec::new(),
            empty: None,
        };
        if question.is_empty() {
            self.browse(&mut shown, instant);
        } else {
            shown.understood = self.understood(&question, &when);
            shown.other_time = self.other_time(typed, &when);
            self.answer(&mut shown, &question, instant);
        }
        shown
    }

    /// The time that was asked for: an instant, or day and time in the reader's zone.
    fn when(&self, typed: &str) -> When {
        if typed.is_empty() {
            return When::Now;
        }
        let local = || {
            let time: DateTime = typed.parse().ok()?;
            Some(time.to_zoned_datetime(self.zone.clone()).ok()?.timestamp())
        };
        let read = typed.parse().ok().or_else(local);
        read.map_or_else(|| When::Unread(typed.chars().take(40).collect()), When::At)
    }

    /// Every part of the question, with what was understood: "State: Finland".
    fn understood(&self, question: &Question, when: &When) -> Vec<String> {
        let words = self.words;
        let part = |key: &str, value: String| words.with(key, &[("value", value.into())]);
        let mut parts = Vec::new();
        let unit = question.unit.as_ref();
        parts.extend(unit.map(|unit| part("directory-is-unit", self.unit(unit))));
        let office = question.office.as_ref();
        parts.extend(office.map(|office| part("directory-is-office", office.to_string())));
        let licence = question.licence.as_ref();
        parts.extend(licence.map(|licence| part("directory-is-licence", licence.to_string())));
        parts.extend(question.state.map(|state| part("directory-is-state", self.state(state))));
        let kind = question.kind.map(|kind| words.code("unit-kind", &word(&kind)));
        parts.extend(kind.map(|kind| part("directory-is-kind", kind)));
        let function = question.function.map(|function| self.function(function));
        parts.extend(function.map(|function| part("directory-is-function", function)));
        let language = question.language.map(|language| self.language(language));
        parts.extend(language.map(|language| part("directory-is-language", language)));
        if !question.text.is_empty() {
            parts.push(part("directory-is-words", question.text.clone()));
        }
        let at = question.at.unwrap_or(self.now);
        let moment = self.moment(at);
        parts.push(match when {
            When::Now => part("directory-is-now", moment),
            When::At(_) => part("directory-is-at", moment),
            When::Unread(typed) => words.with(
                "directory-is-unread",
                &[("given", typed.as_str().into()), ("value", moment.into())],
            ),
        });
        parts
    }

    /// The same question this evening, or tomorrow morning, or now.
    fn other_time(&self, typed: &str, when: &When) -> Option<(String, String)> {
        if matches!(when, When::At(_)) {
            return Some((self.words.text("directory-now"), address(typed, None)));
        }
        let now = self.now.to_zoned_datetime(self.zone.clone());
        let (key, hour, days) = if now.hour() < EVENING_HOUR {
            ("directory-tonight", EVENING_HOUR, 0)
        } else {
            ("directory-tomorrow", MORNING_HOUR, 1)
        };
        let at = now.date().checked_add(days.days()).ok()?.at(hour, 0, 0, 0);
        let time = at.strftime("%H:%M").to_string();
        let label = self.words.with(key, &[("time", time.into())]);
        Some((label, address(typed, Some(&at.strftime("%Y-%m-%dT%H:%M").to_string()))))
    }

    /// The best answer, and the others.
    fn answer(&self, shown: &mut DirectoryPage, question: &Question, at: Timestamp) {
        let answers = self.directory.find(question, self.now, self.calendars);
        let mut answers = answers.iter();
        let best = answers.next().and_then(|best| Some((best, self.directory.unit(&best.unit)?)));
        let Some((best, unit)) = best else {
            shown.empty = Some(self.nobody());
            return;
        };
        shown.best = Some(self.desk(unit, best, question, at));
        let mut others: Vec<&Unit> =
            answers.filter_map(|answer: &Answer| self.directory.unit(&answer.unit)).collect();
        shown.others_title = self.others_title(question);
        if others.is_empty() {
            others = self.neighbours(unit, at);
            shown.others_title = self.words.text("directory-others-state");
        }
        let all = others.len();
        shown.others =
            others.into_iter().take(SHOWN_MAX).map(|unit| self.row(unit, question, at)).collect();
        shown.others_note = self.words.with(
            "directory-others-note",
            &[("shown", shown.others.len().into()), ("all", all.into())],
        );
    }

    /// The other units of a unit's State, its own authority's first.
    fn neighbours(&self, unit: &Unit, at: Timestamp) -> Vec<&Unit> {
        let authority = self.directory.authority(&unit.id).map(|found| &found.id);
        let mut units: Vec<&Unit> = self
            .directory
            .units()
            .filter(|other| other.state == unit.state && other.id != unit.id)
            .filter(|other| other.exists_on(day_in_zone(at, &other.zone)))
            .collect();
        units.sort_by_key(|other| {
            (self.directory.authority(&other.id).map(|found| &found.id) != authority, &other.id)
        });
        units
    }

    fn others_title(&self, question: &Question) -> String {
        let function = question.function.map(|function| self.function(function));
        let language = question.language.map(|language| self.language(language));
        match (function, language) {
            (Some(function), Some(language)) => self.words.with(
                "directory-others-both",
                &[("function", function.into()), ("language", language.into())],
            ),
            (Some(function), None) => {
                self.words.with("directory-others-function", &[("function", function.into())])
            }
            (None, Some(language)) => {
                self.words.with("directory-others-language", &[("language", language.into())])
            }
            (None, None) => self.words.text("directory-others"),
        }
    }

    /// Every authority, by State.
    fn browse(&self, shown: &mut DirectoryPage, at: Timestamp) {
        let mut units: Vec<&Unit> = self
            .directory
            .units()
            .filter(|unit| unit.parent.is_none())
            .filter(|unit| unit.exists_on(day_in_zone(at, &unit.zone)))
            .collect();
        // The Union's own stand last, as they stand in every list.
        units.sort_by_cached_key(|unit| {
            (unit.state.is_none(), unit.state.map(|state| self.state(state)), unit.kind)
        });
        let made_up = units.iter().any(|unit| unit.demonstration);
        let count = units.len();
        let question = Question::default();
        shown.others = units.into_iter().map(|unit| self.row(unit, &question, at)).collect();
        shown.others_title = self.words.text("directory-all");
        shown.others_note = self.words.with("directory-all-note", &[("all", count.into())]);
        if made_up {
            let mark = self.words.text("directory-made-up");
            shown.others_note = format!("{} · {mark}", shown.others_note);
        }
        let functions = Competence::ALL.iter().map(|function| {
            let label = self.function(*function);
            Filter {
                href: address(&label, None),
                label,
                count: None,
                current: false,
                tone: Tone::Plain,
            }
        });
        shown.filters = vec![FilterGroup {
            label: Some(self.words.text("directory-by-function")),
            filters: functions.collect(),
        }];
    }

    /// Nobody answers: what can be asked.
    fn nobody(&self) -> Empty {
        let steps = EXAMPLES.iter().map(|example| Step {
            text: Rich::new().code(*example),
            button: Some(Button::link(self.words.text("find"), address(example, None))),
        });
        let all = Step {
            text: self.words.text("directory-nobody-all").into(),
            button: Some(Button::link(self.words.text("directory-all"), "/directory")),
        };
        Empty {
            title: self.words.text("directory-nobody"),
            text: self.words.text("directory-nobody-text"),
            steps: steps.chain([all]).collect(),
        }
    }

    fn state(&self, state: State) -> String {
        self.words.code("member-state", state.code())
    }

    fn function(&self, function: Competence) -> String {
        self.words.code("competence", &word(&function))
    }

    fn language(&self, language: Language) -> String {
        self.words.code("language", language.as_str())
    }

    /// What people ask a unit: the kind of request that fits the question.
    fn ask(&self, unit: &Unit, question: &Question) -> Option<String> {
        let works = app::roles::may(self.viewer, app::roles::Action::Work);
        if !works || self.is_of_her_authority(&unit.id) {
            return None;
        }
        // Who holds goods tells the licensing authority by a stop.
        let holds = self.viewer.authority().and_then(|id| self.directory.unit(id));
        let holds = holds.is_some_and(|unit| unit.kind == UnitKind::Customs);
        let kind = match question.function {
            Some(Competence::Classification) => "classification",
            Some(Competence::DocumentVerification) => "document",
            Some(Competence::BorderStop) if holds && unit.kind == UnitKind::Licensing => "stop",
            Some(
                Competence::Licensing
                | Competence::CatchAll
                | Competence::BorderStop
                | Competence::RiskAnalysis
                | Competence::EndUse
                | Competence::Transit
                | Competence::Brokering
                | Competence::Contact,
            )
            | None => "information",
        };
        Some(format!("/new/{kind}?to={}", unit.id))
    }
}

/// The address of a question.
fn address(typed: &str, at: Option<&str>) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("q", typed);
    if let Some(at) = at {
        query.append_pair("at", at);
    }
    format!("/directory?{}", query.finish())
}

/// The word for a code in data, by which its name is found.
fn word(code: &impl Serialize) -> String {
    let value = serde_json::to_value(code).ok();
    value.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}
