//! `cargo xtask test`: every check and every test, in the order in which they fail soonest.
//!
//! Each step prints its seconds; the first that fails ends the run with its name. What cannot be done
//! on this machine is skipped by name, and the names stand once more at the end.

use crate::command::{Program, find};
use crate::output::Output;
use crate::place::Place;
use crate::setup::{self, Need};
use crate::{assets, tidy};
use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// How many cases are generated and how many processes killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// What a person waits for.
    Quick,
    /// What a night is for: tests that read `ECM_LONG` do about ten times as much.
    Long,
}

/// What the Rust tests are told through the environment.
#[derive(Debug)]
struct Conditions {
    extent: Extent,
    real_data: Option<PathBuf>,
}

impl Conditions {
    fn apply(&self, mut program: Program) -> Program {
        if self.extent == Extent::Long {
            program = program.variable("ECM_LONG", "1");
        }
        if let Some(folder) = &self.real_data {
            program = program.variable("ECM_REAL_DATA", folder);
        }
        program
    }
}

/// Runs every check and every test.
///
/// # Errors
/// The first failing step, by its name.
pub(crate) fn run(place: &Place, extent: Extent, output: &mut Output) -> Result<()> {
    let real_data = real_data(place, std::env::var_os("ECM_REAL_DATA"), output)?;
    let conditions = Conditions { extent, real_data };
    output.step("setup", |output| setup::ensure(&[Need::Node, Need::Browser], output))?;
    output.step("assets", |output| assets::ensure(place, output))?;
    output
        .step("format", |_| Program::cargo(place).arguments(["fmt", "--all", "--check"]).run())?;
    output.step("tidy", |output| tidy::check(place, output))?;
    output.step("clippy", |_| {
        Program::cargo(place)
            .arguments(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
            .run()
    })?;
    output.step("tests", |output| rust_tests(place, &conditions, output))?;
    output.step("examples in documentation", |_| {
        conditions.apply(Program::cargo(place)).arguments(["test", "--workspace", "--doc"]).run()
    })?;
    output.step("supply chain", |output| supply_chain(place, output))?;
    output.step("browser tests", |_| browser_tests(place, &conditions))?;
    output.summary();
    Ok(())
}

/// The folder with real lists and messages, as an absolute path; without one their tests skip.
fn real_data(
    place: &Place,
    named: Option<OsString>,
    output: &mut Output,
) -> Result<Option<PathBuf>> {
    let Some(named) = named else {
        output.skip("tests on real data", "ECM_REAL_DATA is not set");
        return Ok(None);
    };
    let folder = place.root().join(named);
    match folder.canonicalize() {
        Ok(folder) if folder.is_dir() => Ok(Some(folder)),
        Ok(_) | Err(_) => bail!(
            "ECM_REAL_DATA names {}, which is not a folder; correct it, or unset it to skip the \
             tests on real data",
            folder.display()
        ),
    }
}

fn rust_tests(place: &Place, conditions: &Conditions, output: &mut Output) -> Result<()> {
    let program = conditions.apply(Program::cargo(place));
    if find("cargo-nextest").is_some() {
        return program.arguments(["nextest", "run", "--workspace"]).run();
    }
    output.note("cargo-nextest is not installed: the same tests run under `cargo test`");
    program.arguments(["test", "--workspace", "--lib", "--bins", "--tests"]).run()
}

/// Licences and sources fail the run; advisories are reported only, since they change overnight and
/// with no change of ours.
fn supply_chain(place: &Place, output: &mut Output) -> Result<()> {
    if find("cargo-deny").is_some() {
        Program::cargo(place).arguments(["deny", "check", "bans", "licenses", "sources"]).run()?;
        let advisories = Program::cargo(place).arguments(["deny", "check", "advisories"]).run();
        report(advisories, "cargo deny check advisories", output);
    } else {
        output.skip("cargo deny", "cargo-deny is not installed (cargo install cargo-deny)");
    }
    if find("cargo-audit").is_some() {
        report(Program::cargo(place).arguments(["audit"]).run(), "cargo audit", output);
    } else {
        output.skip("cargo audit", "cargo-audit is not installed (cargo install cargo-audit)");
    }
    for folder in [place.web(), place.browser_tests()] {
        npm_audit(place, &folder, output)?;
    }
    Ok(())
}

fn report(outcome: Result<()>, what: &str, output: &Output) {
    if let Err(error) = outcome {
        output.note(&format!("advisory only: {what}: {error:#}"));
    }
}

fn npm_audit(place: &Place, folder: &Path, output: &mut Output) -> Result<()> {
    let name = folder.strip_prefix(place.root()).unwrap_or(folder).display().to_string();
    let answer = Program::new("npm", folder)
        .arguments(["audit", "--json", "--fetch-retries=0", "--fetch-timeout=10000"])
        .answer()?;
    match vulnerabilities(&answer.text) {
        Some(0) => output.note(&format!("npm audit in {name}: no known vulnerability")),
        Some(count) => output.note(&format!(
            "advisory only: npm audit in {name}: {count} known vulnerabilities; `npm audit` there \
             lists them"
        )),
        None => output.skip(&format!("npm audit in {name}"), "the registry gives no advisories"),
    }
    Ok(())
}

/// The number of vulnerabilities in what `npm audit --json` printed; absent when it has no answer.
fn vulnerabilities(report: &str) -> Option<u64> {
    let report: serde_json::Value = serde_json::from_str(report).ok()?;
    report.pointer("/metadata/vulnerabilities/total")?.as_u64()
}

fn browser_tests(place: &Place, conditions: &Conditions) -> Result<()> {
    let folder = place.browser_tests();
    let browser = setup::browser().context("no browser is installed")?;
    Program::cargo(place).arguments(["build", "--package", "ecm"]).run()?;
    assets::packages(&folder)?;
    Program::new("npm", &folder).arguments(["run", "--silent", "check"]).run()?;
    conditions
        .apply(Program::new("npm", &folder))
        .arguments(["run", "--silent", "test"])
        .variable("ECM_BIN", place.built("ecm")?)
        .variable("CHROMIUM", browser)
        .run()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Stream;

    #[test]
    fn the_answer_of_npm_audit_is_counted_and_an_error_is_none() {
        let table = [
            (r#"{"metadata":{"vulnerabilities":{"high":2,"total":3}}}"#, Some(3)),
            (r#"{"metadata":{"vulnerabilities":{"total":0}}}"#, Some(0)),
            (r#"{"message":"request failed","error":{}}"#, None),
            ("", None),
        ];
        for (report, expected) in table {
            assert_eq!(vulnerabilities(report), expected, "{report}");
        }
    }

    #[test]
    fn real_data_is_skipped_by_name_or_must_be_there() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("repository")).unwrap();
        std::fs::create_dir_all(folder.path().join("data")).unwrap();
        let place = Place::at(&folder.path().join("repository"));
        let mut output = Output::new(Stream::Error);

        assert_eq!(real_data(&place, None, &mut output).unwrap(), None);
        let found = real_data(&place, Some("../data".into()), &mut output).unwrap();
        assert_eq!(found, Some(folder.path().canonicalize().unwrap().join("data")));
        let error = real_data(&place, Some("../absent".into()), &mut output).unwrap_err();
        assert!(error.to_string().contains("absent, which is not a folder"), "{error}");
    }
}
