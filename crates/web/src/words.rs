//! The words of the pages in English, German and French.
//!
//! [`Words`] is a handle of one byte: a page carries it, asks it for a text by key, and gets dates, numbers and
//! the names of codes in the reader's language. The texts lie in `words/LANGUAGE/*.ftl` (Fluent); a test holds the
//! three languages, the templates and the sources to the same set of keys.

mod format;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// A language in which the pages speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// English, also for whoever asks for a language that is not here.
    #[default]
    En,
    /// German.
    De,
    /// French.
    Fr,
}

/// The text is not the code of a language that the pages speak.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no language `{given}`; expected `en`, `de` or `fr`")]
pub struct UnknownLanguage {
    /// What was given.
    pub given: String,
}

impl Language {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::En, Self::De, Self::Fr];

    /// The code for `lang` attributes, cookies and the API: `en`, `de`, `fr`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Fr => "fr",
        }
    }

    /// The language's name in itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
            Self::Fr => "Français",
        }
    }

    /// The best language for an `Accept-Language` header: the heaviest range that we speak, the first one where
    /// weights are equal, English where none fits. Ranges with weight 0 are refused by the reader and skipped.
    pub fn negotiate(accept: &str) -> Self {
        let mut best = (0_u16, Self::En);
        for range in accept.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let primary = parts.next().and_then(|tag| tag.split('-').next()).unwrap_or_default();
            let weight = parts
                .find_map(|part| part.strip_prefix("q="))
                .map_or(1000, |text| text.parse::<f32>().map_or(0, per_mille));
            if let Ok(language) = primary.parse::<Self>()
                && weight > best.0
            {
                best = (weight, language);
            }
        }
        best.1
    }

    fn id(self) -> LanguageIdentifier {
        self.code().parse().unwrap_or_default()
    }

    const fn index(self) -> usize {
        match self {
            Self::En => 0,
            Self::De => 1,
            Self::Fr => 2,
        }
    }
}

/// A weight of `Accept-Language` in thousandths, so that weights compare exactly.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 0..=1000 just before"
)]
fn per_mille(weight: f32) -> u16 {
    (weight.clamp(0.0, 1.0) * 1000.0).round() as u16
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|language| language.code().eq_ignore_ascii_case(text.trim()))
            .ok_or_else(|| UnknownLanguage { given: text.to_owned() })
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The texts of one language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    language: Language,
}

impl Words {
    /// The texts of `language`.
    pub const fn new(language: Language) -> Self {
        Self { language }
    }

    /// Which language this is.
    pub const fn language(self) -> Language {
        self.language
    }

    /// The text under `key`. A key that does not exist comes back as it is; the test of keys keeps that from
    /// happening.
    pub fn text(self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text under `key` with its variables filled in: `words.with("clock-left", &[("days", 3.into())])`.
    pub fn with(self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        self.find(key, values).unwrap_or_else(|| key.to_owned())
    }

    /// The name of a country; the code itself where it is nobody's, or no code at all.
    pub fn country(self, code: &str) -> String {
        let name = code.parse().ok().and_then(catalogue::countries::name);
        name.map_or_else(
            || code.to_owned(),
            |name| match self.language {
                Language::En => name.en.to_owned(),
                Language::De => name.de.to_owned(),
                Language::Fr => name.fr.to_owned(),
            },
        )
    }

    /// The name of a code in a list: `words.code("ground", "21(3)(a)(i)")`. A code without a name comes back as
    /// it is, because data may know more codes than this version of the texts.
    pub fn code(self, list: &str, code: &str) -> String {
        self.find(&key_of(list, code), &[]).unwrap_or_else(|| code.to_owned())
    }

    /// The line of help that belongs to a code, where there is one.
    pub fn code_hint(self, list: &str, code: &str) -> Option<String> {
        self.find(&format!("{}-hint", key_of(list, code)), &[])
    }

    fn find(self, key: &str, values: &[(&str, FluentValue<'_>)]) -> Option<String> {
        let bundle = BUNDLES.get(self.language.index())?;
        let pattern = bundle.get_message(key)?.value()?;
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set(*name, value.clone());
        }
        let mut errors = Vec::new();
        Some(bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned())
    }
}

/// The key under which the name of a code lies: everything but letters and digits becomes one hyphen, so that
/// ground `21(3)(a)(i)` lies under `ground-21-3-a-i`.
fn key_of(list: &str, code: &str) -> String {
    let mut key = list.to_owned();
    let mut parts = code.split(|c: char| !c.is_ascii_alphanumeric());
    for part in parts.by_ref().filter(|part| !part.is_empty()) {
        key.push('-');
        key.push_str(part);
    }
    key
}

/// The files of words, one after the other, each in the order of [`Language::ALL`].
macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$([
            include_str!(concat!("../words/en/", $name, ".ftl")),
            include_str!(concat!("../words/de/", $name, ".ftl")),
            include_str!(concat!("../words/fr/", $name, ".ftl")),
        ]),*]
    };
}

/// Every file of words. A new file is named here and exists in all languages.
const FILES: &[[&str; 3]] = files![
    "common",
    "dates",
    "codes",
    "fields",
    "queue",
    "dossier",
    "form",
    "pages",
    "directory",
    "account",
    "settings",
    "mail",
    "problems",
    "acts",
    "said",
];

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 3]> =
    LazyLock::new(|| Language::ALL.map(bundle));

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![language.id()]);
    // Isolation marks would reach the clipboard with each reference that an officer copies.
    bundle.set_use_isolating(false);
    for file in FILES {
        let text = file.get(language.index()).copied().unwrap_or_default();
        // A faulty entry is left out and the rest kept; the tests refuse faulty entries and double keys.
        let resource =
            FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _errors)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}
