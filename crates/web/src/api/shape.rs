//! Whether a request has the shape of its kind: no names that mean nothing, lists where lists are.
//!
//! A draft is stored as typed, and only sending demands that each value is right and nothing is
//! missing. But what is misspelt or misplaced would be lost on every page, so it is told at once.

use super::call::nearest;
use crate::problem::{Misfit, Place};
use domain::decide::Envelope;
use domain::event::Kind;
use domain::form::{ENTRIES_MAX, Field, Form as _, Shape, escape, schema};
use domain::kinds;
use serde_json::{Map, Value, json};

/// What is wrong with the shape of a request of this kind: `to`, `form` and so on.
pub(super) fn misfits(kind: Kind, given: &Map<String, Value>) -> Vec<Misfit> {
    let mut misfits = Vec::new();
    for (name, value) in given {
        let pointer = format!("/{}", escape(name));
        let envelope = Envelope::fields().iter().find(|field| field.name == name.as_str());
        match (name.as_str(), envelope) {
            ("form", _) => group(value, &pointer, kinds::fields(kind), &mut misfits),
            (_, Some(field)) => one(value, &pointer, field, &mut misfits),
            (_, None) => misfits.push(Place::Body(pointer).with("no such field")),
        }
    }
    misfits
}

fn one(value: &Value, pointer: &str, field: &Field, misfits: &mut Vec<Misfit>) {
    match value {
        Value::Null => {}
        Value::Array(list) if field.many => {
            if list.len() > ENTRIES_MAX {
                let detail = format!("at most {ENTRIES_MAX} entries were expected");
                misfits.push(Place::body(pointer).with(detail));
            }
            for (place, entry) in list.iter().enumerate() {
                single(entry, &format!("{pointer}/{place}"), field, misfits);
            }
        }
        _ if field.many => misfits.push(Place::body(pointer).with("a list was expected")),
        value => single(value, pointer, field, misfits),
    }
}

fn single(value: &Value, pointer: &str, field: &Field, misfits: &mut Vec<Misfit>) {
    match ((field.shape)(), value) {
        (_, Value::Null) => {}
        (Shape::Group { fields, .. }, value) => group(value, pointer, fields, misfits),
        (Shape::Text { .. } | Shape::Single(_) | Shape::Choice { .. }, value) => match value {
            Value::String(_) | Value::Number(_) | Value::Null => {}
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                misfits.push(Place::body(pointer).with("one value was expected"));
            }
        },
    }
}

fn group(value: &Value, pointer: &str, fields: &'static [Field], misfits: &mut Vec<Misfit>) {
    let given = match value {
        Value::Null => return,
        Value::Object(given) => given,
        Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Array(_) => {
            misfits.push(Place::body(pointer).with("an object was expected"));
            return;
        }
    };
    for (name, value) in given {
        let pointer = format!("{pointer}/{}", escape(name));
        if let Some(field) = fields.iter().find(|field| field.name == name.as_str()) {
            one(value, &pointer, field, misfits);
        } else {
            let names: Vec<&'static str> = fields.iter().map(|field| field.name).collect();
            let hint = nearest(name, &names).map(|one| format!("; did you mean `{one}`?"));
            let detail = format!("no such field{}", hint.unwrap_or_default());
            misfits.push(Place::Body(pointer).with(detail));
        }
    }
}

/// The JSON Schema of what has the shape of a form: of [`schema`] its names and lists.
pub(super) fn loose(fields: &[Field]) -> Value {
    let mut whole = schema(fields);
    loosen(&mut whole);
    whole
}

fn loosen(schema: &mut Value) {
    let Some(schema) = schema.as_object_mut() else { return };
    for keyword in
        ["required", "minItems", "minLength", "maxLength", "enum", "pattern", "description"]
    {
        schema.remove(keyword);
    }
    let kind = match schema.get("type").and_then(Value::as_str) {
        Some("object") => json!(["object", "null"]),
        Some("array") => json!(["array", "null"]),
        Some(_) | None => json!(["string", "number", "null"]),
    };
    schema.insert("type".to_owned(), kind);
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.values_mut().for_each(loosen);
    }
    if let Some(items) = schema.get_mut("items") {
        loosen(items);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_of_a_draft_is_told_at_once_and_its_values_when_it_is_sent() {
        let given = json!({
            "to": "DE-LICENSING",
            "form": {
                "ground": ["21(1)"],
                "suspended_at": "since noon",
                "items": [{"cn8": "not yet known", "consignee": "Vostok"}, null, 3],
                "place": null,
            },
            "handling": {"code": ["H0"]},
        });
        let found: Vec<String> = misfits(Kind::Stop, given.as_object().unwrap())
            .iter()
            .map(|misfit| format!("{:?}: {}", misfit.place, misfit.detail))
            .collect();
        insta::assert_snapshot!(found.join("\n"), @r#"
        Body("/form/ground"): no such field; did you mean `grounds`?
        Body("/form/items/0/consignee"): an object was expected
        Body("/form/items/2"): an object was expected
        Body("/handling/code"): one value was expected
        Body("/to"): a list was expected
        "#);
    }
}
