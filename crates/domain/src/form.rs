//! A form is one declaration, from which all else follows.
//!
//! [`form!`] declares a struct once; from it follow the typed value, reading with *all* errors at
//! once (each with the JSON pointer of its place), the table of fields from which pages, the API's
//! schema and the command line are made, and writing back. A field that is `Option` may be left
//! out, a `Vec` is a list of at least one, the documentation of a field is its help text.
//!
//! What a person typed is a JSON value of texts; it is kept as it is until it can be read.

mod page;
mod values;

pub use page::{Difference, differences, from_pairs, leaves, schema};
pub use values::{Count, Fingerprint, NotFingerprint, NotQuantity, Quantity, Single, Text};

use serde_json::{Map, Value};
use std::str::FromStr;

/// What is wrong with one field, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {problem}")]
pub struct FieldError {
    /// JSON pointer of the place, from the top of the form.
    pub pointer: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing was given where something is needed.
    #[error("is missing")]
    Missing,
    /// There is no such field.
    #[error("no such field{}", nearest.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default())]
    Unknown {
        /// The field with the most similar name, if one is similar.
        nearest: Option<&'static str>,
    },
    /// Something else than one value was given.
    #[error("one value was expected")]
    NotOne,
    /// Something else than a list was given.
    #[error("a list was expected")]
    NotList,
    /// Something else than a group of fields was given.
    #[error("an object was expected")]
    NotGroup,
    /// The text is too long.
    #[error("has {length} characters, at most {max} were expected")]
    TooLong {
        /// How many characters it may have.
        max: usize,
        /// How many it has.
        length: usize,
    },
    /// The list is too long.
    #[error("has {length} entries, at most {max} were expected")]
    TooMany {
        /// How many entries it may have.
        max: usize,
        /// How many it has.
        length: usize,
    },
    /// The value has not the form of its sort.
    #[error("`{given}` is not {}", sort.expected())]
    Malformed {
        /// What was given.
        given: String,
        /// What sort of value was expected.
        sort: Sort,
    },
    /// The value is none of the choices.
    #[error("`{given}` is none of {}", choices.join(", "))]
    NoChoice {
        /// What was given.
        given: String,
        /// What can be chosen.
        choices: Vec<&'static str>,
    },
    /// An instant that is to come, of something that has happened.
    #[error("lies in the future; an instant until now was expected")]
    Ahead,
    /// A day that has passed, of something that is to come.
    #[error("has passed already; today or a later day was expected")]
    Gone,
    /// The text has control characters.
    #[error("has control characters; only text was expected")]
    NotText,
}

/// The sorts of single values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// Commodity code, eight digits.
    Cn8,
    /// Entry of Annex I.
    ControlCode,
    /// Country, ISO 3166 alpha-2.
    Country,
    /// Economic operator's number.
    Eori,
    /// Movement reference number.
    Mrn,
    /// Number of a licence.
    LicenceNumber,
    /// Type of a document in a declaration.
    DocumentCode,
    /// Customs office.
    CustomsOffice,
    /// Unit of the directory.
    Unit,
    /// Day.
    Date,
    /// Instant with its offset.
    Instant,
    /// Decimal number, zero or more.
    Quantity,
    /// Whole number, one or more.
    Count,
    /// SHA-256 in hexadecimal digits.
    Fingerprint,
}

