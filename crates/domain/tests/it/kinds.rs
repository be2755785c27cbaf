//! Information, classification, document and notice: what only they know.

use crate::fixtures::*;
use domain::event::{Kind, State, What};
use domain::refusal::Refusal;
use serde_json::{Value, json};

fn answers(entries: &Value) -> Value {
    json!({"answers": entries})
}

#[test]
fn each_addressee_of_a_request_has_a_clock_in_its_own_calendar() {
    let to = ["AT-LICENSING", "DE-LICENSING", "FR-CUSTOMS"];
    let mut world = World::sent(Kind::Information, information(&to));
    assert_eq!(
        world.last_days(),
        ["AT-LICENSING 2026-12-09", "DE-LICENSING 2026-12-08", "FR-CUSTOMS 2026-12-08"]
    );
    let whole = answers(&json!([
        {"question": 1, "value": "yes"}, {"question": 2, "value": "12"},
    ]));
    world.does(&german_licensing(), "answer", &whole);
    world.pass("2026-12-09T00:00:00+01:00");
    assert_eq!(world.state(), State::Overdue, "France is late");
    world.does(&french_customs(), "answer", &whole);
    assert_eq!(world.state(), State::Acknowledged, "Austria still has a day");
    world.pass("2026-12-10T00:00:00+01:00");
    assert_eq!(world.state(), State::Overdue);
    world.does(&austrian_licensing(), "answer", &whole);
    assert_eq!(world.state(), State::Answered);
    world.does(&dutch_customs(), "close", &reason());
    assert_eq!(world.state(), State::Closed);
}

#[test]
fn who_is_named_twice_is_asked_once() {
    let world = World::sent(Kind::Information, information(&["DE-LICENSING", "DE-LICENSING"]));
    assert_eq!(world.last_days(), ["DE-LICENSING 2026-12-08"]);
}

#[test]
fn the_urgency_sets_the_clock() {
    let table = [
        ("goods_held", None, "2026-11-24T18:00:00+01:00"),
        ("three_days", None, "2026-11-27T10:00:00+01:00"),
        ("normal", None, "2026-12-09T00:00:00+01:00"),
        ("normal", Some("2026-11-30"), "2026-12-01T00:00:00+01:00"),
    ];
    for (urgency, answer_by, due) in table {
        let mut given = information(&["DE-LICENSING"]);
        given["form"]["urgency"] = json!(urgency);
        given["form"]["answer_by"] = json!(answer_by);
        let mut world = World::sent(Kind::Information, given);
        assert_eq!(world.standing().clocks[0].due, at(due), "{urgency} {answer_by:?}");
        world.pass(due);
        assert_eq!(world.state(), State::Overdue);
    }
}

#[test]
fn answers_are_of_the_sort_that_was_asked_for() {
    let table = [
        (json!([{"question": 1, "value": "yes"}]), None),
        (json!([{"question": 1, "value": "unknown"}]), None),
        (json!([{"question": 1, "value": "perhaps"}]), Some("/answers/0/value")),
        (json!([{"question": 2, "value": "18.6"}]), None),
        (
            json!([{"question": 1, "value": "no"}, {"question": 2, "value": "many"}]),
            Some("/answers/1/value"),
        ),
        (
            json!([{"question": 3, "value": "yes"}]),
            Some("there is no question 3; the request has 2"),
        ),
        (json!([{"question": 2, "value": "refused"}]), Some("/answers/0/ground")),
        (json!([{"question": 2, "value": "refused", "ground": "judicial_secrecy"}]), None),
    ];
    for (entries, problem) in table {
        let mut world = World::sent(Kind::Information, information(&["DE-LICENSING"]));
        let answered = world.tries(&german_licensing(), "answer", &answers(&entries));
        match problem {
            None => assert_eq!(answered, Ok(()), "{entries}"),
            Some(problem) => {
                let refusal = answered.unwrap_err().to_string();
                assert!(refusal.contains(problem), "{entries}: {refusal}");
            }
        }
    }
}

