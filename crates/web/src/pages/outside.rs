//! What needs no sign-in: help, the accessibility statement, language and theme, assets, health;
//! and every address under which there is nothing.

use super::sent::FromAnybody;
use super::{Halt, lead, page};
use crate::assets;
use crate::server::Server;
use crate::session::{self, Kept, LANGUAGE, THEME, Visitor, local};
use crate::view::chrome::{Chrome, Place, Theme};
use crate::view::prose::ProsePage;
use crate::words::Language;
use app::Trouble;
use app::accounts;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse as _, Response};

/// `GET /accessibility`.
pub(crate) async fn accessibility(visitor: Visitor) -> Response {
    prose(visitor, ProsePage::accessibility).await
}

/// `GET /help`.
pub(crate) async fn help(visitor: Visitor) -> Response {
    prose(visitor, ProsePage::help).await
}

async fn prose(visitor: Visitor, make: fn(Chrome) -> ProsePage) -> Response {
    match visitor.person().await {
        Ok(person) => {
            person
                .answer(move |app, person| {
                    Ok(page(&make(person.chrome(app, "", Place::Elsewhere))))
                })
                .await
        }
        Err(Ok(visitor)) => {
            let mut response = page(&make(visitor.bare("")));
            visitor.remember(&mut response);
            response
        }
        Err(Err(_)) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// Every other address: nothing is there, for anybody who is signed in.
pub(crate) async fn nothing(visitor: Visitor) -> Response {
    match visitor.person().await {
        Ok(person) => person.answer(|_, _| Err(Halt::from(Trouble::NotFound))).await,
        Err(Ok(visitor)) => super::sign_in::first(&visitor),
        Err(Err(_)) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// `GET /assets/{version}/{path}`: stylesheet, scripts, fonts, icons.
pub(crate) async fn asset(Path((version, path)): Path<(String, String)>) -> Response {
    let Some(asset) = assets::get(&version, &path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(asset.content_type)),
        (CACHE_CONTROL, HeaderValue::from_static(asset.cache_control)),
    ];
    (headers, asset.bytes.into_owned()).into_response()
}

/// `GET /health`: whether the node can read its data.
pub(crate) async fn health(State(server): State<Server>) -> Response {
    let reads = server.app.run(|app| {
        app.directory()?;
        app.next_due()
    });
    match reads.await {
        Ok(_) => (StatusCode::OK, "ok\n").into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "not available\n").into_response(),
    }
}

/// `POST /preferences`: language or theme, of the person or else of the browser.
pub(crate) async fn preferences(FromAnybody { visitor, sent }: FromAnybody) -> Response {
    let language: Option<Language> = sent.given("language").parse().ok();
    let theme = Some(sent.given("theme")).filter(|word| !word.is_empty()).map(Theme::from_word);
    let mut response = lead(local(sent.given("back")));
    let cookies = visitor.server.options.cookies;
    let Some(member) = visitor.member.clone() else {
        if let Some(language) = language {
            session::set_cookie(&mut response, cookies, LANGUAGE, language.code(), Kept::Year);
        }
        if let Some(theme) = theme {
            session::set_cookie(&mut response, cookies, THEME, theme.word(), Kept::Year);
        }
        visitor.remember(&mut response);
        return response;
    };
    let mut likes = member.session.preferences;
    if let Some(language) = language {
        likes.language = language.code().parse().ok();
    }
    if let Some(theme) = theme {
        likes.theme = match theme {
            Theme::System => accounts::Theme::System,
            Theme::Light => accounts::Theme::Light,
            Theme::Dark => accounts::Theme::Dark,
        };
    }
    let account = member.session.account;
    let set = visitor
        .server
        .app
        .run(move |app| Ok::<_, Trouble>(app.accounts().set_preferences(account, likes)?.is_ok()));
    match set.await {
        Ok(_) => response,
        Err(trouble) => Halt::from(trouble).plain(&visitor.server, &axum::http::HeaderMap::new()),
    }
}
