//! Signing in and out: password, second factor, and back to where one wanted to go.

use super::sent::FromAnybody;
use super::{Halt, lead, page, page_with};
use crate::server::Mode;
use crate::session::{self, Visitor, local};
use crate::view::form::{Control, Field, FormGroup, FormView, Submit, TextKind};
use crate::view::parts::{Icon, Notice, Tone};
use crate::view::sign_in::{DemoAccount, SignInPage};
use app::accounts::SignIn;
use app::{App, Trouble};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::header::{HeaderValue, RETRY_AFTER};
use axum::response::Response;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Leads somebody who is not signed in to sign-in and back.
pub(crate) fn first(visitor: &Visitor) -> Response {
    let next = local(&visitor.here);
    let mut response = if next == "/" {
        lead("/sign-in")
    } else {
        let query =
            form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
        lead(&format!("/sign-in?{query}"))
    };
    visitor.remember(&mut response);
    response
}

/// `GET /sign-in?next=`: the form.
pub(crate) async fn form(
    visitor: Visitor,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let next = query.get("next").map_or("/", |next| local(next)).to_owned();
    if visitor.member.is_some() {
        return lead(&next);
    }
    let kept = (next == "/kept").then(|| visitor.words.text("signed-out-kept"));
    let notice = kept.map(|text| notice(Tone::Accent, Icon::Refresh, text));
    show(visitor, StatusCode::OK, notice, &next).await
}

fn notice(tone: Tone, icon: Icon, text: String) -> Notice {
    Notice { tone, icon, text: text.into() }
}

async fn show(
    visitor: Visitor,
    status: StatusCode,
    notice: Option<Notice>,
    next: &str,
) -> Response {
    let words = visitor.words;
    let line = |name: &str, label: &str, kind| {
        Field::new(name, words.text(label), Control::Text { value: String::new(), kind })
    };
    let fields = vec![
        line("user", "sign-in-user", TextKind::User),
        line("password", "sign-in-password-label", TextKind::Password),
    ];
    let form = FormView {
        hidden: vec![("next".to_owned(), next.to_owned())],
        groups: vec![FormGroup::of(fields)],
        buttons: vec![Submit::primary(words.text("sign-in"), "")],
        ..FormView::new("sign-in", "/sign-in")
    };
    let accounts = match visitor.server.options.mode {
        Mode::Demonstration => {
            let visitor = visitor.clone();
            let app = visitor.server.app.clone();
            app.run(move |app| accounts(app, &visitor)).await.unwrap_or_default()
        }
        Mode::Real => Vec::new(),
    };
    let title = words.text("sign-in");
    let chrome = visitor.bare(&title);
    let mut response = page_with(status, &SignInPage { chrome, title, notice, form, accounts });
    visitor.remember(&mut response);
    response
}

/// The accounts of a demonstration, which are no secret.
fn accounts(app: &App, visitor: &Visitor) -> Result<Vec<DemoAccount>, Trouble> {
    let directory = app.directory()?;
    let calendars = app.calendars();
    let system = app::viewer::Viewer::system();
    let reader = crate::show::Reader {
        words: visitor.words,
        viewer: &system,
        directory: &directory,
        calendars: &calendars,
        zone: &jiff::tz::TimeZone::UTC,
        now: app.clock().now(),
    };
    let mut accounts = Vec::new();
    for unit in directory.units().filter(|unit| unit.parent.is_none()) {
        for person in app.accounts().people(&unit.id, None)?.people {
            let roles: Vec<String> =
                person.roles.iter().map(|role| visitor.words.code("role", role.word())).collect();
            accounts.push(DemoAccount {
                name: person.name.to_string(),
                user: person.login.to_string(),
                unit: format!("{} · {}", reader.unit(&person.unit), roles.join(", ")),
            });
        }
    }
    Ok(accounts)
}

/// `POST /sign-in`: user name and password.
pub(crate) async fn sign_in(FromAnybody { visitor, sent }: FromAnybody) -> Response {
    let next = local(sent.given("next")).to_owned();
    let (user, password) = (sent.given("user").to_owned(), sent.given("password").to_owned());
    let address = visitor.address.clone();
    let app = visitor.server.app.clone();
    let tried = app.run(move |app| {
        let machine = app.clock().machine();
        Ok::<_, Trouble>(app.accounts().sign_in(&user, &password, &address, machine)?)
    });
    outcome(visitor, tried.await, &next, None).await
}

