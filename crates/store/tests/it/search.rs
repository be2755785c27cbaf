//! Search: what a viewer finds is what stands in the events that he may read, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use catalogue::ids::{AttachmentId, DossierId};
use domain::audience::Audience;
use domain::body::{Attachment, Body, Content, Request};
use domain::event::{Kind, NewEvent, State};
use domain::standing::Standing;
use proptest::prelude::*;
use serde_json::json;
use store::log::destroy::Destroy;
use store::search::texts::each_text;
use store::search::words::Query;
use store::search::{Filters, Hit, Search};
use store::viewer::Viewer;

use crate::fixtures::*;

fn text(words: &str) -> Vec<u8> {
    let content = Content::Text { text: words.to_owned() };
    Body { person: Some("N. N.".to_owned()), content }.encode()
}

/// An event with these words in it.
fn worded(event: NewEvent, words: &str) -> NewEvent {
    NewEvent { body: text(words), ..event }
}

fn begin(node: &Node, number: u128, to: &[&str], words: &str) -> DossierId {
    let event = worded(sent(to, ""), words);
    node.write(&rotterdam(), number, vec![new(dossier(number), vec![event])]);
    dossier(number)
}

fn search(node: &Node) -> Search {
    let search = Search::start(&node.store).unwrap();
    search.fill().unwrap();
    search
}

fn find(search: &Search, viewer: &Viewer, query: &str) -> Vec<DossierId> {
    let hits = search.find(viewer, &Query::parse(query), &Filters::default(), None, 100).unwrap();
    hits.hits.into_iter().map(|hit| hit.id).collect()
}

#[test]
fn every_part_of_a_dossier_is_found_and_no_key_is() {
    let node = Node::new();
    let attachment = Attachment {
        id: AttachmentId::from_uuid(uuid::Uuid::from_u128(9)),
        name: "Datenblatt Zirkonium.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        bytes: 3,
        sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned(),
        key: "c0ffee00c0ffee00".to_owned(),
    };
    let given = json!({
        "to": ["DE-LICENSING"],
        "purpose": "Prüfung",
        "form": { "items": [{
            "mrn": "26NL000510A1B2C3D4", "cn8": "84145925", "control_code": "2B350.a",
            "exporter": { "name": "Çelik Ödemiş A.Ş.", "eori": "NL123456789" },
            "documents": [{ "reference": "BAFA/2026-0042" }],
            "description": "Вакуумный насос",
        }] },
    });
    let request = Request { given, attachments: vec![attachment], ..Request::default() };
    let mut event = sent(&["DE-LICENSING"], "");
    event.body =
        Body { person: Some("Maartje de Vries".to_owned()), content: Content::Request(request) }
            .encode();
    node.write(&rotterdam(), 1, vec![new(dossier(1), vec![event])]);
    let search = search(&node);
    let reference = reference(dossier(1)).to_string();
    let found = [
        "26NL000510A1B2C3D4",
        "26nl0005",
        "84145925",
        "8414",
        "8414.59",
        "8414 59 25 nobody",
        "2B350.a",
        "2b350a",
        "2B350",
        "celik odemis",
        "Odem",
        "NL123456789",
        "BAFA/2026-0042",
        "bafa2026",
        "vakuumnyi",
        "Вакуум",
        "zirkonium",
        "datenblatt zirk",
        "prufung",
        "PRÜFUNG",
        "maartje vries",
        "DE-LICENSING",
        &reference,
        "ba7816bf8f01cfea4141",
        "\"celik\" насос",
    ];
    for query in found {
        let expected = usize::from(!query.ends_with("nobody"));
        assert_eq!(find(&search, &germany(), query).len(), expected, "{query}");
        assert_eq!(find(&search, &france(), query).len(), 0, "{query}");
        assert_eq!(find(&search, &Viewer::system(), query).len(), 0, "{query}");
    }
    for query in ["c0ffee00c0ffee00", "\"zirk\"", "application", "", "?*", "celik missing"] {
        assert_eq!(find(&search, &germany(), query).len(), 0, "{query}");
    }
}

