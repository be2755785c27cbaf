//! What is remarked about single values while the rest of the message is kept.

use std::fmt;

use catalogue::codes::CodeError;

/// A value that could not be taken as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The goods item, by its place in the message counted from 1; `None` for header and
    /// consignment.
    pub item: Option<usize>,
    /// The field with its dots: `consignee.country`.
    pub field: String,
    /// The line of the message that the value's element begins on.
    pub line: u64,
    /// What is wrong, and what became of the value.
    pub problem: Problem,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(item) = self.item {
            write!(f, ", item {item}")?;
        }
        write!(f, ", {}: {}", self.field, self.problem)
    }
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Not a number in the notation of messages.
    #[error("`{given}` is not a number such as `1250.75`; left out")]
    NotANumber {
        /// The text as given, shortened.
        given: String,
    },
    /// A number below zero where none can be.
    #[error("`{given}` is negative; left out")]
    Negative {
        /// The text as given, shortened.
        given: String,
    },
    /// A number with a fraction where pieces are counted.
    #[error("`{given}` is not a whole number; left out")]
    NotWhole {
        /// The text as given, shortened.
        given: String,
    },
    /// A number with more digits than can be kept without rounding.
    #[error("`{given}` has more than 15 digits; left out")]
    TooManyDigits {
        /// The text as given, shortened.
        given: String,
    },
    /// A measure in another unit than the field's.
    #[error("`{given}` is in `{unit}`, the field is in {expected}; left out")]
    OtherUnit {
        /// The text as given, shortened.
        given: String,
        /// The unit or currency of the message.
        unit: String,
        /// The unit or currency of the field.
        expected: &'static str,
    },
    /// A text that is longer than any such text.
    #[error("{characters} characters; the first {kept} are kept")]
    TooLong {
        /// How many characters were given.
        characters: usize,
        /// How many are kept.
        kept: usize,
    },
    /// Not the code that it should be.
    #[error("{0}; left out")]
    NotACode(CodeError),
    /// Not what the field's grammar asks for.
    #[error("`{given}` is not {expected}; left out")]
    Malformed {
        /// The text as given, shortened.
        given: String,
        /// What was expected, with its article.
        expected: &'static str,
    },
    /// A reference number that breaks the official grammar, as some real ones do.
    #[error(
        "`{given}` is not of the official form (18 characters, such as `26NLQJ4Q7B8C9D0E12`); \
         kept as it is"
    )]
    IrregularMrn {
        /// The number as given.
        given: String,
    },
    /// The same value a second time at the same level.
    #[error("given more than once; the first is kept")]
    Repeated,
    /// An item number that an earlier item has.
    #[error("item number {number} is given more than once; every item is kept")]
    DuplicateItemNumber {
        /// The number.
        number: u32,
    },
    /// More entries than a list holds.
    #[error("more than {kept} entries; the first {kept} are kept")]
    TooManyEntries {
        /// How many are kept.
        kept: usize,
    },
    /// A document, reference or actor without the code that says what it is.
    #[error("`{given}` comes without its code; left out")]
    NoCode {
        /// What stands beside the missing code, shortened.
        given: String,
    },
}
