//! Writing: idempotency keys, versions, trial runs.

use super::fixtures::{JONAS, Node, PIETER, stop};
use axum::http::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn the_same_key_and_body_is_answered_again_and_another_body_is_refused() {
    let node = Node::new();
    let key = [("idempotency-key", "stop 1")];
    let first = node.post_with(PIETER, "/dossiers", &key, &stop()).await;
    let again = node.post_with(PIETER, "/dossiers", &key, &stop()).await;
    assert_eq!(first, again);
    let mut other = stop();
    other["purpose"] = json!("Another purpose");
    let other = node.post_with(PIETER, "/dossiers", &key, &other).await;
    assert_eq!(other.told(), "422 key-used");
    let theirs = node.post_with(JONAS, "/dossiers", &key, &json!({"kind": "notice"})).await;
    assert_eq!(theirs.status, StatusCode::CREATED, "keys are per account");

    let id = first.json()["id"].as_str().unwrap().to_owned();
    let path = format!("/dossiers/{id}/commands");
    let body = json!({"command": "message", "text": "Once."});
    let key = [("idempotency-key", "message 1")];
    let first = node.post_with(JONAS, &path, &key, &body).await;
    let again = node.post_with(JONAS, &path, &key, &body).await;
    assert_eq!(first, again);
    let words = node.get(JONAS, &format!("/dossiers/{id}")).await.json();
    let said = words["events"].as_array().unwrap().iter().filter(|e| e["type"] == "message");
    assert_eq!(said.count(), 1);
    let without = node.post(JONAS, &path, &body).await;
    assert_ne!(without.json()["version"], first.json()["version"], "no key, no repetition");
    for wrong in [String::new(), "x".repeat(256), "a\tb".to_owned()] {
        let got = node.post_with(JONAS, &path, &[("idempotency-key", &wrong)], &body).await;
        assert!(got.told().starts_with("422 malformed\n  \"Idempotency-Key\""), "{}", got.told());
    }
}

#[tokio::test]
async fn who_decides_on_an_old_version_is_told_what_is_new() {
    let node = Node::new();
    let id = node.stop().await;
    let path = format!("/dossiers/{id}/commands");
    let etag = |got: &super::fixtures::Got| got.header("etag").to_owned();
    let seen = etag(&node.get(JONAS, &format!("/dossiers/{id}")).await);
    let note = json!({"command": "note", "text": "Only Dutch customs see this."});
    node.act(PIETER, &id, note).await;
    let acknowledge = json!({"command": "acknowledge"});
    let done = node.post_with(JONAS, &path, &[("if-match", &seen)], &acknowledge).await;
    assert_eq!(done.status, StatusCode::OK, "what he cannot see makes nothing stale");
    node.act(PIETER, &id, json!({"command": "message", "text": "One thing more."})).await;

    let answer = json!({"command": "answer", "answer": "maintained", "reasoning": "It is."});
    let stale = node.post_with(JONAS, &path, &[("if-match", &seen)], &answer).await;
    assert_eq!(stale.told(), "412 stale newer=[\"acknowledged\",\"message\"]");
    let now = etag(&node.get(JONAS, &format!("/dossiers/{id}")).await);
    assert_eq!(etag(&stale), now);
    for header in ["\"nonsense\"", &format!("W/{now}"), "nonsense"] {
        let got = node.post_with(JONAS, &path, &[("if-match", header)], &answer).await;
        assert_eq!(got.status, StatusCode::PRECONDITION_FAILED, "{header}");
    }
    for words in ["note", "message"] {
        let body = json!({"command": words, "text": "Words never get stale."});
        let got = node.post_with(JONAS, &path, &[("if-match", &seen)], &body).await;
        assert_eq!(got.status, StatusCode::OK, "{words}");
    }
    let now = etag(&node.get(JONAS, &format!("/dossiers/{id}")).await);
    let either = format!("{seen}, {now}");
    let done = node.post_with(JONAS, &path, &[("if-match", &either)], &answer).await;
    assert_eq!(done.json()["state"], "answered");
    assert_eq!(node.get(JONAS, &format!("/dossiers/{id}")).await.header("etag"), etag(&done));
}

#[tokio::test]
async fn a_trial_run_writes_nothing() {
    let node = Node::new();
    let id = node.stop().await;
    let before = node.get(JONAS, &format!("/dossiers/{id}")).await;
    let path = format!("/dossiers/{id}/commands?dry_run=true");
    let key = [("idempotency-key", "trial")];
    let tried = node.post_with(JONAS, &path, &key, &json!({"command": "acknowledge"})).await;
    assert_eq!(tried.json()["dry_run"], true, "{}", tried.text());
    assert_eq!(tried.json()["state"], "sent");
    let refused = node.post(JONAS, &path, &json!({"command": "recall", "reason": "–"})).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(before, node.get(JONAS, &format!("/dossiers/{id}")).await);

    let opened = node.post(PIETER, "/dossiers?dry_run=true", &stop()).await;
    assert_eq!((opened.status, opened.json()), (StatusCode::OK, json!({"dry_run": true})));
    let list = node.get(PIETER, "/dossiers").await.json();
    assert_eq!(list["dossiers"].as_array().unwrap().len(), 1);
    let moved = node.post(PIETER, "/demo/clock?dry_run=true", &json!({"advance": "P30D"})).await;
    assert_eq!(moved.json()["now"], "2026-12-24T09:42:00Z");
    assert_eq!(before, node.get(JONAS, &format!("/dossiers/{id}")).await);
}

#[tokio::test]
async fn the_same_key_moves_the_clock_once() {
    let node = Node::new();
    let key = [("idempotency-key", "three days")];
    let three = json!({"advance": "P3D"});
    let first = node.post_with(PIETER, "/demo/clock", &key, &three).await;
    assert_eq!(first.json()["now"], "2026-11-27T09:42:00Z");
    assert_eq!(first, node.post_with(PIETER, "/demo/clock", &key, &three).await);
    let four = node.post_with(PIETER, "/demo/clock", &key, &json!({"advance": "P4D"})).await;
    assert_eq!(four.told(), "422 key-used");
}

#[tokio::test]
async fn a_draft_is_written_on_and_sent() {
    let node = Node::new();
    let mut draft = stop();
    draft["send"] = Value::Bool(false);
    draft["form"]["cn9"] = Value::Null;
    let misspelt = node.post(PIETER, "/dossiers", &draft).await;
    assert_eq!(misspelt.status, StatusCode::UNPROCESSABLE_ENTITY);
    draft["form"] = json!({"grounds": ["not yet"], "suspended_at": "at noon"});
    let id = node.post(PIETER, "/dossiers", &draft).await.json();
    let id = id["id"].as_str().unwrap();
    let read = node.get(PIETER, &format!("/dossiers/{id}")).await.json();
    assert_eq!(read["form"]["suspended_at"], "at noon", "a draft is kept as typed");
    let send =
        node.post(PIETER, &format!("/dossiers/{id}/commands"), &json!({"command": "send"})).await;
    assert_eq!(send.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut edit = stop();
    let parts = edit.as_object_mut().unwrap();
    parts.retain(|name, _| name != "kind" && name != "send");
    parts.insert("command".to_owned(), json!("edit"));
    node.act(PIETER, id, edit).await;
    assert_eq!(node.act(PIETER, id, json!({"command": "send"})).await["state"], "sent");
}
