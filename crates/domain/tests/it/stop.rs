//! The stop: its grounds and clocks, its answers, and what silence does (Article 21(3)-(4)).

use crate::fixtures::*;
use domain::command::Command;
use domain::decide;
use domain::event::{EndedBy, Kind, State, What};
use domain::refusal::Refusal;
use serde_json::json;

const ALL_GROUNDS: [&str; 9] = [
    "21(3)(a)(i)",
    "21(3)(a)(ii)",
    "21(3)(b)",
    "21(1)",
    "doubtful_document",
    "5",
    "9",
    "10",
    "national_power",
];

#[test]
fn ten_working_days_are_counted_in_the_addressees_calendar() {
    let table = [
        // sent (Rotterdam)            to              last day      late from
        ("2026-11-24T10:00:00+01:00", "AT-LICENSING", "2026-12-09", "2026-12-10T00:00:00+01:00"), // 8 December is a holiday there
        ("2026-11-24T10:00:00+01:00", "DE-LICENSING", "2026-12-08", "2026-12-09T00:00:00+01:00"),
        ("2026-11-24T10:00:00+01:00", "FI-LICENSING", "2026-12-08", "2026-12-09T00:00:00+02:00"), // 6 December is a Sunday
        ("2026-11-24T23:30:00+01:00", "EL-LICENSING", "2026-12-09", "2026-12-10T00:00:00+02:00"), // the next day already
        ("2026-12-18T10:00:00+01:00", "DE-LICENSING", "2027-01-05", "2027-01-06T00:00:00+01:00"), // over Christmas and the new year
    ];
    for (sent, to, last_day, due) in table {
        let mut world = World::draft(Kind::Stop, stop(to, &["21(3)(b)"]));
        world.pass(sent).does(&rotterdam(), "send", &json!({}));
        let clock = &world.standing().clocks[0];
        assert_eq!(clock.last_day.to_string(), last_day, "{to} from {sent}");
        assert_eq!(clock.due, at(due), "{to} from {sent}");
    }
}

#[test]
fn silence_ends_only_the_grounds_of_article_21_3() {
    for ground in ALL_GROUNDS {
        let mut world = World::sent(Kind::Stop, stop("AT-LICENSING", &[ground]));
        world.pass("2026-12-09T23:59:59+01:00");
        assert_eq!(world.state(), State::Sent, "{ground}: the last day is a whole day");
        world.pass("2026-12-10T07:00:00+01:00");
        let last = world.log().last().unwrap().clone();
        let ends = ground.starts_with("21(3)");
        let expected = if ends { State::ReleaseDue } else { State::Overdue };
        assert_eq!(world.state(), expected, "{ground}");
        assert_eq!(
            last.header.at,
            at("2026-12-10T00:00:00+01:00"),
            "{ground}: when it became true"
        );
        assert_eq!(last.header.by, None, "{ground}: in the name of the system");
        let ended = world.standing().clocks[0].ended;
        assert_eq!(ended.map(|ended| ended.by), ends.then_some(EndedBy::Silence), "{ground}");
        // A year of silence adds nothing.
        let events = world.log().len();
        world.pass("2027-12-10T07:00:00+01:00");
        assert_eq!(world.log().len(), events, "{ground}");
    }
}

#[test]
fn while_another_ground_stands_release_is_not_due_and_the_ended_one_is_named() {
    let mut world = World::sent(Kind::Stop, stop("AT-LICENSING", &["21(3)(b)", "21(1)"]));
    world.pass("2026-12-10T00:00:00+01:00");
    assert_eq!(world.state(), State::Overdue);
    let dossier = world.of(&austrian_licensing());
    let ended: Vec<String> = dossier
        .standing
        .clocks
        .iter()
        .filter(|clock| clock.ended.is_some_and(|ended| ended.by == EndedBy::Silence))
        .map(|clock| clock.ground.to_string())
        .collect();
    assert_eq!(ended, ["21(3)(b)"]);
    world.does(&austrian_licensing(), "answer", &answer("maintained"));
    assert_eq!(world.state(), State::Answered);
}

fn answer(word: &str) -> serde_json::Value {
    json!({"answer": word, "reasoning": "The end user is known."})
}

