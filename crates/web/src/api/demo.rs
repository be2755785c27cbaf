//! `POST /demo/clock`: moves the clock of a demonstration.

use super::call::{BODY_MAX, Call, IDEMPOTENCY_KEY};
use super::dossiers::unknown;
use super::route::DRY_RUN;
use crate::problem::{Fault, Misfit, Place};
use crate::server::{Mode, Server};
use axum::Json;
use axum::extract::State;
use catalogue::ids::CommandId;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// So many moves are remembered by their keys. A demonstration needs no more, and no disk.
const REMEMBERED: usize = 100;

static MOVED: Mutex<VecDeque<Moved>> = Mutex::new(VecDeque::new());

/// A move of the clock, and what was answered.
struct Moved {
    id: CommandId,
    request: Vec<u8>,
    answer: Value,
}

/// Moves case time, and answers once all that fell due is recorded and told.
pub(super) async fn move_clock(
    State(server): State<Server>,
    mut call: Call,
) -> Result<Json<Value>, Fault> {
    match server.options.mode {
        Mode::Demonstration => {}
        Mode::Real => return Err(Fault::NotFound),
    }
    let dry = call.query(&[DRY_RUN])?.is_set("dry_run")?;
    let body = call.json(BODY_MAX).await?;
    let id = call.command_id()?;
    let id = call.headers.contains_key(IDEMPOTENCY_KEY).then_some(id);
    let request = call.fingerprint(&body);
    let answer = call.app.run(move |app| {
        // Held while the clock moves, so that a repetition waits for its answer.
        let mut moved = MOVED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(one) = moved.iter().find(|one| Some(one.id) == id) {
            return if one.request == request {
                Ok(one.answer.clone())
            } else {
                Err(Fault::OtherBody)
            };
        }
        let before = app.clock().now();
        let instant = parse(&body, before)?;
        if dry {
            return Ok::<_, Fault>(json!({"now": instant, "dry_run": true}));
        }
        let settled = app.move_clock(instant)?;
        let answer = json!({"now": app.clock().now(), "settled": settled});
        if let Some(id) = id {
            moved.truncate(REMEMBERED);
            moved.push_front(Moved { id, request, answer: answer.clone() });
        }
        Ok(answer)
    });
    answer.await.map(Json)
}

/// The instant to which the clock is moved, which is never before the present one.
fn parse(body: &Value, now: Timestamp) -> Result<Timestamp, Fault> {
    let Value::Object(given) = body else {
        return Err(Fault::one(Place::body(""), "an object was expected"));
    };
    let errors = unknown(given.keys(), &["advance", "at"]);
    if !errors.is_empty() {
        return Err(Fault::Fields(errors));
    }
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let misfit: Misfit = match (given.get("advance"), given.get("at")) {
        (Some(span), None) => {
            let place = Place::body("/advance");
            let ahead = text(span)
                .and_then(|text| text.parse::<Span>().ok())
                .filter(|span| !span.is_negative())
                .and_then(|span| now.to_zoned_datetime(TimeZone::UTC).checked_add(span).ok());
            match ahead {
                Some(instant) => return Ok(instant.timestamp()),
                None => place.with("a duration such as `P3D` or `PT8H` was expected"),
            }
        }
        (None, Some(at)) => {
            let place = Place::body("/at");
            match text(at).and_then(|text| text.parse::<Timestamp>().ok()) {
                Some(instant) if instant >= now => return Ok(instant),
                Some(_) => place.with(format!("the clock stands at {now} and never goes back")),
                None => place.with("an instant such as `2026-11-27T08:00:00Z` was expected"),
            }
        }
        (None, None) | (Some(_), Some(_)) => {
            Place::body("").with("either `advance` or `at` was expected")
        }
    };
    Err(Fault::Fields(vec![misfit]))
}
