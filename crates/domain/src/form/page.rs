//! What pages, documents and the API need of a form beside its value: making it from the pairs of a
//! page, comparing two versions, its schema.

use super::{ENTRIES_MAX, Field, Shape, Sort, escape, is_blank};
use serde_json::{Map, Value, json};

/// Makes the value of a form from the names and texts of a page.
///
/// Names are JSON pointers (`/items/0/cn8`), numbers among them are places in lists. What has no
/// place (a number beyond [`ENTRIES_MAX`], a name within a text) is left out: the page did not
/// offer it.
pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Value {
    let mut form = Value::Object(Map::new());
    for (name, text) in pairs {
        let Some(path) = name.strip_prefix('/') else { continue };
        let steps: Vec<String> =
            path.split('/').map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
        if steps.len() <= 8 {
            place(&mut form, &steps, text);
        }
    }
    form
}

/// Puts `text` at the end of `steps`; a name given twice makes a list.
fn place(at: &mut Value, steps: &[String], text: &str) {
    let Some((step, rest)) = steps.split_first() else {
        match at {
            Value::Null => *at = Value::String(text.to_owned()),
            Value::String(first) => *at = json!([first, text]),
            Value::Array(list) if list.len() < ENTRIES_MAX => list.push(text.into()),
            Value::Array(_) | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {}
        }
        return;
    };
    let number = step.parse::<usize>().ok().filter(|number| *number < ENTRIES_MAX);
    if at.is_null() {
        *at = if number.is_some() { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
    }
    match (at, number) {
        (Value::Array(list), Some(number)) => {
            while list.len() <= number {
                list.push(Value::Null);
            }
            if let Some(entry) = list.get_mut(number) {
                place(entry, rest, text);
            }
        }
        (Value::Object(group), _) => {
            place(group.entry(step.clone()).or_insert(Value::Null), rest, text);
        }
        _ => {}
    }
}

/// One place at which two versions of a form differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// JSON pointer of the place.
    pub pointer: String,
    /// What stood there before.
    pub before: Option<Value>,
    /// What stands there now.
    pub after: Option<Value>,
}

/// Where two versions of a form differ, in the order of their pointers.
pub fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let (before, after) = (leaves(before), leaves(after));
    let mut pointers: Vec<&String> = before.keys().chain(after.keys()).collect();
    pointers.sort();
    pointers.dedup();
    pointers
        .into_iter()
        .filter(|pointer| before.get(*pointer) != after.get(*pointer))
        .map(|pointer| Difference {
            pointer: pointer.clone(),
            before: before.get(pointer).cloned(),
            after: after.get(pointer).cloned(),
        })
        .collect()
}

/// Every single value of a form that is not blank, by its pointer.
pub fn leaves(form: &Value) -> std::collections::BTreeMap<String, Value> {
    let mut found = std::collections::BTreeMap::new();
    let mut open = vec![(String::new(), form)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::Object(group) => open.extend(
                group.iter().map(|(name, value)| (format!("{pointer}/{}", escape(name)), value)),
            ),
            Value::Array(list) => open.extend(
                list.iter().enumerate().map(|(n, value)| (format!("{pointer}/{n}"), value)),
            ),
            Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => {
                if !is_blank(Some(value)) {
                    found.insert(pointer, value.clone());
                }
            }
        }
    }
    found
}

/// The JSON Schema of a form (draft 2020-12, as in OpenAPI 3.1).
pub fn schema(fields: &[Field]) -> Value {
    let mut properties = Map::new();
    for field in fields {
        let mut one = match (field.shape)() {
            Shape::Text { max } => json!({"type": "string", "minLength": 1, "maxLength": max}),
            Shape::Single(Sort::Quantity) => json!({"type": ["number", "string"]}),
            Shape::Single(Sort::Count) => json!({"type": ["integer", "string"]}),
            Shape::Single(sort) => json!({"type": "string", "description": sort.expected()}),
            Shape::Choice { words, .. } => json!({"type": "string", "enum": words}),
            Shape::Group { fields, .. } => schema(fields),
        };
        if field.many {
            one = json!({"type": "array", "items": one, "minItems": 1, "maxItems": ENTRIES_MAX});
        }
        if let Some(one) = one.as_object_mut() {
            one.insert("description".to_owned(), Value::String(field.help.trim().to_owned()));
        }
        properties.insert(field.name.to_owned(), one);
    }
    let required: Vec<&str> =
        fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}
