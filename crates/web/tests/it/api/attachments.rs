//! Files: added both ways, fetched by those who may, refused with why, never half kept.

use super::fixtures::{CLAIRE, Got, JONAS, LENA, Node, PIETER, SANNE};
use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode};
use futures_util::stream;
use serde_json::{Value, json};
use std::convert::Infallible;
use tower::ServiceExt as _;

const ALONE: (&str, &str) = ("content-type", "application/octet-stream");
const FORM: (&str, &str) = ("content-type", "multipart/form-data; boundary=b");
const NEVER: &str = "7d0f8a54-9d3c-4a7e-8a55-0c2f6c1b9e10";

/// A form of these fields: name, file name, content.
fn form(fields: &[(&str, Option<&str>, &str)]) -> String {
    let parts = fields.iter().map(|(name, file, content)| {
        let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
        format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n")
    });
    parts.chain(["--b--\r\n".to_owned()]).collect()
}

async fn add(
    node: &Node,
    who: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Got {
    node.ask(who, ("POST", path), headers, body.into()).await
}

async fn files(node: &Node, who: &str, id: &str) -> Value {
    let got = node.get(who, &format!("/dossiers/{id}/attachments")).await;
    assert_eq!(got.status, StatusCode::OK, "{}", got.text());
    got.json()["attachments"].clone()
}

#[tokio::test]
async fn a_file_comes_in_alone_or_in_a_form_and_goes_out_as_it_came() {
    let node = Node::new();
    let id = node.stop().await;
    let path = format!("/dossiers/{id}/attachments");
    // More than any other body may have, and more than one chunk of a sealed file.
    let large = "Berth 7\n".repeat(400_000);
    let named = [ALONE, ("content-disposition", "attachment; filename*=UTF-8''%C3%96l.txt")];
    let alone = add(&node, PIETER, &path, &named, large.clone()).await;
    assert_eq!(alone.status, StatusCode::CREATED, "{}", alone.text());
    let told = alone.json();
    assert_eq!(told["name"], "Öl.txt");
    assert_eq!(told["media_type"], "text/plain");
    assert_eq!(told["bytes"], large.len());
    let file = told["id"].as_str().unwrap();
    assert_eq!(alone.header("location"), format!("/api/v1{path}/{file}"));
    let seen = node.get(PIETER, &path).await;
    assert_eq!(seen.header("etag"), alone.header("etag"));

    let body = form(&[("file", Some("list.csv"), "a,b\n1,2\n")]);
    let in_form = add(&node, JONAS, &path, &[FORM], body).await;
    assert_eq!(in_form.status, StatusCode::CREATED, "{}", in_form.text());
    assert_eq!(files(&node, PIETER, &id).await, json!([told, in_form.json()]));

    let got = node.get(JONAS, &format!("{path}/{file}")).await;
    assert_eq!(got.status, StatusCode::OK);
    assert_eq!(got.text(), large);
    for (name, value) in [
        ("content-type", "text/plain"),
        ("content-length", "3200000"),
        ("content-disposition", "attachment; filename*=UTF-8''%C3%96l.txt"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "sandbox"),
    ] {
        assert_eq!(got.header(name), value);
    }
}

#[tokio::test]
async fn what_a_browser_would_run_is_only_bytes() {
    let node = Node::new();
    let id = node.stop().await;
    let path = format!("/dossiers/{id}/attachments");
    for (name, content) in [("a.html", "<script>1</script>"), ("a.svg", "<svg onload='1'/>")] {
        let body = form(&[("file", Some(name), content)]);
        let told = add(&node, PIETER, &path, &[FORM], body).await.json();
        let got = node.get(JONAS, &format!("{path}/{}", told["id"].as_str().unwrap())).await;
        assert_eq!(got.text(), content);
        assert_eq!(got.header("content-type"), "application/octet-stream");
    }
}

#[tokio::test]
async fn a_file_of_ones_own_authority_is_nothing_to_others() {
    let node = Node::new();
    let id = node.stop().await;
    let path = format!("/dossiers/{id}/attachments");
    let own = format!("{path}?name=a.txt&readers=own_authority");
    let in_query = add(&node, PIETER, &own, &[ALONE], "berth list").await.json();
    let body = form(&[("readers", None, "own_authority"), ("file", Some("b.txt"), "berth list")]);
    let in_form = add(&node, PIETER, &path, &[FORM], body).await.json();
    assert_eq!(files(&node, PIETER, &id).await, json!([in_query, in_form]));
    assert_eq!(files(&node, JONAS, &id).await, json!([]));
    for file in [in_query, in_form] {
        let hidden = format!("{path}/{}", file["id"].as_str().unwrap());
        assert_eq!(node.get(PIETER, &hidden).await.text(), "berth list");
        for who in [JONAS, CLAIRE, SANNE] {
            let never = node.get(who, &format!("{path}/{NEVER}")).await;
            assert_eq!(never.status, StatusCode::NOT_FOUND);
            assert_eq!(node.get(who, &hidden).await, never, "{who}");
        }
    }
}

#[tokio::test]
async fn the_same_key_and_file_is_added_once() {
    let node = Node::new();
    let id = node.stop().await;
    let path = format!("/dossiers/{id}/attachments?name=a.txt");
    let headers = [ALONE, ("idempotency-key", "file 1")];
    let first = add(&node, PIETER, &path, &headers, "words").await;
    let again = add(&node, PIETER, &path, &headers, "words").await;
    assert_eq!(first.status, StatusCode::CREATED);
    assert_eq!(first, again);
    assert_eq!(files(&node, PIETER, &id).await.as_array().unwrap().len(), 1);
    let other = add(&node, PIETER, &path, &headers, "other words").await;
    assert_eq!(other.told(), "422 key-used");
}

/// Who sends what: path, headers, body.
type Sent<'a> = (&'a str, &'a str, Vec<(&'a str, &'a str)>, String);

#[tokio::test]
async fn what_is_not_taken_is_told() {
    let node = Node::new();
    let id = node.stop().await;
    let path = format!("/dossiers/{id}/attachments");
    let named = format!("{path}?name=a.txt");
    let file = ("file", Some("a.txt"), "words");
    let long = "x".repeat(100_000);
    let table: [Sent<'_>; 17] = [
        (PIETER, &path, vec![ALONE], "words".to_owned()),
        (PIETER, &named, vec![], "words".to_owned()),
        (PIETER, &named, vec![("content-type", "text/plain")], "words".to_owned()),
        (PIETER, &named, vec![("content-type", "multipart/form-data")], "words".to_owned()),
        (PIETER, &named, vec![ALONE, ("content-length", "209715201")], "words".to_owned()),
        (PIETER, &named, vec![ALONE], "#!/bin/sh\nrm -rf /\n".to_owned()),
        (PIETER, &path, vec![ALONE, ("content-disposition", "attachment")], "words".to_owned()),
        (PIETER, &path, vec![FORM], form(&[("file", Some("list.xlsm"), "words")])),
        (PIETER, &path, vec![FORM], form(&[("file", None, "words")])),
        (PIETER, &path, vec![FORM], form(&[("readers", None, "everyone")])),
        (PIETER, &path, vec![FORM], form(&[("readers", None, "nobody"), file])),
        (PIETER, &path, vec![FORM], form(&[file, ("readers", None, "own_authority")])),
        (PIETER, &path, vec![FORM], form(&[("reader", None, "own_authority"), file])),
        (PIETER, &path, vec![FORM], form(&[("readers", None, &long), file])),
        (PIETER, &path, vec![FORM], form(&[file]).replace("--b--", "")),
        (PIETER, &format!("{path}?dry_run=true"), vec![ALONE], "words".to_owned()),
        (LENA, &named, vec![ALONE], "words".to_owned()),
    ];
    let mut told = Vec::new();
    for (who, path, headers, body) in table {
        told.push(add(&node, who, path, &headers, body).await.told());
    }
    insta::assert_snapshot!(told.join("\n"), @r#"
    422 malformed
      "name": is missing
    415 media-type
    415 media-type
    415 media-type
    413 too-large
    422 malformed
      "/file": `a.txt` is a program or a script; send its text, a print or a picture instead
    422 malformed
      "Content-Disposition": `attachment; filename*=UTF-8''…` or `attachment; filename="…"` was expected
    422 malformed
      "/file": `list.xlsm` carries macros; save it without them (as `.xlsx`, `.docx` or `.pptx`) or as PDF, and send that
    422 malformed
      "/file": has no name
    422 malformed
      "/file": is missing
    422 malformed
      "/readers": `everyone` or `own_authority` was expected
    422 malformed
      "/file": must be the last field
    422 malformed
      "/reader": no such field; did you mean `readers`?
    422 malformed
      "/readers": `everyone` or `own_authority` was expected
    422 malformed
      "/file": the file broke off while it came in; send it again
    422 malformed
      "dry_run": no such parameter
    403 role
    "#);
    assert_eq!(files(&node, PIETER, &id).await, json!([]));
}

#[tokio::test]
async fn a_client_that_goes_away_leaves_no_half_of_a_file() {
    let node = Node::new();
    let id = node.stop().await;
    let pieces = [Bytes::from_static(b"the first half of ")].map(Ok::<_, Infallible>);
    let body = stream::StreamExt::chain(stream::iter(pieces), stream::pending());
    let request = Request::post(format!("/api/v1/dossiers/{id}/attachments?name=a.txt"))
        .header("authorization", format!("Bearer {}", node.token(PIETER)))
        .header(ALONE.0, ALONE.1)
        .body(Body::from_stream(body))
        .unwrap();
    let asked = tokio::spawn(node.router.clone().oneshot(request));
    // Until what came first is on its way.
    for _ in 0..50 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    asked.abort();
    assert!(asked.await.unwrap_err().is_cancelled());
    let path = format!("/dossiers/{id}/attachments?name=b.txt");
    let whole = add(&node, PIETER, &path, &[ALONE], "whole").await.json();
    assert_eq!(files(&node, PIETER, &id).await, json!([whole]));
}
