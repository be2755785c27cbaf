//! The one renderer of forms: from a form's table of fields and what was typed to what is shown.
//!
//! Names are JSON pointers; [`super::typed`] reads back what this offers. An instant is typed as day
//! and time of the reader's zone, a list of single values in one line, a list of units by boxes.

use super::Reader;
use crate::view::form::{
    Choice, Columns, Control, Entry, Field as Shown, Repeat, RepeatItem, TextKind, Width,
};
use domain::form::{ENTRIES_MAX, Field, FieldError, Shape, Sort};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;

/// A text of more characters has several lines.
const LINE: usize = 500;
/// A text of no more characters takes a quarter of the row.
const SHORT: usize = 100;
/// So many choices are shown at once; more fold out.
const RADIOS_MAX: usize = 8;

/// What a form shows beside its table: what was typed, what is wrong with it, from where it comes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Filling<'a> {
    /// What was typed, from the top.
    pub given: &'a Value,
    /// What is wrong, with pointers from the top.
    pub errors: &'a [FieldError],
    /// From where a value comes, by pointer from the top.
    pub sources: &'a BTreeMap<String, String>,
    /// Which fields are offered, by pointer; the others keep what they hold.
    pub offers: fn(&str) -> bool,
    /// What can be chosen in a field of units.
    pub units: &'a [Choice],
    /// Which of a list of words can be chosen, by the list's name.
    pub words: fn(&str, &str) -> bool,
}

impl<'a> Filling<'a> {
    /// A form into which `given` was typed.
    pub(crate) fn of(given: &'a Value) -> Filling<'a> {
        static NOTHING: BTreeMap<String, String> = BTreeMap::new();
        Filling {
            given,
            errors: &[],
            sources: &NOTHING,
            offers: |_| true,
            units: &[],
            words: |_, _| true,
        }
    }
}

/// A single value, or a list of them, in one line.
pub(crate) fn text_of(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(truth)) => truth.to_string(),
        Some(Value::Array(list)) => {
            list.iter().map(|entry| text_of(Some(entry))).collect::<Vec<_>>().join(", ")
        }
        Some(Value::Null | Value::Object(_)) | None => String::new(),
    }
}

