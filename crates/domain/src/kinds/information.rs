//! The request for information: typed questions to one or more units, each answers on its own.
//!
//! Sent ─answer (some questions)→ the same, partly answered ─answer or refuse→ until every asked
//! unit has said its last word → Answered ─close→ Closed. The agreed time passing → Overdue, which
//! can still be answered. Sources: Art. 25(2); clocks after the practice of police exchange.

use super::{Plan, Turn, Urgency};
use crate::body::{Content, Summary};
use crate::decide::{Actor, Context};
use crate::dossier::Dossier;
use crate::event::{Basis, Change, What, words};
use crate::form::{Count, FieldError, Part, Problem, Quantity, Text, choice, form};
use crate::refusal::Refusal;
use catalogue::ids::UnitId;
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeMap;

words! {
    /// What sort of answer a question wants.
    QuestionType {
        /// Yes or no.
        YesNo = "yes_no",
        /// Words.
        Text = "text",
        /// A number.
        Number = "number",
        /// A day.
        Date = "date",
        /// One of several.
        Choice = "choice",
    }
}
choice!(QuestionType = "question-type");

words! {
    /// Why something is not answered.
    RefusalGround {
        /// It would harm an investigation.
        Investigation = "ongoing_investigation",
        /// Essential security interests.
        Security = "national_security",
        /// Secrecy of judicial proceedings.
        Proceedings = "judicial_secrecy",
        /// A third party's permission is missing.
        ThirdParty = "third_party_permission",
        /// The effort is out of proportion.
        Disproportionate = "disproportionate",
        /// Another authority is competent.
        NotCompetent = "not_competent",
        /// Another ground, in words.
        Other = "other",
    }
}
choice!(RefusalGround = "refusal-ground");

form! {
    /// One question.
    pub struct Question = "question" {
        /// What is asked.
        [summary] text: Text<2000>,
        /// What sort of answer is wanted.
        r#type: QuestionType,
        /// What can be chosen.
        choices: Option<Vec<Text<200>>>,
    }
}

form! {
    /// A request for information or assistance.
    pub struct InformationForm = "information" {
        /// What it is about, in a line.
        [summary] subject: Text<200>,
        /// What has happened, and why the answer is needed.
        background: Option<Text<8000>>,
        /// The questions; each addressee answers each.
        questions: Vec<Question>,
        /// How soon the answer is needed.
        urgency: Urgency,
        /// An earlier or later day by agreement.
        answer_by: Option<Date>,
    }
}

form! {
    /// The answer to one question.
    pub struct AnswerEntry = "information-answer-entry" {
        /// The number of the question, from 1.
        question: Count,
        /// The answer, or `unknown`, or `refused`.
        value: Text<8000>,
        /// Why it is refused.
        ground: Option<RefusalGround>,
    }
}

form! {
    /// Answers to some or all questions.
    pub struct Answer = "information-answer" {
        /// One entry for each question that is answered now.
        answers: Vec<AnswerEntry>,
        /// More, in words.
        remark: Option<Text<8000>>,
    }
}

form! {
    /// The request as a whole is not answered.
    pub struct Refuse = "information-refuse" {
        /// On what ground.
        ground: RefusalGround,
        /// In words.
        reason: Text<4000>,
    }
}

super::kind_commands! {
    /// What only a request for information knows.
    Command {
        "answer" => Answer(Answer),
        "refuse" => Refuse(Refuse),
    }
}

/// What a unit has said to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The answer, or `unknown`, or `refused`.
    pub value: String,
    /// Why it is refused.
    pub ground: Option<RefusalGround>,
}

/// The answers so far: for each unit that has been asked, each question's answer by its number.
pub fn table(dossier: &Dossier) -> BTreeMap<UnitId, BTreeMap<u32, Said>> {
    let mut table: BTreeMap<UnitId, BTreeMap<u32, Said>> =
        dossier.addressees.iter().map(|unit| (unit.clone(), BTreeMap::new())).collect();
    let questions = questions(dossier);
    for event in &dossier.events {
        let Some(Content::Given { given }) = event.body.as_ref().map(|body| &body.content) else {
            continue;
        };
        let Some(row) = given
            .get("unit")
            .and_then(Value::as_str)
            .and_then(|unit| unit.parse().ok())
            .and_then(|unit: UnitId| table.get_mut(&unit))
        else {
            continue;
        };
        let what = event.header.change.what;
        if matches!(what, What::Answered | What::PartlyAnswered) {
            row.extend(entries(given));
        } else if what == What::Refused {
            let ground = given.get("ground").and_then(Value::as_str);
            let ground = ground.and_then(|ground| ground.parse().ok());
            for question in (1..).take(questions.len()) {
                let said = Said { value: "refused".to_owned(), ground };
                row.entry(question).or_insert(said);
            }
        }
    }
    table
}

