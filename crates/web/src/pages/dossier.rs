//! A dossier's page: what one viewer may see of it, and nothing else exists for him.

use super::{Halt, page_with};
use crate::session::Person;
use crate::show::dossier::{Again, Asked, Shown, notice};
use crate::show::draft::addressees;
use crate::view::chrome::{Chrome, Place};
use crate::view::parts::{Button, Icon, Rich, Tone};
use app::dossiers::Seen;
use app::{App, Trouble, Version};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use catalogue::ids::{DossierId, UnitId};
use domain::audience::Audience;
use domain::body::{Attachment, Content, Event};
use domain::dossier::Dossier;
use domain::event::{Kind, State};
use std::collections::{BTreeMap, BTreeSet};

/// The list in the rail to which a kind belongs.
pub(crate) const fn place_of(kind: Kind) -> Place {
    match kind {
        Kind::Stop => Place::Stops,
        Kind::Information | Kind::Classification | Kind::Document => Place::Requests,
        Kind::Notice => Place::Notices,
    }
}

/// The id in an address; what is no id names nothing.
pub(crate) fn id_of(text: &str) -> Result<DossierId, Halt> {
    text.parse().map_err(|_| Halt::from(Trouble::NotFound))
}

/// The hidden fields of every form on a page: the version seen, and an id of the form by which
/// sending it twice is known to be the same.
pub(crate) fn hidden(app: &App, version: &Version) -> Result<Vec<(String, String)>, Halt> {
    Ok(vec![
        ("seen".to_owned(), version.to_string()),
        ("form".to_owned(), hex::encode(app.nonce()?)),
    ])
}

/// `GET /dossiers/{id}?tab=&do=`: the dossier, or a form on it.
pub(crate) async fn show(
    person: Person,
    Path(id): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let asked = Asked { tab: query.get("tab").cloned(), form: query.get("do").cloned() };
    let preview = query.contains_key("as");
    person
        .answer(move |app, person| {
            let seen = app.open(&person.viewer, id_of(&id)?)?;
            if preview && person.authority() == Some(&seen.dossier.standing.home) {
                return Ok(as_recipient(app, person, &seen, &asked));
            }
            made(app, person, &seen, &asked, None)
        })
        .await
}

/// The page, with a form that is shown again where `again` says so.
pub(crate) fn made(
    app: &App,
    person: &Person,
    seen: &Seen,
    asked: &Asked,
    again: Option<(StatusCode, &Again)>,
) -> Result<Response, Halt> {
    let Seen { dossier, version } = seen;
    let possible = app.possible(&person.viewer, dossier)?;
    let receipts = app.receipts(&person.viewer, dossier.standing.id)?;
    let hidden = hidden(app, version)?;
    let chrome = person.chrome(app, "", place_of(dossier.standing.kind));
    let chrome = Chrome {
        stream: Some("/stream".to_owned()),
        here: format!("/dossiers/{}", dossier.standing.id),
        ..chrome
    };
    let shown = Shown {
        dossier,
        possible: &possible,
        receipts: &receipts,
        asked,
        again: again.map(|(_, again)| again),
        hidden: &hidden,
    };
    let status = again.map_or(StatusCode::OK, |(status, _)| status);
    Ok(page_with(status, &person.reader().dossier_page(chrome, &shown)))
}

/// The dossier as the one who is asked sees it, or would: without notes and without what is possible.
fn as_recipient(app: &App, person: &Person, seen: &Seen, asked: &Asked) -> Response {
    let reader = person.reader();
    let dossier = &seen.dossier;
    let given = dossier.request.as_ref().map(|request| request.given.clone()).unwrap_or_default();
    let mut to: BTreeSet<UnitId> = addressees(&given).into_iter().collect();
    to.extend(dossier.addressees.iter().cloned());
    if to.is_empty() {
        to.extend(reader.proposed(&given).map(|proposed| proposed.unit));
    }
    let theirs = for_everyone(dossier, &to);
    let chrome = person.chrome(app, "", place_of(dossier.standing.kind));
    let shown =
        Shown { dossier: &theirs, possible: &[], receipts: &[], asked, again: None, hidden: &[] };
    let mut page = reader.dossier_page(chrome, &shown);
    let words = person.visitor.words;
    let form = if dossier.standing.is_unsent() { "/edit" } else { "" };
    let back = format!("/dossiers/{}{form}", dossier.standing.id);
    let who = reader.units(&to);
    let text = Rich::text(words.with("preview-notice", &[("unit", who.into())]));
    page.notices = vec![notice(Tone::Accent, Icon::Eye, text)];
    page.notes = None;
    page.audience.view_as = None;
    page.head.buttons = vec![Button::link(words.text("preview-back"), back).primary()];
    for tab in &mut page.tabs {
        tab.href = format!("{}&as=recipient", tab.href);
    }
    page_with(StatusCode::OK, &page)
}

/// What stands in `Everyone` of a dossier, or will once it is sent to `to`.
fn for_everyone(dossier: &Dossier, to: &BTreeSet<UnitId>) -> Dossier {
    let mut theirs = dossier.clone();
    theirs.events.retain(|event| event.header.audience == Audience::Everyone);
    theirs.assigned = None;
    theirs.consents.clear();
    if theirs.standing.is_unsent() {
        theirs.standing.state = State::Sent;
        theirs.standing.distribution.extend(to.iter().cloned());
        theirs.addressees.clone_from(to);
        let own = dossier.request.as_ref().map(|request| request.attachments.clone());
        theirs.attachments = own.unwrap_or_default();
    } else {
        let shared = |event: &Event, file: &Attachment| match content(event) {
            Some(Content::Attachment(found)) => found.id == file.id,
            Some(Content::Request(request)) => request.attachments.iter().any(|f| f.id == file.id),
            _ => false,
        };
        theirs.attachments.retain(|file| theirs.events.iter().any(|event| shared(event, file)));
    }
    theirs
}

fn content(event: &Event) -> Option<&Content> {
    event.body.as_ref().map(|body| &body.content)
}
