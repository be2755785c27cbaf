//! The codes of tariff, declaration, licence and control list, each a type of its own.
//!
//! A field is private and `FromStr` the only way in, so that a `Cn8` in hand is eight digits for
//! good and nobody checks again. Surrounding space is ignored, and letters are made capital
//! where the code knows only capitals.
//! Sources: Commission Delegated Regulation (EU) 2015/2446 Annex B (declarations), Regulation
//! (EU) 2021/821 Annex I (control codes).

mod states;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

pub use states::{State, StateNames};

use crate::text::serde_as_text;

/// Which code a text was expected to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// A commodity code of the combined nomenclature.
    Cn8,
    /// A subheading of the harmonised system.
    Hs6,
    /// An entry of the dual-use control list.
    Control,
    /// A country.
    Country,
    /// A Member State.
    State,
    /// An economic operator's number.
    Eori,
    /// A declaration's reference number.
    Mrn,
    /// The number of a licence.
    Licence,
    /// The code of a document or an additional reference in a declaration.
    Document,
    /// The code of a customs office.
    Office,
}

impl Code {
    /// The code's name, what it looks like and an example, in English.
    pub const fn expected(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Code::Cn8 => ("a commodity code (CN)", "eight digits", "85423190"),
            Code::Hs6 => ("a subheading (HS)", "six digits", "854231"),
            Code::Control => (
                "a control list entry",
                "a digit, a letter A to E, three digits and sub-entries after dots",
                "3A001.a.2",
            ),
            Code::Country => ("a country", "the two letters of ISO 3166-1", "KZ"),
            Code::State => ("a Member State", "the two letters of one of the 27", "EL"),
            Code::Eori => {
                ("an EORI number", "two letters and up to 15 letters and digits", "NL123456789")
            }
            Code::Mrn => (
                "a declaration's MRN",
                "up to 35 characters without spaces, usually 18",
                "26NL0005109999ABC7",
            ),
            Code::Licence => ("a licence number", "up to 35 characters", "DE-26-118274-E"),
            Code::Document => ("a document code", "four letters and digits", "X060"),
            Code::Office => {
                ("a customs office code", "two letters and six letters and digits", "NL000510")
            }
        }
    }
}

/// A text that is not the code it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{given}` is not {}: expected {}, such as `{}`",
    code.expected().0, code.expected().1, code.expected().2
)]
pub struct CodeError {
    /// The code that was expected.
    pub code: Code,
    /// The text as it was given.
    pub given: String,
}

impl CodeError {
    fn new(code: Code, given: &str) -> Self {
        Self { code, given: given.to_owned() }
    }
}

/// A commodity code of the combined nomenclature: eight digits.
///
/// Data element 18 09 without its TARIC part. Dots and spaces between the digits are ignored
/// when it is read; it is written as eight digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cn8(u32);

impl Cn8 {
    /// The subheading that the code lies under.
    pub const fn hs6(self) -> Hs6 {
        Hs6(self.0 / 100)
    }
}

/// A subheading of the harmonised system: six digits, written without dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hs6(u32);

/// Reads a code of exactly `length` digits; dots and spaces are ignored.
fn digits(text: &str, length: usize) -> Option<u32> {
    let digits: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    // `parse` alone would take `+5423190`.
    let well_formed = digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| well_formed)
}

impl fmt::Display for Cn8 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}", self.0)
    }
}

impl FromStr for Cn8 {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        digits(text.trim(), 8).map(Self).ok_or_else(|| CodeError::new(Code::Cn8, text))
    }
}

impl fmt::Display for Hs6 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl FromStr for Hs6 {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        digits(text.trim(), 6).map(Self).ok_or_else(|| CodeError::new(Code::Hs6, text))
    }
}

serde_as_text!(Cn8);
serde_as_text!(Hs6);

/// Defines a code that is kept as text. `$read` brings trimmed text into its written form, or
/// refuses it.
macro_rules! text_code {
    ($(#[$doc:meta])* $name:ident, $code:expr, $read:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The code as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = CodeError;

            fn from_str(text: &str) -> Result<Self, CodeError> {
                let read: fn(&str) -> Option<String> = $read;
                read(text.trim())
                    .map(|code| Self(code.into()))
                    .ok_or_else(|| CodeError::new($code, text))
            }
        }

        serde_as_text!($name);
    };
}

