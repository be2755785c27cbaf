//! Tests of the directory: understanding, finding, addressees, opening hours.

use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::calendar::{CalendarError, Calendars};
use crate::codes::{Country, DocumentCode};

fn directory() -> Directory {
    Directory::demonstration().unwrap()
}

fn id(text: &str) -> UnitId {
    text.parse().unwrap()
}

/// A Tuesday, 11:42 in Helsinki.
fn now() -> Timestamp {
    "2026-11-24T09:42:00Z".parse().unwrap()
}

fn today() -> Date {
    date(2026, 11, 24)
}

#[test]
fn the_demonstration_has_every_state_and_says_that_it_is_made_up() {
    let directory = directory();
    for state in State::ALL {
        for kind in [UnitKind::Licensing, UnitKind::Customs] {
            assert!(directory.authority_of(state, kind, today()).is_some(), "{state} {kind:?}");
        }
        let customs = id(&format!("{state}-CUSTOMS"));
        assert!(directory.children(&customs).count() >= 1, "{state}");
    }
    assert!(directory.units().all(|unit| unit.demonstration));
    for unit in directory.units() {
        let numbers = unit.on_duty.iter().filter_map(|person| person.phone.as_deref());
        let numbers = numbers.chain(unit.reach.phone.as_deref());
        assert!(numbers.into_iter().all(|number| number.contains(" 00 555 ")), "{}", unit.id);
        let again: Unit = serde_json::from_str(&serde_json::to_string(unit).unwrap()).unwrap();
        assert_eq!(again, *unit);
    }
}

#[test]
fn the_tree_is_walked_up_and_down() {
    let directory = directory();
    let way: Vec<&str> =
        directory.ancestors(&id("NL000510")).map(|unit| unit.id.as_str()).collect();
    assert_eq!(way, ["NL000510", "NL-CUSTOMS"]);
    assert_eq!(directory.authority(&id("DE-LICENSING-ENDUSE")).unwrap().id, id("DE-LICENSING"));
    assert!(directory.contains(&id("NL-CUSTOMS"), &id("NL000510")));
    assert!(directory.contains(&id("NL000510"), &id("NL000510")));
    assert!(!directory.contains(&id("NL000510"), &id("NL-CUSTOMS")));
    assert!(!directory.contains(&id("NL-CUSTOMS"), &id("XX-NOBODY")));
    let below: Vec<&str> =
        directory.children(&id("NL-CUSTOMS")).map(|unit| unit.id.as_str()).collect();
    assert_eq!(below, ["NL-CUSTOMS-RISK", "NL000396", "NL000510"]);
}

#[test]
fn groups_are_authorities_that_exist() {
    let table = [
        (Group::AllLicensing, 27),
        (Group::AllCustoms, 27),
        (Group::AllMemberStates, 54),
        (Group::AllAndCommission, 55),
    ];
    let directory = directory();
    for (group, size) in table {
        let units = directory.group(group, today());
        assert_eq!(units.len(), size, "{group:?}");
        assert!(!units.contains(&id("EU-SECRETARIAT")));
    }
    let mut units: Vec<Unit> = directory.units().cloned().collect();
    for unit in units.iter_mut().filter(|unit| unit.id == id("MT-CUSTOMS")) {
        unit.closed = Some(today());
    }
    let directory = Directory::new(units).unwrap();
    assert_eq!(directory.group(Group::AllCustoms, today()).len(), 26);
    assert_eq!(directory.group(Group::AllCustoms, date(2026, 11, 23)).len(), 27);
}

