//! The border stop: goods are held while the licensing authority is asked.
//!
//! Sent ─acknowledge→ Acknowledged ─answer→ Answered ─outcome→ Closed.
//! Silence on every ground of Article 21(3), no other standing → `ReleaseDue` ─outcome→ Closed;
//! the agreed day passing on another ground → Overdue, which can still be answered.
//! Source: Reg. (EU) 2021/821 Art. 21(3)-(4).

use super::item::Item;
use super::{NotReady, Plan, Turn};
use crate::body::Summary;
use crate::deadline::{self, CONSULTATION_DAYS, Length, Terms};
use crate::decide::{Actor, Context};
use crate::dossier::Dossier;
use crate::event::{Basis, Change, Clock, EndedBy, Ground, Silence, State, What, words};
use crate::form::{FieldError, Problem, Text, choice, form};
use crate::refusal::Refusal;
use catalogue::codes::{CustomsOffice, LicenceNumber};
use catalogue::ids::UnitId;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::Value;

form! {
    /// Goods held at the border: what is asked of the licensing authority.
    pub struct StopForm = "stop" {
        /// The legal ground or grounds of the suspension; several may apply.
        [summary] grounds: Vec<Ground>,
        /// The goods held, one entry for each item of the declaration.
        [summary] items: Vec<Item>,
        /// The customs office that holds them.
        [summary] office: CustomsOffice,
        /// Where they lie.
        place: Option<Text<200>>,
        /// Since when they are held.
        suspended_at: Timestamp,
        /// The licence cited in the declaration.
        [summary] licence: Option<LicenceNumber>,
        /// The end use, as far as it is known; the declaration does not have it.
        end_use: Option<Text<500>>,
        /// What the authority is asked.
        questions: Option<Text<4000>>,
        /// The last day to answer on grounds other than Article 21(3); ten working days if left out.
        answer_by: Option<Date>,
    }
}

words! {
    /// What the consulted authority answers (Articles 16(1), 4(1), 21(4)).
    StopAnswer {
        /// The authorisation stands.
        Maintained = "maintained",
        /// Annulled: as if never issued.
        Annulled = "annulled",
        /// Suspended, until lifted or decided otherwise.
        Suspended = "suspended",
        /// Modified; the reasoning says how.
        Modified = "modified",
        /// Revoked: ends from now on.
        Revoked = "revoked",
        /// An authorisation is required under Article 4(1).
        Action41 = "action_4_1",
        /// No action under Article 4(1).
        NoAction41 = "no_action_4_1",
    }
}
choice!(StopAnswer = "stop-answer");

impl StopAnswer {
    /// Whether it is about a licence (Article 16(1)), not about Article 4(1).
    pub const fn is_about_licence(self) -> bool {
        match self {
            StopAnswer::Maintained
            | StopAnswer::Annulled
            | StopAnswer::Suspended
            | StopAnswer::Modified
            | StopAnswer::Revoked => true,
            StopAnswer::Action41 | StopAnswer::NoAction41 => false,
        }
    }
}

words! {
    /// What became of the goods.
    CustomsOutcome {
        /// Released after the answer.
        Released = "released",
        /// Released because nobody answered (Article 21(4)).
        ReleasedBySilence = "released_by_silence",
        /// Export refused.
        Refused = "refused",
        /// Returned to the exporter.
        Returned = "returned",
        /// Seized.
        Seized = "seized",
        /// Abandoned to the State.
        Abandoned = "abandoned",
        /// The declaration was withdrawn.
        Withdrawn = "withdrawn",
    }
}
choice!(CustomsOutcome = "stop-outcome");

form! {
    /// The answer of the consulted authority.
    pub struct Answer = "stop-answer" {
        /// What it decides.
        answer: StopAnswer,
        /// Why, in words.
        reasoning: Text<20000>,
    }
}

form! {
    /// What became of the goods.
    pub struct Outcome = "stop-outcome" {
        /// What was done.
        outcome: CustomsOutcome,
        /// More about it.
        remark: Option<Text<4000>>,
    }
}