/// `POST /sign-in/code`: the second factor.
pub(crate) async fn code(FromAnybody { visitor, sent }: FromAnybody) -> Response {
    let next = local(sent.given("next")).to_owned();
    let half_way = sent.given("half_way").to_owned();
    let (code, address) = (sent.given("code").to_owned(), visitor.address.clone());
    let app = visitor.server.app.clone();
    let token = half_way.clone();
    let tried = app.run(move |app| {
        let machine = app.clock().machine();
        let tried = app.accounts().second_factor(&token, &code, &address, machine)?;
        Ok::<_, Trouble>(tried)
    });
    outcome(visitor, tried.await, &next, Some(half_way)).await
}

async fn outcome(
    visitor: Visitor,
    tried: Result<SignIn, Trouble>,
    next: &str,
    half_way: Option<String>,
) -> Response {
    let words = visitor.words;
    let tried = match tried {
        Ok(tried) => tried,
        Err(trouble) => {
            let headers = axum::http::HeaderMap::new();
            return Halt::from(trouble).plain(&visitor.server, &headers);
        }
    };
    match tried {
        SignIn::In { session, .. } => {
            // What was kept when the last session ran out is looked for first.
            let to = if next == "/" { "/kept" } else { next };
            let mut response = lead(to);
            session::begin(&mut response, visitor.server.options.cookies, session.as_str());
            response
        }
        SignIn::SecondFactor { half_way } => {
            ask_code(&visitor, StatusCode::OK, half_way.as_str(), next, None)
        }
        SignIn::Refused => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let wrong = |key: &str| Some(notice(Tone::Late, Icon::Cross, words.text(key)));
            if let Some(half_way) = half_way {
                ask_code(&visitor, status, &half_way, next, wrong("sign-in-wrong-code"))
            } else {
                show(visitor, status, wrong("sign-in-refused"), next).await
            }
        }
        SignIn::Wait { until } => wait(visitor, until, next).await,
    }
}

/// Too many attempts: the form again, with when to try.
async fn wait(visitor: Visitor, until: Timestamp, next: &str) -> Response {
    let zone = jiff::tz::TimeZone::get("Europe/Brussels").unwrap_or(jiff::tz::TimeZone::UTC);
    let machine = visitor.server.app.clock().machine();
    let at = visitor.words.time_seconds(until, &zone);
    let text = visitor.words.with("sign-in-wait", &[("at", at.into())]);
    let seconds = until.duration_since(machine).as_secs().max(1);
    let notice = notice(Tone::Late, Icon::Clock, text);
    let mut response = show(visitor, StatusCode::TOO_MANY_REQUESTS, Some(notice), next).await;
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

fn ask_code(
    visitor: &Visitor,
    status: StatusCode,
    half_way: &str,
    next: &str,
    notice: Option<Notice>,
) -> Response {
    let words = visitor.words;
    let control = Control::Text { value: String::new(), kind: TextKind::OneTime };
    let field = Field::new("code", words.text("sign-in-code"), control);
    let form = FormView {
        hidden: vec![
            ("half_way".to_owned(), half_way.to_owned()),
            ("next".to_owned(), next.to_owned()),
        ],
        groups: vec![FormGroup::of(vec![field.help(words.text("sign-in-code-help"))])],
        buttons: vec![Submit::primary(words.text("sign-in"), "")],
        ..FormView::new("sign-in-code", "/sign-in/code")
    };
    let title = words.text("sign-in-second");
    let chrome = visitor.bare(&title);
    let asked = SignInPage { chrome, title, notice, form, accounts: Vec::new() };
    if status == StatusCode::OK { page(&asked) } else { page_with(status, &asked) }
}

/// `POST /sign-out`: ends the session.
pub(crate) async fn sign_out(FromAnybody { visitor, .. }: FromAnybody) -> Response {
    let token = visitor.secret.clone();
    let ended =
        visitor.server.app.run(move |app| Ok::<_, Trouble>(app.accounts().revoke(&token)?)).await;
    match ended {
        Ok(()) => {
            let mut response = lead("/sign-in");
            session::end(&mut response, visitor.server.options.cookies);
            response
        }
        Err(trouble) => Halt::from(trouble).plain(&visitor.server, &axum::http::HeaderMap::new()),
    }
}
