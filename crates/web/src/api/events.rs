//! `GET /dossiers/{id}/events`: the events of a dossier, from a version on.

use super::call::Call;
use super::route::{LIMIT, Parameter};
use super::written;
use crate::problem::{Fault, Place};
use app::Version;
use axum::Json;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// What the query may have.
pub(super) const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "since",
        help: "A version of yours: only what was added since is given.",
        schema: || json!({"type": "string", "pattern": "^[0-9a-f]{64}$"}),
    },
    LIMIT,
];

/// A page of events; `next` is there where more follow, and `since` of the next request.
pub(super) async fn list(call: Call) -> Result<Response, Fault> {
    let given = call.query(PARAMETERS)?;
    let since = given.one::<Version>("since")?;
    let limit = usize::try_from(given.limit(50)?).unwrap_or(usize::MAX);
    let (id, viewer) = (call.dossier()?, call.viewer);
    let page = call.app.run(move |app| {
        app.events(&viewer, id, since, limit).map_err(Fault::from)?.ok_or_else(|| {
            Fault::one(Place::parameter("since"), "you never had this version of the dossier")
        })
    });
    let page = page.await?;
    let version = page.version.to_string();
    let body = json!({
        "events": page.events.iter().map(written::event).collect::<Vec<_>>(),
        "version": version,
        "next": page.more.then_some(&version),
    });
    Ok((written::etag(&page.version), Json(body)).into_response())
}
