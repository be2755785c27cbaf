//! What a person waits for: lists, dossiers and pages of a full node; and what its operator does.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use app::list::{COUNTED_MAX, Cursor, ListQuery};
use app::search::Filters;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use axum::http::header::COOKIE;
use catalogue::ids::{DossierId, UnitId};
use domain::event::State;
use domain::standing::Wait;
use store::log::verify::verify;
use store::viewer::Viewer;
use tower::ServiceExt as _;
use web::server::{Cookies, Mode, Options, Server};

use crate::crowd::Crowd;
use crate::made::{Draw, Stop};
use crate::node::{Node, open};
use crate::raw::Copy;
use crate::report::{Table, Times, millis, number, percent, rate};

/// So often each page is asked for.
const ASKED: usize = 300;
/// Rows of a page of the queue.
const ROWS: u32 = 40;
/// Rows of a page of what was found.
const SEARCH_ROWS: usize = 20;
/// The longest that the index may take.
const INDEX_MAX: Duration = Duration::from_mins(10);
/// A page's most bytes that are looked at.
const PAGE_MAX: usize = 8 << 20;
/// Of whom pages are measured: the one with most dossiers, another large one, a small one.
const VIEWERS: [&str; 3] = ["DE-LICENSING", "NL-CUSTOMS", "FI-LICENSING"];

/// What is open, as the first page shows it.
fn queue() -> ListQuery {
    ListQuery {
        waits: BTreeSet::from([Wait::SilenceDecides, Wait::You, Wait::Others]),
        limit: ROWS,
        ..ListQuery::default()
    }
}

/// The dossiers of a unit, as they were made.
fn of<'a>(crowd: &'a Crowd, unit: &str) -> Vec<&'a Stop> {
    let theirs = |stop: &&Stop| stop.home.as_str() == unit || stop.to.as_str() == unit;
    crowd.stops.iter().filter(theirs).collect()
}

/// Times of the use cases behind queue and dossier.
pub(crate) fn use_cases(node: &Node, crowd: &Crowd, seed: u64) -> Result<Table> {
    let about = format!(
        "{} dossiers, {} events. Use cases behind the pages, called {ASKED} times each by one caller; \
         the first call is included. `processor`: the mean time that the caller's thread spent on a \
         processor, which other work on the machine does not lengthen. Rows, counts and contents are compared with what was written.",
        number(crowd.stops.len() as f64),
        number(crowd.events as f64),
    );
    let mut table = Table::new(
        "Pages: use cases",
        about,
        &["use case", "viewer", "his dossiers", "p50", "p95", "p99", "processor"],
    );
    for unit in VIEWERS {
        let viewer = &node.officer(unit)?.viewer;
        let his = of(crowd, unit);
        must_list(node, viewer, &his)?;
        let mut row = |name: &str, times: &Times| {
            let head = [name.to_owned(), unit.to_owned(), number(his.len() as f64)];
            table.row(head.into_iter().chain(times.cells()).chain([times.processor()]));
        };
        row("queue: `app.list`, open, 40 rows", &listed(node, viewer, &queue())?);
        row("queue: `app.counts`", &counted(node, viewer, &his)?);
        let all = ListQuery { limit: 100, ..ListQuery::default() };
        row("all stops, 100 rows", &listed(node, viewer, &all)?);
        let middle = ListQuery { cursor: middle(node, viewer, his.len())?, ..all.clone() };
        row("all stops, a page in the middle", &listed(node, viewer, &middle)?);
        let rare = ListQuery { homes: BTreeSet::from(["MT-CUSTOMS".parse::<UnitId>()?]), ..all };
        row("all stops of one authority", &listed(node, viewer, &rare)?);
        let rare = ListQuery { states: BTreeSet::from([State::Overdue]), ..rare };
        row("a filter that fits nothing", &listed(node, viewer, &rare)?);
        let mut draw = Draw::new(seed);
        let opened = timed(|_| {
            let stop = *draw.one(&his).context("no dossier")?;
            must_open(node, viewer, stop)
        })?;
        row("dossier: `app.open`, any", &opened);
    }
    Ok(table)
}

