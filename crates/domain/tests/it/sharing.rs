//! Who gets to see a dossier, who does not any more, and how it may be used.

use crate::fixtures::*;
use domain::audience::Audience;
use domain::decide;
use domain::event::{Kind, What};
use domain::handling::HandlingCode;
use domain::refusal::Refusal;
use serde_json::{Value, json};

fn world(code: &str) -> World {
    let handling = match code {
        "H3" => json!({"code": code, "restriction": "Not to the press."}),
        _ => json!({"code": code}),
    };
    let given = under(information(&["DE-LICENSING"]), &handling);
    World::sent(Kind::Information, given)
}

fn consent(request: &str, decision: &str) -> Value {
    json!({"request": request, "decision": decision})
}

#[test]
fn sharing_names_units_a_purpose_and_a_basis() {
    let mut world = world("H0");
    assert!(world.read(&french_customs()).is_none(), "it does not exist for them");
    assert_eq!(
        world.tries(&dutch_customs(), "share", &share(&["DE-LICENSING"])),
        Err(Refusal::AlreadyListed)
    );
    assert_eq!(
        world.tries(&dutch_customs(), "share", &share(&["FR-CUSTOMS", "XX-CUSTOMS"])),
        Err(Refusal::UnknownUnit { unit: unit("XX-CUSTOMS") })
    );
    world.does(&dutch_customs(), "note", &json!({"text": "Only for us."}));
    world.does(&dutch_customs(), "message", &json!({"text": "For all of you."}));
    // Whoever is on the list may go on, where the handling allows it.
    world.does(&german_licensing(), "share", &share(&["FR-CUSTOMS", "DE-LICENSING"]));
    let seen: Vec<What> =
        world.of(&french_customs()).events.iter().map(|event| event.header.change.what).collect();
    assert_eq!(seen, [What::Sent, What::Message, What::Shared], "the past of everyone");
}

#[test]
fn nothing_goes_further_without_the_originators_consent() {
    for code in ["H2", "H3"] {
        let mut world = world(code);
        world.does(&german_licensing(), "share", &share(&["FR-CUSTOMS"]));
        assert!(world.read(&french_customs()).is_none(), "{code}: it is only asked");
        let asks = world.of(&dutch_customs()).consents[0].clone();
        let pair = world.log().last().unwrap().header.audience.clone();
        assert_eq!(
            serde_json::to_value(&pair).unwrap(),
            json!(["DE-LICENSING", "NL-CUSTOMS"]),
            "between those two"
        );
        let id = asks.id.to_string();
        let by_other = world.tries(&german_licensing(), "consent", &consent(&id, "granted"));
        assert!(matches!(by_other, Err(Refusal::OriginatorOnly { .. })));
        let mut refused = world.clone();
        refused.does(&dutch_customs(), "consent", &consent(&id, "refused"));
        assert!(refused.read(&french_customs()).is_none());
        assert!(refused.of(&german_licensing()).consents.is_empty());
        world.does(&dutch_customs(), "consent", &consent(&id, "granted"));
        let seen = world.of(&french_customs());
        assert!(seen.of(What::ConsentAsked).next().is_none(), "who asked stays between the two");
        assert_eq!(
            world.tries(&dutch_customs(), "consent", &consent(&id, "granted")),
            Err(Refusal::NoConsentRequest)
        );
        // The originator himself needs nobody's consent.
        world.does(&dutch_customs(), "share", &share(&["EU-COMMISSION"]));
    }
}

#[test]
fn the_originator_withdraws_whom_he_did_not_ask() {
    let mut world = world("H0");
    let off = |unit: &str| json!({"units": [unit]});
    world.does(&dutch_customs(), "share", &share(&["FR-CUSTOMS"]));
    let table = [
        ("NL-CUSTOMS", Refusal::OriginatorStays),
        ("DE-LICENSING", Refusal::AskedStays { unit: unit("DE-LICENSING") }),
        ("EU-COMMISSION", Refusal::NotListed { unit: unit("EU-COMMISSION") }),
    ];
    for (who, refusal) in table {
        assert_eq!(world.tries(&dutch_customs(), "withdraw", &off(who)), Err(refusal));
    }
    let other = world.tries(&german_licensing(), "withdraw", &off("FR-CUSTOMS"));
    assert!(matches!(other, Err(Refusal::OriginatorOnly { .. })));
    world.does(&dutch_customs(), "withdraw", &off("FR-CUSTOMS"));
    assert!(world.read(&french_customs()).is_none(), "it does not exist any more");
    world.does(&dutch_customs(), "recall", &reason());
    world.does(&dutch_customs(), "withdraw", &off("DE-LICENSING"));
    assert!(world.read(&german_licensing()).is_none());
}

