//! `/dossiers/{id}/attachments`: the files of a dossier, added, listed and fetched.
//!
//! Files stream both ways. Before anything of a request is looked at it is settled whether the
//! dossier exists for who calls, and whether he may add to it.

use super::call::{Call, nearest};
use super::route::Parameter;
use super::{disposition, schema, written};
use crate::incoming::{Feeder, Incoming, bridge};
use crate::pages::files::{QUIET, disposition as download, outgoing};
use crate::problem::{Fault, Place};
use app::files::{BYTES_MAX, NewFile};
use app::roles::{self, Action};
use app::viewer::Viewer;
use app::{App, Trouble};
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::multipart::Field;
use axum::extract::{FromRequest as _, Multipart};
use axum::http::StatusCode;
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue,
    LOCATION, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse, Response};
use catalogue::ids::{AttachmentId, CommandId, DossierId};
use domain::body::Content;
use domain::command::Readers;
use futures_util::{StreamExt as _, stream};
use serde_json::json;
use std::io::Error;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::task::{JoinHandle, yield_now};

/// The type of a form with a file.
pub(super) const FORM: &str = "multipart/form-data";
/// The type of a file alone.
pub(super) const BYTES: &str = "application/octet-stream";
/// The most bytes of a form before its file begins, and of all of it beside the file.
const BESIDE_MAX: usize = 64 << 10;
/// The fields of such a form.
const FIELDS: &[&str] = &["readers", "file"];

/// What the query may have where a file is added.
pub(super) const ADD: &[Parameter] = &[
    Parameter {
        name: "name",
        help: "The name of the file; else that of its field or `Content-Disposition`.",
        schema: || json!({"type": "string", "minLength": 1}),
    },
    Parameter {
        name: "readers",
        help: "Who is to read it; everyone on the list where it is left out.",
        schema: readers,
    },
];

/// Who is to read a file, as a schema.
pub(super) fn readers() -> serde_json::Value {
    schema::words(Audience::ALL.iter().map(|one| one.word()))
}

/// Who is to read a file, as a word.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Audience(Readers);

impl Audience {
    const ALL: [Audience; 2] = [Audience(Readers::Everyone), Audience(Readers::OwnAuthority)];

    const fn word(self) -> &'static str {
        match self.0 {
            Readers::Everyone => "everyone",
            Readers::OwnAuthority => "own_authority",
        }
    }
}

impl FromStr for Audience {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Audience, &'static str> {
        let found = Audience::ALL.into_iter().find(|one| one.word() == text);
        found.ok_or("`everyone` or `own_authority` was expected")
    }
}

/// What is known of a file before it comes.
struct Asked {
    dossier: DossierId,
    command: CommandId,
    name: Option<String>,
    readers: Option<Audience>,
}

/// `POST /dossiers/{id}/attachments`: adds a file.
pub(super) async fn add(call: Call) -> Result<Response, Fault> {
    let (dossier, viewer) = (call.dossier()?, call.viewer.clone());
    let allowed = call.app.run(move |app| {
        app.look(&viewer, dossier)?;
        if roles::may(&viewer, Action::Work) { Ok(()) } else { Err(Trouble::Role) }
    });
    allowed.await?;
    let given = call.query(ADD)?;
    let asked = Asked {
        dossier,
        command: call.command_id()?,
        name: given.one("name")?,
        readers: given.one("readers")?,
    };
    let bytes_max = usize::try_from(BYTES_MAX).unwrap_or(usize::MAX);
    match call.media_type().as_deref() {
        Some(BYTES) => {
            call.announces_at_most(bytes_max)?;
            alone(call, asked).await
        }
        Some(FORM) => {
            call.announces_at_most(bytes_max.saturating_add(BESIDE_MAX))?;
            form(call, asked).await
        }
        Some(_) | None => {
            Err(Fault::MediaType { expected: "multipart/form-data or application/octet-stream" })
        }
    }
}

