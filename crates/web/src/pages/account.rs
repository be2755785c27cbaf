//! `/account`: a person's own account: password, second factor, sessions, tokens, look, keys.
//!
//! Forms go to `/account/{what}`. What is shown once (the secret of an authenticator, recovery codes, a
//! token) stands on the page that answers the form; all else leads back to `/account`. What is typed here
//! is never kept for after sign-in: it holds passwords.

mod sections;

use super::denial::account_refusal;
use super::filled::Filled;
use super::sent::FromAnybody;
use super::{Halt, lead, page, page_with};
use crate::server::Server;
use crate::session::Person;
use crate::view::chrome::Place;
use crate::view::parts::{Icon, Notice, Tone};
use app::accounts::{
    self, AccountRefusal, By, Enrolment, Keys, Preferences, Theme, Token, TokenId,
};
use app::{App, Trouble};
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The pages of an account.
pub(crate) fn routes() -> Router<Server> {
    Router::new().route("/account", get(show)).route("/account/{what}", get(back).post(change))
}

/// What a form of this page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// A new password.
    Password,
    /// A second factor is to be set up.
    Factor,
    /// The first code of it.
    Code,
    /// It is to be removed.
    FactorOff,
    /// Sessions elsewhere are to end.
    Sessions,
    /// A token is to be issued.
    Tokens,
    /// A token is to be revoked.
    Revoke,
    /// Language and theme.
    Look,
    /// Single keys.
    Keys,
}

impl What {
    const ALL: [What; 9] = [
        What::Password,
        What::Factor,
        What::Code,
        What::FactorOff,
        What::Sessions,
        What::Tokens,
        What::Revoke,
        What::Look,
        What::Keys,
    ];

    /// The word in the address.
    const fn word(self) -> &'static str {
        match self {
            What::Password => "password",
            What::Factor => "second-factor",
            What::Code => "code",
            What::FactorOff => "second-factor-off",
            What::Sessions => "sessions",
            What::Tokens => "tokens",
            What::Revoke => "revoke",
            What::Look => "look",
            What::Keys => "keys",
        }
    }

    /// The section of the page that it belongs to.
    const fn section(self) -> &'static str {
        match self {
            What::Password => "password",
            What::Factor | What::Code | What::FactorOff => "second-factor",
            What::Sessions => "sessions",
            What::Tokens | What::Revoke => "tokens",
            What::Look => "look",
            What::Keys => "keys",
        }
    }

    /// What is said once it is done; none where the page itself shows it.
    const fn done(self) -> Option<&'static str> {
        match self {
            What::Password => Some("account-done-password"),
            What::FactorOff => Some("account-done-second-factor-off"),
            What::Sessions => Some("account-done-sessions"),
            What::Revoke => Some("account-done-revoke"),
            What::Look | What::Keys => Some("account-done-look"),
            What::Factor | What::Code | What::Tokens => None,
        }
    }

    fn of(word: &str) -> Option<What> {
        What::ALL.into_iter().find(|what| what.word() == word)
    }
}

/// What is shown once.
#[derive(Debug)]
enum Once {
    /// Nothing.
    Nothing,
    /// What an authenticator needs.
    Enrolment(Enrolment),
    /// The authenticator has its secret; the code was wrong.
    Confirming,
    /// The recovery codes.
    Codes(Vec<String>),
    /// A token, and its name.
    Token(Token, String),
}

/// What became of a form.
#[derive(Debug)]
enum Outcome {
    /// It is done.
    Done,
    /// It is done, and this is to be shown.
    Shown(Once),
    /// It is not done; the form comes back.
    Wrong(Filled, Once),
}

/// `GET /account`.
async fn show(person: Person, Query(query): Query<BTreeMap<String, String>>) -> Response {
    person
        .answer(move |app, person| {
            let done = query.get("done").and_then(|word| What::of(word)).and_then(What::done);
            let notice = done.map(|key| said(person, key));
            let chrome = person.chrome(app, "", Place::Elsewhere);
            let form = (What::Password, Filled::default());
            Ok(page(&sections::account(app, person, chrome, &Once::Nothing, &form, notice)?))
        })
        .await
}

