//! A declaration message that fills a form: read once, one of its items chosen, nothing re-keyed.
//!
//! While an item is being chosen the message's items go with the form, so that nothing of it has to
//! be kept that nobody asked to keep.

use super::compose::Draft;
use super::sent::Sent;
use crate::show::compose::Read;
use app::declaration::{Filled, Format, Limits, fill, read};
use domain::event::Kind;
use serde_json::{Value, json};

/// The most bytes of a message's items that go with the form while one of them is chosen.
const ITEMS_MAX: usize = 600_000;

/// Reads a message that was sent along, or takes an item of one that was read before.
pub(crate) fn message(draft: &mut Draft, button: &str, sent: &Sent) -> Option<Read> {
    let file = sent.file("message");
    if let (Some(bytes), true) = (file, button != "item") {
        let mut read = read_message(bytes);
        if let [only] = read.items.as_slice() {
            take(draft, only);
            read.chosen = Some(1);
        }
        return Some(read);
    }
    let mut read = unpack(sent.given("declaration"))?;
    if button == "item" {
        let number: usize = sent.given("item").parse().ok()?;
        let filled = read.items.get(number.checked_sub(1)?)?.clone();
        take(draft, &filled);
        read.chosen = Some(number);
    }
    Some(read)
}

fn read_message(bytes: &[u8]) -> Read {
    match read(bytes, Limits::default()) {
        Err(error) => Read { error: Some(error.to_string()), ..Read::default() },
        Ok(message) => {
            let mut size = 0;
            let items = message.items.iter().map(fill).take_while(|filled| {
                size += filled.item.to_string().len() + 200 * filled.sources.len();
                size < ITEMS_MAX
            });
            Read {
                format: match message.format {
                    Format::Cc515c => "CC515C".to_owned(),
                    Format::WcoDms => "WCO DMS".to_owned(),
                },
                items: items.collect(),
                total: message.items.len(),
                mrn: message.mrn.clone(),
                chosen: None,
                error: None,
                warnings: message.warnings.iter().map(ToString::to_string).collect(),
            }
        }
    }
}

/// Fills the first item of the form, the licence and their sources; what was typed elsewhere stays.
fn take(draft: &mut Draft, filled: &Filled) {
    let Some(given) = draft.given.as_object_mut() else { return };
    let Some(form) = given.entry("form").or_insert_with(|| json!({})).as_object_mut() else {
        return;
    };
    match form.get_mut("items") {
        Some(Value::Array(items)) if !items.is_empty() => {
            if let Some(first) = items.first_mut() {
                *first = filled.item.clone();
            }
        }
        _ => {
            form.insert("items".to_owned(), json!([filled.item]));
        }
    }
    draft.sources.retain(|at, _| !at.starts_with("/form/items/0/"));
    for (at, from) in &filled.sources {
        draft.sources.insert(format!("/form/items/0{at}"), from.clone());
    }
    if let Some(licence) = &filled.licence {
        let field = if draft.kind == Kind::Document { "number" } else { "licence" };
        form.insert(field.to_owned(), json!(licence));
        draft.sources.insert(format!("/form/{field}"), "message:item".to_owned());
    }
}

/// A message's items as they go with the form, so that one of them can be chosen later.
pub(crate) fn pack(read: &Read) -> String {
    let items: Vec<Value> = read
        .items
        .iter()
        .map(|one| json!({"item": one.item, "licence": one.licence, "sources": one.sources}))
        .collect();
    json!({"format": read.format, "mrn": read.mrn, "total": read.total, "chosen": read.chosen,
        "items": items})
    .to_string()
}

fn unpack(text: &str) -> Option<Read> {
    let packed: Value = serde_json::from_str(text).ok()?;
    let items = packed.get("items")?.as_array()?.iter().map(|one| Filled {
        item: one.get("item").cloned().unwrap_or_default(),
        licence: one.get("licence").and_then(Value::as_str).map(str::to_owned),
        sources: one
            .get("sources")
            .and_then(|sources| serde_json::from_value(sources.clone()).ok())
            .unwrap_or_default(),
    });
    let number = |name: &str| packed.get(name)?.as_u64().and_then(|n| usize::try_from(n).ok());
    let text = |name: &str| Some(packed.get(name)?.as_str()?.to_owned());
    Some(Read {
        format: text("format")?,
        mrn: text("mrn"),
        items: items.collect(),
        total: number("total")?,
        chosen: number("chosen"),
        error: None,
        warnings: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_message_survives_the_way_through_the_form() {
        let read = Read {
            format: "CC515C".to_owned(),
            mrn: Some("26NL000510K7Q2D4A1".to_owned()),
            items: vec![Filled {
                item: json!({"cn8": "85423190"}),
                licence: Some("DE-26-118274-E".to_owned()),
                sources: BTreeMap::from([("/cn8".to_owned(), "message:item".to_owned())]),
            }],
            total: 3,
            chosen: Some(1),
            ..Read::default()
        };
        let again = unpack(&pack(&read)).expect("what was packed");
        assert_eq!(again.items, read.items);
        assert_eq!((again.total, again.chosen, again.mrn), (3, Some(1), read.mrn));
        assert!(unpack("{}").is_none() && unpack("no json").is_none());
    }
}
