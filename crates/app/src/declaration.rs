//! From a declaration message to a form: nothing is re-keyed.

pub use declarations::{Format, Limits, Message, MessageError, Warning, read};
use declarations::{Item, Source};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What a message gives to a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// The form's item.
    pub item: Value,
    /// The licence cited, if one is.
    pub licence: Option<String>,
    /// From where each filled field of the item comes: pointer within the item to a word.
    pub sources: BTreeMap<String, String>,
}

/// What item `item` of a message gives to a form.
pub fn fill(item: &Item) -> Filled {
    let value = serde_json::to_value(item).unwrap_or_else(|_| Value::Object(Map::new()));
    let mut sources = BTreeMap::new();
    for (field, source) in &item.sources {
        let word = match source {
            Source::Header => "header",
            Source::Consignment => "consignment",
            Source::Item => "item",
        };
        sources.insert(format!("/{}", field.replace('.', "/")), format!("message:{word}"));
    }
    Filled { licence: licence(item), item: value, sources }
}

/// The licence that the item's documents cite: the first of a type that cites one (X060 …).
pub fn licence(item: &Item) -> Option<String> {
    let cites = |code: &str| {
        code.parse()
            .ok()
            .as_ref()
            .and_then(catalogue::documents::document)
            .is_some_and(catalogue::documents::Document::cites_licence)
    };
    let documents = item.documents.iter();
    documents
        .filter(|document| cites(&document.code))
        .find_map(|document| document.reference.clone())
}
