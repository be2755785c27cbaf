//! The pages' handlers: each translates, calls one use case and shows what came of it.
//!
//! All that waits for the disk happens in [`Person::answer`], on a thread that may wait.

pub(crate) mod account;
pub(crate) mod act;
pub(crate) mod compose;
pub(crate) mod denial;
pub(crate) mod directory;
pub(crate) mod dossier;
pub(crate) mod files;
pub(crate) mod filled;
pub(crate) mod links;
pub(crate) mod live;
pub(crate) mod message;
pub(crate) mod outside;
pub(crate) mod queue;
pub(crate) mod search;
pub(crate) mod sent;
pub(crate) mod settings;
pub(crate) mod sign_in;

use crate::server::{Mode, Server};
use crate::session::{Person, Visitor};
use crate::view::chrome::{Chrome, Counts, Person as ShownPerson, Place, rail};
use crate::view::prose::ErrorPage;
use crate::view::ready::Trouble as Shown;
use crate::words::{Language, Words};
use app::roles::{self, Action};
use app::{App, Trouble};
use askama::Template;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get, post};
use domain::event::Kind;
use domain::standing::Wait;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most bytes of a file, as the pages say it.
const FILE_MAX: &str = "200 MB";
/// The most bytes of everything else.
const OTHER_MAX: &str = "1 MB";

/// The pages.
pub(crate) fn routes() -> Router<Server> {
    Router::new()
        .route("/", get(queue::due))
        .route("/stops", get(queue::stops))
        .route("/requests", get(queue::requests))
        .route("/notices", get(queue::notices))
        .route("/new", get(compose::start))
        .route("/new/{kind}", get(compose::new).post(compose::save_new))
        .route("/new/{kind}/autosave", post(compose::autosave_new))
        .route("/dossiers/{id}", get(dossier::show))
        .route("/dossiers/{id}/edit", get(compose::edit).post(compose::save))
        .route("/dossiers/{id}/edit/autosave", post(compose::autosave))
        .route("/dossiers/{id}/{command}", post(act::act))
        .route("/dossiers/{id}/files", unlimited(post(files::add)))
        .route("/dossiers/{id}/files/{file}", get(files::fetch))
        .route("/search", get(search::search))
        .route("/sign-in", get(sign_in::form).post(sign_in::sign_in))
        .route("/sign-in/code", post(sign_in::code))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/kept", get(act::kept))
        .route("/preferences", post(outside::preferences))
        .route("/accessibility", get(outside::accessibility))
        .route("/help", get(outside::help))
        .route("/assets/{version}/{*path}", get(outside::asset))
        .route("/health", get(outside::health))
        .route("/stream", get(live::stream))
        .merge(account::routes())
        .merge(directory::routes())
        .merge(links::routes())
        .merge(settings::routes())
        .fallback(outside::nothing)
        .method_not_allowed_fallback(outside::nothing)
}

/// A route that reads its body piece by piece and counts for itself.
fn unlimited(route: MethodRouter<Server>) -> MethodRouter<Server> {
    route.layer(DefaultBodyLimit::disable())
}

/// Why there is no page but one that says so.
#[derive(Debug)]
pub(crate) enum Halt {
    /// A use case was not done.
    Trouble(Trouble),
    /// The form is not one of ours, or of an earlier session.
    Form,
    /// Too many bytes.
    TooLarge,
}

impl<T: Into<Trouble>> From<T> for Halt {
    fn from(trouble: T) -> Halt {
        Halt::Trouble(trouble.into())
    }
}

impl Halt {
    /// What is shown of it; a failure goes to the log under the number that the person sees.
    fn shown(&self, number: impl FnOnce() -> String) -> Shown {
        match self {
            Halt::Form => Shown::Form,
            Halt::TooLarge => {
                Shown::TooLarge { file: FILE_MAX.to_owned(), other: OTHER_MAX.to_owned() }
            }
            Halt::Trouble(Trouble::NotFound) => Shown::NotFound,
            Halt::Trouble(Trouble::Role) => Shown::Role,
            Halt::Trouble(Trouble::Stopped | Trouble::Busy) => Shown::Unavailable,
            Halt::Trouble(trouble) => {
                let number = number();
                tracing::error!(%number, failure = kind_of(trouble), "a request failed");
                Shown::Failed { number }
            }
        }
    }

    /// The page for somebody of whom nothing is known but what his browser asks for.
    pub(crate) fn plain(&self, server: &Server, headers: &HeaderMap) -> Response {
        let accept = headers.get(axum::http::header::ACCEPT_LANGUAGE);
        let accept = accept.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let chrome = bare(server, Words::new(Language::negotiate(accept)));
        error(&self.shown(|| number(&server.app)), chrome)
    }

    /// The page for a person who is signed in.
    fn page(&self, app: &App, person: &Person) -> Response {
        let chrome = Chrome { here: "/".to_owned(), ..person.chrome(app, "", Place::Elsewhere) };
        error(&self.shown(|| number(app)), chrome)
    }
}

/// What sort of failure it was, without anything of its content.
fn kind_of(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Store(failure) => failure.to_string(),
        Trouble::Content(_) => "stored content is not well formed".to_owned(),
        Trouble::Malformed(_) => "malformed".to_owned(),
        Trouble::Refused(_) => "refused".to_owned(),
        Trouble::Stale { .. } => "stale".to_owned(),
        other => other.to_string(),
    }
}