impl Sort {
    /// What a value of this sort looks like, with an example; for logs and the API.
    pub const fn expected(self) -> &'static str {
        match self {
            Sort::Cn8 => "a commodity code of eight digits, such as `8542 31 90`",
            Sort::ControlCode => "an entry of Annex I, such as `3A001.a.2`",
            Sort::Country => "a country of two letters, such as `KZ`",
            Sort::Eori => "an EORI number: country and up to 15 characters, such as `DE471120883`",
            Sort::Mrn => "a movement reference number, such as `26NL000510K7Q2D4A1`",
            Sort::LicenceNumber => "a licence number of at most 35 characters",
            Sort::DocumentCode => "a document code of four characters, such as `X060`",
            Sort::CustomsOffice => "a customs office of eight characters, such as `NL000510`",
            Sort::Unit => "a unit of the directory, such as `DE-LICENSING`",
            Sort::Date => "a day, such as `2026-11-24`",
            Sort::Instant => "an instant with its offset, such as `2026-11-24T09:55:00+01:00`",
            Sort::Quantity => "a number of zero or more, such as `18.6`",
            Sort::Count => "a whole number of one or more, such as `2`",
            Sort::Fingerprint => "a SHA-256 fingerprint of 64 hexadecimal digits",
        }
    }

    /// The word for it, as in keys of messages.
    pub const fn word(self) -> &'static str {
        match self {
            Sort::Cn8 => "cn8",
            Sort::ControlCode => "control-code",
            Sort::Country => "country",
            Sort::Eori => "eori",
            Sort::Mrn => "mrn",
            Sort::LicenceNumber => "licence-number",
            Sort::DocumentCode => "document-code",
            Sort::CustomsOffice => "customs-office",
            Sort::Unit => "unit",
            Sort::Date => "date",
            Sort::Instant => "instant",
            Sort::Quantity => "quantity",
            Sort::Count => "count",
            Sort::Fingerprint => "fingerprint",
        }
    }
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Text of at most `max` characters; more than 200 need several lines.
    Text {
        /// How many characters it may have.
        max: usize,
    },
    /// A single value of this sort.
    Single(Sort),
    /// One of these words; `name` names the list of them in keys of messages.
    Choice {
        /// The list's name.
        name: &'static str,
        /// The words.
        words: &'static [&'static str],
    },
    /// A group of fields; `name` names the group in keys of messages.
    Group {
        /// The group's name.
        name: &'static str,
        /// Its fields.
        fields: &'static [Field],
    },
}

/// One field of a form.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in JSON.
    pub name: &'static str,
    /// What it is for, in English; pages have it in the reader's language.
    pub help: &'static str,
    /// Whether a list row and the search show it.
    pub in_summary: bool,
    /// Whether something must be given before sending.
    pub required: bool,
    /// Whether it is a list.
    pub many: bool,
    /// What it holds.
    pub shape: fn() -> Shape,
}

/// The most entries that a list in a form has.
pub const ENTRIES_MAX: usize = 200;

/// A value that can stand in a form.
pub trait Part: Sized {
    /// Whether something must be given.
    const REQUIRED: bool = true;
    /// Whether it is a list.
    const MANY: bool = false;

    /// What it holds; of a list, what each entry holds.
    fn shape() -> Shape;

    /// Reads what was given at `pointer`, and adds to `errors` all that is wrong with it.
    ///
    /// `None` only if it added an error.
    fn read(given: Option<&Value>, pointer: &str, errors: &mut Vec<FieldError>) -> Option<Self>;

    /// The value in JSON; none where it is absent.
    fn write(&self) -> Option<Value>;
}

/// A whole form, or a group in one.
pub trait Form: Part {
    /// Its name, as in keys of messages and in the API's schema.
    const NAME: &'static str;

    /// Its fields, in the order in which they are shown.
    fn fields() -> &'static [Field];

    /// Reads a form from the top.
    ///
    /// # Errors
    /// All that is wrong, in the order of the fields.
    fn parse(given: &Value) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        match Self::read(Some(given), "", &mut errors) {
            Some(form) if errors.is_empty() => Ok(form),
            _ => Err(errors),
        }
    }
}

/// Whether nothing was given: absent, null, blank text, an empty list or group.
pub fn is_blank(given: Option<&Value>) -> bool {
    match given {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.trim().is_empty(),
        Some(Value::Array(list)) => list.iter().all(|entry| is_blank(Some(entry))),
        Some(Value::Object(group)) => group.values().all(|value| is_blank(Some(value))),
        Some(Value::Bool(_) | Value::Number(_)) => false,
    }
}

/// The text of a single value; `None` after adding an error.
fn single(given: Option<&Value>, pointer: &str, errors: &mut Vec<FieldError>) -> Option<String> {
    let problem = match given {
        given if is_blank(given) => Problem::Missing,
        Some(Value::String(text)) => return Some(text.trim().to_owned()),
        Some(Value::Number(number)) => return Some(number.to_string()),
        _ => Problem::NotOne,
    };
    errors.push(FieldError { pointer: pointer.to_owned(), problem });
    None
}