form! {
    /// Another ground.
    pub struct AddGround = "stop-add-ground" {
        /// The ground.
        ground: Ground,
        /// The last day to answer, on a ground other than Article 21(3).
        answer_by: Option<Date>,
    }
}

super::kind_commands! {
    /// What only a stop knows.
    Command {
        "answer" => Answer(Answer),
        "outcome" => Outcome(Outcome),
        "add_ground" => AddGround(AddGround),
    }
}

/// The clock of one ground, which starts when the authority is consulted.
fn clock_of(
    ground: Ground,
    answer_by: Option<Date>,
    unit: &UnitId,
    context: &Context<'_>,
) -> Result<Clock, Refusal> {
    let (basis, silence, length) = if ground.is_of_article_21_3() {
        (Basis::Law, Silence::EndsGround, Length::WorkingDays(CONSULTATION_DAYS))
    } else {
        let length = answer_by.map_or(Length::WorkingDays(CONSULTATION_DAYS), Length::Until);
        (Basis::Local, Silence::Overdue, length)
    };
    deadline::clock(Terms { ground, basis, silence }, length, unit, context)
}

/// What follows from sending: the consulted authority is asked, and every ground's clock starts.
///
/// # Errors
/// Goods held from an instant to come, or an answer by a day that has passed; a calendar lacks the
/// year.
pub(super) fn plan(
    form: &StopForm,
    to: &[UnitId],
    context: &Context<'_>,
) -> Result<Plan, NotReady> {
    check_times(form, context.now)?;
    let mut plan = Plan { asked: to.iter().cloned().collect(), clocks: Vec::new() };
    let mut grounds = form.grounds.clone();
    grounds.sort_unstable();
    grounds.dedup();
    for unit in to {
        for ground in &grounds {
            plan.clocks.push(clock_of(*ground, form.answer_by, unit, context)?);
        }
    }
    Ok(plan)
}

