//! What the API answers where it does not do what was asked: problem details (RFC 9457).
//!
//! A handler returns a [`Fault`], which holds data; [`speak`] turns it into a body in the language
//! of the request. What is hidden and what never was are the same fault, and the same bytes.

use crate::words::{Language, Words};
use app::Trouble;
use app::files::FileError;
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, RETRY_AFTER, WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::event::What;
use domain::form::FieldError;
use domain::refusal::Refusal;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Why a request is not answered as asked.
#[derive(Clone, Debug)]
pub enum Fault {
    /// No token was given.
    NoToken,
    /// The token is none, not any more, or its holder is out.
    BadToken,
    /// The role does not allow it.
    Role,
    /// There is nothing under this address, or nothing for this viewer.
    NotFound,
    /// The address is known, the method is not.
    Method,
    /// The body is not JSON.
    Json {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
        /// What is wrong there.
        what: String,
    },
    /// The body is JSON with too much inside each other.
    TooDeep {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
        /// The most objects and lists inside each other.
        levels_max: usize,
    },
    /// The body is too long.
    TooLarge {
        /// The most bytes that are read.
        bytes_max: usize,
    },
    /// The body is of another type than is read.
    MediaType {
        /// What is read.
        expected: &'static str,
    },
    /// What was given cannot be read: all that is wrong with it.
    Fields(Vec<Misfit>),
    /// The rules say no.
    Refused(Box<Refusal>),
    /// Something that the viewer can see was added since he looked.
    Stale {
        /// What was added, in its order.
        newer: Vec<What>,
        /// His version now, in hexadecimal digits.
        version: String,
    },
    /// The idempotency key was used for another request.
    OtherBody,
    /// The node shuts down, or is too busy.
    Unavailable,
    /// Something failed.
    Failed {
        /// The number under which the log has the cause.
        number: u64,
    },
}

/// One thing that is wrong with what was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Where.
    pub place: Place,
    /// What is wrong, in English.
    pub detail: String,
}

/// Where something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the body, at this JSON pointer.
    Body(String),
    /// In the query, under this name.
    Query(String),
    /// In this header.
    Header(&'static str),
}

impl Place {
    /// In the body, at this JSON pointer.
    pub fn body(pointer: &str) -> Place {
        Place::Body(pointer.to_owned())
    }

    /// In the query, under this name.
    pub fn parameter(name: &str) -> Place {
        Place::Query(name.to_owned())
    }

    /// In this header.
    pub const fn header(name: &'static str) -> Place {
        Place::Header(name)
    }

    /// What is wrong there.
    pub fn with(self, detail: impl Into<String>) -> Misfit {
        Misfit { place: self, detail: detail.into() }
    }
}

impl Misfit {
    fn written(&self) -> Value {
        let (name, place) = match &self.place {
            Place::Body(pointer) => ("pointer", pointer.as_str()),
            Place::Query(name) => ("parameter", name.as_str()),
            Place::Header(name) => ("header", *name),
        };
        json!({name: place, "detail": self.detail})
    }
}

impl From<FieldError> for Misfit {
    fn from(error: FieldError) -> Misfit {
        Place::Body(error.pointer).with(error.problem.to_string())
    }
}

impl Fault {
    /// The fault that one thing is wrong.
    pub fn one(place: Place, detail: impl Into<String>) -> Fault {
        Fault::Fields(vec![place.with(detail)])
    }

