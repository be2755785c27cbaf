//! Tests of counting working days and of calendar files.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn calendars() -> Calendars {
    Calendars::shipped().unwrap()
}

#[test]
fn every_state_is_shipped_for_five_years() {
    let calendars = calendars();
    for state in State::ALL {
        for year in 2024..=2028 {
            assert!(calendars.source(state, year).is_some(), "{state} {year}");
        }
    }
    assert_eq!(calendars.covered().count(), 27 * 5);
}

#[test]
fn days_are_told_apart() {
    let calendars = calendars();
    let table = [
        (State::Fi, date(2026, 12, 6), DayKind::Holiday("Independence Day")), // a Sunday
        (State::Fi, date(2026, 12, 7), DayKind::Working),
        (State::De, date(2026, 12, 25), DayKind::Holiday("Christmas Day")),
        (State::De, date(2026, 11, 21), DayKind::Weekend),
        (State::De, date(2026, 11, 23), DayKind::Working),
    ];
    for (state, day, kind) in table {
        assert_eq!(calendars.kind(state, day).unwrap(), kind, "{state} {day}");
    }
}

#[test]
fn ten_working_days_are_counted_in_the_answering_state() {
    let calendars = calendars();
    let table = [
        // event                  answering      n   last day
        (date(2026, 11, 24), State::De, 10, date(2026, 12, 8)),
        (date(2026, 11, 24), State::Es, 10, date(2026, 12, 9)), // the 8th is a holiday there
        (date(2026, 11, 20), State::De, 1, date(2026, 11, 23)), // a Friday
        (date(2026, 11, 21), State::De, 1, date(2026, 11, 23)), // a Saturday
        (date(2026, 12, 23), State::De, 2, date(2026, 12, 28)),
        (date(2026, 11, 24), State::De, 0, date(2026, 11, 24)),
    ];
    for (from, state, n, last) in table {
        let given = format!("{state}, {n} after {from}");
        assert_eq!(calendars.add_working_days(state, from, n).unwrap(), last, "{given}");
        assert_eq!(calendars.working_days(state, from, last).unwrap(), n, "{given}");
    }
    assert_eq!(calendars.working_days(State::De, date(2026, 2, 2), date(2026, 1, 1)), Ok(0));
}

#[test]
fn a_year_that_is_not_covered_is_an_error_even_on_a_weekend() {
    let calendars = calendars();
    let no_year = CalendarError::NoYear { calendar: State::Fi.into(), year: 2029 };
    assert_eq!(calendars.kind(State::Fi, date(2029, 1, 6)), Err(no_year.clone()));
    assert_eq!(calendars.add_working_days(State::Fi, date(2028, 12, 29), 10), Err(no_year.clone()));
    insta::assert_snapshot!(no_year, @"the public holidays of FI in 2029 are not known: load them with `ecm admin calendar load FILE`");
    assert_eq!(
        calendars.is_working_day(CalendarId::Institutions, date(2026, 5, 9)),
        Err(CalendarError::NoYear { calendar: CalendarId::Institutions, year: 2026 })
    );
}

#[test]
fn a_loaded_year_replaces_the_shipped_one() {
    let own = "country,date,name\nFI,2026-11-24,Test day\nEU,2026-05-08,Eve of Schuman day\n";
    let calendars = calendars().merge(Calendars::parse(own, "own.csv").unwrap());
    let tuesday = date(2026, 11, 24);
    assert_eq!(calendars.holiday(State::Fi, tuesday), Ok(Some("Test day")));
    assert_eq!(calendars.holiday(State::Fi, date(2026, 12, 25)), Ok(None));
    assert_eq!(calendars.holiday(State::Fi, date(2027, 12, 25)), Ok(Some("Christmas Day")));
    assert_eq!(calendars.source(State::Fi, 2026), Some("own.csv"));
    assert_eq!(calendars.is_working_day(CalendarId::Institutions, date(2026, 5, 8)), Ok(false));
}

#[test]
fn every_wrong_row_of_a_file_is_named() {
    let file = "# a remark\ncountry,date,name\nXX,2026-01-01,New Year\nFI,2026-13-01,Nothing\n\
                FI,2026-12-06\nFI,2026-12-06,\nFI,2026-12-06,Independence Day\n";
    let error = Calendars::parse(file, "own.csv").unwrap_err();
    insta::assert_snapshot!(error, @r"
    own.csv:3: `XX` is not a Member State: expected the two letters of one of the 27, such as `EL`; `EU` stands for the institutions
    own.csv:4: `2026-13-01` is not a date: expected year-month-day, such as `2026-12-25`
    own.csv:5: expected the columns `country`, `date` and `name`
    own.csv:6: the holiday has no name
    ");
}

#[test]
fn the_day_strip_has_both_ends() {
    let calendars = calendars();
    let days = calendars.days(State::Fi, date(2026, 12, 4), date(2026, 12, 7)).unwrap();
    assert_eq!(
        days,
        [
            (date(2026, 12, 4), DayKind::Working),
            (date(2026, 12, 5), DayKind::Weekend),
            (date(2026, 12, 6), DayKind::Holiday("Independence Day")),
            (date(2026, 12, 7), DayKind::Working),
        ]
    );
}

#[test]
fn the_last_day_ends_at_the_midnight_that_follows_it_there() {
    let table = [
        (date(2026, 12, 8), "Europe/Berlin", "2026-12-08T23:00:00Z"),
        (date(2026, 12, 8), "Europe/Helsinki", "2026-12-08T22:00:00Z"),
        (date(2026, 7, 8), "Europe/Helsinki", "2026-07-08T21:00:00Z"),
        // Clocks change at 01:00 UTC on the Sunday: the midnight before it is winter time still.
        (date(2026, 3, 28), "Europe/Berlin", "2026-03-28T23:00:00Z"),
        (date(2026, 3, 29), "Europe/Berlin", "2026-03-29T22:00:00Z"),
        // On the Azores clocks go forward at midnight: the day begins at one o'clock.
        (date(2026, 3, 28), "Atlantic/Azores", "2026-03-29T01:00:00Z"),
    ];
    for (day, zone, instant) in table {
        let zone: Zone = zone.parse().unwrap();
        let instant: jiff::Timestamp = instant.parse().unwrap();
        assert_eq!(deadline_instant(day, &zone), Ok(instant), "{day} {zone}");
        let before = instant - jiff::SignedDuration::from_nanos(1);
        assert_eq!(day_in_zone(before, &zone), day, "{zone}");
        assert_eq!(day_in_zone(instant, &zone), day.tomorrow().unwrap(), "{zone}");
    }
    assert!("Europe/Atlantis".parse::<Zone>().is_err());
}

proptest! {
    #[test]
    fn counting_and_adding_agree(state in 0_usize..27, day in 0_i64..1500, n in 1_u32..40) {
        let calendars = calendars();
        let state = State::ALL[state];
        let from = date(2024, 1, 1) + jiff::Span::new().days(day);
        let last = calendars.add_working_days(state, from, n).unwrap();
        prop_assert!(calendars.is_working_day(state, last).unwrap());
        prop_assert_eq!(calendars.working_days(state, from, last).unwrap(), n);
        prop_assert!(calendars.add_working_days(state, from, n + 1).unwrap() > last);
        let later = calendars.add_working_days(state, from.tomorrow().unwrap(), n).unwrap();
        prop_assert!(later >= last);
    }
}
