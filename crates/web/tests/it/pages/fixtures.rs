//! A node with the demonstration's directory, people at browsers, and short ways to click.

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
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;
use tower::ServiceExt as _;
use web::server::{Cookies, Mode, Options, Server};

pub(crate) const MARIJKE: &str = "marijke";
pub(crate) const PIETER: &str = "pieter";
pub(crate) const JONAS: &str = "jonas";
pub(crate) const CLAIRE: &str = "claire";
pub(crate) const SANNE: &str = "sanne";

const PEOPLE: &[(&str, &str, &[Role])] = &[
    (PIETER, "NL-CUSTOMS", &[Role::Officer, Role::ContactPoint]),
    (MARIJKE, "NL000510", &[Role::Officer]),
    (JONAS, "DE-LICENSING", &[Role::Officer]),
    (CLAIRE, "FR-LICENSING", &[Role::Officer, Role::ContactPoint]),
    (SANNE, "NL-CUSTOMS", &[Role::Administrator]),
];

/// Everybody's password.
pub(crate) const PASSWORD: &str = "kastanje-oever-lantaarn";

fn start() -> Timestamp {
    "2026-11-24T09:42:00Z".parse().unwrap()
}

/// A node that serves pages, with a machine clock that a test moves.
pub(crate) struct Node {
    pub(crate) router: Router,
    pub(crate) app: App,
    moved: Arc<AtomicI64>,
    _folder: TempDir,
}

impl Node {
    pub(crate) fn new() -> Node {
        let folder = tempfile::tempdir().unwrap();
        let master = MasterKey::generate().unwrap();
        let opening = Opening::new(master, "test.example/log", start()).seeded(9);
        let store = Store::open(folder.path(), &opening).unwrap();
        let moved = Arc::new(AtomicI64::new(0));
        let seconds = Arc::clone(&moved);
        let machine = move || {
            let seconds = SignedDuration::from_secs(seconds.load(Ordering::SeqCst));
            start().checked_add(seconds).unwrap()
        };
        let clock = CaseClock::of(&store, Arc::new(machine)).unwrap();
        let policy = Policy { password_cost: PasswordCost::Demonstration, ..Policy::default() };
        let app = App::new(store, Calendars::shipped().unwrap(), clock, policy).unwrap();
        let units = Directory::demonstration().unwrap().units().cloned().collect();
        app.units().add(units, By::Operator, start()).unwrap().unwrap();
        for (login, unit, roles) in PEOPLE {
            person(&app, login, unit, roles);
        }
        let options = Options { mode: Mode::Demonstration, cookies: Cookies::Plain };
        let router = web::router(Server { app: app.clone(), options });
        Node { router, app, moved, _folder: folder }
    }

    /// Lets time pass.
    pub(crate) fn wait(&self, seconds: i64) {
        self.moved.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Somebody's browser, signed in.
    pub(crate) async fn at(&self, who: &str) -> Browser<'_> {
        let browser = self.browser();
        browser.get("/sign-in").await;
        let got = browser.submit("/sign-in", &[("user", who), ("password", PASSWORD)]).await;
        assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.text());
        browser
    }

    /// A browser of somebody who is not signed in.
    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser { node: self, cookies: RefCell::default(), page: RefCell::default() }
    }

    /// A stop that Pieter sends to Germany, through the pages; its address.
    pub(crate) async fn stop(&self) -> String {
        let pieter = self.at(PIETER).await;
        pieter.get("/new/stop").await;
        let mut typed = vec![("do", "send")];
        typed.extend(STOP);
        let got = pieter.submit("/new/stop", &typed).await;
        assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.text());
        got.to().to_owned()
    }
}

/// A whole stop as it is typed.
pub(crate) const STOP: &[(&str, &str)] = &[
    ("/form/grounds", "21(3)(a)(i)"),
    ("/form/items/0/description", "Quartz resonators"),
    ("/form/items/0/cn8", "8541 60 00"),
    ("/form/items/0/net_mass", "18.6"),
    ("/form/items/0/exporter/name", "Quellwasser Feinoptik"),
    ("/form/items/0/exporter/country", "DE"),
    ("/form/items/0/consignee/name", "Zhetisu Kvarts"),
    ("/form/items/0/country_of_destination", "KZ"),
    ("/form/office", "NL000510"),
    ("/form/suspended_at", "24 Nov 2026 09:55"),
    ("/form/licence", "DE-26-118274-E"),
    ("/form/questions", "Was the end user known at issue?"),
    ("/handling/code", "H1"),
    ("/purpose", "To decide on release"),
    ("/legal_basis", "2021/821 Art. 21"),
];

