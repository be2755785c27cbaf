//! What is possible now: each command of a kind is decided on a probe, so that a page offers what
//! the rules allow and says why not of the rest.

use super::{Actor, Context, decide};
use crate::command;
use crate::dossier::Dossier;
use crate::event::Ground;
use crate::kinds;
use crate::refusal::Refusal;
use serde_json::{Value, json};

/// Whether a command is possible for an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Possible {
    /// The command's name.
    pub name: &'static str,
    /// Why it is not possible; none when it is.
    pub refusal: Option<Refusal>,
}

/// All commands of the dossier's kind, common ones first, and whether the actor may give each now.
pub fn possible(dossier: &Dossier, actor: &Actor, context: &Context<'_>) -> Vec<Possible> {
    let kind = dossier.standing.kind;
    let names = command::common().into_iter().chain(kinds::commands(kind)).map(|one| one.name);
    names.map(|name| Possible { name, refusal: refused(name, dossier, actor, context) }).collect()
}

fn refused(
    name: &'static str,
    dossier: &Dossier,
    actor: &Actor,
    context: &Context<'_>,
) -> Option<Refusal> {
    let tried = probes(name, dossier, context).into_iter().map(|given| {
        let command = command::read(dossier.standing.kind, name, &given)
            .map_err(|errors| Refusal::Incomplete { errors })?;
        decide(dossier, actor, command, context)
    });
    let mut why = None;
    for outcome in tried {
        match outcome {
            Ok(_) => return None,
            // The command is possible; only the probe does not fit.
            Err(refusal) if !is_general(&refusal) => return None,
            Err(refusal) => why = Some(refusal),
        }
    }
    why
}

/// Whether a refusal holds whatever is given with the command.
const fn is_general(refusal: &Refusal) -> bool {
    match refusal {
        Refusal::NotNow { .. }
        | Refusal::OriginatorOnly { .. }
        | Refusal::AskedOnly
        | Refusal::ContactPointOnly
        | Refusal::Role
        | Refusal::AlreadyExtended
        | Refusal::NothingToExtend
        | Refusal::NoCommand { .. }
        | Refusal::NoConsentRequest
        | Refusal::NotListed { .. }
        | Refusal::OriginatorStays
        | Refusal::AskedStays { .. }
        | Refusal::Destroyed => true,
        Refusal::Incomplete { .. }
        | Refusal::UnknownUnit { .. }
        | Refusal::AlreadyListed
        | Refusal::OwnAuthority
        | Refusal::Loosens
        | Refusal::Classified
        | Refusal::NotLater { .. }
        | Refusal::Past { .. }
        | Refusal::GroundStands
        | Refusal::AnswerNotOffered { .. }
        | Refusal::OutcomeNotPossible { .. }
        | Refusal::NoQuestion { .. }
        | Refusal::Calendar(_) => false,
    }
}

/// What is given with a command to see whether it is possible at all.
fn probes(name: &str, dossier: &Dossier, context: &Context<'_>) -> Vec<Value> {
    let home = dossier.standing.home.as_str();
    let far = context
        .now
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .date()
        .saturating_add(jiff::Span::new().days(365));
    match name {
        "message" | "note" => vec![json!({"text": "–"})],
        "recall" | "send_back" | "close" | "reopen" => vec![json!({"reason": "–"})],
        "share" => vec![json!({"units": [home], "purpose": "–", "legal_basis": "–"})],
        "withdraw" => {
            let units = dossier.standing.distribution.iter();
            units.map(|unit| json!({"units": [unit.as_str()]})).collect()
        }
        "consent" => {
            let open = dossier.consents.iter();
            let probe = |id: String| json!({"request": id, "decision": "refused"});
            let probes: Vec<Value> = open.map(|request| probe(request.id.to_string())).collect();
            if probes.is_empty() { vec![probe("–".to_owned())] } else { probes }
        }
        "tighten" => vec![json!({"code": "H3", "restriction": "–"})],
        "extend" => {
            vec![json!({"reason": "–"}), json!({"reason": "–", "answer_by": far.to_string()})]
        }
        "outcome" => vec![json!({"outcome": "returned"})],
        "add_ground" => vec![json!({"ground": Ground::NationalPower.word()})],
        "answer" => answers(dossier),
        "refuse" => vec![json!({"ground": "other", "reason": "–"})],
        "dissent" => vec![opinion()],
        "inform" => vec![json!({"informed_on": far.to_string(), "own_requirement": "no"})],
        _ => vec![json!({})],
    }
}

fn opinion() -> Value {
    json!({"verdict": "depends_on", "reasoning": "–", "list_version": "–", "precedent": "no"})
}

fn answers(dossier: &Dossier) -> Vec<Value> {
    use crate::event::Kind;
    match dossier.standing.kind {
        Kind::Stop => vec![json!({"answer": "maintained", "reasoning": "–"})],
        Kind::Information => vec![json!({"answers": [{"question": 1, "value": "unknown"}]})],
        Kind::Classification => vec![opinion()],
        Kind::Document => vec![json!({"verdict": "unknown"})],
        Kind::Notice => Vec::new(),
    }
}
