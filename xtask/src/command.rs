//! Other programs: looked for, started, and their failure said in one sentence.

use crate::place::Place;
use anyhow::{Context, Result, bail};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A program about to be run.
#[derive(Debug)]
pub(crate) struct Program {
    name: String,
    command: Command,
}

impl Program {
    /// A program by its name or path, in the folder where it works.
    pub(crate) fn new(program: impl AsRef<OsStr>, folder: &Path) -> Program {
        let program = program.as_ref();
        let mut command = Command::new(program);
        command.current_dir(folder);
        Program { name: program.to_string_lossy().into_owned(), command }
    }

    /// The `cargo` that started us, in the root of the repository.
    pub(crate) fn cargo(place: &Place) -> Program {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let mut program = Program::new(cargo, place.root());
        "cargo".clone_into(&mut program.name);
        program
    }

    /// Adds arguments.
    #[must_use]
    pub(crate) fn arguments<I, A>(mut self, arguments: I) -> Program
    where
        I: IntoIterator<Item = A>,
        A: AsRef<OsStr>,
    {
        self.command.args(arguments);
        self
    }

    /// Sets a variable of the environment.
    #[must_use]
    pub(crate) fn variable(mut self, name: &str, value: impl AsRef<OsStr>) -> Program {
        self.command.env(name, value);
        self
    }

    /// Sends what the program prints to standard error, so that standard output stays ours.
    #[must_use]
    pub(crate) fn aside(mut self) -> Program {
        self.command.stdout(Stdio::from(std::io::stderr()));
        self
    }

    /// Runs to the end; what it prints goes where ours goes.
    ///
    /// # Errors
    /// When it cannot be started or ends with anything but success.
    pub(crate) fn run(mut self) -> Result<()> {
        let written = self.written();
        let status =
            self.command.status().with_context(|| format!("cannot start `{}`", self.name))?;
        if !status.success() {
            bail!("`{written}` ended with {status}");
        }
        Ok(())
    }

    /// Runs to the end and returns what it printed on standard output, whatever its exit code.
    ///
    /// # Errors
    /// When it cannot be started, or prints something that is not text.
    pub(crate) fn answer(mut self) -> Result<Answer> {
        self.command.stderr(Stdio::null()).stdin(Stdio::null());
        let output =
            self.command.output().with_context(|| format!("cannot start `{}`", self.name))?;
        let text = String::from_utf8(output.stdout)
            .with_context(|| format!("`{}` printed something that is not UTF-8", self.name))?;
        Ok(Answer { text, success: output.status.success() })
    }

    /// Runs to the end and returns what it printed.
    ///
    /// # Errors
    /// As [`Program::answer`], and when it ends with anything but success.
    pub(crate) fn read(self) -> Result<String> {
        let written = self.written();
        let answer = self.answer()?;
        if !answer.success {
            bail!("`{written}` failed");
        }
        Ok(answer.text)
    }

    fn written(&self) -> String {
        let arguments = self.command.get_args().map(OsStr::to_string_lossy);
        std::iter::once(self.name.as_str().into()).chain(arguments).collect::<Vec<_>>().join(" ")
    }
}

/// What a program printed, and whether it was content.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Its standard output.
    pub(crate) text: String,
    /// Whether it ended with exit code 0.
    pub(crate) success: bool,
}

/// Looks for a program on the search path; absent if it is not installed.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_program_is_named_with_its_arguments() {
        let error = Program::new("false", Path::new("/"))
            .arguments(["--why", "because"])
            .run()
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("`false --why because` ended with"), "{error}");
    }

    #[test]
    fn a_missing_program_is_not_found() {
        assert_eq!(find("no-such-program-anywhere"), None);
        assert!(find("true").is_some());
    }
}
