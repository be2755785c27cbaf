//! Every promise in the table of capabilities names a test or a command that exists.
//!
//! A table of that page has a column `shown by`. Its cells hold references in backticks, of three
//! forms (see [`FORMAT`]); what stands between them is free. A cell without any reference is a
//! promise that nothing shows, and is a problem unless the row's `state` is `open`.

use super::{Problem, Texts, is_rust};
use clap::CommandFactory;

/// The three forms of a reference, in words for the person who has to write one.
pub(super) const FORMAT: &str = "`crate::module -> name_of_the_test`, \
     `e2e/file.spec.ts: \"title of the test\"` or `cargo xtask task`";

/// A reference in a cell of the column `shown by`.
#[derive(Debug, PartialEq, Eq)]
enum Reference<'a> {
    /// A test in Rust: its path, crate first, and the name of its function.
    Rust { path: Vec<&'a str>, name: &'a str },
    /// A test in a browser: its file below `e2e/tests` and its title.
    Browser { file: &'a str, title: &'a str },
    /// A task of this program.
    Task { name: &'a str },
}

/// Finds promises that nothing shows and references that lead nowhere.
pub(super) fn check(path: &str, texts: &Texts) -> Vec<Problem> {
    let Some(text) = texts.get(path) else { return Vec::new() };
    let mut problems = Vec::new();
    let mut columns: Option<Columns> = None;
    let mut tables = 0;
    for (index, line) in text.lines().enumerate() {
        let Some(cells) = cells(line) else {
            columns = None;
            continue;
        };
        match &columns {
            None => {
                columns = Some(Columns::of(&cells));
                tables +=
                    usize::from(columns.as_ref().is_some_and(|found| found.shown_by.is_some()));
            }
            Some(_) if is_rule(&cells) => {}
            Some(columns) => {
                let found = columns.row(&cells, texts);
                problems.extend(found.into_iter().map(|what| Problem::of_line(path, index, what)));
            }
        }
    }
    if tables == 0 {
        problems.push(Problem::of_file(path, "no table has a column `shown by`"));
    }
    problems
}

/// Which columns of a table matter here.
#[derive(Debug)]
struct Columns {
    shown_by: Option<usize>,
    state: Option<usize>,
}

impl Columns {
    fn of(heads: &[&str]) -> Columns {
        let named = |name: &str| heads.iter().position(|head| head.eq_ignore_ascii_case(name));
        Columns { shown_by: named("shown by"), state: named("state") }
    }

    fn row(&self, cells: &[&str], texts: &Texts) -> Vec<String> {
        let Some(column) = self.shown_by else { return Vec::new() };
        let cell = cells.get(column).copied().unwrap_or_default();
        let references: Vec<&str> = cell.split('`').skip(1).step_by(2).collect();
        let open = self
            .state
            .and_then(|column| cells.get(column))
            .is_some_and(|cell| *cell == "open" || cell.starts_with("open: "));
        if references.is_empty() && !open {
            return vec![format!("nothing shows this; name at least one of {FORMAT}")];
        }
        references.into_iter().filter_map(|reference| wrong(reference, texts)).collect()
    }
}

/// The cells of a table's row; absent for any other line.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inside = line.trim().strip_prefix('|')?;
    let inside = inside.strip_suffix('|').unwrap_or(inside);
    Some(inside.split('|').map(str::trim).collect())
}

/// Whether this is the line of dashes below a table's head.
fn is_rule(cells: &[&str]) -> bool {
    cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':')))
}

/// What is wrong with a reference; absent when it leads to something.
fn wrong(text: &str, texts: &Texts) -> Option<String> {
    let Some(reference) = parse(text) else {
        return Some(format!("`{text}` is none of {FORMAT}"));
    };
    let exists = match &reference {
        Reference::Rust { path, name } => rust_test_exists(path, name, texts),
        Reference::Browser { file, title } => browser_test_exists(file, title, texts),
        Reference::Task { name } => {
            crate::Arguments::command().get_subcommands().any(|task| task.get_name() == *name)
        }
    };
    (!exists).then(|| format!("`{text}` does not exist, or is ignored"))
}

fn parse(text: &str) -> Option<Reference<'_>> {
    if let Some(task) = text.strip_prefix("cargo xtask ") {
        return Some(Reference::Task { name: task.split_whitespace().next()? });
    }
    if let Some(test) = text.strip_prefix("e2e/") {
        let (file, title) = test.split_once(": ")?;
        let title = title.strip_prefix('"')?.strip_suffix('"')?;
        return Some(Reference::Browser { file, title });
    }
    let (path, name) = text.split_once(" -> ").or_else(|| text.rsplit_once("::"))?;
    let is_name = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    let path: Vec<&str> = path.split("::").collect();
    let well_formed = is_name(name) && path.iter().all(|word| is_name(word));
    well_formed.then_some(Reference::Rust { path, name })
}