fn entries(given: &Value) -> Vec<(u32, Said)> {
    let mut errors = Vec::new();
    Vec::<AnswerEntry>::read(given.get("answers"), "", &mut errors)
        .unwrap_or_default()
        .into_iter()
        .map(|entry| {
            let said = Said { value: entry.value.as_str().to_owned(), ground: entry.ground };
            (entry.question.get(), said)
        })
        .collect()
}

/// The questions of a dossier that can be read.
pub fn questions(dossier: &Dossier) -> Vec<Question> {
    let mut errors = Vec::new();
    Vec::<Question>::read(dossier.form().get("questions"), "", &mut errors).unwrap_or_default()
}

/// What follows from sending: each addressee has a clock in its own calendar.
pub(super) fn plan(
    form: &InformationForm,
    to: &[UnitId],
    context: &Context<'_>,
) -> Result<Plan, Refusal> {
    let (length, basis) = match form.answer_by {
        Some(day) => (crate::deadline::Length::Until(day), Basis::Local),
        None => (form.urgency.length(), Basis::Model),
    };
    super::request_clocks(length, basis, to, context)
}

/// What a list shows of it: the subject.
pub(super) fn summary(form: &Value) -> Summary {
    let title = super::text_at(form, "/subject").map(str::to_owned);
    let facts = super::facts(form, &[("urgency", "/urgency")]);
    Summary { title, facts, assigned: None }
}

/// Decides what follows from an answer or a refusal.
///
/// # Errors
/// Not asked, not awaited, no such question, or a value of another sort than the question's.
pub(super) fn decide(
    dossier: &Dossier,
    actor: &Actor,
    command: &Command,
    context: &Context<'_>,
) -> Result<Turn, Refusal> {
    let standing = &dossier.standing;
    if !standing.state.awaits_answer() {
        return Err(Refusal::NotNow { command: command.name(), state: standing.state });
    }
    let unit = actor.asked_unit(standing)?;
    if dossier.request.is_none() {
        return Err(Refusal::Destroyed);
    }
    match command {
        Command::Refuse(refuse) => {
            let change = super::answered_by(standing, &unit, context.now, What::Refused);
            Ok(Turn::given_by(change, refuse, &unit))
        }
        Command::Answer(answer) => {
            let questions = questions(dossier);
            check(answer, &questions)?;
            let mut answered: Vec<u32> =
                table(dossier).remove(&unit).unwrap_or_default().into_keys().collect();
            answered.extend(answer.answers.iter().map(|entry| entry.question.get()));
            answered.sort_unstable();
            answered.dedup();
            let change = if answered.len() >= questions.len() {
                super::answered_by(standing, &unit, context.now, What::Answered)
            } else {
                Change::of(What::PartlyAnswered)
            };
            Ok(Turn::given_by(change, answer, &unit))
        }
    }
}

/// Whether each answer is one to its question.
fn check(answer: &Answer, questions: &[Question]) -> Result<(), Refusal> {
    let mut errors = Vec::new();
    for (n, entry) in answer.answers.iter().enumerate() {
        let number = entry.question.get();
        let question = usize::try_from(number).ok().and_then(|number| questions.get(number - 1));
        let question =
            question.ok_or(Refusal::NoQuestion { question: number, questions: questions.len() })?;
        let pointer = format!("/answers/{n}/value");
        let given = Value::String(entry.value.as_str().to_owned());
        match (entry.value.as_str(), question.r#type) {
            ("unknown", _) => {}
            ("refused", _) if entry.ground.is_none() => {
                let pointer = format!("/answers/{n}/ground");
                errors.push(FieldError { pointer, problem: Problem::Missing });
            }
            ("refused", _) | (_, QuestionType::Text | QuestionType::Choice) => {}
            (_, QuestionType::YesNo) => {
                super::YesNo::read(Some(&given), &pointer, &mut errors);
            }
            (_, QuestionType::Number) => {
                Quantity::read(Some(&given), &pointer, &mut errors);
            }
            (_, QuestionType::Date) => {
                Date::read(Some(&given), &pointer, &mut errors);
            }
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::Incomplete { errors }) }
}
