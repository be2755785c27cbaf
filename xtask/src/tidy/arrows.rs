//! Who may use whom: arrows between crates point one way, and only some crates know async.

use super::Problem;
use crate::metadata::{Metadata, Package};

/// Each crate with the crates of ours that it may use; the same list stands in `ARCHITECTURE.md`.
const ARROWS: &[(&str, &[&str])] = &[
    ("catalogue", &[]),
    ("declarations", &["catalogue"]),
    ("domain", &["catalogue"]),
    ("store", &["domain", "catalogue"]),
    ("app", &["store", "domain", "declarations", "catalogue"]),
    ("web", &["app", "domain", "catalogue"]),
    ("ecm", &["web", "app", "store", "domain", "declarations", "catalogue"]),
    ("benches", &["web", "app", "store", "domain", "catalogue"]),
    ("xtask", &[]),
];

/// The crates that may use `tokio`; the others use threads, or nothing.
const ASYNC: &[&str] = &["app", "web", "ecm", "benches"];

/// Finds arrows that point the wrong way, crates that nobody placed, and async where it must not be.
pub(super) fn check(metadata: &Metadata) -> Vec<Problem> {
    metadata.packages.iter().flat_map(package).collect()
}

fn package(package: &Package) -> Vec<Problem> {
    let name = package.name.as_str();
    let manifest = match name {
        "xtask" | "benches" => format!("{name}/Cargo.toml"),
        name => format!("crates/{name}/Cargo.toml"),
    };
    let Some((_, allowed)) = ARROWS.iter().find(|(from, _)| *from == name) else {
        let what = format!("no arrows are known for `{name}`: add it to ARROWS in {}", file!());
        return vec![Problem::of_file(&manifest, what)];
    };
    let mut problems = Vec::new();
    for dependency in &package.dependencies {
        let to = dependency.name.as_str();
        // A crate names itself to switch on a feature for its own tests.
        if dependency.path.is_some() && to != name && !allowed.contains(&to) {
            let what = match allowed {
                [] => format!("`{name}` is a leaf and may not use `{to}`"),
                some => format!("`{name}` may not use `{to}`, only {}", some.join(", ")),
            };
            problems.push(Problem::of_file(&manifest, what));
        }
        if to == "tokio" && !ASYNC.contains(&name) {
            let what = format!("`{name}` may not use tokio, only {} may", ASYNC.join(", "));
            problems.push(Problem::of_file(&manifest, what));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(packages: &serde_json::Value) -> Metadata {
        serde_json::from_value(
            serde_json::json!({ "packages": packages, "target_directory": "/t" }),
        )
        .unwrap()
    }

    fn whats(packages: &serde_json::Value) -> Vec<String> {
        check(&workspace(packages)).into_iter().map(|problem| problem.to_string()).collect()
    }

    #[test]
    fn arrows_that_the_plan_draws_pass() {
        let found = whats(&serde_json::json!([
            { "name": "catalogue", "dependencies": [{ "name": "jiff" }] },
            { "name": "domain", "dependencies": [{ "name": "catalogue", "path": "/c" }] },
            { "name": "store", "dependencies": [{ "name": "store", "path": "/s" }] },
            { "name": "web", "dependencies": [{ "name": "tokio" }, { "name": "app", "path": "/a" }] },
        ]));
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn planted_arrows_are_found() {
        let found = whats(&serde_json::json!([
            { "name": "catalogue", "dependencies": [{ "name": "domain", "path": "/d" }] },
            { "name": "web", "dependencies": [{ "name": "store", "path": "/s" }] },
            { "name": "domain", "dependencies": [{ "name": "tokio" }] },
            { "name": "newcomer", "dependencies": [] },
        ]));
        let place = file!();
        assert_eq!(
            found,
            [
                "crates/catalogue/Cargo.toml: `catalogue` is a leaf and may not use `domain`"
                    .to_owned(),
                "crates/web/Cargo.toml: `web` may not use `store`, only app, domain, catalogue"
                    .to_owned(),
                "crates/domain/Cargo.toml: `domain` may not use tokio, only app, web, ecm, benches may"
                    .to_owned(),
                format!(
                    "crates/newcomer/Cargo.toml: no arrows are known for `newcomer`: add it to \
                     ARROWS in {place}"
                ),
            ]
        );
    }

    #[test]
    fn no_crate_points_upwards() {
        for (index, (name, allowed)) in ARROWS.iter().enumerate() {
            for to in *allowed {
                let below = ARROWS[..index].iter().any(|(lower, _)| lower == to);
                assert!(below, "`{name}` -> `{to}` points upwards");
            }
        }
    }
}
