//! The single values of forms: text, codes, quantities, fingerprints.

use super::{FieldError, Part, Problem, Shape, Sort, single};
use serde_json::Value;
use std::fmt::Display;
use std::str::FromStr;

/// Text of 1 to `MAX` characters, without control characters but line ends and tabs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> Display for Text<MAX> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const MAX: usize> Part for Text<MAX> {
    fn shape() -> Shape {
        Shape::Text { max: MAX }
    }

    fn read(given: Option<&Value>, pointer: &str, errors: &mut Vec<FieldError>) -> Option<Self> {
        let text = single(given, pointer, errors)?.replace("\r\n", "\n");
        let length = text.chars().count();
        let problem = if length > MAX {
            Problem::TooLong { max: MAX, length }
        } else if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            Problem::NotText
        } else {
            return Some(Text(text));
        };
        errors.push(FieldError { pointer: pointer.to_owned(), problem });
        None
    }

    fn write(&self) -> Option<Value> {
        Some(Value::String(self.0.clone()))
    }
}

/// A type that is read from and written as a single text of one sort.
pub trait Single: FromStr + Display {
    /// The sort.
    const SORT: Sort;
}

/// Reads a single value of a sort.
fn read_single<T: Single>(
    given: Option<&Value>,
    pointer: &str,
    errors: &mut Vec<FieldError>,
) -> Option<T> {
    let text = single(given, pointer, errors)?;
    if let Ok(value) = text.parse() {
        return Some(value);
    }
    let given = text.chars().take(80).collect();
    let problem = Problem::Malformed { given, sort: T::SORT };
    errors.push(FieldError { pointer: pointer.to_owned(), problem });
    None
}

macro_rules! singles {
    ($($type:ty = $sort:ident),+ $(,)?) => {$(
        impl Single for $type {
            const SORT: Sort = Sort::$sort;
        }

        impl Part for $type {
            fn shape() -> Shape {
                Shape::Single(Sort::$sort)
            }

            fn read(given: Option<&Value>, at: &str, errors: &mut Vec<FieldError>) -> Option<Self> {
                read_single(given, at, errors)
            }

            fn write(&self) -> Option<Value> {
                Some(Value::String(self.to_string()))
            }
        }
    )+};
}

singles! {
    catalogue::codes::Cn8 = Cn8,
    catalogue::codes::ControlCode = ControlCode,
    catalogue::codes::Country = Country,
    catalogue::codes::Eori = Eori,
    catalogue::codes::Mrn = Mrn,
    catalogue::codes::LicenceNumber = LicenceNumber,
    catalogue::codes::DocumentCode = DocumentCode,
    catalogue::codes::CustomsOffice = CustomsOffice,
    catalogue::ids::UnitId = Unit,
    jiff::civil::Date = Date,
    jiff::Timestamp = Instant,
    Fingerprint = Fingerprint,
}

/// A quantity, mass or amount: a decimal number of zero or more, kept exactly as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity(String);

/// Not a decimal number of zero or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a number of zero or more")]
pub struct NotQuantity;

impl FromStr for Quantity {
    type Err = NotQuantity;

    fn from_str(text: &str) -> Result<Quantity, NotQuantity> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let fits = whole.len() <= 15 && fraction.len() <= 9;
        if fits && digits(whole) && digits(fraction) {
            Ok(Quantity(text.to_owned()))
        } else {
            Err(NotQuantity)
        }
    }
}

impl Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Single for Quantity {
    const SORT: Sort = Sort::Quantity;
}

impl Part for Quantity {
    fn shape() -> Shape {
        Shape::Single(Sort::Quantity)
    }

    fn read(given: Option<&Value>, pointer: &str, errors: &mut Vec<FieldError>) -> Option<Self> {
        read_single(given, pointer, errors)
    }

    fn write(&self) -> Option<Value> {
        let whole = self.0.parse::<u64>().map(Value::from);
        let number = whole.or_else(|_| self.0.parse::<f64>().map(Value::from)).ok();
        let written = number.as_ref().map(ToString::to_string);
        // A number in JSON would lose digits of `0.10` and of `123456789012345.123456789`.
        let is_exact = written.as_ref() == Some(&self.0);
        number.filter(|_| is_exact).or_else(|| Some(Value::String(self.0.clone())))
    }
}

/// A number of a thing in a row of things, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count(std::num::NonZeroU32);

impl Count {
    /// The number, 1 or more.
    pub const fn get(self) -> u32 {
        self.0.get()
    }
}

impl FromStr for Count {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Count, std::num::ParseIntError> {
        text.parse().map(Count)
    }
}

impl Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Single for Count {
    const SORT: Sort = Sort::Count;
}

impl Part for Count {
    fn shape() -> Shape {
        Shape::Single(Sort::Count)
    }

    fn read(given: Option<&Value>, pointer: &str, errors: &mut Vec<FieldError>) -> Option<Self> {
        read_single(given, pointer, errors)
    }

    fn write(&self) -> Option<Value> {
        Some(Value::from(self.0.get()))
    }
}

/// A SHA-256 fingerprint in lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint(String);

/// Not 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not 64 hexadecimal digits")]
pub struct NotFingerprint;

impl FromStr for Fingerprint {
    type Err = NotFingerprint;

    fn from_str(text: &str) -> Result<Fingerprint, NotFingerprint> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != ':').collect();
        if digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            Ok(Fingerprint(digits.to_ascii_lowercase()))
        } else {
            Err(NotFingerprint)
        }
    }
}

impl Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