#[test]
fn the_consulted_authority_extends_to_thirty_days_in_total_and_once() {
    let more = json!({"reason": "The laboratory needs three weeks."});
    let mut world = World::sent(Kind::Stop, stop("AT-LICENSING", &["21(3)(b)", "21(1)"]));
    assert_eq!(
        world.refuses(&dutch_customs(), "extend", &more),
        Refusal::NothingToExtend.to_string()
    );
    let before = world.standing().clocks;
    world.pass("2026-12-03T12:00:00+01:00").does(&austrian_licensing(), "extend", &more);
    let after = world.standing().clocks;
    // Of the days after 24 November, 8 and 25 December, 1 and 6 January are holidays in Austria.
    let days: Vec<String> = after.iter().map(|clock| clock.last_day.to_string()).collect();
    assert_eq!(days, ["2027-01-11", "2026-12-09"], "the agreed day stays");
    assert_eq!(after[0].started, before[0].started);
    assert_eq!(world.tries(&austrian_licensing(), "extend", &more), Err(Refusal::AlreadyExtended));
    let day = |day: &str| json!({"reason": "Agreed.", "answer_by": day});
    assert!(world.tries(&austrian_licensing(), "extend", &day("2026-12-20")).is_err());
    world.does(&dutch_customs(), "extend", &day("2026-12-20"));
    assert_eq!(world.standing().clocks[1].last_day.to_string(), "2026-12-20");
    world.pass("2027-01-12T00:00:00+01:00");
    assert_eq!(world.state(), State::Overdue);
}

#[test]
fn an_agreed_day_is_extended_to_a_later_one_that_lies_ahead() {
    let mut world = World::sent(Kind::Stop, stop("DE-LICENSING", &["21(1)"]));
    let day = |day: &str| json!({"reason": "Agreed.", "answer_by": day});
    world.pass("2026-12-20T10:00:00+01:00");
    assert_eq!(world.state(), State::Overdue);
    let early = world.tries(&dutch_customs(), "extend", &day("2026-12-07"));
    assert!(matches!(early, Err(Refusal::NotLater { .. })), "{early:?}");
    let past = world.tries(&dutch_customs(), "extend", &day("2026-12-15"));
    assert!(matches!(past, Err(Refusal::Past { .. })), "{past:?}");
    world.does(&dutch_customs(), "extend", &day("2026-12-22"));
    assert_eq!(world.state(), State::Acknowledged, "it waits again");
    world.pass("2026-12-23T00:00:00+01:00");
    assert_eq!(world.state(), State::Overdue);
}

#[test]
fn nothing_is_answered_once_release_is_due() {
    let mut world = World::sent(Kind::Stop, stop("DE-LICENSING", &["21(3)(b)"]));
    world.pass("2026-12-09T00:00:00+01:00");
    for command in ["answer", "acknowledge", "extend"] {
        let given = match command {
            "answer" => answer("no_action_4_1"),
            "extend" => json!({"reason": "Late."}),
            _ => json!({}),
        };
        assert_eq!(
            world.tries(&german_licensing(), command, &given),
            Err(Refusal::NotNow { command, state: State::ReleaseDue })
        );
    }
}

#[test]
fn the_answers_offered_follow_from_the_grounds_and_the_licence() {
    let table = [
        // grounds                      licence  Article 16(1)  Article 4(1)
        (vec!["21(3)(a)(i)"], true, true, false),
        (vec!["21(3)(a)(i)"], false, true, false),
        (vec!["21(3)(b)"], false, false, true),
        (vec!["21(3)(b)"], true, true, true),
        (vec!["21(1)"], false, false, true),
        (vec!["21(3)(a)(ii)", "21(3)(b)"], false, false, true),
        (vec!["21(3)(a)(ii)", "21(3)(b)"], true, true, true),
    ];
    for (grounds, has_licence, licence, article_4) in table {
        let form = stop_form(&grounds);
        let form = if has_licence { licensed(form) } else { form };
        for (word, offered) in [
            ("maintained", licence),
            ("annulled", licence),
            ("suspended", licence),
            ("modified", licence),
            ("revoked", licence),
            ("action_4_1", article_4),
            ("no_action_4_1", article_4),
        ] {
            // What was offered at first is offered when it is taken up again.
            for reopened in [false, true] {
                let mut world = World::sent(Kind::Stop, request(&["DE-LICENSING"], &form));
                if reopened {
                    world.does(&dutch_customs(), "recall", &reason());
                    world.does(&dutch_customs(), "reopen", &reason());
                }
                let answered = world.tries(&german_licensing(), "answer", &answer(word));
                let case = format!("{word} on {grounds:?}, licence {has_licence}");
                assert_eq!(answered.is_ok(), offered, "{case}: {answered:?}");
            }
        }
    }
}

