//! Words: how text is folded into them, and how a query is read.
//!
//! Folded: lower case, accents gone, other scripts in Latin letters (`Ωμέγα` and `omega` are one
//! word). A run of text without spaces gives its parts and, where it has several, the whole without
//! what stands between: `3A001.a` gives `3a001`, `a` and `3a001a`. German readers write `Müller` as
//! `Mueller`, too, so both are words of it.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The most characters of a word; longer ones are cut, in text and in queries alike.
const WORD_MAX: usize = 64;
/// The most words of a query that are looked for.
pub const WORDS_MAX: usize = 16;
/// The most characters of a query that are read.
const QUERY_MAX: usize = 1000;
/// From so many characters on, what holds a digit is a code, and found by its beginning.
const CODE_MIN: usize = 4;

/// A run of text without spaces, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Run {
    parts: Vec<String>,
    /// The same with the German spelling of umlauts, where it differs.
    german: Option<Vec<String>>,
}

impl Run {
    fn of(text: &str) -> Run {
        let (mut plain, mut german) = (Folded::default(), Folded::default());
        for c in text.nfkd() {
            if c == '\u{308}' && matches!(german.last(), Some('a' | 'o' | 'u')) {
                german.push('e');
            }
            if !is_combining_mark(c) {
                plain.fold(c);
                german.fold(c);
            }
        }
        let (parts, german) = (plain.end(), german.end());
        Run { german: (german != parts).then_some(german), parts }
    }

    /// Hands over every word of it.
    fn each(&self, word: &mut impl FnMut(&str)) {
        for parts in std::iter::once(&self.parts).chain(&self.german) {
            for part in parts {
                word(part);
            }
            if let Some(whole) = joined(parts) {
                word(&whole);
            }
        }
    }
}

/// The parts of a run in one, where it has several.
fn joined(parts: &[String]) -> Option<String> {
    (parts.len() > 1).then(|| cut(&parts.concat()))
}

fn cut(word: &str) -> String {
    word.chars().take(WORD_MAX).collect()
}

/// Collects the parts of a run.
#[derive(Debug, Default)]
struct Folded {
    parts: Vec<String>,
    open: String,
}

impl Folded {
    fn last(&self) -> Option<char> {
        self.open.chars().next_back()
    }

    fn push(&mut self, c: char) {
        self.open.push(c);
    }

    fn fold(&mut self, c: char) {
        if c.is_ascii_alphanumeric() {
            self.push(c.to_ascii_lowercase());
        } else if c.is_ascii() || !c.is_alphanumeric() {
            self.close();
        } else {
            let latin = any_ascii::any_ascii_char(c);
            let before = self.open.len();
            for letter in latin.chars().filter(char::is_ascii_alphanumeric) {
                self.push(letter.to_ascii_lowercase());
            }
            if self.open.len() == before && latin.is_empty() {
                // A letter that has no Latin counterpart stays what it is.
                self.push(c);
            }
        }
    }

    fn close(&mut self) {
        let part = std::mem::take(&mut self.open);
        if !part.is_empty() {
            self.parts.push(cut(&part));
        }
    }

    fn end(mut self) -> Vec<String> {
        self.close();
        self.parts
    }
}

/// Hands over every word of a text, some of them more than once.
pub(super) fn each_word(text: &str, word: &mut impl FnMut(&str)) {
    for run in text.split_whitespace() {
        Run::of(run).each(word);
    }
}

/// A word that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) word: String,
    /// Whether words that only begin with it are meant, too.
    pub(super) prefix: bool,
}

impl Wanted {
    fn is(&self, word: &str) -> bool {
        if self.prefix { word.starts_with(&self.word) } else { word == self.word }
    }
}

/// One of the things that a query asks for: all of `parts`, or the `whole` in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) parts: Vec<Wanted>,
    pub(super) whole: Option<Wanted>,
}

impl Term {
    fn wanted(&self) -> impl Iterator<Item = &Wanted> {
        self.parts.iter().chain(&self.whole)
    }
}

/// What somebody looks for: all of its words. The last one, and codes, are found by how they
/// begin; what stands in quotation marks is found as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
    ignored: usize,
}

impl Query {
    /// Reads a query; any text is one.
    pub fn parse(text: &str) -> Query {
        let text: String = text.chars().take(QUERY_MAX).collect();
        let mut runs = Vec::new();
        let segments: Vec<&str> = text.split(['"', '“', '”', '„', '«', '»']).collect();
        for (number, segment) in segments.iter().enumerate() {
            // The last mark may have no other half yet.
            let quoted = number % 2 == 1 && number + 1 < segments.len();
            let meant = if quoted { Meant::AsItIs } else { Meant::Word };
            let folded = segment.split_whitespace().map(|run| (Run::of(run), meant));
            runs.extend(folded.filter(|(run, _)| !run.parts.is_empty()));
        }
        let ignored = runs.len().saturating_sub(WORDS_MAX);
        runs.truncate(WORDS_MAX);
        if let Some((_, meant @ Meant::Word)) = runs.last_mut() {
            *meant = Meant::Last;
        }
        let terms = runs.into_iter().map(|(run, meant)| term(&run.parts, meant)).collect();
        Query { terms, ignored }
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// How many words beyond the first [`WORDS_MAX`] are not looked for.
    pub const fn ignored(&self) -> usize {
        self.ignored
    }

    pub(super) fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Where in a text the first word stands that this query asks for, in bytes.
    pub fn find_in(&self, text: &str) -> Option<Range<usize>> {
        let mut from = 0;
        for run in text.split(char::is_whitespace) {
            let place = from..from + run.len();
            // Not all spaces are one byte long.
            let space = text.get(place.end..).and_then(|rest| rest.chars().next());
            from = place.end + space.map_or(0, char::len_utf8);
            let mut found = false;
            Run::of(run).each(&mut |word| {
                found |= self.terms.iter().flat_map(Term::wanted).any(|wanted| wanted.is(word));
            });
            if found {
                return Some(place);
            }
        }
        None
    }
}

/// How a run of a query is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meant {
    /// As it is: it stands in quotation marks.
    AsItIs,
    /// As a word, or as a code by how it begins.
    Word,
    /// By how it begins: it is the last one.
    Last,
}

