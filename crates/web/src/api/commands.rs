//! `POST /dossiers/{id}/commands`: doing something with a dossier.

use super::call::{BODY_MAX, Call};
use super::dossiers::{TYPED, unknown};
use super::route::DRY_RUN;
use super::{shape, written};
use crate::problem::{Fault, Place};
use app::Version;
use app::dossiers::{self, Order, Run};
use axum::Json;
use axum::response::{IntoResponse, Response};
use catalogue::ids::DossierId;
use domain::body::Request;
use domain::command::Command;
use domain::event::Kind;
use serde_json::{Value, json};

/// Carries out a command.
pub(super) async fn carry_out(mut call: Call) -> Result<Response, Fault> {
    let run = if call.query(&[DRY_RUN])?.is_set("dry_run")? { Run::Dry } else { Run::Real };
    let id = call.dossier()?;
    let body = call.json(BODY_MAX).await?;
    let wanted = Wanted {
        id,
        run,
        seen: call.if_match(),
        command: call.command_id()?,
        request: call.fingerprint(&body),
        body,
    };
    let (app, viewer) = (call.app, call.viewer);
    app.run(move |app| wanted.carry_out(app, &viewer)).await
}

/// A command as it was given.
struct Wanted {
    id: DossierId,
    run: Run,
    seen: Option<Vec<Version>>,
    command: catalogue::ids::CommandId,
    request: Vec<u8>,
    body: Value,
}

impl Wanted {
    fn carry_out(self, app: &app::App, viewer: &app::viewer::Viewer) -> Result<Response, Fault> {
        // Before anything in the body is looked at: does it exist for him?
        let now = app.look(viewer, self.id)?;
        let command = parse(now.dossier.standing.kind, self.body)?;
        let seen = self.seen.and_then(|versions| {
            let current = versions.iter().find(|version| **version == now.version);
            current.or(versions.first()).copied()
        });
        let order = Order { command, seen, id: self.command, request: self.request };
        let done = app.perform_or_try(viewer, self.id, &order, self.run)?;
        let after = app.look(viewer, done.id)?;
        let mut answer = json!({
            "id": done.id,
            "state": after.dossier.standing.state,
            "version": after.version.to_string(),
        });
        if let (Some(opened), Some(answer)) = (done.opened, answer.as_object_mut()) {
            answer.insert("opened".to_owned(), json!(opened));
        }
        if let (Run::Dry, Some(answer)) = (self.run, answer.as_object_mut()) {
            answer.insert("dry_run".to_owned(), json!(true));
        }
        Ok((written::etag(&after.version), Json(answer)).into_response())
    }
}

/// Reads a command: its name, and beside it what it takes.
fn parse(kind: Kind, body: Value) -> Result<Command, Fault> {
    let Value::Object(mut given) = body else {
        return Err(Fault::one(Place::body(""), "an object was expected"));
    };
    let name = match given.remove("command") {
        None | Some(Value::Null) => {
            return Err(Fault::one(Place::body("/command"), "is missing"));
        }
        Some(Value::String(name)) => name,
        Some(_) => return Err(Fault::one(Place::body("/command"), "one value was expected")),
    };
    if name == "edit" {
        let mut errors = unknown(given.keys(), TYPED);
        given.retain(|name, _| TYPED.contains(&name.as_str()));
        errors.extend(shape::misfits(kind, &given));
        if !errors.is_empty() {
            return Err(Fault::Fields(errors));
        }
        let request = Request { given: Value::Object(given), ..Request::default() };
        return Ok(Command::Edit(request));
    }
    Ok(dossiers::command(kind, &name, &Value::Object(given))?)
}
