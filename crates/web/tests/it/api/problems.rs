//! What is wrong is said: what, where, what was expected, in the language of the reader.

use super::fixtures::{CLAIRE, JONAS, LENA, MARIJKE, Node, PIETER, SANNE, stop};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use web::server::Mode;

const TYPE: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn without_a_good_token_there_is_nothing_but_the_document() {
    let node = Node::new();
    let table = [
        (None, "401 no-token", "Bearer realm=\"ecm\""),
        (Some("Basic YTpi"), "401 no-token", "Bearer realm=\"ecm\""),
        (Some("Bearer"), "401 bad-token", "Bearer realm=\"ecm\", error=\"invalid_token\""),
        (Some("Bearer ecm_no"), "401 bad-token", "Bearer realm=\"ecm\", error=\"invalid_token\""),
    ];
    for route in web::api::table().filter(|route| route.name != "openapi") {
        for (given, told, asked) in table {
            let method = if route.body.is_some() { "POST" } else { "GET" };
            let path = route.path.replace(['{', '}'], "");
            let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
            if let Some(given) = given {
                request = request.header("authorization", given);
            }
            let got = node.send(request.body(Body::from("{")).unwrap()).await;
            assert_eq!(got.told(), told, "{}", route.name);
            assert_eq!(got.header("www-authenticate"), asked, "{}", route.name);
            assert_eq!(got.header("content-type"), "application/problem+json");
        }
    }
}

/// What a body is, its headers, the body.
type Sent<'a> = (&'a str, &'a [(&'a str, &'a str)], String);

