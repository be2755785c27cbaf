//! The grammars of single values.

use catalogue::codes::{Cn8, Country, CustomsOffice, Eori, Mrn};
use jiff::civil::{Date, Time};

use crate::error::Position;
use crate::warning::Problem;

/// Characters of a text that are kept; the longest text element, 18 05, has 512.
pub(crate) const TEXT_CHARACTERS_MAX: usize = 512;
/// Characters of a wrong value that a warning repeats.
const GIVEN_CHARACTERS_MAX: usize = 60;
/// Digits that a 64-bit floating point number keeps exactly.
const DIGITS_MAX: usize = 15;

/// The value of an element as it stands in the message.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    pub(crate) text: String,
    pub(crate) attributes: Vec<(String, String)>,
    /// Where the element begins.
    pub(crate) at: Position,
}

impl Value {
    /// The value of an attribute, by its name without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.trim())
    }

    /// A text put together from the values of an element that begins at `at`.
    pub(crate) fn at(at: Position, text: impl Into<String>) -> Self {
        Self { text: text.into(), attributes: Vec::new(), at }
    }

    /// Another text at the same place.
    pub(crate) fn with_text(&self, text: impl Into<String>) -> Self {
        Self::at(self.at, text)
    }
}

/// What a text has to look like.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rule {
    /// Anything; shortened to [`TEXT_CHARACTERS_MAX`].
    Text,
    /// The movement reference number, read tolerantly.
    Mrn,
    Country,
    Office,
    Eori,
    Cn8,
    /// A day or an instant, brought into the notation of ISO 8601.
    Accepted,
    /// Capital letters and digits, of this many characters.
    Code {
        shortest: usize,
        longest: usize,
        expected: &'static str,
    },
    /// Digits with a hyphen before the last, as CUS codes are written.
    Cus,
}

/// A value as it is kept, if it is, and what is remarked about it.
pub(crate) type Taken = (Option<String>, Option<Problem>);

impl Rule {
    /// Brings `given`, which is trimmed and not empty, into its kept form.
    pub(crate) fn take(self, given: &str) -> Taken {
        match self {
            Self::Text => shorten(given),
            Self::Mrn => match given.parse::<Mrn>() {
                Ok(mrn) if mrn.is_regular() => (Some(mrn.to_string()), None),
                Ok(mrn) => {
                    let problem = Problem::IrregularMrn { given: mrn.to_string() };
                    (Some(mrn.to_string()), Some(problem))
                }
                Err(_) => malformed(given, "a movement reference number of up to 35 characters"),
            },
            Self::Country => code::<Country>(given),
            Self::Office => code::<CustomsOffice>(given),
            Self::Eori => code::<Eori>(given),
            Self::Cn8 => code::<Cn8>(given),
            Self::Accepted => match accepted(given) {
                Some(accepted) => (Some(accepted), None),
                None => malformed(given, "a day such as `2026-03-02`, with or without its time"),
            },
            Self::Code { shortest, longest, expected } => {
                let code = given.to_ascii_uppercase();
                let well_formed = code.bytes().all(|b| b.is_ascii_alphanumeric())
                    && (shortest..=longest).contains(&code.len());
                if well_formed { (Some(code), None) } else { malformed(given, expected) }
            }
            Self::Cus => {
                let well_formed = given.split_once('-').is_some_and(|(number, check)| {
                    number.len() == 7
                        && check.len() == 1
                        && number.bytes().chain(check.bytes()).all(|b| b.is_ascii_digit())
                });
                if well_formed {
                    (Some(given.to_owned()), None)
                } else {
                    malformed(given, "a CUS code such as `0010164-4`")
                }
            }
        }
    }
}

fn code<C>(given: &str) -> Taken
where
    C: std::str::FromStr<Err = catalogue::codes::CodeError> + std::fmt::Display,
{
    match given.parse::<C>() {
        Ok(code) => (Some(code.to_string()), None),
        Err(mut error) => {
            error.given = excerpt(given);
            (None, Some(Problem::NotACode(error)))
        }
    }
}

fn malformed(given: &str, expected: &'static str) -> Taken {
    (None, Some(Problem::Malformed { given: excerpt(given), expected }))
}

/// Keeps the beginning of a text that is too long.
fn shorten(given: &str) -> Taken {
    let characters = given.chars().count();
    if characters <= TEXT_CHARACTERS_MAX {
        return (Some(given.to_owned()), None);
    }
    let kept: String = given.chars().take(TEXT_CHARACTERS_MAX).collect();
    (Some(kept), Some(Problem::TooLong { characters, kept: TEXT_CHARACTERS_MAX }))
}

/// As much of a wrong value as a warning shows.
pub(crate) fn excerpt(given: &str) -> String {
    let mut characters = given.chars();
    let mut excerpt: String = characters.by_ref().take(GIVEN_CHARACTERS_MAX).collect();
    if characters.next().is_some() {
        excerpt.push('…');
    }
    excerpt
}