#[test]
fn answering_drafts_the_notification_to_the_other_states_and_the_commission() {
    let mut world =
        World::sent(Kind::Stop, under(stop("DE-LICENSING", &["21(3)(b)"]), &json!({"code": "H0"})));
    world.does(&dutch_customs(), "tighten", &json!({"code": "H1"}));
    world.does(&german_licensing(), "answer", &answer("maintained"));
    let opening = world.opened.pop().unwrap();
    assert_eq!(opening.kind, Kind::Notice);
    let to: Vec<String> = serde_json::from_value(opening.given["to"].clone()).unwrap();
    let expected: Vec<String> = DIRECTORY
        .units()
        .map(|unit| unit.id.to_string())
        .filter(|id| id.ends_with("-LICENSING") || id == "EU-COMMISSION")
        .filter(|id| id != "DE-LICENSING")
        .collect();
    assert_eq!(to, expected);
    assert_eq!(to.len(), 27, "26 other States and the Commission");
    assert_eq!(opening.given["handling"]["code"], "H1", "as it is now, not as it was sent");
    let told = opening.given.to_string();
    for hidden in ["NL-2026-7KQ4M-STP", "NL000510", "NL-CUSTOMS", "Sanne", "DE-26-004711"] {
        assert!(!told.contains(hidden), "{hidden} is of no concern to the others: {told}");
    }
    // It waits as a draft, and goes out as it is.
    let mut draft =
        World::draft_by(&german_licensing(), Kind::Notice, opening.given.clone()).unwrap();
    assert!(draft.read(&dutch_customs()).is_none());
    draft.does(&german_licensing(), "send", &json!({}));
    assert_eq!(draft.standing().asked.len(), 26, "the Commission has no customs to inform");
    assert!(draft.read(&commission()).is_some());
    draft.does(&german_licensing(), "tighten", &json!({"code": "H2"}));
}

#[test]
fn a_notification_without_handling_can_be_shared_and_tightened() {
    let mut world = World::sent(Kind::Stop, stop("DE-LICENSING", &["21(3)(b)"]));
    world.does(&german_licensing(), "answer", &answer("maintained"));
    let opening = world.opened.pop().unwrap();
    let mut draft = World::draft_by(&german_licensing(), Kind::Notice, opening.given).unwrap();
    draft.does(&german_licensing(), "send", &json!({}));
    draft.does(&german_licensing(), "share", &share(&["FR-CUSTOMS"]));
}

#[test]
fn the_outcome_fits_how_the_stop_ended() {
    let words = [
        "released",
        "released_by_silence",
        "refused",
        "returned",
        "seized",
        "abandoned",
        "withdrawn",
    ];
    for word in words {
        let given = json!({"outcome": word});
        let mut open = World::sent(Kind::Stop, stop("DE-LICENSING", &["21(3)(b)"]));
        assert_eq!(
            open.tries(&dutch_customs(), "outcome", &given),
            Err(Refusal::NotNow { command: "outcome", state: State::Sent })
        );
        let mut silent = open.clone();
        silent.pass("2026-12-09T00:00:00+01:00");
        open.does(&german_licensing(), "answer", &answer("maintained"));
        let home_only = open.tries(&german_licensing(), "outcome", &given);
        assert!(matches!(home_only, Err(Refusal::OriginatorOnly { .. })), "{home_only:?}");
        assert_eq!(
            open.tries(&rotterdam(), "outcome", &given).is_ok(),
            word != "released_by_silence",
            "{word} after the answer"
        );
        assert_eq!(
            silent.tries(&rotterdam(), "outcome", &given).is_ok(),
            !["released", "refused", "seized"].contains(&word),
            "{word} after silence"
        );
        if word == "seized" {
            assert_eq!(open.standing().outcome.unwrap().as_str(), "seized");
            assert_eq!(open.state(), State::Closed);
        }
    }
}

