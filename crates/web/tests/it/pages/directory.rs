//! *Who answers this, now?*

use super::fixtures::{JONAS, MARIJKE, Node, SANNE};
use axum::http::StatusCode;

#[tokio::test]
async fn a_question_in_words_finds_the_desk_and_says_why() {
    let node = Node::new();
    let jonas = node.at(JONAS).await;
    let got = jonas.get("/directory?q=FI%2C+catch-all+Art+4%2C+English").await;
    assert_eq!(got.status, StatusCode::OK);
    for said in [
        "State: Finland",
        "Function: catch-all, Art 4 and 5",
        "Language: English",
        "At: now, Tue 24 Nov, 10:42 CET",
        "Tonight at 22:00",
        "Finland – Licensing",
        "open until 16:15 EET, in 4 h 33 min",
        "of the State asked for · competent for catch-all, Art 4 and 5 · speaks English · open at that time",
        "entry made up for the demonstration",
        "Aino Korpela",
        "+358 00 555 0142",
        "Night contact",
        "Today, in your time (CET)",
        "Finland, 07:00–15:15",
        "4 h 33 min left together that day.",
        "Next holidays in Finland: Sun 6 Dec and Thu 24 Dec.",
        "Others who answer on catch-all, Art 4 and 5, in English",
        "Finland – Customs",
    ] {
        got.says(said);
    }
    assert!(got.text().contains("href=\"/new/information?to=FI-LICENSING\""));
    let (finland, estonia) = (got.text().find("Finland – Customs"), got.text().find("Estonia –"));
    assert!(finland < estonia, "the same State comes first");
}

#[tokio::test]
async fn at_another_time_another_answer() {
    let node = Node::new();
    let jonas = node.at(JONAS).await;
    let got = jonas.get("/directory?q=FI-LICENSING&at=2026-11-24T22:00").await;
    got.says("At: Tue 24 Nov, 22:00 CET");
    got.says("night contact only, opens Wed 25 Nov, 08:00 EET");
    got.says("No hours together are left that day.");
    got.says("Now");
    let got = jonas.get("/directory?q=FI-LICENSING&at=2026-12-25T10:00:00Z").await;
    got.says("closed today, Christmas Day");
    let got = jonas.get("/directory?q=FI-LICENSING&at=2049-01-01T10:00").await;
    got.says("hours not known, no calendar of that year");
    let got = jonas.get("/directory?q=FI-LICENSING&at=%3Cscript%3E").await;
    assert_eq!(got.status, StatusCode::OK);
    got.says("“<script>” is no time that can be read");
}

#[tokio::test]
async fn an_office_code_and_a_licence_number_find_their_desk() {
    let node = Node::new();
    let jonas = node.at(JONAS).await;
    let got = jonas.get("/directory?q=NL000510").await;
    got.says("the customs office asked for");
    got.says("open around the clock");
    got.says("Netherlands – Customs");
    let got = jonas.get("/directory?q=DE-26-118274-E").await;
    got.says("Licence: DE-26-118274-E");
    got.says("numbers its licences DE-##-######-@");
    assert!(!got.text().contains("to=DE-LICENSING"), "nobody asks his own authority");
}

#[tokio::test]
async fn goods_held_lead_customs_to_a_stop_and_others_to_a_question() {
    let node = Node::new();
    let marijke = node.at(MARIJKE).await;
    let got = marijke.get("/directory?q=FI-LICENSING+classification").await;
    assert!(got.text().contains("href=\"/new/classification?to=FI-LICENSING\""));
    let got = marijke.get("/directory?q=FI-LICENSING+held").await;
    assert!(got.text().contains("href=\"/new/stop?to=FI-LICENSING\""));
    // Who keeps accounts asks nothing.
    let sanne = node.at(SANNE).await;
    let got = sanne.get("/directory?q=FI-LICENSING").await;
    got.says("Finland – Licensing");
    assert!(!got.text().contains("/new/"), "an administrator asks nothing");
}

#[tokio::test]
async fn with_nothing_asked_every_authority_stands_by_its_state() {
    let node = Node::new();
    let jonas = node.at(JONAS).await;
    let got = jonas.get("/directory").await;
    got.says("56 authorities, by State");
    got.says("entry made up for the demonstration");
    got.says("Commission");
    let place = |name: &str| got.text().find(name).unwrap_or_else(|| panic!("no {name}"));
    assert!(place("Austria – Licensing") < place("Belgium – Licensing"));
    assert!(place("Sweden – Customs") < place(">Commission<"));
}

#[tokio::test]
async fn nobody_found_says_what_can_be_asked() {
    let node = Node::new();
    let jonas = node.at(JONAS).await;
    let got = jonas.get("/directory?q=%3Cb%3Exyzzy%3C%2Fb%3E").await;
    assert_eq!(got.status, StatusCode::OK);
    got.says("Nobody found who answers this");
    got.does_not_say("<b>xyzzy");
}

#[tokio::test]
async fn the_directory_speaks_german_and_french() {
    let node = Node::new();
    let jonas = node.at(JONAS).await;
    for (language, said) in [
        ("de", ["Staat: Finnland", "besetzt bis 16:15 OEZ, noch 4 Std. 33 Min.", "zuständig für"]),
        (
            "fr",
            ["État : Finlande", "ouvert jusqu’à 16:15 EET, encore 4 h 33 min", "compétent pour"],
        ),
    ] {
        jonas.get("/account").await;
        jonas.submit("/account/look", &[("look/language", language)]).await;
        let got = jonas.get("/directory?q=FI%2C+catch-all").await;
        for text in said {
            got.says(text);
        }
    }
}
