//! Who asks: the browser, its session, the person; and how the person likes her screen.
//!
//! [`Visitor`] is anybody; [`Person`] is signed in and cannot be had otherwise. A request for a page
//! by somebody who is not leads to sign-in and back.

use crate::csrf;
use crate::pages::Halt;
use crate::server::{Cookies, Server};
use crate::show::Reader;
use crate::view::chrome::{Keys, Theme};
use crate::words::{Language, Words};
use app::Trouble;
use app::accounts::{self, Session};
use app::viewer::Viewer;
use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, HeaderValue, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use catalogue::authorities::Directory;
use catalogue::calendar::Calendars;
use catalogue::ids::{AccountId, UnitId};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::net::SocketAddr;
use std::sync::Arc;

/// The cookie of a session.
const SESSION: &str = "ecm-session";
/// The cookie of a browser without a session.
const VISIT: &str = "ecm-visit";
/// The cookies that hold language and theme of a browser without a session.
pub(crate) const LANGUAGE: &str = "ecm-language";
/// See [`LANGUAGE`].
pub(crate) const THEME: &str = "ecm-theme";

/// Anybody who asks for a page.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// The node.
    pub server: Server,
    /// His words.
    pub words: Words,
    /// Light or dark.
    pub theme: Theme,
    /// Single keys.
    pub keys: Keys,
    /// What his cookie holds: the session's token, or that of a browser without one.
    pub secret: String,
    /// Whether `secret` was drawn just now and has to be set.
    pub is_new: bool,
    /// Where he asks from, for the slow-down of guesses alone.
    pub address: String,
    /// Path and query asked for.
    pub here: String,
    /// Who he is, where he is signed in.
    pub member: Option<Member>,
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// As the store knows him.
    pub viewer: Viewer,
    /// His session.
    pub session: Session,
}

/// A person who is signed in, with all that pages need to be made for her.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// Browser and preferences.
    pub visitor: Visitor,
    /// As the store knows her.
    pub viewer: Viewer,
    /// Her session.
    pub session: Session,
    /// The directory as it stands.
    pub directory: Arc<Directory>,
    /// The working days.
    pub calendars: Arc<Calendars>,
    /// The zone in which her unit keeps its hours.
    pub zone: TimeZone,
    /// Case time.
    pub now: Timestamp,
}

impl Visitor {
    /// The token that his forms carry.
    pub(crate) fn csrf(&self) -> String {
        csrf::token(&self.secret)
    }

    /// Sets the cookie of a browser without a session where it has none.
    pub(crate) fn remember(&self, response: &mut Response) {
        if self.is_new {
            set_cookie(response, self.server.options.cookies, VISIT, &self.secret, Kept::Session);
        }
    }

    /// Reads who asks.
    ///
    /// # Errors
    /// The store fails.
    pub(crate) async fn of(
        headers: &HeaderMap,
        uri: &Uri,
        address: Option<SocketAddr>,
        server: &Server,
    ) -> Result<Visitor, Trouble> {
        let cookies = server.options.cookies;
        let session = cookie(headers, &name(cookies, SESSION));
        let visit = cookie(headers, &name(cookies, VISIT));
        let asked = session.clone();
        let (member, drawn) = server
            .app
            .run(move |app| {
                let machine = app.clock().machine();
                let mut member = None;
                if let Some(token) = &asked
                    && let Some((viewer, session)) =
                        app.accounts().viewer_by_session(token, machine)?
                {
                    app.accounts().touch(token, machine)?;
                    member = Some(Member { viewer, session });
                }
                Ok::<_, Trouble>((member, app.nonce()?))
            })
            .await?;
        let likes = member.as_ref().map(|member| member.session.preferences).unwrap_or_default();
        let is_new = session.is_none() && visit.is_none();
        let secret = session.or(visit).unwrap_or_else(|| hex::encode(drawn));
        Ok(Visitor {
            server: server.clone(),
            words: Words::new(language(member.as_ref(), headers)),
            theme: theme(member.as_ref(), headers),
            keys: match likes.keys {
                accounts::Keys::On => Keys::On,
                accounts::Keys::Off => Keys::Off,
            },
            secret,
            is_new,
            address: address.map_or_else(String::new, |address| address.ip().to_string()),
            here: uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            member,
        })
    }

    /// The person, if he is signed in.
    ///
    /// # Errors
    /// He is not: the visitor comes back. Or the store fails.
    pub(crate) async fn person(self) -> Result<Person, Result<Visitor, Trouble>> {
        let Some(Member { viewer, session }) = self.member.clone() else {
            return Err(Ok(self));
        };
        let app = self.server.app.clone();
        let directory = app.run(|app| Ok::<_, Trouble>(app.directory()?)).await.map_err(Err)?;
        let zone = viewer
            .unit()
            .and_then(|unit| directory.unit(unit))
            .map_or(TimeZone::UTC, |unit| unit.zone.time_zone().clone());
        Ok(Person {
            viewer,
            session,
            directory,
            calendars: app.calendars(),
            zone,
            now: app.clock().now(),
            visitor: self,
        })
    }
}

