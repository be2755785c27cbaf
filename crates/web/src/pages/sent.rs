//! What a browser sends with a form: names and texts, and files; and who sends it.
//!
//! Both encodings of forms are read. Every form carries the token of its browser's session, and its
//! session must stand: what somebody typed when hers had run out is kept, and shown again after
//! sign-in.

use super::{Halt, lead};
use crate::csrf;
use crate::server::Server;
use crate::session::{Person, Visitor};
use crate::show::typed::first;
use app::Trouble;
use app::accounts::KeptInput;
use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts as _, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use form_urlencoded::Serializer;

/// The most bytes of all texts of a form together.
const TEXT_MAX: usize = 1 << 20;
/// The most bytes of a declaration message.
const FILE_MAX: usize = 16 << 20;
/// The most bytes of a request with a form: a message, and the texts beside it.
pub(crate) const BODY_MAX: usize = FILE_MAX + TEXT_MAX + (64 << 10);
/// The name of the form that adds a file, and of the field in it.
pub(crate) const FILES_NAME: &str = "attach";
/// The most fields of a form.
const FIELDS_MAX: usize = 10_000;

/// A file that was sent with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SentFile {
    /// The field's name.
    pub field: String,
    /// The file's name as given.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a form holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sent {
    /// Names and texts in their order, the token left out.
    pub pairs: Vec<(String, String)>,
    /// Files that are not empty.
    pub files: Vec<SentFile>,
    token: String,
}

impl Sent {
    /// Names and texts that were kept.
    pub(crate) fn of(pairs: Vec<(String, String)>) -> Sent {
        Sent { pairs, ..Sent::default() }
    }

    /// The file in a field, if one was chosen.
    pub(crate) fn file(&self, field: &str) -> Option<&[u8]> {
        self.files.iter().find(|file| file.field == field).map(|file| file.bytes.as_slice())
    }

    /// The first text under a name; empty where there is none.
    pub(crate) fn given(&self, name: &str) -> &str {
        first(&self.pairs, name).unwrap_or_default()
    }

    /// The same for every sending of the same form with the same content.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        encode(&self.pairs).into_bytes()
    }

    fn push(&mut self, name: &str, text: String) {
        if name == "csrf" { self.token = text } else { self.pairs.push((name.to_owned(), text)) }
    }

    async fn read(request: Request) -> Result<Sent, Halt> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let kind = kind.unwrap_or_default().to_ascii_lowercase();
        if kind.starts_with("multipart/form-data") {
            let multipart = Multipart::from_request(request, &()).await.map_err(|_| Halt::Form)?;
            return Sent::parts(multipart).await;
        }
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(Halt::Form);
        }
        let bytes = to_bytes(request.into_body(), TEXT_MAX).await.map_err(|_| Halt::TooLarge)?;
        let mut sent = Sent::default();
        for (name, text) in decode(&bytes) {
            sent.push(&name, text);
        }
        Ok(sent)
    }

    async fn parts(mut multipart: Multipart) -> Result<Sent, Halt> {
        let mut sent = Sent::default();
        let mut left = TEXT_MAX;
        while let Some(mut field) = multipart.next_field().await.map_err(|e| halt(&e))? {
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().map(str::to_owned);
            let is_file = file.is_some();
            let most = if is_file { FILE_MAX } else { left };
            let mut bytes = Vec::new();
            while let Some(chunk) = field.chunk().await.map_err(|e| halt(&e))? {
                if bytes.len() + chunk.len() > most {
                    return Err(Halt::TooLarge);
                }
                bytes.extend_from_slice(&chunk);
            }
            if let Some(file) = file {
                if !bytes.is_empty() {
                    sent.files.push(SentFile { field: name, name: file, bytes });
                }
            } else {
                left -= bytes.len();
                sent.push(&name, String::from_utf8(bytes).map_err(|_| Halt::Form)?);
            }
            if sent.pairs.len() + sent.files.len() > FIELDS_MAX {
                return Err(Halt::TooLarge);
            }
        }
        Ok(sent)
    }
}

fn halt(error: &axum::extract::multipart::MultipartError) -> Halt {
    match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => Halt::TooLarge,
        _ => Halt::Form,
    }
}

/// Names and texts as a form of the plain encoding.
pub(crate) fn encode(pairs: &[(String, String)]) -> String {
    Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// Names and texts of the plain encoding.
pub(crate) fn decode(bytes: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(bytes).into_owned().take(FIELDS_MAX).collect()
}

/// A form that somebody sent who may be signed in or not; its token is right.
#[derive(Debug)]
pub(crate) struct FromAnybody {
    /// Who.
    pub visitor: Visitor,
    /// What.
    pub sent: Sent,
}

/// A form that a signed-in person sent; its token is right.
#[derive(Debug)]
pub(crate) struct FromPerson {
    /// Who.
    pub person: Person,
    /// What.
    pub sent: Sent,
}

async fn read(request: Request, server: &Server) -> Result<(Visitor, Sent), Response> {
    let (mut parts, body) = request.into_parts();
    let visitor = Visitor::from_request_parts(&mut parts, server).await?;
    let headers = parts.headers.clone();
    let sent = match Sent::read(Request::from_parts(parts, body)).await {
        Ok(sent) if csrf::fits(&visitor.secret, &sent.token) => sent,
        Ok(_) => return Err(refuse(visitor, Halt::Form, &headers).await),
        Err(halt) => return Err(refuse(visitor, halt, &headers).await),
    };
    Ok((visitor, sent))
}

async fn refuse(visitor: Visitor, halt: Halt, headers: &axum::http::HeaderMap) -> Response {
    let server = visitor.server.clone();
    match visitor.person().await {
        Ok(person) => person.answer(move |_, _| Err(halt)).await,
        Err(_) => halt.plain(&server, headers),
    }
}

impl FromRequest<Server> for FromAnybody {
    type Rejection = Response;

    async fn from_request(request: Request, server: &Server) -> Result<FromAnybody, Response> {
        let (visitor, sent) = read(request, server).await?;
        Ok(FromAnybody { visitor, sent })
    }
}

impl FromRequest<Server> for FromPerson {
    type Rejection = Response;

    async fn from_request(request: Request, server: &Server) -> Result<FromPerson, Response> {
        let path = request.uri().path().to_owned();
        let (visitor, sent) = read(request, server).await?;
        match visitor.person().await {
            Ok(person) => Ok(FromPerson { person, sent }),
            Err(Ok(visitor)) => Err(keep(&visitor, path, &sent).await),
            Err(Err(trouble)) => {
                Err(Halt::from(trouble).plain(server, &axum::http::HeaderMap::new()))
            }
        }
    }
}

/// Keeps what somebody typed when her session had run out, and leads to sign-in.
async fn keep(visitor: &Visitor, path: String, sent: &Sent) -> Response {
    let input = KeptInput { path, bytes: sent.bytes() };
    let token = visitor.secret.clone();
    let kept = visitor.server.app.run(move |app| {
        let machine = app.clock().machine();
        // Too much to be kept, or a session that nobody knows: there is nobody to keep it for.
        Ok::<_, Trouble>(app.accounts().keep_input(&token, input, machine)?.is_ok())
    });
    match kept.await {
        Ok(_) => lead("/sign-in?next=/kept"),
        Err(trouble) => Halt::from(trouble).plain(&visitor.server, &axum::http::HeaderMap::new()),
    }
}
