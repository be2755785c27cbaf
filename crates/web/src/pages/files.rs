//! Files of dossiers: adding one, fetching one. They stream both ways.
//!
//! What is fetched is never shown in place but for pictures, text and PDF: everything else is a
//! download without a type, so that nothing active ever runs as a page of ours.

use super::dossier::{id_of, made};
use super::sent::FILES_NAME;
use super::{Halt, lead};
use crate::csrf;
use crate::incoming::bridge;
use crate::server::Server;
use crate::session::{Person, Visitor};
use crate::show::dossier::{Again, Asked, notice};
use crate::show::typed::first;
use crate::view::parts::{Icon, Notice, Tone};
use app::files::{BYTES_MAX, FileError, FileReader, NewFile};
use app::{App, Trouble, command_id};
use axum::body::{Body, Bytes};
use axum::extract::multipart::Field;
use axum::extract::{FromRequest as _, FromRequestParts as _, Multipart, Path, Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use catalogue::ids::DossierId;
use domain::command::Readers;
use futures_util::stream;
use serde_json::Value;
use std::io::{Error, Read};

/// Bytes of a piece that goes out.
const PIECE: usize = 64 << 10;
/// The most texts before the file.
const TEXTS_MAX: usize = 20;
/// The most bytes of a text before the file.
const TEXT_MAX: usize = 4 << 10;
/// Types that a browser may be told; the others are bytes.
pub(crate) const QUIET: &[&str] = &[
    "application/pdf",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/webp",
    "text/csv",
    "text/plain",
];

/// `POST /dossiers/{id}/files`: the token and all texts stand before the file, which is not read until
/// it is sure who sends it and that the dossier exists for him.
pub(crate) async fn add(
    State(server): State<Server>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let visitor = match Visitor::from_request_parts(&mut parts, &server).await {
        Ok(visitor) => visitor,
        Err(response) => return response,
    };
    let secret = visitor.secret.clone();
    let person = match visitor.person().await {
        Ok(person) => person,
        Err(Ok(visitor)) => return super::sign_in::first(&visitor),
        Err(Err(trouble)) => return Halt::from(trouble).plain(&server, &HeaderMap::new()),
    };
    let request = Request::from_parts(parts, body);
    let Ok(mut multipart) = Multipart::from_request(request, &()).await else {
        return person.answer(|_, _| Err(Halt::Form)).await;
    };
    let mut texts = Vec::new();
    loop {
        match multipart.next_field().await {
            Ok(Some(field)) if field.file_name().is_some() => {
                let token = first(&texts, "csrf").unwrap_or_default();
                if !csrf::fits(&secret, token) {
                    return person.answer(|_, _| Err(Halt::Form)).await;
                }
                return take(person, id, &texts, field).await;
            }
            Ok(Some(field)) if texts.len() < TEXTS_MAX => {
                let name = field.name().unwrap_or_default().to_owned();
                match field.text().await {
                    Ok(text) if text.len() <= TEXT_MAX => texts.push((name, text)),
                    Ok(_) | Err(_) => return person.answer(|_, _| Err(Halt::Form)).await,
                }
            }
            Ok(_) | Err(_) => return person.answer(|_, _| Err(Halt::Form)).await,
        }
    }
}

/// Streams a file into its dossier.
async fn take(
    person: Person,
    id: String,
    texts: &[(String, String)],
    field: Field<'_>,
) -> Response {
    let name = field.file_name().unwrap_or_default().to_owned();
    let readers = match first(texts, "/readers") {
        Some("own_authority") => Readers::OwnAuthority,
        Some(_) | None => Readers::Everyone,
    };
    let key = format!("attach {}", first(texts, "form").unwrap_or_default());
    let (feeder, content) = bridge();
    let answer = person.answer(move |app, person| {
        let dossier = id_of(&id)?;
        let id = command_id::of_key(&person.viewer, key.as_bytes());
        let new = NewFile { name, readers, bytes_max: BYTES_MAX, id };
        match app.attach(&person.viewer, dossier, &new, content) {
            Ok(_) => Ok(lead(&format!("/dossiers/{dossier}?tab=documents"))),
            Err(trouble) => again(app, person, dossier, trouble),
        }
    });
    let feed = async move {
        // Let go before its end, it breaks off on the other side, which says so.
        if feeder.pour(field).await.is_ok() {
            feeder.end().await;
        }
    };
    let (response, ()) = tokio::join!(answer, feed);
    response
}

/// The documents again, with why the file was not taken.
fn again(app: &App, person: &Person, id: DossierId, trouble: Trouble) -> Result<Response, Halt> {
    let (status, notice) = match trouble {
        Trouble::File(refused) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Some(not_taken(person, &refused)))
        }
        Trouble::BrokenOff(_) => {
            let text = person.visitor.words.text("file-broken-off");
            (StatusCode::BAD_REQUEST, Some(notice(Tone::Late, Icon::Cross, text)))
        }
        trouble => {
            let (status, _, notice) = super::act::why(person, trouble)?;
            (status, notice)
        }
    };
    let again =
        Again { name: FILES_NAME.to_owned(), given: Value::Null, errors: Vec::new(), notice };
    let seen = app.open(&person.viewer, id)?;
    made(app, person, &seen, &Asked::default(), Some((status, &again)))
}

