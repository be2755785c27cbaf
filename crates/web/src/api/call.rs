//! A request as a handler gets it: who calls, and what he gave in headers, query and body.
//!
//! Nothing here knows a dossier, so nothing that is refused here can tell of one.

use super::route::Parameter;
use crate::problem::{Fault, Place};
use crate::server::Server;
use app::viewer::Viewer;
use app::{App, Trouble, Version, command_id};
use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts as _, Path, Query, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, IF_MATCH};
use axum::http::{Extensions, HeaderMap, HeaderName};
use catalogue::ids::{CommandId, DossierId};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;
use std::str::FromStr;

/// The header by which a client says that it sends the same again.
pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// The most characters of such a key.
const KEY_MAX: usize = 255;
/// The most bytes of a body in JSON.
pub(super) const BODY_MAX: usize = 1 << 20;
/// The most bytes of a body that holds a declaration message, quoted as JSON.
pub(super) const MESSAGE_MAX: usize = 24 << 20;
/// The most objects and lists inside each other.
const DEPTH_MAX: usize = 32;

/// A request of somebody who is known.
pub(super) struct Call {
    /// The node.
    pub(super) app: App,
    /// Who calls.
    pub(super) viewer: Viewer,
    /// His token, to be looked at again while an answer goes on.
    pub(super) token: String,
    /// What he gave in headers.
    pub(super) headers: HeaderMap,
    path: BTreeMap<String, String>,
    route: String,
    query: Vec<(String, String)>,
    extensions: Extensions,
    body: Body,
}

impl FromRequest<Server> for Call {
    type Rejection = Fault;

    async fn from_request(request: Request, server: &Server) -> Result<Call, Fault> {
        let (mut parts, body) = request.into_parts();
        let token = bearer(&parts.headers)?;
        let viewer = viewer(&server.app, token.clone()).await?;
        let Ok(Query(query)) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri) else {
            return Err(Fault::one(Place::parameter(""), "is not a query of names and values"));
        };
        // A path that is no text names nothing.
        let path = Path::<BTreeMap<String, String>>::from_request_parts(&mut parts, &());
        let Path(path) = path.await.map_err(|_| Fault::NotFound)?;
        let route = parts.uri.path().to_owned();
        let (app, headers, extensions) = (server.app.clone(), parts.headers, parts.extensions);
        Ok(Call { app, viewer, token, headers, path, route, query, extensions, body })
    }
}

/// The token in `Authorization: Bearer …`.
fn bearer(headers: &HeaderMap) -> Result<String, Fault> {
    let given = headers.get(AUTHORIZATION).ok_or(Fault::NoToken)?;
    let given = given.to_str().map_err(|_| Fault::BadToken)?;
    let (scheme, token) = given.split_once(' ').ok_or(Fault::BadToken)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Fault::NoToken);
    }
    Ok(token.trim().to_owned())
}

/// Whose token it is, now.
pub(super) async fn viewer(app: &App, token: String) -> Result<Viewer, Fault> {
    let found = app.run(move |app| {
        let now = app.clock().machine();
        let found = app.accounts().viewer_by_token(&token, now)?;
        if let Some((_, kept)) = &found {
            app.accounts().touch_token(kept, now)?;
        }
        Ok::<_, Trouble>(found.map(|(viewer, _)| viewer))
    });
    found.await?.ok_or(Fault::BadToken)
}

impl Call {
    /// The dossier in the path. What is no id names nothing, as an unknown one does.
    pub(super) fn dossier(&self) -> Result<DossierId, Fault> {
        self.named("id")
    }

    /// An id in the path.
    pub(super) fn named<T: FromStr>(&self, name: &str) -> Result<T, Fault> {
        let text = self.path.get(name).ok_or(Fault::NotFound)?;
        text.parse().map_err(|_| Fault::NotFound)
    }

    /// What was given in the query, of which only `known` names may be.
    pub(super) fn query(&self, known: &[Parameter]) -> Result<Given, Fault> {
        let known: Vec<&'static str> = known.iter().map(|one| one.name).collect();
        let mut values: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        let mut errors = Vec::new();
        for (name, value) in &self.query {
            if let Some(name) = known.iter().find(|one| **one == name.as_str()) {
                values.entry(name).or_default().push(value.clone());
            } else {
                let hint = nearest(name, &known).map(|one| format!("; did you mean `{one}`?"));
                let detail = format!("no such parameter{}", hint.unwrap_or_default());
                errors.push(Place::parameter(name).with(detail));
            }
        }
        if errors.is_empty() { Ok(Given { values }) } else { Err(Fault::Fields(errors)) }
    }

