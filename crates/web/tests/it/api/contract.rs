//! What clients rely on: the shape of answers, lists, the directory, deadlines, declarations.

use super::fixtures::{CC515C, CLAIRE, DMS, JONAS, MARIJKE, Node, PIETER, stop};
use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn a_stop_is_opened_read_answered_and_told() {
    let node = Node::new();
    let opened = node.post(PIETER, "/dossiers", &stop()).await;
    assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.text());
    let body = opened.json();
    let id = body["id"].as_str().unwrap();
    assert_eq!(body["state"], "sent");
    assert!(body["reference"].as_str().unwrap().ends_with("-STP"));
    assert_eq!(opened.header("location"), format!("/api/v1/dossiers/{id}"));
    assert_eq!(opened.header("etag"), format!("\"{}\"", body["version"].as_str().unwrap()));

    let read = node.get(JONAS, &format!("/dossiers/{id}")).await;
    let dossier = read.json();
    assert_eq!(read.header("etag"), format!("\"{}\"", dossier["version"].as_str().unwrap()));
    assert_eq!(dossier["form"]["items"][0]["net_mass"], 18.6);
    assert_eq!(dossier["distribution"], json!(["DE-LICENSING", "NL-CUSTOMS"]));
    let clock = &dossier["clocks"][0];
    insta::assert_snapshot!(serde_json::to_string_pretty(clock).unwrap(), @r#"
    {
      "answer_by": "2026-12-08T23:00:00Z",
      "basis": "law",
      "calendar": "DE",
      "ended": null,
      "extended": false,
      "ground": "21(3)(a)(i)",
      "last_day": "2026-12-08",
      "silence": "ends_ground",
      "started": "2026-11-24T09:42:00Z",
      "unit": "DE-LICENSING"
    }
    "#);
    let sent = &dossier["events"][0];
    assert_eq!((&sent["type"], &sent["by"]), (&json!("sent"), &json!("NL-CUSTOMS")));
    assert_eq!((&sent["person"], &sent["audience"]), (&json!("N. pieter"), &json!("everyone")));
    for hidden in ["command", "seq", "previous", "position", "hash", "strand"] {
        assert!(sent.get(hidden).is_none(), "{hidden}");
    }

    let done = node
        .act(JONAS, id, json!({"command": "answer", "answer": "maintained", "reasoning": "It is."}))
        .await;
    assert_eq!(done["state"], "answered");
    let told = node.get(PIETER, &format!("/dossiers/{id}")).await.json();
    assert_eq!(told["outcome"], "maintained");
    let last = told["events"].as_array().unwrap().last().unwrap();
    assert_eq!(last["body"]["reasoning"], "It is.");
}

#[tokio::test]
async fn notes_are_for_the_own_authority_and_leave_the_version_of_others() {
    let node = Node::new();
    let id = node.stop().await;
    let before = node.get(PIETER, &format!("/dossiers/{id}")).await;
    node.act(JONAS, &id, json!({"command": "note", "text": "Ask Miriam."})).await;
    let theirs = node.get(JONAS, &format!("/dossiers/{id}")).await.json();
    let note = theirs["events"].as_array().unwrap().last().unwrap();
    assert_eq!((&note["type"], &note["audience"]), (&json!("note"), &json!(["DE-LICENSING"])));
    assert_eq!(note["body"], json!({"text": "Ask Miriam."}));
    let after = node.get(PIETER, &format!("/dossiers/{id}")).await;
    assert_eq!(before, after, "not a byte more for the others");
}

#[tokio::test]
async fn events_are_paged_by_the_versions_of_their_reader() {
    let node = Node::new();
    let id = node.stop().await;
    for n in 0..5 {
        node.act(PIETER, &id, json!({"command": "message", "text": format!("message {n}")})).await;
        node.act(JONAS, &id, json!({"command": "note", "text": format!("note {n}")})).await;
    }
    let mut texts = Vec::new();
    let mut since = String::new();
    loop {
        let page = node.get(PIETER, &format!("/dossiers/{id}/events?limit=3{since}")).await.json();
        let events = page["events"].as_array().unwrap();
        texts.extend(
            events.iter().filter_map(|event| event["body"]["text"].as_str().map(str::to_owned)),
        );
        match page["next"].as_str() {
            Some(next) => since = format!("&since={next}"),
            None => break,
        }
    }
    assert_eq!(texts, (0..5).map(|n| format!("message {n}")).collect::<Vec<_>>());
    let never = format!("/dossiers/{id}/events?since={}", "0".repeat(64));
    let never = node.get(PIETER, &never).await;
    assert_eq!(
        never.told(),
        "422 malformed\n  \"since\": you never had this version of the dossier"
    );
}

