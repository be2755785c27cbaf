//! The stream says what changed for whoever may see it, and goes on where it was cut.

use super::fixtures::{CLAIRE, JONAS, Node, PIETER, start};
use app::store::accounts::By;
use axum::body::{Body, BodyDataStream};
use axum::http::Request;
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use std::time::Duration;
use tower::ServiceExt as _;

/// A client of the stream.
struct Client {
    body: BodyDataStream,
    read: String,
}

impl Client {
    async fn open(node: &Node, who: &str, last: Option<&str>) -> Client {
        let mut request = Request::builder()
            .uri("/api/v1/stream")
            .header("authorization", format!("Bearer {}", node.token(who)));
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = node.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Client { body: response.into_body().into_data_stream(), read: String::new() }
    }

    /// The next event's id and data; none once the stream has ended.
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((event, rest)) = self.read.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.read = rest;
                let line = |name: &str| {
                    event.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned)
                };
                if let Some(id) = line("id: ") {
                    let data = line("data: ").map(|data| serde_json::from_str(&data).unwrap());
                    return Some((id, data.unwrap_or(Value::Null)));
                }
                continue;
            }
            let chunk = tokio::time::timeout(Duration::from_secs(20), self.body.next()).await;
            let chunk = chunk.expect("an event or the end within 20 seconds")?.unwrap();
            self.read.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}

#[tokio::test]
async fn a_client_is_told_of_what_it_may_see_and_goes_on_where_it_was_cut() {
    let node = Node::new();
    let mut jonas = Client::open(&node, JONAS, None).await;
    let mut claire = Client::open(&node, CLAIRE, None).await;
    let (began, nothing) = jonas.next().await.unwrap();
    assert_eq!(nothing, Value::Null);
    let hello = claire.next().await.unwrap().0;
    let id = node.stop().await;
    assert_eq!(jonas.next().await.unwrap().1, json!({"dossier": id, "what": "sent"}));
    node.act(PIETER, &id, json!({"command": "note", "text": "Not for others."})).await;
    node.act(PIETER, &id, json!({"command": "message", "text": "For all."})).await;
    let (last, told) = jonas.next().await.unwrap();
    assert_eq!(told, json!({"dossier": id, "what": "message"}), "the note was skipped");
    assert_eq!(began.len(), last.len());

    let mut back = Client::open(&node, JONAS, Some(&began)).await;
    back.next().await.unwrap();
    assert_eq!(back.next().await.unwrap().1["what"], "sent");
    assert_eq!(back.next().await.unwrap().1["what"], "message");
    let stranger = [("last-event-id", last.as_str())];
    let refused = node.ask(CLAIRE, ("GET", "/stream"), &stranger, Body::empty()).await;
    assert_eq!(refused.told(), "422 malformed\n  \"Last-Event-ID\": this is no place of yours");

    // Of all that she was told of nothing; her own is the first that she hears.
    let own = node.post(CLAIRE, "/dossiers", &json!({"kind": "notice"})).await.json();
    let (place, told) = claire.next().await.unwrap();
    assert_eq!(told, json!({"dossier": own["id"], "what": "drafted"}));
    assert_eq!(place.len(), hello.len());
}

#[tokio::test]
async fn a_stream_ends_with_the_token() {
    let node = Node::new();
    let mut jonas = Client::open(&node, JONAS, None).await;
    jonas.next().await.unwrap();
    let person = node.app.accounts().by_login(JONAS).unwrap().unwrap();
    node.app.accounts().disable(person.id, By::Operator, start()).unwrap().unwrap();
    node.stop().await;
    assert_eq!(jonas.next().await, None);
}