#[test]
fn what_happens_is_found_at_once_and_who_leaves_finds_nothing() {
    let node = Node::new();
    let search = search(&node);
    let id = begin(&node, 1, &["DE-LICENSING", "FR-LICENSING"], "pumps");
    for viewer in [rotterdam(), germany(), france()] {
        assert_eq!(find(&search, &viewer, "pumps"), [id]);
    }
    node.add(&germany(), 2, id, worded(note("DE-LICENSING", ""), "suspicious"));
    assert_eq!(find(&search, &germany(), "suspicious"), [id]);
    // Words in two strands that he may read are both of the dossier.
    assert_eq!(find(&search, &germany(), "suspicious pumps"), [id]);
    for viewer in [rotterdam(), france()] {
        assert_eq!(find(&search, &viewer, "suspicious"), []);
        assert_eq!(find(&search, &viewer, "suspicious pumps"), []);
    }
    node.add(&rotterdam(), 3, id, worded(withdrawal("FR-LICENSING"), "withdrawn"));
    assert_eq!(find(&search, &france(), "pumps"), []);
    let mut back = worded(message(""), "shared again");
    back.change.join = vec![unit("FR-LICENSING")];
    node.add(&rotterdam(), 4, id, back);
    assert_eq!(find(&search, &france(), "pumps"), [id]);
    // A search that starts later has the same.
    let later = self::search(&node);
    for viewer in [rotterdam(), germany(), france()] {
        for query in ["pumps", "suspicious", "withdrawn", "shared"] {
            assert_eq!(find(&later, &viewer, query), find(&search, &viewer, query), "{query}");
        }
    }
}

#[test]
fn hits_are_ordered_by_what_the_viewer_may_read() {
    let node = Node::new();
    let search = search(&node);
    let first = begin(&node, 1, &["DE-LICENSING"], "pumps");
    let second = begin(&node, 2, &["DE-LICENSING"], "pumps");
    assert_eq!(find(&search, &rotterdam(), "pumps"), [second, first]);
    // Germany's note moves the dossier for Germany, and for nobody else.
    node.add(&germany(), 3, first, worded(note("DE-LICENSING", ""), "a note"));
    assert_eq!(find(&search, &germany(), "pumps"), [first, second]);
    assert_eq!(find(&search, &rotterdam(), "pumps"), [second, first]);
}

#[test]
fn pages_follow_each_other_without_gap_or_repetition() {
    let node = Node::new();
    for number in 1..=7 {
        begin(&node, number, &["DE-LICENSING"], "pumps");
    }
    let search = search(&node);
    let all = find(&search, &germany(), "pumps");
    assert_eq!(all.len(), 7);
    let query = Query::parse("pumps");
    let (mut paged, mut after) = (Vec::new(), None);
    loop {
        let page = search.find(&germany(), &query, &Filters::default(), after, 3).unwrap();
        paged.extend(page.hits.into_iter().map(|hit| hit.id));
        let Some(next) = page.next else { break };
        after = Some(next.to_string().parse().unwrap());
        assert_eq!(after, Some(next));
    }
    assert_eq!(paged, all);
    for wrong in ["", "x", "AAAA", "ÄÖ"] {
        assert!(wrong.parse::<store::search::Cursor>().is_err(), "{wrong}");
    }
}

#[test]
fn filters_narrow_what_is_found() {
    let node = Node::new();
    let id = begin(&node, 1, &["DE-LICENSING"], "pumps");
    let search = search(&node);
    let found = |filters: &Filters| {
        search.find(&germany(), &Query::parse("pumps"), filters, None, 9).unwrap().hits.len()
    };
    let of = |kind, state, home| Filters {
        kinds: BTreeSet::from([kind]),
        states: BTreeSet::from([state]),
        homes: BTreeSet::from([unit(home)]),
    };
    assert_eq!(found(&of(Kind::Stop, State::Sent, "NL-CUSTOMS")), 1);
    assert_eq!(found(&of(Kind::Notice, State::Sent, "NL-CUSTOMS")), 0);
    assert_eq!(found(&of(Kind::Stop, State::Closed, "NL-CUSTOMS")), 0);
    assert_eq!(found(&of(Kind::Stop, State::Sent, "DE-LICENSING")), 0);
    let mut answer = worded(message(""), "answered");
    answer.change.state = Some(State::Answered);
    node.add(&germany(), 2, id, answer);
    assert_eq!(found(&of(Kind::Stop, State::Sent, "NL-CUSTOMS")), 0);
    assert_eq!(found(&of(Kind::Stop, State::Answered, "NL-CUSTOMS")), 1);
}