#[tokio::test]
async fn bodies_that_cannot_be_read_are_told_with_their_place() {
    let node = Node::new();
    let deep = format!("{{\"form\":\n{}", "[".repeat(200));
    let long = format!("\"{}\"", "x".repeat(2 << 20));
    let table: [Sent<'_>; 8] = [
        ("an unfinished body", &[TYPE], "{\"kind\":\n  \"stop\",".to_owned()),
        ("no body", &[TYPE], String::new()),
        ("nested deeply", &[TYPE], deep),
        ("no type", &[], "{}".to_owned()),
        ("another type", &[("content-type", "text/plain")], "{}".to_owned()),
        ("not an object", &[TYPE], "[]".to_owned()),
        ("not a text", &[TYPE], "{\"kind\": {\"stop\": 1}}".to_owned()),
        ("bytes that are no text", &[TYPE], "{\"\\ud800\": 1}".to_owned()),
    ];
    let mut told = Vec::new();
    for (what, headers, body) in table {
        let got = node.ask(PIETER, ("POST", "/dossiers"), headers, Body::from(body)).await;
        told.push(format!("{what}: {}", got.told()));
    }
    let id = node.stop().await;
    let path = format!("/dossiers/{id}/commands");
    let got = node.ask(PIETER, ("POST", &path), &[TYPE], Body::from(long)).await;
    told.push(format!("too long: {}", got.told()));
    insta::assert_snapshot!(told.join("\n"), @r#"
    an unfinished body: 400 not-json line=2 column=9
    no body: 400 not-json line=1 column=0
    nested deeply: 400 too-deep line=2 column=32
    no type: 415 media-type
    another type: 415 media-type
    not an object: 422 malformed
      "": an object was expected
    not a text: 422 malformed
      "/kind": one value was expected
    bytes that are no text: 400 not-json line=1 column=9
    too long: 413 too-large
    "#);
}

#[tokio::test]
async fn all_that_is_wrong_with_a_request_is_told_at_once() {
    let node = Node::new();
    let misspelt = json!({
        "kind": "stop", "too": ["DE-LICENSING"], "legalBasis": "x", "send": "yes",
    });
    let misshapen = json!({
        "kind": "stop", "to": "DE-LICENSING",
        "form": {"item": [], "items": [{"cn_8": "1"}], "grounds": "21(1)"},
    });
    let incomplete = json!({
        "kind": "stop", "to": ["DE-LICENSING"], "send": true,
        "form": {"grounds": ["21(9)"], "items": [{"cn8": "12"}], "suspended_at": "noon"},
    });
    let mut told = Vec::new();
    for body in [misspelt, misshapen, incomplete, json!({"kind": "briefing"}), json!({})] {
        told.push(node.post(PIETER, "/dossiers", &body).await.told());
    }
    insta::assert_snapshot!(told.join("\n"), @r#"
    422 malformed
      "/legalBasis": no such field; did you mean `legal_basis`?
      "/too": no such field
      "/send": `true` or `false` was expected
    422 malformed
      "/form/grounds": a list was expected
      "/form/item": no such field; did you mean `items`?
      "/form/items/0/cn_8": no such field; did you mean `cn8`?
      "/to": a list was expected
    422 malformed
      "/purpose": is missing
      "/legal_basis": is missing
      "/form/grounds/0": `21(9)` is none of 21(3)(a)(i), 21(3)(a)(ii), 21(3)(b), 21(1), doubtful_document, 5, 9, 10, national_power
      "/form/items/0/description": is missing
      "/form/items/0/cn8": `12` is not a commodity code of eight digits, such as `8542 31 90`
      "/form/office": is missing
      "/form/suspended_at": `noon` is not an instant with its offset, such as `2026-11-24T09:55:00+01:00`
    422 malformed
      "/kind": `briefing` is none of `stop`, `information`, `classification`, `document`, `notice`
    422 malformed
      "/kind": is missing
    "#);
}

#[tokio::test]
async fn queries_that_mean_nothing_are_told() {
    let node = Node::new();
    let mut told = Vec::new();
    for path in [
        "/dossiers?kinds=stop&colour=red",
        "/dossiers?kind=visit",
        "/dossiers?wait=me",
        "/dossiers?wait=",
        "/dossiers?limit=101",
        "/dossiers?limit=0",
        "/dossiers?cursor=abc",
        "/dossiers?due_by=soon",
        "/dossiers?limit=1&limit=2",
        "/directory?cursor=%21",
        "/directory/find?function=cooking",
        "/directory/find?state=XX",
        "/deadlines?cursor=1",
    ] {
        told.push(format!("{path} {}", node.get(PIETER, path).await.told()));
    }
    insta::assert_snapshot!(told.join("\n"), @r#"
    /dossiers?kinds=stop&colour=red 422 malformed
      "kinds": no such parameter; did you mean `kind`?
      "colour": no such parameter
    /dossiers?kind=visit 422 malformed
      "kind": `visit` is none of `stop`, `information`, `classification`, `document`, `notice`
    /dossiers?wait=me 422 malformed
      "wait": `me` is none of `silence_decides`, `you`, `others`, `nobody`
    /dossiers?wait= 422 malformed
      "wait": `` is none of `silence_decides`, `you`, `others`, `nobody`
    /dossiers?limit=101 422 malformed
      "limit": a number from 1 to 100 was expected
    /dossiers?limit=0 422 malformed
      "limit": a number from 1 to 100 was expected
    /dossiers?cursor=abc 422 malformed
      "cursor": `abc` is not a cursor: expected the one that the page before gave
    /dossiers?due_by=soon 422 malformed
      "due_by": an instant with its offset was expected, such as `2026-11-24T09:55:00Z`
    /dossiers?limit=1&limit=2 422 malformed
      "limit": one value was expected
    /directory?cursor=%21 422 malformed
      "cursor": not a cursor: the one that the page before gave was expected
    /directory/find?function=cooking 422 malformed
      "function": one of "licensing", "catch_all", "classification", "document_verification", "border_stop", "risk_analysis", "end_use", "transit", "brokering", "contact" was expected
    /directory/find?state=XX 422 malformed
      "state": `XX` is not a Member State: expected the two letters of one of the 27, such as `EL`
    /deadlines?cursor=1 422 malformed
      "cursor": `1` is not a cursor: expected the one that the page before gave
    "#);
}

#[tokio::test]
async fn refusals_have_their_code_and_article() {
    let node = Node::new();
    let id = node.stop().await;
    let path = format!("/dossiers/{id}/commands");
    let commands = [
        (PIETER, json!({"command": "answer", "answer": "maintained", "reasoning": "–"})),
        (PIETER, json!({"command": "extend", "reason": "–"})),
        (JONAS, json!({"command": "answer", "answer": "no_action_4_1", "reasoning": "–"})),
        (JONAS, json!({"command": "recall", "reason": "–"})),
        (JONAS, json!({"command": "approve"})),
        (PIETER, json!({"command": "withdraw", "units": ["DE-LICENSING"]})),
        (PIETER, json!({"command": "tighten", "code": "H0"})),
        (
            PIETER,
            json!({"command": "share", "units": ["XX-NOBODY"], "purpose": "–", "legal_basis": "–"}),
        ),
        (PIETER, json!({"command": "outcome", "outcome": "released"})),
        (PIETER, json!({"command": "edit", "form": {}})),
        (PIETER, json!({"command": "fly"})),
        (PIETER, json!({"command": "message", "txet": "a"})),
        (PIETER, json!({"command": "acknowledge", "text": "a"})),
        (PIETER, json!({})),
        (LENA, json!({"command": "message", "text": "a"})),
    ];
    let mut told = Vec::new();
    for (who, body) in commands {
        told.push(format!("{body} {}", node.post(who, &path, &body).await.told()));
    }
    let mut classified = stop();
    classified["handling"]["marking"] = json!("eu_restricted");
    told.push(node.post(PIETER, "/dossiers", &classified).await.told());
    told.push(node.post(SANNE, "/dossiers", &stop()).await.told());
    insta::assert_snapshot!(told.join("\n"), @r#"
    {"answer":"maintained","command":"answer","reasoning":"–"} 409 refused code="asked_only"
    {"command":"extend","reason":"–"} 409 refused code="nothing_to_extend" article="2021/821 Art. 21(4)"
    {"answer":"no_action_4_1","command":"answer","reasoning":"–"} 409 refused code="answer_not_offered" article="2021/821 Art. 16(1), 4(1)"
    {"command":"recall","reason":"–"} 409 refused code="originator_only"
    {"command":"approve"} 403 role
    {"command":"withdraw","units":["DE-LICENSING"]} 409 refused code="asked_stays"
    {"code":"H0","command":"tighten"} 409 refused code="loosens"
    {"command":"share","legal_basis":"–","purpose":"–","units":["XX-NOBODY"]} 409 refused code="unknown_unit"
    {"command":"outcome","outcome":"released"} 409 refused code="not_now"
    {"command":"edit","form":{}} 409 refused code="not_now"
    {"command":"fly"} 422 malformed
      "/command": `fly` is none of send, approve, send_back, recall, acknowledge, message, note, assign, share, consent, withdraw, tighten, extend, close, reopen, answer, outcome, add_ground
    {"command":"message","txet":"a"} 422 malformed
      "/txet": no such field
      "/text": is missing
    {"command":"acknowledge","text":"a"} 422 malformed
      "/text": no such field
    {} 422 malformed
      "/command": is missing
    {"command":"message","text":"a"} 403 role
    409 refused code="classified"
    403 role
    "#);
}

#[tokio::test]
async fn problems_speak_the_language_of_the_reader() {
    let node = Node::new();
    let title = async |language: &str| {
        let headers = [("accept-language", language)];
        let got = node.ask(CLAIRE, ("GET", "/dossiers/none"), &headers, Body::empty()).await;
        assert_eq!(got.status, StatusCode::NOT_FOUND);
        (got.header("content-language").to_owned(), got.json()["title"].clone())
    };
    let said = |language: &str, title: &str| (language.to_owned(), Value::from(title));
    assert_eq!(title("de-DE, en;q=0.5").await, said("de", "Unter dieser Adresse gibt es nichts"));
    assert_eq!(title("fr").await, said("fr", "Il n’y a rien à cette adresse"));
    assert_eq!(title("pl").await, said("en", "There is nothing under this address"));
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_problems_too() {
    let node = Node::new();
    let delete = node.ask(PIETER, ("DELETE", "/dossiers"), &[], Body::empty()).await;
    assert_eq!(delete.told(), "405 method");
    assert_eq!(node.get(PIETER, "/nowhere").await.told(), "404 not-found");
    assert_eq!(node.get(PIETER, "/dossiers/%ff").await.told(), "404 not-found");
}

#[tokio::test]
async fn only_a_demonstration_moves_its_clock() {
    let real = Node::serving(Mode::Real);
    let got = real.post(PIETER, "/demo/clock", &json!({"advance": "P3D"})).await;
    assert_eq!(got.told(), "404 not-found");
    let node = Node::new();
    let mut told = Vec::new();
    for body in [
        json!({}),
        json!({"advance": "three days"}),
        json!({"advance": "-P1D"}),
        json!({"advance": "P1D", "at": "2027-01-01T00:00:00Z"}),
        json!({"at": "2026-01-01T00:00:00Z"}),
        json!({"ahead": 1}),
        json!({"advance": "P9000Y"}),
    ] {
        told.push(node.post(PIETER, "/demo/clock", &body).await.told());
    }
    insta::assert_snapshot!(told.join("\n"), @r#"
    422 malformed
      "": either `advance` or `at` was expected
    422 malformed
      "/advance": a duration such as `P3D` or `PT8H` was expected
    422 malformed
      "/advance": a duration such as `P3D` or `PT8H` was expected
    422 malformed
      "": either `advance` or `at` was expected
    422 malformed
      "/at": the clock stands at 2026-11-24T09:42:00Z and never goes back
    422 malformed
      "/ahead": no such field
    422 malformed
      "/advance": a duration such as `P3D` or `PT8H` was expected
    "#);
}

#[tokio::test]
async fn an_officer_of_an_office_hands_her_stop_to_the_contact_point() {
    let node = Node::new();
    let opened = node.post(MARIJKE, "/dossiers", &stop()).await.json();
    assert_eq!(opened["state"], "for_approval");
    let id = opened["id"].as_str().unwrap();
    assert_eq!(node.get(JONAS, &format!("/dossiers/{id}")).await.status, StatusCode::NOT_FOUND);
    let done = node.act(PIETER, id, json!({"command": "approve"})).await;
    assert_eq!(done["state"], "sent");
}
