//! All that `cargo xtask` prints goes through one type, so that steps look alike and none is lost.
//!
//! Other programs write to the same terminal themselves; their closing lines are left as they are.

use std::fmt;
use std::io::Write;
use std::time::{Duration, Instant};

/// Where the words go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    /// The report is the result of the command.
    Standard,
    /// Standard output belongs to the program that is started.
    Error,
}

/// Prints steps with their seconds, and remembers what was skipped.
#[derive(Debug)]
pub(crate) struct Output {
    stream: Stream,
    started: Instant,
    done: Vec<(String, Duration)>,
    skipped: Vec<(String, String)>,
}

impl Output {
    /// Begins a report; the whole time counts from here.
    pub(crate) fn new(stream: Stream) -> Output {
        Output { stream, started: Instant::now(), done: Vec::new(), skipped: Vec::new() }
    }

    /// Runs one named step and prints how long it took.
    ///
    /// # Errors
    /// The step's own error, with its name before it.
    pub(crate) fn step(
        &mut self,
        name: &str,
        work: impl FnOnce(&mut Output) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        self.line(format_args!("\n== {name}"));
        let begun = Instant::now();
        work(self).map_err(|error| error.context(format!("step `{name}` failed")))?;
        let took = begun.elapsed();
        self.line(format_args!("-- {name}: {:.1} s", took.as_secs_f64()));
        self.done.push((name.to_owned(), took));
        Ok(())
    }

    /// Says something that is neither a step nor a failure.
    pub(crate) fn note(&self, text: &str) {
        self.line(format_args!("{text}"));
    }

    /// Remembers that something was left out, and why; [`Output::summary`] repeats it.
    pub(crate) fn skip(&mut self, what: &str, why: &str) {
        self.line(format_args!("skipped: {what}: {why}"));
        self.skipped.push((what.to_owned(), why.to_owned()));
    }

    /// Says what went wrong.
    pub(crate) fn failure(&self, text: &str) {
        self.line(format_args!("\nxtask: {text}"));
    }

    /// Prints every step with its seconds, then what was skipped and why.
    pub(crate) fn summary(&self) {
        self.line(format_args!("\n== summary"));
        for (name, took) in &self.done {
            self.line(format_args!("{:>8.1} s  {name}", took.as_secs_f64()));
        }
        for (what, why) in &self.skipped {
            self.line(format_args!("   skipped  {what}: {why}"));
        }
        let total = self.started.elapsed().as_secs_f64();
        self.line(format_args!(
            "{} steps passed in {total:.1} s, {} skipped",
            self.done.len(),
            self.skipped.len()
        ));
    }

    fn line(&self, text: fmt::Arguments<'_>) {
        // A reader who closed the pipe has seen enough: that is no reason to fail a test run.
        match self.stream {
            Stream::Standard => writeln!(std::io::stdout().lock(), "{text}").ok(),
            Stream::Error => writeln!(std::io::stderr().lock(), "{text}").ok(),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_step_is_named_and_is_not_counted_as_done() {
        let mut output = Output::new(Stream::Error);
        let error = output.step("clippy", |_| anyhow::bail!("17 warnings")).unwrap_err();
        assert_eq!(format!("{error:#}"), "step `clippy` failed: 17 warnings");
        assert!(output.done.is_empty());
    }

    #[test]
    fn what_a_step_skips_is_remembered() {
        let mut output = Output::new(Stream::Error);
        output
            .step("tests", |output| {
                output.skip("real data", "not there");
                Ok(())
            })
            .unwrap();
        assert_eq!(output.skipped, [("real data".to_owned(), "not there".to_owned())]);
        assert_eq!(output.done.len(), 1);
    }
}
