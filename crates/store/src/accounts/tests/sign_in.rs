//! Signing in: right and wrong, known and unknown, too often, with a second factor.

use crate::accounts::fixtures::{ADDRESS, PASSWORD, World, at};
use crate::accounts::{
    AccountRefusal, Accounts, By, PasswordCost, PasswordRefusal, Policy, Purpose, SignIn, Token,
};
use catalogue::ids::AccountId;
use totp_rs::{Builder, Secret, Totp};

#[test]
fn only_login_and_password_together_open_a_session() {
    let world = World::new();
    let marijke = world.marijke();
    let table = [
        ("marijke.dewit", PASSWORD, true),
        (" Marijke.DeWit ", PASSWORD, true),
        ("marijke.dewit", "Tulip harbour nine", false),
        ("marijke.dewit", "", false),
        ("nobody.atall", PASSWORD, false),
        ("no login", PASSWORD, false),
        ("", "", false),
    ];
    for (login, password, is_in) in table {
        match world.try_sign_in(login, password, 0) {
            SignIn::In { account, .. } => assert!(is_in && account == marijke, "`{login}`"),
            refused => assert_eq!((refused, is_in), (SignIn::Refused, false), "`{login}`"),
        }
    }
}

/// Whatever is wrong with it, an attempt gets the same answer, and the same slow-down at the same
/// number: whether a login is known cannot be told.
#[test]
fn an_unknown_login_is_answered_as_a_known_one() {
    let course = |prepare: fn(&World)| {
        let world = World::new();
        prepare(&world);
        (0..60)
            .map(|second| world.try_sign_in("marijke.dewit", "wrong password", second * 7))
            .collect::<Vec<_>>()
    };
    let known = course(|world| {
        world.marijke();
    });
    assert!(known.contains(&SignIn::Refused));
    assert!(known.iter().any(|answer| matches!(answer, SignIn::Wait { .. })));
    assert_eq!(known, course(|_| {}), "unknown");
    let disabled = course(|world| {
        let marijke = world.marijke();
        world.accounts.disable(marijke, By::Operator, at(0)).unwrap().unwrap();
    });
    assert_eq!(known, disabled, "disabled");
    let without_password = course(|world| {
        let new = crate::accounts::fixtures::new_account("marijke.dewit", "NL000510", &[]);
        world.accounts.create(new, By::Operator, at(0)).unwrap().unwrap();
    });
    assert_eq!(known, without_password, "without a password");
}

/// What is checked for an unknown login costs what a known one's password costs.
#[test]
fn the_decoy_costs_what_a_password_costs() {
    let world = World::new();
    for password_cost in [PasswordCost::Full, PasswordCost::Demonstration] {
        let policy = Policy { password_cost, ..Policy::default() };
        let accounts = Accounts::new(&world.store, policy).unwrap();
        let kept = crate::accounts::password::hash(PASSWORD, &[7; 16], password_cost).unwrap();
        let costs = |phc: &str| phc.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(costs(&accounts.decoy), costs(&kept));
        assert_eq!(accounts.decoy.len(), kept.len());
    }
}

/// Runs `attempt` in so many threads at once, and gives what each got.
fn at_once<T: Send>(threads: usize, attempt: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let (attempt, start) = (&attempt, &std::sync::Barrier::new(threads));
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|n| {
                scope.spawn(move || {
                    start.wait();
                    attempt(n)
                })
            })
            .collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

#[test]
fn guesses_made_at_once_count_as_many() {
    let world = World::new();
    world.marijke();
    let answers = at_once(20, |_| world.try_sign_in("marijke.dewit", "wrong password", 0));
    let refused = answers.iter().filter(|answer| **answer == SignIn::Refused).count();
    let waits = answers.iter().filter(|answer| matches!(answer, SignIn::Wait { .. })).count();
    assert_eq!((refused, waits), (5, 15));
}

#[test]
fn what_is_good_once_is_good_for_one_of_two_at_once() {
    let world = World::new();
    let marijke = world.marijke();
    let (shows, _) = with_second_factor(&world, marijke);
    let tokens = [half_way(&world, 30), half_way(&world, 30)];
    let code = shows.shows(30);
    let answers = at_once(2, |n| try_code(&world, &tokens[n], &code, 31));
    let is_in = answers.iter().filter(|answer| matches!(answer, SignIn::In { .. })).count();
    assert_eq!(is_in, 1, "a code: {answers:?}");

    let link = world.accounts.issue_link(marijke, Purpose::Reset, By::Operator, at(0));
    let link = link.unwrap().unwrap();
    let new = ["mariposa.kelp.48", "mariposa.kelp.49"];
    let outcomes = at_once(2, |n| world.accounts.redeem(link.as_str(), new[n], at(1)).unwrap());
    let spent = outcomes.iter().filter(|o| **o == Err(AccountRefusal::LinkSpent)).count();
    assert_eq!(spent, 1, "a link: {outcomes:?}");
}

