//! Tests of the grammars of codes.

use proptest::prelude::*;

use super::*;

/// Reads each text as `T` and compares its written form with what is expected.
fn check<T: FromStr + fmt::Display>(table: &[(&str, Option<&str>)]) {
    for (given, expected) in table {
        let written = given.parse::<T>().ok().map(|code| code.to_string());
        assert_eq!(written.as_deref(), *expected, "given `{given}`");
    }
}

#[test]
fn tariff_codes_are_digits_only() {
    check::<Cn8>(&[
        ("85423190", Some("85423190")),
        (" 8542.31.90 ", Some("85423190")),
        ("0805 10 22", Some("08051022")),
        ("+5423190", None),
        ("8542319", None),
        ("854231900", None),
        ("8542319O", None),
        ("٨٥٤٢٣١٩٠", None),
        ("", None),
    ]);
    check::<Hs6>(&[("8542.31", Some("854231")), ("010121", Some("010121")), ("85423190", None)]);
    assert_eq!("08051022".parse::<Cn8>().unwrap().hs6().to_string(), "080510");
}

#[test]
fn control_codes_follow_the_list() {
    check::<ControlCode>(&[
        ("3A001", Some("3A001")),
        ("3a001.A.2", Some("3A001.a.2")),
        ("6A003.b.4.b", Some("6A003.b.4.b")),
        ("9A001.a.1.b.12", Some("9A001.a.1.b.12")),
        ("1A907", Some("1A907")),
        ("3F001", None),
        ("3A01", None),
        ("3A001.", None),
        ("3A001.2", None),
        ("3A001.a.b", None),
        ("3A001.a.1.b.1.c", None),
        ("3A001a", None),
    ]);
}

#[test]
fn parties_offices_and_documents() {
    check::<Country>(&[
        ("kz", Some("KZ")),
        ("XI", Some("XI")),
        ("XK", Some("XK")),
        ("00", None),
        ("KAZ", None),
    ]);
    check::<Eori>(&[
        ("nl123456789", Some("NL123456789")),
        ("DE1", Some("DE1")),
        ("DE", None),
        ("1E123", None),
        ("NL1234567890123456", None),
        ("NL 123", None),
    ]);
    check::<CustomsOffice>(&[
        ("NL000510", Some("NL000510")),
        ("fr002300", Some("FR002300")),
        ("NL00051", None),
        ("N1000510", None),
    ]);
    check::<DocumentCode>(&[("x060", Some("X060")), ("Y901", Some("Y901")), ("X60", None)]);
    let eori: Eori = "NL123456789".parse().unwrap();
    assert_eq!(eori.country().unwrap().as_str(), "NL");
}

#[test]
fn an_irregular_mrn_is_taken_and_told() {
    let table = [
        ("26NL0005109999ABC7", Some(true)),
        ("26nl0005109999abc7", Some(true)),
        ("26NL0005109999ABCX", Some(false)),
        ("20GB16I01I0I1I2I3", Some(false)),
        ("7", Some(false)),
        ("26NL 0005109999AB7", None),
        ("", None),
        ("123456789012345678901234567890123456", None),
    ];
    for (given, expected) in table {
        let regular = given.parse::<Mrn>().ok().map(|mrn| mrn.is_regular());
        assert_eq!(regular, expected, "given `{given}`");
    }
}

#[test]
fn licence_numbers_stay_as_written() {
    check::<LicenceNumber>(&[
        (" DE-26-118274-E ", Some("DE-26-118274-E")),
        ("AT 26/004417", Some("AT 26/004417")),
        ("", None),
        ("a\tb", None),
        ("123456789012345678901234567890123456", None),
    ]);
}

#[test]
fn greece_has_two_codes_and_is_one_state() {
    check::<State>(&[("gr", Some("EL")), ("EL", Some("EL")), ("XI", None), ("UK", None)]);
    assert_eq!(State::El.iso(), "GR");
    assert_eq!(State::from_country("GR".parse().unwrap()), Some(State::El));
    assert_eq!(State::from_country("XI".parse().unwrap()), None);
    for state in State::ALL {
        assert_eq!(State::from_country(state.iso().parse().unwrap()), Some(state));
    }
    let mut sorted = State::ALL;
    sorted.sort_by_key(|state| state.code());
    assert_eq!(sorted, State::ALL);
}

