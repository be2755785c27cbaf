//! The English of every refusal, to be read as prose.

use crate::fixtures::unit;
use catalogue::calendar::CalendarId;
use domain::event::{Kind, State};
use domain::form::{FieldError, Problem};
use domain::refusal::Refusal;
use jiff::civil::date;

fn every_refusal() -> Vec<Refusal> {
    let missing =
        |pointer: &str| FieldError { pointer: pointer.to_owned(), problem: Problem::Missing };
    let year = crate::fixtures::CALENDARS
        .add_working_days(CalendarId::Institutions, date(1999, 1, 1), 10)
        .unwrap_err();
    vec![
        Refusal::Incomplete { errors: vec![missing("/to"), missing("/form/grounds")] },
        Refusal::NotNow { command: "answer", state: State::ReleaseDue },
        Refusal::OriginatorOnly { home: unit("NL-CUSTOMS") },
        Refusal::AskedOnly,
        Refusal::ContactPointOnly,
        Refusal::Role,
        Refusal::UnknownUnit { unit: unit("XX-CUSTOMS") },
        Refusal::AlreadyListed,
        Refusal::NotListed { unit: unit("FR-CUSTOMS") },
        Refusal::OriginatorStays,
        Refusal::AskedStays { unit: unit("DE-LICENSING") },
        Refusal::OwnAuthority,
        Refusal::Loosens,
        Refusal::Classified,
        Refusal::AlreadyExtended,
        Refusal::NothingToExtend,
        Refusal::NotLater { given: date(2026, 12, 7), last_day: date(2026, 12, 8) },
        Refusal::Past { given: date(2026, 11, 23) },
        Refusal::GroundStands,
        Refusal::AnswerNotOffered { answer: "action_4_1" },
        Refusal::OutcomeNotPossible { outcome: "released" },
        Refusal::NoQuestion { question: 3, questions: 2 },
        Refusal::NoCommand { kind: Kind::Document, command: "inform".to_owned() },
        Refusal::NoConsentRequest,
        Refusal::Destroyed,
        Refusal::Calendar(year),
    ]
}

#[test]
fn every_refusal_says_why_and_by_what_article() {
    let texts: Vec<String> = every_refusal().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(texts.join("\n"), @r"
    not complete: /to: is missing; /form/grounds: is missing
    `answer` is not possible while the dossier is `release_due`
    only NL-CUSTOMS, which opened the dossier, may do this
    only a unit that was asked may do this
    a contact point of the own authority has to do this
    your role does not allow this
    there is no unit `XX-CUSTOMS` in the directory
    all of these are on the distribution list already
    `FR-CUSTOMS` is not on the distribution list
    the authority that opened the dossier stays on its list
    `DE-LICENSING` has been asked and stays on the list until it has answered or the request is recalled
    a request to the own authority; name another one
    handling is tightened, never loosened
    this system takes no classified information (EU RESTRICTED or above): use the channel for it and name here only that channel and a reference
    the period has been extended already, to 30 working days in total (Article 21(4))
    no period can be extended: the consulted authority extends that of Article 21(4), the asker the agreed ones
    2026-12-07 is not after 2026-12-08, the last day now
    2026-11-23 has passed already
    this ground is recorded already
    the answer `action_4_1` is not offered on this stop's grounds (Articles 16(1), 4(1))
    the outcome `released` is not possible here (Article 21(4))
    there is no question 3; the request has 2
    a `document` has no command `inform`
    there is no open request for consent with this id
    the content of this dossier has been destroyed
    the public holidays of EU in 1999 are not known: load them with `ecm admin calendar load FILE`
    ");
}