/// A number under which the log has a failure.
pub(crate) fn number(app: &App) -> String {
    let drawn = app.nonce().unwrap_or_default();
    hex::encode(drawn).chars().take(8).collect()
}

fn error(trouble: &Shown, chrome: Chrome) -> Response {
    let status = StatusCode::from_u16(trouble.status()).unwrap_or(StatusCode::IM_A_TEAPOT);
    page_with(status, &ErrorPage::of(trouble, chrome))
}

/// A page.
pub(crate) fn page(template: &impl Template) -> Response {
    page_with(StatusCode::OK, template)
}

/// A page with a status.
pub(crate) fn page_with(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => {
            let mut response = (status, html).into_response();
            let html = HeaderValue::from_static("text/html; charset=utf-8");
            response.headers_mut().insert(CONTENT_TYPE, html);
            response
        }
        // Writing into memory cannot fail.
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Leads to another page of ours (303): what was posted is done, and Back does not do it again.
pub(crate) fn lead(to: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(value) = HeaderValue::from_str(to) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
}

/// What surrounds a page of somebody who is not signed in.
pub(crate) fn bare(server: &Server, words: Words) -> Chrome {
    let zone = jiff::tz::TimeZone::get("Europe/Brussels").unwrap_or(jiff::tz::TimeZone::UTC);
    let now = words.moment_year(server.app.clock().now(), &zone);
    Chrome {
        words,
        title: String::new(),
        theme: crate::view::chrome::Theme::System,
        keys: crate::view::chrome::Keys::On,
        demonstration: demonstration(server, &now),
        person: None,
        rail: Vec::new(),
        search: String::new(),
        here: "/".to_owned(),
        csrf: String::new(),
        stream: None,
        now,
        print_head: None,
    }
}

fn demonstration(server: &Server, now: &str) -> Option<String> {
    match server.options.mode {
        Mode::Demonstration => Some(now.to_owned()),
        Mode::Real => None,
    }
}

impl Visitor {
    /// What surrounds a page of his, signed in or not, without a rail.
    pub(crate) fn bare(&self, title: &str) -> Chrome {
        Chrome {
            title: title.to_owned(),
            theme: self.theme,
            keys: self.keys,
            here: self.here.clone(),
            csrf: self.csrf(),
            ..bare(&self.server, self.words)
        }
    }
}

impl Person {
    /// What surrounds a page of hers.
    pub(crate) fn chrome(&self, app: &App, title: &str, place: Place) -> Chrome {
        let reader = self.reader();
        let unit = self.viewer.unit();
        let found = unit.and_then(|unit| self.directory.unit(unit));
        let is_office = found.is_some_and(|unit| unit.parent.is_some());
        let roles: Vec<String> =
            self.viewer.roles().map(|role| self.visitor.words.code("role", role.word())).collect();
        let now = self.visitor.words.moment_year(self.now, &self.zone);
        let administers = roles::may(&self.viewer, Action::Administer);
        let person = ShownPerson {
            name: self.viewer.name().unwrap_or_default().to_owned(),
            unit: unit.map(|unit| reader.unit(unit)).unwrap_or_default(),
            office: unit.filter(|_| is_office).map(ToString::to_string),
            role: roles.join(", "),
            settings: administers.then(|| "/settings".to_owned()),
        };
        let reads = roles::may(&self.viewer, Action::Read);
        let rail =
            if reads { rail(self.visitor.words, self.counts(app), place) } else { Vec::new() };
        Chrome {
            demonstration: demonstration(&self.visitor.server, &now),
            person: Some(person),
            rail,
            now,
            ..self.visitor.bare(title)
        }
    }

    /// How many she has of each; none where that cannot be counted now.
    fn counts(&self, app: &App) -> Counts {
        let counts = app.counts(&self.viewer).unwrap_or_default();
        let of = |waits: &[Wait], kinds: &[Kind]| -> u32 {
            let groups = waits.iter().filter_map(|wait| counts.by_group.get(wait));
            groups.flat_map(|group| kinds.iter().filter_map(|kind| group.get(kind))).sum()
        };
        let open = [Wait::SilenceDecides, Wait::You, Wait::Others];
        Counts {
            due: of(&[Wait::SilenceDecides, Wait::You], Kind::ALL),
            stops: of(&open, &[Kind::Stop]),
            requests: of(&open, queue::REQUESTS),
            notices: of(&open, &[Kind::Notice]),
        }
    }

    /// Makes a page on a thread that may wait; what goes wrong becomes the page that says so.
    pub(crate) async fn answer(
        self,
        work: impl FnOnce(&App, &Person) -> Result<Response, Halt> + Send + 'static,
    ) -> Response {
        let server = self.visitor.server.clone();
        let made = server.app.run(move |app| {
            let done = catch_unwind(AssertUnwindSafe(|| work(app, &self)));
            Ok::<_, Trouble>(match done {
                Ok(Ok(response)) => response,
                Ok(Err(halt)) => halt.page(app, &self),
                Err(_) => {
                    let number = number(app);
                    tracing::error!(%number, "a request broke off");
                    let chrome = self.chrome(app, "", Place::Elsewhere);
                    error(&Shown::Failed { number }, chrome)
                }
            })
        });
        made.await.unwrap_or_else(|trouble| Halt::from(trouble).plain(&server, &HeaderMap::new()))
    }
}
