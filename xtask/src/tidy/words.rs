//! Words that must not be in the repository: promises instead of work, and places of one machine.

use super::{Problem, Texts, contains_word};

/// Each word with what is wrong with it.
const FORBIDDEN: &[(&str, &str)] = &[
    ("TODO", "do it now, or write an issue"),
    ("FIXME", "mend it now, or write an issue"),
    ("todo!(", "do it now, or write an issue"),
    ("unimplemented!(", "do it now, or write an issue"),
    ("/work/", "a path of one machine; write it from the repository's root"),
    ("/root/", "a path of one machine; write it from the repository's root"),
    ("registry.npmjs.org", "a registry's host; the reader's own configuration names it"),
    ("registry.yarnpkg.com", "a registry's host; the reader's own configuration names it"),
    ("index.crates.io", "a registry's host; the reader's own configuration names it"),
    ("static.crates.io", "a registry's host; the reader's own configuration names it"),
    ("crates.io-index", "a registry's host; the reader's own configuration names it"),
    ("files.pythonhosted.org", "a registry's host; the reader's own configuration names it"),
    ("proxy.golang.org", "a registry's host; the reader's own configuration names it"),
];

/// Files that tools write: what stands in them is theirs.
const LOCK_FILES: &[&str] = &["Cargo.lock", "package-lock.json"];
/// This file, which must name what it looks for, and its neighbours with planted violations.
const RULES: &str = "xtask/src/tidy/";

/// Finds forbidden words, with their line.
pub(super) fn check(texts: &Texts) -> Vec<Problem> {
    texts
        .iter()
        .filter(|(path, _)| !path.starts_with(RULES))
        .filter(|(path, _)| !path.rsplit('/').next().is_some_and(|name| LOCK_FILES.contains(&name)))
        .flat_map(|(path, text)| file(path, text))
        .collect()
}

fn file(path: &str, text: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for (word, why) in FORBIDDEN {
            if contains_word(line, word) {
                problems.push(Problem::of_line(path, index, format!("`{word}`: {why}")));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_forbidden_word_is_found_in_any_file() {
        for (word, _) in FORBIDDEN {
            let text = format!("one\ntwo \"{word}\"\n");
            for path in ["README.md", "crates/web/src/a.rs", "docs/a.md", "e2e/package.json"] {
                let texts = Texts::from([(path.to_owned(), text.clone())]);
                let found = check(&texts);
                assert!(found.iter().any(|problem| problem.line == Some(2)), "{word} in {path}");
            }
        }
    }

    #[test]
    fn lock_files_are_the_tools_own() {
        let text = "\"resolved\": \"https://registry.npmjs.org/x\"".to_owned();
        for path in ["Cargo.lock", "e2e/package-lock.json"] {
            assert_eq!(check(&Texts::from([(path.to_owned(), text.clone())])), [], "{path}");
        }
    }

    #[test]
    fn an_innocent_text_passes() {
        let text = "How we work: the framework/ of the method, and https://docs.rs/jiff.\n";
        assert_eq!(check(&Texts::from([("README.md".to_owned(), text.to_owned())])), []);
    }
}