    /// The command that this request means, by its key.
    pub(super) fn command_id(&self) -> Result<CommandId, Fault> {
        let Some(key) = self.headers.get(IDEMPOTENCY_KEY) else {
            let drawn = self.app.nonce().map_err(Trouble::from)?;
            return Ok(CommandId::from_bytes(drawn));
        };
        let is_visible = key.as_bytes().iter().all(|byte| (b' '..=b'~').contains(byte));
        let fits = (1..=KEY_MAX).contains(&key.len()) && is_visible;
        if !fits {
            let place = Place::header("Idempotency-Key");
            return Err(Fault::one(place, "1 to 255 visible characters were expected"));
        }
        Ok(command_id::of_key(&self.viewer, key.as_bytes()))
    }

    /// What the client says that it has seen: any of these versions. None: it does not say.
    ///
    /// What is no version of ours is one that was never seen.
    pub(super) fn if_match(&self) -> Option<Vec<Version>> {
        let tags: Vec<&str> = self
            .headers
            .get_all(IF_MATCH)
            .iter()
            .flat_map(|header| header.to_str().unwrap_or("?").split(','))
            .map(str::trim)
            .collect();
        if tags.is_empty() || tags.contains(&"*") {
            return None;
        }
        let version = |tag: &str| {
            let text = tag.strip_prefix('"')?.strip_suffix('"')?;
            text.parse().ok()
        };
        let never = Version::from_bytes([0; 32]);
        Some(tags.into_iter().map(|tag| version(tag).unwrap_or(never)).collect())
    }

    /// The request in the form by which a repetition is told from another request.
    pub(super) fn fingerprint(&self, body: &Value) -> Vec<u8> {
        format!("{}\0{body}", self.route).into_bytes()
    }

    /// The type of the body, without its parameters.
    pub(super) fn media_type(&self) -> Option<String> {
        let given = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        Some(given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
    }

    /// The body, in JSON.
    pub(super) async fn json(&mut self, bytes_max: usize) -> Result<Value, Fault> {
        if self.media_type().as_deref() != Some("application/json") {
            return Err(Fault::MediaType { expected: "application/json" });
        }
        let bytes = self.bytes(bytes_max).await?;
        parse(&bytes)
    }

    /// The body, whole.
    pub(super) async fn bytes(&mut self, bytes_max: usize) -> Result<Vec<u8>, Fault> {
        self.announces_at_most(bytes_max)?;
        let too_large = Fault::TooLarge { bytes_max };
        let body = self.body();
        // What cannot be read to its end has nobody left who reads the answer.
        let bytes = axum::body::to_bytes(body, bytes_max).await.map_err(|_| too_large)?;
        Ok(bytes.into())
    }

    /// Refuses a body that says itself that it is longer, before any of it is read.
    pub(super) fn announces_at_most(&self, bytes_max: usize) -> Result<(), Fault> {
        let announced = self.headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
        let announced = announced.and_then(|value| value.parse::<usize>().ok());
        match announced {
            Some(length) if length > bytes_max => Err(Fault::TooLarge { bytes_max }),
            Some(_) | None => Ok(()),
        }
    }

    /// The body, to be read piece by piece. What is read so is counted by who reads it.
    pub(super) fn body(&mut self) -> Body {
        std::mem::take(&mut self.body)
    }

    /// The request again with another body, for an extractor that reads it.
    pub(super) fn request(&mut self, body: Body) -> Request {
        let mut request = Request::new(body);
        *request.headers_mut() = self.headers.clone();
        *request.extensions_mut() = std::mem::take(&mut self.extensions);
        request
    }
}

/// What was given in a query.
pub(super) struct Given {
    values: BTreeMap<&'static str, Vec<String>>,
}

impl Given {
    /// The one value under a name, read.
    pub(super) fn one<T: FromStr<Err: ToString>>(
        &self,
        name: &'static str,
    ) -> Result<Option<T>, Fault> {
        match self.values.get(name).map(Vec::as_slice) {
            None | Some([]) => Ok(None),
            Some([text]) => match text.parse() {
                Ok(value) => Ok(Some(value)),
                Err(error) => Err(Fault::one(Place::parameter(name), error.to_string())),
            },
            Some(_) => Err(Fault::one(Place::parameter(name), "one value was expected")),
        }
    }