#[test]
fn a_ground_is_added_with_a_clock_of_its_own() {
    let add = |ground: &str| json!({"ground": ground});
    let mut world = World::sent(Kind::Stop, stop("AT-LICENSING", &["21(3)(b)"]));
    assert_eq!(
        world.tries(&dutch_customs(), "add_ground", &add("21(3)(b)")),
        Err(Refusal::GroundStands)
    );
    assert!(world.tries(&austrian_licensing(), "add_ground", &add("21(1)")).is_err());
    world.pass("2026-11-26T10:00:00+01:00").does(
        &dutch_customs(),
        "add_ground",
        &add("21(3)(a)(i)"),
    );
    assert_eq!(world.last_days(), ["AT-LICENSING 2026-12-09", "AT-LICENSING 2026-12-11"]);
    world.pass("2026-12-10T00:00:00+01:00");
    assert_eq!(world.state(), State::Sent, "the other ground stands");
    world.pass("2026-12-12T00:00:00+01:00");
    assert_eq!(world.state(), State::ReleaseDue);
    let time: Vec<_> =
        world.log().iter().rev().take(3).map(|event| event.header.change.what).collect();
    assert_eq!(time, [What::ReleaseDue, What::GroundEnded, What::GroundEnded]);
}

#[test]
fn a_ground_recorded_after_release_fell_due_holds_the_goods_again() {
    let add = |ground: &str| json!({"ground": ground, "answer_by": "2026-12-15"});
    let mut world = World::sent(Kind::Stop, stop("DE-LICENSING", &["21(3)(b)"]));
    world.does(&german_licensing(), "acknowledge", &json!({}));
    world.pass("2026-12-09T08:00:00+01:00");
    assert_eq!(
        world.tries(&dutch_customs(), "add_ground", &add("21(3)(b)")),
        Err(Refusal::GroundStands),
        "silence has answered on this one"
    );
    let mut alone = world.clone();
    alone.does(&dutch_customs(), "withdraw", &json!({"units": ["DE-LICENSING"]}));
    assert_eq!(
        alone.tries(&dutch_customs(), "add_ground", &add("21(1)")),
        Err(Refusal::NotListed { unit: unit("DE-LICENSING") }),
        "nobody is asked who could not read the question"
    );
    world.does(&dutch_customs(), "add_ground", &add("21(1)"));
    assert_eq!(world.state(), State::Sent);
    assert!(world.standing().asked.contains(&unit("DE-LICENSING")));
    world.does(&german_licensing(), "acknowledge", &json!({}));
    world.pass("2026-12-16T00:00:00+01:00");
    assert_eq!(world.state(), State::Overdue, "never release due on this ground");
    world.does(&german_licensing(), "answer", &answer("no_action_4_1"));
}

#[test]
fn goods_are_held_on_the_grounds_of_a_stop_only() {
    let mut world = World::draft(Kind::Stop, stop("DE-LICENSING", &["request"]));
    let refusal = world.refuses(&rotterdam(), "send", &json!({}));
    assert!(refusal.contains("/form/grounds/0: `request` is none of 21(3)(a)(i), "), "{refusal}");
}

