//! Why something was not done, in the reader's words: refusals and what is wrong with a field.

use super::Reader;
use crate::view::form::FormError;
use catalogue::calendar::CalendarError;
use domain::form::{Field, FieldError, Problem, Shape};
use domain::refusal::Refusal;

impl Reader<'_> {
    /// A refusal as a sentence.
    pub(crate) fn refusal(&self, refusal: &Refusal) -> String {
        let words = self.words;
        match refusal {
            Refusal::Incomplete { errors } => {
                words.with("form-errors", &[("count", errors.len().into())])
            }
            Refusal::NotNow { state, .. } => {
                let state = words.code("state", state.word());
                words.with("refusal-not-now", &[("state", state.into())])
            }
            Refusal::OriginatorOnly { home } => {
                words.with("refusal-originator-only", &[("home", self.unit(home).into())])
            }
            Refusal::AskedOnly => words.text("refusal-asked-only"),
            Refusal::ContactPointOnly => words.text("refusal-contact-point-only"),
            Refusal::Role => words.text("refusal-role"),
            Refusal::UnknownUnit { unit } => {
                words.with("refusal-unknown-unit", &[("unit", unit.as_str().into())])
            }
            Refusal::AlreadyListed => words.text("refusal-already-listed"),
            Refusal::NotListed { unit } => {
                words.with("refusal-not-listed", &[("unit", self.unit(unit).into())])
            }
            Refusal::OriginatorStays => words.text("refusal-originator-stays"),
            Refusal::AskedStays { unit } => {
                words.with("refusal-asked-stays", &[("unit", self.unit(unit).into())])
            }
            Refusal::OwnAuthority => words.text("refusal-own-authority"),
            Refusal::Loosens => words.text("refusal-loosens"),
            Refusal::Classified => words.text("refusal-classified"),
            Refusal::AlreadyExtended => words.text("refusal-already-extended"),
            Refusal::NothingToExtend => words.text("refusal-nothing-to-extend"),
            Refusal::NotLater { last_day, .. } => {
                words.with("refusal-not-later", &[("day", words.day_year(*last_day).into())])
            }
            Refusal::Past { given } => {
                words.with("refusal-past", &[("day", words.day_year(*given).into())])
            }
            Refusal::GroundStands => words.text("refusal-ground-stands"),
            Refusal::AnswerNotOffered { answer } => {
                let answer = words.code("stop-answer", answer);
                words.with("refusal-answer-not-offered", &[("answer", answer.into())])
            }
            Refusal::OutcomeNotPossible { outcome } => {
                let outcome = words.code("stop-outcome", outcome);
                words.with("refusal-outcome-not-possible", &[("outcome", outcome.into())])
            }
            Refusal::NoQuestion { question, .. } => {
                words.with("refusal-no-question", &[("question", (*question).into())])
            }
            Refusal::NoCommand { .. } => words.text("refusal-no-command"),
            Refusal::NoConsentRequest => words.text("refusal-no-consent-request"),
            Refusal::Destroyed => words.text("refusal-destroyed"),
            Refusal::Calendar(CalendarError::NoYear { calendar, year }) => {
                let values = [
                    ("calendar", self.calendar(*calendar).into()),
                    ("year", year.to_string().into()),
                ];
                words.with("refusal-no-year", &values)
            }
            Refusal::Calendar(CalendarError::OutOfRange { date }) => {
                words.with("refusal-out-of-range", &[("day", words.day_year(*date).into())])
            }
        }
    }

    /// What is wrong with a field, as a sentence.
    pub(crate) fn problem(&self, problem: &Problem) -> String {
        let words = self.words;
        match problem {
            Problem::Missing => words.text("wrong-missing"),
            Problem::Unknown { .. } => words.text("wrong-unknown"),
            Problem::NotOne => words.text("wrong-not-one"),
            Problem::NotList | Problem::NotGroup => words.text("wrong-not-list"),
            Problem::TooLong { max, length } => {
                let values = [("max", (*max).into()), ("length", (*length).into())];
                words.with("wrong-too-long", &values)
            }
            Problem::TooMany { max, length } => {
                let values = [("max", (*max).into()), ("length", (*length).into())];
                words.with("wrong-too-many", &values)
            }
            Problem::Malformed { given, sort } => {
                let values = [
                    ("given", given.as_str().into()),
                    ("expected", words.code("sort", sort.word()).into()),
                ];
                words.with("wrong-malformed", &values)
            }
            Problem::NoChoice { given, .. } => {
                words.with("wrong-no-choice", &[("given", given.as_str().into())])
            }
            Problem::Ahead => words.text("wrong-ahead"),
            Problem::Gone => words.text("wrong-gone"),
            Problem::NotText => words.text("wrong-not-text"),
        }
    }

    /// The summary on top of a form: each error with the name of its field.
    pub(crate) fn form_errors(
        &self,
        errors: &[FieldError],
        fields: &'static [Field],
        prefix: &str,
    ) -> Vec<FormError> {
        errors
            .iter()
            .map(|error| {
                let inner = error.pointer.strip_prefix(prefix).unwrap_or(&error.pointer);
                let label = self.label_at(inner, fields, "");
                let text = self.problem(&error.problem);
                let text = if label.is_empty() { text } else { format!("{label}: {text}") };
                FormError { name: error.pointer.clone(), text }
            })
            .collect()
    }

    /// "Item 2, Consignee, Name": the labels on the way to a place of a form.
    fn label_at(&self, pointer: &str, fields: &'static [Field], group: &str) -> String {
        let mut steps = pointer.trim_start_matches('/').splitn(3, '/');
        let Some(field) = steps.next().and_then(|name| fields.iter().find(|f| f.name == name))
        else {
            return String::new();
        };
        let label = self.label(group, field.name);
        let second = steps.next();
        let number = second.and_then(|step| step.parse::<usize>().ok());
        let label = match number {
            Some(number) if field.many => {
                format!("{} {}", self.words.code("one-of", field.name), number + 1)
            }
            Some(_) | None => label,
        };
        let rest = match (number, second, steps.next()) {
            (Some(_), _, Some(rest)) => rest.to_owned(),
            (None, Some(step), Some(rest)) => format!("{step}/{rest}"),
            (None, Some(step), None) => step.to_owned(),
            (_, _, None) | (None, None, Some(_)) => String::new(),
        };
        match (field.shape)() {
            Shape::Group { name, fields } if !rest.is_empty() => {
                let inner = self.label_at(&rest, fields, name);
                if inner.is_empty() { label } else { format!("{label}, {inner}") }
            }
            Shape::Group { .. } | Shape::Text { .. } | Shape::Single(_) | Shape::Choice { .. } => {
                label
            }
        }
    }
}
