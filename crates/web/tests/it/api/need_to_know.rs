//! Nobody else: for every route, hidden and never given are the same, and lists tell of nothing.

use super::fixtures::{CLAIRE, DMS, Got, JONAS, Node, PIETER, SANNE, TOMAS, stop};
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode};
use serde_json::json;
use std::fmt::Display;
use web::api::route::{Reach, Route};

/// One way to ask a route: a path (with `{id}` where a dossier is named), headers, a body.
struct Ask {
    path: &'static str,
    headers: Vec<(&'static str, String)>,
    body: String,
}

fn plain(path: &'static str) -> Ask {
    Ask { path, headers: Vec::new(), body: String::new() }
}

fn with(path: &'static str, body: impl Display) -> Ask {
    let headers = vec![("content-type", "application/json".to_owned())];
    Ask { path, headers, body: format!("{body}") }
}

fn and(mut ask: Ask, name: &'static str, value: &str) -> Ask {
    ask.headers.push((name, value.to_owned()));
    ask
}

/// The ways to ask each route. A new route has none, and fails the test.
fn asks(route: &Route) -> Vec<Ask> {
    let never = "\"0000000000000000000000000000000000000000000000000000000000000000\"";
    match route.name {
        "listDossiers" => {
            vec![plain("/dossiers"), plain("/dossiers?wait=others,nobody&home=NL-CUSTOMS&limit=1")]
        }
        "openDossier" => {
            vec![
                // A trial run: ids are random, and so never the same on two nodes.
                and(with("/dossiers?dry_run=true", stop()), "idempotency-key", "k"),
                with("/dossiers?dry_run=true", json!({"kind": "notice"})),
            ]
        }
        "readDossier" => vec![
            plain("/dossiers/{id}"),
            and(plain("/dossiers/{id}"), "accept-language", "de"),
            plain("/dossiers/{id}?x=1"),
        ],
        "doCommand" => {
            let path = "/dossiers/{id}/commands";
            let note = || with(path, json!({"command": "note", "text": "a"}));
            vec![
                note(),
                and(note(), "idempotency-key", "used by the owner"),
                and(note(), "if-match", never),
                with(path, json!({"command": "answer"})),
                with(path, json!({"command": "no such"})),
                with(path, json!({"command": "edit", "form": 3})),
                with(path, "[]"),
                with(path, "{"),
                with("/dossiers/{id}/commands?dry_run=true", json!({"command": "acknowledge"})),
                plain(path),
            ]
        }
        "listEvents" => vec![
            plain("/dossiers/{id}/events"),
            plain("/dossiers/{id}/events?since=0"),
            plain(
                "/dossiers/{id}/events?since=0000000000000000000000000000000000000000000000000000000000000000",
            ),
        ],
        "listAttachments" | "addAttachment" | "fetchAttachment" => asks_of_files(route),
        "readDeclaration" => vec![with("/declarations/read", json!({"message": DMS}))],
        "listUnits" => vec![plain("/directory")],
        "findUnits" => vec![plain("/directory/find?state=NL&function=border_stop")],
        "listDeadlines" => vec![plain("/deadlines")],
        "lastCheckpoint" => vec![plain("/log/checkpoint")],
        // Its news are compared in `stream`; here, that it is refused alike.
        "stream" => vec![and(plain("/stream"), "last-event-id", "guessed")],
        "moveClock" => vec![with("/demo/clock?dry_run=true", json!({"advance": "P1D"}))],
        "openapi" => vec![plain("/openapi.json")],
        other => panic!("no need-to-know case for {other}"),
    }
}

fn asks_of_files(route: &Route) -> Vec<Ask> {
    match route.name {
        "listAttachments" => vec![
            plain("/dossiers/{id}/attachments"),
            and(plain("/dossiers/{id}/attachments"), "accept-language", "fr"),
            plain("/dossiers/{id}/attachments?x=1"),
        ],
        "addAttachment" => {
            let path = "/dossiers/{id}/attachments?name=a.txt";
            let file = |path| and(plain(path), "content-type", "application/octet-stream");
            vec![
                Ask { body: "plain words".to_owned(), ..file(path) },
                and(file(path), "idempotency-key", "used by the owner"),
                and(file(path), "content-length", "999999999999"),
                and(plain(path), "content-type", "multipart/form-data; boundary=b"),
                with(path, "{"),
                file("/dossiers/{id}/attachments"),
                file("/dossiers/{id}/attachments?readers=nobody&x=1"),
            ]
        }
        "fetchAttachment" => vec![
            plain("/dossiers/{id}/attachments/2b1f8a54-9d3c-4a7e-8a55-0c2f6c1b9e10"),
            plain("/dossiers/{id}/attachments/2b1f8a54-9d3c-4a7e-8a55-0c2f6c1b9e10?x=1"),
            plain("/dossiers/{id}/attachments/none"),
        ],
        other => panic!("no need-to-know case for {other}"),
    }
}

async fn ask(node: &Node, who: &str, route: &Route, ask: &Ask, id: &str) -> Got {
    let method = format!("{:?}", route.method).to_uppercase();
    let headers: Vec<(&str, &str)> =
        ask.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let path = ask.path.replace("{id}", id);
    node.ask(who, (&method, &path), &headers, Body::from(ask.body.clone())).await
}

/// Status, headers but the date, and bytes.
fn answer(mut got: Got) -> (StatusCode, HeaderMap, Vec<u8>) {
    got.headers.remove("date");
    (got.status, got.headers, got.bytes)
}

const NEVER: &str = "7d0f8a54-9d3c-4a7e-8a55-0c2f6c1b9e10";

#[tokio::test]
async fn what_is_hidden_and_what_never_was_are_answered_with_the_same_bytes() {
    let node = Node::new();
    let hidden = node.stop().await;
    let key = [("idempotency-key", "used by the owner")];
    let note = json!({"command": "note", "text": "a"});
    node.post_with(PIETER, &format!("/dossiers/{hidden}/commands"), &key, &note).await;
    for route in web::api::table().filter(|route| route.reach == Reach::Dossier) {
        for one in asks(route) {
            for who in [CLAIRE, TOMAS, SANNE] {
                let secret = answer(ask(&node, who, route, &one, &hidden).await);
                let absent = answer(ask(&node, who, route, &one, NEVER).await);
                let no_id = answer(ask(&node, who, route, &one, "no-id").await);
                let what = format!("{} {} for {who}", route.name, one.path);
                assert_eq!(secret, absent, "{what}");
                assert!(secret.0.is_client_error(), "{what}: {}", secret.0);
                assert!(no_id.0.is_client_error(), "{what}: {}", no_id.0);
            }
        }
    }
}

#[tokio::test]
async fn an_outsiders_answers_are_those_of_a_node_without_it() {
    let (full, empty) = (Node::new(), Node::new());
    let id = full.stop().await;
    full.act(JONAS, &id, json!({"command": "acknowledge"})).await;
    full.act(PIETER, &id, json!({"command": "message", "text": "Feinwerk"})).await;
    for route in web::api::table() {
        for one in asks(route) {
            for who in [CLAIRE, TOMAS, SANNE] {
                let with = answer(ask(&full, who, route, &one, &id).await);
                let without = answer(ask(&empty, who, route, &one, &id).await);
                assert_eq!(with, without, "{} {} for {who}", route.name, one.path);
            }
        }
    }
}

#[tokio::test]
async fn who_is_taken_off_the_list_finds_nothing_any_more() {
    let node = Node::new();
    let id = node.stop().await;
    let share = json!({
        "command": "share", "units": ["FR-LICENSING"], "purpose": "To know", "legal_basis": "Art. 25",
    });
    node.act(PIETER, &id, share).await;
    assert_eq!(node.get(CLAIRE, &format!("/dossiers/{id}")).await.status, StatusCode::OK);
    node.act(PIETER, &id, json!({"command": "withdraw", "units": ["FR-LICENSING"]})).await;
    for route in web::api::table().filter(|route| route.reach == Reach::Dossier) {
        for one in asks(route) {
            let secret = answer(ask(&node, CLAIRE, route, &one, &id).await);
            let absent = answer(ask(&node, CLAIRE, route, &one, NEVER).await);
            assert_eq!(secret, absent, "{} {}", route.name, one.path);
        }
    }
    let list = node.get(CLAIRE, "/dossiers").await.json();
    assert_eq!(list["dossiers"], json!([]));
}
