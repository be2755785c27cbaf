//! Sessions: who they are, how they end, what is kept of typed input.

use crate::accounts::fixtures::{World, at, id};
use crate::accounts::session::KEPT_BYTES_MAX;
use crate::accounts::{AccountRefusal, By, KeptInput, KeptState};
use crate::viewer::Role;
use proptest::prelude::*;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

#[test]
fn a_session_is_its_person_with_units_and_roles_as_they_stand() {
    let world = World::new();
    let marijke = world.marijke();
    let token = world.sign_in("marijke.dewit", 0);
    let look = || world.accounts.viewer_by_session(token.as_str(), at(1)).unwrap().unwrap();
    let (viewer, session) = look();
    assert_eq!(viewer.account(), Some(marijke));
    assert_eq!(viewer.name(), Some("marijke.dewit by name"));
    assert_eq!(viewer.unit(), Some(&id("NL000510")));
    assert_eq!(viewer.authority(), Some(&id("NL-CUSTOMS")));
    assert_eq!(viewer.units().cloned().collect::<Vec<_>>(), [id("NL-CUSTOMS"), id("NL000510")]);
    assert!(viewer.has(Role::Officer) && !viewer.has(Role::Administrator));
    assert_eq!((session.account, session.until), (marijke, at(30 * MINUTE)));

    let roles = [Role::Analyst].into();
    world.accounts.set_roles(marijke, roles, By::Operator, at(2)).unwrap().unwrap();
    assert_eq!(look().0.roles().collect::<Vec<_>>(), [Role::Analyst], "at once");
    assert!(world.accounts.viewer_by_session("", at(1)).unwrap().is_none());
    let (other, _) = token.as_str().split_at(42);
    assert!(world.accounts.viewer_by_session(other, at(1)).unwrap().is_none());
}

#[test]
fn a_session_ends_when_idle_or_old_and_is_not_revived_by_a_late_touch() {
    let world = World::new();
    world.marijke();
    let idle = world.sign_in("marijke.dewit", 0);
    assert!(world.stands(&idle, 30 * MINUTE - 1) && !world.stands(&idle, 30 * MINUTE));
    world.accounts.touch(idle.as_str(), at(30 * MINUTE)).unwrap();
    assert!(!world.stands(&idle, 30 * MINUTE));

    let busy = world.sign_in("marijke.dewit", 0);
    for quarter in 1..48 {
        world.accounts.touch(busy.as_str(), at(quarter * 15 * MINUTE)).unwrap();
    }
    let world = world.reopened();
    assert!(world.stands(&busy, 12 * HOUR - 1), "kept over a restart");
    assert!(!world.stands(&busy, 12 * HOUR));
}

#[test]
fn a_revoked_session_is_gone_and_not_recognised() {
    let world = World::new();
    let marijke = world.marijke();
    let (one, two, three) = (
        world.sign_in("marijke.dewit", 0),
        world.sign_in("marijke.dewit", 0),
        world.sign_in("marijke.dewit", 0),
    );
    world.accounts.revoke(one.as_str()).unwrap();
    assert!(!world.stands(&one, 1) && world.stands(&two, 1));
    world.accounts.revoke_all(marijke, By::Operator, at(2)).unwrap().unwrap();
    for token in [one, two, three] {
        assert!(!world.stands(&token, 2));
        assert_eq!(world.accounts.expired_session(token.as_str(), at(HOUR)).unwrap(), None);
    }
}

#[test]
fn the_other_sessions_of_a_person_end_and_the_one_in_use_stays() {
    let world = World::new();
    let account = world.marijke();
    let (here, elsewhere) = (world.sign_in("marijke.dewit", 1), world.sign_in("marijke.dewit", 2));
    let ended =
        world.accounts.revoke_others(account, here.as_str(), By::Person(account), at(3)).unwrap();
    assert_eq!(ended, Ok(()));
    assert!(world.stands(&here, 4));
    assert!(!world.stands(&elsewhere, 4));
}