#[test]
fn recalled_closed_and_taken_up_again() {
    let mut world = World::sent(Kind::Stop, stop("DE-LICENSING", &["21(3)(b)"]));
    assert!(world.tries(&german_licensing(), "recall", &reason()).is_err());
    assert_eq!(
        world.tries(&dutch_customs(), "close", &reason()),
        Err(Refusal::NotNow { command: "close", state: State::Sent }),
        "what became of the goods is recorded, not left out"
    );
    world.does(&german_licensing(), "acknowledge", &json!({}));
    world.does(&dutch_customs(), "recall", &reason());
    assert_eq!(world.state(), State::Withdrawn);
    let ended = world.standing().clocks[0].ended.unwrap();
    assert_eq!(ended.by, EndedBy::Closing);
    assert!(world.standing().asked.is_empty());
    world.pass("2026-12-20T08:00:00+01:00").does(&dutch_customs(), "reopen", &reason());
    assert_eq!(world.state(), State::Sent);
    assert_eq!(world.last_days()[1], "DE-LICENSING 2027-01-05", "ten working days from the Sunday");
    world.does(&german_licensing(), "acknowledge", &json!({}));
    assert!(world.tries(&german_licensing(), "acknowledge", &json!({})).is_err(), "once");
    world.pass("2027-01-20T08:00:00+01:00");
    assert_eq!(world.state(), State::Overdue, "an agreed day: silence never releases");
    world.does(&german_licensing(), "answer", &answer("no_action_4_1"));
    world.does(&rotterdam(), "outcome", &json!({"outcome": "released"}));
    assert_eq!(world.state(), State::Closed);
    world.does(&dutch_customs(), "withdraw", &json!({"units": ["DE-LICENSING"]}));
    assert_eq!(
        world.tries(&dutch_customs(), "reopen", &reason()),
        Err(Refusal::NotListed { unit: unit("DE-LICENSING") }),
        "nobody would be left to answer"
    );
}

#[test]
fn the_officers_request_leaves_only_with_the_contact_points_approval() {
    let mut world = World::draft(Kind::Stop, stop("AT-LICENSING", &["21(3)(b)"]));
    world.approval = decide::Approval::Needed;
    let nothing = json!({});
    assert!(world.tries(&dutch_customs(), "approve", &nothing).is_err(), "nothing waits yet");
    world.does(&rotterdam(), "send", &nothing);
    assert_eq!(world.state(), State::ForApproval);
    assert!(world.read(&austrian_licensing()).is_none(), "nothing has left");
    assert!(world.standing().clocks.is_empty());
    assert_eq!(world.tries(&rotterdam(), "approve", &nothing), Err(Refusal::ContactPointOnly));
    assert_eq!(world.tries(&rotterdam(), "send_back", &reason()), Err(Refusal::ContactPointOnly));
    // An edit takes it back: what is approved is what was read.
    world.edits(&rotterdam(), stop("AT-LICENSING", &["21(3)(b)", "21(1)"])).unwrap();
    assert_eq!(world.state(), State::Draft);
    assert!(world.tries(&dutch_customs(), "approve", &nothing).is_err());
    world.does(&rotterdam(), "send", &nothing).does(&dutch_customs(), "send_back", &reason());
    assert_eq!(world.state(), State::Draft);
    world.does(&rotterdam(), "send", &nothing);
    // The clock starts when it leaves, two days later.
    world.pass("2026-11-26T09:00:00+01:00").does(&dutch_customs(), "approve", &nothing);
    assert_eq!(world.state(), State::Sent);
    assert_eq!(world.last_days(), ["AT-LICENSING 2026-12-11", "AT-LICENSING 2026-12-11"]);
    let dossier = world.of(&austrian_licensing());
    assert_eq!(dossier.events.len(), 1, "drafting is no concern of theirs");
    assert_eq!(dossier.form()["grounds"], json!(["21(3)(b)", "21(1)"]));
    assert_eq!(
        world.perform(&rotterdam(), Command::Send).unwrap_err().to_string(),
        "`send` is not possible while the dossier is `sent`"
    );
}

#[test]
fn the_contact_points_own_request_leaves_at_once() {
    let mut world = World::draft(Kind::Stop, stop("AT-LICENSING", &["21(3)(b)"]));
    world.approval = decide::Approval::Needed;
    world.does(&dutch_customs(), "send", &json!({}));
    assert_eq!(world.state(), State::Sent);
}

#[test]
fn goods_are_held_already_and_an_answer_is_still_to_come() {
    let table = [
        ("suspended_at", "2027-11-24T09:00:00+01:00", "/form/suspended_at: lies in the future"),
        ("answer_by", "2026-11-23", "/form/answer_by: has passed already"),
    ];
    for (field, given, expected) in table {
        let mut request = stop("DE-LICENSING", &["21(3)(b)"]);
        request["form"][field] = json!(given);
        let mut world = World::draft(Kind::Stop, request);
        let refused = world.tries(&dutch_customs(), "send", &json!({})).unwrap_err().to_string();
        assert!(refused.contains(expected), "{refused}");
    }
}
