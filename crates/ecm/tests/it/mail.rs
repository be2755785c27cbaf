//! Mail leaves the node, names a reference and nothing else, and survives a server that is down.

use crate::fixtures::{Got, Node, Place, refuse_once, stop, take_mails, token, wait_for};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::sync::mpsc::Receiver;

/// Sends a stop as the contact point of Dutch customs; gives its id and reference.
fn send_stop(node: &Node, ready: &Value) -> (String, String) {
    let sent = node.api(&token(ready, "pieter.bakker"), "POST", "/dossiers", &stop());
    assert_eq!(sent["state"], "sent", "{sent}");
    let word = |name: &str| sent[name].as_str().unwrap().to_owned();
    (word("id"), word("reference"))
}

/// Waits for the mail that tells `person` of `reference`; gives it and all that came before.
fn mail_to(mails: &Receiver<Got>, person: &str, reference: &str) -> (Got, Vec<String>) {
    let mut before = Vec::new();
    let mail = wait_for(mails, |mail| {
        before.push(mail.to.clone());
        mail.to.contains(person) && mail.text.contains(reference)
    });
    (mail, before)
}

#[test]
fn the_one_who_is_asked_gets_a_mail_that_names_the_reference_alone() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = listener.local_addr().unwrap();
    let mails = take_mails(listener);
    let place = Place::new();
    let (node, ready) = place.demo(&format!("--smtp {server}"));

    let (id, reference) = send_stop(&node, &ready);
    let (mail, mut told) = mail_to(&mails, "jonas.brandt", &reference);
    assert!(mail.text.contains(&format!("Subject: {reference} ")), "{mail:?}");
    assert!(mail.text.contains(&format!("/dossiers/{id}")), "{mail:?}");
    for word in ["planted", "90262020", "NL000510", "Art. 21"] {
        assert!(!mail.text.contains(word), "`{word}` in {mail:?}");
    }

    // The answer comes after all that the stop brought about: so has every mail about it.
    let jonas = token(&ready, "jonas.brandt");
    let message = json!({"command": "message", "text": "planted text"});
    node.api(&jonas, "POST", &format!("/dossiers/{id}/commands"), &message);
    let (mail, told_then) = mail_to(&mails, "pieter.bakker", &reference);
    assert!(!mail.text.contains("planted"), "{mail:?}");
    told.extend(told_then);
    for france in ["claire.martin", "luc.moreau"] {
        assert!(!told.iter().any(|to| to.contains(france)), "{told:?}");
    }
    assert_eq!(node.terminate(), Some(0));
}

#[test]
fn mail_arrives_once_the_server_is_up_again() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = listener.local_addr().unwrap();
    let refused = refuse_once(listener);
    let place = Place::new();
    let (node, ready) = place.demo(&format!("--smtp {server}"));
    let (_, reference) = send_stop(&node, &ready);
    wait_for(&refused, |()| true);
    let mails = take_mails(TcpListener::bind(server).unwrap());
    mail_to(&mails, "jonas.brandt", &reference);
}