#[test]
fn what_was_typed_when_the_session_ran_out_is_taken_once() {
    let world = World::new();
    let marijke = world.marijke();
    let token = world.sign_in("marijke.dewit", 0);
    let input = |text: &str| KeptInput { path: "/stops/new".into(), bytes: text.into() };
    let keep = |world: &World, seconds, text| {
        world.accounts.keep_input(token.as_str(), input(text), at(seconds)).unwrap()
    };
    let whose = |seconds| world.accounts.expired_session(token.as_str(), at(seconds)).unwrap();

    assert_eq!((whose(1), keep(&world, 1, "too early")), (None, Ok(KeptState::NotKnown)));
    assert_eq!(whose(HOUR), Some(marijke));
    assert_eq!(keep(&world, HOUR, "first"), Ok(KeptState::Kept));
    assert_eq!(keep(&world, HOUR + 1, "second"), Ok(KeptState::Kept));
    let world = world.reopened();
    let take = |seconds| world.accounts.take_input(marijke, at(seconds)).unwrap();
    assert_eq!(take(2 * HOUR), Some((at(HOUR + 1), input("second"))));
    assert_eq!(take(2 * HOUR), None, "once");
    assert_eq!(keep(&world, 25 * HOUR, "too late"), Ok(KeptState::NotKnown));
    assert_eq!(keep(&world, 24 * HOUR, "old"), Ok(KeptState::Kept));
    assert_eq!(take((24 + 7 * 24) * HOUR + 1), None, "kept for a week");

    let long = KeptInput { path: String::new(), bytes: vec![0; KEPT_BYTES_MAX + 1] };
    let given = KEPT_BYTES_MAX + 1;
    let refused = AccountRefusal::InputTooLong { given, most: KEPT_BYTES_MAX };
    let kept = world.accounts.keep_input(token.as_str(), long, at(HOUR)).unwrap();
    assert_eq!(kept, Err(refused));
    let full = KeptInput { path: String::new(), bytes: vec![255; KEPT_BYTES_MAX] };
    let kept = world.accounts.keep_input(token.as_str(), full.clone(), at(HOUR)).unwrap();
    assert_eq!(kept, Ok(KeptState::Kept));
    assert_eq!(world.accounts.take_input(marijke, at(HOUR)).unwrap().unwrap().1, full);
}

#[test]
fn sweeping_takes_away_what_is_worthless_and_nothing_else() {
    let world = World::new();
    let marijke = world.marijke();
    let old = world.sign_in("marijke.dewit", 0);
    let recent = world.sign_in("marijke.dewit", 20 * HOUR);
    world.try_sign_in("marijke.dewit", "wrong password", 0);
    let rows = |table: &str| {
        let count = format!("SELECT count(*) FROM {table}");
        world
            .store
            .database()
            .read(|c| Ok(c.sql.query_row(&count, [], |row| row.get::<_, i64>(0))?))
            .unwrap()
    };
    world.accounts.sweep(at(24 * HOUR + 20 * MINUTE)).unwrap();
    let whose = |token: &crate::accounts::Token, seconds| {
        world.accounts.expired_session(token.as_str(), at(seconds)).unwrap()
    };
    assert_eq!(whose(&old, 24 * HOUR + 20 * MINUTE), Some(marijke), "recognised for a day");
    assert_eq!((rows("session"), rows("attempt")), (2, 0));
    world.accounts.sweep(at(25 * HOUR)).unwrap();
    assert_eq!((rows("session"), whose(&old, 25 * HOUR)), (1, None));
    assert_eq!(whose(&recent, 25 * HOUR), Some(marijke));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whatever pages are looked at when, a session stands exactly while nobody waited half an hour
    /// (give or take the minute to which touches are written) and twelve hours have not passed.
    #[test]
    fn a_session_stands_while_it_is_used(steps in proptest::collection::vec(1..40_i64, 1..40)) {
        let world = World::new();
        world.marijke();
        let token = world.sign_in("marijke.dewit", 0);
        let (mut now, mut is_in) = (0, true);
        for step in steps {
            now += step * MINUTE;
            is_in = is_in && step < 30 && now < 12 * HOUR;
            prop_assert_eq!(world.stands(&token, now), is_in, "after {} minutes", now / MINUTE);
            world.accounts.touch(token.as_str(), at(now)).unwrap();
        }
    }
}
