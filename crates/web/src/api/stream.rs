//! `GET /stream`: server-sent events that say what changed for the viewer, never its content.
//!
//! Each has a bookmark as its id, sealed and his alone: sent back in `Last-Event-ID`, the stream
//! goes on where it was cut. Whose token ends is sent nothing more.

use super::call::{Call, viewer};
use crate::problem::{Fault, Place};
use app::stream::{News, Step};
use app::viewer::Viewer;
use app::{App, Committed, Trouble};
use axum::http::HeaderName;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream::unfold;
use serde_json::json;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// Where the client was, as it was told.
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
/// So often a silent stream shows that it lives, and looks whether the token still holds.
const PULSE: Duration = Duration::from_secs(15);
/// So long a client waits before it comes back.
const RETRY: Duration = Duration::from_secs(2);

/// Opens the stream.
pub(super) async fn stream(
    call: Call,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Fault> {
    call.query(&[])?;
    // Before the place is looked up, so that nothing falls between.
    let changes = call.app.changes().subscribe();
    let given = call.headers.get(LAST_EVENT_ID).cloned();
    let viewer = call.viewer.clone();
    let found = call.app.run(move |app| {
        let place = match given.as_ref().map(|given| given.to_str()) {
            None => Some(app.end_of_log().map_err(Fault::from)?),
            Some(Ok(bookmark)) => app.place_of(&viewer, bookmark),
            Some(Err(_)) => None,
        };
        let no_place = || Place::header("Last-Event-ID").with("this is no place of yours");
        let place = place.ok_or_else(|| Fault::Fields(vec![no_place()]))?;
        let bookmark = app.bookmark(&viewer, place).map_err(Fault::from)?;
        Ok::<_, Fault>((place, bookmark))
    });
    let (place, bookmark) = found.await?;
    // An id without data sets the client's place and shows it nothing.
    let hello = Event::default().retry(RETRY).id(bookmark);
    let listener = Listener {
        app: call.app,
        token: call.token,
        place,
        changes,
        ready: VecDeque::from([hello]),
        state: State::Behind,
    };
    let events = unfold(listener, |mut listener| async move {
        listener.next().await.map(|event| (Ok(event), listener))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(PULSE)))
}

/// Whether there may be something in the log that was not looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Behind,
    UpToDate,
}

/// A client that listens.
struct Listener {
    app: App,
    token: String,
    place: u64,
    changes: Receiver<Committed>,
    ready: VecDeque<Event>,
    state: State,
}

impl Listener {
    /// The next event; none where the token ends, the node stops or fails.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if self.state == State::UpToDate {
                match tokio::time::timeout(PULSE, self.changes.recv()).await {
                    Ok(Err(RecvError::Closed)) => return None,
                    // Missed news lie in the log all the same.
                    Ok(Ok(_) | Err(RecvError::Lagged(_))) | Err(_) => {}
                }
            }
            // Whoever has left, or has changed his unit meanwhile, is another viewer now.
            let viewer = viewer(&self.app, self.token.clone()).await.ok()?;
            let place = self.place;
            let step = self.app.run(move |app| look(app, &viewer, place)).await.ok()?;
            let (step, events) = step;
            self.place = step.next;
            self.state = if step.is_last { State::UpToDate } else { State::Behind };
            self.ready.extend(events);
        }
    }
}

/// What was added from a place on, as events.
fn look(app: &App, viewer: &Viewer, place: u64) -> Result<(Step, Vec<Event>), Trouble> {
    let step = app.news(viewer, place)?;
    let mut events = Vec::with_capacity(step.news.len());
    for News { dossier, what, next } in &step.news {
        let data = json!({"dossier": dossier, "what": what}).to_string();
        let bookmark = app.bookmark(viewer, *next)?;
        events.push(Event::default().event("changed").id(bookmark).data(data));
    }
    Ok((step, events))
}
