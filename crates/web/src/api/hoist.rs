//! Groups that several schemas have in common become schemas of their own, so that the document says
//! each of them once.

use super::schema::of;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The names of groups that have several uses; others are named after the field.
const NAMES: &[(&str, &str)] = &[
    ("consignee", "Party"),
    ("consignor", "Party"),
    ("declarant", "Party"),
    ("exporter", "Party"),
    ("parties", "Party"),
    ("representative", "Party"),
    ("documents", "DocumentReference"),
    ("references", "DocumentReference"),
];

/// Moves every group that occurs several times to a schema of its own.
pub(super) fn repeated(all: &mut Map<String, Value>) {
    let mut counts = BTreeMap::new();
    for schema in all.values() {
        inside(schema, &mut |_, group| *counts.entry(key(group)).or_insert(0_usize) += 1);
    }
    let mut hoisted = Hoisted { counts, names: BTreeMap::new(), made: Map::new() };
    let taken: Vec<String> = all.keys().cloned().collect();
    for schema in all.values_mut() {
        hoisted.children(schema, &taken);
    }
    all.append(&mut hoisted.made);
}

struct Hoisted {
    /// How often each group occurs.
    counts: BTreeMap<String, usize>,
    /// What those that were moved are called.
    names: BTreeMap<String, String>,
    made: Map<String, Value>,
}

impl Hoisted {
    /// Looks at what lies inside a schema.
    fn children(&mut self, schema: &mut Value, taken: &[String]) {
        match schema {
            Value::Object(keywords) => {
                for (keyword, value) in keywords {
                    if let ("properties", Value::Object(properties)) =
                        (keyword.as_str(), &mut *value)
                    {
                        for (name, property) in properties {
                            self.property(name, property, taken);
                        }
                    } else {
                        self.children(value, taken);
                    }
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|one| self.children(one, taken)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// A property, or what its list holds.
    fn property(&mut self, name: &str, schema: &mut Value, taken: &[String]) {
        if !is_group(schema) {
            if let Some(items) = schema.get_mut("items") {
                self.property(name, items, taken);
            } else {
                self.children(schema, taken);
            }
            return;
        }
        let key = key(schema);
        self.children(schema, taken);
        if self.counts.get(&key).is_none_or(|count| *count < 2) {
            return;
        }
        let description = schema.as_object_mut().and_then(|group| group.remove("description"));
        let group = std::mem::take(schema);
        *schema = of(&self.name(name, key, group, taken));
        if let (Some(description), Some(schema)) = (description, schema.as_object_mut()) {
            schema.insert("description".to_owned(), description);
        }
    }

    /// The name of a group that is moved; that of its first use where there was one.
    fn name(&mut self, field: &str, key: String, group: Value, taken: &[String]) -> String {
        if let Some(name) = self.names.get(&key) {
            return name.clone();
        }
        let named = NAMES.iter().find(|(of, _)| *of == field).map(|(_, name)| (*name).to_owned());
        let stem = named.unwrap_or_else(|| capital(field.strip_suffix('s').unwrap_or(field)));
        // What has the shape of a group may be blank.
        let draft = if group.pointer("/type/1").is_some() { "Draft" } else { "" };
        let free = |name: &String| !taken.contains(name) && !self.made.contains_key(name);
        let mut name = format!("{stem}{draft}");
        let mut number = 2;
        while !free(&name) {
            name = format!("{stem}{draft}{number}");
            number += 1;
        }
        self.names.insert(key, name.clone());
        self.made.insert(name.clone(), group);
        name
    }
}

/// Calls `found` with every group inside a schema and the field that it is of.
fn inside(schema: &Value, found: &mut impl FnMut(&str, &Value)) {
    match schema {
        Value::Object(keywords) => {
            for (keyword, value) in keywords {
                if let ("properties", Value::Object(properties)) = (keyword.as_str(), value) {
                    properties
                        .iter()
                        .for_each(|(name, property)| of_property(name, property, found));
                } else {
                    inside(value, found);
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|one| inside(one, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn of_property(name: &str, schema: &Value, found: &mut impl FnMut(&str, &Value)) {
    if is_group(schema) {
        found(name, schema);
    } else if let Some(items) = schema.get("items") {
        return of_property(name, items, found);
    }
    inside(schema, found);
}

fn is_group(schema: &Value) -> bool {
    schema.get("properties").is_some()
}

/// What two uses of a group have in common: all but what the use is for.
fn key(group: &Value) -> String {
    let mut group = group.clone();
    if let Some(group) = group.as_object_mut() {
        group.remove("description");
    }
    group.to_string()
}

/// A word as it begins a name: `legal_basis` becomes `LegalBasis`.
pub(super) fn capital(word: &str) -> String {
    let parts = word.split('_').map(|part| {
        let mut letters = part.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_group_with_two_uses_is_said_once_and_each_use_keeps_its_help() {
        let group = |help: &str| json!({"type": "object", "description": help, "properties": {"name": {"type": "string"}}});
        let mut all = Map::new();
        let whole = json!({"properties": {
            "consignee": group("Who gets it."),
            "parties": {"type": "array", "items": group("Others.")},
            "place": {"type": "object", "properties": {"zone": {"type": "string"}}},
        }});
        all.insert("Item".to_owned(), whole);
        repeated(&mut all);
        let (at, of) = ("description", "$ref");
        assert_eq!(
            Value::Object(all),
            json!({
                "Item": {"properties": {
                    "consignee": {of: "#/components/schemas/Party", at: "Who gets it."},
                    "parties": {
                        "type": "array",
                        "items": {of: "#/components/schemas/Party", at: "Others."},
                    },
                    "place": {"type": "object", "properties": {"zone": {"type": "string"}}},
                }},
                "Party": {"type": "object", "properties": {"name": {"type": "string"}}},
            })
        );
    }
}