#[test]
fn handling_is_only_ever_tightened() {
    let h3 = |words: &str| json!({"code": "H3", "restriction": words});
    let table = [
        (json!({"code": "H1"}), json!({"code": "H2"}), true),
        (json!({"code": "H1"}), json!({"code": "H1"}), false), // nothing changes
        (json!({"code": "H2"}), json!({"code": "H1"}), false),
        (json!({"code": "H1"}), json!({"code": "H1", "marking": "sensitive"}), true),
        (json!({"code": "H1", "marking": "sensitive"}), json!({"code": "H2"}), false),
        (h3("Not to the press."), h3("To anybody."), false),
        (h3("Not to the press."), h3("Not to the press. Not on paper."), true),
        (json!({"code": ""}), json!({"code": "H1"}), true), // a page whose fields nobody filled
    ];
    for (before, after, tightens) in table {
        let given = under(information(&["DE-LICENSING"]), &before);
        let mut world = World::sent(Kind::Information, given);
        let by_other = world.tries(&german_licensing(), "tighten", &after);
        assert!(matches!(by_other, Err(Refusal::OriginatorOnly { .. })));
        let done = world.tries(&dutch_customs(), "tighten", &after);
        let expected = if tightens { Ok(()) } else { Err(Refusal::Loosens) };
        assert_eq!(done, expected, "{before} then {after}");
    }
    // H3 says in words what it restricts.
    let done = world("H1").tries(&dutch_customs(), "tighten", &json!({"code": "H3"}));
    let Err(Refusal::Incomplete { errors }) = done else { panic!("{done:?}") };
    assert_eq!(errors[0].to_string(), "/restriction: is missing");
    let mut world = world("H0");
    world.does(&dutch_customs(), "tighten", &json!({"code": "H2"}));
    let handling = world.of(&german_licensing()).handling.unwrap();
    assert_eq!(handling.code, HandlingCode::H2);
    world.does(&german_licensing(), "share", &share(&["FR-CUSTOMS"]));
    assert!(world.read(&french_customs()).is_none(), "the stricter code holds from then on");
}

#[test]
fn classified_information_is_taken_nowhere() {
    for marking in ["eu_restricted", "eu_confidential", " eu_restricted "] {
        let handling = json!({"code": "H0", "marking": marking});
        let marked = under(information(&["DE-LICENSING"]), &handling);
        let drafted = World::draft_by(&rotterdam(), Kind::Information, marked.clone());
        assert_eq!(drafted.err(), Some(Refusal::Classified), "draft, `{marking}`");
        let mut world = World::draft(Kind::Information, information(&["DE-LICENSING"]));
        let edited = world.edits(&rotterdam(), marked.clone());
        assert_eq!(edited, Err(Refusal::Classified), "edit, `{marking}`");
        let request = domain::body::Request { given: marked, ..Default::default() };
        let sent = decide::send(Kind::Information, &request, &[], &rotterdam(), &world.context());
        assert_eq!(sent.err(), Some(Refusal::Classified), "send, `{marking}`");
        world.does(&rotterdam(), "send", &json!({}));
        let tightened = world.tries(&dutch_customs(), "tighten", &handling);
        assert_eq!(tightened, Err(Refusal::Classified), "tighten, `{marking}`");
    }
}

#[test]
fn nobody_asks_his_own_authority_nor_a_unit_that_does_not_exist() {
    let table = [
        ("NL-CUSTOMS", Refusal::OwnAuthority),
        ("NL000510", Refusal::OwnAuthority),
        ("NL000396", Refusal::OwnAuthority), // another office of the same customs
        ("XX-CUSTOMS", Refusal::UnknownUnit { unit: unit("XX-CUSTOMS") }),
    ];
    for by in [rotterdam(), dutch_customs()] {
        for (to, refusal) in &table {
            let mut world = World::draft(Kind::Information, information(&["DE-LICENSING", to]));
            assert_eq!(world.tries(&by, "send", &json!({})).as_ref(), Err(refusal), "{to}");
        }
    }
    World::sent(Kind::Information, information(&["NL-LICENSING"]));
}

#[test]
fn an_internal_note_and_who_deals_with_it_stay_at_home() {
    let mut world = world("H0");
    world.does(&german_licensing(), "note", &json!({"text": "Ask the end-use desk."}));
    world.does(&german_licensing(), "assign", &json!({"person": "Miriam Köhler"}));
    let own = Audience::only(unit("DE-LICENSING"));
    assert!(world.log().iter().rev().take(2).all(|event| event.header.audience == own));
    assert_eq!(world.of(&german_licensing()).assigned.as_deref(), Some("Miriam Köhler"));
    let dutch = world.of(&dutch_customs());
    assert_eq!(dutch.assigned, None);
    assert_eq!(dutch.of(What::Note).count(), 0);
}