    /// All values under a name, read; several are given by commas, or by the name several times.
    pub(super) fn many<T: FromStr<Err: ToString> + Ord>(
        &self,
        name: &'static str,
    ) -> Result<std::collections::BTreeSet<T>, Fault> {
        let given = self.values.get(name).map(Vec::as_slice).unwrap_or_default();
        let texts = given.iter().flat_map(|value| value.split(','));
        let read = texts.map(|text| {
            text.parse()
                .map_err(|error: T::Err| Fault::one(Place::parameter(name), error.to_string()))
        });
        read.collect()
    }

    /// The instant under a name.
    pub(super) fn instant(&self, name: &'static str) -> Result<Option<Timestamp>, Fault> {
        let Some(text) = self.one::<String>(name)? else { return Ok(None) };
        let detail = "an instant with its offset was expected, such as `2026-11-24T09:55:00Z`";
        text.parse().map(Some).map_err(|_| Fault::one(Place::parameter(name), detail))
    }

    /// Whether a name was given as `true`.
    pub(super) fn is_set(&self, name: &'static str) -> Result<bool, Fault> {
        match self.one::<String>(name)?.as_deref() {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(Fault::one(Place::parameter(name), "`true` or `false` was expected")),
        }
    }

    /// How many entries of a list are wanted: 1 to 100.
    pub(super) fn limit(&self, usual: u32) -> Result<u32, Fault> {
        let limit = self.one::<u32>("limit")?.unwrap_or(usual);
        if (1..=100).contains(&limit) {
            return Ok(limit);
        }
        Err(Fault::one(Place::parameter("limit"), "a number from 1 to 100 was expected"))
    }
}

/// The name that was probably meant.
pub(super) fn nearest<'n>(given: &str, known: &[&'n str]) -> Option<&'n str> {
    let folded = |text: &str| text.replace(['_', '-'], "").to_lowercase();
    let given = folded(given);
    let alike = |name: &&&str| {
        let name = folded(name);
        let same = given.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
        name == given || (same >= 3 && name.len().abs_diff(given.len()) <= 2)
    };
    known.iter().find(alike).copied()
}

/// Reads JSON, unless it is nested deeper than anything that is asked for.
fn parse(bytes: &[u8]) -> Result<Value, Fault> {
    if let Some((line, column)) = too_deep(bytes) {
        return Err(Fault::TooDeep { line, column, levels_max: DEPTH_MAX });
    }
    serde_json::from_slice(bytes).map_err(|error| {
        let text = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let what = text.strip_suffix(&place).unwrap_or(&text).to_owned();
        Fault::Json { line: error.line(), column: error.column(), what }
    })
}

/// Where more than [`DEPTH_MAX`] objects and lists lie inside each other, if they do.
fn too_deep(bytes: &[u8]) -> Option<(usize, usize)> {
    let (mut depth, mut line, mut column) = (0_usize, 1_usize, 0_usize);
    let (mut in_text, mut escaped) = (false, false);
    for byte in bytes {
        column += 1;
        match byte {
            b'\n' => (line, column) = (line + 1, 0),
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => depth += 1,
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH_MAX {
            return Some((line, column));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nested_too_deeply_is_found_before_it_is_read() {
        let deep = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
        assert_eq!(too_deep(deep(DEPTH_MAX).as_bytes()), None);
        assert_eq!(too_deep(deep(DEPTH_MAX + 1).as_bytes()), Some((1, DEPTH_MAX + 1)));
        let in_text = format!("{{\n\"{}\\\"{}\": 1}}", "[".repeat(50), "{".repeat(50));
        assert_eq!(too_deep(in_text.as_bytes()), None);
    }

    #[test]
    fn a_slip_in_a_name_is_recognised() {
        let known = ["kind", "legal_basis", "from_declaration"];
        for (given, meant) in [
            ("kin", Some("kind")),
            ("legalBasis", Some("legal_basis")),
            ("from-declaration", Some("from_declaration")),
            ("colour", None),
        ] {
            assert_eq!(nearest(given, &known), meant, "{given}");
        }
    }
}
