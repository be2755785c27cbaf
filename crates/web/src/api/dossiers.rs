//! `/dossiers`: listing, opening and reading.

use super::call::{Call, MESSAGE_MAX, nearest};
use super::route::{CURSOR, DRY_RUN, LIMIT, Parameter};
use super::{schema, shape, written};
use crate::problem::{Fault, Misfit, Place};
use app::declaration;
use app::dossiers::{NewDossier, Run, Then};
use app::list::{Cursor, ListQuery};
use axum::Json;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use domain::body::Request;
use domain::event::{Kind, State, UnknownWord};
use domain::standing::Wait;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::str::FromStr;

/// What the query of the list may have; several values of a filter are separated by commas.
pub(super) const LIST: &[Parameter] = &[
    Parameter {
        name: "kind",
        help: "Only these kinds.",
        schema: || schema::several(schema::words(Kind::ALL.iter().map(|kind| kind.word()))),
    },
    Parameter {
        name: "state",
        help: "Only in these states.",
        schema: || schema::several(schema::words(State::ALL.iter().map(|state| state.word()))),
    },
    Parameter {
        name: "wait",
        help: "Only what waits on these: you (silence decides, or not), others, nobody.",
        schema: || schema::several(schema::words(Wait::ALL.into_iter().map(written::wait))),
    },
    Parameter {
        name: "home",
        help: "Only what these authorities opened.",
        schema: || schema::several(schema::unit()),
    },
    Parameter {
        name: "unit",
        help: "Only what is addressed to this one of your units.",
        schema: schema::unit,
    },
    Parameter {
        name: "due_by",
        help: "Only what is due at this instant or before.",
        schema: || json!({"type": "string", "format": "date-time"}),
    },
    CURSOR,
    LIMIT,
];

/// What the body of `POST /dossiers` may have.
pub(super) const PARTS: &[&str] =
    &["kind", "to", "form", "handling", "purpose", "legal_basis", "send", "from_declaration"];
/// Of those, what is kept as it was typed.
pub(super) const TYPED: &[&str] = &["to", "form", "handling", "purpose", "legal_basis"];

/// On whom a dossier waits, as a parameter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct WaitsOn(Wait);

impl FromStr for WaitsOn {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<WaitsOn, UnknownWord> {
        let found = Wait::ALL.into_iter().find(|wait| written::wait(*wait) == text);
        found.map(WaitsOn).ok_or_else(|| UnknownWord {
            given: text.to_owned(),
            expected: Wait::ALL.into_iter().map(written::wait).collect(),
        })
    }
}

/// `GET /dossiers`: the viewer's list, what silence decides first.
pub(super) async fn list(call: Call) -> Result<Json<Value>, Fault> {
    let given = call.query(LIST)?;
    let waits = given.many::<WaitsOn>("wait")?;
    let query = ListQuery {
        waits: waits.into_iter().map(|WaitsOn(wait)| wait).collect(),
        kinds: given.many("kind")?,
        states: given.many("state")?,
        homes: given.many("home")?,
        unit: given.one("unit")?,
        due_by: given.instant("due_by")?,
        cursor: given.one::<Cursor>("cursor")?,
        limit: given.limit(50)?,
    };
    let viewer = call.viewer;
    let page = call.app.run(move |app| app.list(&viewer, &query)).await.map_err(Fault::from)?;
    Ok(Json(json!({
        "dossiers": page.rows.iter().map(written::row).collect::<Vec<_>>(),
        "next": page.next.map(|cursor| cursor.to_string()),
    })))
}

/// `GET /dossiers/{id}`: a dossier as the viewer has it; that he read it is recorded.
pub(super) async fn read(call: Call) -> Result<Response, Fault> {
    call.query(&[])?;
    let (id, viewer) = (call.dossier()?, call.viewer);
    let seen = call.app.run(move |app| app.open(&viewer, id)).await.map_err(Fault::from)?;
    Ok((written::etag(&seen.version), Json(written::dossier(&seen))).into_response())
}

/// `POST /dossiers`: a new dossier, kept as a draft or sent at once.
pub(super) async fn open(mut call: Call) -> Result<Response, Fault> {
    let run = if call.query(&[DRY_RUN])?.is_set("dry_run")? { Run::Dry } else { Run::Real };
    let body = call.json(MESSAGE_MAX).await?;
    let id = call.command_id()?;
    let raw = call.fingerprint(&body);
    let viewer = call.viewer;
    let opened = call.app.run(move |app| {
        let (kind, request, then) = parse(body)?;
        let new = NewDossier { kind, request, then, id, raw };
        let done = app.create(&viewer, &new, run).map_err(Fault::from)?;
        match run {
            Run::Dry => Ok(None),
            Run::Real => app.look(&viewer, done.id).map(Some).map_err(Fault::from),
        }
    });
    let Some(seen) = opened.await? else {
        return Ok(Json(json!({"dry_run": true})).into_response());
    };
    let standing = &seen.dossier.standing;
    let location = [(LOCATION, format!("/api/v1/dossiers/{}", standing.id))];
    let body = json!({
        "id": standing.id,
        "reference": standing.reference,
        "state": standing.state,
        "version": seen.version.to_string(),
    });
    Ok((StatusCode::CREATED, location, written::etag(&seen.version), Json(body)).into_response())
}

