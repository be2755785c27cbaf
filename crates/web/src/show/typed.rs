//! What was typed into a form that [`super::form`] offered, back as the value that the domain reads.
//!
//! Days, times and decimal commas of the reader's language are turned into what the domain takes;
//! what cannot be read stays exactly as typed. Fields that were not offered keep what they held.

use crate::words::{Language, Words};
use domain::form::{ENTRIES_MAX, Field, Shape, Sort};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

/// In whose language and zone something was typed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Typing<'a> {
    /// The language.
    pub words: Words,
    /// The zone.
    pub zone: &'a TimeZone,
}

/// The names and texts of a form, in their order.
pub(crate) type Pairs = [(String, String)];

fn all<'p>(pairs: &'p Pairs, name: &str) -> Vec<&'p str> {
    pairs.iter().filter(|(found, _)| found == name).map(|(_, text)| text.as_str()).collect()
}

/// The first text under a name.
pub(crate) fn first<'p>(pairs: &'p Pairs, name: &str) -> Option<&'p str> {
    pairs.iter().find(|(found, _)| found == name).map(|(_, text)| text.as_str())
}

impl Typing<'_> {
    /// What was typed into `fields` at `at`, over what they held.
    pub(crate) fn group(
        &self,
        fields: &'static [Field],
        at: &str,
        pairs: &Pairs,
        before: Option<&Value>,
    ) -> Value {
        let mut group = match before {
            Some(Value::Object(group)) => group.clone(),
            _ => Map::new(),
        };
        for field in fields {
            let pointer = format!("{at}/{}", field.name);
            let held = group.get(field.name).cloned();
            match self.field(field, &pointer, pairs, held.as_ref()) {
                Some(value) => group.insert(field.name.to_owned(), value),
                None => held.and_then(|held| group.insert(field.name.to_owned(), held)),
            };
        }
        Value::Object(group)
    }

    /// What was typed into a field; none where it was not offered.
    fn field(
        &self,
        field: &Field,
        pointer: &str,
        pairs: &Pairs,
        before: Option<&Value>,
    ) -> Option<Value> {
        match (field.shape)() {
            Shape::Group { fields, .. } if field.many => self.list(fields, pointer, pairs, before),
            Shape::Group { fields, .. } => {
                let inside = format!("{pointer}/");
                let offered = pairs.iter().any(|(name, _)| name.starts_with(&inside));
                offered.then(|| self.group(fields, pointer, pairs, before))
            }
            // A box that is not ticked sends nothing; the page says that it was offered.
            Shape::Choice { .. } | Shape::Single(Sort::Unit) if field.many => {
                let ticked = all(pairs, pointer);
                let offered = first(pairs, "offered")
                    .is_some_and(|offered| offered.split(' ').any(|one| one == pointer));
                (offered || !ticked.is_empty())
                    .then(|| ticked.into_iter().filter(|one| !one.is_empty()).collect())
            }
            Shape::Single(Sort::Instant) => Some(self.instant(first(pairs, pointer)?)),
            shape @ (Shape::Text { .. } | Shape::Single(_) | Shape::Choice { .. }) => {
                let typed = first(pairs, pointer)?;
                Some(if field.many { self.several(typed, &shape) } else { self.one(typed, &shape) })
            }
        }
    }

    fn list(
        &self,
        fields: &'static [Field],
        pointer: &str,
        pairs: &Pairs,
        before: Option<&Value>,
    ) -> Option<Value> {
        let inside = format!("{pointer}/");
        let numbers = pairs.iter().filter_map(|(name, _)| {
            let number = name.strip_prefix(&inside)?.split('/').next()?;
            number.parse::<usize>().ok().filter(|number| *number < ENTRIES_MAX)
        });
        let last = numbers.max()?;
        let held = |n: usize| before.and_then(|list| list.get(n));
        let entries =
            (0..=last).map(|n| self.group(fields, &format!("{pointer}/{n}"), pairs, held(n)));
        Some(entries.collect())
    }

    fn several(&self, typed: &str, shape: &Shape) -> Value {
        let separators: &[char] = match shape {
            Shape::Text { .. } => &['\n'],
            Shape::Single(_) | Shape::Choice { .. } | Shape::Group { .. } => &['\n', ',', ';'],
        };
        let parts = typed.split(separators).map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| self.one(part, shape)).collect()
    }

    fn one(&self, typed: &str, shape: &Shape) -> Value {
        let text = match shape {
            Shape::Single(Sort::Date) => {
                self.words.parse_day(typed).map_or_else(|| typed.to_owned(), |day| day.to_string())
            }
            Shape::Single(Sort::Quantity) => self.quantity(typed),
            // Browsers send line ends as two characters.
            Shape::Text { .. } => typed.replace("\r\n", "\n"),
            Shape::Single(_) | Shape::Choice { .. } | Shape::Group { .. } => typed.to_owned(),
        };
        Value::String(text)
    }

    fn quantity(&self, typed: &str) -> String {
        let compact: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let comma = match self.words.language() {
            Language::En => return compact.replace(',', ""),
            Language::De | Language::Fr => compact.contains(','),
        };
        if comma { compact.replace('.', "").replace(',', ".") } else { compact }
    }

    /// Day and time of the zone as an instant with its offset; as typed where they are not both.
    fn instant(&self, typed: &str) -> Value {
        let read = || {
            let trimmed = typed.trim();
            let (day, time) = trimmed.rsplit_once([' ', 'T'])?;
            let day: Date = self.words.parse_day(day)?;
            let time: Time = format!("{:0>5}", time.replace('.', ":")).parse().ok()?;
            let zoned =
                DateTime::from_parts(day, time).to_zoned_datetime(self.zone.clone()).ok()?;
            Some(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
        };
        Value::String(read().unwrap_or_else(|| typed.to_owned()))
    }
}

/// Adds an empty entry to a list, or takes one out, as a button of the form says.
pub(crate) fn grow(given: &mut Value, button: &str) -> bool {
    if let Some(pointer) = button.strip_prefix("add:") {
        let Some((at, name)) = pointer.rsplit_once('/') else { return false };
        let Some(Value::Object(group)) = given.pointer_mut(at) else { return false };
        let list = group.entry(name.to_owned()).or_insert(Value::Null);
        if !list.is_array() {
            *list = Value::Array(vec![Value::Object(Map::new())]);
        }
        if let Value::Array(list) = list
            && list.len() < ENTRIES_MAX
        {
            list.push(Value::Object(Map::new()));
        }
        return true;
    }
    let Some((at, number)) = button.strip_prefix("remove:").and_then(|one| one.rsplit_once('/'))
    else {
        return false;
    };
    if let (Some(Value::Array(list)), Ok(number)) = (given.pointer_mut(at), number.parse::<usize>())
        && number < list.len()
    {
        list.remove(number);
    }
    true
}
