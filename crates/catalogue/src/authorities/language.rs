//! Languages in which units answer.

use std::fmt;
use std::str::FromStr;

use crate::text::serde_as_text;

/// A language by its ISO 639-1 code: `fi`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 2]);

/// A text that is no language code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a language: expected the two letters of ISO 639-1, such as `fi`")]
pub struct LanguageError {
    /// The text as it was given.
    pub given: String,
}

impl Language {
    /// English.
    pub const ENGLISH: Language = Language(*b"en");
    /// German.
    pub const GERMAN: Language = Language(*b"de");
    /// French.
    pub const FRENCH: Language = Language(*b"fr");

    /// The code in small letters.
    pub fn as_str(&self) -> &str {
        // INVARIANT (ascii): `from_str` lets nothing but ASCII in.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.as_str())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Language {
    type Err = LanguageError;

    fn from_str(text: &str) -> Result<Self, LanguageError> {
        let code = text.trim().to_ascii_lowercase();
        <[u8; 2]>::try_from(code.as_bytes())
            .ok()
            .filter(|letters| letters.iter().all(u8::is_ascii_lowercase))
            .map(Self)
            .ok_or_else(|| LanguageError { given: text.to_owned() })
    }
}

serde_as_text!(Language);
