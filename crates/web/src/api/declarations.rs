//! `POST /declarations/read`: a message in, its goods items out. Nothing is kept.

use super::call::{Call, MESSAGE_MAX};
use super::dossiers::unknown;
use super::route::DRY_RUN;
use crate::problem::{Fault, Place};
use app::declaration::{Format, Limits, Message, MessageError, Warning};
use axum::Json;
use serde_json::{Value, json};

/// Reads a message, quoted in JSON or as it is.
pub(super) async fn read(mut call: Call) -> Result<Json<Value>, Fault> {
    // It writes nothing anyway; keys and trial runs are taken as on every write.
    call.query(&[DRY_RUN])?.is_set("dry_run")?;
    call.command_id()?;
    let (message, pointer) = match call.media_type().as_deref() {
        Some("application/xml" | "text/xml") => (call.bytes(MESSAGE_MAX).await?, ""),
        _ => (quoted(call.json(MESSAGE_MAX).await?)?.into_bytes(), "/message"),
    };
    let read = call.app.run(move |_| {
        app::declaration::read(&message, Limits::default())
            .map(|message| written(&message))
            .map_err(|error| refused(&error, pointer))
    });
    read.await.map(Json)
}

/// The message in a body of JSON.
fn quoted(body: Value) -> Result<String, Fault> {
    let Value::Object(mut given) = body else {
        return Err(Fault::one(Place::body(""), "an object was expected"));
    };
    let errors = unknown(given.keys(), &["message"]);
    if !errors.is_empty() {
        return Err(Fault::Fields(errors));
    }
    match given.remove("message") {
        Some(Value::String(message)) => Ok(message),
        Some(_) => Err(Fault::one(Place::body("/message"), "a text was expected")),
        None => Err(Fault::one(Place::body("/message"), "is missing")),
    }
}

/// A message that cannot be read as a whole: what is wrong, with its line and column.
fn refused(error: &MessageError, pointer: &str) -> Fault {
    Fault::one(Place::body(pointer), error.to_string())
}

fn written(message: &Message) -> Value {
    let items = message.items.iter().map(|item| {
        let filled = app::declaration::fill(item);
        json!({"item": filled.item, "licence": filled.licence, "sources": filled.sources})
    });
    json!({
        "format": match message.format {
            Format::Cc515c => "cc515c",
            Format::WcoDms => "wco_dms",
        },
        "mrn": message.mrn,
        "lrn": message.lrn,
        "items": items.collect::<Vec<_>>(),
        "warnings": message.warnings.iter().map(warning).collect::<Vec<_>>(),
        "warnings_left_out": message.warnings_left_out,
    })
}

fn warning(warning: &Warning) -> Value {
    let Warning { item, field, line, problem } = warning;
    json!({"item": item, "field": field, "line": line, "detail": problem.to_string()})
}