/// Why a file was not taken, and what to do.
pub(crate) fn not_taken(person: &Person, refused: &FileError) -> Notice {
    let words = person.visitor.words;
    let text = match refused {
        FileError::TooLarge { bytes_max } => {
            words.with("file-too-large", &[("most", words.bytes(*bytes_max).into())])
        }
        FileError::Executable { name } => {
            words.with("file-executable", &[("name", name.as_str().into())])
        }
        FileError::Macros { name } => words.with("file-macros", &[("name", name.as_str().into())]),
        FileError::Store(_) => words.text("file-broken-off"),
    };
    notice(Tone::Late, Icon::Cross, text)
}

/// `GET /dossiers/{id}/files/{file}`: a file that somebody's dossier names.
pub(crate) async fn fetch(person: Person, Path((id, file)): Path<(String, String)>) -> Response {
    person
        .answer(move |app, person| {
            let file = file.parse().map_err(|_| Halt::from(Trouble::NotFound))?;
            let (named, content) = match app.file(&person.viewer, id_of(&id)?, file) {
                // Gone with its key: there is nothing under its address any more.
                Err(Trouble::Refused(_)) => return Err(Trouble::NotFound.into()),
                other => other?,
            };
            let kind = if QUIET.contains(&named.media_type.as_str()) {
                HeaderValue::from_str(&named.media_type)
            } else {
                HeaderValue::from_str("application/octet-stream")
            };
            let mut response = Response::new(outgoing(content));
            let headers = response.headers_mut();
            headers.insert(CONTENT_LENGTH, HeaderValue::from(named.bytes));
            for (name, value) in [
                (CONTENT_TYPE, kind),
                (CONTENT_DISPOSITION, HeaderValue::from_str(&disposition(&named.name))),
            ] {
                if let Ok(value) = value {
                    headers.insert(name, value);
                }
            }
            Ok(response)
        })
        .await
}

/// A download under its own name, whatever letters that has.
pub(crate) fn disposition(name: &str) -> String {
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("attachment; filename*=UTF-8''{encoded}")
}

/// The pieces of a file as a body, each read on a thread that may wait.
pub(crate) fn outgoing(content: FileReader) -> Body {
    Body::from_stream(stream::unfold(Some(content), |content| async move {
        let mut content = content?;
        let read = tokio::task::spawn_blocking(move || {
            let mut piece = vec![0; PIECE];
            let count = content.read(&mut piece)?;
            piece.truncate(count);
            Ok::<_, Error>((piece, content))
        });
        match read.await.unwrap_or_else(|broken| Err(Error::other(broken))) {
            Ok((piece, _)) if piece.is_empty() => None,
            Ok((piece, content)) => Some((Ok(Bytes::from(piece)), Some(content))),
            Err(broken) => Some((Err(broken), None)),
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        let table = [
            ("list.pdf", "attachment; filename*=UTF-8''list.pdf"),
            ("a\"; x=\r\n.pdf", "attachment; filename*=UTF-8''a%22%3B%20x%3D%0D%0A.pdf"),
            ("Öl.txt", "attachment; filename*=UTF-8''%C3%96l.txt"),
        ];
        for (name, expected) in table {
            assert_eq!(disposition(name), expected);
        }
    }
}
