//! `GET /stream`: says that something changed, and in which dossier, as far as its reader may see it.
//!
//! It carries no content and no position: an open page fetches its parts again. The session is looked
//! at for each event, so that a leaver hears nothing more.

use crate::session::Person;
use app::Trouble;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

/// So often a comment goes out, so that nothing in between closes the stream.
const ALIVE: Duration = Duration::from_secs(15);

/// The stream of a person's page.
pub(crate) async fn stream(person: Person) -> Response {
    let changes = person.visitor.server.app.changes().subscribe();
    let token = person.visitor.secret.clone();
    let app = person.visitor.server.app.clone();
    let events = stream::unfold((changes, app, token), |(mut changes, app, token)| async move {
        loop {
            let heard = match changes.recv().await {
                Ok(committed) => Some(committed.position),
                // Too slow: something passed unheard, so the page looks at all of itself again.
                Err(RecvError::Lagged(_)) => None,
                Err(RecvError::Closed) => return None,
            };
            let secret = token.clone();
            let told = app.run(move |app| {
                let machine = app.clock().machine();
                let Some((viewer, _)) = app.accounts().viewer_by_session(&secret, machine)? else {
                    return Ok(None);
                };
                let dossier = match heard {
                    Some(position) => app.concerns(&viewer, position)?.map(|id| id.to_string()),
                    None => Some(String::new()),
                };
                Ok::<_, Trouble>(Some(dossier))
            });
            match told.await {
                Ok(Some(Some(dossier))) => {
                    let event = Event::default().event("changed").data(dossier);
                    return Some((Ok::<_, Infallible>(event), (changes, app, token)));
                }
                Ok(Some(None)) => {}
                Ok(None) | Err(_) => return None,
            }
        }
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE)).into_response()
}