/// Times of searching: one dossier by its reference or its licence, and a word that many have.
pub(crate) fn search(node: &Node, crowd: &Crowd, seed: u64) -> Result<Table> {
    let waited = wait_for_index(node)?;
    let about = format!(
        "The same node, `app.search` with 20 rows, {ASKED} times each by one caller. What is looked for must be \
         found, and nothing that is not the viewer's. Waiting for the index after the last write: {}.",
        millis(waited)
    );
    let mut table =
        Table::new("Pages: search", about, &["query", "viewer", "p50", "p95", "p99", "processor"]);
    for unit in VIEWERS {
        let viewer = &node.officer(unit)?.viewer;
        let his = of(crowd, unit);
        let ids: BTreeSet<DossierId> = his.iter().map(|stop| stop.id).collect();
        for query in ["a reference", "a licence", "`regensburg optics`", "`the`"] {
            let mut draw = Draw::new(seed ^ 2);
            let times = timed(|_| {
                let stop = *draw.one(&his).context("no dossier")?;
                let text = match query {
                    "a reference" => stop.reference.as_str(),
                    "a licence" => stop.licence(),
                    words => words.trim_matches('`'),
                };
                let found =
                    node.app()?.search(viewer, text, &Filters::default(), None, SEARCH_ROWS)?;
                ensure!(found.complete, "the index is not complete");
                let mut rows = found.rows.iter();
                ensure!(rows.all(|row| ids.contains(&row.id)), "`{text}` finds what is not his");
                if !query.starts_with('`') {
                    let is_there = found.rows.iter().any(|row| row.id == stop.id);
                    ensure!(is_there, "`{text}` does not find {}", stop.reference);
                }
                Ok(())
            })?;
            let head = [query.to_owned(), unit.to_owned()];
            table.row(head.into_iter().chain(times.cells()).chain([times.processor()]));
        }
    }
    Ok(table)
}

/// Waits until the index holds all that was written.
fn wait_for_index(node: &Node) -> Result<Duration> {
    let viewer = &node.officer("DE-LICENSING")?.viewer;
    let began = Instant::now();
    while !node.app()?.search(viewer, "officer", &Filters::default(), None, 1)?.complete {
        ensure!(began.elapsed() < INDEX_MAX, "the index is not filled after {INDEX_MAX:?}");
        std::thread::yield_now();
    }
    Ok(began.elapsed())
}

fn timed(mut work: impl FnMut(usize) -> Result<()>) -> Result<Times> {
    let mut times = Times::default();
    let before = on_processor();
    for turn in 0..ASKED {
        let began = Instant::now();
        work(turn)?;
        times.add(began.elapsed());
    }
    times.spent(on_processor().saturating_sub(before));
    ensure!(times.count() == ASKED, "not all was measured");
    Ok(times)
}

/// How long this thread has run on a processor, as Linux counts it; nothing elsewhere.
fn on_processor() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = text.split_whitespace().next().and_then(|first| first.parse().ok());
    Duration::from_nanos(nanos.unwrap_or_default())
}

fn listed(node: &Node, viewer: &Viewer, query: &ListQuery) -> Result<Times> {
    let first: Vec<DossierId> =
        node.app()?.list(viewer, query)?.rows.iter().map(|row| row.id).collect();
    timed(|_| {
        let rows = node.app()?.list(viewer, query)?.rows;
        ensure!(rows.iter().map(|row| row.id).eq(first.iter().copied()), "the list has changed");
        Ok(())
    })
}

fn counted(node: &Node, viewer: &Viewer, his: &[&Stop]) -> Result<Times> {
    let over = his.iter().filter(|stop| stop.state == State::Closed).count();
    let most = usize::try_from(COUNTED_MAX)? + 1;
    timed(|_| {
        let counts = node.app()?.counts(viewer)?;
        let found: u32 =
            counts.by_group.get(&Wait::Nobody).into_iter().flat_map(|kinds| kinds.values()).sum();
        let found = usize::try_from(found)?;
        ensure!(found == over.min(most), "{found} are over, where {over} were written");
        Ok(())
    })
}

/// Where the page in the middle of all begins.
fn middle(node: &Node, viewer: &Viewer, count: usize) -> Result<Option<Cursor>> {
    let mut cursor = None;
    for _ in 0..count / 200 {
        let query = ListQuery { cursor, limit: 100, ..ListQuery::default() };
        cursor = node.app()?.list(viewer, &query)?.next;
    }
    Ok(cursor)
}

