//! One declaration, and all that follows from it.

use super::*;
use crate::event::Ground;
use proptest::prelude::*;
use serde_json::json;

form! {
    /// A party.
    struct Party = "party" {
        /// Its name.
        [summary] name: Text<20>,
        /// Its country.
        country: Option<catalogue::codes::Country>,
    }
}

form! {
    /// A form with every sort of field.
    struct Sample = "sample" {
        /// The grounds.
        [summary] grounds: Vec<Ground>,
        /// The parties.
        parties: Option<Vec<Party>>,
        /// What it weighs.
        mass: Option<Quantity>,
        /// A field whose name is a word of Rust.
        r#type: Option<Text<10>>,
    }
}
fn problems(given: &Value) -> Vec<String> {
    Sample::parse(given).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn all_errors_come_at_once_each_with_its_place() {
    let given = json!({
        "parties": [{"name": ""}, null, {"name": "a".repeat(21), "country": "Kasachstan"}],
        "mass": "-3", "Type": "x", "type": {"a": "b"},
    });
    insta::assert_snapshot!(problems(&given).join("\n"), @r"
    /Type: no such field; did you mean `type`?
    /grounds: is missing
    /parties/2/name: has 21 characters, at most 20 were expected
    /parties/2/country: `Kasachstan` is not a country of two letters, such as `KZ`
    /mass: `-3` is not a number of zero or more, such as `18.6`
    /type: one value was expected
    ");
}

#[test]
fn what_is_read_is_written_back() {
    let given =
        json!({"grounds": ["21(3)(b)"], "parties": [{"name": "A", "country": "KZ"}], "mass": 18.5});
    let form = Sample::parse(&given).unwrap();
    assert_eq!(form.write().unwrap(), given);
    assert_eq!(form.grounds, [Ground::PossibleAction]);
}

#[test]
fn a_page_gives_the_same_value_as_the_api() {
    let pairs = [
        ("/grounds", "21(3)(b)"),
        ("/grounds", "21(1)"),
        ("/parties/1/name", "B"),
        ("/mass", "18.5"),
        ("csrf", "x"),
        ("/parties/999999999/name", "far away"),
    ];
    let form = Sample::parse(&from_pairs(pairs)).unwrap();
    assert_eq!(form.grounds.len(), 2);
    assert_eq!(form.parties.unwrap()[0].name.as_str(), "B");
}

#[test]
fn the_schema_names_what_is_required_and_what_can_be_chosen() {
    let schema = schema(Sample::fields());
    assert_eq!(schema["required"], json!(["grounds"]));
    assert_eq!(schema["properties"]["grounds"]["items"]["enum"][0], "21(3)(a)(i)");
    assert_eq!(schema["properties"]["parties"]["items"]["required"], json!(["name"]));
}

#[test]
fn differences_name_place_before_and_after() {
    let found =
        differences(&json!({"a": "1", "b": [{"c": "2"}]}), &json!({"a": "1", "b": [{"c": "3"}]}));
    assert_eq!(
        found,
        [Difference {
            pointer: "/b/0/c".into(),
            before: Some("2".into()),
            after: Some("3".into())
        }]
    );
}

proptest! {
    #[test]
    fn no_pairs_break_the_reading(pairs in prop::collection::vec(("(/[a-z0-9~]{0,9}){0,10}", ".{0,9}"), 0..20)) {
        let form = from_pairs(pairs.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        prop_assert!(Sample::parse(&form).is_err());
    }
}
