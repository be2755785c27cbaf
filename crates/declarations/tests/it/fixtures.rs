//! The messages made up for these tests, and what they come to.

use declarations::{Format, Item, Limits, Message, Source, read};

pub(crate) const CC515C: &str = include_str!("../fixtures/cc515c.xml");
pub(crate) const DMS: &str = include_str!("../fixtures/dms.xml");

pub(crate) fn message(text: &str) -> Message {
    read(text.as_bytes(), Limits::default()).unwrap()
}

/// The fields of an item as its JSON has them, one a line.
fn fields(item: &Item) -> String {
    let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(item) else {
        panic!("an item is an object")
    };
    fields.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_cc515c_gives_its_items_with_all_that_stands_above_them() {
    let message = message(CC515C);
    assert_eq!(message.format, Format::Cc515c);
    assert_eq!(message.mrn.as_deref(), Some("26FIA1B2C3D4E5F6G7"));
    assert_eq!(message.lrn.as_deref(), Some("FIXTURE-0007"));
    assert_eq!(message.warnings, []);
    let [first, second] = message.items.as_slice() else { panic!("two items") };
    insta::assert_snapshot!(fields(first), @r#"
    accepted: "2026-01-12"
    actors: [{"id":"EE10203040","role":"FW"}]
    additional_type: "A"
    cn8: "90148000"
    consignee: {"city":"Toshkent","country":"UZ","name":"Made-up Trade MChJ","postcode":"100000","street":"Amir Temur 4"}
    container: "1"
    country_of_destination: "UZ"
    country_of_export: "FI"
    country_of_origin: "FI"
    cus: "0010164-4"
    declarant: {"eori":"FI7654321"}
    description: "ECHO SOUNDERS, TRANSDUCER 50 KHZ"
    documents: [{"reference":"2026-1","type":"N380"},{"reference":"FI-GLOBAL-9","type":"X070"}]
    exporter: {"city":"Helsinki","country":"FI","eori":"FI1234567","name":"Made-up Marine Oy","postcode":"00160","street":"Satamakatu 1 & 2"}
    gross_mass: 60
    invoice_amount: 48000.5
    invoice_currency: "SEK"
    item_number: 1
    mode_at_border: "1"
    mrn: "26FIA1B2C3D4E5F6G7"
    nature_of_transaction: "11"
    net_mass: 50
    office_of_exit: "FI009300"
    office_of_export: "FI002000"
    packages: 5
    previous_procedure: "00"
    procedure: "10"
    references: [{"type":"Y901"}]
    representative: {"eori":"FI7654321"}
    routing: ["EE","KZ"]
    statistical_value: 30000.25
    supplementary_units: 10
    type: "EX"
    "#);
    insta::assert_snapshot!(fields(second), @r#"
    accepted: "2026-01-12"
    actors: [{"id":"EE10203040","role":"FW"}]
    additional_type: "A"
    consignee: {"city":"Dushanbe","country":"TJ","name":"Made-up Survey"}
    container: "1"
    country_of_destination: "TJ"
    country_of_export: "FI"
    declarant: {"eori":"FI7654321"}
    description: "CABLES <10 M"
    documents: [{"reference":"FI-GLOBAL-9","type":"X070"}]
    exporter: {"city":"Helsinki","country":"FI","eori":"FI1234567","name":"Made-up Marine Oy","postcode":"00160","street":"Satamakatu 1 & 2"}
    invoice_amount: 48000.5
    invoice_currency: "SEK"
    item_number: 2
    mode_at_border: "1"
    mrn: "26FIA1B2C3D4E5F6G7"
    nature_of_transaction: "11"
    office_of_exit: "FI009300"
    office_of_export: "FI002000"
    representative: {"eori":"FI7654321"}
    routing: ["EE","KZ"]
    type: "EX"
    "#);
}

#[test]
fn a_dms_declaration_gives_its_items_with_all_that_stands_above_them() {
    let message = message(DMS);
    assert_eq!(message.format, Format::WcoDms);
    assert_eq!(message.mrn.as_deref(), Some("26NLA1B2C3D4E5F6G8"));
    assert_eq!(message.lrn.as_deref(), Some("FIXTURE-0008"));
    assert_eq!(message.warnings, []);
    let [item] = message.items.as_slice() else { panic!("one item") };
    insta::assert_snapshot!(fields(item), @r#"
    accepted: "2026-01-12T09:00:00+02:00"
    actors: [{"id":"NL777888999","role":"MF"}]
    additional_type: "D"
    cn8: "90021900"
    consignee: {"city":"Yerevan","country":"AM","name":"Made-up Lab LLC","postcode":"0001","street":"Abovyan 1"}
    container: "0"
    country_of_destination: "AM"
    country_of_export: "NL"
    country_of_origin: "DE"
    declarant: {"eori":"NL111222333"}
    description: "Infrared lenses"
    documents: [{"reference":"NL-2026-0042","type":"X060"}]
    exporter: {"eori":"NL444555666","name":"Made-up Optics B.V."}
    gross_mass: 2.5
    invoice_amount: 1250.5
    invoice_currency: "USD"
    item_number: 1
    mode_at_border: "4"
    mrn: "26NLA1B2C3D4E5F6G8"
    nature_of_transaction: "11"
    net_mass: 2
    office_of_exit: "NL000510"
    office_of_export: "NL000396"
    packages: 1
    previous_procedure: "00"
    procedure: "10"
    references: [{"type":"Y901"}]
    representative: {"eori":"NL111222333"}
    routing: ["TR","GE"]
    statistical_value: 1100
    supplementary_units: 4
    taric: "9002190030"
    type: "EX"
    "#);
}

#[test]
fn every_value_knows_the_level_that_it_comes_from() {
    let message = message(CC515C);
    let [first, second] = message.items.as_slice() else { panic!("two items") };
    let table = [
        ("mrn", Some(Source::Header), Some(Source::Header)),
        ("exporter.name", Some(Source::Header), Some(Source::Header)),
        ("country_of_destination", Some(Source::Consignment), Some(Source::Item)),
        ("consignee.name", Some(Source::Consignment), Some(Source::Item)),
        // Another consignee's street is not this one's.
        ("consignee.street", Some(Source::Consignment), None),
        ("routing", Some(Source::Consignment), Some(Source::Consignment)),
        ("description", Some(Source::Item), Some(Source::Item)),
        ("net_mass", Some(Source::Item), None),
        ("packages", Some(Source::Item), None),
        ("documents.0", Some(Source::Item), Some(Source::Consignment)),
        ("documents.1", Some(Source::Consignment), None),
        ("actors.0", Some(Source::Consignment), Some(Source::Consignment)),
    ];
    for (field, in_first, in_second) in table {
        assert_eq!(first.source(field), in_first, "{field} of item 1");
        assert_eq!(second.source(field), in_second, "{field} of item 2");
    }
}

#[test]
fn what_is_derived_follows_from_the_code_and_the_amounts() {
    let message = message(CC515C);
    let [first, second] = message.items.as_slice() else { panic!("two items") };
    assert_eq!(
        (first.hs6(), first.hs4(), first.chapter()),
        (Some("901480"), Some("9014"), Some("90"))
    );
    assert_eq!(first.value_per_kg(), Some(600.005));
    assert_eq!(first.value_per_unit(), Some(3000.025));
    assert_eq!((second.hs6(), second.value_per_kg()), (None, None));
}

#[test]
fn an_item_survives_its_json() {
    for item in message(CC515C).items.into_iter().chain(message(DMS).items) {
        let json = serde_json::to_string(&item).unwrap();
        let mut again: declarations::Item = serde_json::from_str(&json).unwrap();
        again.sources.clone_from(&item.sources);
        assert_eq!(again, item);
    }
}

#[test]
fn prefixes_marks_and_encodings_make_no_difference() {
    let usual = message(CC515C).items;
    let other_prefix = CC515C.replace("aes:", "x-1:").replace("xmlns:aes", "xmlns:x-1");
    let no_prefix = CC515C.replace("aes:", "").replace("xmlns:aes", "xmlns");
    assert_eq!(message(&other_prefix).items, usual);
    assert_eq!(message(&no_prefix).items, usual);
    assert_eq!(message(&CC515C.replace('\n', "\r\n")).items, usual);
    assert_eq!(message(&format!("\u{FEFF}{CC515C}")).items, usual);
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(CC515C.replace("UTF-8", "UTF-16").encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(read(&utf16, Limits::default()).unwrap().items, usual);
    let without_metadata = DMS
        .split_once("<w:Declaration")
        .and_then(|(_, behind)| behind.split_once("</m:MetaData>"))
        .map(|(declaration, _)| format!("<w:Declaration{declaration}"))
        .unwrap();
    assert_eq!(message(&without_metadata).items, message(DMS).items);
}

#[test]
fn latin_1_is_read_when_it_is_declared() {
    let latin: Vec<u8> = CC515C
        .replace("UTF-8", "ISO-8859-1")
        .replace("Made-up Marine Oy", "Hämeen Öljy Oy")
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let message = read(&latin, Limits::default()).unwrap();
    let exporter = message.items.first().and_then(|item| item.exporter.clone()).unwrap();
    assert_eq!(exporter.name.as_deref(), Some("Hämeen Öljy Oy"));
}