#[test]
fn guesses_at_one_login_are_slowed_down_where_they_come_from_and_not_elsewhere() {
    let world = World::new();
    world.marijke();
    for _ in 0..5 {
        assert_eq!(world.try_sign_in("marijke.dewit", "wrong password", 0), SignIn::Refused);
    }
    // Even the right password waits now, from here.
    let wait = SignIn::Wait { until: at(60) };
    assert_eq!(world.try_sign_in("marijke.dewit", PASSWORD, 1), wait);
    let elsewhere =
        world.accounts.sign_in("marijke.dewit", PASSWORD, "198.51.100.1", at(1)).unwrap();
    assert!(matches!(elsewhere, SignIn::In { .. }));
    let world = world.reopened();
    assert_eq!(world.try_sign_in("marijke.dewit", PASSWORD, 59), wait, "kept over a restart");
    assert!(matches!(world.try_sign_in("marijke.dewit", PASSWORD, 60), SignIn::In { .. }));
    assert_eq!(world.try_sign_in("marijke.dewit", "wrong password", 61), SignIn::Refused);
}

#[test]
fn guesses_from_many_addresses_at_one_login_are_slowed_down_together() {
    let world = World::new();
    world.marijke();
    let answers: Vec<SignIn> = (0..51)
        .map(|n| {
            let address = format!("192.0.2.{n}");
            world.accounts.sign_in("marijke.dewit", "wrong password", &address, at(0)).unwrap()
        })
        .collect();
    assert_eq!(answers.iter().filter(|answer| **answer == SignIn::Refused).count(), 50);
    assert_eq!(answers.last(), Some(&SignIn::Wait { until: at(30) }));
}

#[test]
fn signing_in_rightly_never_slows_anybody_down() {
    let world = World::new();
    world.marijke();
    for _ in 0..200 {
        world.sign_in("marijke.dewit", 0);
    }
}

/// An authenticator, and what it shows at a second of the tests.
struct Authenticator(Totp);

impl Authenticator {
    fn shows(&self, seconds: i64) -> String {
        self.0.generate(u64::try_from(at(seconds).as_second()).unwrap()).to_string()
    }
}

/// Sets up a second factor, confirmed at second 0; gives it with its recovery codes.
fn with_second_factor(world: &World, account: AccountId) -> (Authenticator, Vec<String>) {
    let enrolment = world.accounts.begin_second_factor(account).unwrap().unwrap();
    assert!(enrolment.address.contains(&format!("secret={}", enrolment.secret)));
    let secret = Secret::try_from_base32(&enrolment.secret).unwrap();
    let authenticator = Authenticator(Builder::new().with_secret(secret).build().unwrap());
    let code = authenticator.shows(0);
    let codes = world.accounts.confirm_second_factor(account, &code, at(0)).unwrap().unwrap();
    (authenticator, codes)
}

fn half_way(world: &World, seconds: i64) -> Token {
    match world.try_sign_in("marijke.dewit", PASSWORD, seconds) {
        SignIn::SecondFactor { half_way } => half_way,
        other => panic!("no second factor is asked: {other:?}"),
    }
}

fn try_code(world: &World, half_way: &Token, code: &str, seconds: i64) -> SignIn {
    world.accounts.second_factor(half_way.as_str(), code, ADDRESS, at(seconds)).unwrap()
}

#[test]
fn a_second_factor_counts_once_it_is_confirmed() {
    let world = World::new();
    let marijke = world.marijke();
    let confirm = |code: &str| world.accounts.confirm_second_factor(marijke, code, at(0)).unwrap();
    assert_eq!(confirm("123456"), Err(AccountRefusal::SecondFactorNotBegun));
    world.accounts.begin_second_factor(marijke).unwrap().unwrap();
    assert_eq!(confirm("12345"), Err(AccountRefusal::WrongCode));
    assert!(matches!(world.try_sign_in("marijke.dewit", PASSWORD, 0), SignIn::In { .. }));
    let (_, codes) = with_second_factor(&world, marijke);
    assert_eq!(codes.len(), 10);
    let again = world.accounts.begin_second_factor(marijke).unwrap();
    assert_eq!(again, Err(AccountRefusal::SecondFactorSet));
    half_way(&world, 0);
    world.accounts.remove_second_factor(marijke, By::Operator, at(1)).unwrap().unwrap();
    assert!(matches!(world.try_sign_in("marijke.dewit", PASSWORD, 2), SignIn::In { .. }));
}

