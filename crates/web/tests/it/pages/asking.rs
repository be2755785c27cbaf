//! The thread: asked, acknowledged, discussed, answered, ended; and what goes wrong on the way.

use super::fixtures::{CLAIRE, JONAS, MARIJKE, Node, PIETER, STOP};
use axum::http::StatusCode;

#[tokio::test]
async fn rotterdam_asks_and_germany_answers() {
    let node = Node::new();
    let stop = node.stop().await;
    let jonas = node.at(JONAS).await;
    let queue = jonas.get("/").await;
    queue.says("Silence decides");
    queue.says("Quellwasser Feinoptik → Zhetisu Kvarts");

    let page = jonas.get(&stop).await;
    page.says("Was the end user known at issue?");
    page.says("Answer by the end of Tue 8 Dec, CET.");
    page.says("From suspension, calendar of Netherlands");
    let got = jonas.submit(&format!("{stop}/acknowledge"), &[]).await;
    jonas.follow(&got).await.says("acknowledged");

    let got = jonas.submit(&format!("{stop}/note"), &[("/note", "Asked desk 3.")]).await;
    jonas.follow(&got).await.says("Asked desk 3.");
    let typed = [("/answer", "maintained"), ("/reasoning", "The end user is the one examined.")];
    let got = jonas.submit(&format!("{stop}/answer"), &typed).await;
    let page = jonas.follow(&got).await;
    page.says("answered");

    let pieter = node.at(PIETER).await;
    let page = pieter.get(&stop).await;
    page.says("The end user is the one examined.");
    page.does_not_say("Asked desk 3.");
    pieter.get(&format!("{stop}?do=outcome")).await;
    let got = pieter.submit(&format!("{stop}/outcome"), &[("/outcome", "released")]).await;
    pieter.follow(&got).await.says("This is closed: Released");
    // The notification of the others waits in the queue of the one who answered.
    node.at(JONAS).await.get("/").await.says("Notice");
}

#[tokio::test]
async fn what_silence_ends_is_said_in_the_words_of_the_law() {
    let node = Node::new();
    let stop = node.stop().await;
    let later = "2026-12-09T00:00:00+01:00".parse().unwrap();
    node.app.move_clock(later).unwrap();
    for who in [PIETER, JONAS] {
        let page = node.at(who).await.get(&stop).await;
        page.says(
            "The period of Article 21(4) has ended: the goods must be released unless another \
             legal ground is recorded.",
        );
    }
}

#[tokio::test]
async fn a_form_sent_twice_acts_once() {
    let node = Node::new();
    let stop = node.stop().await;
    let jonas = node.at(JONAS).await;
    jonas.get(&format!("{stop}?tab=conversation")).await;
    let action = format!("{stop}/message");
    let pairs = jonas.form(&action, &[("/text", "Please send photographs.")]);
    for _ in 0..3 {
        assert_eq!(jonas.post(&action, &pairs).await.status, StatusCode::SEE_OTHER);
    }
    let page = jonas.get(&format!("{stop}?tab=conversation")).await;
    assert_eq!(page.text().matches("Please send photographs.").count(), 1);

    // Back, something else typed, sent again: nothing is sent, nothing is lost.
    let mut other = pairs;
    other.last_mut().unwrap().1 = "Please send the packing list.".to_owned();
    let got = jonas.post(&action, &other).await;
    assert_eq!(got.status, StatusCode::CONFLICT);
    got.says("sent before, with other content");
    got.says("Please send the packing list.");
    let got = jonas.submit(&action, &[("/text", "Please send the packing list.")]).await;
    jonas.follow(&got).await.says("Please send the packing list.");
}

#[tokio::test]
async fn a_stale_form_says_what_is_new_and_keeps_what_was_typed() {
    let node = Node::new();
    let stop = node.stop().await;
    let jonas = node.at(JONAS).await;
    jonas.get(&stop).await;
    let pieter = node.at(PIETER).await;
    pieter.get(&format!("{stop}?do=add_ground")).await;
    let got = pieter.submit(&format!("{stop}/add_ground"), &[("/ground", "5")]).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.words());

    let typed = [("/answer", "maintained"), ("/reasoning", "As examined in August.")];
    let action = format!("{stop}/answer");
    let got = jonas.submit(&action, &typed).await;
    assert_eq!(got.status, StatusCode::CONFLICT);
    got.says("a ground was added");
    got.says("As examined in August.");
    let got = jonas.submit(&action, &typed).await;
    jonas.follow(&got).await.says("answered");
}

#[tokio::test]
async fn an_incomplete_answer_comes_back_with_what_is_missing() {
    let node = Node::new();
    let stop = node.stop().await;
    let jonas = node.at(JONAS).await;
    jonas.get(&stop).await;
    let got = jonas.submit(&format!("{stop}/answer"), &[("/reasoning", "Because.")]).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.says("Answer: is missing");
    got.says("Because.");
}

#[tokio::test]
async fn an_office_sends_to_its_contact_point_who_approves() {
    let node = Node::new();
    let marijke = node.at(MARIJKE).await;
    marijke.get("/new/stop").await.says("Send to contact point");
    let got = marijke.submit("/new/stop", &[&[("do", "send")], STOP].concat()).await;
    let stop = got.to().to_owned();
    marijke.follow(&got).await.says("for approval");
    assert_eq!(node.at(JONAS).await.get(&stop).await.status, StatusCode::NOT_FOUND);
    let pieter = node.at(PIETER).await;
    pieter.get(&stop).await;
    let got = pieter.submit(&format!("{stop}/approve"), &[]).await;
    pieter.follow(&got).await.says("sent");
    node.at(JONAS).await.get(&stop).await.says("Zhetisu Kvarts");
}

#[tokio::test]
async fn who_is_added_sees_it_and_who_is_withdrawn_finds_nothing() {
    let node = Node::new();
    let stop = node.stop().await;
    let pieter = node.at(PIETER).await;
    let claire = node.at(CLAIRE).await;
    assert_eq!(claire.get(&stop).await.status, StatusCode::NOT_FOUND);
    pieter.get(&format!("{stop}?do=share")).await;
    let typed =
        [("/units", "FR-LICENSING"), ("/purpose", "Same consignee"), ("/legal_basis", "25(2)")];
    let got = pieter.submit(&format!("{stop}/share"), &typed).await;
    pieter.follow(&got).await.says("France – Licensing");
    claire.get(&stop).await.says("Zhetisu Kvarts");
    pieter.get(&format!("{stop}?do=withdraw")).await;
    let got = pieter.submit(&format!("{stop}/withdraw"), &[("/units", "FR-LICENSING")]).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.words());
    assert_eq!(claire.get(&stop).await.status, StatusCode::NOT_FOUND);
}
