//! Clocks in words: the badge in a row, the strip with its sentence.

use crate::view::parts::{Cell, ClockBadge, DayStrip, Tone};
use crate::words::Words;

/// Where a clock stands for its reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Working days left, the last one included; two or more, or one by law.
    Left {
        /// How many.
        days: u32,
    },
    /// It ends tomorrow at this time ("17:00 CET").
    Tomorrow {
        /// When.
        time: String,
    },
    /// It ends today at this time ("16:30 CET").
    Today {
        /// When.
        time: String,
    },
    /// It ends with today.
    TodayEnds,
    /// It is over since so many working days.
    Overdue {
        /// How many.
        days: u32,
    },
    /// It was answered.
    Answered,
    /// Silence has ended the last ground.
    ReleaseDue,
    /// It starts when the draft is sent.
    NotStarted,
    /// There is none.
    None,
}

/// Whether silence has an effect by law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// It has: violet.
    ByLaw,
    /// It has none.
    NoEffect,
}

impl ClockBadge {
    /// A badge: words and colour follow from where the clock stands; the strip is given.
    pub fn new(words: Words, standing: &Standing, silence: Silence, strip: DayStrip) -> Self {
        let quiet = match silence {
            Silence::ByLaw => Tone::Law,
            Silence::NoEffect => Tone::Plain,
        };
        let urgent = match silence {
            Silence::ByLaw => Tone::Law,
            Silence::NoEffect => Tone::Warn,
        };
        let (text, tone) = match standing {
            Standing::Left { days } => {
                (words.with("clock-left", &[("days", (*days).into())]), quiet)
            }
            Standing::Tomorrow { time } => {
                (words.with("clock-tomorrow", &[("time", time.as_str().into())]), urgent)
            }
            Standing::Today { time } => {
                (words.with("clock-today", &[("time", time.as_str().into())]), urgent)
            }
            Standing::TodayEnds => (words.text("clock-today-end"), urgent),
            Standing::Overdue { days } => {
                (words.with("clock-overdue", &[("days", (*days).into())]), Tone::Late)
            }
            Standing::Answered => (words.text("clock-answered"), Tone::Done),
            Standing::ReleaseDue => (words.text("clock-release-due"), Tone::Law),
            Standing::NotStarted => (words.text("clock-not-started"), Tone::Plain),
            Standing::None => (words.text("clock-none"), Tone::Plain),
        };
        Self { words: text, tone, strip }
    }
}

impl DayStrip {
    /// A strip with the sentence that says the same.
    pub fn new(words: Words, cells: Vec<Cell>) -> Self {
        let count = |wanted: &[Cell]| cells.iter().filter(|cell| wanted.contains(cell)).count();
        let (used, left) = (count(&[Cell::Used]), count(&[Cell::Today, Cell::Left]));
        let numbers =
            [("used", used.into()), ("left", left.into()), ("total", (used + left).into())];
        let spoken = words.with("strip-spoken", &numbers);
        Self { cells, spoken }
    }
}