/// `GET /account/{what}`: the address of a form that was sent; its section of the page.
async fn back(_person: Person, Path(word): Path<String>) -> Response {
    match What::of(&word) {
        Some(what) => lead(&format!("/account#{}", what.section())),
        None => lead("/account"),
    }
}

/// `POST /account/{what}`.
async fn change(Path(word): Path<String>, FromAnybody { visitor, sent }: FromAnybody) -> Response {
    let server = visitor.server.clone();
    let person = match visitor.person().await {
        Ok(person) => person,
        Err(Ok(visitor)) => return super::sign_in::first(&visitor),
        Err(Err(trouble)) => {
            return Halt::from(trouble).plain(&server, &axum::http::HeaderMap::new());
        }
    };
    person
        .answer(move |app, person| {
            let what = What::of(&word).ok_or(Trouble::NotFound)?;
            let filled = Filled::of(&sent);
            let (status, once, filled) = match outcome(app, person, what, filled)? {
                Outcome::Done => {
                    let (word, section) = (what.word(), what.section());
                    return Ok(lead(&format!("/account?done={word}#{section}")));
                }
                Outcome::Shown(once) => (StatusCode::OK, once, Filled::default()),
                Outcome::Wrong(filled, once) => (StatusCode::UNPROCESSABLE_ENTITY, once, filled),
            };
            let chrome = person.chrome(app, "", Place::Elsewhere);
            let form = (what, filled);
            Ok(page_with(status, &sections::account(app, person, chrome, &once, &form, None)?))
        })
        .await
}

fn outcome(app: &App, person: &Person, what: What, filled: Filled) -> Result<Outcome, Halt> {
    match what {
        What::Password => password(app, person, filled),
        What::Factor => factor(app, person, filled),
        What::Code => code(app, person, filled),
        What::FactorOff => factor_off(app, person, filled),
        What::Sessions => {
            let (token, account) = (&person.visitor.secret, person.account());
            let by = By::Person(account);
            let ended = app.accounts().revoke_others(account, token, by, machine(app))?;
            Ok(done(person, filled, "", ended))
        }
        What::Tokens => token(app, person, filled),
        What::Revoke => revoke(app, person, filled),
        What::Look | What::Keys => look(app, person, filled),
    }
}

/// Machine time, by which sessions and tokens run out.
fn machine(app: &App) -> Timestamp {
    app.clock().machine()
}

fn said(person: &Person, key: &str) -> Notice {
    let text = person.visitor.words.text(key).into();
    Notice { tone: Tone::Done, icon: Icon::Check, text }
}

/// Done, or the form with what is wrong with the field `name`.
fn done(
    person: &Person,
    mut filled: Filled,
    name: &str,
    done: Result<(), AccountRefusal>,
) -> Outcome {
    match done {
        Ok(()) => Outcome::Done,
        Err(refusal) => {
            filled.wrong(name, account_refusal(person, &refusal));
            Outcome::Wrong(filled, Once::Nothing)
        }
    }
}

fn password(app: &App, person: &Person, mut filled: Filled) -> Result<Outcome, Halt> {
    let (account, session) = (person.account(), &person.visitor.secret);
    // As typed: spaces belong to a password.
    let (present, new) = (filled.raw("password/present"), filled.raw("password/new"));
    let set = app.accounts().change_password(account, session, present, new, machine(app))?;
    Ok(match set {
        Ok(()) => Outcome::Done,
        Err(refusal) => {
            let of_the_new = matches!(refusal, AccountRefusal::Password(_));
            let name = if of_the_new { "password/new" } else { "password/present" };
            filled.wrong(name, account_refusal(person, &refusal));
            Outcome::Wrong(filled, Once::Nothing)
        }
    })
}