#[test]
fn a_refusal_says_what_was_expected() {
    insta::assert_snapshot!(
        "8542".parse::<Cn8>().unwrap_err(),
        @"`8542` is not a commodity code (CN): expected eight digits, such as `85423190`"
    );
    let json = serde_json::from_str::<Country>("\"Kazakhstan\"").unwrap_err();
    insta::assert_snapshot!(
        json,
        @"`Kazakhstan` is not a country: expected the two letters of ISO 3166-1, such as `KZ`"
    );
}

/// Every example in a refusal is itself well formed.
#[test]
fn the_examples_are_examples() {
    assert!(Code::Cn8.expected().2.parse::<Cn8>().is_ok());
    assert!(Code::Hs6.expected().2.parse::<Hs6>().is_ok());
    assert!(Code::Control.expected().2.parse::<ControlCode>().is_ok());
    assert!(Code::Country.expected().2.parse::<Country>().is_ok());
    assert!(Code::State.expected().2.parse::<State>().is_ok());
    assert!(Code::Eori.expected().2.parse::<Eori>().is_ok());
    assert!(Code::Mrn.expected().2.parse::<Mrn>().is_ok_and(|mrn| mrn.is_regular()));
    assert!(Code::Licence.expected().2.parse::<LicenceNumber>().is_ok());
    assert!(Code::Document.expected().2.parse::<DocumentCode>().is_ok());
    assert!(Code::Office.expected().2.parse::<CustomsOffice>().is_ok());
}

/// Writes and reads `code`, as text and as JSON.
fn survives<T>(code: &T) -> bool
where
    T: FromStr + fmt::Display + PartialEq + serde::Serialize + serde::de::DeserializeOwned,
{
    let json = serde_json::to_string(code).unwrap();
    code.to_string().parse::<T>().is_ok_and(|again| again == *code)
        && serde_json::from_str::<T>(&json).is_ok_and(|again| again == *code)
}

proptest! {
    #[test]
    fn codes_survive_being_written_and_read(
        cn8 in "[0-9]{8}", control in "[0-9][A-Ea-e][0-9]{3}(\\.[a-z](\\.[0-9]{1,2})?)?",
        country in "[A-Za-z]{2}", eori in "[A-Z]{2}[A-Z0-9]{1,15}", mrn in "[!-~]{1,35}",
        licence in "[!-~]([ -~]{0,33}[!-~])?", office in "[A-Z]{2}[A-Z0-9]{6}",
        document in "[A-Z0-9]{4}", state in 0_usize..27,
    ) {
        prop_assert!(survives(&cn8.parse::<Cn8>().unwrap()));
        prop_assert!(survives(&cn8.parse::<Cn8>().unwrap().hs6()));
        prop_assert!(survives(&control.parse::<ControlCode>().unwrap()));
        prop_assert!(survives(&country.parse::<Country>().unwrap()));
        prop_assert!(survives(&eori.parse::<Eori>().unwrap()));
        prop_assert!(survives(&mrn.parse::<Mrn>().unwrap()));
        prop_assert!(survives(&licence.parse::<LicenceNumber>().unwrap()));
        prop_assert!(survives(&office.parse::<CustomsOffice>().unwrap()));
        prop_assert!(survives(&document.parse::<DocumentCode>().unwrap()));
        prop_assert!(survives(&State::ALL[state]));
    }

    #[test]
    fn no_text_makes_a_reader_fail_otherwise_than_by_refusing(text in "\\PC{0,40}") {
        let mrn = text.parse::<Mrn>();
        prop_assert!(mrn.is_ok() || mrn.is_err_and(|error| error.given == text));
        let control = text.parse::<ControlCode>();
        prop_assert!(control.is_ok() || control.is_err_and(|error| error.given == text));
    }
}