text_code!(
    /// An entry of the dual-use control list (Annex I): category, group, number and sub-entries,
    /// such as `3A001.a.2`.
    ControlCode,
    Code::Control,
    control_code
);
text_code!(
    /// An economic operator's registration and identification number: the letters of the country
    /// that gave it, then 1 to 15 letters and digits.
    Eori,
    Code::Eori,
    |text| {
        let text = text.to_ascii_uppercase();
        let letters = text.bytes().take(2).all(|b| b.is_ascii_uppercase());
        let rest = text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        (letters && rest && (3..=17).contains(&text.len())).then_some(text)
    }
);
text_code!(
    /// A declaration's movement reference number, 1 to 35 printable characters without spaces.
    ///
    /// Real messages carry numbers that break the official grammar, so it is read tolerantly;
    /// [`Mrn::is_regular`] says whether a warning is due.
    Mrn,
    Code::Mrn,
    |text| {
        let fits = (1..=35).contains(&text.chars().count());
        let printable = text.chars().all(|c| !c.is_whitespace() && !c.is_control());
        (fits && printable).then(|| text.to_ascii_uppercase())
    }
);
text_code!(
    /// The number of a licence as its authority wrote it: 1 to 35 printable characters (box 2 of
    /// Annex III, reference of data element 12 03).
    LicenceNumber,
    Code::Licence,
    |text| {
        let fits = (1..=35).contains(&text.chars().count());
        (fits && !text.chars().any(char::is_control)).then(|| text.to_owned())
    }
);

/// Brings a control code into its written form: capital group letter, small sub-entries.
///
/// Grammar: `^[0-9][A-E][0-9]{3}(\.[a-z](\.[0-9]+(\.[a-z](\.[0-9]+)?)?)?)?$`.
fn control_code(text: &str) -> Option<String> {
    let mut parts = text.split('.');
    let entry = parts.next()?.to_ascii_uppercase();
    let [category, group, number @ ..] = entry.as_bytes() else { return None };
    let entry_fits = category.is_ascii_digit()
        && matches!(group, b'A'..=b'E')
        && number.len() == 3
        && number.iter().all(u8::is_ascii_digit);
    let mut code = entry_fits.then_some(entry)?;
    for (position, part) in parts.enumerate() {
        let part = part.to_ascii_lowercase();
        let fits = match position {
            0 | 2 => part.len() == 1 && part.bytes().all(|b| b.is_ascii_lowercase()),
            1 | 3 => !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()),
            _ => false,
        };
        if !fits {
            return None;
        }
        code.push('.');
        code.push_str(&part);
    }
    Some(code)
}

impl Eori {
    /// The country that gave the number.
    pub fn country(&self) -> Option<Country> {
        self.0.get(..2).and_then(|letters| letters.parse().ok())
    }
}

impl Mrn {
    /// Says whether the number follows the official grammar
    /// `^[0-9]{2}[A-Z]{2}[A-Z0-9]{13}[0-9]$`; one that does not deserves a warning, not a refusal.
    pub fn is_regular(&self) -> bool {
        self.0.len() == 18
            && self.0.bytes().enumerate().all(|(place, b)| match place {
                0 | 1 | 17 => b.is_ascii_digit(),
                2 | 3 => b.is_ascii_uppercase(),
                _ => b.is_ascii_uppercase() || b.is_ascii_digit(),
            })
    }
}

/// Defines a code of a fixed number of capital letters and digits, of which the first `$letters`
/// are letters.
macro_rules! fixed_code {
    ($(#[$doc:meta])* $name:ident, $length:literal, $letters:literal, $code:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $length]);

        impl $name {
            /// The code as text.
            pub fn as_str(&self) -> &str {
                // INVARIANT (ascii): `from_str` lets nothing but ASCII in.
                std::str::from_utf8(&self.0).unwrap_or_default()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.as_str())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl FromStr for $name {
            type Err = CodeError;

            fn from_str(text: &str) -> Result<Self, CodeError> {
                let code = text.trim().to_ascii_uppercase();
                let letters = code.bytes().take($letters).all(|b| b.is_ascii_uppercase());
                let all = code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
                <[u8; $length]>::try_from(code.as_bytes())
                    .ok()
                    .filter(|_| letters && all)
                    .map(Self)
                    .ok_or_else(|| CodeError::new($code, text))
            }
        }

        serde_as_text!($name);
    };
}

fixed_code!(
    /// A country as declarations name it: ISO 3166-1 alpha-2, with `XI` for Northern Ireland and
    /// `XK` for Kosovo. Only the form is checked, since the list of countries changes.
    Country,
    2,
    2,
    Code::Country
);
fixed_code!(
    /// The code of a supporting document or an additional reference in a declaration: `X060`,
    /// `Y901` (data elements 12 03 and 12 04).
    DocumentCode,
    4,
    0,
    Code::Document
);
fixed_code!(
    /// The code of a customs office: the letters of its country, then six letters and digits.
    CustomsOffice,
    8,
    2,
    Code::Office
);

impl CustomsOffice {
    /// The country whose customs the office belongs to.
    pub fn country(&self) -> Option<Country> {
        self.as_str().get(..2).and_then(|letters| letters.parse().ok())
    }
}