impl Reader<'_> {
    /// The label of a field; `group` is the name of the group it stands in.
    pub(crate) fn label(&self, group: &str, name: &str) -> String {
        let special = format!("{group}-{name}");
        let found = self.words.code("field", &special);
        if found == special { self.words.code("field", name) } else { found }
    }

    fn help(&self, group: &str, name: &str) -> Option<String> {
        let special = self.words.code_hint("field", &format!("{group}-{name}"));
        special.or_else(|| self.words.code_hint("field", name))
    }

    /// The fields of a form or group, which stands at `at`.
    pub(crate) fn entries(
        &self,
        fields: &'static [Field],
        group: &str,
        at: &str,
        filling: &Filling<'_>,
    ) -> Vec<Entry> {
        fields
            .iter()
            .map(|field| (field, format!("{at}/{}", field.name)))
            .filter(|(_, pointer)| (filling.offers)(pointer))
            .map(|(field, pointer)| self.entry(field, group, &pointer, filling))
            .collect()
    }

    fn entry(&self, field: &Field, group: &str, pointer: &str, filling: &Filling<'_>) -> Entry {
        match (field.shape)() {
            Shape::Group { name, fields } if field.many => {
                Entry::Repeat(self.repeat(field, group, pointer, (name, fields), filling))
            }
            Shape::Group { name, fields } => Entry::Group {
                legend: self.label(group, field.name),
                entries: self.entries(fields, name, pointer, filling),
            },
            shape => Entry::Field(self.field(field, group, pointer, &shape, filling)),
        }
    }

    fn repeat(
        &self,
        field: &Field,
        group: &str,
        pointer: &str,
        (name, fields): (&'static str, &'static [Field]),
        filling: &Filling<'_>,
    ) -> Repeat {
        let given = filling.given.pointer(pointer).and_then(Value::as_array);
        let count = given.map_or(0, Vec::len).max(usize::from(field.required));
        let one = self.words.code("one-of", field.name);
        let items = (0..count).map(|n| RepeatItem {
            legend: format!("{one} {}", n + 1),
            entries: self.entries(fields, name, &format!("{pointer}/{n}"), filling),
            remove: (count > usize::from(field.required)).then(|| {
                let values = [("one", one.as_str().into()), ("number", (n + 1).into())];
                self.words.with("form-remove", &values)
            }),
        });
        Repeat {
            name: pointer.to_owned(),
            legend: self.label(group, field.name),
            items: items.collect(),
            add: (count < ENTRIES_MAX)
                .then(|| self.words.with("form-add", &[("one", one.as_str().into())])),
        }
    }

    fn field(
        &self,
        field: &Field,
        group: &str,
        pointer: &str,
        shape: &Shape,
        filling: &Filling<'_>,
    ) -> Shown {
        let given = filling.given.pointer(pointer);
        let (control, width) = self.control(field, pointer, shape, given, filling);
        let label = self.label(group, field.name);
        let mut shown = Shown::new(pointer, label, control).wide(width);
        if !field.required {
            shown = shown.optional();
        }
        shown.help = self.help(group, field.name).or_else(|| self.how_typed(field, shape));
        shown.source = filling.sources.get(pointer).map(|source| self.source(source));
        for error in filling.errors {
            let within = error.pointer.strip_prefix(pointer);
            if within.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) {
                shown = shown.error(self.problem(&error.problem));
            }
        }
        shown
    }

    /// How a value of this sort is typed.
    fn how_typed(&self, field: &Field, shape: &Shape) -> Option<String> {
        match shape {
            Shape::Single(Sort::Instant) => {
                let zone = self.words.time(self.now, self.zone);
                Some(self.words.with("form-instant", &[("now", zone.into())]))
            }
            Shape::Single(_) if field.many => Some(self.words.text("form-several")),
            Shape::Text { .. } if field.many => Some(self.words.text("form-line-each")),
            Shape::Single(_) | Shape::Text { .. } | Shape::Choice { .. } | Shape::Group { .. } => {
                None
            }
        }
    }

    /// "message, item": from where a value comes.
    pub(crate) fn source(&self, source: &str) -> String {
        self.words.code("from", source)
    }

    fn control(
        &self,
        field: &Field,
        pointer: &str,
        shape: &Shape,
        given: Option<&Value>,
        filling: &Filling<'_>,
    ) -> (Control, Width) {
        let text = text_of(given);
        match shape {
            Shape::Choice { name, words } => self.choices(field, (name, words), given, filling),
            Shape::Single(Sort::Unit) => units(field, given, filling.units),
            Shape::Single(Sort::Date) => {
                let value = text.parse().map_or(text, |day| self.words.day_year(day));
                (Control::Date { value }, Width::Half)
            }
            Shape::Single(Sort::Instant) => {
                (Control::Date { value: self.moment_typed(pointer, filling.given) }, Width::Half)
            }
            Shape::Single(Sort::Quantity) => {
                let value = if text.parse::<f64>().is_ok() { self.comma(&text) } else { text };
                (Control::Text { value, kind: TextKind::Words }, Width::Quarter)
            }
            Shape::Single(sort) => {
                (Control::Text { value: text, kind: TextKind::Code }, width_of(*sort, field))
            }
            Shape::Text { .. } if field.many => {
                let lines = given.and_then(Value::as_array).into_iter().flatten();
                let value = lines.map(|line| text_of(Some(line))).collect::<Vec<_>>().join("\n");
                (Control::LongText { value, rows: 3 }, Width::Full)
            }
            Shape::Text { max } if *max > LINE => {
                let rows = if *max > 5000 { 5 } else { 3 };
                (Control::LongText { value: text, rows }, Width::Full)
            }
            Shape::Text { max } => {
                let width = if *max <= SHORT { Width::Quarter } else { Width::Half };
                (Control::Text { value: text, kind: TextKind::Words }, width)
            }
            Shape::Group { .. } => (Control::Shown(text.into()), Width::Full),
        }
    }

    /// A decimal point as the language writes it.
    fn comma(&self, text: &str) -> String {
        match self.words.language() {
            crate::words::Language::En => text.to_owned(),
            crate::words::Language::De | crate::words::Language::Fr => text.replace('.', ","),
        }
    }

    /// An instant as day and time of the reader's zone, or as typed.
    fn moment_typed(&self, pointer: &str, given: &Value) -> String {
        let text = text_of(given.pointer(pointer));
        text.parse::<Timestamp>().map_or(text, |at| {
            let zoned = at.to_zoned_datetime(self.zone.clone());
            format!("{} {}", self.words.day_year(zoned.date()), zoned.strftime("%H:%M"))
        })
    }

    fn choices(
        &self,
        field: &Field,
        (name, words): (&str, &[&'static str]),
        given: Option<&Value>,
        filling: &Filling<'_>,
    ) -> (Control, Width) {
        let chosen = |word: &str| match given {
            Some(Value::Array(list)) => list.iter().any(|one| one.as_str() == Some(word)),
            Some(Value::String(text)) => text == word,
            Some(Value::Number(number)) => number.to_string() == word,
            Some(Value::Null | Value::Bool(_) | Value::Object(_)) | None => false,
        };
        let choices = words.iter().filter(|word| (filling.words)(name, word)).map(|word| Choice {
            value: (*word).to_owned(),
            label: self.words.code(name, word),
            hint: self.words.code_hint(name, word),
            chosen: chosen(word),
        });
        let choices: Vec<Choice> = choices.collect();
        if field.many {
            let columns = if choices.len() > 4 { Columns::Two } else { Columns::One };
            return (Control::Checkboxes { choices, columns }, Width::Full);
        }
        let hinted = choices.iter().any(|choice| choice.hint.is_some());
        if field.required && choices.len() <= RADIOS_MAX && (hinted || choices.len() <= 3) {
            let columns = if choices.len() > 3 { Columns::Two } else { Columns::One };
            return (Control::Radios { choices, columns }, Width::Full);
        }
        let nothing = Choice::new("", "–");
        let choices = std::iter::once(nothing).chain(choices).collect();
        (Control::Select { choices }, Width::Half)
    }
}

fn units(field: &Field, given: Option<&Value>, units: &[Choice]) -> (Control, Width) {
    let is_given = |id: &str| match given {
        Some(Value::Array(list)) => list.iter().any(|one| one.as_str() == Some(id)),
        Some(value) => value.as_str() == Some(id),
        None => false,
    };
    let choices = units.iter().cloned();
    let choices = choices.map(|one| Choice { chosen: is_given(&one.value), ..one });
    if field.many {
        (Control::Checkboxes { choices: choices.collect(), columns: Columns::Two }, Width::Full)
    } else {
        (Control::Select { choices: choices.collect() }, Width::Half)
    }
}

fn width_of(sort: Sort, field: &Field) -> Width {
    if field.many {
        return Width::Half;
    }
    match sort {
        Sort::Country | Sort::Count | Sort::Cn8 | Sort::ControlCode | Sort::DocumentCode => {
            Width::Quarter
        }
        Sort::Eori => Width::Quarter,
        Sort::Mrn | Sort::LicenceNumber | Sort::CustomsOffice => Width::Half,
        Sort::Unit | Sort::Date | Sort::Instant | Sort::Quantity => Width::Half,
        Sort::Fingerprint => Width::Full,
    }
}

/// The names of the boxes among `entries`: what is not ticked there was unticked, and not left out.
pub(crate) fn boxes(entries: &[Entry]) -> Vec<String> {
    let mut names = Vec::new();
    for entry in entries {
        match entry {
            Entry::Field(field) if matches!(field.control, Control::Checkboxes { .. }) => {
                names.push(field.name.clone());
            }
            Entry::Group { entries, .. } => names.extend(boxes(entries)),
            Entry::Repeat(list) => {
                names.extend(list.items.iter().flat_map(|item| boxes(&item.entries)));
            }
            Entry::Field(_) | Entry::Words(_) => {}
        }
    }
    names
}