#[test]
fn destroyed_words_are_gone_and_the_reference_stays() {
    let node = Node::new();
    let search = search(&node);
    let id = begin(&node, 1, &["DE-LICENSING"], "pumps");
    let other = begin(&node, 2, &["DE-LICENSING"], "pumps and valves");
    node.add(&germany(), 3, id, worded(note("DE-LICENSING", ""), "suspicious"));
    let strand = node.store.log().read(&germany(), id).unwrap().unwrap()[1].strand;
    node.store.log().destroy(Destroy::Strand(id, strand), stamp(&germany(), 4)).unwrap();
    assert_eq!(find(&search, &germany(), "suspicious"), []);
    assert_eq!(find(&search, &germany(), "pumps"), [id, other]);
    node.store.log().destroy(Destroy::Dossier(id), stamp(&germany(), 5)).unwrap();
    let later = self::search(&node);
    for search in [&search, &later] {
        assert_eq!(find(search, &germany(), "pumps"), [other]);
        assert_eq!(find(search, &germany(), &reference(id).to_string()), [id]);
    }
}

#[test]
fn an_event_that_cannot_be_read_does_not_hide_the_others() {
    let node = Node::new();
    node.sent(1, &["DE-LICENSING"]); // Its body is no body.
    let id = begin(&node, 2, &["DE-LICENSING"], "pumps");
    assert_eq!(find(&search(&node), &germany(), "pumps"), [id]);
}

#[test]
fn hostile_queries_are_answered() {
    let node = Node::new();
    begin(&node, 1, &["DE-LICENSING"], "pumps 'or' 1=1 \"quoted\" ../../etc \u{202e}turned");
    let search = search(&node);
    let long = "a".repeat(1_000_000);
    let many = "pumps ".repeat(100_000);
    let marks = "\"".repeat(10_000);
    let accents = format!("e{}", "\u{301}".repeat(100_000));
    let queries = [
        long.as_str(),
        &many,
        &marks,
        &accents,
        "' OR 1=1 --",
        "*",
        "%",
        "\0",
        "\u{feff}",
        "\u{202e}spmup",
        "(((((",
        "\\",
        "NOT pumps",
        "pumps\n\n\rpumps",
        "🚢🚢",
    ];
    for query in queries {
        let query = Query::parse(query);
        search.find(&germany(), &query, &Filters::default(), None, usize::MAX).unwrap();
        search.find(&germany(), &query, &Filters::default(), None, 0).unwrap();
    }
    assert_eq!(find(&search, &germany(), "quoted").len(), 1);
    assert_eq!(find(&search, &germany(), &many).len(), 1);
}

/// The words that random texts are made of.
const WORDS: [&str; 8] =
    ["pump", "pumps", "Müller", "3A001.a", "3a002", "84145925", "ωμέγα", "Sary-Arka"];
/// What is looked for, and what that means, in words of one part: all of one of these.
const QUERIES: [(&str, &[&[&str]]); 12] = [
    ("pump", &[&["pump"]]),
    ("\"pump\"", &[&["\"pump\""]]),
    ("mueller", &[&["mueller"]]),
    ("muller pump", &[&["\"muller\"", "pump"]]),
    ("3A001.a", &[&["\"3a001\"", "a"], &["3a001a"]]),
    ("3a00", &[&["3a00"]]),
    ("8414 pump", &[&["8414", "pump"]]),
    ("omega", &[&["omega"]]),
    ("sary \"pumps\"", &[&["\"sary\"", "\"pumps\""]]),
    ("saryarka", &[&["saryarka"]]),
    ("a", &[&["a"]]),
    ("NL-2026", &[&["\"nl\"", "2026"], &["nl2026"]]),
];
const UNITS: [&str; 3] = ["DE-LICENSING", "FR-LICENSING", "NL-CUSTOMS"];

