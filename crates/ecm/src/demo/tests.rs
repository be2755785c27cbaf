//! What the demonstration shows, on whatever day it begins.

use super::{people, prepare};
use app::list::{ListQuery, ROWS_MAX};
use app::lists::Row;
use app::viewer::Viewer;
use app::{App, Trouble};
use catalogue::ids::DossierId;
use domain::event::{Clock, Ended, EndedBy, Ground, Kind, State, What};
use domain::standing::Wait;
use jiff::civil::Weekday;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn on_a_tuesday_morning() {
    check("2026-11-24T09:42:00Z");
}

#[test]
fn on_a_sunday_night() {
    check("2026-11-22T22:50:00Z");
}

#[test]
fn after_the_holidays() {
    check("2027-01-02T10:00:00Z");
}

#[test]
fn in_the_last_year_of_the_calendars() {
    check("2028-02-28T08:00:00Z");
}

fn check(at: &str) {
    let world = World::new(at);
    world.every_kind_and_every_state_is_there();
    world.what_people_do_has_been_done();
    world.who_works_has_something_to_do();
    world.an_officers_queue_fills_his_screen();
    world.france_knows_nothing_of_what_the_netherlands_asked_germany();
    world.silence_releases_on_no_other_ground();
}

/// A demonstration, with what each of its people sees in his list.
struct World {
    app: App,
    now: Timestamp,
    viewers: BTreeMap<&'static str, Viewer>,
    lists: BTreeMap<&'static str, Vec<Row>>,
    _dir: tempfile::TempDir,
}

impl World {
    fn new(at: &str) -> World {
        let dir = tempfile::tempdir().unwrap();
        let now: Timestamp = at.parse().unwrap();
        let (app, accounts) = prepare(dir.path(), Some(now)).unwrap();
        let mut viewers = people::viewers(&app).unwrap();
        assert_eq!(accounts.len(), viewers.len(), "{at}");
        viewers.retain(|_, viewer| app::roles::may(viewer, app::roles::Action::Work));
        let query = ListQuery { limit: ROWS_MAX, ..ListQuery::default() };
        let list = |viewer| {
            let page = app.list(viewer, &query).unwrap();
            assert_eq!(page.next, None, "one page holds the list");
            page.rows
        };
        let lists = viewers.iter().map(|(login, viewer)| (*login, list(viewer))).collect();
        World { app, now, viewers, lists, _dir: dir }
    }

    /// All rows of all lists, with whose list it is.
    fn rows(&self) -> impl Iterator<Item = (&Viewer, &Row)> {
        let lists = self.lists.iter();
        lists.flat_map(|(login, rows)| rows.iter().map(|row| (&self.viewers[login], row)))
    }

    /// Each dossier once, with somebody who sees it.
    fn dossiers(&self) -> BTreeMap<DossierId, (&Row, &Viewer)> {
        self.rows().map(|(viewer, row)| (row.id, (row, viewer))).collect()
    }

    fn every_kind_and_every_state_is_there(&self) {
        let dossiers = self.dossiers();
        assert!(dossiers.len() >= 60, "{}: only {} dossiers", self.now, dossiers.len());
        let kinds: BTreeSet<Kind> = dossiers.values().map(|(row, _)| row.kind).collect();
        assert_eq!(kinds, Kind::ALL.iter().copied().collect(), "{}", self.now);
        let states: BTreeSet<State> = dossiers.values().map(|(row, _)| row.place.state).collect();
        assert_eq!(states, State::ALL.iter().copied().collect(), "{}", self.now);
    }

