//! What the API shows of things, in JSON.
//!
//! Of an event never: its command, its place in a strand, hashes, positions, keys of files.

use app::Version;
use app::dossiers::Seen;
use app::lists::Row;
use axum::http::header::ETAG;
use axum::http::{HeaderName, HeaderValue};
use domain::body::{Attachment, Body, Content, Event, Request};
use domain::event::{Change, Clock};
use domain::standing::Wait;
use serde_json::{Map, Value, json};

/// A version as the header that a client gives back in `If-Match`.
pub(super) fn etag(version: &Version) -> [(HeaderName, HeaderValue); 1] {
    // Hexadecimal digits between quotation marks always fit a header.
    let value = HeaderValue::from_str(&format!("\"{version}\""));
    [(ETAG, value.unwrap_or(HeaderValue::from_static("\"\"")))]
}

/// A dossier as its viewer has it.
pub(super) fn dossier(seen: &Seen) -> Value {
    let dossier = &seen.dossier;
    let standing = &dossier.standing;
    let mut written = json!({
        "id": standing.id,
        "reference": standing.reference,
        "kind": standing.kind,
        "state": standing.state,
        "version": seen.version.to_string(),
        "home": standing.home,
        "to": dossier.given("to"),
        "form": dossier.form(),
        "handling": dossier.handling,
        "purpose": dossier.given("purpose"),
        "legal_basis": dossier.given("legal_basis"),
        "distribution": standing.distribution,
        "asked": standing.asked,
        "outcome": standing.outcome,
        "sent_at": standing.sent_at,
        "assigned": dossier.assigned,
        "clocks": standing.clocks.iter().map(clock).collect::<Vec<_>>(),
        "attachments": dossier.attachments.iter().map(attachment).collect::<Vec<_>>(),
        "events": dossier.events.iter().map(event).collect::<Vec<_>>(),
    });
    let sources = dossier.request.as_ref().map(|request| &request.sources);
    if let (Some(sources), Some(written)) = (sources, written.as_object_mut()) {
        written.insert("sources".to_owned(), json!(sources));
    }
    written
}

/// A row of a list.
pub(super) fn row(row: &Row) -> Value {
    json!({
        "id": row.id,
        "reference": row.reference,
        "kind": row.kind,
        "state": row.place.state,
        "wait": wait(row.place.wait),
        "answer_by": row.place.due,
        "home": row.home,
        "last_activity": row.last_activity,
        "title": row.summary.title,
        "facts": row.summary.facts,
        "assigned": row.summary.assigned,
    })
}

/// The word for whom a dossier waits.
pub(super) const fn wait(wait: Wait) -> &'static str {
    match wait {
        Wait::SilenceDecides => "silence_decides",
        Wait::You => "you",
        Wait::Others => "others",
        Wait::Nobody => "nobody",
    }
}

/// A clock.
pub(super) fn clock(clock: &Clock) -> Value {
    json!({
        "ground": clock.ground,
        "unit": clock.unit,
        "answer_by": clock.due,
        "last_day": clock.last_day,
        "calendar": clock.calendar,
        "basis": clock.basis,
        "silence": clock.silence,
        "started": clock.started,
        "extended": clock.extended,
        "ended": clock.ended,
    })
}

/// An event.
pub(super) fn event(event: &Event) -> Value {
    let header = &event.header;
    let mut written = Map::new();
    written.insert("id".to_owned(), json!(header.id));
    written.insert("type".to_owned(), json!(header.change.what));
    written.insert("at".to_owned(), json!(header.at));
    written.insert("by".to_owned(), json!(header.by));
    let person = event.body.as_ref().and_then(|body| body.person.as_deref());
    written.insert("person".to_owned(), json!(person));
    written.insert("audience".to_owned(), json!(header.audience));
    written.insert("body".to_owned(), event.body.as_ref().map_or(Value::Null, body));
    changed(&header.change, &mut written);
    Value::Object(written)
}

/// What an event changed of how the dossier stands.
fn changed(change: &Change, written: &mut Map<String, Value>) {
    let Change { what: _, join, leave, state, clocks: _, asked: _, outcome } = change;
    let mut put = |name: &str, value: Value| written.insert(name.to_owned(), value);
    if let Some(state) = state {
        put("state", json!(state));
    }
    if let Some(outcome) = outcome {
        put("outcome", json!(outcome));
    }
    if !join.is_empty() {
        put("join", json!(join));
    }
    if !leave.is_empty() {
        put("leave", json!(leave));
    }
}

/// What was written or given with an event.
fn body(body: &Body) -> Value {
    match &body.content {
        Content::Nothing => json!({}),
        Content::Request(given) => request(given),
        Content::Text { text } => json!({"text": text}),
        Content::Reason { reason } => json!({"reason": reason}),
        Content::Disclosure(disclosure) => json!({
            "units": disclosure.units,
            "purpose": disclosure.purpose,
            "legal_basis": disclosure.legal_basis,
        }),
        Content::Units { units } => json!({"units": units}),
        Content::Ground { ground } => json!({"ground": ground}),
        Content::Assignment { person } => json!({"person": person}),
        Content::Handling { handling } => json!({"handling": handling}),
        Content::Attachment(file) => json!({"attachment": attachment(file)}),
        Content::Given { given } => given.clone(),
    }
}

fn request(request: &Request) -> Value {
    let mut written = match &request.given {
        Value::Object(given) => given.clone(),
        other => Map::from_iter([("form".to_owned(), other.clone())]),
    };
    let files: Vec<Value> = request.attachments.iter().map(attachment).collect();
    written.insert("sources".to_owned(), json!(request.sources));
    written.insert("attachments".to_owned(), json!(files));
    Value::Object(written)
}

/// A file, without its key.
pub(super) fn attachment(file: &Attachment) -> Value {
    let Attachment { id, name, media_type, bytes, sha256, key: _ } = file;
    json!({"id": id, "name": name, "media_type": media_type, "bytes": bytes, "sha256": sha256})
}
