//! Every library that a manifest names has its reason in `docs/dependencies.md`.

use super::{Problem, Texts};
use crate::metadata::Metadata;
use std::collections::BTreeSet;

/// The page with one row a library.
const PAGE: &str = "docs/dependencies.md";

/// Finds libraries without a row, and rows whose library nobody uses any more.
pub(super) fn check(metadata: &Metadata, texts: &Texts) -> Vec<Problem> {
    let Some(page) = texts.get(PAGE) else {
        return vec![Problem::of_file(PAGE, "is missing: it names each library and its reason")];
    };
    let used: BTreeSet<String> = rust(metadata).chain(node(texts)).collect();
    let named: BTreeSet<String> = page.lines().filter_map(row).collect();
    let unnamed = used.difference(&named).map(|name| {
        Problem::of_file(PAGE, format!("no row for `{name}`: why, licence, upkeep, what it costs"))
    });
    let unused = named
        .difference(&used)
        .map(|name| Problem::of_file(PAGE, format!("a row for `{name}`, which no manifest names")));
    unnamed.chain(unused).collect()
}

fn rust(metadata: &Metadata) -> impl Iterator<Item = String> {
    let all = metadata.packages.iter().flat_map(|package| &package.dependencies);
    all.filter(|dependency| dependency.path.is_none()).map(|dependency| dependency.name.clone())
}

fn node(texts: &Texts) -> impl Iterator<Item = String> {
    let manifests = texts.iter().filter(|(path, _)| path.ends_with("/package.json"));
    manifests.flat_map(|(_, text)| packages(text).unwrap_or_default())
}

/// The packages that a `package.json` names; absent when it cannot be read, which npm reports.
fn packages(manifest: &str) -> Option<Vec<String>> {
    let manifest: serde_json::Value = serde_json::from_str(manifest).ok()?;
    let groups = ["dependencies", "devDependencies"];
    let groups = groups.iter().filter_map(|group| manifest.get(group)?.as_object());
    Some(groups.flat_map(|group| group.keys().cloned()).collect())
}

/// The library of a table row: its first cell, in backticks.
fn row(line: &str) -> Option<String> {
    let name = line.strip_prefix("| `")?.split('`').next()?;
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_without_a_row_and_a_row_without_a_library_are_found() {
        let metadata: Metadata = serde_json::from_value(serde_json::json!({
            "target_directory": "/t",
            "packages": [{ "name": "web", "dependencies": [
                { "name": "axum" }, { "name": "app", "path": "/a" }, { "name": "hex" },
            ] }],
        }))
        .unwrap();
        let page = "| library | why |\n|---|---|\n| `hex` | ids |\n| `gone` | – |\n";
        let manifest = r#"{ "devDependencies": { "sass": "1" } }"#;
        let texts = Texts::from([
            (PAGE.to_owned(), page.to_owned()),
            ("e2e/package.json".to_owned(), manifest.to_owned()),
        ]);
        let found: Vec<String> =
            check(&metadata, &texts).into_iter().map(|problem| problem.what).collect();
        assert_eq!(
            found,
            [
                "no row for `axum`: why, licence, upkeep, what it costs",
                "no row for `sass`: why, licence, upkeep, what it costs",
                "a row for `gone`, which no manifest names",
            ]
        );
    }
}
