//! Single values that are wrong: remarked upon, kept out, and nothing else lost.

use declarations::{Limits, read};

use crate::fixtures::{CC515C, DMS, message};

#[test]
fn a_wrong_value_is_remarked_and_the_rest_is_kept() {
    let long_name = "Ж".repeat(5_000);
    let table: Vec<(&str, String)> = vec![
        ("negative mass", CC515C.replace(">50<", ">-50<")),
        ("letters", CC515C.replace(">50<", ">fifty<")),
        ("comma", CC515C.replace("30000.25", "30000,25")),
        ("digits", CC515C.replace("30000.25", "12345678901234567890")),
        ("part of a package", CC515C.replace(">3</number", ">3.5</number")),
        ("office", CC515C.replace("FI009300", "FI93")),
        ("country", CC515C.replace(">UZ</country>", ">Uzbekistan</country>")),
        ("commodity", CC515C.replace(">901480<", ">9014<")),
        ("EORI", CC515C.replace("FI1234567", "1234567")),
        ("CUS", CC515C.replace("0010164-4", "10164")),
        ("day", CC515C.replace("2026-01-12", "2026-13-12")),
        ("MRN irregular", CC515C.replace("26FIA1B2C3D4E5F6G7", "26FI-1")),
        ("MRN impossible", CC515C.replace("26FIA1B2C3D4E5F6G7", "26 FI")),
        ("name", CC515C.replace("Made-up Trade MChJ", &long_name)),
        ("description", CC515C.replace("CABLES", &"CABLE ".repeat(1_000))),
        ("item number", CC515C.replace("Number>2</declarationGoods", "Number>two</declarationGoods")),
        ("duplicate number", CC515C.replace("Number>2</declarationGoods", "Number>1</declarationGoods")),
        ("document without code", CC515C.replace("<type>X070</type>", "")),
        ("document code", CC515C.replace(">X070<", ">X07<")),
        ("actor without role", CC515C.replace("<role>FW</role>", "")),
        ("twice", CC515C.replace("<city>Dushanbe</city>", "<city>Dushanbe</city></Address></Consignee><Consignee><name>Second</name><Address>")),
        ("other currency", DMS.replace("currencyID=\"EUR\"", "currencyID=\"GBP\"")),
        ("other unit", DMS.replace("<w:NetNetWeightMeasure unitCode=\"KGM\"", "<w:NetNetWeightMeasure unitCode=\"GRM\"")),
    ];
    let mut remarks = Vec::new();
    for (name, text) in &table {
        let usual = if text.contains("CC515C") { CC515C } else { DMS };
        assert_ne!(text, usual, "{name}: the fixture has changed");
        let message = message(text);
        assert_eq!(message.items.len(), crate::fixtures::message(usual).items.len());
        remarks.extend(message.warnings.iter().map(|warning| format!("{name}: {warning}")));
    }
    insta::assert_snapshot!(remarks.join("\n"), @r#"
    negative mass: line 51, item 1, net_mass: `-50` is negative; left out
    letters: line 51, item 1, net_mass: `fifty` is not a number such as `1250.75`; left out
    comma: line 43, item 1, statistical_value: `30000,25` is not a number such as `1250.75`; left out
    digits: line 43, item 1, statistical_value: `12345678901234567890` has more than 15 digits; left out
    part of a package: line 53, item 1, packages: `3.5` is not a whole number; left out
    office: line 15, office_of_exit: `FI93` is not a customs office code: expected two letters and six letters and digits, such as `NL000510`; left out
    country: line 35, consignee.country: `Uzbekistan` is not a country: expected the two letters of ISO 3166-1, such as `KZ`; left out
    commodity: line 50, item 1, cn8: `901400` is not a commodity code (CN): expected eight digits, such as `85423190`; left out
    EORI: line 17, exporter.eori: `1234567` is not an EORI number: expected two letters and up to 15 letters and digits, such as `NL123456789`; left out
    CUS: line 49, item 1, cus: `10164` is not a CUS code such as `0010164-4`; left out
    day: line 10, accepted: `2026-13-12` is not a day such as `2026-03-02`, with or without its time; left out
    MRN irregular: line 7, mrn: `26FI-1` is not of the official form (18 characters, such as `26NLQJ4Q7B8C9D0E12`); kept as it is
    MRN impossible: line 7, mrn: `26 FI` is not a movement reference number of up to 35 characters; left out
    name: line 34, consignee.name: 5000 characters; the first 512 are kept
    description: line 62, item 2, description: 6005 characters; the first 512 are kept
    item number: line 59, item 2, item_number: `two` is not a number from 1 to 99999; left out
    duplicate number: line 59, item 2, item_number: item number 1 is given more than once; every item is kept
    document without code: line 28, documents: `FI-GLOBAL-9` comes without its code; left out
    document code: line 28, documents: `X07 FI-GLOBAL-9` is not a document with a code of four letters and digits; left out
    actor without role: line 37, actors: `EE10203040` comes without its code; left out
    twice: line 61, item 2, consignee: given more than once; the first is kept
    other currency: line 33, item 1, statistical_value: `1100` is in `GBP`, the field is in EUR; left out
    other unit: line 45, item 1, net_mass: `2` is in `GRM`, the field is in KGM; left out
    "#);
}

#[test]
fn a_wrong_value_leaves_its_field_absent_and_only_its_field() {
    let wrong = message(&CC515C.replace(">50<", ">-50<").replace("FI009300", "FI93")).items;
    let mut right = message(CC515C).items;
    for item in &mut right {
        item.office_of_exit = None;
        item.sources.remove("office_of_exit");
    }
    if let Some(first) = right.first_mut() {
        first.net_mass = None;
        first.sources.remove("net_mass");
    }
    assert_eq!(wrong, right);
}

#[test]
fn a_long_list_is_cut_with_one_warning_and_warnings_are_counted_beyond_the_limit() {
    let many = "<SupportingDocument><type>N380</type></SupportingDocument>".repeat(300);
    let text = CC515C.replacen("<SupportingDocument>", &format!("{many}<SupportingDocument>"), 1);
    let cut = message(&text);
    assert_eq!(cut.warnings.len(), 1);
    assert_eq!(cut.items.first().map(|item| item.documents.len()), Some(1 + 99));

    let text = text.replace("N380", "bad code");
    let limits = Limits { warnings_max: 10, ..Limits::default() };
    let remarked = read(text.as_bytes(), limits).unwrap();
    assert_eq!((remarked.warnings.len(), remarked.warnings_left_out), (10, 291));
}
