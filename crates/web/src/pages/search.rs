//! `GET /search?q=`: words, references, codes and parties, in what the reader may read and nothing else.

use super::{Halt, page};
use crate::session::Person;
use crate::view::chrome::{Chrome, Place};
use crate::view::parts::{Button, Empty, Filter, FilterGroup, Rich, Step, Tone};
use crate::view::prose::{Found, SearchPage};
use app::App;
use app::search::{Filters, FoundRow, Match};
use axum::extract::Query;
use axum::response::Response;
use domain::event::{Kind, State};
use std::collections::BTreeMap;

/// So many are shown on a page.
const ROWS: usize = 30;

/// The page of what was found.
pub(crate) async fn search(
    person: Person,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    person.answer(move |app, person| made(app, person, &query)).await
}

fn made(app: &App, person: &Person, query: &BTreeMap<String, String>) -> Result<Response, Halt> {
    let words = person.visitor.words;
    let text = query.get("q").map(|text| text.trim()).unwrap_or_default();
    let kind: Option<Kind> = query.get("kind").and_then(|word| word.parse().ok());
    let state: Option<State> = query.get("state").and_then(|word| word.parse().ok());
    let filters = Filters {
        kinds: kind.into_iter().collect(),
        states: state.into_iter().collect(),
        ..Filters::default()
    };
    let after = query.get("cursor").and_then(|text| text.parse().ok());
    let found = app.search(&person.viewer, text, &filters, after, ROWS)?;
    let title = match (text.is_empty(), found.complete) {
        (true, _) => words.text("search"),
        (false, true) => words.with("search-for", &[("text", text.into())]),
        (false, false) => words.with("search-for-partly", &[("text", text.into())]),
    };
    let rows: Vec<Found> = found.rows.iter().map(|row| shown(person, row)).collect();
    let chrome = Chrome {
        search: text.to_owned(),
        ..person.chrome(app, &words.text("search"), Place::Elsewhere)
    };
    let address = |kind: Option<Kind>, cursor: Option<String>| {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        pairs.append_pair("q", text);
        if let Some(kind) = kind {
            pairs.append_pair("kind", kind.word());
        }
        if let Some(state) = state {
            pairs.append_pair("state", state.word());
        }
        if let Some(cursor) = cursor {
            pairs.append_pair("cursor", &cursor);
        }
        format!("/search?{}", pairs.finish())
    };
    let filter = |label: String, of: Option<Kind>| Filter {
        label,
        count: None,
        href: address(of, None),
        current: of == kind,
        tone: Tone::Plain,
    };
    let mut by_kind = vec![filter(words.text("filter-all"), None)];
    by_kind.extend(Kind::ALL.iter().map(|k| filter(words.code("kind", k.word()), Some(*k))));
    let shows_filters = !text.is_empty();
    Ok(page(&SearchPage {
        chrome,
        title,
        filters: if shows_filters {
            vec![FilterGroup { label: None, filters: by_kind }]
        } else {
            Vec::new()
        },
        empty: rows.is_empty().then(|| nothing(person, text)),
        found: rows,
        next: found.next.map(|cursor| address(kind, Some(cursor.to_string()))),
    }))
}

fn shown(person: &Person, row: &FoundRow) -> Found {
    let reader = person.reader();
    let words = person.visitor.words;
    let values =
        [("home", reader.unit(&row.home).into()), ("at", reader.moment(row.last_activity).into())];
    Found {
        subject: row.summary.title.clone().unwrap_or_else(|| words.text("no-subject")),
        href: format!("/dossiers/{}", row.id),
        kind: words.code("kind", row.kind.word()),
        reference: row.reference.to_string(),
        state: reader.state_tag(row.state),
        about: words.with("search-about", &values),
        excerpt: row.matches.first().map(excerpt).unwrap_or_default(),
    }
}

/// The place where the words stand, with what was found made strong.
fn excerpt(found: &Match) -> Rich {
    let part = |from: usize, to: usize| found.excerpt.get(from..to).unwrap_or_default();
    let (from, to) = (found.found.start, found.found.end);
    let line = Rich::text(part(0, from)).strong(part(from, to));
    line.and(part(to, found.excerpt.len()))
}

/// Nothing found: the same whether there is nothing, or nothing for this reader.
fn nothing(person: &Person, text: &str) -> Empty {
    let words = person.visitor.words;
    let title = if text.is_empty() { "search-empty" } else { "search-nothing" };
    let who = Rich::new().strong(words.text("who-answers")).and(" ");
    let who = who.quiet(words.text("search-who-text"));
    let directory = Button::link(words.text("rail-directory"), "/directory");
    Empty {
        title: words.text(title),
        text: words.text("search-nothing-text"),
        steps: vec![Step { text: who, button: Some(directory) }],
    }
}
