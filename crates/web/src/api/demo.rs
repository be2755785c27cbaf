//! `POST /demo/clock`: moves the clock of a demonstration.

use super::call::{BODY_MAX, Call};
use super::dossiers::unknown;
use crate::problem::{Fault, Misfit, Place};
use crate::server::{Mode, Server};
use axum::Json;
use axum::extract::State;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde_json::{Value, json};

/// Moves case time, and answers once all that fell due is recorded and told.
pub(super) async fn move_clock(
    State(server): State<Server>,
    mut call: Call,
) -> Result<Json<Value>, Fault> {
    match server.options.mode {
        Mode::Demonstration => {}
        Mode::Real => return Err(Fault::NotFound),
    }
    let dry = call.query(&["dry_run"])?.is_set("dry_run")?;
    let body = call.json(BODY_MAX).await?;
    let answer = call.app.run(move |app| {
        let before = app.clock().now();
        let instant = parse(&body, before)?;
        if dry {
            return Ok::<_, Fault>(json!({"now": instant, "dry_run": true}));
        }
        let settled = app.move_clock(instant)?;
        Ok(json!({"now": app.clock().now(), "settled": settled}))
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
