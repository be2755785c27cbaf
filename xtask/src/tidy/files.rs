//! Rust files: each says what it is, stays short, and leaves SQL to the store.

use super::{Problem, Texts, contains_word, is_rust};

/// A longer file is about two things.
const LINES_MAX: usize = 600;

/// The only room in which SQL may stand.
const SQL_ROOM: &str = "crates/store/";
/// SQLite alone, with which the store is compared.
const SQL_BASELINE: &str = "benches/src/raw.rs";
/// These rules themselves, which must name what they look for.
const RULES: &str = "xtask/src/tidy/";

/// Finds Rust files without a head, too long, or with SQL outside the store.
pub(super) fn check(texts: &Texts) -> Vec<Problem> {
    texts
        .iter()
        .filter(|(path, _)| is_rust(path))
        .flat_map(|(path, text)| file(path, text))
        .collect()
}

fn file(path: &str, text: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    if !text.starts_with("//!") {
        problems.push(Problem::of_file(path, "the first line is no `//!` that says what it is"));
    }
    let lines = text.lines().count();
    if lines > LINES_MAX {
        let what = format!("{lines} lines, at most {LINES_MAX}: it is about more than one thing");
        problems.push(Problem::of_file(path, what));
    }
    let may_hold_sql =
        path.starts_with(SQL_ROOM) || path.starts_with(RULES) || path == SQL_BASELINE;
    if !may_hold_sql {
        let places = text.lines().enumerate().filter(|(_, line)| is_sql(line));
        problems.extend(places.map(|(index, _)| {
            Problem::of_line(path, index, format!("SQL stands in {SQL_ROOM} only"))
        }));
    }
    problems
}

/// Whether a line holds the beginning of a statement, as it is written in this repository: in
/// capitals.
fn is_sql(line: &str) -> bool {
    let updates = line.split_once("UPDATE ").is_some_and(|(_, rest)| {
        let mut words = rest.split_whitespace();
        words.next().is_some() && words.next() == Some("SET")
    });
    updates
        || ["SELECT", "INSERT INTO", "INSERT OR", "DELETE FROM", "CREATE TABLE"]
            .iter()
            .any(|word| contains_word(line, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(path: &str, text: &str) -> Texts {
        Texts::from([(path.to_owned(), text.to_owned())])
    }

    #[test]
    fn a_file_with_a_head_and_no_sql_passes() {
        let good =
            texts("crates/web/src/a.rs", "//! A page.\n\n// The officer may select a row.\n");
        assert_eq!(check(&good), []);
    }

    #[test]
    fn a_missing_head_is_found() {
        let found = check(&texts("crates/web/src/a.rs", "use std::fmt;\n//! Too late.\n"));
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn a_file_may_have_600_lines_and_not_601() {
        let of = |lines: usize| format!("//! Head.\n{}", "\n".repeat(lines - 1));
        assert_eq!(check(&texts("crates/app/src/a.rs", &of(600))), []);
        assert_eq!(check(&texts("crates/app/src/a.rs", &of(601))).len(), 1);
    }

    #[test]
    fn sql_is_found_outside_the_store_only() {
        let table = [
            "    \"SELECT id FROM event\"",
            "INSERT INTO event VALUES (1)",
            "    UPDATE place SET due = 3",
            "DELETE FROM place",
        ];
        for line in table {
            let text = format!("//! Head.\n{line}\n");
            let found = check(&texts("crates/app/src/a.rs", &text));
            assert_eq!(found.first().map(|problem| problem.line), Some(Some(2)), "{line}");
            assert_eq!(check(&texts("crates/store/src/a.rs", &text)), [], "{line}");
        }
        for line in ["UPDATE the page, then SET the clock", "a SELECTED row", "<select>"] {
            assert!(!is_sql(line), "{line}");
        }
    }
}
