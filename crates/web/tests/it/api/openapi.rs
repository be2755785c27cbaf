//! The document in `docs/api` is that of the code.

use super::fixtures::{CLAIRE, Node};
use std::path::Path;

#[test]
fn the_kept_document_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api/openapi.json");
    let made = web::api::openapi::kept();
    if std::env::vars().any(|(name, value)| name == "ECM_WRITE" && value == "1") {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "docs/api/openapi.json is not current: run the tests with ECM_WRITE=1");
}

#[tokio::test]
async fn the_document_is_given_to_anybody() {
    let node = Node::new();
    let got = node.get(CLAIRE, "/openapi.json").await;
    assert_eq!(got.json(), web::api::openapi::document());
}

#[test]
fn every_reference_in_the_document_leads_somewhere() {
    let document = web::api::openapi::document();
    let text = document.to_string();
    let mut found = 0;
    for rest in text.split("\"$ref\":\"#").skip(1) {
        let pointer = rest.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
        found += 1;
    }
    assert!(found > 20);
}
