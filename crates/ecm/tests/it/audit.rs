//! Proof of a copy, and data and keys that are carried to another place and back.

use crate::fixtures::{Place, copy, token};
use serde_json::{Value, json};

/// A demonstration that has ended: its folder is `kept`.
fn ended_demo() -> (Place, Value) {
    let place = Place::new();
    let (node, ready) = place.demo("--dir kept");
    assert_eq!(node.terminate(), Some(0));
    place.write("ecm.toml", "data = \"kept/data\"\nmaster_key = \"kept/demonstration.key\"\n");
    (place, ready)
}

#[test]
fn a_copy_is_proved_and_a_changed_one_names_the_event() {
    let place = Place::new();
    let (node, ready) = place.demo("--dir kept");
    let jonas = token(&ready, "jonas.brandt");
    let list = node.api(&jonas, "GET", "/dossiers?limit=1", &Value::Null);
    let id = list["dossiers"][0]["id"].as_str().unwrap();
    let read = node.api(&jonas, "GET", &format!("/dossiers/{id}"), &Value::Null);
    let event = read["events"][1]["id"].as_str().unwrap().to_owned();
    assert_eq!(node.terminate(), Some(0));
    copy(&place.path("kept/data"), &place.path("copy"));

    let alone = place.done("audit verify copy");
    assert!(alone.contains("this proves consistency only"), "{alone}");
    let of_demo = "--config demo.toml";
    place.write("demo.toml", "data = \"kept/data\"\nmaster_key = \"kept/demonstration.key\"\n");
    place.write("node.pub", &place.done(&format!("admin public-key {of_demo}")));
    place.done("audit verify --key node.pub copy");

    // Another node's key, as its operator would hand it over.
    place.done("admin init");
    place.write("other.pub", &place.done("admin public-key"));
    let other = place.ecm("audit verify --key other.pub copy");
    assert_eq!(other.code, Some(1), "{other:?}");
    assert!(other.out.contains("whose public key is not the one given"), "{other:?}");

    // One byte of the event's header, which lies in clear behind its id.
    let mut bytes = std::fs::read(place.path("copy/ecm.db")).unwrap();
    let mark = format!("\"id\":\"{event}\"");
    let found = bytes.windows(mark.len()).position(|window| window == mark.as_bytes());
    let end = found.expect("the event's header is in the file") + mark.len();
    let digit = (end..bytes.len()).find(|place| bytes[*place].is_ascii_digit()).unwrap();
    bytes[digit] ^= 1;
    std::fs::write(place.path("copy/ecm.db"), &bytes).unwrap();
    let changed = place.ecm("audit verify copy");
    assert_eq!(changed.code, Some(1), "{changed:?}");
    assert!(changed.out.contains(&format!("first fault: event {event} of")), "{changed:?}");
    let report: Value = serde_json::from_str(&place.ecm("audit verify --json copy").out).unwrap();
    assert_eq!(report["verified"], json!(false));
}

#[test]
fn data_and_keys_make_the_node_again_in_another_place() {
    let (place, ready) = ended_demo();
    let jonas = token(&ready, "jonas.brandt");
    assert!(place.done("admin rebuild").contains("dossiers made again"));
    place.done("admin backup away --keys keys");
    assert!(!place.path("away/keys.db").exists(), "keys are kept apart");
    let full = place.ecm("admin backup away --keys keys");
    assert_eq!(full.code, Some(2), "{full:?}");
    assert!(full.complaints.contains("a backup goes to a folder of its own"), "{full:?}");
    place.done("audit verify away");

    let before = {
        let (node, _) = place.demo("--dir kept");
        node.references(&jonas)
    };
    assert!(before.len() > 15, "{before:?}");

    let onto_data = place.ecm("admin restore away --keys keys");
    assert_eq!(onto_data.code, Some(2), "{onto_data:?}");
    assert!(onto_data.complaints.contains("restore into an empty folder"), "{onto_data:?}");
    place.write(
        "ecm.toml",
        "data = \"new\"\nmaster_key = \"kept/demonstration.key\"\nlisten = \"127.0.0.1:0\"\n",
    );
    place.done("admin restore away --keys keys");
    let node = place.serve();
    assert_eq!(node.references(&jonas), before);
    assert_eq!(node.terminate(), Some(0));
    place.done("admin rebuild");
    let node = place.serve();
    assert_eq!(node.references(&jonas), before, "after a rebuild");
}