    fn what_people_do_has_been_done(&self) {
        let mut done = BTreeSet::new();
        let (mut asks_consent, mut one_of_two_ended) = (false, false);
        // Each sees what is addressed to him: only together they see all.
        for (viewer, row) in self.rows() {
            let dossier = self.app.look(viewer, row.id).unwrap().dossier;
            done.extend(dossier.events.iter().map(|event| event.header.change.what));
            let clocks = &dossier.standing.clocks;
            let silenced = |ended: &Ended| ended.by == EndedBy::Silence;
            one_of_two_ended |= clocks.iter().any(Clock::is_running)
                && clocks.iter().any(|clock| clock.ended.as_ref().is_some_and(silenced));
            asks_consent |= !dossier.consents.is_empty();
        }
        let not_shown = [
            What::Edited,
            What::Attached,
            What::ConsentRefused,
            What::Reopened,
            What::KeyDestroyed,
        ];
        let wanted = What::ALL.iter().filter(|what| !not_shown.contains(what));
        let missing: Vec<&What> = wanted.filter(|what| !done.contains(what)).collect();
        assert_eq!(missing, Vec::<&What>::new(), "{}", self.now);
        assert!(asks_consent, "{}: no request for consent is open", self.now);
        assert!(
            one_of_two_ended,
            "{}: no stop has a ground that ended and one that stands",
            self.now
        );
    }

    fn who_works_has_something_to_do(&self) {
        // By tomorrow night; before a weekend has ended, by the end of the second working day.
        let today = self.now.to_zoned_datetime(jiff::tz::TimeZone::UTC).weekday();
        let is_weekend = matches!(today, Weekday::Saturday | Weekday::Sunday);
        let hours = if is_weekend { 96 } else { 48 };
        let horizon = self.now + SignedDuration::from_hours(hours);
        for (login, rows) in &self.lists {
            let waits = |row: &Row| matches!(row.place.wait, Wait::SilenceDecides | Wait::You);
            let soon =
                |row: &Row| row.place.due.is_some_and(|due| due > self.now && due <= horizon);
            assert!(rows.iter().any(waits), "{}: nothing waits for {login}", self.now);
            assert!(rows.iter().any(soon), "{}: {login} sees nothing due", self.now);
        }
    }

    fn an_officers_queue_fills_his_screen(&self) {
        let rows = &self.lists["jonas.brandt"];
        let open = rows.iter().filter(|row| row.place.wait != Wait::Nobody).count();
        assert!(open >= 16, "{}: {open} rows", self.now);
        let first = &rows[0];
        assert_eq!((first.kind, first.home.as_str()), (Kind::Stop, "NL-CUSTOMS"), "{}", self.now);
        assert_eq!(first.place.wait, Wait::SilenceDecides, "{}", self.now);
        let title = first.summary.title.as_deref().unwrap_or_default();
        assert!(title.starts_with("Feinwerk Donau"), "{}: {title}", self.now);
    }

    fn france_knows_nothing_of_what_the_netherlands_asked_germany(&self) {
        let asked = |row: &&Row| row.kind == Kind::Stop && row.home.as_str() == "NL-CUSTOMS";
        let stops: Vec<&Row> = self.lists["jonas.brandt"].iter().filter(asked).collect();
        assert!(stops.len() >= 3, "{}: {} stops", self.now, stops.len());
        for login in ["claire.martin", "luc.moreau"] {
            let rows = &self.lists[login];
            assert!(rows.len() >= 5, "{}: {login} has cases of her own", self.now);
            for stop in &stops {
                let listed = rows.iter().any(|row| row.reference == stop.reference);
                assert!(!listed, "{}: {login} sees {}", self.now, stop.reference);
                let looked = self.app.look(&self.viewers[login], stop.id);
                assert!(matches!(looked, Err(Trouble::NotFound)), "{}", stop.reference);
            }
        }
    }

    fn silence_releases_on_no_other_ground(&self) {
        let mut overdue = 0;
        for (id, (row, viewer)) in self.dossiers() {
            let standing = self.app.look(viewer, id).unwrap().dossier.standing;
            let is_of_21_1 =
                standing.clocks.iter().any(|clock| clock.ground == Ground::NoAuthorisation);
            if row.kind == Kind::Stop && is_of_21_1 {
                assert_ne!(standing.state, State::ReleaseDue, "{}: {}", self.now, row.reference);
                overdue += usize::from(standing.state == State::Overdue);
            }
        }
        assert!(overdue > 0, "{}: no stop under Article 21(1) is overdue", self.now);
    }
}
