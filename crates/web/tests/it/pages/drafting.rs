//! Drafts: filled from a message, kept through errors, previewed, sent once.

use super::fixtures::{JONAS, MARIJKE, Node, PIETER, STOP};
use axum::http::StatusCode;

#[tokio::test]
async fn errors_are_shown_when_it_is_to_be_sent_and_nothing_typed_is_lost() {
    let node = Node::new();
    let pieter = node.at(PIETER).await;
    pieter.get("/new/stop").await;
    let typed = [
        ("do", "save"),
        ("/form/items/0/cn8", "8541 6"),
        ("/form/suspended_at", "yesterday"),
        ("/form/items/0/description", "<b>Quartz</b>"),
    ];
    let got = pieter.submit("/new/stop", &typed).await;
    let edit = got.to().to_owned();
    let page = pieter.follow(&got).await;
    assert_eq!(page.status, StatusCode::OK);
    page.does_not_say("govuk-error-summary");
    assert!(page.text().contains("value=\"8541 6\""), "{}", page.text());
    assert!(page.text().contains("value=\"yesterday\""));

    let got = pieter.submit(&edit, &[&[("do", "send")], &typed[1..]].concat()).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.says("Item 1, Commodity code: “8541 6” is not a commodity code of eight digits");
    got.says("Held since: “yesterday” is not a day with a time");
    got.says("Why are the goods held?: is missing");
    assert!(got.text().contains("value=\"8541 6\""));
}

#[tokio::test]
async fn a_stop_is_filled_from_a_message_and_the_addressee_proposed() {
    let node = Node::new();
    let marijke = node.at(MARIJKE).await;
    marijke.get("/new/stop").await;
    let message = include_str!("../../../../declarations/tests/fixtures/cc515c.xml");
    let got = marijke.upload("/new/stop", &[("do", "read")], ("message", message)).await;
    assert_eq!(got.status, StatusCode::OK, "{}", got.words());
    got.says("2 items");
    let action = got.text().split("action=\"/dossiers/").nth(1).unwrap().split('"').next().unwrap();
    let action = format!("/dossiers/{action}");
    let got = marijke.submit(&action, &[("do", "item"), ("item", "1")]).await;
    got.says("filled from CC515C");
    got.says("from the message");
}

#[tokio::test]
async fn a_message_that_cannot_be_read_is_refused_with_its_place() {
    let node = Node::new();
    let marijke = node.at(MARIJKE).await;
    marijke.get("/new/stop").await;
    let broken = "<CC515C><x></CC515C>";
    let got = marijke.upload("/new/stop", &[("do", "read")], ("message", broken)).await;
    got.says("1:1: `CC515C` stands in no namespace");
}

#[tokio::test]
async fn saving_the_same_new_form_again_makes_no_second_draft() {
    let node = Node::new();
    let pieter = node.at(PIETER).await;
    pieter.get("/new/stop").await;
    let pairs = pieter.form("/new/stop", &[("do", "save"), ("/form/place", "Berth 4")]);
    let first = pieter.post("/new/stop", &pairs).await;
    let again = pieter.post("/new/stop", &pairs).await;
    assert_eq!(first.to(), again.to());
    let saved = pieter.post("/new/stop/autosave", &pairs).await;
    assert_eq!(saved.status, StatusCode::OK);
    assert_eq!(saved.headers["x-draft"].to_str().unwrap(), first.to());
}

#[tokio::test]
async fn autosave_keeps_what_is_typed_and_tells_the_version() {
    let node = Node::new();
    let pieter = node.at(PIETER).await;
    pieter.get("/new/stop").await;
    let got = pieter.submit("/new/stop", &[("do", "save")]).await;
    let edit = got.to().to_owned();
    pieter.follow(&got).await;
    for place in ["Berth 4", "Berth 5", "Berth 4"] {
        let mut pairs = pieter.form(&edit, &[("/form/place", place)]);
        let saved = pieter.post(&format!("{edit}/autosave"), &pairs).await;
        assert_eq!(saved.status, StatusCode::OK, "{}", saved.text());
        let seen = saved.headers["x-seen"].to_str().unwrap().to_owned();
        pairs
            .iter_mut()
            .filter(|(name, _)| name == "seen")
            .for_each(|pair| pair.1.clone_from(&seen));
        let page = pieter.get(&edit).await;
        assert!(page.text().contains(&format!("value=\"{place}\"")));
    }
}

#[tokio::test]
async fn two_officers_in_one_draft_see_what_changed() {
    let node = Node::new();
    let pieter = node.at(PIETER).await;
    pieter.get("/new/stop").await;
    let got = pieter.submit("/new/stop", &[("do", "save")]).await;
    let edit = got.to().to_owned();
    pieter.follow(&got).await;
    let marijke = node.at(MARIJKE).await;
    marijke.get(&edit).await;
    marijke.submit(&edit, &[("do", "save"), ("/form/place", "Berth 9")]).await;
    let got = pieter.submit(&edit, &[("do", "save"), ("/form/place", "Berth 4")]).await;
    assert_eq!(got.status, StatusCode::CONFLICT);
    got.says("the draft was edited");
    assert!(got.text().contains("value=\"Berth 4\""));
}

#[tokio::test]
async fn a_draft_sent_twice_is_sent_once() {
    let node = Node::new();
    let pieter = node.at(PIETER).await;
    pieter.get("/new/stop").await;
    let pairs = pieter.form("/new/stop", &[&[("do", "send")], STOP].concat());
    let first = pieter.post("/new/stop", &pairs).await;
    let again = pieter.post("/new/stop", &pairs).await;
    assert_eq!(first.to(), again.to());
    let queue = node.at(JONAS).await.get("/").await;
    assert_eq!(queue.text().matches("class=\"subject\"").count(), 1);
}

#[tokio::test]
async fn the_preview_shows_what_the_recipient_will_see_and_no_more() {
    let node = Node::new();
    let pieter = node.at(PIETER).await;
    pieter.get("/new/stop").await;
    let got = pieter.submit("/new/stop", &[&[("do", "preview")], STOP].concat()).await;
    let page = pieter.follow(&got).await;
    page.says("This is how Germany – Licensing sees it.");
    page.says("Zhetisu Kvarts");
    page.does_not_say("internal-notes");
    let address = got.to().split('?').next().unwrap().to_owned();
    assert_eq!(node.at(JONAS).await.get(&address).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn lists_grow_and_shrink_without_script() {
    let node = Node::new();
    let pieter = node.at(PIETER).await;
    pieter.get("/new/information").await;
    let typed = [
        ("do", "add:/form/questions"),
        ("/form/questions/0/text", "Who collected the pallets?"),
        ("/form/questions/0/type", "text"),
    ];
    let got = pieter.submit("/new/information", &typed).await;
    let edit = got.to().split('#').next().unwrap().to_owned();
    let page = pieter.follow(&got).await;
    page.says("Who collected the pallets?");
    assert!(page.text().contains("name=\"/form/questions/1/text\""), "{}", page.text());
    let typed = [
        ("do", "remove:/form/questions/0"),
        ("/form/questions/0/text", "Who collected the pallets?"),
        ("/form/questions/1/text", "On which day?"),
    ];
    let got = pieter.submit(&edit, &typed).await;
    let page = pieter.follow(&got).await;
    page.says("On which day?");
    page.does_not_say("Who collected the pallets?");
}
