//! A small form of its own words: what was typed into it, and what is wrong with it.
//!
//! For the pages of accounts and settings, whose fields are no dossier's. Names are `form/field`, so
//! that several forms on a page have ids of their own.

use super::sent::Sent;
use crate::view::form::{
    Choice, Columns, Control, Field, FormError, FormGroup, FormView, Submit, TextKind,
};

/// A form with what was typed and what is wrong.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filled {
    /// Names and texts.
    pairs: Vec<(String, String)>,
    /// What is wrong: the field's name, or nothing for the whole form, and a sentence.
    errors: Vec<(String, String)>,
}

impl Filled {
    /// A form that was sent.
    pub(crate) fn of(sent: &Sent) -> Filled {
        Filled { pairs: sent.pairs.clone(), errors: Vec::new() }
    }

    /// A form that stands as it is kept.
    pub(crate) fn with(pairs: &[(&str, String)]) -> Filled {
        let pairs = pairs.iter().map(|(name, text)| ((*name).to_owned(), text.clone()));
        Filled { pairs: pairs.collect(), errors: Vec::new() }
    }

    /// The first text under a name, without spaces around it.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The first text under a name as it was typed: a password may begin with a space.
    pub(crate) fn raw(&self, name: &str) -> &str {
        let found = self.pairs.iter().find(|(found, _)| found == name);
        found.map(|(_, text)| text.as_str()).unwrap_or_default()
    }

    /// Every text under a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(found, _)| found == name).map(|(_, text)| text.trim())
    }

    /// Says what is wrong with a field; with no name, with the whole form.
    pub(crate) fn wrong(&mut self, name: &str, sentence: impl Into<String>) {
        self.errors.push((name.to_owned(), sentence.into()));
    }

    /// Reads a field; what is wrong with it is said with `sentence`.
    pub(crate) fn read<T: std::str::FromStr>(&mut self, name: &str, sentence: &str) -> Option<T> {
        let read = self.text(name).parse().ok();
        if read.is_none() {
            self.wrong(name, sentence);
        }
        read
    }

    /// Whether nothing is wrong.
    pub(crate) fn is_right(&self) -> bool {
        self.errors.is_empty()
    }

    fn field(&self, name: &str, label: String, control: Control) -> Field {
        let mut field = Field::new(name, label, control);
        field.errors = self
            .errors
            .iter()
            .filter(|(about, _)| about == name)
            .map(|(_, sentence)| sentence.clone())
            .collect();
        field
    }

    /// A line of text. A password is never written back.
    pub(crate) fn line(&self, name: &str, label: String, kind: TextKind) -> Field {
        let value = match kind {
            TextKind::Password | TextKind::NewPassword => String::new(),
            TextKind::Words
            | TextKind::Code
            | TextKind::User
            | TextKind::OneTime
            | TextKind::Mail
            | TextKind::Phone => self.text(name).to_owned(),
        };
        self.field(name, label, Control::Text { value, kind })
    }

    /// Several lines of text.
    pub(crate) fn lines(&self, name: &str, label: String) -> Field {
        let value = self.text(name).to_owned();
        self.field(name, label, Control::LongText { value, rows: 3 })
    }

    /// A day.
    pub(crate) fn day(&self, name: &str, label: String) -> Field {
        self.field(name, label, Control::Date { value: self.text(name).to_owned() })
    }

    /// One of several, folded out.
    pub(crate) fn select(&self, name: &str, label: String, choices: Vec<Choice>) -> Field {
        let typed = self.text(name);
        let choices = choices.into_iter().map(|choice| choice.chosen_if(typed)).collect();
        self.field(name, label, Control::Select { choices })
    }

    /// One of several, all shown.
    pub(crate) fn radios(&self, name: &str, label: String, choices: Vec<Choice>) -> Field {
        let typed = self.text(name);
        let choices = choices.into_iter().map(|choice| choice.chosen_if(typed)).collect();
        self.field(name, label, Control::Radios { choices, columns: Columns::One })
    }

    /// Some of several.
    pub(crate) fn boxes(&self, name: &str, label: String, choices: Vec<Choice>) -> Field {
        let chosen = |choice: Choice| {
            let chosen = self.all(name).any(|typed| typed == choice.value);
            Choice { chosen, ..choice }
        };
        let choices = choices.into_iter().map(chosen).collect();
        self.field(name, label, Control::Checkboxes { choices, columns: Columns::Two })
    }

    /// The form, with all that is wrong in one list on top.
    pub(crate) fn form(
        &self,
        id: &str,
        action: &str,
        fields: Vec<Field>,
        button: String,
    ) -> FormView {
        let label = |name: &str| {
            fields.iter().find(|field| field.name == name).map(|field| field.label.clone())
        };
        let error = |(name, sentence): &(String, String)| FormError {
            name: name.clone(),
            text: match label(name) {
                Some(label) => format!("{label}: {sentence}"),
                None => sentence.clone(),
            },
        };
        let errors = self.errors.iter().map(error).collect();
        FormView {
            errors,
            groups: vec![FormGroup::of(fields)],
            buttons: vec![Submit::other(button, "")],
            ..FormView::new(id, action)
        }
    }
}
