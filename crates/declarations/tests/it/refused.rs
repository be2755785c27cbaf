//! Every refusal as the person who dropped the message reads it.

use declarations::{Limits, MessageError, read};

use crate::fixtures::{CC515C, DMS};

fn refusal(bytes: &[u8]) -> String {
    read(bytes, Limits::default()).unwrap_err().to_string()
}

/// A `CC515C` with something put where the items stand.
fn with_item(content: &str) -> String {
    format!(
        "<n:CC515C xmlns:n='http://ies.dgtaxud.ec'><GoodsShipment><GoodsItem>{content}\
         </GoodsItem></GoodsShipment></n:CC515C>"
    )
}

#[test]
fn what_is_no_message_is_named() {
    let table: Vec<(&str, Vec<u8>)> = vec![
        ("empty", vec![]),
        ("white space", b" \n\n ".to_vec()),
        ("text", b"Dear colleague".to_vec()),
        ("json", b"{\"mrn\": 1}".to_vec()),
        ("zip", b"PK\x03\x04rest".to_vec()),
        ("gzip", b"\x1F\x8B\x08\x00".to_vec()),
        ("pdf", b"%PDF-1.7".to_vec()),
        ("only a comment", b"<!-- nothing -->".to_vec()),
        ("EBCDIC", vec![0x4C, 0x6F, 0xA7, 0x94, 0x93]),
        ("UTF-32", vec![0xFF, 0xFE, 0, 0, b'<', 0, 0, 0]),
        ("declared otherwise", b"<?xml version='1.0' encoding='Shift_JIS'?><a/>".to_vec()),
        ("transit", b"<n:CC015C xmlns:n='http://ncts.dgtaxud.ec'/>".to_vec()),
        (
            "invoice",
            b"<Invoice xmlns='urn:oasis:names:specification:ubl'><ID>1</ID></Invoice>".to_vec(),
        ),
        ("namespace", b"<CC515C xmlns='http://ies.example.org'/>".to_vec()),
        ("no namespace", b"<Declaration><ID/></Declaration>".to_vec()),
        ("WCO response", DMS.replace(">DEC<", ">RES<").into()),
        ("WCO metadata of something else", DMS.replace("w:Declaration", "w:Response").into()),
        ("WCO import", DMS.replace(">EXD<", ">IMA<").into()),
        ("no item", CC515C.replace("GoodsItem>", "GoodsThing>").into()),
        (
            "no declaration",
            b"<MetaData xmlns='urn:wco:datamodel:WCO:DocumentMetaData-DMS:2'/>".to_vec(),
        ),
    ];
    let refusals: Vec<String> =
        table.iter().map(|(name, bytes)| format!("{name}: {}", refusal(bytes))).collect();
    insta::assert_snapshot!(refusals.join("\n"), @r#"
    empty: the message is empty; expected an export declaration as XML (CC515C or WCO DMS)
    white space: the message is empty; expected an export declaration as XML (CC515C or WCO DMS)
    text: this is some other kind of file, not an XML message; choose the declaration message itself (CC515C or WCO DMS)
    json: this is a JSON file, not an XML message; choose the declaration message itself (CC515C or WCO DMS)
    zip: this is a ZIP archive, not an XML message; choose the declaration message itself (CC515C or WCO DMS)
    gzip: this is a gzip archive, not an XML message; choose the declaration message itself (CC515C or WCO DMS)
    pdf: this is a PDF document, not an XML message; choose the declaration message itself (CC515C or WCO DMS)
    only a comment: the message is empty; expected an export declaration as XML (CC515C or WCO DMS)
    EBCDIC: the message is in the encoding `EBCDIC`, which is not read; save it as UTF-8, UTF-16 or ISO-8859-1
    UTF-32: the message is in the encoding `UTF-32`, which is not read; save it as UTF-8, UTF-16 or ISO-8859-1
    declared otherwise: the message is in the encoding `SHIFT_JIS`, which is not read; save it as UTF-8, UTF-16 or ISO-8859-1
    transit: 1:1: this is a CC015C transit declaration; an export declaration (CC515C or WCO DMS) was expected
    invoice: 1:1: this is `Invoice`; an export declaration (CC515C or WCO DMS) was expected
    namespace: 1:1: `CC515C` stands in the namespace `http://ies.example.org`; expected `http://ies.dgtaxud.ec`
    no namespace: 1:1: `Declaration` stands in no namespace; expected `urn:wco:datamodel:WCO:DEC-DMS:2`
    WCO response: 4:3: this is `WCO RES`; an export declaration (CC515C or WCO DMS) was expected
    WCO metadata of something else: 5:3: this is `Response`; an export declaration (CC515C or WCO DMS) was expected
    WCO import: 11:5: this is a WCO DMS import declaration; an export declaration (CC515C or WCO DMS) was expected
    no item: the declaration has no goods item; expected at least one `GoodsItem`
    no declaration: 1:1: this is `WCO metadata without a declaration`; an export declaration (CC515C or WCO DMS) was expected
    "#);
}

#[test]
fn what_is_broken_is_shown_with_its_place() {
    let bomb = "<!DOCTYPE lolz [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>";
    let table: Vec<(&str, Vec<u8>)> = vec![
        ("entity bomb", CC515C.replacen("<aes", &format!("{bomb}<aes"), 1).into()),
        ("entity", CC515C.replace("Helsinki", "Hel&b;sinki").into()),
        ("entity in attribute", CC515C.replace("AES-P1", "&xxe;").into()),
        ("lone ampersand", CC515C.replace("&amp;", "&").into()),
        ("reference to nothing", CC515C.replace("Helsinki", "Hel&#0;sinki").into()),
        ("hyphens", DMS.replace("A comment", "A - comment -- more").into()),
        ("comment ends in a hyphen", DMS.replace("in it. -->", "in it. --->").into()),
        ("wrong end tag", CC515C.replacen("</LRN>", "</lrn>", 1).into()),
        ("end tag too much", format!("{CC515C}</extra>").into()),
        ("second root", format!("{CC515C}<again/>").into()),
        ("text behind", format!("{CC515C}more").into()),
        (
            "two declarations",
            DMS.replace("</m:MetaData>", "<w:Declaration xmlns:w='x'/></m:MetaData>").into(),
        ),
        ("attribute", CC515C.replace("PhaseID=\"AES-P1\"", "PhaseID=AES").into()),
        ("prefix", CC515C.replace("<LRN>", "<z:LRN>").replace("</LRN>", "</z:LRN>").into()),
        ("truncated in an element", CC515C.split("Helsinki").next().unwrap().into()),
        ("truncated in a tag", CC515C.split("Number>FI123").next().unwrap().into()),
        ("wrong byte", CC515C.replace("Oy", "\u{1}").into()),
        ("Latin-1 as UTF-8", [CC515C.split("Oy").next().unwrap().as_bytes(), b"\xD6ljy"].concat()),
        ("declaration twice", CC515C.replace("<ExportOperation>", "<?xml version='1.0'?>").into()),
    ];
    let refusals: Vec<String> =
        table.iter().map(|(name, bytes)| format!("{name}: {}", refusal(bytes))).collect();
    insta::assert_snapshot!(refusals.join("\n"), @r#"
    entity bomb: 2:1: a DOCTYPE is not accepted, since customs messages have none and it can hide entity bombs; take it out
    entity: 19:104: the entity `&b;` is not accepted; only `&lt;` `&gt;` `&amp;` `&quot;` `&apos;` and character references are
    entity in attribute: 2:1: the entity `&xxe;` is not accepted; only `&lt;` `&gt;` `&amp;` `&quot;` `&apos;` and character references are
    lone ampersand: 19:44: not well-formed XML: `&` without a reference; write `&amp;` for the character itself
    reference to nothing: 19:104: not well-formed XML: `&#0;` is not a character that a message may hold
    hyphens: 6:22: not well-formed XML: `--` inside a comment; take the comment out or write a single hyphen
    comment ends in a hyphen: 6:40: not well-formed XML: `--` inside a comment; take the comment out or write a single hyphen
    wrong end tag: 6:22: not well-formed XML: found `</lrn>`, expected `</LRN>`
    end tag too much: 66:1: not well-formed XML: found `</extra>`, but no element is open
    second root: 66:1: not well-formed XML: a second root element `again`; one message holds one declaration
    text behind: 65:14: not well-formed XML: text outside the root element
    two declarations: 57:1: not well-formed XML: a second root element `Declaration`; one message holds one declaration
    attribute: 2:1: not well-formed XML: an attribute of this tag is not written as `name="value"`, or is given twice
    prefix: 6:5: not well-formed XML: a namespace prefix is not declared, or declared in a way that is not allowed
    truncated in an element: 19:101: the message ends while `city` is still open; it is incomplete, fetch it again
    truncated in a tag: 17:5: the message ends while `Exporter` is still open; it is incomplete, fetch it again
    wrong byte: 18:26: control character `01` is not allowed in XML; the file is damaged or not a message
    Latin-1 as UTF-8: 18:26: byte `D6` is not UTF-8, the encoding that the message gives for itself; save it again with the encoding that it names in its first line
    declaration twice: 5:3: not well-formed XML: the declaration `<?xml … ?>` stands in the wrong place or cannot be read
    "#);
}

#[test]
fn every_limit_is_kept() {
    let small = Limits {
        bytes_max: 20_000,
        value_bytes_max: 2_000,
        depth_max: 12,
        elements_max: 300,
        items_max: 3,
        entries_max: 5,
        inherited_bytes_max: 3_000,
        warnings_max: 4,
    };
    let nested = format!("{}{}", "<a>".repeat(10_000), "</a>".repeat(10_000));
    let table = [
        ("depth", with_item(&nested)),
        ("elements", with_item(&"<a/>".repeat(400))),
        ("items", with_item(&"</GoodsItem><GoodsItem>".repeat(3))),
        ("text", with_item(&format!("<a>\n{}</a>", "x".repeat(15_000)))),
        ("text in pieces", with_item(&format!("<a>{}</a>", "x&#65;".repeat(1_500)))),
        ("tag", with_item(&format!("<a b='{}'/>", "x".repeat(15_000)))),
        ("comment", with_item(&format!("<!--{}-->", "x".repeat(15_000)))),
        ("whole", with_item(&"<a>1234567</a>\n".repeat(1_500))),
        (
            "inherited",
            with_item("")
                .replace(
                    "<GoodsShipment>",
                    &format!(
                        "<Exporter><name>{}</name></Exporter><GoodsShipment>",
                        "é".repeat(900)
                    ),
                )
                .replace(
                    "</GoodsItem>",
                    "</GoodsItem><GoodsItem></GoodsItem><GoodsItem></GoodsItem>",
                ),
        ),
    ];
    let refusals: Vec<String> = table
        .iter()
        .map(|(name, text)| {
            let limits =
                if *name == "whole" { Limits { elements_max: 5_000, ..small } } else { small };
            format!("{name}: {}", read(text.as_bytes(), limits).unwrap_err())
        })
        .collect();
    insta::assert_snapshot!(refusals.join("\n"), @r#"
    depth: 1:96: more than 12 elements inside each other; a declaration has at most 12
    elements: 1:1257: more than 300 elements; send the declarations of this message one by one
    items: 1:127: more than 3 goods items; a declaration has at most 999
    text: 1:72: a value, tag or comment of more than 2000 bytes begins here; no element of a declaration is that long
    text in pieces: 1:72: a value, tag or comment of more than 2000 bytes begins here; no element of a declaration is that long
    tag: 1:69: a value, tag or comment of more than 2000 bytes begins here; no element of a declaration is that long
    comment: 1:69: a value, tag or comment of more than 2000 bytes begins here; no element of a declaration is that long
    whole: the message is longer than 20000 bytes; send its declarations one by one
    inherited: the values of header and consignment, repeated with each item, are more than 3000 bytes; shorten what stands above the items
    "#);
    assert!(read(with_item(&"x ".repeat(500)).as_bytes(), small).is_ok());
}

#[test]
fn a_source_that_fails_is_told_from_a_bad_message() {
    struct Failing;
    impl std::io::Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::ConnectionReset.into())
        }
    }
    let half = std::io::Read::chain(CC515C.split_at(2_000).0.as_bytes(), Failing);
    let refusal =
        declarations::read_from(std::io::BufReader::new(half), Limits::default()).unwrap_err();
    assert!(
        matches!(refusal, MessageError::Read { source } if source.kind() == std::io::ErrorKind::ConnectionReset)
    );
}