impl<T: Part> Part for Option<T> {
    const REQUIRED: bool = false;
    const MANY: bool = T::MANY;

    fn shape() -> Shape {
        T::shape()
    }

    fn read(given: Option<&Value>, pointer: &str, errors: &mut Vec<FieldError>) -> Option<Self> {
        if is_blank(given) { Some(None) } else { T::read(given, pointer, errors).map(Some) }
    }

    fn write(&self) -> Option<Value> {
        self.as_ref().and_then(T::write)
    }
}

impl<T: Part> Part for Vec<T> {
    const MANY: bool = true;

    fn shape() -> Shape {
        T::shape()
    }

    fn read(given: Option<&Value>, pointer: &str, errors: &mut Vec<FieldError>) -> Option<Self> {
        let problem = match given {
            given if is_blank(given) => Problem::Missing,
            Some(Value::Array(list)) if list.len() > ENTRIES_MAX => {
                Problem::TooMany { max: ENTRIES_MAX, length: list.len() }
            }
            Some(Value::Array(list)) => {
                // A blank entry is one that a page offered and nobody used. The others keep their
                // numbers, so that an error is shown at the right row.
                let entries: Vec<Option<T>> = list
                    .iter()
                    .enumerate()
                    .filter(|(_, entry)| !is_blank(Some(entry)))
                    .map(|(n, entry)| T::read(Some(entry), &format!("{pointer}/{n}"), errors))
                    .collect();
                return entries.into_iter().collect();
            }
            _ => Problem::NotList,
        };
        errors.push(FieldError { pointer: pointer.to_owned(), problem });
        None
    }

    fn write(&self) -> Option<Value> {
        Some(Value::Array(self.iter().filter_map(T::write).collect()))
    }
}

/// A list of words of which one is chosen.
macro_rules! choice {
    ($type:ty = $name:literal) => {
        impl $crate::form::Part for $type {
            fn shape() -> $crate::form::Shape {
                const WORDS: &[&str] = &{
                    let mut words = [""; <$type>::ALL.len()];
                    let mut n = 0;
                    while let (Some(value), true) =
                        (<$type>::ALL.split_at(n).1.first(), n < words.len())
                    {
                        if let Some(word) = words.split_at_mut(n).1.first_mut() {
                            *word = value.word();
                        }
                        n += 1;
                    }
                    words
                };
                $crate::form::Shape::Choice { name: $name, words: WORDS }
            }

            fn read(
                given: Option<&serde_json::Value>,
                pointer: &str,
                errors: &mut Vec<$crate::form::FieldError>,
            ) -> Option<Self> {
                $crate::form::read_choice(given, pointer, errors)
            }

            fn write(&self) -> Option<serde_json::Value> {
                Some(serde_json::Value::String(self.word().to_owned()))
            }
        }
    };
}
pub(crate) use choice;

/// Reads one of the words of a choice.
pub(crate) fn read_choice<T: FromStr<Err = crate::event::UnknownWord>>(
    given: Option<&Value>,
    pointer: &str,
    errors: &mut Vec<FieldError>,
) -> Option<T> {
    let text = single(given, pointer, errors)?;
    match text.parse() {
        Ok(value) => Some(value),
        Err(unknown) => {
            let given = unknown.given.chars().take(80).collect();
            let problem = Problem::NoChoice { given, choices: unknown.expected };
            errors.push(FieldError { pointer: pointer.to_owned(), problem });
            None
        }
    }
}

impl Part for crate::event::Ground {
    fn shape() -> Shape {
        const WORDS: &[&str] = &crate::event::Ground::STOP_WORDS;
        Shape::Choice { name: "ground", words: WORDS }
    }

    fn read(given: Option<&Value>, pointer: &str, errors: &mut Vec<FieldError>) -> Option<Self> {
        let text = single(given, pointer, errors)?;
        // The request itself is a ground of clocks only: no goods are held on it.
        let found = Self::STOP.into_iter().find(|ground| ground.word() == text);
        if found.is_none() {
            let given = text.chars().take(80).collect();
            let problem = Problem::NoChoice { given, choices: Self::STOP_WORDS.to_vec() };
            errors.push(FieldError { pointer: pointer.to_owned(), problem });
        }
        found
    }