fn person(app: &App, login: &str, unit: &str, roles: &[Role]) {
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
    accounts.set_password(account, PASSWORD, By::Operator, start()).unwrap().unwrap();
}

/// A browser: cookies, and the page that it shows.
pub(crate) struct Browser<'n> {
    node: &'n Node,
    cookies: RefCell<BTreeMap<String, String>>,
    page: RefCell<String>,
}

impl Browser<'_> {
    pub(crate) async fn get(&self, path: &str) -> Got {
        self.send("GET", path, None).await
    }

    /// Sends the form of the page at hand with this action: its hidden fields, and what is typed.
    pub(crate) async fn submit(&self, action: &str, typed: &[(&str, &str)]) -> Got {
        let pairs = self.form(action, typed);
        self.post(action, &pairs).await
    }

    /// The hidden fields of a form on the page at hand, and what is typed into it.
    pub(crate) fn form(&self, action: &str, typed: &[(&str, &str)]) -> Vec<(String, String)> {
        let page = self.page.borrow();
        let (_, form) = page
            .split_once(&format!("action=\"{action}\""))
            .unwrap_or_else(|| panic!("no form for {action} on\n{page}"));
        let form = form.split("</form>").next().unwrap();
        let mut pairs = Vec::new();
        for input in form.split("<input ").skip(1).filter(|input| input.contains("type=\"hidden\""))
        {
            let of = |name: &str| {
                let value = input.split(&format!("{name}=\"")).nth(1).unwrap();
                unescape(value.split('"').next().unwrap())
            };
            pairs.push((of("name"), of("value")));
        }
        pairs.extend(typed.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
        pairs
    }

    pub(crate) async fn post(&self, path: &str, pairs: &[(String, String)]) -> Got {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        self.send("POST", path, Some((body, "application/x-www-form-urlencoded"))).await
    }

    /// Sends the form of the page at hand with a file, as browsers do.
    pub(crate) async fn upload(
        &self,
        action: &str,
        typed: &[(&str, &str)],
        file: (&str, &str),
    ) -> Got {
        let pairs = self.form(action, typed);
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        self.upload_as(action, &pairs, file).await
    }

    /// Sends these texts and a file.
    pub(crate) async fn upload_as(
        &self,
        action: &str,
        pairs: &[(&str, &str)],
        (field, file): (&str, &str),
    ) -> Got {
        let head =
            |name: &str| format!("--EDGE\r\nContent-Disposition: form-data; name=\"{name}\"");
        let texts = pairs.iter().map(|(name, text)| format!("{}\r\n\r\n{text}\r\n", head(name)));
        let texts: String = texts.collect();
        let kind = "Content-Type: application/xml";
        let body = format!(
            "{texts}{}; filename=\"a.xml\"\r\n{kind}\r\n\r\n{file}\r\n--EDGE--\r\n",
            head(field)
        );
        self.send("POST", action, Some((body, "multipart/form-data; boundary=EDGE"))).await
    }

    /// Follows where the last answer led.
    pub(crate) async fn follow(&self, got: &Got) -> Got {
        assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.text());
        self.get(got.to().split('#').next().unwrap()).await
    }

    async fn send(&self, method: &str, path: &str, body: Option<(String, &str)>) -> Got {
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request =
            Request::builder().method(method).uri(path).header("cookie", cookies.join("; "));
        if let Some((_, kind)) = &body {
            request = request.header("content-type", *kind);
        }
        let body = body.map(|(body, _)| body).unwrap_or_default();
        let request = request.body(Body::from(body)).unwrap();
        let response = self.node.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if cookie.contains("Max-Age=0") {
                self.cookies.borrow_mut().remove(name);
            } else {
                self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if parts.status != StatusCode::SEE_OTHER {
            self.page.replace(text.clone());
        }
        Got { status: parts.status, headers: parts.headers, text }
    }
}

fn unescape(text: &str) -> String {
    let mut text = text.to_owned();
    for (code, sign) in
        [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")]
    {
        text = text.replace(code, sign);
    }
    text
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    text: String,
}

impl Got {
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The text that a person reads on it, tags left out.
    pub(crate) fn words(&self) -> String {
        let mut words = String::new();
        for part in self.text.split('<').skip(1) {
            words.push_str(part.split_once('>').map_or("", |(_, text)| text));
        }
        unescape(&words)
    }

    /// Where it leads.
    pub(crate) fn to(&self) -> &str {
        self.headers["location"].to_str().unwrap()
    }

    pub(crate) fn says(&self, text: &str) {
        assert!(self.words().contains(text), "`{text}` is not on\n{}", self.words());
    }

    pub(crate) fn does_not_say(&self, text: &str) {
        assert!(!self.text.contains(text), "`{text}` is on\n{}", self.words());
    }
}