/// Reads a decimal number without sign, exponent or separators of thousands.
pub(crate) fn number(given: &str) -> Result<f64, Problem> {
    if given.starts_with(['-', '−']) {
        return Err(Problem::Negative { given: excerpt(given) });
    }
    let (whole, fraction) = given.split_once('.').unwrap_or((given, "0"));
    let well_formed = [whole, fraction]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    if !well_formed {
        return Err(Problem::NotANumber { given: excerpt(given) });
    }
    let digits = format!("{}{}", whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    if digits.len() > DIGITS_MAX {
        return Err(Problem::TooManyDigits { given: excerpt(given) });
    }
    given.parse().map_err(|_| Problem::NotANumber { given: excerpt(given) })
}

/// Reads `2026-03-02`, `20260302` (format 102) and both with a time (formats 203, 204 and 304),
/// and writes them in the extended notation of ISO 8601. Fractions of seconds are dropped; a time
/// without an offset stays without.
fn accepted(given: &str) -> Option<String> {
    let extended = if given.bytes().take(8).all(|b| b.is_ascii_digit()) {
        extended(given)?
    } else {
        given.to_owned()
    };
    let Some((date, behind)) = extended.split_once('T') else {
        return Some(extended.parse::<Date>().ok()?.to_string());
    };
    let (time, behind) = behind.split_at_checked("08:41:07".len())?;
    let fraction = |c: char| c.is_ascii_digit();
    let zone = behind.strip_prefix('.').map_or(behind, |b| b.trim_start_matches(fraction));
    let date: Date = date.parse().ok()?;
    let time: Time = time.parse().ok()?;
    Some(format!("{date}T{time}{}", offset(zone)?))
}

/// Puts separators into `20260302084107+01`.
fn extended(compact: &str) -> Option<String> {
    let length = compact.find(|c: char| !c.is_ascii_digit()).unwrap_or(compact.len());
    let (digits, zone) = compact.split_at_checked(length)?;
    let part = |from: usize, to: usize| digits.get(from..to);
    let date = format!("{}-{}-{}", part(0, 4)?, part(4, 6)?, part(6, 8)?);
    let second = part(12, 14).unwrap_or("00");
    match digits.len() {
        8 if zone.is_empty() => Some(date),
        12 | 14 => Some(format!("{date}T{}:{}:{second}{zone}", part(8, 10)?, part(10, 12)?)),
        _ => None,
    }
}

/// Reads an offset from UTC (nothing, `Z`, `+01`, `+0100`, `-05:30`) and writes it with minutes.
fn offset(zone: &str) -> Option<String> {
    if matches!(zone, "" | "Z") {
        return Some(zone.to_owned());
    }
    let (sign, behind) = zone.split_at_checked(1).filter(|(sign, _)| matches!(*sign, "+" | "-"))?;
    let digits: String = behind.chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = if minutes.is_empty() { "00" } else { minutes };
    let below = |text: &str, limit: u8| {
        text.len() == 2
            && text.bytes().all(|b| b.is_ascii_digit())
            && text.parse::<u8>().is_ok_and(|n| n < limit)
    };
    // No place is further from UTC than 14 hours.
    (below(hours, 15) && below(minutes, 60)).then(|| format!("{sign}{hours}:{minutes}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_or_instant_is_written_one_way() {
        let table = [
            ("2026-03-02", Some("2026-03-02")),
            ("20260302", Some("2026-03-02")),
            ("202603020841", Some("2026-03-02T08:41:00")),
            ("20201001080000+01", Some("2020-10-01T08:00:00+01:00")),
            ("20240125094643Z", Some("2024-01-25T09:46:43Z")),
            ("2026-03-02T08:41:07", Some("2026-03-02T08:41:07")),
            ("2026-03-02T08:41:07.123-05:30", Some("2026-03-02T08:41:07-05:30")),
            ("2026-02-30", None),
            ("2026-03-02T25:00:00", None),
            ("20260302084107+99", None),
            ("2026030", None),
            ("yesterday", None),
            ("２０２６-03-02", None),
        ];
        for (given, expected) in table {
            assert_eq!(accepted(given).as_deref(), expected, "{given}");
        }
    }

    #[test]
    fn a_number_is_exact_or_refused() {
        let given = |text: &str| text.to_owned();
        let table = [
            ("151900.00", Ok(151900.0)),
            ("0.001", Ok(0.001)),
            ("000012", Ok(12.0)),
            ("123456789012345", Ok(123456789012345.0)),
            ("1234567890123456", Err(Problem::TooManyDigits { given: given("1234567890123456") })),
            ("-5", Err(Problem::Negative { given: given("-5") })),
            ("12,5", Err(Problem::NotANumber { given: given("12,5") })),
            ("1e9", Err(Problem::NotANumber { given: given("1e9") })),
            ("+1", Err(Problem::NotANumber { given: given("+1") })),
            (".5", Err(Problem::NotANumber { given: given(".5") })),
            ("NaN", Err(Problem::NotANumber { given: given("NaN") })),
            ("12 kg", Err(Problem::NotANumber { given: given("12 kg") })),
        ];
        for (text, expected) in table {
            assert_eq!(number(text), expected, "{text}");
        }
    }
}