/// Fails where the list, walked to its end, is not what was written.
fn must_list(node: &Node, viewer: &Viewer, his: &[&Stop]) -> Result<()> {
    let mut found = BTreeSet::new();
    let mut cursor = None;
    loop {
        let query = ListQuery { cursor, limit: 100, ..ListQuery::default() };
        let page = node.app()?.list(viewer, &query)?;
        for row in &page.rows {
            ensure!(row.summary.title.is_some(), "{} has no title", row.reference);
            ensure!(
                found.insert((row.id, row.reference.clone(), row.place.state)),
                "a row came twice"
            );
        }
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let made = his.iter().map(|stop| (stop.id, stop.reference.clone(), stop.state)).collect();
    ensure!(found == made, "{} rows where {} dossiers were written", found.len(), his.len());
    Ok(())
}

/// Opens a dossier, and fails where it is not the one that was written.
fn must_open(node: &Node, viewer: &Viewer, stop: &Stop) -> Result<()> {
    let dossier = node.app()?.open(viewer, stop.id)?.dossier;
    let standing = &dossier.standing;
    ensure!(
        standing.reference == stop.reference && standing.state == stop.state,
        "another dossier"
    );
    ensure!(dossier.form().get("items").is_some(), "the form cannot be read");
    Ok(())
}

/// Times of whole pages through the router.
pub(crate) fn through_router(node: &Node, crowd: &Crowd, seed: u64) -> Result<Table> {
    let about = format!(
        "The same node. Requests to the router in the same process, with a session, {ASKED} times each, one \
         after the other: sign-in, use cases, template, headers, all but the socket."
    );
    let mut table = Table::new(
        "Pages: through the router",
        about,
        &["page", "viewer", "p50", "p95", "p99", "bytes"],
    );
    let options = Options { mode: Mode::Real, cookies: Cookies::Plain };
    let router = web::router(Server { app: node.app()?.clone(), options });
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build()?;
    for unit in VIEWERS {
        let session = node.session(unit)?;
        let his = of(crowd, unit);
        let first = node.app()?.list(&node.officer(unit)?.viewer, &queue())?.rows;
        let first = first.first().context("nothing is open")?.reference.clone();
        let mut draw = Draw::new(seed ^ 1);
        for page in ["/", "/stops", "/dossiers/{id}"] {
            let (mut times, mut bytes) = (Times::default(), 0);
            for _ in 0..ASKED {
                let stop = *draw.one(&his).context("no dossier")?;
                let path = page.replace("{id}", &stop.id.to_string());
                let must_hold = if page.ends_with("{id}") { &stop.reference } else { &first };
                let (took, text) = runtime.block_on(ask(&router, &path, &session))?;
                ensure!(text.contains(must_hold.as_str()), "{path} does not show {must_hold}");
                times.add(took);
                bytes = bytes.max(text.len());
            }
            let head = [format!("`{page}`"), unit.to_owned()];
            table.row(head.into_iter().chain(times.cells()).chain([number(bytes as f64)]));
        }
    }
    Ok(table)
}

async fn ask(router: &Router, path: &str, session: &str) -> Result<(Duration, String)> {
    let cookie = format!("ecm-session={session}");
    let request = Request::get(path).header(COOKIE, cookie).body(Body::empty())?;
    let began = Instant::now();
    let response = router.clone().oneshot(request).await?;
    let status = response.status();
    let bytes = to_bytes(response.into_body(), PAGE_MAX).await?;
    let took = began.elapsed();
    ensure!(status.is_success(), "{path} answered {status}");
    Ok((took, String::from_utf8(bytes.to_vec())?))
}

/// What an operator does with a full node: start, rebuild, verify.
pub(crate) fn operating(mut node: Node, crowd: &Crowd) -> Result<Table> {
    let about = format!(
        "The same node of {} dossiers. Baseline: SQLite alone reading header and body of every event and hashing \
         them with SHA-256, in the same run. Start: from opening the folder until the first page of the largest \
         queue is there.",
        number(crowd.stops.len() as f64)
    );
    let mut table =
        Table::new("Log: rebuild, verify, start", about, &["", "time", "events /s", "of baseline"]);
    let began = Instant::now();
    let (count, _) = Copy::of(node.dir())?.digest(0)?;
    let baseline = began.elapsed();
    ensure!(count == crowd.events, "{count} events where {} were written", crowd.events);
    let mut row = |name: &str, took: Duration| {
        table.row([
            name.to_owned(),
            format!("{:.2} s", took.as_secs_f64()),
            number(rate(crowd.events, took)),
            percent(baseline.as_secs_f64() / took.as_secs_f64()),
        ]);
    };
    row("SQLite: read and hash", baseline);
    let viewer = node.officer("DE-LICENSING")?.viewer.clone();
    let before = (node.app()?.list(&viewer, &queue())?, node.app()?.counts(&viewer)?);

    let began = Instant::now();
    let dossiers = node.store.models().rebuild()?;
    row("rebuild of all read models", began.elapsed());
    ensure!(usize::try_from(dossiers)? == crowd.stops.len(), "{dossiers} dossiers were rebuilt");
    let after = (node.app()?.list(&viewer, &queue())?, node.app()?.counts(&viewer)?);
    ensure!(before == after, "the rebuilt list is another");
    must_list(&node, &viewer, &of(crowd, "DE-LICENSING"))?;

    let began = Instant::now();
    let report = verify(node.dir(), Some(&node.store.public_key()), None)?;
    row("verify", began.elapsed());
    ensure!(report.fault.is_none(), "{:?}", report.fault);
    ensure!(report.events == crowd.events, "{} events were verified", report.events);

    let mut took = Duration::ZERO;
    node = node.reopened(|dir, master| {
        let began = Instant::now();
        let (store, app) = open(dir, master)?;
        let rows = app.list(&viewer, &queue())?;
        took = began.elapsed();
        ensure!(rows == before.0, "the list is another after a restart");
        Ok((store, app))
    })?;
    let indexed = took + wait_for_index(&node)?;
    let blank = String::new;
    table.row(["start".to_owned(), format!("{:.2} s", took.as_secs_f64()), blank(), blank()]);
    let name = "start, until search is complete".to_owned();
    let per_second = number(rate(crowd.events, indexed));
    table.row([name, format!("{:.2} s", indexed.as_secs_f64()), per_second, blank()]);
    Ok(table)
}