/// Reads the body of `POST /dossiers`.
fn parse(body: Value) -> Result<(Kind, Request, Then), Fault> {
    let Value::Object(mut given) = body else {
        return Err(Fault::one(Place::body(""), "an object was expected"));
    };
    let mut errors = unknown(given.keys(), PARTS);
    let kind = kind(given.get("kind")).map_err(|error| errors.push(error)).ok();
    let then = match given.get("send") {
        None | Some(Value::Null | Value::Bool(false)) => Then::Keep,
        Some(Value::Bool(true)) => Then::Send,
        Some(_) => {
            errors.push(Place::body("/send").with("`true` or `false` was expected"));
            Then::Keep
        }
    };
    let filled = match given.remove("from_declaration") {
        None | Some(Value::Null) => None,
        Some(source) => from_declaration(&source).map_err(|found| errors.extend(found)).ok(),
    };
    let Some(kind) = kind.filter(|_| errors.is_empty()) else { return Err(Fault::Fields(errors)) };
    given.retain(|name, _| TYPED.contains(&name.as_str()));
    let misfits = shape::misfits(kind, &given);
    if !misfits.is_empty() {
        return Err(Fault::Fields(misfits));
    }
    let mut request = Request { given: Value::Object(given), ..Request::default() };
    if let Some(filled) = filled {
        fill(&mut request, filled)?;
    }
    Ok((kind, request, then))
}

/// The names in a body that mean nothing.
pub(super) fn unknown<'n>(
    names: impl Iterator<Item = &'n String>,
    known: &[&'static str],
) -> Vec<Misfit> {
    names
        .filter(|name| !known.contains(&name.as_str()))
        .map(|name| {
            let hint = nearest(name, known).map(|one| format!("; did you mean `{one}`?"));
            let pointer = format!("/{}", domain::form::escape(name));
            Place::Body(pointer).with(format!("no such field{}", hint.unwrap_or_default()))
        })
        .collect()
}

fn kind(given: Option<&Value>) -> Result<Kind, Misfit> {
    let place = Place::body("/kind");
    match given {
        None | Some(Value::Null) => Err(place.with("is missing")),
        Some(Value::String(word)) => {
            word.parse().map_err(|error: UnknownWord| place.with(error.to_string()))
        }
        Some(_) => Err(place.with("one value was expected")),
    }
}

/// What `from_declaration` gives: a message and the number of the item in it.
fn from_declaration(source: &Value) -> Result<declaration::Filled, Vec<Misfit>> {
    let place = |pointer: &str| Place::body(&format!("/from_declaration{pointer}"));
    let Value::Object(source) = source else {
        return Err(vec![place("").with("an object was expected")]);
    };
    let mut errors: Vec<Misfit> = unknown(source.keys(), &["message", "item"])
        .into_iter()
        .map(|misfit| match misfit.place {
            Place::Body(pointer) => place(&pointer).with(misfit.detail),
            Place::Query(_) | Place::Header(_) => misfit,
        })
        .collect();
    let number = match source.get("item") {
        None | Some(Value::Null) => Some(1),
        Some(number) => number.as_u64().and_then(|number| usize::try_from(number).ok()),
    };
    if number.is_none() {
        errors.push(place("/item").with("the number of an item, from 1, was expected"));
    }
    let message = source.get("message").and_then(Value::as_str);
    if message.is_none() {
        errors.push(place("/message").with("the text of a declaration message was expected"));
    }
    let (Some(message), Some(number), true) = (message, number, errors.is_empty()) else {
        return Err(errors);
    };
    let message = declaration::read(message.as_bytes(), declaration::Limits::default())
        .map_err(|error| vec![place("/message").with(error.to_string())])?;
    let item = number.checked_sub(1).and_then(|index| message.items.get(index));
    let items = message.items.len();
    let missing = || vec![place("/item").with(format!("the message has items 1 to {items}"))];
    item.map(declaration::fill).ok_or_else(missing)
}

/// Puts what a declaration gives into a request; what was given by hand wins.
fn fill(request: &mut Request, filled: declaration::Filled) -> Result<(), Fault> {
    let not_group = || Fault::one(Place::body("/form"), "an object was expected");
    let given = request.given.as_object_mut().ok_or_else(not_group)?;
    let form = given.entry("form").or_insert_with(|| Value::Object(Map::new()));
    if form.is_null() {
        *form = Value::Object(Map::new());
    }
    let form = form.as_object_mut().ok_or_else(not_group)?;
    let mut sources = BTreeMap::new();
    if let Some(licence) = filled.licence
        && domain::form::is_blank(form.get("licence"))
    {
        form.insert("licence".to_owned(), Value::String(licence));
        sources.insert("/licence".to_owned(), "message:item".to_owned());
    }
    let items = form.entry("items").or_insert_with(|| json!([]));
    if domain::form::is_blank(Some(items)) {
        *items = json!([]);
    }
    let not_list = || Fault::one(Place::body("/form/items"), "a list was expected");
    let items = items.as_array_mut().ok_or_else(not_list)?;
    let typed = match items.first() {
        None => Map::new(),
        Some(Value::Object(typed)) => typed.clone(),
        Some(_) => return Err(Fault::one(Place::body("/form/items/0"), "an object was expected")),
    };
    let mut item = match filled.item {
        Value::Object(item) => item,
        _ => Map::new(),
    };
    for (name, value) in typed {
        if !domain::form::is_blank(Some(&value)) {
            item.insert(name, value);
        }
    }
    let by_hand = items.first().cloned().unwrap_or(Value::Null);
    for (pointer, source) in filled.sources {
        if domain::form::is_blank(by_hand.pointer(&pointer)) {
            sources.insert(format!("/items/0{pointer}"), source);
        }
    }
    match items.first_mut() {
        Some(first) => *first = Value::Object(item),
        None => items.push(Value::Object(item)),
    }
    request.sources = sources;
    Ok(())
}
