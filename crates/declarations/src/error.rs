//! Why a message is refused as a whole.

use std::fmt;

/// A place in a message: line and column, both counted from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: u64,
    /// The character of the line.
    pub column: u64,
}

impl Position {
    /// The first character of a message.
    pub(crate) const START: Self = Self { line: 1, column: 1 };

    /// The place behind `text`, where `text` begins here.
    pub(crate) fn after(self, text: &[u8]) -> Self {
        text.iter().fold(self, |at, &byte| match byte {
            b'\n' => Self { line: at.line + 1, column: 1 },
            // A continuation byte of UTF-8 is not a character of its own.
            0x80..=0xBF => at,
            _ => Self { line: at.line, column: at.column + 1 },
        })
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// What is wrong where a message is not well-formed XML.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A comment holds two hyphens.
    #[error("`--` inside a comment; take the comment out or write a single hyphen")]
    HyphensInComment,
    /// An end tag that does not fit.
    #[error("found `</{found}>`, expected `</{expected}>`")]
    EndTag {
        /// The name in the end tag.
        found: String,
        /// The name of the element that is open.
        expected: String,
    },
    /// An end tag though nothing is open.
    #[error("found `</{found}>`, but no element is open")]
    NothingOpen {
        /// The name in the end tag.
        found: String,
    },
    /// A tag, comment or other markup that ends nowhere or begins wrongly.
    #[error("the tag, comment or section that begins here is not closed or not known")]
    Markup,
    /// An attribute without a value, without quotation marks or given twice.
    #[error("an attribute of this tag is not written as `name=\"value\"`, or is given twice")]
    Attribute,
    /// A name with a prefix that is bound to no namespace, or too many namespaces.
    #[error("a namespace prefix is not declared, or declared in a way that is not allowed")]
    Namespace,
    /// An `&` that is not the beginning of a reference.
    #[error("`&` without a reference; write `&amp;` for the character itself")]
    Ampersand,
    /// A character reference to something that is not a character.
    #[error("`&{given};` is not a character that a message may hold")]
    CharacterReference {
        /// The reference without `&` and `;`.
        given: String,
    },
    /// Text before or behind the root element.
    #[error("text outside the root element")]
    TextOutsideRoot,
    /// A second root element.
    #[error("a second root element `{name}`; one message holds one declaration")]
    SecondRoot {
        /// The local name of the element.
        name: String,
    },
    /// An XML declaration that cannot be read.
    #[error("the declaration `<?xml … ?>` stands in the wrong place or cannot be read")]
    Declaration,
}

/// Why a message is refused: what, where, what was expected, what to do.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// There is nothing in it.
    #[error("the message is empty; expected an export declaration as XML (CC515C or WCO DMS)")]
    Empty,
    /// It is some other kind of file.
    #[error(
        "this is {found}, not an XML message; choose the declaration message itself \
         (CC515C or WCO DMS)"
    )]
    NotXml {
        /// What the first bytes look like, with its article.
        found: &'static str,
    },
    /// The encoding is not one of those that are read.
    #[error(
        "the message is in the encoding `{label}`, which is not read; save it as UTF-8, UTF-16 \
         or ISO-8859-1"
    )]
    UnknownEncoding {
        /// The encoding's name.
        label: String,
    },
    /// The bytes are not what the encoding says.
    #[error(
        "{at}: byte `{byte:02X}` is not {encoding}, the encoding that the message gives for \
         itself; save it again with the encoding that it names in its first line"
    )]
    WrongEncoding {
        /// Where the bytes stop making sense.
        at: Position,
        /// The first byte that does not fit.
        byte: u8,
        /// The encoding that was expected.
        encoding: &'static str,
    },
    /// A control character, which XML forbids.
    #[error(
        "{at}: control character `{code:02X}` is not allowed in XML; the file is damaged or not \
         a message"
    )]
    ControlCharacter {
        /// Where it stands.
        at: Position,
        /// Its code.
        code: u8,
    },
    /// The message is not well-formed.
    #[error("{at}: not well-formed XML: {fault}")]
    IllFormed {
        /// Where it stands.
        at: Position,
        /// What is wrong.
        fault: Fault,
    },
    /// The message ends before its elements are closed.
    #[error(
        "{at}: the message ends while `{open}` is still open; it is incomplete, fetch it again"
    )]
    Truncated {
        /// The end of the message.
        at: Position,
        /// The local name of the innermost open element.
        open: String,
    },
    /// A document type declaration, which may define entities.
    #[error(
        "{at}: a DOCTYPE is not accepted, since customs messages have none and it can hide \
         entity bombs; take it out"
    )]
    Doctype {
        /// Where it stands.
        at: Position,
    },
    /// An entity that XML itself does not define.
    #[error(
        "{at}: the entity `&{name};` is not accepted; only `&lt;` `&gt;` `&amp;` `&quot;` \
         `&apos;` and character references are"
    )]
    Entity {
        /// Where it stands.
        at: Position,
        /// Its name.
        name: String,
    },
    /// The message is too long as a whole.
    #[error("the message is longer than {max} bytes; send its declarations one by one")]
    TooLarge {
        /// The most bytes that are read.
        max: u64,
    },
    /// One value, tag or comment is too long.
    #[error(
        "{at}: a value, tag or comment of more than {max} bytes begins here; no element of a \
         declaration is that long"
    )]
    ValueTooLong {
        /// Where it begins.
        at: Position,
        /// The most bytes that are read.
        max: usize,
    },
    /// Elements are nested too deeply.
    #[error("{at}: more than {max} elements inside each other; a declaration has at most 12")]
    TooDeep {
        /// Where the limit is passed.
        at: Position,
        /// The most that is read.
        max: usize,
    },
    /// There are too many elements.
    #[error("{at}: more than {max} elements; send the declarations of this message one by one")]
    TooManyElements {
        /// Where the limit is passed.
        at: Position,
        /// The most that is read.
        max: usize,
    },
    /// There are too many goods items.
    #[error("{at}: more than {max} goods items; a declaration has at most 999")]
    TooManyItems {
        /// Where the limit is passed.
        at: Position,
        /// The most that is read.
        max: usize,
    },
    /// What stands above the items is too much to be repeated with each.
    #[error(
        "the values of header and consignment, repeated with each item, are more than {max} \
         bytes; shorten what stands above the items"
    )]
    TooMuchInherited {
        /// The most bytes that are kept.
        max: usize,
    },
    /// It is a message, but not an export declaration.
    #[error(
        "{at}: this is {}; an export declaration (CC515C or WCO DMS) was expected",
        named(name, *meaning)
    )]
    OtherMessage {
        /// Where the element stands that tells.
        at: Position,
        /// The name of the message.
        name: String,
        /// What such a message is, where that is known: `transit declaration`.
        meaning: Option<&'static str>,
    },
    /// The root has the right name in the wrong namespace.
    #[error(
        "{at}: `{name}` stands in {}; expected {expected}",
        namespace.as_ref().map_or("no namespace".to_owned(), |n| format!("the namespace `{n}`"))
    )]
    OtherNamespace {
        /// Where the element stands.
        at: Position,
        /// The local name of the element.
        name: String,
        /// The namespace found; `None` where there is none.
        namespace: Option<String>,
        /// The namespace expected.
        expected: &'static str,
    },
    /// A declaration without goods.
    #[error("the declaration has no goods item; expected at least one `{expected}`")]
    NoItems {
        /// The element that an item is.
        expected: &'static str,
    },
    /// The bytes could not be had.
    #[error("the message cannot be read to its end; try again")]
    Read {
        /// What the source says.
        source: std::io::Error,
    },
}

/// The name of a message with its article and, where known, what it is.
fn named(name: &str, meaning: Option<&str>) -> String {
    match meaning {
        Some(meaning) => format!("a {name} {meaning}"),
        None => format!("`{name}`"),
    }
}

impl MessageError {
    /// Where in the message the fault lies, if it lies at one place.
    pub fn position(&self) -> Option<Position> {
        match self {
            Self::WrongEncoding { at, .. }
            | Self::ControlCharacter { at, .. }
            | Self::IllFormed { at, .. }
            | Self::Truncated { at, .. }
            | Self::Doctype { at }
            | Self::Entity { at, .. }
            | Self::ValueTooLong { at, .. }
            | Self::TooDeep { at, .. }
            | Self::TooManyElements { at, .. }
            | Self::TooManyItems { at, .. }
            | Self::OtherMessage { at, .. }
            | Self::OtherNamespace { at, .. } => Some(*at),
            Self::Empty
            | Self::NotXml { .. }
            | Self::UnknownEncoding { .. }
            | Self::TooLarge { .. }
            | Self::TooMuchInherited { .. }
            | Self::NoItems { .. }
            | Self::Read { .. } => None,
        }
    }
}