    /// A failure: its cause goes to the log, its number to the person.
    pub fn failure(cause: &(dyn std::error::Error + 'static)) -> Fault {
        static COUNT: AtomicU64 = AtomicU64::new(1);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        tracing::error!(number, cause, "a request failed");
        Fault::Failed { number }
    }

    /// The status of the answer.
    pub const fn status(&self) -> StatusCode {
        match self {
            Fault::NoToken | Fault::BadToken => StatusCode::UNAUTHORIZED,
            Fault::Role => StatusCode::FORBIDDEN,
            Fault::NotFound => StatusCode::NOT_FOUND,
            Fault::Method => StatusCode::METHOD_NOT_ALLOWED,
            Fault::Json { .. } | Fault::TooDeep { .. } => StatusCode::BAD_REQUEST,
            Fault::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Fault::MediaType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Fault::Fields(_) | Fault::OtherBody => StatusCode::UNPROCESSABLE_ENTITY,
            Fault::Refused(_) => StatusCode::CONFLICT,
            Fault::Stale { .. } => StatusCode::PRECONDITION_FAILED,
            Fault::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Fault::Failed { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The word that names this sort of fault for good; it ends the `type` of the problem.
    pub const fn word(&self) -> &'static str {
        match self {
            Fault::NoToken => "no-token",
            Fault::BadToken => "bad-token",
            Fault::Role => "role",
            Fault::NotFound => "not-found",
            Fault::Method => "method",
            Fault::Json { .. } => "not-json",
            Fault::TooDeep { .. } => "too-deep",
            Fault::TooLarge { .. } => "too-large",
            Fault::MediaType { .. } => "media-type",
            Fault::Fields(_) => "malformed",
            Fault::Refused(_) => "refused",
            Fault::Stale { .. } => "stale",
            Fault::OtherBody => "key-used",
            Fault::Unavailable => "unavailable",
            Fault::Failed { .. } => "failed",
        }
    }

    /// The problem in words of `language`, as far as there are words; else in English.
    fn written(&self, words: Words) -> Value {
        let mut problem = Map::new();
        let mut put = |name: &str, value: Value| problem.insert(name.to_owned(), value);
        put("type", format!("urn:ecm:problem:{}", self.word()).into());
        put("title", words.text(&format!("problem-{}", self.word())).into());
        put("status", self.status().as_u16().into());
        put("detail", self.detail(words).into());
        match self {
            Fault::Fields(misfits) => {
                put("errors", misfits.iter().map(Misfit::written).collect());
            }
            Fault::Refused(refusal) => {
                put("code", code(refusal).into());
                if let Some(article) = article(refusal) {
                    put("article", article.into());
                }
            }
            Fault::Stale { newer, version } => {
                put("newer", newer.iter().map(|what| what.word()).collect());
                put("version", version.as_str().into());
            }
            Fault::Json { line, column, .. } | Fault::TooDeep { line, column, .. } => {
                put("line", (*line).into());
                put("column", (*column).into());
            }
            Fault::Failed { number } => {
                put("number", (*number).into());
            }
            Fault::NoToken
            | Fault::BadToken
            | Fault::Role
            | Fault::NotFound
            | Fault::Method
            | Fault::TooLarge { .. }
            | Fault::MediaType { .. }
            | Fault::OtherBody
            | Fault::Unavailable => {}
        }
        Value::Object(problem)
    }

    fn detail(&self, words: Words) -> String {
        let key = format!("problem-{}-text", self.word());
        match self {
            Fault::Json { line, column, what } => words.with(
                &key,
                &[("line", (*line).into()), ("column", (*column).into()), ("what", what.into())],
            ),
            Fault::TooDeep { line, column, levels_max } => words.with(
                &key,
                &[
                    ("line", (*line).into()),
                    ("column", (*column).into()),
                    ("most", (*levels_max).into()),
                ],
            ),
            Fault::TooLarge { bytes_max } => words.with(&key, &[("most", (*bytes_max).into())]),
            Fault::MediaType { expected } => words.with(&key, &[("expected", (*expected).into())]),
            Fault::Fields(misfits) => words.with(&key, &[("count", misfits.len().into())]),
            Fault::Refused(refusal) => refusal.to_string(),
            Fault::Failed { number } => words.with(&key, &[("number", (*number).into())]),
            Fault::NoToken
            | Fault::BadToken
            | Fault::Role
            | Fault::NotFound
            | Fault::Method
            | Fault::Stale { .. }
            | Fault::OtherBody
            | Fault::Unavailable => words.text(&key),
        }
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        match self {
            Fault::NoToken => {
                let value = HeaderValue::from_static("Bearer realm=\"ecm\"");
                headers.insert(WWW_AUTHENTICATE, value);
            }
            Fault::BadToken => {
                let value =
                    HeaderValue::from_static("Bearer realm=\"ecm\", error=\"invalid_token\"");
                headers.insert(WWW_AUTHENTICATE, value);
            }
            Fault::Unavailable => {
                headers.insert(RETRY_AFTER, HeaderValue::from_static("2"));
            }
            Fault::Stale { version, .. } => {
                if let Ok(value) = HeaderValue::from_str(&format!("\"{version}\"")) {
                    headers.insert(ETAG, value);
                }
            }
            Fault::Role
            | Fault::NotFound
            | Fault::Method
            | Fault::Json { .. }
            | Fault::TooDeep { .. }
            | Fault::TooLarge { .. }
            | Fault::MediaType { .. }
            | Fault::Fields(_)
            | Fault::Refused(_)
            | Fault::OtherBody
            | Fault::Failed { .. } => {}
        }
        headers
    }
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Fault {
        match trouble {
            Trouble::NotFound => Fault::NotFound,
            Trouble::Role => Fault::Role,
            Trouble::Malformed(errors) | Trouble::Refused(Refusal::Incomplete { errors }) => {
                Fault::Fields(errors.into_iter().map(Misfit::from).collect())
            }
            Trouble::Refused(Refusal::Role) => Fault::Role,
            Trouble::Refused(refusal) => Fault::Refused(Box::new(refusal)),
            Trouble::Stale { newer, version } => {
                Fault::Stale { newer, version: version.to_string() }
            }
            Trouble::OtherBody => Fault::OtherBody,
            Trouble::File(FileError::TooLarge { bytes_max }) => {
                Fault::TooLarge { bytes_max: usize::try_from(bytes_max).unwrap_or(usize::MAX) }
            }
            trouble @ (Trouble::File(_) | Trouble::BrokenOff(_)) => {
                let detail = trouble.to_string();
                Fault::Fields(vec![Misfit { place: Place::body("/file"), detail }])
            }
            Trouble::Busy | Trouble::Stopped => Fault::Unavailable,
            failure @ (Trouble::Content(_) | Trouble::Store(_)) => Fault::failure(&failure),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = (self.status(), self.headers()).into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Writes the body of a fault in the language of the request.
pub async fn speak(request: Request, next: Next) -> Response {
    let accept = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = accept.map_or(Language::En, Language::negotiate);
    let mut response = next.run(request).await;
    if let Some(fault) = response.extensions_mut().remove::<Arc<Fault>>() {
        let body = fault.written(Words::new(language)).to_string();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
        *response.body_mut() = body.into();
    }
    response
}

/// The code that names a refusal for good.
pub const fn code(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Incomplete { .. } => "incomplete",
        Refusal::NotNow { .. } => "not_now",
        Refusal::OriginatorOnly { .. } => "originator_only",
        Refusal::AskedOnly => "asked_only",
        Refusal::ContactPointOnly => "contact_point_only",
        Refusal::Role => "role",
        Refusal::UnknownUnit { .. } => "unknown_unit",
        Refusal::AlreadyListed => "already_listed",
        Refusal::NotListed { .. } => "not_listed",
        Refusal::OriginatorStays => "originator_stays",
        Refusal::AskedStays { .. } => "asked_stays",
        Refusal::OwnAuthority => "own_authority",
        Refusal::Loosens => "loosens",
        Refusal::Classified => "classified",
        Refusal::AlreadyExtended => "already_extended",
        Refusal::NothingToExtend => "nothing_to_extend",
        Refusal::NotLater { .. } => "not_later",
        Refusal::Past { .. } => "past",
        Refusal::GroundStands => "ground_stands",
        Refusal::AnswerNotOffered { .. } => "answer_not_offered",
        Refusal::OutcomeNotPossible { .. } => "outcome_not_possible",
        Refusal::NoQuestion { .. } => "no_question",
        Refusal::NoCommand { .. } => "no_command",
        Refusal::NoConsentRequest => "no_consent_request",
        Refusal::Destroyed => "destroyed",
        Refusal::Calendar(_) => "calendar",
    }
}

/// The article of Regulation (EU) 2021/821 on which a refusal rests, where it rests on one.
pub const fn article(refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::AlreadyExtended
        | Refusal::NothingToExtend
        | Refusal::OutcomeNotPossible { .. } => Some("2021/821 Art. 21(4)"),
        Refusal::AnswerNotOffered { .. } => Some("2021/821 Art. 16(1), 4(1)"),
        Refusal::Incomplete { .. }
        | Refusal::NotNow { .. }
        | Refusal::OriginatorOnly { .. }
        | Refusal::AskedOnly
        | Refusal::ContactPointOnly
        | Refusal::Role
        | Refusal::UnknownUnit { .. }
        | Refusal::AlreadyListed
        | Refusal::NotListed { .. }
        | Refusal::OriginatorStays
        | Refusal::AskedStays { .. }
        | Refusal::OwnAuthority
        | Refusal::Loosens
        | Refusal::Classified
        | Refusal::NotLater { .. }
        | Refusal::Past { .. }
        | Refusal::GroundStands
        | Refusal::NoQuestion { .. }
        | Refusal::NoCommand { .. }
        | Refusal::NoConsentRequest
        | Refusal::Destroyed
        | Refusal::Calendar(_) => None,
    }
}