#[test]
fn a_code_is_good_once_and_in_its_time() {
    let world = World::new();
    let marijke = world.marijke();
    let (shows, _) = with_second_factor(&world, marijke);
    let first = half_way(&world, 10);
    assert_eq!(try_code(&world, &first, &shows.shows(0), 11), SignIn::Refused, "used to confirm");
    assert_eq!(try_code(&world, &first, &shows.shows(120), 12), SignIn::Refused, "of the future");
    let next = shows.shows(30);
    assert!(matches!(try_code(&world, &first, &next, 31), SignIn::In { .. }));
    assert_eq!(
        try_code(&world, &first, &shows.shows(60), 60),
        SignIn::Refused,
        "half way is spent"
    );
    let second = half_way(&world, 61);
    assert_eq!(try_code(&world, &second, &next, 61), SignIn::Refused, "replayed");
    let world = world.reopened();
    assert_eq!(try_code(&world, &second, &next, 62), SignIn::Refused, "replayed after a restart");
    assert!(matches!(try_code(&world, &second, &shows.shows(62), 63), SignIn::In { .. }));
}

#[test]
fn a_recovery_code_is_good_once_for_its_owner() {
    let world = World::new();
    let marijke = world.marijke();
    let other = world.person("pieter.bakker", "NL-CUSTOMS", &[]);
    let (_, codes) = with_second_factor(&world, marijke);
    let (_, others) = with_second_factor(&world, other);
    let first = half_way(&world, 10);
    assert_eq!(try_code(&world, &first, &others[0], 11), SignIn::Refused);
    let typed = codes[3].to_uppercase().replace('-', " ");
    assert!(matches!(try_code(&world, &first, &typed, 12), SignIn::In { .. }));
    let second = half_way(&world, 20);
    assert_eq!(try_code(&world, &second, &codes[3], 21), SignIn::Refused);
    assert!(matches!(try_code(&world, &second, &codes[4], 22), SignIn::In { .. }));
}

#[test]
fn half_way_runs_out_and_codes_cannot_be_guessed_at_speed() {
    let world = World::new();
    let marijke = world.marijke();
    let (shows, _) = with_second_factor(&world, marijke);
    let late = half_way(&world, 0);
    assert_eq!(try_code(&world, &late, &shows.shows(300), 300), SignIn::Refused);
    let token = half_way(&world, 600);
    let answers: Vec<SignIn> = (0..6).map(|_| try_code(&world, &token, "000000", 601)).collect();
    assert_eq!(answers.iter().filter(|answer| **answer == SignIn::Refused).count(), 4);
    assert!(matches!(try_code(&world, &token, &shows.shows(602), 602), SignIn::Wait { .. }));
}

#[test]
fn a_password_is_changed_by_who_knows_it_and_ends_what_the_old_one_opened() {
    let world = World::new();
    let marijke = world.marijke();
    let here = world.sign_in("marijke.dewit", 0);
    let elsewhere = world.sign_in("marijke.dewit", 0);
    let change = |present: &str, new: &str| {
        world.accounts.change_password(marijke, here.as_str(), present, new, at(1)).unwrap()
    };
    let new = "mariposa.kelp.48";
    let short = PasswordRefusal::TooShort { given: 5, least: 12 };
    assert_eq!(change(PASSWORD, "short"), Err(AccountRefusal::Password(short)));
    assert_eq!(change("wrong password", new), Err(AccountRefusal::WrongPassword));
    assert_eq!(change(PASSWORD, new), Ok(()));
    assert!(world.stands(&here, 2) && !world.stands(&elsewhere, 2));
    assert_eq!(world.try_sign_in("marijke.dewit", PASSWORD, 3), SignIn::Refused);
    assert!(matches!(world.try_sign_in("marijke.dewit", new, 4), SignIn::In { .. }));
}

#[test]
fn a_password_is_asked_for_again_and_guesses_are_slowed_down() {
    let world = World::new();
    let account = world.marijke();
    let check = |password: &str, seconds| {
        world.accounts.check_password(account, password, at(seconds)).unwrap()
    };
    assert_eq!(check(PASSWORD, 1), Ok(()));
    assert_eq!(check("another harbour nine", 2), Err(AccountRefusal::WrongPassword));
    let waits = (3..40).any(|n| matches!(check("wrong", n), Err(AccountRefusal::Wait { .. })));
    assert!(waits, "guesses at an unlocked screen are slowed down");
    assert_eq!(check(PASSWORD, 3600), Ok(()));
}