fn factor(app: &App, person: &Person, mut filled: Filled) -> Result<Outcome, Halt> {
    Ok(match app.accounts().begin_second_factor(person.account())? {
        Ok(enrolment) => Outcome::Shown(Once::Enrolment(enrolment)),
        Err(refusal) => {
            filled.wrong("", account_refusal(person, &refusal));
            Outcome::Wrong(filled, Once::Nothing)
        }
    })
}

fn code(app: &App, person: &Person, mut filled: Filled) -> Result<Outcome, Halt> {
    let (account, typed) = (person.account(), filled.text("factor/code"));
    Ok(match app.accounts().confirm_second_factor(account, typed, machine(app))? {
        Ok(codes) => Outcome::Shown(Once::Codes(codes)),
        Err(refusal) => {
            let confirming = refusal == AccountRefusal::WrongCode;
            let name = if confirming { "factor/code" } else { "" };
            filled.wrong(name, account_refusal(person, &refusal));
            Outcome::Wrong(filled, if confirming { Once::Confirming } else { Once::Nothing })
        }
    })
}

fn factor_off(app: &App, person: &Person, filled: Filled) -> Result<Outcome, Halt> {
    let account = person.account();
    let present = filled.raw("factor/present");
    let known = app.accounts().check_password(account, present, machine(app))?;
    if let Err(refusal) = known {
        return Ok(done(person, filled, "factor/present", Err(refusal)));
    }
    let removed =
        app.accounts().remove_second_factor(account, By::Person(account), machine(app))?;
    Ok(done(person, filled, "", removed))
}

fn token(app: &App, person: &Person, mut filled: Filled) -> Result<Outcome, Halt> {
    let words = person.visitor.words;
    let name = filled.text("token/name").to_owned();
    let day = words.parse_day(filled.text("token/until"));
    let expires = day
        .and_then(|day| day.tomorrow().ok())
        .and_then(|next| next.to_zoned_datetime(person.zone.clone()).ok())
        .map(|midnight| midnight.timestamp());
    let Some(expires) = expires else {
        filled.wrong("token/until", words.text("account-no-day"));
        return Ok(Outcome::Wrong(filled, Once::Nothing));
    };
    let account = person.account();
    let by = By::Person(account);
    Ok(match app.accounts().issue_token(account, &name, expires, by, machine(app))? {
        Ok((_, token)) => Outcome::Shown(Once::Token(token, name)),
        Err(refusal) => {
            let of_the_day = matches!(refusal, AccountRefusal::TokenExpiry { .. });
            let name = if of_the_day { "token/until" } else { "token/name" };
            filled.wrong(name, account_refusal(person, &refusal));
            Outcome::Wrong(filled, Once::Nothing)
        }
    })
}

fn revoke(app: &App, person: &Person, filled: Filled) -> Result<Outcome, Halt> {
    let account = person.account();
    let id: TokenId = filled.text("token/id").parse().map_err(|_| Trouble::NotFound)?;
    let gone = app.accounts().revoke_token(account, id, By::Person(account), machine(app))?;
    Ok(match gone {
        // Revoked twice is revoked.
        Ok(()) | Err(AccountRefusal::TokenUnknown) => Outcome::Done,
        refused @ Err(_) => done(person, filled, "", refused),
    })
}

/// Language, theme and keys; what a form does not name stays as it is.
fn look(app: &App, person: &Person, filled: Filled) -> Result<Outcome, Halt> {
    let before = person.session.preferences;
    let given = |name: &'static str| filled.all(name).next();
    let likes = Preferences {
        language: match given("look/language") {
            Some(code) => {
                code.parse().ok().filter(|_| code.parse::<crate::words::Language>().is_ok())
            }
            None => before.language,
        },
        theme: match given("look/theme") {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            Some("system") => Theme::System,
            Some(_) | None => before.theme,
        },
        keys: match given("keys/keys") {
            Some("on") => Keys::On,
            Some("off") => Keys::Off,
            Some(_) | None => before.keys,
        },
    };
    let set = app.accounts().set_preferences(person.account(), likes)?;
    Ok(done(person, filled, "", set))
}

/// The word of a theme.
const fn theme_word(theme: accounts::Theme) -> &'static str {
    match theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}
