//! What holds of every log, of every passing of time, and of every form.

use crate::fixtures::*;
use domain::deadline;
use domain::decide::Actor;
use domain::dossier::Dossier;
use domain::event::Kind;
use domain::form::{Field, Shape, Sort};
use domain::kinds;
use domain::standing::Standing;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn people() -> [Actor; 4] {
    [rotterdam(), dutch_customs(), german_licensing(), french_customs()]
}

/// One step of a story: somebody does something, and then time goes on by so many hours.
fn any_story() -> impl Strategy<Value = Vec<(usize, usize, i64)>> {
    prop::collection::vec((0..4_usize, 0..14_usize, 0..200_i64), 0..25)
}

/// Plays a story, in which everything that is refused is left out.
fn play(story: &[(usize, usize, i64)]) -> World {
    let grounds = ["21(3)(b)", "21(1)"];
    let given = under(stop("DE-LICENSING", &grounds), &json!({"code": "H1"}));
    let mut world = World::draft(Kind::Stop, given);
    let people = people();
    for (who, what, hours) in story {
        let by = &people[*who];
        let (name, given) = &commands()[*what];
        if world.read(by).is_some() {
            let _refused = world.tries(by, name, given);
        }
        let later = world.now + jiff::SignedDuration::from_hours(*hours);
        world.pass_to(later);
    }
    world
}

