//! The document verification: is it genuine, valid, and does it cover this shipment?
//!
//! Sent ─answer→ Answered (a verdict, and yes or no per field; never the document itself)
//! ─close→ Closed. Silence makes it overdue and nothing else. Source: Art. 25(2); per-field answers
//! after the customs single window (CERTEX).

use super::item::Item;
use super::{Plan, Turn, Urgency};
use crate::body::Summary;
use crate::decide::{Actor, Context};
use crate::dossier::Dossier;
use crate::event::{Basis, Change, What, words};
use crate::form::{Fingerprint, Text, choice, form};
use crate::refusal::Refusal;
use catalogue::codes::DocumentCode;
use catalogue::ids::UnitId;
use jiff::civil::Date;
use serde_json::Value;

words! {
    /// What sort of document it is.
    DocumentType {
        /// An export licence.
        Licence = "licence",
        /// An end-user statement.
        EndUserStatement = "end_user_statement",
        /// A statement that goods are not listed.
        NotListedStatement = "not_listed_statement",
        /// Another document.
        Other = "other",
    }
}
choice!(DocumentType = "document-type");

form! {
    /// A document to be verified.
    pub struct DocumentForm = "document" {
        /// What sort of document it is.
        [summary] document_type: DocumentType,
        /// Its code in the declaration, such as X060.
        code: Option<DocumentCode>,
        /// Its number.
        [summary] number: Text<60>,
        /// Who is said to have issued it.
        [summary] issuer: Option<Text<200>>,
        /// When it is said to have been issued.
        issued_on: Option<Date>,
        /// Until when it is said to be valid.
        valid_until: Option<Date>,
        /// The SHA-256 of the file presented.
        fingerprint: Option<Fingerprint>,
        /// What is being shipped under it.
        items: Option<Vec<Item>>,
        /// How soon the answer is needed.
        urgency: Urgency,
        /// What is asked beside the verdict.
        questions: Option<Text<4000>>,
    }
}

words! {
    /// What the issuer says of a document.
    DocumentVerdict {
        /// As issued, and valid.
        Genuine = "genuine",
        /// Issued, but changed since.
        Altered = "altered",
        /// Never issued.
        Forged = "forged",
        /// Issued, but expired.
        Expired = "expired",
        /// Issued, but revoked, annulled or suspended.
        Revoked = "revoked",
        /// Nothing is known of it.
        Unknown = "unknown",
    }
}
choice!(DocumentVerdict = "document-verdict");

words! {
    /// Whether a field of the document agrees.
    Agrees {
        /// It does.
        Yes = "yes",
        /// It does not.
        No = "no",
        /// The document does not say.
        NotStated = "not_stated",
    }
}
choice!(Agrees = "agrees");

form! {
    /// The issuer's verdict, and yes or no per field.
    pub struct Answer = "document-answer" {
        /// What the issuer says of it.
        verdict: DocumentVerdict,
        /// Whether the fingerprint is that of the file kept.
        fingerprint_agrees: Option<Agrees>,
        /// Whether the parties are those of the document.
        parties_agree: Option<Agrees>,
        /// Whether the destination is that of the document.
        destination_agrees: Option<Agrees>,
        /// Whether the goods are those of the document.
        items_agree: Option<Agrees>,
        /// Whether it is valid on the day of the declaration.
        valid_on_day: Option<Agrees>,
        /// Whether the quantity left covers the shipment.
        quantity_left: Option<Agrees>,
        /// More, in words.
        remark: Option<Text<8000>>,
    }
}

super::kind_commands! {
    /// What only a document verification knows.
    Command {
        "answer" => Answer(Answer),
    }
}

/// What follows from sending: the issuer has a clock in its own calendar.
pub(super) fn plan(
    form: &DocumentForm,
    to: &[UnitId],
    context: &Context<'_>,
) -> Result<Plan, Refusal> {
    super::request_clocks(form.urgency.length(), Basis::Model, to, context)
}

/// What a list shows of it: the number and the parties.
pub(super) fn summary(form: &Value) -> Summary {
    let item = form.pointer("/items/0").unwrap_or(&Value::Null);
    let mut summary = super::summary_of_item(form, item);
    let number = super::text_at(form, "/number").map(str::to_owned);
    summary.title = match (number, summary.title) {
        (Some(number), Some(title)) => Some(format!("{number}, {title}")),
        (number, title) => number.or(title),
    };
    summary.facts.extend(super::facts(
        form,
        &[("document_type", "/document_type"), ("number", "/number"), ("issuer", "/issuer")],
    ));
    summary
}

/// Decides what follows from the verdict.
///
/// # Errors
/// Not asked, or not awaited.
pub(super) fn decide(
    dossier: &Dossier,
    actor: &Actor,
    command: &Command,
    context: &Context<'_>,
) -> Result<Turn, Refusal> {
    let standing = &dossier.standing;
    let Command::Answer(answer) = command;
    if !standing.state.awaits_answer() {
        return Err(Refusal::NotNow { command: "answer", state: standing.state });
    }
    let unit = actor.asked_unit(standing)?;
    let change = Change {
        outcome: super::outcome_code(answer.verdict.word()),
        ..super::answered_by(standing, &unit, context.now, What::Answered)
    };
    Ok(Turn::given_by(change, answer, &unit))
}
