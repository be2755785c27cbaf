//! Real messages, where `ECM_REAL_DATA` names the folder that holds `messages/`.

use std::path::{Path, PathBuf};

use declarations::{Document, Format, Item, Limits, Message, Source, read};

/// The folder of real data; relative paths count from the root of the repository.
fn folder() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "whether real data are there is the caller's")]
    let named = std::env::var("ECM_REAL_DATA").ok()?;
    Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(named))
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn messages() -> Option<PathBuf> {
    let folder = folder();
    if folder.is_none() {
        eprintln!("skipped: ECM_REAL_DATA names no folder with real messages");
    }
    folder.map(|folder| folder.join("messages"))
}

fn file(path: &Path) -> Message {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    read(&bytes, Limits::default()).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn json(item: &Item) -> serde_json::Value {
    serde_json::to_value(item).unwrap()
}

#[test]
fn the_cc515c_is_read_as_it_stands() {
    let Some(messages) = messages() else { return };
    let message = file(&messages.join("cc515c-1.xml"));
    assert_eq!((message.format, message.warnings.as_slice()), (Format::Cc515c, [].as_slice()));
    let [first, second] = message.items.as_slice() else { panic!("two items") };
    assert_eq!(first.cn8.as_deref(), Some("84141089"));
    assert_eq!(json(first)["consignee"]["city"], "Бишкек");
    assert_eq!(first.source("consignee.city"), Some(Source::Consignment));
    assert_eq!(
        (first.net_mass, first.gross_mass, first.packages),
        (Some(276.0), Some(310.5), Some(3.0))
    );
    assert_eq!(first.references, [Document { code: "Y901".to_owned(), reference: None }]);
    assert_eq!(
        json(second),
        serde_json::json!({
            "mrn": "26NLQJ4Q7B8C9D0E12",
            "item_number": 2,
            "accepted": "2026-03-02",
            "type": "EX",
            "additional_type": "A",
            "procedure": "10",
            "previous_procedure": "00",
            "office_of_export": "NL000396",
            "office_of_exit": "NL000510",
            "country_of_export": "NL",
            "country_of_destination": "KG",
            "routing": ["PL", "BY", "KZ"],
            "exporter": {
                "name": "Delta Vacuum Systems B.V.",
                "eori": "NL853746219",
                "street": "Keizerskade 12",
                "postcode": "3011 AB",
                "city": "Rotterdam",
                "country": "NL",
            },
            "consignee": {
                "name": "Ala-Too Scientific Instruments LLC",
                "street": "Chuy Ave 219",
                "city": "Bishkek",
                "country": "KG",
            },
            "declarant": { "eori": "NL004455667" },
            "representative": { "eori": "NL004455667" },
            "description": "PRESSURE TRANSDUCERS 0-13 KPA, SENSING ELEMENT STAINLESS",
            "cn8": "90262020",
            "net_mass": 18.2,
            "supplementary_units": 40,
            "statistical_value": 32400,
            "invoice_amount": 184300,
            "invoice_currency": "EUR",
            "mode_at_border": "3",
            "container": "0",
            "nature_of_transaction": "11",
            "documents": [{ "type": "X060", "reference": "DE-2025-77123" }],
        })
    );
    assert_eq!(second.source("consignee.name"), Some(Source::Item));
}

#[test]
fn every_dms_message_is_read_but_the_malformed_one() {
    let Some(messages) = messages() else { return };
    let mut read_files = 0;
    let mut without_code = 0;
    for entry in std::fs::read_dir(messages.join("uk-cds")).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("TT_EX002a.xml") {
            let refusal = read(&std::fs::read(&path).unwrap(), Limits::default()).unwrap_err();
            insta::assert_snapshot!(refusal, @r#"
            72:6: not well-formed XML: `--` inside a comment; take the comment out or write a single hyphen
            "#);
            continue;
        }
        let message = file(&path);
        read_files += 1;
        assert_eq!(message.format, Format::WcoDms);
        assert!(message.lrn.is_some());
        for item in &message.items {
            let name = path.display();
            assert!(item.item_number.is_some() && item.description.is_some(), "{name}");
            assert!(item.exporter.is_some() && item.office_of_exit.is_some(), "{name}");
            assert!(item.country_of_destination.is_some() && item.packages.is_some(), "{name}");
            without_code += usize::from(item.cn8.is_none());
        }
        // British declarations give values in pounds; nothing else in them is remarkable.
        for warning in &message.warnings {
            let text = warning.to_string();
            assert!(
                text.contains("is in `GBP`, the field is in EUR"),
                "{}: {text}",
                path.display()
            );
        }
    }
    // Two simplified declarations (type K) leave the commodity code out.
    assert_eq!((read_files, without_code), (19, 2));
}

#[test]
fn two_items_have_their_own_consignees() {
    let Some(messages) = messages() else { return };
    let message = file(&messages.join("uk-cds/TT_EX040a_Step1.xml"));
    let [first, second] = message.items.as_slice() else { panic!("two items") };
    assert_eq!(
        json(first),
        serde_json::json!({
            "item_number": 1,
            "type": "EX",
            "additional_type": "D",
            "procedure": "10",
            "previous_procedure": "40",
            "office_of_exit": "GB000040",
            "country_of_export": "GB",
            "country_of_destination": "JP",
            "routing": ["GB", "JP"],
            "exporter": { "eori": "GB427168118378" },
            "consignee": {
                "name": "Pat Liter",
                "street": "6 street Avenue",
                "postcode": "JP1 234",
                "city": "Tokyo",
                "country": "JP",
            },
            "declarant": { "eori": "GB427168118378" },
            "description":
                "Straw envelopes for bottles, made of certified straw in wraps of 1000",
            "cn8": "46021910",
            "net_mass": 5,
            "gross_mass": 10,
            "packages": 10,
            "mode_at_border": "4",
            "container": "1",
            "nature_of_transaction": "11",
        })
    );
    assert_eq!(json(second)["consignee"]["name"], "Packings Import Incorporated");
    assert_eq!(second.source("consignee.name"), Some(Source::Item));
}

#[test]
fn a_licence_and_a_cus_code_are_found() {
    let Some(messages) = messages() else { return };
    let cus = file(&messages.join("uk-cds/New_Export_CUS_Code_Sample.xml"));
    let [item] = cus.items.as_slice() else { panic!("one item") };
    assert_eq!(item.cus.as_deref(), Some("0010164-4"));
    assert_eq!(item.office_of_export.as_deref(), Some("GBLBA001"));
    assert_eq!(
        (item.invoice_amount, item.invoice_currency.as_deref()),
        (Some(9500.0), Some("GBP"))
    );
    assert_eq!(item.supplementary_units, Some(10.0));
    assert_eq!(item.source("consignee.name"), Some(Source::Consignment));

    let licensed: Vec<Document> = std::fs::read_dir(messages.join("uk-cds"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("TT_EX002a.xml"))
        .flat_map(|path| file(&path).items)
        .flat_map(|item| item.documents)
        .filter(|document| document.code.starts_with('X'))
        .collect();
    assert!(
        licensed.contains(&Document {
            code: "X002".to_owned(),
            reference: Some("GBSIEE2E350002-0001".to_owned()),
        }),
        "{licensed:?}"
    );
}