fn term(parts: &[String], meant: Meant) -> Term {
    let prefix = |word: &str| match meant {
        Meant::AsItIs => false,
        Meant::Word => word.len() >= CODE_MIN && word.bytes().any(|byte| byte.is_ascii_digit()),
        Meant::Last => true,
    };
    let wanted = |word: String, prefix: bool| Wanted { word, prefix };
    let whole = joined(parts).map(|whole| {
        let prefix = prefix(&whole);
        wanted(whole, prefix)
    });
    let count = parts.len();
    let parts = parts.iter().zip(1..).map(|(part, number)| {
        // Within a run only its end may go on.
        wanted(part.clone(), number == count && prefix(part))
    });
    Term { parts: parts.collect(), whole }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each_word(text, &mut |word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn text_is_folded_into_words() {
        let table: [(&str, &[&str]); 13] = [
            ("", &[]),
            (" -- ", &[]),
            ("Sary-Arka, Avtomatika!", &["sary", "arka", "saryarka", "avtomatika"]),
            ("Çelik Ödemiş", &["celik", "odemis", "oedemis"]),
            ("Müller", &["muller", "mueller"]),
            ("Mu\u{308}ller", &["muller", "mueller"]),
            ("Straße", &["strasse"]),
            ("Ωμέγα", &["omega"]),
            ("Москва", &["moskva"]),
            ("3A001.a", &["3a001", "a", "3a001a"]),
            ("8471.50", &["8471", "50", "847150"]),
            ("ＡＢＣ１", &["abc1"]),
            ("Łódź", &["lodz"]),
        ];
        for (text, expected) in table {
            assert_eq!(words(text), expected, "{text}");
        }
        let long = words(&"ab".repeat(5000));
        assert_eq!(long, ["ab".repeat(32)]);
    }

    #[test]
    fn a_query_is_read_word_by_word() {
        let shown = |text: &str| {
            let query = Query::parse(text);
            let wanted = query.terms.iter().map(|term| {
                let all: Vec<String> = term
                    .wanted()
                    .map(|one| format!("{}{}", one.word, if one.prefix { "*" } else { "" }))
                    .collect();
                all.join("|")
            });
            wanted.collect::<Vec<_>>().join(" ")
        };
        let table = [
            ("feinwerk donau", "feinwerk donau*"),
            ("8471 Hamburg", "8471* hamburg*"),
            ("3A001.a goods", "3a001|a|3a001a* goods*"),
            ("NL-2026-7KQ4M-STP", "nl|2026|7kq4m|stp*|nl20267kq4mstp*"),
            ("\"feinwerk\" donau", "feinwerk donau*"),
            ("\"feinwerk donau\"", "feinwerk donau"),
            ("\"feinwerk do", "feinwerk do*"),
            ("? * ) OR (", "or*"),
            ("", ""),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected, "{text}");
        }
        let many = Query::parse(&"word ".repeat(50));
        assert_eq!((many.terms.len(), many.ignored()), (WORDS_MAX, 34));
    }

    #[test]
    fn the_place_of_a_word_in_a_text_is_found() {
        let text = "To Müller\u{2003}& Söhne,  Wien";
        let table = [
            ("muller", Some("Müller")),
            ("muell", Some("Müller")),
            ("soh", Some("Söhne,")),
            ("wien", Some("Wien")),
            ("graz", None),
            ("", None),
        ];
        for (query, expected) in table {
            let found = Query::parse(query).find_in(text);
            assert_eq!(found.and_then(|place| text.get(place)), expected, "{query}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_found_by_its_own_words(text in "\\PC{0,80}|[a-zäöüßéΩж0-9 .\u{308}-]{0,80}") {
            for word in words(&text) {
                prop_assert!(word.chars().count() <= WORD_MAX && !word.is_empty());
            }
            for run in text.split_whitespace() {
                let query = Query::parse(&format!("\"{}\"", run.replace(['"', '“', '”', '„', '«', '»'], "")));
                if !query.is_empty() {
                    prop_assert!(query.find_in(&text.replace(['"', '“', '”', '„', '«', '»'], "")).is_some());
                }
            }
        }

        #[test]
        fn any_query_is_read(text in "(.|\n){0,200}") {
            prop_assert!(Query::parse(&text).terms.len() <= WORDS_MAX);
        }
    }
}
