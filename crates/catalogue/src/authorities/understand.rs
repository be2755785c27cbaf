//! Free text made a question: "FI, catch-all Art 4, English", "NL000510", "DE-26-118274-E".

use super::words::{FILLERS, FUNCTIONS, KINDS, LANGUAGES, known_language, phrase_length, words};
use super::{Competence, Directory, Language, Question, UnitKind};
use crate::codes::{CustomsOffice, LicenceNumber, State};

/// Shortest licence number that is taken for one without a pattern that matches.
const LICENCE_LENGTH_MIN: usize = 7;

/// What a phrase is about.
#[derive(Clone, Copy)]
enum Topic {
    State(State),
    Function(Competence),
    Kind(UnitKind),
    Language(Language),
}

impl Directory {
    /// Reads what somebody typed. What was understood stands in the fields of the question, the
    /// words that were not in its `text`. Never fails: what means nothing stays text.
    pub fn understand(&self, text: &str) -> Question {
        // Two letters and nothing else are a State, even small ones that would be words elsewhere.
        if let Ok(state) = text.parse() {
            return Question { state: Some(state), ..Question::default() };
        }
        let mut question = Question::default();
        let mut rest = Vec::new();
        for token in text.split([' ', ',', ';', '\t', '\n', '\u{a0}']) {
            let token = token.trim_matches(|c: char| matches!(c, '.' | '?' | '!' | ':' | '"'));
            if !token.is_empty() && !self.take_code(&mut question, token) {
                rest.extend(words(token));
            }
        }
        let mut unread = Vec::new();
        let mut ahead = rest.as_slice();
        while let Some((word, after)) = ahead.split_first() {
            match topic_at(ahead) {
                Some((topic, length)) if take_topic(&mut question, topic) => {
                    ahead = ahead.get(length..).unwrap_or_default();
                }
                Some(_) | None => {
                    if !FILLERS.contains(&word.as_str()) && word.chars().count() > 1 {
                        unread.push(word.as_str());
                    }
                    ahead = after;
                }
            }
        }
        question.text = unread.join(" ");
        question
    }

    /// Takes a token that is a code as a whole, and says whether it was one.
    fn take_code(&self, question: &mut Question, token: &str) -> bool {
        let known = token.parse().ok().filter(|id| self.unit(id).is_some());
        let office = token.parse::<CustomsOffice>().ok().filter(|_| has_digits(token, 1));
        if question.office.is_none() && office.is_some() {
            question.office = office;
            return true;
        }
        if question.unit.is_none() && known.is_some() {
            question.unit = known;
            return true;
        }
        if let Some(licence) = self.licence(token).filter(|_| question.licence.is_none()) {
            question.licence = Some(licence);
            return true;
        }
        if token.len() != 2 || !token.bytes().all(|b| b.is_ascii_uppercase()) {
            return false;
        }
        // Two letters are a code only as capitals: `it`, `de`, `es` are words as well.
        match (token.parse::<State>().ok(), known_language(token)) {
            (Some(state), _) => take_topic(question, Topic::State(state)),
            (None, Some(language)) => take_topic(question, Topic::Language(language)),
            (None, None) => false,
        }
    }

    /// The token as a licence number, if some authority numbers its licences so or if it looks
    /// like one: long enough, with several digits and a sign or letter between them.
    fn licence(&self, token: &str) -> Option<LicenceNumber> {
        let licence: LicenceNumber = token.parse().ok()?;
        let known = self
            .units()
            .any(|unit| unit.licence_patterns.iter().any(|pattern| pattern.matches(&licence)));
        let looks_so = token.len() >= LICENCE_LENGTH_MIN
            && has_digits(token, 4)
            && token.bytes().any(|b| !b.is_ascii_digit());
        (known || looks_so).then_some(licence)
    }
}

fn has_digits(token: &str, at_least: usize) -> bool {
    token.bytes().filter(u8::is_ascii_digit).count() >= at_least
}

/// Fills the field that the topic is about, unless another word has.
fn take_topic(question: &mut Question, topic: Topic) -> bool {
    match topic {
        Topic::State(state) => *question.state.get_or_insert(state) == state,
        Topic::Function(function) => *question.function.get_or_insert(function) == function,
        Topic::Kind(kind) => *question.kind.get_or_insert(kind) == kind,
        Topic::Language(language) => *question.language.get_or_insert(language) == language,
    }
}

/// The longest phrase with which `words` begin, and how many words it takes.
fn topic_at(words: &[String]) -> Option<(Topic, usize)> {
    let states = State::ALL.into_iter().flat_map(|state| {
        let names = state.names();
        [names.en, names.de, names.fr]
            .into_iter()
            .chain(names.own.iter().copied())
            .map(move |name| (Topic::State(state), self::words(name).join(" ")))
    });
    let functions = phrases(FUNCTIONS, |function| Some(Topic::Function(*function)));
    let kinds = phrases(KINDS, |kind| Some(Topic::Kind(*kind)));
    let languages = phrases(LANGUAGES, |code| known_language(code).map(Topic::Language));
    let mut best: Option<(Topic, usize)> = None;
    for (topic, phrase) in states.chain(functions).chain(kinds).chain(languages) {
        if let Some(length) = phrase_length(&phrase, words)
            && best.is_none_or(|(_, longest)| length > longest)
        {
            best = Some((topic, length));
        }
    }
    best
}

fn phrases<T>(
    table: &'static [(T, &'static [&'static str])],
    topic: impl Fn(&T) -> Option<Topic> + Copy,
) -> impl Iterator<Item = (Topic, String)> {
    table.iter().flat_map(move |(about, phrases)| {
        phrases
            .iter()
            .filter_map(move |phrase| topic(about).map(|topic| (topic, (*phrase).to_owned())))
    })
}