/// Whether a file of that crate, in or with those modules, has a test function of that name.
fn rust_test_exists(path: &[&str], name: &str, texts: &Texts) -> bool {
    let Some((krate, modules)) = path.split_first() else { return false };
    let folder = match *krate {
        "xtask" => "xtask/".to_owned(),
        krate => format!("crates/{krate}/"),
    };
    let files = texts.iter().filter(|(path, _)| path.starts_with(&folder) && is_rust(path));
    files
        .filter(|(path, text)| {
            modules.iter().all(|module| {
                path.split('/').any(|part| part.strip_suffix(".rs").unwrap_or(part) == *module)
                    || text.contains(&format!("mod {module}"))
            })
        })
        .any(|(_, text)| has_test(text, name))
}

/// Whether a text has the function, directly below attributes that make it a test that runs.
fn has_test(text: &str, name: &str) -> bool {
    let signature = format!("fn {name}(");
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.iter().enumerate().any(|(index, line)| {
        let Some((before, _)) = line.split_once(&signature) else { return false };
        let above = lines.iter().take(index).rev();
        let attributes: Vec<&str> = above
            .copied()
            .take_while(|line| line.starts_with("#[") || line.starts_with("//"))
            .filter(|line| line.starts_with("#["))
            .collect();
        matches!(before.trim(), "" | "async" | "pub" | "pub(crate)")
            && attributes.iter().any(|line| line.contains("test") && !line.contains("cfg("))
            && !attributes.iter().any(|line| line.contains("ignore"))
    })
}

fn browser_test_exists(file: &str, title: &str, texts: &Texts) -> bool {
    let text = texts.get(&format!("e2e/tests/{file}"));
    text.is_some_and(|text| {
        ['"', '\'', '`'].iter().any(|quote| text.contains(&format!("test({quote}{title}{quote}")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "docs/capabilities.md";

    /// The problems of one row, in a repository with one test of each sort.
    fn problems(shown_by: &str, state: &str) -> Vec<String> {
        let page = format!(
            "# Promises\n\n| promise | shown by | state |\n|---|---|---|\n| x | {shown_by} | {state} |\n"
        );
        let texts = Texts::from([
            (PAGE.to_owned(), page),
            (
                "crates/store/tests/it/kill.rs".to_owned(),
                "//! Kill.\n#[test]\nfn acknowledged_events_survive() {}\nfn no_test() {}\n\
                 #[test]\n#[ignore = \"slow\"]\nfn ignored() {}\n"
                    .to_owned(),
            ),
            (
                "e2e/tests/stop.spec.ts".to_owned(),
                "test(\"Rotterdam asks\", async () => {});".to_owned(),
            ),
        ]);
        check(PAGE, &texts).into_iter().map(|problem| problem.to_string()).collect()
    }

    #[test]
    fn references_that_lead_to_a_test_or_a_task_pass() {
        for shown_by in [
            "`store::kill -> acknowledged_events_survive`",
            "`store::kill::acknowledged_events_survive`",
            "`e2e/stop.spec.ts: \"Rotterdam asks\"`",
            "`cargo xtask test --long`",
            "two: `cargo xtask tidy`, and `store -> acknowledged_events_survive`",
        ] {
            assert_eq!(problems(shown_by, "done"), Vec::<String>::new(), "{shown_by}");
        }
        assert_eq!(problems("–", "open"), Vec::<String>::new());
        assert_eq!(problems("–", "open: what is missing"), Vec::<String>::new());
    }

    #[test]
    fn references_that_lead_nowhere_are_found_with_their_line() {
        for shown_by in [
            "",
            "looked at",
            "`store::kill -> never_written`",
            "`store::log -> acknowledged_events_survive`",
            "`domain::kill -> acknowledged_events_survive`",
            "`store::kill -> no_test`",
            "`store::kill -> ignored`",
            "`e2e/stop.spec.ts: \"Rotterdam sleeps\"`",
            "`e2e/other.spec.ts: \"Rotterdam asks\"`",
            "`cargo xtask dance`",
            "`make test`",
        ] {
            let found = problems(shown_by, "done");
            assert_eq!(found.len(), 1, "{shown_by}: {found:?}");
            assert!(found[0].starts_with("docs/capabilities.md:5: "), "{found:?}");
        }
    }

    #[test]
    fn a_page_without_such_a_table_is_found() {
        let texts =
            Texts::from([(PAGE.to_owned(), "| a | b |\n|---|---|\n| 1 | 2 |\n".to_owned())]);
        assert_eq!(check(PAGE, &texts).len(), 1);
    }
}
