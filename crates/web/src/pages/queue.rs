//! The lists: *Due and waiting*, stops, requests, notices. Filters are addresses.

use super::dossier::hidden;
use super::{Halt, page};
use crate::session::Person;
use crate::show::queue::{Filters, Listed, wait_word};
use crate::view::chrome::{Chrome, Place};
use crate::view::parts::{Button, Empty};
use crate::view::queue::QueuePage;
use app::list::{Counts, ListQuery};
use app::roles::{self, Action};
use app::{App, Trouble};
use axum::extract::Query;
use axum::response::Response;
use domain::event::Kind;
use domain::standing::Wait;
use std::collections::{BTreeMap, BTreeSet};

/// The kinds that stand under *Requests*.
pub(crate) const REQUESTS: &[Kind] = &[Kind::Information, Kind::Classification, Kind::Document];
/// So many rows has a page of a list.
const ROWS: u32 = 40;

/// One of the lists.
#[derive(Clone, Copy, Debug)]
struct List {
    path: &'static str,
    title: &'static str,
    kinds: &'static [Kind],
    waits: &'static [Wait],
    place: Place,
}

const OPEN: &[Wait] = &[Wait::SilenceDecides, Wait::You, Wait::Others];

type Params = Query<BTreeMap<String, String>>;

/// `GET /`: what is due and waiting.
pub(crate) async fn due(person: Person, query: Params) -> Response {
    let list = List {
        path: "/",
        title: "due-and-waiting",
        kinds: Kind::ALL,
        waits: OPEN,
        place: Place::Due,
    };
    show(person, list, query).await
}

/// `GET /stops`.
pub(crate) async fn stops(person: Person, query: Params) -> Response {
    let list = List {
        path: "/stops",
        title: "rail-stops",
        kinds: &[Kind::Stop],
        waits: &Wait::ALL,
        place: Place::Stops,
    };
    show(person, list, query).await
}

/// `GET /requests`.
pub(crate) async fn requests(person: Person, query: Params) -> Response {
    let list = List {
        path: "/requests",
        title: "rail-requests",
        kinds: REQUESTS,
        waits: &Wait::ALL,
        place: Place::Requests,
    };
    show(person, list, query).await
}

/// `GET /notices`.
pub(crate) async fn notices(person: Person, query: Params) -> Response {
    let list = List {
        path: "/notices",
        title: "rail-notices",
        kinds: &[Kind::Notice],
        waits: &Wait::ALL,
        place: Place::Notices,
    };
    show(person, list, query).await
}

async fn show(person: Person, list: List, Query(query): Params) -> Response {
    let text = |name: &str| query.get(name).filter(|value| !value.is_empty()).cloned();
    let filters = Filters {
        wait: text("wait"),
        kind: text("kind"),
        state: text("state"),
        mine: query.contains_key("mine"),
        cursor: text("cursor"),
        selected: text("selected"),
    };
    person.answer(move |app, person| made(app, person, list, &filters)).await
}

/// What the store is asked for.
fn asked(person: &Person, list: List, filters: &Filters) -> ListQuery {
    let chosen = |word: &Option<String>, all: &[Kind]| -> BTreeSet<Kind> {
        let one = word.as_ref().and_then(|word| word.parse().ok());
        match one.filter(|kind| all.contains(kind)) {
            Some(kind) => BTreeSet::from([kind]),
            None => all.iter().copied().collect(),
        }
    };
    let wait = filters.wait.as_deref();
    let wait = list.waits.iter().copied().find(|one| Some(wait_word(*one)) == wait);
    ListQuery {
        waits: wait.map_or_else(|| list.waits.iter().copied().collect(), |one| [one].into()),
        kinds: chosen(&filters.kind, list.kinds),
        states: filters.state.iter().filter_map(|word| word.parse().ok()).collect(),
        homes: BTreeSet::new(),
        unit: person.viewer.unit().filter(|_| filters.mine).cloned(),
        due_by: None,
        cursor: filters.cursor.as_ref().and_then(|text| text.parse().ok()),
        limit: ROWS,
    }
}

fn made(app: &App, person: &Person, list: List, filters: &Filters) -> Result<Response, Halt> {
    let reader = person.reader();
    let words = person.visitor.words;
    let found = app.list(&person.viewer, &asked(person, list, filters))?;
    let mut rows = Vec::new();
    for row in found.rows {
        // Between list and look it may have been taken from her.
        let (dossier, seen) = match app.look(&person.viewer, row.id) {
            Ok(seen) => (seen.dossier, app.has_seen(&person.viewer, row.id)?),
            Err(Trouble::NotFound) => continue,
            Err(trouble) => return Err(trouble.into()),
        };
        rows.push(Listed { row, dossier, seen });
    }
    let counts = app.counts(&person.viewer)?;
    let selected = filters.selected.as_ref().and_then(|id| id.parse().ok());
    let drawer = match rows.iter().find(|listed| Some(listed.row.id) == selected) {
        None => None,
        Some(listed) => {
            let possible = app.possible(&person.viewer, &listed.dossier)?;
            let version = app.look(&person.viewer, listed.row.id)?.version;
            let hidden = hidden(app, &version)?;
            let closed = Filters { selected: None, ..filters.clone() }.href(list.path);
            Some(reader.drawer(&listed.dossier, &possible, &hidden, closed))
        }
    };
    let page_of = |cursor: Option<String>| {
        Filters { cursor, selected: None, ..filters.clone() }.href(list.path)
    };
    let is_plain = *filters == Filters::default();
    let empty = (rows.is_empty() && is_plain).then(|| nothing(person));
    let title = words.text(list.title);
    let chrome = person.chrome(app, &title, list.place);
    let works = roles::may(&person.viewer, Action::Work);
    let new = || Button::link(words.text("new-request"), "/new").primary().key('c');
    Ok(page(&QueuePage {
        chrome: Chrome { stream: Some("/stream".to_owned()), ..chrome },
        buttons: if works { vec![new()] } else { Vec::new() },
        filters: reader.filters(filters, list.path, (list.kinds, list.waits)),
        groups: reader.groups_of_rows(
            &rows,
            |wait| counted(&counts, list.kinds, wait),
            filters,
            list.path,
        ),
        drawer,
        empty,
        foot: {
            let now = words.time_seconds(person.now, &person.zone);
            words.with("checked-at", &[("now", now.into())])
        },
        next: found.next.map(|cursor| page_of(Some(cursor.to_string()))),
        first: filters.cursor.is_some().then(|| page_of(None)),
        title,
    }))
}

fn nothing(person: &Person) -> Empty {
    let authority = person.authority().map(|unit| person.reader().unit(unit));
    let administers = roles::may(&person.viewer, Action::Administer);
    Empty::queue(
        person.visitor.words,
        &authority.unwrap_or_default(),
        administers.then(|| "/settings#offices".to_owned()),
    )
}

fn counted(counts: &Counts, kinds: &[Kind], wait: Wait) -> u32 {
    let group = counts.by_group.get(&wait);
    kinds.iter().filter_map(|kind| group?.get(kind)).sum()
}