#[tokio::test]
async fn lists_have_filters_and_pages() {
    let node = Node::new();
    for n in 0..5 {
        let mut draft = stop();
        draft["send"] = json!(n % 2 == 0);
        assert_eq!(node.post(PIETER, "/dossiers", &draft).await.status, StatusCode::CREATED);
    }
    let count = async |who: &str, query: &str| {
        let list = node.get(who, &format!("/dossiers{query}")).await;
        assert_eq!(list.status, StatusCode::OK, "{}", list.text());
        list.json()["dossiers"].as_array().unwrap().len()
    };
    assert_eq!(count(PIETER, "").await, 5);
    assert_eq!(count(PIETER, "?state=draft").await, 2);
    assert_eq!(count(PIETER, "?state=draft,sent&kind=stop").await, 5);
    assert_eq!(count(PIETER, "?wait=others").await, 3);
    assert_eq!(count(JONAS, "?wait=silence_decides").await, 3);
    assert_eq!(count(JONAS, "?home=NL-CUSTOMS").await, 3);
    assert_eq!(count(JONAS, "?home=FR-CUSTOMS").await, 0);
    assert_eq!(count(JONAS, "?due_by=2026-11-25T00:00:00Z").await, 0);
    assert_eq!(count(CLAIRE, "").await, 0);
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = node.get(PIETER, &format!("/dossiers?limit=2{cursor}")).await.json();
        let rows = page["dossiers"].as_array().unwrap();
        seen.extend(rows.iter().map(|row| row["id"].clone().to_string()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 5);
    let row = &node.get(JONAS, "/dossiers?limit=1").await.json()["dossiers"][0];
    assert_eq!(row["title"], "Feinwerk Donau → Sary-Arka Avtomatika");
    assert_eq!(row["wait"], "silence_decides");
}

#[tokio::test]
async fn deadlines_come_soonest_first_with_their_clocks() {
    let node = Node::new();
    let mut agreed = stop();
    for (ground, day) in [("21(1)", "2026-12-20"), ("21(1)", "2026-12-01"), ("21(3)(b)", "")] {
        agreed["form"]["grounds"] = json!([ground]);
        agreed["form"]["answer_by"] = json!(day);
        let got = node.post(PIETER, "/dossiers", &agreed).await;
        assert_eq!(got.status, StatusCode::CREATED, "{}", got.text());
    }
    let mut days = Vec::new();
    let mut cursor = String::new();
    for _ in 0..3 {
        let page = node.get(JONAS, &format!("/deadlines?limit=1{cursor}")).await.json();
        let row = &page["deadlines"][0];
        assert_eq!(row["answer_by"], row["clocks"][0]["answer_by"]);
        days.push(row["clocks"][0]["last_day"].as_str().unwrap().to_owned());
        cursor = format!("&cursor={}", page["next"].as_str().unwrap_or("-"));
    }
    assert_eq!(days, ["2026-12-01", "2026-12-08", "2026-12-20"]);
    let all = node.get(PIETER, "/deadlines").await.json();
    assert_eq!(all["deadlines"].as_array().unwrap().len(), 3);
    assert_eq!(all["next"], Value::Null);
}

#[tokio::test]
async fn a_declaration_fills_the_form_and_what_is_given_by_hand_wins() {
    let node = Node::new();
    for message in [DMS, CC515C] {
        let mut body = stop();
        let form = body["form"].as_object_mut().unwrap();
        form.insert("items".to_owned(), json!([{"description": "typed by hand", "cn8": ""}]));
        body["from_declaration"] = json!({"message": message, "item": 1});
        let got = node.post(PIETER, "/dossiers", &body).await;
        assert_eq!(got.status, StatusCode::CREATED, "{}", got.text());
        let id = got.json()["id"].as_str().unwrap().to_owned();
        let dossier = node.get(PIETER, &format!("/dossiers/{id}")).await.json();
        let item = &dossier["form"]["items"][0];
        assert_eq!(item["description"], "typed by hand");
        assert!(item["cn8"].as_str().is_some_and(|code| code.len() == 8), "{item}");
        assert!(item["consignee"]["name"].as_str().is_some_and(|name| name.starts_with("Made-up")));
        assert!(dossier["sources"]["/items/0/cn8"].is_string());
        assert_eq!(dossier["sources"].get("/items/0/description"), None);
        assert!(dossier["form"]["licence"].is_string(), "{}", dossier["form"]);
    }
    let mut beyond = stop();
    beyond["from_declaration"] = json!({"message": DMS, "item": 2});
    let beyond = node.post(PIETER, "/dossiers", &beyond).await;
    insta::assert_snapshot!(beyond.told(), @r#"
    422 malformed
      "/from_declaration/item": the message has items 1 to 1
    "#);
}

#[tokio::test]
async fn a_message_is_read_as_it_is_or_quoted() {
    let node = Node::new();
    let quoted = node.post(MARIJKE, "/declarations/read", &json!({"message": DMS})).await;
    assert_eq!(quoted.status, StatusCode::OK, "{}", quoted.text());
    let as_is = [("content-type", "application/xml; charset=utf-8")];
    let request = ("POST", "/declarations/read");
    let raw = node.ask(MARIJKE, request, &as_is, Body::from(DMS)).await;
    assert_eq!(raw.json(), quoted.json());
    assert_eq!(raw.json()["items"][0]["item"]["cn8"], "90021900");
    assert_eq!(raw.json()["items"][0]["licence"], "NL-2026-0042");
    let cut: String = DMS.chars().take(400).collect();
    let cut = node.post(MARIJKE, "/declarations/read", &json!({"message": cut})).await;
    insta::assert_snapshot!(cut.told(), @r#"
    422 malformed
      "/message": 7:77: the message ends while `DateTimeString` is still open; it is incomplete, fetch it again
    "#);
}

#[tokio::test]
async fn the_directory_is_paged_and_says_who_answers() {
    let node = Node::new();
    let mut names = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = node.get(CLAIRE, &format!("/directory?limit=40{cursor}")).await.json();
        let units = page["units"].as_array().unwrap();
        names.extend(units.iter().map(|unit| unit["id"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert!(names.is_sorted() && names.len() > 55, "{}", names.len());
    let find = async |query: &str| {
        let got = node.get(CLAIRE, &format!("/directory/find?{query}")).await;
        assert_eq!(got.status, StatusCode::OK, "{}", got.text());
        got.json()["answers"][0].clone()
    };
    assert_eq!(find("office=NL000510").await["id"], "NL000510");
    assert_eq!(find("state=EL&function=licensing").await["state"], "EL");
    assert_eq!(find("q=DE-LICENSING").await["reasons"][0]["reason"], "named");
    assert_eq!(find("state=DE&at=2026-11-24T10:00:00Z").await["opening"]["is"], "open");
    assert_ne!(find("q=DE-LICENSING&at=2026-11-22T10:00:00Z").await["opening"]["is"], "open");
}

#[tokio::test]
async fn silence_is_recorded_when_the_clock_is_moved() {
    let node = Node::new();
    let id = node.stop().await;
    let moved = node.post(PIETER, "/demo/clock", &json!({"advance": "P20D"})).await;
    assert_eq!(moved.json(), json!({"now": "2026-12-14T09:42:00Z", "settled": 1}));
    let dossier = node.get(JONAS, &format!("/dossiers/{id}")).await.json();
    assert_eq!(dossier["state"], "release_due");
    assert_eq!(dossier["clocks"][0]["ended"]["by"], "silence");
    let last = dossier["events"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["type"], &last["by"]), (&json!("release_due"), &Value::Null));
    assert_eq!(last["at"], dossier["clocks"][0]["answer_by"]);
}

#[tokio::test]
async fn a_checkpoint_is_given_as_it_was_published() {
    let node = Node::new();
    let none = node.get(CLAIRE, "/log/checkpoint").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}
