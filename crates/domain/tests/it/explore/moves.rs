//! The finite alphabet: what everybody tries in every state.

use crate::fixtures::*;
use domain::body::Request;
use domain::command::{self, Command, Readers};
use domain::decide::Actor;
use domain::dossier::Dossier;
use domain::event::Kind;
use jiff::ToSpan;
use serde_json::{Value, json};

/// A command, and whether it has to be refused wherever it is tried.
pub(crate) struct Move {
    pub(crate) command: Command,
    pub(crate) must_be_refused: bool,
}

/// What marks a text as one for this authority only.
pub(crate) fn secret_of(authority: &catalogue::ids::UnitId) -> String {
    format!("secret of {authority}")
}

fn classified() -> Value {
    json!({"code": "H3", "marking": "eu_restricted"})
}

/// What one person tries wherever a dossier of this kind stands.
pub(crate) fn always(kind: Kind, by: &Actor) -> Vec<Move> {
    let secret = secret_of(&by.authority);
    let mut all = vec![
        allowed(Command::Attach(file(&secret), Readers::OwnAuthority)),
        allowed(Command::Attach(file("for all"), Readers::Everyone)),
        refused(read(kind, "tighten", &classified())),
    ];
    let named = common(&secret).into_iter().chain(of_kind(kind));
    all.extend(named.map(|(name, given)| allowed(read(kind, name, &given))));
    all
}

/// What is tried besides, with content that depends on the dossier.
pub(crate) fn here(dossier: &Dossier) -> Vec<Move> {
    let kind = dossier.standing.kind;
    let mut all = Vec::new();
    let latest = dossier.standing.clocks.iter().map(|clock| clock.last_day).max();
    if let Some(latest) = latest {
        // Time stops some hours after the first instant at which something falls due, so this day
        // lies ahead.
        let later = latest.saturating_add(7.days());
        let given = json!({"reason": "More time.", "answer_by": later});
        all.push(allowed(read(kind, "extend", &given)));
    }
    if let Some(asks) = dossier.consents.first() {
        for word in ["granted", "refused"] {
            let given = json!({"request": asks.id.to_string(), "decision": word});
            all.push(allowed(read(kind, "consent", &given)));
        }
    }
    if !dossier.standing.state.is_sent() {
        let given = dossier.request.clone().unwrap().given;
        let edit = |given| Command::Edit(Request { given, ..Request::default() });
        all.push(allowed(edit(given.clone())));
        all.push(refused(edit(under(given, &classified()))));
    }
    all
}

fn allowed(command: Command) -> Move {
    Move { command, must_be_refused: false }
}

fn refused(command: Command) -> Move {
    Move { command, must_be_refused: true }
}

fn read(kind: Kind, name: &str, given: &Value) -> Command {
    command::read(kind, name, given).unwrap_or_else(|errors| panic!("{name}: {errors:?}"))
}

/// The commands that every kind has.
fn common(secret: &str) -> Vec<(&'static str, Value)> {
    vec![
        ("send", json!({})),
        ("approve", json!({})),
        ("send_back", reason()),
        ("recall", reason()),
        ("acknowledge", json!({})),
        ("message", json!({"text": "For everyone."})),
        ("note", json!({"text": secret})),
        ("assign", json!({"person": secret})),
        ("share", share(&["FR-CUSTOMS"])),
        ("withdraw", json!({"units": ["FR-CUSTOMS"]})),
        ("withdraw", json!({"units": ["DE-LICENSING"]})),
        ("withdraw", json!({"units": ["NL-CUSTOMS"]})),
        ("tighten", json!({"code": "H2"})),
        ("tighten", json!({"code": "H0"})),
        ("extend", json!({"reason": "More time."})),
        ("close", reason()),
        ("reopen", reason()),
    ]
}

/// The commands that only this kind has.
fn of_kind(kind: Kind) -> Vec<(&'static str, Value)> {
    match kind {
        Kind::Stop => {
            let answer = |word: &str| ("answer", json!({"answer": word, "reasoning": "So be it."}));
            let outcome = |word: &str| ("outcome", json!({"outcome": word}));
            let ground = |word: &str| ("add_ground", json!({"ground": word}));
            vec![
                answer("maintained"),
                answer("action_4_1"),
                outcome("released"),
                outcome("released_by_silence"),
                ground("21(3)(a)(i)"),
                ground("21(1)"),
            ]
        }
        Kind::Information => {
            let answer = |questions: &[u32]| {
                let one = |question| json!({"question": question, "value": "unknown"});
                let answers: Vec<Value> = questions.iter().map(one).collect();
                ("answer", json!({"answers": answers}))
            };
            let refuse = json!({"ground": "not_competent", "reason": "Ask another."});
            vec![answer(&[1]), answer(&[1, 2]), ("refuse", refuse)]
        }
        Kind::Classification => vec![
            ("answer", opinion("listed", &json!(["2B231"]))),
            ("answer", opinion("listed", &json!(null))),
            ("dissent", opinion("not_listed", &json!(null))),
        ],
        Kind::Document => vec![("answer", json!({"verdict": "forged"}))],
        Kind::Notice => {
            let informed = json!({"informed_on": "2026-11-25", "own_requirement": "no"});
            vec![("inform", informed)]
        }
    }
}
