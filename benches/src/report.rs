//! Tables of figures, in Markdown.

use std::fmt::Write as _;
use std::time::Duration;

/// A table with a heading, what its figures mean and the command that makes them again.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    title: &'static str,
    about: String,
    columns: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without a row.
    pub(crate) fn new(
        title: &'static str,
        about: impl Into<String>,
        columns: &[&'static str],
    ) -> Table {
        Table { title, about: about.into(), columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// As Markdown.
    pub(crate) fn markdown(&self) -> String {
        let mut text = format!("## {}\n\n{}\n\n", self.title, self.about);
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let heads: Vec<String> = self.columns.iter().map(ToString::to_string).collect();
        text.push_str(&line(&heads));
        // The first column is words, the others are numbers.
        let rules =
            self.columns.iter().enumerate().map(|(at, _)| if at == 0 { "---" } else { "---:" });
        writeln!(text, "|{}|", rules.collect::<Vec<_>>().join("|")).ok();
        for row in &self.rows {
            text.push_str(&line(row));
        }
        text
    }
}

/// Times of the same work done again and again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Times {
    all: Vec<Duration>,
    processor: Duration,
}

impl Times {
    /// Adds one.
    pub(crate) fn add(&mut self, time: Duration) {
        self.all.push(time);
    }

    /// Notes how long a processor was busy with all of them.
    pub(crate) const fn spent(&mut self, processor: Duration) {
        self.processor = processor;
    }

    /// The mean time on a processor, as a cell.
    pub(crate) fn processor(&self) -> String {
        let count = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        millis(self.processor.checked_div(count).unwrap_or_default())
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.all.len()
    }

    /// The time below which `percent` of all lie.
    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        let mut sorted = self.all.clone();
        sorted.sort_unstable();
        let last = sorted.len().saturating_sub(1);
        sorted.get((sorted.len() * percent / 100).min(last)).copied().unwrap_or_default()
    }

    /// Median, 95th and 99th percentile in milliseconds, as cells.
    pub(crate) fn cells(&self) -> [String; 3] {
        [50, 95, 99].map(|percent| millis(self.percentile(percent)))
    }
}

/// The median of numbers; 0 where there are none.
pub(crate) fn median(of: &[f64]) -> f64 {
    let mut sorted = of.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// So many in a second.
pub(crate) fn rate(count: u64, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64().max(1e-9)
}

/// A time in milliseconds, to be read by people.
pub(crate) fn millis(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

/// A number with commas between thousands.
pub(crate) fn number(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A share in per cent.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_by_people() {
        assert_eq!(number(1234567.4), "1,234,567");
        assert_eq!(number(12.0), "12");
        assert_eq!(percent(0.525), "52 %");
        assert_eq!(millis(Duration::from_micros(1234)), "1.23 ms");
    }

    #[test]
    fn percentiles_are_of_sorted_times() {
        let mut times = Times::default();
        (1..=100).rev().for_each(|n| times.add(Duration::from_millis(n)));
        assert_eq!(times.percentile(50), Duration::from_millis(51));
        assert_eq!(times.percentile(99), Duration::from_millis(100));
        assert_eq!(number(median(&[3.0, 1.0, 2.0])), "2");
    }
}