#[test]
fn a_wrong_directory_is_refused_with_all_that_is_wrong() {
    let directory = directory();
    let unit = |name: &str| directory.unit(&id(name)).unwrap().clone();
    let mut lost = unit("NL000510");
    lost.parent = Some(id("NL-NOWHERE"));
    let mut circle = (unit("DE-LICENSING-ENDUSE"), unit("DE-LICENSING-CLASSIFICATION"));
    circle.0.parent = Some(circle.1.id.clone());
    circle.1.parent = Some(circle.0.id.clone());
    let mut alone = unit("BE343000");
    alone.parent = None;
    let mut foreign = unit("FR002300");
    foreign.parent = Some(id("NL-CUSTOMS"));
    let units =
        vec![unit("NL-CUSTOMS"), unit("NL-CUSTOMS"), lost, circle.0, circle.1, alone, foreign];
    insta::assert_snapshot!(Directory::new(units).unwrap_err(), @r"
    there are two units `NL-CUSTOMS`
    `NL000510` is a part of `NL-NOWHERE`, which is not in the directory
    `DE-LICENSING-CLASSIFICATION` is a part of itself
    `DE-LICENSING-ENDUSE` is a part of itself
    `BE343000`: authorities stand alone, offices and desks are parts of an authority
    `FR002300` is not of the State that its place in the directory demands
    ");
    assert!(matches!(Directory::parse("{}"), Err(DirectoryError::Json(_))));
}

#[test]
fn opening_hours_follow_the_clock_and_the_calendar_there() {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let (directory, calendars) = (directory(), Calendars::shipped().unwrap());
    let table = [
        ("FI-LICENSING", now(), Opening::Open { until: at("2026-11-24T14:15:00Z") }),
        // The closing minute is outside.
        (
            "FI-LICENSING",
            at("2026-11-24T14:15:00Z"),
            Opening::NightContactOnly { until: Some(at("2026-11-25T06:00:00Z")) },
        ),
        // Early on the same day, and over a weekend.
        (
            "IE-LICENSING",
            at("2026-11-24T08:00:00Z"),
            Opening::ClosedUntil { at: Some(at("2026-11-24T09:00:00Z")) },
        ),
        (
            "IE-LICENSING",
            at("2026-11-28T12:00:00Z"),
            Opening::ClosedUntil { at: Some(at("2026-11-30T09:00:00Z")) },
        ),
        (
            "MT-LICENSING",
            now(),
            Opening::ClosedToday { why: Closed::OutOfTurn("audit day".to_owned()) },
        ),
        (
            "DE-LICENSING",
            at("2026-12-25T10:00:00Z"),
            Opening::ClosedToday { why: Closed::Holiday("Christmas Day".to_owned()) },
        ),
        // A port never closes, not even at Christmas; its day ends at midnight.
        (
            "NL000510",
            at("2026-12-25T22:00:00Z"),
            Opening::Open { until: at("2026-12-25T23:00:00Z") },
        ),
    ];
    for (unit, now, expected) in table {
        let opening = directory.open_at(&id(unit), now, &calendars).unwrap();
        assert_eq!(opening, Ok(expected), "{unit} at {now}");
    }
    assert_eq!(
        directory.open_at(&id("EU-COMMISSION"), now(), &calendars),
        Some(Err(CalendarError::NoYear { calendar: CalendarId::Institutions, year: 2026 }))
    );
    assert_eq!(directory.open_at(&id("XX-NOBODY"), now(), &calendars), None);
}

#[test]
fn parts_of_a_day_are_read_strictly() {
    let table = [
        ("08:00-16:15", Some("08:00-16:15")),
        ("8:00 – 24:00", Some("08:00-24:00")),
        ("16:00-08:00", None),
        ("08:00-24:01", None),
        ("08:60-09:00", None),
        ("08:00", None),
    ];
    for (given, expected) in table {
        let written = given.parse::<OpenSpan>().ok().map(|span| span.to_string());
        assert_eq!(written.as_deref(), expected, "given `{given}`");
    }
}

#[test]
fn what_people_type_is_understood() {
    let (state, function) = (Some(State::Fi), Some(Competence::CatchAll));
    let question = Question { state, ..Question::default() };
    let table = [
        (
            "FI, catch-all Art 4, English",
            Question { function, language: Some(Language::ENGLISH), ..question.clone() },
        ),
        (
            "wer prüft in Finnland Endverwendung",
            Question { function: Some(Competence::EndUse), ..question.clone() },
        ),
        ("fi", question.clone()),
        ("Qui répond en Finlande ?", question.clone()),
        (
            "Zoll Finnland, Deutsch",
            Question {
                kind: Some(UnitKind::Customs),
                language: Some(Language::GERMAN),
                ..question.clone()
            },
        ),
        (
            "Suomi art. 21(3)(b)",
            Question { function: Some(Competence::BorderStop), ..question.clone() },
        ),
        ("NL000510", Question { office: "NL000510".parse().ok(), ..Question::default() }),
        (
            "de-26-118274-e?",
            Question { licence: "de-26-118274-e".parse().ok(), ..Question::default() },
        ),
        ("fi-licensing", Question { unit: Some(id("FI-LICENSING")), ..Question::default() }),
        (
            "Pays-Bas Maasvlakte",
            Question {
                state: Some(State::Nl),
                text: "maasvlakte".to_owned(),
                ..Question::default()
            },
        ),
        ("is it in the", Question::default()),
        ("", Question::default()),
    ];
    for (given, mut expected) in table {
        if given == "is it in the" {
            expected.text = "it".to_owned();
        }
        assert_eq!(directory().understand(given), expected, "given `{given}`");
    }
    assert!(directory().understand(" ").is_empty());
}

/// The first answers to what somebody typed: id, and the reasons of the first.
fn answers(text: &str) -> Vec<Answer> {
    let directory = directory();
    directory.find(&directory.understand(text), now(), &Calendars::shipped().unwrap())
}

#[test]
fn the_best_answer_comes_first() {
    let table: [(&str, &[&str]); 8] = [
        ("FI, catch-all Art 4, English", &["FI-LICENSING", "FI-CUSTOMS", "DE-LICENSING-ENDUSE"]),
        ("wer prüft in Finnland Endverwendung", &["FI-LICENSING", "DE-LICENSING-ENDUSE"]),
        ("NL000510", &["NL000510", "NL-CUSTOMS"]),
        ("PT009999", &["PT-CUSTOMS"]),
        ("DE-26-118274-E", &["DE-LICENSING"]),
        ("EL-26-004417", &["EL-LICENSING"]),
        ("Maasvlakte", &["NL000510"]),
        ("DE classification", &["DE-LICENSING-CLASSIFICATION", "DE-LICENSING"]),
    ];
    for (given, expected) in table {
        let answers = answers(given);
        let first: Vec<&str> =
            answers.iter().take(expected.len()).map(|answer| answer.unit.as_str()).collect();
        assert_eq!(first, expected, "given `{given}`");
    }
    for alone in ["NL000510", "PT009999", "DE-26-118274-E", "Maasvlakte"] {
        assert!(answers(alone).len() <= 2, "given `{alone}`");
    }
    assert_eq!(answers(""), []);
    assert_eq!(answers("xyzzy"), []);
}

#[test]
fn an_answer_says_why() {
    let answers = answers("FI, catch-all Art 4, English");
    assert_eq!(
        answers[0].reasons,
        [
            Reason::OfState(State::Fi),
            Reason::Competent(Competence::CatchAll),
            Reason::Speaks(Language::ENGLISH),
            Reason::OpenThen,
        ]
    );
    assert!(
        answers.iter().all(|answer| answer.reasons.contains(&Reason::Speaks(Language::ENGLISH)))
    );
    assert!(answers.len() > 27, "the other States follow");
}

#[test]
fn a_state_alone_means_its_units_only() {
    let directory = directory();
    for answer in answers("Finnland") {
        assert_eq!(directory.unit(&answer.unit).unwrap().state, Some(State::Fi));
    }
    let customs: Vec<UnitId> = answers("Zoll Finnland").into_iter().map(|a| a.unit).collect();
    assert_eq!(customs, [id("FI-CUSTOMS"), id("FIDEMO01"), id("FIDEMO02")]);
}

#[test]
fn the_addressee_is_proposed_with_its_reason() {
    let licence = |text: &str| Some(text.parse::<LicenceNumber>().unwrap());
    let document = |text: &str| Some(text.parse::<DocumentCode>().unwrap());
    let country = |text: &str| Some(text.parse::<Country>().unwrap());
    let (exporter, items) = (State::Nl, State::Be);
    let known: LicenceNumber = "DE-26-118274-E".parse().unwrap();
    let unknown: LicenceNumber = "K/118274".parse().unwrap();
    let (x061, x071) = (document("X061").unwrap(), document("X071").unwrap());
    let pattern: LicencePattern = "DE-##-######-@".parse().unwrap();
    let issued = AddresseeReason::IssuedLicence { licence: known.clone(), pattern };
    let table = [
        // licence         document          exporter       items          unit and reason
        (
            Some(known),
            document("X060"),
            country("NL"),
            country("BE"),
            Some(("DE-LICENSING", issued)),
        ),
        (
            Some(unknown.clone()),
            document("X060"),
            country("NL"),
            country("BE"),
            Some(("NL-LICENSING", AddresseeReason::UnknownLicence { licence: unknown, exporter })),
        ),
        (
            licence("DE-26-118274-E"),
            document("X061"),
            country("NL"),
            country("BE"),
            Some((
                "NL-LICENSING",
                AddresseeReason::GeneralAuthorisation { document: x061, exporter },
            )),
        ),
        (
            None,
            document("X071"),
            country("CH"),
            country("BE"),
            Some((
                "BE-LICENSING",
                AddresseeReason::GeneralAuthorisationItems { document: x071, items },
            )),
        ),
        (
            None,
            document("Y901"),
            country("GR"),
            country("BE"),
            Some(("EL-LICENSING", AddresseeReason::ExporterState { exporter: State::El })),
        ),
        (
            None,
            None,
            country("CH"),
            country("BE"),
            Some(("BE-LICENSING", AddresseeReason::ItemsState { items })),
        ),
        (None, None, country("CH"), None, None),
        (None, document("X061"), None, None, None),
    ];
    for (licence, document, exporter, items, expected) in table {
        let proposed =
            directory().addressee(licence.as_ref(), document.as_ref(), exporter, items, today());
        let expected = expected.map(|(unit, reason)| Proposed { unit: id(unit), reason });
        assert_eq!(proposed, expected, "{licence:?} {document:?} {exporter:?} {items:?}");
    }
}

#[test]
fn every_authority_numbers_its_licences_in_its_own_way() {
    let directory = directory();
    let table = [
        ("DE-26-118274-E", Some("DE-LICENSING")),
        ("AT-26-004417", Some("AT-LICENSING")),
        ("DE-2025-77123", Some("DE-LICENSING")),
        ("DE-26-118274-7", None),
        ("DE-26-11827", None),
    ];
    for (number, unit) in table {
        let licence: LicenceNumber = number.parse().unwrap();
        let issuer = directory.issuer(&licence, today()).map(|(unit, _)| unit.id.as_str());
        assert_eq!(issuer, unit, "{number}");
    }
    assert!("####-####".parse::<LicencePattern>().is_err());
    assert!("DE#".parse::<LicencePattern>().is_err());
}

proptest! {
    #[test]
    fn no_text_is_too_odd_to_be_understood(text in "\\PC{0,60}") {
        let directory = directory();
        let question = directory.understand(&text);
        let calendars = Calendars::shipped().unwrap();
        let answers = directory.find(&question, now(), &calendars);
        prop_assert_eq!(&answers, &directory.find(&question, now(), &calendars));
        prop_assert!(answers.is_sorted_by(|a, b| a.score >= b.score));
    }

    #[test]
    fn an_opening_ends_when_it_says(unit in 0_usize..100, minute in 0_i64..60 * 24 * 365) {
        let (directory, calendars) = (directory(), Calendars::shipped().unwrap());
        let units: Vec<&Unit> = directory.units().filter(|unit| unit.state.is_some()).collect();
        let unit = units[unit % units.len()];
        let start: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let at = start + jiff::SignedDuration::from_mins(minute);
        match unit.opening(at, &calendars).unwrap() {
            Opening::Open { until } => {
                let last = until - jiff::SignedDuration::from_nanos(1);
                prop_assert_eq!(unit.opening(last, &calendars), Ok(Opening::Open { until }));
            }
            Opening::NightContactOnly { until: next } | Opening::ClosedUntil { at: next } => {
                let next = next.unwrap();
                let open = matches!(unit.opening(next, &calendars), Ok(Opening::Open { .. }));
                prop_assert!(next > at && open);
            }
            Opening::ClosedToday { .. } => {}
        }
    }
}
