//! A node with the demonstration's directory, a few people with tokens, and short ways to ask.

use app::App;
use app::store::accounts::{By, NewAccount, PasswordCost, Policy};
use app::store::keys::MasterKey;
use app::store::viewer::Role;
use app::store::{Opening, Store};
use app::time::CaseClock;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use catalogue::authorities::Directory;
use catalogue::calendar::Calendars;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt as _;
use web::server::{Cookies, Mode, Options, Server};

/// Contact point of Dutch customs: sends without approval.
pub(crate) const PIETER: &str = "pieter";
/// Officer of the office in Rotterdam: her stops are approved first.
pub(crate) const MARIJKE: &str = "marijke";
/// Officer of the German licensing authority.
pub(crate) const JONAS: &str = "jonas";
/// Officer of the French licensing authority: on no list.
pub(crate) const CLAIRE: &str = "claire";
/// The secretariat: on no list either.
pub(crate) const TOMAS: &str = "tomas";
/// Administrator of Dutch customs: sees no dossier.
pub(crate) const SANNE: &str = "sanne";
/// Analyst of the German licensing authority: reads only.
pub(crate) const LENA: &str = "lena";

const PEOPLE: &[(&str, &str, &[Role])] = &[
    (PIETER, "NL-CUSTOMS", &[Role::Officer, Role::ContactPoint]),
    (MARIJKE, "NL000510", &[Role::Officer]),
    (JONAS, "DE-LICENSING", &[Role::Officer]),
    (LENA, "DE-LICENSING", &[Role::Analyst]),
    (CLAIRE, "FR-LICENSING", &[Role::Officer, Role::ContactPoint]),
    (TOMAS, "EU-SECRETARIAT", &[Role::Secretariat]),
    (SANNE, "NL-CUSTOMS", &[Role::Administrator]),
];

/// An export declaration made up for tests.
pub(crate) const DMS: &str = include_str!("../../../../declarations/tests/fixtures/dms.xml");
/// Another one.
pub(crate) const CC515C: &str = include_str!("../../../../declarations/tests/fixtures/cc515c.xml");

/// A Tuesday morning.
pub(crate) fn start() -> Timestamp {
    "2026-11-24T09:42:00Z".parse().unwrap()
}

/// A node and its API.
pub(crate) struct Node {
    pub(crate) router: Router,
    pub(crate) app: App,
    tokens: BTreeMap<&'static str, String>,
    _folder: TempDir,
}

impl Node {
    /// A demonstration's node.
    pub(crate) fn new() -> Node {
        Node::serving(Mode::Demonstration)
    }

    pub(crate) fn serving(mode: Mode) -> Node {
        let folder = tempfile::tempdir().unwrap();
        let master = MasterKey::generate().unwrap();
        let opening = Opening::new(master, "test.example/log", start()).seeded(9);
        let store = Store::open(folder.path(), &opening).unwrap();
        let clock = CaseClock::of(&store, Arc::new(start)).unwrap();
        let policy = Policy { password_cost: PasswordCost::Demonstration, ..Policy::default() };
        let app = App::new(store, Calendars::shipped().unwrap(), clock, policy).unwrap();
        let units = Directory::demonstration().unwrap().units().cloned().collect();
        app.units().add(units, By::Operator, start()).unwrap().unwrap();
        let tokens =
            PEOPLE.iter().map(|(login, unit, roles)| (*login, person(&app, login, unit, roles)));
        let tokens = tokens.collect();
        let options = Options { mode, cookies: Cookies::Plain };
        let server = Server { app: app.clone(), options };
        let router = Router::new().nest("/api/v1", web::api::routes()).with_state(server);
        Node { router, app, tokens, _folder: folder }
    }

    pub(crate) fn token(&self, who: &str) -> &str {
        &self.tokens[who]
    }

