//! From an empty folder to a signed-in administrator and a first dossier, and what goes wrong on
//! the way.

use crate::fixtures::{Browser, Place, stop};
use serde_json::Value;

const CONFIG: &str = "listen = \"127.0.0.1:0\"\ncookies = \"plain\"\n";

/// A folder set up as the README says.
fn set_up() -> Place {
    let place = Place::new();
    place.write("ecm.toml", CONFIG);
    let printed = place.done("admin init");
    assert!(printed.contains("ecm.key") && printed.contains("public key "), "{printed}");
    place.done("admin authority add --demonstration");
    place
}

fn invite(place: &Place, login: &str, unit: &str, roles: &str) -> String {
    let printed = place.done(&format!(
        "admin user add {login} --name {login} --mail {login}@example.eu --unit {unit} --roles {roles}"
    ));
    let (_, link) = printed.split_once("https://ecm.example.eu").unwrap();
    link.trim().to_owned()
}

#[test]
fn an_empty_folder_comes_to_an_administrator_and_a_first_dossier() {
    let place = set_up();
    let link = invite(&place, "first.admin", "NL-CUSTOMS", "administrator");
    invite(&place, "first.officer", "NL-CUSTOMS", "officer,contact_point");
    let token = place.done("admin user token first.officer").trim().to_owned();

    let node = place.serve();
    assert_eq!(node.ask("GET", "/health", &[], "").body, "ok\n");
    let mut browser = Browser::new(&node);
    let chosen = browser.fill(&link, &link, "link/password=lantern+orchard+violin");
    assert_eq!(chosen.status, 303, "{chosen:?}");
    let page = browser.get("/settings");
    assert_eq!(page.status, 200, "{page:?}");
    assert!(page.body.contains("first.officer"), "{page:?}");
    let again = Browser::new(&node).get(&link);
    assert!(!again.body.contains("link/password"), "a link is good once: {again:?}");

    let mut elsewhere = Browser::new(&node);
    let form = "user=first.admin&password=lantern+orchard+violin&next=/settings";
    let in_again = elsewhere.fill("/sign-in", "/sign-in", form);
    assert_eq!(in_again.status, 303, "{in_again:?}");
    assert_eq!(elsewhere.get("/settings").status, 200);

    let opened = node.api(&token, "POST", "/dossiers", &stop());
    let reference = opened["reference"].as_str().unwrap().to_owned();
    assert_eq!(opened["state"], "sent", "{opened}");
    assert_eq!(node.references(&token), [reference.as_str()]);

    assert_eq!(node.terminate(), Some(0));
    let node = place.serve();
    assert_eq!(node.references(&token), [reference.as_str()], "after a restart");
    let id = opened["id"].as_str().unwrap();
    let read = node.api(&token, "GET", &format!("/dossiers/{id}"), &Value::Null);
    assert_eq!(read["form"]["place"], "planted quay");
    assert_eq!(node.terminate(), Some(0));
}

#[test]
fn one_folder_is_served_once_at_a_time() {
    let place = set_up();
    let node = place.serve();
    for args in ["serve", "admin user token somebody", "admin rebuild"] {
        let second = place.ecm(args);
        assert_eq!(second.code, Some(3), "{args}: {second:?}");
        let what_to_do = "is in use by another process; stop it first";
        assert!(second.complaints.contains(what_to_do), "{args}: {second:?}");
    }
    assert_eq!(node.terminate(), Some(0));
    assert_eq!(place.ecm("admin rebuild").code, Some(0));
}

#[test]
fn the_master_key_lies_apart_from_the_data() {
    let place = Place::new();
    place.write("ecm.toml", "data = \"data\"\nmaster_key = \"data/ecm.key\"\n");
    for args in ["admin init", "serve"] {
        let refused = place.ecm(args);
        assert_eq!(refused.code, Some(2), "{args}: {refused:?}");
        assert!(refused.complaints.contains("keep it elsewhere"), "{args}: {refused:?}");
    }
    assert!(!place.path("data").exists(), "nothing was made");
}

#[test]
fn a_node_without_its_master_key_says_what_to_do() {
    let place = set_up();
    std::fs::rename(place.path("ecm.key"), place.path("away.key")).unwrap();
    let served = place.ecm("serve");
    assert_eq!(served.code, Some(3), "{served:?}");
    assert!(served.complaints.contains("ecm.key"), "{served:?}");
    let made_again = place.ecm("admin init");
    assert_eq!(made_again.code, Some(2), "{made_again:?}");
    assert!(made_again.complaints.contains("bring the master key back"), "{made_again:?}");
    assert!(!place.path("ecm.key").exists(), "no other key was made beside the data");
}

#[test]
fn an_unknown_key_is_named_with_its_place_and_the_nearest() {
    let place = Place::new();
    place.write("ecm.toml", "data = \"ecm-data\"\n\n[mail]\nservr = \"mail.example.eu\"\n");
    let refused = place.ecm("serve");
    assert_eq!(refused.code, Some(2), "{refused:?}");
    let expected = "ecm: ecm.toml:4:1: unknown key `servr`; did you mean `mail.server`?\n";
    assert_eq!(refused.complaints, expected);
}

#[test]
fn the_configuration_is_printed_without_its_secrets() {
    let place = Place::new();
    place.write("ecm.toml", "[mail]\nserver = \"mail.example.eu\"\npassword = \"planted\"\n");
    let printed = place.done("serve --print-config");
    assert!(!printed.contains("planted"), "{printed}");
    for line in ["server = \"mail.example.eu\"", "password = \"********\"", "data = \"ecm-data\""] {
        assert!(printed.contains(line), "{printed}");
    }
}

#[test]
fn wrong_usage_says_what_was_expected() {
    let place = set_up();
    let table = [
        ("admin user token nobody", "there is no account `nobody`"),
        ("admin user add a.b --name A --mail a@b.eu --unit XX-NOWHERE --roles officer", "XX"),
        ("admin user add a.b --name A --mail a@b.eu --unit NL-CUSTOMS --roles king", "king"),
        ("admin authority add missing.json", "missing.json"),
        ("serve --config missing.toml", "cannot read missing.toml"),
        ("audit verify .", "expected a copy of a data folder"),
        ("serv", "serve"),
    ];
    for (args, said) in table {
        let refused = place.ecm(args);
        assert_eq!(refused.code, Some(2), "{args}: {refused:?}");
        assert!(refused.complaints.contains(said), "{args}: {refused:?}");
    }
}