    fn write(&self) -> Option<Value> {
        Some(Value::String(self.word().to_owned()))
    }
}

/// Takes `r#` off the name of a field that is a word of Rust.
pub(crate) const fn plain(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

/// Whether a field carries the mark `[summary]`.
macro_rules! in_summary {
    () => {
        false
    };
    (summary) => {
        true
    };
}
pub(crate) use in_summary;

/// Declares a form: see the head of this module.
macro_rules! form {
    (
        $(#[doc = $doc:literal])*
        $vis:vis struct $type:ident = $word:literal {
            $( $(#[doc = $help:literal])+ $([$flag:ident])? $field:ident: $of:ty, )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        $vis struct $type { $( $(#[doc = $help])+ pub $field: $of, )* }

        impl $crate::form::Form for $type {
            const NAME: &'static str = $word;

            fn fields() -> &'static [$crate::form::Field] {
                const FIELDS: &[$crate::form::Field] = &[$(
                    $crate::form::Field {
                        name: $crate::form::plain(stringify!($field)),
                        help: concat!($($help),+),
                        in_summary: $crate::form::in_summary!($($flag)?),
                        required: <$of as $crate::form::Part>::REQUIRED,
                        many: <$of as $crate::form::Part>::MANY,
                        shape: <$of as $crate::form::Part>::shape,
                    },
                )*];
                FIELDS
            }
        }

        impl $crate::form::Part for $type {
            fn shape() -> $crate::form::Shape {
                $crate::form::Shape::Group {
                    name: $word,
                    fields: <$type as $crate::form::Form>::fields(),
                }
            }

            fn read(
                given: Option<&serde_json::Value>,
                pointer: &str,
                errors: &mut Vec<$crate::form::FieldError>,
            ) -> Option<Self> {
                let group = $crate::form::group(given, pointer, <$type as $crate::form::Form>::fields(), errors)?;
                $( let $field = <$of as $crate::form::Part>::read(
                    group.get($crate::form::plain(stringify!($field))),
                    &format!("{pointer}/{}", $crate::form::plain(stringify!($field))),
                    errors,
                ); )*
                Some($type { $( $field: $field?, )* })
            }

            fn write(&self) -> Option<serde_json::Value> {
                let mut group = serde_json::Map::new();
                $( if let Some(value) = $crate::form::Part::write(&self.$field) {
                    group.insert($crate::form::plain(stringify!($field)).to_owned(), value);
                } )*
                Some(serde_json::Value::Object(group))
            }
        }
    };
}
pub(crate) use form;

/// The fields given for a group; reports those that it does not have.
pub(crate) fn group<'v>(
    given: Option<&'v Value>,
    pointer: &str,
    fields: &'static [Field],
    errors: &mut Vec<FieldError>,
) -> Option<&'v Map<String, Value>> {
    static NOTHING: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    let problem = match given {
        None | Some(Value::Null) if pointer.is_empty() => return Some(&NOTHING),
        None | Some(Value::Null) => Problem::Missing,
        Some(Value::Object(group)) => {
            for name in group.keys().filter(|name| !fields.iter().any(|field| field.name == **name))
            {
                let problem = Problem::Unknown { nearest: nearest(name, fields) };
                errors.push(FieldError { pointer: format!("{pointer}/{}", escape(name)), problem });
            }
            return Some(group);
        }
        Some(_) => Problem::NotGroup,
    };
    errors.push(FieldError { pointer: pointer.to_owned(), problem });
    None
}

/// A name as it stands in a JSON pointer (RFC 6901).
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The field whose name is one slip away from `name`.
fn nearest(name: &str, fields: &'static [Field]) -> Option<&'static str> {
    let folded = |text: &str| text.replace(['_', '-'], "").to_lowercase();
    let name = folded(name);
    let close = |field: &&Field| {
        let other = folded(field.name);
        let same = name.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        name == other || (same >= 3 && name.len().abs_diff(other.len()) <= 2)
    };
    fields.iter().find(close).map(|field| field.name)
}

#[cfg(test)]
mod tests;