    /// Asks as somebody, with a body or without, and these headers.
    pub(crate) async fn ask(
        &self,
        who: &str,
        request: (&str, &str),
        headers: &[(&str, &str)],
        body: Body,
    ) -> Got {
        let (method, path) = request;
        let mut builder = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header("authorization", format!("Bearer {}", self.token(who)));
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        self.send(builder.body(body).unwrap()).await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Got {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Got { status: parts.status, headers: parts.headers, bytes }
    }

    pub(crate) async fn get(&self, who: &str, path: &str) -> Got {
        self.ask(who, ("GET", path), &[], Body::empty()).await
    }

    pub(crate) async fn post(&self, who: &str, path: &str, body: &Value) -> Got {
        self.post_with(who, path, &[], body).await
    }

    pub(crate) async fn post_with(
        &self,
        who: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Got {
        let mut all = vec![("content-type", "application/json")];
        all.extend(headers);
        self.ask(who, ("POST", path), &all, Body::from(body.to_string())).await
    }

    /// Does something with a dossier, which must be possible.
    pub(crate) async fn act(&self, who: &str, id: &str, body: Value) -> Value {
        let got = self.post(who, &format!("/dossiers/{id}/commands"), &body).await;
        assert_eq!(got.status, StatusCode::OK, "{body}: {}", got.text());
        got.json()
    }

    /// A stop of Dutch customs, sent to Germany; its id.
    pub(crate) async fn stop(&self) -> String {
        let got = self.post(PIETER, "/dossiers", &stop()).await;
        assert_eq!(got.status, StatusCode::CREATED, "{}", got.text());
        got.json()["id"].as_str().unwrap().to_owned()
    }
}

fn person(app: &App, login: &str, unit: &str, roles: &[Role]) -> String {
    let new = NewAccount {
        login: login.parse().unwrap(),
        name: format!("N. {login}").parse().unwrap(),
        mail: format!("{login}@demonstration.example").parse().unwrap(),
        unit: unit.parse().unwrap(),
        roles: roles.iter().copied().collect(),
        language: None,
    };
    let accounts = app.accounts();
    let account = accounts.create(new, By::Operator, start()).unwrap().unwrap();
    let expires = start().checked_add(SignedDuration::from_hours(24)).unwrap();
    let issued = accounts.issue_token(account, "test", expires, By::Operator, start());
    issued.unwrap().unwrap().1.as_str().to_owned()
}

/// A whole stop, sent to Germany.
pub(crate) fn stop() -> Value {
    json!({
        "kind": "stop",
        "to": ["DE-LICENSING"],
        "form": {
            "grounds": ["21(3)(a)(i)"],
            "items": [{
                "description": "Pressure transducers",
                "cn8": "90262020",
                "exporter": {"name": "Feinwerk Donau", "country": "DE"},
                "consignee": {"name": "Sary-Arka Avtomatika", "country": "KZ"},
                "net_mass": 18.6,
            }],
            "office": "NL000510",
            "suspended_at": "2026-11-24T08:30:00Z",
            "questions": "Does the licence cover these?",
        },
        "handling": {"code": "H1", "source": "B", "information": "2"},
        "purpose": "To decide on release",
        "legal_basis": "2021/821 Art. 21",
        "send": true,
    })
}

/// What was answered.
#[derive(Debug, PartialEq)]
pub(crate) struct Got {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Got {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    /// Status, and of a problem the end of its type and its details, one a line.
    pub(crate) fn told(&self) -> String {
        let problem = self.json();
        let kind = problem["type"].as_str().unwrap_or("?").trim_start_matches("urn:ecm:problem:");
        let mut told = format!("{} {kind}", self.status.as_u16());
        for name in ["code", "article", "line", "column", "newer"] {
            if let Some(value) = problem.get(name) {
                write!(told, " {name}={value}").unwrap();
            }
        }
        for error in problem["errors"].as_array().unwrap_or(&Vec::new()) {
            let place = ["pointer", "parameter", "header"];
            let place = place.iter().find_map(|name| error.get(name)).unwrap();
            write!(told, "\n  {place}: {}", error["detail"].as_str().unwrap()).unwrap();
        }
        told
    }
}