/// The body is the file.
async fn alone(mut call: Call, asked: Asked) -> Result<Response, Fault> {
    let name = match &asked.name {
        Some(name) => name.clone(),
        None => disposition::name(&call.headers)?
            .ok_or_else(|| Fault::one(Place::parameter("name"), "is missing"))?,
    };
    let body = call.body();
    let (upload, feeder) = Upload::begin(&call, &asked, name);
    match feeder.pour(body.into_data_stream()).await.map_err(broken_off) {
        Ok(()) => upload.finish(feeder).await,
        Err(fault) => Err(upload.break_off(feeder, fault).await),
    }
}

/// The body is a form: `readers`, perhaps, and `file` at its end.
async fn form(mut call: Call, mut asked: Asked) -> Result<Response, Fault> {
    let begun = Arc::new(AtomicBool::new(false));
    let body = piecewise(call.body(), Arc::clone(&begun));
    let request = call.request(body);
    let no_form = |_| Fault::MediaType { expected: "multipart/form-data with its boundary" };
    let mut form = Multipart::from_request(request, &()).await.map_err(no_form)?;
    loop {
        let Some(field) = form.next_field().await.map_err(broken_off)? else {
            return Err(Fault::one(Place::body("/file"), "is missing"));
        };
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "readers" if asked.readers.is_some() => {
                return Err(Fault::one(Place::body("/readers"), "is given twice"));
            }
            "readers" => {
                let read = word(field).await?.parse();
                asked.readers = Some(read.map_err(|e| Fault::one(Place::body("/readers"), e))?);
            }
            "file" => {
                begun.store(true, Ordering::Relaxed);
                let name = asked.name.clone().or_else(|| field.file_name().map(str::to_owned));
                let name = name.ok_or_else(|| Fault::one(Place::body("/file"), "has no name"))?;
                let (upload, feeder) = Upload::begin(&call, &asked, name);
                let poured = feeder.pour(field).await.map_err(broken_off);
                return match poured.and(last(&mut form).await) {
                    Ok(()) => upload.finish(feeder).await,
                    Err(fault) => Err(upload.break_off(feeder, fault).await),
                };
            }
            other => {
                let hint = nearest(other, FIELDS).map(|one| format!("; did you mean `{one}`?"));
                let place = Place::Body(format!("/{}", domain::form::escape(other)));
                let detail = format!("no such field{}", hint.unwrap_or_default());
                return Err(Fault::one(place, detail));
            }
        }
    }
}

/// Nothing follows the file. What did would say too late who is to read it.
async fn last(form: &mut Multipart) -> Result<(), Fault> {
    match form.next_field().await {
        Ok(None) => Ok(()),
        Ok(Some(_)) => Err(Fault::one(Place::body("/file"), "must be the last field")),
        Err(broken) => Err(broken_off(broken)),
    }
}

