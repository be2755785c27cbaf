//! Files: added through the pages, fetched by those who may, refused with what to do.

use super::fixtures::{CLAIRE, JONAS, Node, PIETER};
use axum::http::StatusCode;

#[tokio::test]
async fn a_file_reaches_those_on_the_list_and_nobody_else() {
    let node = Node::new();
    let stop = node.stop().await;
    let jonas = node.at(JONAS).await;
    jonas.get(&format!("{stop}?tab=documents")).await;
    let action = format!("{stop}/files");
    let typed = [("/readers", "everyone")];
    let got = jonas.upload(&action, &typed, ("file", "plain words")).await;
    let page = jonas.follow(&got).await;
    page.says("a.xml");
    let file = page.text().split(&format!("{stop}/files/")).nth(1).unwrap();
    let file = format!("{stop}/files/{}", file.split('"').next().unwrap());

    let got = node.at(PIETER).await.get(&file).await;
    assert_eq!(got.text(), "plain words");
    assert!(got.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert_eq!(node.at(CLAIRE).await.get(&file).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_file_for_the_own_authority_stays_there() {
    let node = Node::new();
    let stop = node.stop().await;
    let pieter = node.at(PIETER).await;
    pieter.get(&format!("{stop}?tab=documents")).await;
    let typed = [("/readers", "own_authority")];
    let got = pieter.upload(&format!("{stop}/files"), &typed, ("file", "berth list")).await;
    pieter.follow(&got).await.says("a.xml");
    let page = node.at(JONAS).await.get(&format!("{stop}?tab=documents")).await;
    page.does_not_say("a.xml");
}

#[tokio::test]
async fn a_program_is_refused_by_name() {
    let node = Node::new();
    let stop = node.stop().await;
    let pieter = node.at(PIETER).await;
    pieter.get(&format!("{stop}?tab=documents")).await;
    let typed = [("/readers", "everyone")];
    let script = "#!/bin/sh\nrm -rf /\n";
    let got = pieter.upload(&format!("{stop}/files"), &typed, ("file", script)).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", got.words());
    got.says("is a program or a script");
}

#[tokio::test]
async fn a_file_without_the_token_of_its_form_is_not_taken() {
    let node = Node::new();
    let stop = node.stop().await;
    let pieter = node.at(PIETER).await;
    pieter.get(&format!("{stop}?tab=documents")).await;
    let forged = [("csrf", "0"), ("/readers", "everyone")];
    let got = pieter.upload_as(&format!("{stop}/files"), &forged, ("file", "words")).await;
    assert_eq!(got.status, StatusCode::FORBIDDEN);
    pieter.get(&format!("{stop}?tab=documents")).await.does_not_say("a.xml");
}

#[tokio::test]
async fn files_of_a_draft_go_out_with_it() {
    let node = Node::new();
    let pieter = node.at(PIETER).await;
    pieter.get("/new/stop").await;
    let mut typed = vec![("do", "send")];
    typed.extend(super::fixtures::STOP);
    let got = pieter.upload("/new/stop", &typed, ("file", "type plate")).await;
    let stop = got.to().to_owned();
    pieter.follow(&got).await;
    node.at(JONAS).await.get(&format!("{stop}?tab=documents")).await.says("a.xml");
}

#[tokio::test]
async fn search_finds_what_one_may_read_and_nothing_else() {
    let node = Node::new();
    let stop = node.stop().await;
    let jonas = node.at(JONAS).await;
    let got = jonas.get("/search?q=quellwasser").await;
    got.says("Quellwasser Feinoptik → Zhetisu Kvarts");
    assert!(got.text().contains(&stop));
    let claire = node.at(CLAIRE).await;
    let hidden = claire.get("/search?q=quellwasser").await;
    hidden.says("Nothing found");
    hidden.does_not_say("Zhetisu");
}