fn commands() -> [(&'static str, Value); 14] {
    [
        ("send", json!({})),
        ("send", json!({})),
        ("acknowledge", json!({})),
        ("message", json!({"text": "For all."})),
        ("note", json!({"text": "For us."})),
        ("share", share(&["FR-CUSTOMS"])),
        ("withdraw", json!({"units": ["FR-CUSTOMS"]})),
        ("tighten", json!({"code": "H2"})),
        ("extend", json!({"reason": "More."})),
        ("answer", json!({"answer": "maintained", "reasoning": "Known."})),
        ("outcome", json!({"outcome": "released"})),
        ("add_ground", json!({"ground": "21(3)(a)(ii)"})),
        ("recall", reason()),
        ("reopen", reason()),
    ]
}

/// A value that a field can be given.
fn any_value(field: &Field, depth: u32) -> BoxedStrategy<Value> {
    let one: BoxedStrategy<Value> = match (field.shape)() {
        Shape::Text { max } => {
            let length = max.min(30);
            let pattern = format!("[ -~äßжΩ→\n]{{0,{}}}[a-zà-ÿ0-9.]", length - 1);
            proptest::string::string_regex(&pattern).unwrap().prop_map(Value::from).boxed()
        }
        Shape::Single(sort) => any_single(sort),
        Shape::Choice { words, .. } => prop::sample::select(words).prop_map(Value::from).boxed(),
        Shape::Group { fields, .. } => any_form(fields, depth + 1),
    };
    if field.many { prop::collection::vec(one, 1..3).prop_map(Value::from).boxed() } else { one }
}

fn any_single(sort: Sort) -> BoxedStrategy<Value> {
    let texts = |pattern: &str| {
        proptest::string::string_regex(pattern).unwrap().prop_map(Value::from).boxed()
    };
    match sort {
        Sort::Cn8 => texts("[0-9]{4} ?[0-9]{2} ?[0-9]{2}"),
        Sort::ControlCode => texts("[0-9][A-E][0-9]{3}(\\.[a-c](\\.[1-9])?)?"),
        Sort::Country => {
            prop::sample::select(vec!["KZ", "NL", "DE", "FR"]).prop_map(Value::from).boxed()
        }
        Sort::Eori => texts("(DE|NL)[0-9]{1,15}"),
        Sort::Mrn => Just(json!("26NL000510K7Q2D4A1")).boxed(),
        Sort::LicenceNumber => texts("[A-Z]{2}-[0-9]{2}-[0-9]{6}"),
        Sort::DocumentCode => texts("[A-Z][0-9]{3}"),
        Sort::CustomsOffice => texts("(NL|DE)[0-9]{6}"),
        Sort::Unit => texts("[A-Z]{2}-(CUSTOMS|LICENSING)"),
        Sort::Date => texts("202[4-8]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"),
        Sort::Instant => {
            texts("2026-1[0-2]-[12][0-9]T(0[0-9]|1[0-9]):[0-5][0-9]:00(Z|\\+0[1-3]:00)")
        }
        Sort::Quantity => prop_oneof![
            texts("[0-9]{1,15}(\\.[0-9]{1,9})?"),
            (0..1_000_000_u64).prop_map(Value::from),
            (0..1_000_000_u32).prop_map(|n| Value::from(f64::from(n) / 128.0)),
        ]
        .boxed(),
        Sort::Count => {
            prop_oneof![texts("[1-9][0-9]{0,8}"), (1..9_u64).prop_map(Value::from)].boxed()
        }
        Sort::Fingerprint => texts("([0-9a-fA-F]{2}:?){31}[0-9a-f]{2}"),
    }
}

/// A form in which all that is required is given, and some of the rest.
fn any_form(fields: &'static [Field], depth: u32) -> BoxedStrategy<Value> {
    let given: Vec<BoxedStrategy<Option<(String, Value)>>> = fields
        .iter()
        .map(|field| {
            let name = field.name.to_owned();
            let value = any_value(field, depth);
            let named = value.prop_map(move |value| (name.clone(), value));
            if field.required {
                named.prop_map(Some).boxed()
            } else {
                prop::option::weighted(0.5 / f64::from(depth + 1), named).boxed()
            }
        })
        .collect();
    given
        .prop_map(|given| Value::Object(given.into_iter().flatten().collect::<Map<_, _>>()))
        // A group of which nothing is given is not there.
        .prop_filter("something is given", |form| !domain::form::is_blank(Some(form)))
        .boxed()
}

/// Reads a form of a kind and writes it again.
fn rewritten(kind: Kind, given: &Value) -> Result<Value, String> {
    use domain::form::Form;
    fn of<F: Form + PartialEq>(given: &Value) -> Result<Value, String> {
        let form = F::parse(given).map_err(|errors| format!("{errors:?}"))?;
        let written = form.write().unwrap();
        let again = F::parse(&written).map_err(|errors| format!("written {errors:?}"))?;
        assert!(again == form, "{given} was written as {written}");
        Ok(written)
    }
    match kind {
        Kind::Stop => of::<kinds::stop::StopForm>(given),
        Kind::Information => of::<kinds::information::InformationForm>(given),
        Kind::Classification => of::<kinds::classification::ClassificationForm>(given),
        Kind::Document => of::<kinds::document::DocumentForm>(given),
        Kind::Notice => of::<kinds::notice::NoticeForm>(given),
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop::sample::select(vec!["granted", "H2", "2026-11-30", "DE-LICENSING", "yes", "listed"])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let names = prop_oneof![
            prop::sample::select(vec![
                "reason",
                "units",
                "purpose",
                "code",
                "answers",
                "question",
                "value",
                "answer_by",
                "decision",
                "request",
                "verdict",
                "codes",
                "marking",
                "ground",
            ])
            .prop_map(str::to_owned),
            ".{0,6}",
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((names, inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

fn every_command(kind: Kind) -> Vec<&'static str> {
    let common = domain::command::common().into_iter().chain(kinds::commands(kind));
    common.map(|command| command.name).chain(["edit", "no such command"]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_prefix_of_every_viewers_log_folds(story in any_story()) {
        let world = play(&story);
        for viewer in people() {
            let events = world.events(&viewer);
            for length in 0..=events.len() {
                let dossier = Dossier::fold(events[..length].to_vec());
                prop_assert_eq!(dossier.is_some(), length > 0);
                prop_assert_eq!(dossier.map_or(0, |dossier| dossier.events.len()), length);
            }
            // Where the keys are gone, the headers tell the same.
            let destroyed = events.iter().map(|event| domain::body::Event { body: None, ..event.clone() });
            let standing = Dossier::fold(destroyed.collect()).map(|dossier| dossier.standing);
            prop_assert_eq!(standing, Dossier::fold(events).map(|dossier| dossier.standing));
        }
    }

    #[test]
    fn time_in_one_step_is_time_in_two(story in any_story(), first in 0..2000_i64, second in 0..2000_i64) {
        let world = play(&story);
        let (mut once, mut twice) = (world.clone(), world.clone());
        let between = world.now + jiff::SignedDuration::from_hours(first);
        let then = between + jiff::SignedDuration::from_hours(second);
        once.pass_to(then);
        twice.pass_to(between).pass_to(then);
        prop_assert_eq!(once.log(), twice.log());
        let standing = once.standing();
        prop_assert_eq!(deadline::settle(&standing, then), vec![]);
        let headers = || once.log().iter().map(|event| &event.header);
        let instants: Vec<_> = headers().map(|header| header.at).collect();
        prop_assert!(instants.is_sorted(), "{:?}", instants);
        prop_assert_eq!(Standing::fold(headers()), Some(standing));
    }

    #[test]
    fn a_form_is_written_as_it_was_read(
        (kind, given) in prop::sample::select(Kind::ALL)
            .prop_flat_map(|kind| (Just(kind), any_form(kinds::fields(kind), 0)))
    ) {
        let written = rewritten(kind, &given).map_err(|error| TestCaseError::fail(format!("{given}: {error}")))?;
        prop_assert_eq!(rewritten(kind, &written), Ok(written));
    }

    #[test]
    fn no_json_breaks_the_reading_of_a_command(kind in prop::sample::select(Kind::ALL), given in any_json()) {
        for name in every_command(kind) {
            if let Err(errors) = domain::command::read(kind, name, &given) {
                prop_assert!(!errors.is_empty(), "{name}: a refusal to read says what is wrong");
            }
            kinds::summary(kind, &given);
            let request = domain::body::Request { given: given.clone(), ..Default::default() };
            let world = World::draft(kind, json!({}));
            let complete = domain::decide::complete(kind, &request, &rotterdam(), &world.context());
            prop_assert!(complete.is_err());
        }
    }

    #[test]
    fn a_quantity_keeps_every_digit(text in "[0-9]{1,15}(\\.[0-9]{1,9})?") {
        use domain::form::{Part, Quantity};
        let quantity: Quantity = text.parse().unwrap();
        let mut errors = Vec::new();
        let again = Quantity::read(quantity.write().as_ref(), "", &mut errors);
        prop_assert_eq!(again, Some(quantity));
    }
}
