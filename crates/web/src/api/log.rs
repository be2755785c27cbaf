//! `GET /log/checkpoint`: how large the log was and what its root, as signed at a fixed time.

use super::call::Call;
use crate::problem::Fault;
use app::App;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

/// The last checkpoint that was published, as a signed note; nothing before the first one.
pub(super) async fn checkpoint(call: Call) -> Result<Response, Fault> {
    call.query(&[])?;
    let note = call.app.run(App::last_checkpoint).await.map_err(Fault::from)?;
    let note = note.ok_or(Fault::NotFound)?;
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], note).into_response())
}
