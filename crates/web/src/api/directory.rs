//! `/directory`: the units, and who answers a question now.

use super::call::{Call, Given};
use super::route::{CURSOR, LIMIT, Parameter};
use crate::problem::{Fault, Place};
use app::{App, Trouble};
use axum::Json;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use catalogue::authorities::{Answer, Closed, Competence, Opening, Question, Reason, Unit};
use catalogue::calendar::{CalendarError, day_in_zone};
use catalogue::ids::UnitId;
use jiff::Timestamp;
use serde_json::{Value, json};

/// What the query of the list may have.
pub(super) const LIST: &[Parameter] = &[CURSOR, LIMIT];
/// What the query of the search may have.
pub(super) const FIND: &[Parameter] = &[
    Parameter {
        name: "q",
        help: "The question in words, such as `FI, catch-all Art 4, English`.",
        schema: || json!({"type": "string", "maxLength": 500}),
    },
    Parameter {
        name: "state",
        help: "A Member State, such as `FI`; `EL` for Greece.",
        schema: || json!({"type": "string", "pattern": "^[A-Za-z]{2}$"}),
    },
    Parameter {
        name: "function",
        help: "What is asked.",
        schema: || json!({"type": "string", "enum": functions()}),
    },
    Parameter {
        name: "office",
        help: "A customs office, such as `NL000510`.",
        schema: || json!({"type": "string", "pattern": "^[A-Za-z]{2}[A-Za-z0-9]{6}$"}),
    },
    Parameter {
        name: "licence",
        help: "The number of a licence.",
        schema: || json!({"type": "string"}),
    },
    Parameter {
        name: "language",
        help: "A language that must be spoken, such as `en`.",
        schema: || json!({"type": "string"}),
    },
    Parameter {
        name: "at",
        help: "When somebody must be there; now where it is left out.",
        schema: || json!({"type": "string", "format": "date-time"}),
    },
    LIMIT,
];

/// The most characters of a question in words.
const WORDS_MAX: usize = 500;

/// `GET /directory`: the units that exist today, by id.
pub(super) async fn list(call: Call) -> Result<Json<Value>, Fault> {
    let given = call.query(LIST)?;
    let limit = usize::try_from(given.limit(50)?).unwrap_or(usize::MAX);
    let after = cursor(&given)?;
    let page = call.app.run(move |app| {
        let directory = app.directory()?;
        let now = app.clock().now();
        let mut units: Vec<&Unit> = directory
            .units()
            .filter(|unit| unit.exists_on(day_in_zone(now, &unit.zone)))
            .filter(|unit| after.as_ref().is_none_or(|after| unit.id > *after))
            .take(limit.saturating_add(1))
            .collect();
        let more = units.len() > limit;
        units.truncate(limit);
        let last = units.last().filter(|_| more).map(|unit| BASE64.encode(unit.id.as_str()));
        let units: Vec<Value> = units.into_iter().map(|unit| written(app, unit, now)).collect();
        Ok::<_, Trouble>(json!({"units": units, "next": last}))
    });
    Ok(Json(page.await?))
}

fn cursor(given: &Given) -> Result<Option<UnitId>, Fault> {
    let Some(text) = given.one::<String>("cursor")? else { return Ok(None) };
    let read = BASE64.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let unit = read.and_then(|text| text.parse().ok());
    let detail = "not a cursor: the one that the page before gave was expected";
    unit.map(Some).ok_or_else(|| Fault::one(Place::parameter("cursor"), detail))
}

