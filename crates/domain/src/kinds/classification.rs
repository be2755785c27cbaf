//! The classification: is this item on Annex I, or caught by a catch-all?
//!
//! Sent ─answer→ Answered (a non-binding opinion) ─dissent→ the same, with another opinion beside
//! it ─close→ Closed. Silence makes it overdue and nothing else. Source: Art. 25(2), Annex I.

use super::{Plan, Turn, Urgency, YesNo};
use crate::body::Summary;
use crate::deadline::Length;
use crate::decide::{Actor, Context};
use crate::dossier::Dossier;
use crate::event::{Basis, Change, State, What, words};
use crate::form::{FieldError, Problem, Text, choice, form};
use crate::refusal::Refusal;
use catalogue::codes::{Cn8, ControlCode, Country, Mrn};
use catalogue::ids::UnitId;
use jiff::civil::Date;
use serde_json::Value;

form! {
    /// A technical parameter with its unit.
    pub struct Parameter = "parameter" {
        /// What is measured, such as the maximum speed.
        name: Text<200>,
        /// The value, such as 600 or "−55 to +125".
        value: Text<100>,
        /// The unit, such as Hz.
        unit: Option<Text<30>>,
        /// Where the value is from: data sheet, type plate, measured.
        source: Option<Text<200>>,
    }
}

form! {
    /// An item to be classified.
    pub struct ClassificationForm = "classification" {
        /// What the item is.
        [summary] description: Text<8000>,
        /// Its technical parameters, each with its unit.
        parameters: Option<Vec<Parameter>>,
        /// Commodity code.
        [summary] cn8: Option<Cn8>,
        /// Entry of Annex I as declared.
        [summary] declared_code: Option<ControlCode>,
        /// Who makes it.
        [summary] maker: Option<Text<200>>,
        /// Model or type.
        [summary] model: Option<Text<200>>,
        /// Whether the item is the principal element of what is exported.
        principal_element: Option<YesNo>,
        /// CAS number of a chemical.
        cas: Option<Text<20>>,
        /// Country of destination.
        destination: Option<Country>,
        /// What it is to be used for.
        end_use: Option<Text<500>>,
        /// Who is to use it.
        end_user: Option<Text<300>>,
        /// Movement reference number of a declaration.
        mrn: Option<Mrn>,
        /// Whether goods are held meanwhile.
        goods_held: YesNo,
        /// Until when they can be held.
        held_until: Option<Date>,
        /// How soon the opinion is needed.
        urgency: Urgency,
        /// What is asked beside the classification.
        questions: Option<Text<4000>>,
    }
}

words! {
    /// What an opinion says.
    Verdict {
        /// Listed, under the codes given.
        Listed = "listed",
        /// Not listed.
        NotListed = "not_listed",
        /// It depends on what the reasoning names.
        DependsOn = "depends_on",
        /// Cannot be said from what was given.
        InsufficientData = "insufficient_data",
    }
}
choice!(Verdict = "verdict");

form! {
    /// A non-binding opinion.
    pub struct Opinion = "classification-opinion" {
        /// What it says.
        verdict: Verdict,
        /// The entries of Annex I.
        codes: Option<Vec<ControlCode>>,
        /// Why; what it depends on; which data are missing.
        reasoning: Text<20000>,
        /// The version of the list that was applied.
        list_version: Text<60>,
        /// Whether it may serve as a precedent.
        precedent: YesNo,
    }
}

super::kind_commands! {
    /// What only a classification knows.
    Command {
        "answer" => Answer(Opinion),
        "dissent" => Dissent(Opinion),
    }
}

/// What follows from sending: each addressee has a clock in its own calendar.
pub(super) fn plan(
    form: &ClassificationForm,
    to: &[UnitId],
    context: &Context<'_>,
) -> Result<Plan, Refusal> {
    let (length, basis) = match form.held_until {
        Some(day) => (Length::Until(day), Basis::Local),
        None => (form.urgency.length(), Basis::Model),
    };
    super::request_clocks(length, basis, to, context)
}

/// What a list shows of it: the item.
pub(super) fn summary(form: &Value) -> Summary {
    let title = super::text_at(form, "/description").map(|text| super::cut(text, 160));
    let facts = super::facts(
        form,
        &[
            ("cn8", "/cn8"),
            ("control_code", "/declared_code"),
            ("maker", "/maker"),
            ("model", "/model"),
            ("destination", "/destination"),
            ("mrn", "/mrn"),
        ],
    );
    Summary { title, facts, assigned: None }
}

/// Decides what follows from an opinion or a dissent.
///
/// # Errors
/// Not asked, not awaited; a verdict `listed` without codes.
pub(super) fn decide(
    dossier: &Dossier,
    actor: &Actor,
    command: &Command,
    context: &Context<'_>,
) -> Result<Turn, Refusal> {
    let standing = &dossier.standing;
    match command {
        Command::Answer(opinion) => {
            if !standing.state.awaits_answer() {
                return Err(Refusal::NotNow { command: "answer", state: standing.state });
            }
            let unit = actor.asked_unit(standing)?;
            check(opinion)?;
            let change = Change {
                outcome: super::outcome_code(opinion.verdict.word()),
                ..super::answered_by(standing, &unit, context.now, What::Answered)
            };
            Ok(Turn::given_by(change, opinion, &unit))
        }
        Command::Dissent(opinion) => {
            if standing.state != State::Answered {
                return Err(Refusal::NotNow { command: "dissent", state: standing.state });
            }
            check(opinion)?;
            Ok(Turn::given_by(Change::of(What::Dissented), opinion, &actor.authority))
        }
    }
}

fn check(opinion: &Opinion) -> Result<(), Refusal> {
    match (opinion.verdict, &opinion.codes) {
        (Verdict::Listed, None) => {
            let pointer = "/codes".to_owned();
            let errors = vec![FieldError { pointer, problem: Problem::Missing }];
            Err(Refusal::Incomplete { errors })
        }
        (
            Verdict::Listed | Verdict::NotListed | Verdict::DependsOn | Verdict::InsufficientData,
            _,
        ) => Ok(()),
    }
}