impl Person {
    /// As whom pages are written for.
    pub(crate) fn reader(&self) -> Reader<'_> {
        Reader {
            words: self.visitor.words,
            viewer: &self.viewer,
            directory: &self.directory,
            calendars: &self.calendars,
            zone: &self.zone,
            now: self.now,
        }
    }

    /// Her account.
    pub(crate) fn account(&self) -> AccountId {
        self.session.account
    }

    /// Her authority.
    pub(crate) fn authority(&self) -> Option<&UnitId> {
        self.viewer.authority()
    }
}

fn language(member: Option<&Member>, headers: &HeaderMap) -> Language {
    let liked = member.and_then(|member| member.session.preferences.language);
    let liked = liked.and_then(|language| language.as_str().parse().ok());
    let kept = || cookie(headers, LANGUAGE).and_then(|code| code.parse().ok());
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    liked
        .or_else(|| if member.is_some() { None } else { kept() })
        .unwrap_or_else(|| Language::negotiate(asked.unwrap_or_default()))
}

fn theme(member: Option<&Member>, headers: &HeaderMap) -> Theme {
    match member.map(|member| member.session.preferences.theme) {
        Some(accounts::Theme::Light) => Theme::Light,
        Some(accounts::Theme::Dark) => Theme::Dark,
        Some(accounts::Theme::System) => Theme::System,
        None => cookie(headers, THEME).map_or(Theme::System, |word| Theme::from_word(&word)),
    }
}

/// The full name of a cookie: over TLS only this host may set it.
fn name(cookies: Cookies, base: &str) -> String {
    match cookies {
        Cookies::Secure => format!("__Host-{base}"),
        Cookies::Plain => base.to_owned(),
    }
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, value)| *found == name && !value.is_empty())
        .map(|(_, value)| value.to_owned())
}

/// How long a browser keeps a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// Until it is closed.
    Session,
    /// For a year.
    Year,
    /// Not any longer.
    Gone,
}

/// Sets a cookie of ours: for this host, not for scripts, not for requests from other sites.
pub(crate) fn set_cookie(
    response: &mut Response,
    cookies: Cookies,
    base: &str,
    value: &str,
    kept: Kept,
) {
    let secure = match cookies {
        Cookies::Secure => "; Secure",
        Cookies::Plain => "",
    };
    let age = match kept {
        Kept::Session => "",
        Kept::Year => "; Max-Age=31536000",
        Kept::Gone => "; Max-Age=0",
    };
    let plain = base == LANGUAGE || base == THEME;
    let name = if plain { base.to_owned() } else { name(cookies, base) };
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

/// Begins a session in the browser.
pub(crate) fn begin(response: &mut Response, cookies: Cookies, token: &str) {
    set_cookie(response, cookies, SESSION, token, Kept::Session);
    set_cookie(response, cookies, VISIT, "", Kept::Gone);
}

/// Ends it.
pub(crate) fn end(response: &mut Response, cookies: Cookies) {
    set_cookie(response, cookies, SESSION, "", Kept::Gone);
}

/// A path of ours to go on to; the first page where `next` leads elsewhere.
pub(crate) fn local(next: &str) -> &str {
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(|c: char| c == '\\' || c.is_control() || c.is_whitespace());
    if ours { next } else { "/" }
}

fn address(parts: &Parts) -> Option<SocketAddr> {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0)
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor
where
    Server: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Visitor, Response> {
        let server = Server::from_ref(state);
        Visitor::of(&parts.headers, &parts.uri, address(parts), &server)
            .await
            .map_err(|trouble| Halt::from(trouble).plain(&server, &parts.headers))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Person
where
    Server: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Person, Response> {
        let visitor = Visitor::from_request_parts(parts, state).await?;
        let server = visitor.server.clone();
        match visitor.person().await {
            Ok(person) => Ok(person),
            Err(Ok(visitor)) => Err(crate::pages::sign_in::first(&visitor)),
            Err(Err(trouble)) => Err(Halt::from(trouble).plain(&server, &parts.headers)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_on_to_our_own_pages_only() {
        let table = [
            ("/dossiers/x?tab=history", "/dossiers/x?tab=history"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
            ("", "/"),
        ];
        for (given, leads) in table {
            assert_eq!(local(given), leads, "{given:?}");
        }
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("a=1; ecm-session=tok; b=2"));
        assert_eq!(cookie(&headers, "ecm-session").as_deref(), Some("tok"));
        assert_eq!(cookie(&headers, "session"), None);
    }
}