/// One thing that happens to a dossier: its words, and who may read them.
#[derive(Clone, Debug)]
enum Step {
    Say { audience: Option<usize>, words: Vec<usize> },
    Withdraw(usize),
    Join(usize),
    Destroy(usize),
}

fn steps() -> impl Strategy<Value = Vec<(u128, Step)>> {
    let words = || prop::collection::vec(0..WORDS.len(), 0..4);
    let step = prop_oneof![
        8 => (prop::option::of(0..UNITS.len()), words())
            .prop_map(|(audience, words)| Step::Say { audience, words }),
        1 => (0_usize..2).prop_map(Step::Withdraw),
        1 => (0_usize..2).prop_map(Step::Join),
        1 => (0_usize..3).prop_map(Step::Destroy),
    ];
    prop::collection::vec((1_u128..5, step), 1..30)
}

fn words_of(words: &[usize]) -> String {
    words.iter().map(|&word| WORDS[word]).collect::<Vec<_>>().join(" ")
}

/// Somebody of every unit, who can write into each strand.
fn hand() -> Viewer {
    let units = ["NL000510", "DE-LICENSING", "FR-LICENSING", "NL-CUSTOMS"];
    let account = catalogue::ids::AccountId::from_uuid(uuid::Uuid::from_u128(50));
    Viewer::for_tests(account, "N. N.", &units.map(unit), &[store::viewer::Role::Officer])
}

/// Plays a history, as far as `viewer` may read it, or whole.
fn play(node: &Node, steps: &[(u128, Step)], only: Option<(&Viewer, &BTreeSet<DossierId>)>) {
    let keeps = |id: DossierId, audience: &Audience| {
        only.is_none_or(|(viewer, his)| his.contains(&id) && viewer.is_of(audience))
    };
    for (number, (id, step)) in (10_u128..).zip(steps) {
        let event = match step {
            Step::Say { audience: None, words } => worded(message(""), &words_of(words)),
            Step::Say { audience: Some(unit), words } => {
                worded(note(UNITS[*unit], ""), &words_of(words))
            }
            Step::Withdraw(unit) => worded(withdrawal(UNITS[*unit]), ""),
            Step::Join(index) => {
                let mut event = worded(message(""), "");
                event.change.join = vec![unit(UNITS[*index])];
                event
            }
            Step::Destroy(strand) => {
                let audience =
                    UNITS[..2].get(*strand).map_or(Audience::Everyone, |u| Audience::only(unit(u)));
                destroy(node, dossier(*id), &audience, number);
                continue;
            }
        };
        if !keeps(dossier(*id), &event.audience) {
            continue;
        }
        let mut stamp = stamp(&hand(), number);
        stamp.at = at(i64::try_from(number / 3).unwrap());
        let id = dossier(*id);
        let write = if let Some(seen) = node.store.log().version(&hand(), id).unwrap() {
            existing(id, seen, vec![event])
        } else {
            let mut event = event;
            event.change.join.push(unit("NL-CUSTOMS"));
            event.change.state = Some(State::Sent);
            new(id, vec![event])
        };
        // A strand whose key is gone takes nothing more, in either world.
        node.store.log().append(&hand(), stamp, vec![write]).ok();
    }
}

/// Destroys the strand of this audience, if the dossier has one.
fn destroy(node: &Node, id: DossierId, audience: &Audience, number: u128) {
    let Some(events) = node.store.log().read(&hand(), id).unwrap() else { return };
    let strand = events.iter().find(|event| event.header.audience == *audience);
    if let Some(event) = strand {
        let mut stamp = stamp(&hand(), number);
        stamp.at = at(i64::try_from(number / 3).unwrap());
        node.store.log().destroy(Destroy::Strand(id, event.strand), stamp).unwrap();
    }
}