/// Goods are held already, and an answer is still to come.
fn check_times(form: &StopForm, now: Timestamp) -> Result<(), Vec<FieldError>> {
    let mut errors = Vec::new();
    if form.suspended_at > now {
        let pointer = "/suspended_at".to_owned();
        errors.push(FieldError { pointer, problem: Problem::Ahead });
    }
    // No Member State is behind this zone's day: what has passed here has passed there.
    let today = now.to_zoned_datetime(TimeZone::UTC).date();
    if form.answer_by.is_some_and(|day| day < today) {
        errors.push(FieldError { pointer: "/answer_by".to_owned(), problem: Problem::Gone });
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// What a list shows of it: exporter and consignee, else the goods.
pub(super) fn summary(form: &Value) -> Summary {
    super::summary_of_item(form, form.pointer("/items/0").unwrap_or(&Value::Null))
}

/// The answers that fit this stop's grounds, and those that do not.
///
/// Article 16(1) is about a licence, so one must be cited; Article 4(1) about items for which none
/// was required, so a ground must say so.
pub fn offers(answer: StopAnswer, dossier: &Dossier) -> bool {
    let has_licence = !crate::form::is_blank(dossier.form().get("licence"));
    let on_article_4 = dossier.standing.clocks.iter().any(|clock| match clock.ground {
        // A stop that was taken up again has a clock for the request itself.
        Ground::InformationNotConsidered | Ground::CircumstancesChanged | Ground::Request => false,
        Ground::PossibleAction
        | Ground::NoAuthorisation
        | Ground::DoubtfulDocument
        | Ground::Article5
        | Ground::Article9
        | Ground::Article10
        | Ground::NationalPower => true,
    });
    if answer.is_about_licence() { has_licence || !on_article_4 } else { on_article_4 }
}

/// Decides what follows from a command that only a stop has.
///
/// # Errors
/// The state, the actor's part in the dossier or the grounds do not allow it.
pub(super) fn decide(
    dossier: &Dossier,
    actor: &Actor,
    command: &Command,
    context: &Context<'_>,
) -> Result<Turn, Refusal> {
    match command {
        Command::Answer(answer) => decide_answer(dossier, actor, answer, context),
        Command::Outcome(outcome) => decide_outcome(dossier, actor, outcome),
        Command::AddGround(add) => decide_ground(dossier, actor, add, context),
    }
}

fn decide_answer(
    dossier: &Dossier,
    actor: &Actor,
    given: &Answer,
    context: &Context<'_>,
) -> Result<Turn, Refusal> {
    let standing = &dossier.standing;
    if !standing.state.awaits_answer() {
        return Err(Refusal::NotNow { command: "answer", state: standing.state });
    }
    actor.asked_unit(standing)?;
    if dossier.request.is_none() {
        return Err(Refusal::Destroyed);
    }
    if !offers(given.answer, dossier) {
        return Err(Refusal::AnswerNotOffered { answer: given.answer.word() });
    }
    let turn = Turn::given(
        Change {
            state: Some(State::Answered),
            clocks: Some(deadline::end(&standing.clocks, context.now, EndedBy::Answer, |_| true)),
            asked: Some(Vec::new()),
            outcome: super::outcome_code(given.answer.word()),
            ..Change::of(What::Answered)
        },
        given,
    );
    let notice = super::notice::after_stop(dossier, given.answer, actor, context);
    Ok(Turn { opens: Some(notice), ..turn })
}

fn decide_outcome(dossier: &Dossier, actor: &Actor, given: &Outcome) -> Result<Turn, Refusal> {
    let standing = &dossier.standing;
    actor.must_be_home(standing)?;
    let possible = match (standing.state, given.outcome) {
        // Silence has answered: the goods are held no longer, unless another ground is recorded.
        (
            State::ReleaseDue,
            CustomsOutcome::Released | CustomsOutcome::Refused | CustomsOutcome::Seized,
        ) => false,
        (
            State::ReleaseDue,
            CustomsOutcome::ReleasedBySilence
            | CustomsOutcome::Returned
            | CustomsOutcome::Abandoned
            | CustomsOutcome::Withdrawn,
        ) => true,
        (State::Answered, outcome) => outcome != CustomsOutcome::ReleasedBySilence,
        (
            State::Draft
            | State::ForApproval
            | State::Sent
            | State::Acknowledged
            | State::Overdue
            | State::Closed
            | State::Withdrawn,
            _,
        ) => return Err(Refusal::NotNow { command: "outcome", state: standing.state }),
    };
    if !possible {
        return Err(Refusal::OutcomeNotPossible { outcome: given.outcome.word() });
    }
    Ok(Turn::given(
        Change {
            state: Some(State::Closed),
            outcome: super::outcome_code(given.outcome.word()),
            ..Change::of(What::Outcome)
        },
        given,
    ))
}

fn decide_ground(
    dossier: &Dossier,
    actor: &Actor,
    given: &AddGround,
    context: &Context<'_>,
) -> Result<Turn, Refusal> {
    let standing = &dossier.standing;
    actor.must_be_home(standing)?;
    let revives = standing.state == State::ReleaseDue;
    if !standing.state.awaits_answer() && !revives {
        return Err(Refusal::NotNow { command: "add_ground", state: standing.state });
    }
    // Silence has answered on that ground; the same one cannot begin again (Article 21(4)).
    if standing.clocks.iter().any(|clock| clock.ground == given.ground) {
        return Err(Refusal::GroundStands);
    }
    let mut clocks = standing.clocks.clone();
    let asked = if revives { dossier.listed_addressees()? } else { standing.asked.clone() };
    for unit in &asked {
        clocks.push(clock_of(given.ground, given.answer_by, unit, context)?);
    }
    Ok(Turn::given(
        Change {
            clocks: Some(clocks),
            state: revives.then_some(State::Sent),
            asked: revives.then(|| asked.into_iter().collect()),
            ..Change::of(What::GroundAdded)
        },
        given,
    ))
}