/// `GET /directory/find`: who answers, now or at an instant.
pub(super) async fn find(call: Call) -> Result<Json<Value>, Fault> {
    let given = call.query(FIND)?;
    let limit = usize::try_from(given.limit(50)?).unwrap_or(usize::MAX);
    let typed = given.one::<String>("q")?;
    if typed.as_ref().is_some_and(|text| text.chars().count() > WORDS_MAX) {
        let detail = format!("at most {WORDS_MAX} characters were expected");
        return Err(Fault::one(Place::parameter("q"), detail));
    }
    let asked = Question {
        unit: None,
        state: given.one("state")?,
        kind: None,
        function: given.one::<String>("function")?.map(|word| function(&word)).transpose()?,
        office: given.one("office")?,
        licence: given.one("licence")?,
        language: given.one("language")?,
        at: given.instant("at")?,
        text: String::new(),
    };
    let found = call.app.run(move |app| {
        let directory = app.directory()?;
        let understood = typed.map(|text| directory.understand(&text)).unwrap_or_default();
        let question = Question {
            unit: understood.unit,
            state: asked.state.or(understood.state),
            kind: understood.kind,
            function: asked.function.or(understood.function),
            office: asked.office.or(understood.office),
            licence: asked.licence.or(understood.licence),
            language: asked.language.or(understood.language),
            at: asked.at.or(understood.at),
            text: understood.text,
        };
        let now = app.clock().now();
        let at = question.at.unwrap_or(now);
        let answers = directory.find(&question, now, &app.calendars());
        let answers = answers.iter().take(limit).filter_map(|answer| {
            let mut unit = written(app, directory.unit(&answer.unit)?, at);
            let reasons = reasons(answer);
            unit.as_object_mut()?.insert("reasons".to_owned(), reasons);
            Some(unit)
        });
        Ok::<_, Trouble>(json!({"at": at, "answers": answers.collect::<Vec<_>>()}))
    });
    Ok(Json(found.await?))
}

/// The words for what a unit answers.
fn functions() -> Vec<Value> {
    Competence::ALL.iter().map(|one| json!(one)).collect()
}

fn function(word: &str) -> Result<Competence, Fault> {
    let found = Competence::ALL.into_iter().find(|one| json!(one) == *word);
    found.ok_or_else(|| {
        let known: Vec<String> = Competence::ALL.iter().map(|one| json!(one).to_string()).collect();
        let detail = format!("one of {} was expected", known.join(", "));
        Fault::one(Place::parameter("function"), detail)
    })
}

/// A unit, and whether somebody is there.
fn written(app: &App, unit: &Unit, at: Timestamp) -> Value {
    let mut written = json!(unit);
    if let Some(written) = written.as_object_mut() {
        written.insert("opening".to_owned(), opening(unit.opening(at, &app.calendars())));
    }
    written
}

fn opening(opening: Result<Opening, CalendarError>) -> Value {
    match opening {
        Ok(Opening::Open { until }) => json!({"is": "open", "until": until}),
        Ok(Opening::NightContactOnly { until }) => json!({"is": "night_contact", "until": until}),
        Ok(Opening::ClosedUntil { at }) => json!({"is": "closed", "until": at}),
        Ok(Opening::ClosedToday { why }) => {
            let (why, name) = match why {
                Closed::Holiday(name) => ("holiday", name),
                Closed::OutOfTurn(reason) => ("out_of_turn", reason),
            };
            json!({"is": "closed_today", "why": why, "name": name})
        }
        Err(error) => json!({"is": "unknown", "why": error.to_string()}),
    }
}

/// Why a unit is among the answers, the weightiest reason first.
fn reasons(answer: &Answer) -> Value {
    let reason = |reason: &Reason| match reason {
        Reason::Named => json!({"reason": "named"}),
        Reason::Office(office) => json!({"reason": "office", "value": office.as_str()}),
        Reason::IssuedLicence(pattern) => {
            json!({"reason": "issued_licence", "value": pattern.to_string()})
        }
        Reason::AboveOffice(office) => json!({"reason": "above_office", "value": office.as_str()}),
        Reason::OfState(state) => json!({"reason": "of_state", "value": state.to_string()}),
        Reason::Competent(function) => json!({"reason": "competent", "value": function}),
        Reason::NameHas(word) => json!({"reason": "name_has", "value": word}),
        Reason::Speaks(language) => json!({"reason": "speaks", "value": language.to_string()}),
        Reason::OpenThen => json!({"reason": "open_then"}),
        Reason::Specialised => json!({"reason": "specialised"}),
        Reason::NightContact => json!({"reason": "night_contact"}),
    };
    answer.reasons.iter().map(reason).collect()
}
