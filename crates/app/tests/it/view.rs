//! Everything that somebody gets from a node, to be compared with what he gets from another.

use crate::fixtures::{Dice, UNITS, unit, viewer};
use crate::script::World;
use app::Version;
use app::list::ListQuery;
use app::search::{Filters, Found};
use catalogue::ids::DossierId;
use domain::dossier::Dossier;
use domain::event::{Kind, Reference, State, What};
use domain::standing::Wait;
use jiff::SignedDuration;
use std::collections::BTreeMap;

/// What somebody gets when he asks.
#[derive(Debug, PartialEq)]
pub(crate) enum Got {
    Dossier(Result<Box<(Dossier, Version)>, String>),
    Text(String),
}

/// What he asked for, and what he got.
#[derive(Debug, Default)]
pub(crate) struct View(Vec<(String, Got)>);

impl View {
    fn text(&mut self, asked: impl Into<String>, got: &impl std::fmt::Debug) {
        self.0.push((asked.into(), Got::Text(format!("{got:?}"))));
    }

    /// The first thing in which two views differ.
    pub(crate) fn differs_from(&self, other: &View) -> Option<String> {
        assert_eq!(self.0.len(), other.0.len(), "views are of the same questions");
        let mut pairs = self.0.iter().zip(&other.0);
        let ((asked, one), (_, two)) = pairs.find(|(one, two)| one != two)?;
        Some(format!("{asked}\n  whole: {one:?}\n  other: {two:?}"))
    }
}

/// Dossiers and references, those that are and those that never were.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) dossiers: Vec<DossierId>,
    pub(crate) references: Vec<Reference>,
}

/// All that somebody gets without changing anything for himself.
pub(crate) fn view(world: &World, who: usize, asked: &Asked, dice: &mut Dice) -> View {
    let mut view = View::default();
    // First what a person sees who comes in: nothing has been settled for him yet.
    view.text("counts", &world.node.app.counts(viewer(who)));
    for id in &asked.dossiers {
        view.text(format!("has_seen {id}"), &world.node.app.has_seen(viewer(who), *id));
    }
    dossiers(world, who, asked, &mut view);
    lists(world, who, dice, &mut view);
    view.text("counts", &world.node.app.counts(viewer(who)));
    news(world, who, &mut view);
    for words in ["step", "said pumps", "colleague"] {
        view.text(format!("search {words}"), &found(world, who, words));
    }
    world.node.app.tell().unwrap();
    view.text("mails", &world.mails(who));
    view
}

fn dossiers(world: &World, who: usize, asked: &Asked, view: &mut View) {
    let (app, who) = (&world.node.app, viewer(who));
    for id in &asked.dossiers {
        let seen = app.look(who, *id);
        if let Ok(seen) = &seen {
            view.text(format!("possible {id}"), &app.possible(who, &seen.dossier));
        } else {
            view.text(format!("possible {id}"), &());
        }
        let seen = seen.map(|seen| Box::new((seen.dossier, seen.version)));
        view.0.push((format!("look {id}"), Got::Dossier(seen.map_err(|it| format!("{it:?}")))));
        view.text(format!("receipts {id}"), &app.receipts(who, *id));
        view.text(format!("has_seen {id}"), &app.has_seen(who, *id));
    }
    for reference in &asked.references {
        let found = world.node.store.models().find_reference(who, reference);
        view.text(format!("reference {reference}"), &found);
    }
}

/// So many filters are tried in a view, of all that there are.
const FILTERS: usize = 3;

/// Lists: whole, page by page, and by filters, which over many views are all there are.
fn lists(world: &World, who: usize, dice: &mut Dice, view: &mut View) {
    let app = &world.node.app;
    let who = viewer(who);
    let soon = app.clock().now() + SignedDuration::from_hours(7 * 24);
    let all = || ListQuery { limit: 100, ..ListQuery::default() };
    let mut queries = vec![ListQuery { due_by: Some(soon), ..all() }];
    queries.extend(Wait::ALL.map(|wait| ListQuery { waits: [wait].into(), ..all() }));
    queries.extend(Kind::ALL.iter().map(|kind| ListQuery { kinds: [*kind].into(), ..all() }));
    queries.extend(State::ALL.iter().map(|state| ListQuery { states: [*state].into(), ..all() }));
    queries.extend(UNITS.iter().map(|home| ListQuery { homes: [unit(home)].into(), ..all() }));
    queries.extend(who.units().map(|unit| ListQuery { unit: Some(unit.clone()), ..all() }));
    view.text("list", &app.list(who, &all()));
    for _ in 0..FILTERS {
        let query = dice.one(&queries);
        view.text(format!("list {query:?}"), &app.list(who, query));
    }
    let (mut pages, mut cursor) = (Vec::new(), None);
    loop {
        let page = app.list(who, &ListQuery { limit: 2, cursor, ..ListQuery::default() }).unwrap();
        let ids: Vec<DossierId> = page.rows.iter().map(|row| row.id).collect();
        pages.push((ids, page.next.map(|next| next.to_string())));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    view.text("list in pages of two", &pages);
    view.text("deadlines", &app.deadlines(who, None, 100));
}

/// What open pages are told, dossier by dossier: the order among dossiers is that in which the node
/// noticed, which is an hour of the day and not anybody's doing.
fn news(world: &World, who: usize, view: &mut View) {
    let mut told: BTreeMap<DossierId, Vec<What>> = BTreeMap::new();
    let mut place = 0;
    loop {
        let step = world.node.app.news(viewer(who), place).unwrap();
        for news in step.news {
            told.entry(news.dossier).or_default().push(news.what);
        }
        place = step.next;
        if step.is_last {
            break;
        }
    }
    view.text("news", &told);
}

/// What is found once the index holds everything: it is filled behind the commits.
fn found(world: &World, who: usize, words: &str) -> Found {
    for _ in 0..1_000_000 {
        let filters = Filters::default();
        let found = world.node.app.search(viewer(who), words, &filters, None, 50).unwrap();
        if found.complete {
            return found;
        }
        std::thread::yield_now();
    }
    panic!("the index is never filled");
}
