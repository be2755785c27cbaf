//! `cargo xtask tidy`: the rules of the house that no compiler and no lint knows.
//!
//! [`arrows`] between crates · [`files`]: heads, lengths, SQL in its place · [`words`] that must not
//! be in the repository · [`evidence`]: every promise names a test that exists · [`dependencies`]:
//! every library has its reason written down.
//! Each rule is a pure function from text to [`Problem`]s; this file reads the repository for them.

mod arrows;
mod dependencies;
mod evidence;
mod files;
mod words;

use crate::command::Program;
use crate::metadata::Metadata;
use crate::output::Output;
use crate::place::Place;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

/// The texts of the repository by their path from its root.
type Texts = BTreeMap<String, String>;

/// The table of promises, each with the test or command that shows it.
const CAPABILITIES: &str = "docs/capabilities.md";

/// A rule that is broken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Problem {
    /// The file, by its path from the root.
    path: String,
    /// The line, counted from 1; absent when the whole file is meant.
    line: Option<usize>,
    /// What is wrong and what to do, in one sentence.
    what: String,
}

impl Problem {
    fn of_file(path: &str, what: impl Into<String>) -> Problem {
        Problem { path: path.to_owned(), line: None, what: what.into() }
    }

    /// `index` counts lines from 0, as `enumerate` does.
    fn of_line(path: &str, index: usize, what: impl Into<String>) -> Problem {
        Problem { path: path.to_owned(), line: Some(index + 1), what: what.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{line}: {}", self.path, self.what),
            None => write!(formatter, "{}: {}", self.path, self.what),
        }
    }
}

/// Checks the whole repository and prints every problem.
///
/// # Errors
/// When a rule is broken, or the repository cannot be read.
pub(crate) fn check(place: &Place, output: &mut Output) -> Result<()> {
    let metadata = Metadata::read(place)?;
    let texts = read(place)?;
    let mut problems = arrows::check(&metadata);
    problems.extend(files::check(&texts));
    problems.extend(words::check(&texts));
    problems.extend(dependencies::check(&metadata, &texts));
    if texts.contains_key(CAPABILITIES) {
        problems.extend(evidence::check(CAPABILITIES, &texts));
    } else {
        output.skip(
            "promises and their tests",
            &format!("{CAPABILITIES} does not exist; its format: {}", evidence::FORMAT),
        );
    }
    problems.sort();
    for problem in &problems {
        output.note(&problem.to_string());
    }
    match problems.len() {
        0 => {
            output.note(&format!("tidy: {} files, no problem", texts.len()));
            Ok(())
        }
        count => bail!("{count} problems, listed above"),
    }
}

/// Every text that git keeps or would keep; files that are not UTF-8 are left out.
fn read(place: &Place) -> Result<Texts> {
    let list = Program::new("git", place.root())
        .arguments(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .read()
        .context("cannot list the files of the repository")?;
    let mut texts = Texts::new();
    for path in list.split('\0').filter(|path| !path.is_empty()) {
        let file = place.path(path);
        // Deleted but not yet committed: git still lists it.
        if !file.is_file() {
            continue;
        }
        let bytes = fs::read(&file).with_context(|| format!("cannot read {path}"))?;
        if let Ok(text) = String::from_utf8(bytes) {
            texts.insert(path.to_owned(), text);
        }
    }
    Ok(texts)
}

/// Whether a path is that of a Rust file.
fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

/// Whether `word` stands in `line` with no letter, digit or underscore directly around it.
///
/// An end of `word` that is itself a sign needs nothing around it.
fn contains_word(line: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|text| text.chars().next());
        let starts = !(word.starts_with(is_part) || word.starts_with('/'));
        let ends = !word.ends_with(is_part);
        (starts || !before.is_some_and(is_part)) && (ends || !after.is_some_and(is_part))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole_words() {
        let table = [
            ("// TODO: more", "TODO", true),
            ("MASTODON", "TODO", false),
            ("TODOS", "TODO", false),
            ("cd /work/main", "/work/", true),
            ("see network/work/flow", "/work/", false),
            ("todo!()", "todo!(", true),
        ];
        for (line, word, expected) in table {
            assert_eq!(contains_word(line, word), expected, "{line}");
        }
    }

    #[test]
    fn a_problem_reads_as_a_place_and_a_sentence() {
        assert_eq!(Problem::of_line("a.rs", 11, "too long").to_string(), "a.rs:12: too long");
        assert_eq!(Problem::of_file("a.rs", "no head").to_string(), "a.rs: no head");
    }
}