/// The text of a short field.
async fn word(mut field: Field<'_>) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(broken_off)? {
        // What is longer than any word of ours is none.
        if bytes.len() <= 64 {
            bytes.extend(piece.iter().take(65));
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A body that is given piece by piece, however fast it comes: the reader of forms takes in all that
/// is ready. Where too much comes before the file has begun, it breaks off.
fn piecewise(body: Body, begun: Arc<AtomicBool>) -> Body {
    let state = (body.into_data_stream(), begun, 0_usize);
    Body::from_stream(stream::unfold(state, |(mut body, begun, before)| async move {
        yield_now().await;
        let piece: Result<Bytes, Error> = body.next().await?.map_err(Error::other);
        if before > BESIDE_MAX && !begun.load(Ordering::Relaxed) {
            let broken = Err(Error::other("too much comes before the file"));
            return Some((broken, (body, begun, before)));
        }
        let after = before.saturating_add(piece.as_ref().map_or(0, Bytes::len));
        Some((piece, (body, begun, after)))
    }))
}

/// A file that is being taken in, on a thread that may wait.
struct Upload {
    kept: JoinHandle<Result<Response, Trouble>>,
}

impl Upload {
    fn begin(call: &Call, asked: &Asked, name: String) -> (Upload, Feeder) {
        let (feeder, content) = bridge();
        let (app, viewer, dossier) = (call.app.clone(), call.viewer.clone(), asked.dossier);
        let readers = asked.readers.map_or(Readers::Everyone, |Audience(readers)| readers);
        let new = NewFile { name, readers, bytes_max: BYTES_MAX, id: asked.command };
        let kept = tokio::spawn(async move {
            app.run(move |app| keep(app, &viewer, dossier, &new, content)).await
        });
        (Upload { kept }, feeder)
    }

    /// What came of it, once all has come.
    async fn finish(self, feeder: Feeder) -> Result<Response, Fault> {
        feeder.end().await;
        Ok(self.kept.await.unwrap_or(Err(Trouble::Stopped))?)
    }

    /// Why nothing was kept: what was found in the file, or else that it broke off so.
    async fn break_off(self, feeder: Feeder, fault: Fault) -> Fault {
        drop(feeder);
        match self.kept.await {
            Ok(Err(Trouble::BrokenOff(_)) | Ok(_)) | Err(_) => fault,
            Ok(Err(trouble)) => trouble.into(),
        }
    }
}

/// Adds the file, and says what it has become.
fn keep(
    app: &App,
    viewer: &Viewer,
    dossier: DossierId,
    new: &NewFile,
    content: Incoming,
) -> Result<Response, Trouble> {
    app.attach(viewer, dossier, new, content)?;
    let seen = app.look(viewer, dossier)?;
    let file = seen.dossier.events.iter().find_map(|event| {
        match event.body.as_ref().map(|body| &body.content) {
            Some(Content::Attachment(file)) if event.header.command == new.id => Some(file),
            Some(_) | None => None,
        }
    });
    let file = file.ok_or(Trouble::NotFound)?;
    let place = format!("/api/v1/dossiers/{dossier}/attachments/{}", file.id);
    let body = Json(written::attachment(file));
    let headers = (written::etag(&seen.version), [(LOCATION, place)]);
    Ok((StatusCode::CREATED, headers.0, headers.1, body).into_response())
}

/// `GET /dossiers/{id}/attachments`: the files that the viewer may read, as they came.
pub(super) async fn list(call: Call) -> Result<Response, Fault> {
    let given = call.query(&[]);
    let (id, viewer) = (call.dossier()?, call.viewer);
    let seen = call.app.run(move |app| app.open(&viewer, id)).await.map_err(Fault::from)?;
    given?;
    let files = seen.dossier.attachments.iter().map(written::attachment).collect::<Vec<_>>();
    Ok((written::etag(&seen.version), Json(json!({"attachments": files}))).into_response())
}

/// `GET /dossiers/{id}/attachments/{attachment}`: a file to be kept, never to be shown in place.
pub(super) async fn fetch(call: Call) -> Result<Response, Fault> {
    let given = call.query(&[]);
    let (id, file) = (call.dossier()?, call.named::<AttachmentId>("attachment")?);
    let viewer = call.viewer;
    let found = call.app.run(move |app| match app.file(&viewer, id, file) {
        // Gone with its key: there is nothing under its address any more.
        Err(Trouble::Refused(_)) => Err(Trouble::NotFound),
        other => other,
    });
    let (named, content) = found.await.map_err(Fault::from)?;
    given?;
    let quiet = QUIET.iter().find(|one| **one == named.media_type.as_str());
    let mut response = Response::new(outgoing(content));
    let headers = response.headers_mut();
    headers.insert(CONTENT_LENGTH, HeaderValue::from(named.bytes));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(quiet.copied().unwrap_or(BYTES)));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox"));
    // Percent signs and letters always fit a header; without it a file would be shown in place.
    let download = HeaderValue::from_str(&download(&named.name));
    let download = download.unwrap_or(HeaderValue::from_static("attachment"));
    headers.insert(CONTENT_DISPOSITION, download);
    Ok(response)
}

/// The fault that a body broke off or is not what its type says.
fn broken_off<E: std::error::Error + Send + Sync + 'static>(error: E) -> Fault {
    let error = std::io::Error::other(error);
    Fault::one(Place::body("/file"), Trouble::BrokenOff(error).to_string())
}