/// The slow, obvious twin: reads every dossier as the viewer reads it, and looks at each text.
fn slowly(node: &Node, viewer: &Viewer, meant: &[&[&str]]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for id in (1..5).map(dossier) {
        let Some(events) = node.store.log().read(viewer, id).unwrap() else { continue };
        let mut texts = String::new();
        for event in &events {
            let body = event.body.as_deref().and_then(|body| Body::decode(body).ok());
            each_text(&event.header, body.as_ref(), &mut |_, text| {
                texts.push_str(text);
                texts.push('\n');
            });
        }
        let has = |word: &&str| Query::parse(word).find_in(&texts).is_some();
        if meant.iter().any(|all| all.iter().all(has)) {
            let last_activity = events.iter().map(|event| event.header.at).max().unwrap();
            hits.push(Hit { id, last_activity });
        }
    }
    hits.sort_by_key(|hit| (std::cmp::Reverse(hit.last_activity), hit.id));
    hits
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if is_long_run() { 500 } else { 10 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]
    #[test]
    fn what_is_found_is_what_may_be_read(steps in steps()) {
        let full = Node::new();
        let early = Search::start(&full.store).unwrap();
        play(&full, &steps, None);
        early.fill().unwrap();
        let late = search(&full);
        for viewer in [rotterdam(), germany(), france()] {
            let his: BTreeSet<DossierId> = (1..5)
                .map(dossier)
                .filter(|id| full.store.log().read(&viewer, *id).unwrap().is_some())
                .collect();
            let without = Node::new();
            play(&without, &steps, Some((&viewer, &his)));
            let alone = search(&without);
            for (query, meant) in QUERIES {
                let hits = |search: &Search| {
                    let query = Query::parse(query);
                    search.find(&viewer, &query, &Filters::default(), None, 2).unwrap()
                };
                let found = hits(&early);
                prop_assert_eq!(&found, &hits(&late), "{}", query);
                prop_assert_eq!(&found, &hits(&alone), "{}", query);
                let slow = slowly(&full, &viewer, meant);
                prop_assert_eq!(found.next.is_some(), slow.len() > 2, "{}", query);
                let first: Vec<Hit> = slow.into_iter().take(2).collect();
                prop_assert_eq!(found.hits, first, "{}", query);
            }
        }
    }
}

#[test]
fn the_state_of_the_index_is_that_of_the_fold() {
    // The index keeps state and list itself; the fold of all headers is what they must equal.
    let node = Node::new();
    let id = begin(&node, 1, &["DE-LICENSING"], "pumps");
    let mut event = worded(message(""), "closed");
    event.change.state = Some(State::Closed);
    event.change.leave = vec![unit("DE-LICENSING")];
    event.change.join = vec![unit("FR-LICENSING")];
    node.add(&rotterdam(), 2, id, event);
    let events = node.store.log().read(&rotterdam(), id).unwrap().unwrap();
    let standing = Standing::fold(events.iter().map(|event| &event.header)).unwrap();
    let search = search(&node);
    let filters = Filters { states: BTreeSet::from([standing.state]), ..Filters::default() };
    let lists = BTreeMap::from([
        ("DE-LICENSING", germany()),
        ("FR-LICENSING", france()),
        ("NL-CUSTOMS", rotterdam()),
    ]);
    for (name, viewer) in lists {
        let hits = search.find(&viewer, &Query::parse("pumps"), &filters, None, 9).unwrap();
        assert_eq!(hits.hits.len() == 1, standing.distribution.contains(&unit(name)), "{name}");
    }
}

#[test]
fn fifty_thousand_dossiers_are_indexed_and_searched() {
    if !is_long_run() {
        return;
    }
    let node = Node::new();
    for chunk in (0..50_000_u128).collect::<Vec<_>>().chunks(100) {
        let writes = chunk.iter().map(|&number| {
            let words = format!(
                "26NL{number:014} pump number {number} to Firm{} of Hamburg, {}",
                number % 7000,
                WORDS[usize::try_from(number % 8).unwrap()]
            );
            new(dossier(number + 1), vec![worded(sent(&["DE-LICENSING"], ""), &words)])
        });
        node.write(&rotterdam(), chunk[0] + 1, writes.collect());
    }
    let search = search(&node);
    for query in ["hamburg", "firm42", "26NL00000000012345", "pump number firm", "f"] {
        assert!(!find(&search, &germany(), query).is_empty(), "{query}");
        assert!(find(&search, &france(), query).is_empty(), "{query}");
    }
    assert!(search.bytes() < 50_000_000, "{} bytes", search.bytes());
}
