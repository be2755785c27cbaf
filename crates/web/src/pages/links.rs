//! `/invitation/{token}` and `/reset/{token}`: somebody who holds a link chooses a password.
//!
//! A link is good once. One that was used, has run out, is for something else or never was gets one
//! and the same page.

use super::denial::password_refusal;
use super::filled::Filled;
use super::sent::FromAnybody;
use super::{Halt, lead, page_with};
use crate::server::Server;
use crate::session::{self, Visitor};
use crate::view::chrome::Chrome;
use crate::view::form::{Submit, TextKind};
use crate::view::parts::Rich;
use crate::view::prose::ErrorPage;
use crate::view::sign_in::SignInPage;
use app::accounts::{AccountRefusal, Purpose, SignIn};
use app::{App, Trouble};
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;

/// The pages behind links.
pub(crate) fn routes() -> Router<Server> {
    Router::new()
        .route("/invitation/{token}", get(invitation).post(accept))
        .route("/reset/{token}", get(reset).post(anew))
}

async fn invitation(visitor: Visitor, Path(token): Path<String>) -> Response {
    open(visitor, Purpose::Invitation, token).await
}

async fn reset(visitor: Visitor, Path(token): Path<String>) -> Response {
    open(visitor, Purpose::Reset, token).await
}

async fn accept(Path(token): Path<String>, sent: FromAnybody) -> Response {
    choose(sent, Purpose::Invitation, token).await
}

async fn anew(Path(token): Path<String>, sent: FromAnybody) -> Response {
    choose(sent, Purpose::Reset, token).await
}

/// Whose link it is; none where it is not good for this.
fn holder(app: &App, purpose: Purpose, token: &str) -> Result<Option<(String, String)>, Trouble> {
    let link = app.accounts().link(token, app.clock().machine())?;
    let link = link.filter(|link| link.purpose == purpose);
    Ok(link.map(|link| (link.person.name.to_string(), link.person.login.to_string())))
}

async fn open(visitor: Visitor, purpose: Purpose, token: String) -> Response {
    let asked = token.clone();
    let app = visitor.server.app.clone();
    let found = app.run(move |app| holder(app, purpose, &asked)).await;
    let mut response = match found {
        Ok(Some(whose)) => {
            let form = Filled::default();
            form_page(&visitor, StatusCode::OK, purpose, &token, &whose, &form)
        }
        Ok(None) => spent(&visitor),
        Err(trouble) => Halt::from(trouble).plain(&visitor.server, &HeaderMap::new()),
    };
    visitor.remember(&mut response);
    response
}

/// What became of a password that was chosen.
enum Chosen {
    /// It is set: in with her, as far as it goes.
    In(SignIn),
    /// It breaks a rule.
    Refused(AccountRefusal, (String, String)),
    /// The link is not good.
    Spent,
}

async fn choose(
    FromAnybody { visitor, sent }: FromAnybody,
    purpose: Purpose,
    token: String,
) -> Response {
    let filled = Filled::of(&sent);
    let new = filled.raw("link/password").to_owned();
    let address = visitor.address.clone();
    let asked = token.clone();
    let app = visitor.server.app.clone();
    let chosen = app.run(move |app| {
        let now = app.clock().machine();
        let Some(whose) = holder(app, purpose, &asked)? else { return Ok(Chosen::Spent) };
        Ok::<_, Trouble>(match app.accounts().redeem(&asked, &new, now)? {
            Ok(_) => Chosen::In(app.accounts().sign_in(&whose.1, &new, &address, now)?),
            Err(AccountRefusal::LinkSpent) => Chosen::Spent,
            Err(refusal) => Chosen::Refused(refusal, whose),
        })
    });
    match chosen.await {
        Ok(Chosen::In(SignIn::In { session, .. })) => {
            let mut response = lead("/");
            session::begin(&mut response, visitor.server.options.cookies, session.as_str());
            response
        }
        // The second factor is asked for where it always is.
        Ok(Chosen::In(SignIn::SecondFactor { .. } | SignIn::Refused | SignIn::Wait { .. })) => {
            lead("/sign-in")
        }
        Ok(Chosen::Refused(refusal, whose)) => {
            let mut filled = filled;
            let why = match &refusal {
                AccountRefusal::Password(refusal) => password_refusal(visitor.words, refusal),
                other => other.to_string(),
            };
            filled.wrong("link/password", why);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            form_page(&visitor, status, purpose, &token, &whose, &filled)
        }
        Ok(Chosen::Spent) => spent(&visitor),
        Err(trouble) => Halt::from(trouble).plain(&visitor.server, &HeaderMap::new()),
    }
}

fn form_page(
    visitor: &Visitor,
    status: StatusCode,
    purpose: Purpose,
    token: &str,
    whose: &(String, String),
    filled: &Filled,
) -> Response {
    let words = visitor.words;
    let (title, place) = match purpose {
        Purpose::Invitation => ("link-invitation", "invitation"),
        Purpose::Reset => ("link-reset", "reset"),
    };
    let (name, login) = whose;
    let values = [("name", name.as_str().into()), ("login", login.as_str().into())];
    let help = words.text("password-rules");
    let field = filled.line("link/password", words.text("password-new"), TextKind::NewPassword);
    let action = format!("/{place}/{token}");
    let mut form = filled.form("link", &action, vec![field.help(help)], String::new());
    form.buttons = vec![Submit::primary(words.text("link-button"), "")];
    if let Some(group) = form.groups.first_mut() {
        group.hint = Some(words.with("link-whose", &values).into());
    }
    let title = words.text(title);
    let chrome = visitor.bare(&title);
    page_with(status, &SignInPage { chrome, title, notice: None, form, accounts: Vec::new() })
}

/// The page for every link that is not good.
fn spent(visitor: &Visitor) -> Response {
    let title = visitor.words.text("link-spent");
    let chrome = Chrome { here: "/".to_owned(), ..visitor.bare(&title) };
    let foot = format!("404 · {}", chrome.now);
    let text = Rich::text(visitor.words.text("link-spent-text"));
    let page = ErrorPage { chrome, title, text, steps: Vec::new(), foot };
    page_with(StatusCode::NOT_FOUND, &page)
}