#[test]
fn partial_answers_and_refusals_fill_the_table() {
    let mut world = World::sent(Kind::Information, information(&["DE-LICENSING", "FR-CUSTOMS"]));
    world.does(&german_licensing(), "answer", &answers(&json!([{"question": 2, "value": "12"}])));
    assert_eq!(world.happened().last(), Some(&What::PartlyAnswered));
    assert!(world.standing().asked.contains(&unit("DE-LICENSING")), "one question is open");
    let refuse = json!({"ground": "ongoing_investigation", "reason": "The prosecutor leads it."});
    assert!(world.tries(&dutch_customs(), "refuse", &refuse).is_err());
    world.does(&french_customs(), "refuse", &refuse);
    assert_eq!(world.state(), State::Sent, "Germany is still asked");
    assert_eq!(world.tries(&french_customs(), "refuse", &refuse), Err(Refusal::AskedOnly));
    world.does(&german_licensing(), "answer", &answers(&json!([{"question": 1, "value": "no"}])));
    assert_eq!(world.state(), State::Answered);
    insta::assert_debug_snapshot!(said(&world.of(&dutch_customs())), @r#"
    {
        "DE-LICENSING": [
            "1: no",
            "2: 12",
        ],
        "FR-CUSTOMS": [
            "1: refused (ongoing_investigation)",
            "2: refused (ongoing_investigation)",
        ],
    }
    "#);
}

#[test]
fn a_listed_item_needs_its_codes_and_an_opinion_can_be_dissented_from() {
    let mut world = World::sent(Kind::Classification, classification(&["DE-LICENSING"]));
    let bare = world.refuses(&german_licensing(), "answer", &opinion("listed", &json!(null)));
    assert_eq!(bare, "not complete: /codes: is missing");
    let dissent = opinion("listed", &json!(["2B231"]));
    assert_eq!(
        world.tries(&dutch_customs(), "dissent", &dissent),
        Err(Refusal::NotNow { command: "dissent", state: State::Sent })
    );
    world.does(&dutch_customs(), "share", &share(&["FR-LICENSING"]));
    assert_eq!(world.tries(&french_licensing(), "answer", &dissent), Err(Refusal::AskedOnly));
    world.does(&german_licensing(), "answer", &opinion("not_listed", &json!(null)));
    assert_eq!(world.standing().outcome.unwrap().as_str(), "not_listed");
    world.does(&french_licensing(), "dissent", &dissent);
    assert_eq!(world.state(), State::Answered);
    assert_eq!(world.standing().outcome.unwrap().as_str(), "not_listed", "both stand side by side");
    assert_eq!(world.of(&dutch_customs()).of(What::Dissented).count(), 1);
}

#[test]
fn goods_that_can_be_held_until_a_day_set_the_clock_of_a_classification() {
    let mut given = classification(&["DE-LICENSING"]);
    given["form"]["held_until"] = json!("2026-11-27");
    assert_eq!(
        World::sent(Kind::Classification, given.clone()).last_days(),
        ["DE-LICENSING 2026-11-27"]
    );
    given["form"]["held_until"] = json!("2026-11-23");
    let mut world = World::draft(Kind::Classification, given);
    assert_eq!(world.refuses(&rotterdam(), "send", &json!({})), "2026-11-23 has passed already");
}

#[test]
fn the_issuer_gives_its_verdict_on_a_document() {
    for verdict in ["genuine", "altered", "forged", "expired", "revoked", "unknown"] {
        let mut world = World::sent(Kind::Document, document("DE-LICENSING"));
        let given =
            json!({"verdict": verdict, "items_agree": "yes", "quantity_left": "not_stated"});
        assert_eq!(world.tries(&dutch_customs(), "answer", &given), Err(Refusal::AskedOnly));
        world.does(&german_licensing(), "answer", &given);
        assert_eq!(world.state(), State::Answered);
        assert_eq!(world.standing().outcome.unwrap().as_str(), verdict);
        assert!(world.opened.is_empty(), "nobody else needs to know");
    }
}

#[test]
fn each_recipient_informs_its_customs_of_a_notice() {
    let to = ["NL-LICENSING", "FR-LICENSING", "EU-COMMISSION"];
    let mut world = World::draft_by(&german_licensing(), Kind::Notice, notice(&to)).unwrap();
    world.does(&german_licensing(), "send", &json!({}));
    assert_eq!(world.last_days(), ["NL-LICENSING 2026-12-08", "FR-LICENSING 2026-12-08"]);
    world.pass("2027-02-01T10:00:00+01:00");
    assert_eq!(world.state(), State::Sent, "a date to work by, nothing else");
    let informed = json!({"informed_on": "2026-11-25", "own_requirement": "yes"});
    assert_eq!(world.tries(&commission(), "inform", &informed), Err(Refusal::AskedOnly));
    world.does(&french_licensing(), "inform", &informed);
    assert_eq!(world.state(), State::Sent);
    let mut early = world.clone();
    early.does(&german_licensing(), "close", &reason());
    assert_eq!(early.state(), State::Closed, "it ends by withdrawal");
    early.does(&german_licensing(), "reopen", &reason());
    early.pass("2027-06-01T10:00:00+01:00");
    assert_eq!(early.state(), State::Sent, "taken up again, it is still only a date to work by");
    let dutch = actor("Femke Smit", "NL-LICENSING", domain::decide::Post::Officer);
    world.does(&dutch, "inform", &informed);
    assert_eq!(world.state(), State::Answered);
}

#[test]
fn a_notice_to_the_commission_alone_asks_nobody_and_ends() {
    let mut world =
        World::draft_by(&german_licensing(), Kind::Notice, notice(&["EU-COMMISSION"])).unwrap();
    world.does(&german_licensing(), "send", &json!({})).does(
        &german_licensing(),
        "close",
        &reason(),
    );
    world.does(&german_licensing(), "reopen", &reason()).does(
        &german_licensing(),
        "recall",
        &reason(),
    );
    assert_eq!(world.state(), State::Withdrawn);
}

#[test]
fn a_command_of_another_kind_is_no_command_here() {
    let mut world = World::sent(Kind::Document, document("DE-LICENSING"));
    let refuse = json!({"ground": "not_competent", "reason": "Ask another."});
    let command = domain::command::read(Kind::Information, "refuse", &refuse).unwrap();
    assert_eq!(
        world.perform(&german_licensing(), command).unwrap_err().to_string(),
        "a `document` has no command `refuse`"
    );
}
