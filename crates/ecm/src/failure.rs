//! How the command ends when it cannot do what it was asked.

use std::fmt::Display;
use std::process::ExitCode;

/// What the command answers when it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Done.
    Yes,
    /// Done, and the answer is "no": something does not verify.
    No,
}

impl From<Answer> for ExitCode {
    fn from(answer: Answer) -> ExitCode {
        match answer {
            Answer::Yes => ExitCode::SUCCESS,
            Answer::No => ExitCode::from(1),
        }
    }
}

/// Why the command was not done.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Wrong usage, or bad input: what, where, what was expected, what to do.
    Input(String),
    /// The environment failed: disk, database, network.
    Environment(anyhow::Error),
}

impl Failure {
    /// The exit code.
    pub(crate) fn code(&self) -> ExitCode {
        match self {
            Failure::Input(_) => ExitCode::from(2),
            Failure::Environment(_) => ExitCode::from(3),
        }
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Input(what) => write!(f, "ecm: {what}"),
            Failure::Environment(error) => write!(f, "ecm: {error:#}"),
        }
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure::Environment(error.into())
    }
}
