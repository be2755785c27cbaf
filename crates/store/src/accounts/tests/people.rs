//! People: created, changed, put out; and what the record says of it.

use crate::accounts::fixtures::{PASSWORD, World, at, id, new_account, unit};
use crate::accounts::{
    AccountRefusal, Act, By, Keys, PasswordState, Preferences, Purpose, SecondFactorState, SignIn,
    Theme,
};
use crate::units::Units;
use crate::viewer::Role;
use catalogue::authorities::Language;

#[test]
fn an_account_is_what_it_was_made_from() {
    let world = World::new();
    let mut new = new_account("marijke.dewit", "NL000510", &[Role::Officer, Role::Analyst]);
    new.language = Some(Language::GERMAN);
    let account = world.accounts.create(new.clone(), By::Operator, at(3)).unwrap().unwrap();
    let world = world.reopened();
    let person = world.accounts.person(account).unwrap().unwrap();
    assert_eq!((person.login, person.name, person.mail), (new.login, new.name, new.mail));
    assert_eq!((person.unit, person.roles), (new.unit, new.roles));
    assert_eq!((person.created, person.disabled), (at(3), None));
    assert_eq!(person.preferences.language, Some(Language::GERMAN));
    assert_eq!(person.password, PasswordState::Unset);
    assert_eq!(person.second_factor, SecondFactorState::Off);
    let found = world.accounts.by_login(" Marijke.DEWIT").unwrap().unwrap();
    assert_eq!(found.id, account);
    assert!(world.accounts.by_login("marijke").unwrap().is_none());
}

#[test]
fn what_cannot_be_is_refused() {
    let world = World::new();
    let marijke = world.marijke();
    let units = Units::new(&world.store);
    let desk = unit("NL000396", Some("NL-CUSTOMS"), "office", Some("NL"));
    units.add(vec![desk], By::Operator, at(0)).unwrap().unwrap();
    let day = "2026-12-31".parse().unwrap();
    units.close(id("NL000396"), day, By::Operator, at(0)).unwrap().unwrap();

    let create = |login, unit| {
        world.accounts.create(new_account(login, unit, &[]), By::Operator, at(1)).unwrap()
    };
    let login = "marijke.dewit".parse().unwrap();
    let closed = AccountRefusal::UnitClosed { unit: id("NL000396") };
    let unknown = AccountRefusal::UnitUnknown { unit: id("FR-CUSTOMS") };
    assert_eq!(create("marijke.dewit", "DE-LICENSING"), Err(AccountRefusal::LoginTaken { login }));
    assert_eq!(create("an.other", "NL000396"), Err(closed.clone()));
    assert_eq!(create("an.other", "FR-CUSTOMS"), Err(unknown.clone()));

    let move_to = |unit| world.accounts.move_to(marijke, id(unit), By::Operator, at(2)).unwrap();
    assert_eq!(move_to("NL000396"), Err(closed));
    assert_eq!(move_to("FR-CUSTOMS"), Err(unknown));
    let other = AccountRefusal::OtherAuthority { unit: id("DE-LICENSING") };
    assert_eq!(move_to("DE-LICENSING"), Err(other));
    assert_eq!(move_to("NL-CUSTOMS"), Ok(()));
    let viewer = world.accounts.viewer_of(marijke).unwrap().unwrap();
    assert_eq!(viewer.units().collect::<Vec<_>>(), [&id("NL-CUSTOMS")]);
}

#[test]
fn a_leaver_is_out_at_once_and_by_every_door() {
    let world = World::new();
    let marijke = world.marijke();
    let session = world.sign_in("marijke.dewit", 0);
    let issue = |seconds, expires| {
        world.accounts.issue_token(marijke, "scanner", at(expires), By::Operator, at(seconds))
    };
    let (_, token) = issue(0, 9000).unwrap().unwrap();
    let link = |purpose| world.accounts.issue_link(marijke, purpose, By::Operator, at(0)).unwrap();
    let reset = link(Purpose::Reset).unwrap();
    let by = By::Person(world.person("chief", "NL-CUSTOMS", &[Role::Administrator]));
    world.accounts.disable(marijke, by, at(1)).unwrap().unwrap();

    assert!(!world.stands(&session, 1));
    assert_eq!(world.accounts.expired_session(session.as_str(), at(3600)).unwrap(), None);
    assert!(world.accounts.viewer_by_token(token.as_str(), at(1)).unwrap().is_none());
    assert!(world.accounts.link(reset.as_str(), at(1)).unwrap().is_none());
    assert!(world.accounts.viewer_of(marijke).unwrap().is_none());
    assert_eq!(world.try_sign_in("marijke.dewit", PASSWORD, 1), SignIn::Refused);
    assert_eq!(issue(1, 9000).unwrap().unwrap_err(), AccountRefusal::Disabled);
    assert_eq!(link(Purpose::Invitation).unwrap_err(), AccountRefusal::Disabled);
    let person = world.accounts.person(marijke).unwrap().unwrap();
    assert_eq!(person.disabled, Some(at(1)), "the name stays beside what was written");

    world.accounts.enable(marijke, by, at(2)).unwrap().unwrap();
    assert!(!world.stands(&session, 2), "nothing of before comes back");
    assert!(world.accounts.viewer_by_token(token.as_str(), at(2)).unwrap().is_none());
    assert!(matches!(world.try_sign_in("marijke.dewit", PASSWORD, 3), SignIn::In { .. }));
}

#[test]
fn people_of_a_unit_come_by_name_and_by_the_hundred() {
    let world = World::new();
    for n in 0..123 {
        let unit = if n % 2 == 0 { "NL000510" } else { "NL-CUSTOMS" };
        let new = new_account(&format!("officer-{:03}", (n * 50) % 123), unit, &[]);
        world.accounts.create(new, By::Operator, at(0)).unwrap().unwrap();
    }
    world.person("jonas.brandt", "DE-LICENSING", &[]);
    let page = |after| world.accounts.people(&id("NL-CUSTOMS"), after).unwrap();
    let first = page(None);
    let second = page(first.next);
    assert_eq!((first.people.len(), second.people.len(), second.next), (100, 23, None));
    let names: Vec<String> =
        first.people.iter().chain(&second.people).map(|p| p.login.to_string()).collect();
    assert_eq!(names, (0..123).map(|n| format!("officer-{n:03}")).collect::<Vec<_>>());
    assert_eq!(world.accounts.people(&id("NL000510"), None).unwrap().people.len(), 62);
}

#[test]
fn preferences_come_with_the_session() {
    let world = World::new();
    let marijke = world.marijke();
    let token = world.sign_in("marijke.dewit", 0);
    let preferences =
        Preferences { language: Some(Language::FRENCH), theme: Theme::Dark, keys: Keys::Off };
    world.accounts.set_preferences(marijke, preferences).unwrap().unwrap();
    let world = world.reopened();
    let (_, session) = world.accounts.viewer_by_session(token.as_str(), at(1)).unwrap().unwrap();
    assert_eq!(session.preferences, preferences);
}

#[test]
fn the_record_is_read_by_the_administrators_of_the_authority_alone() {
    let world = World::new();
    let marijke = world.marijke();
    let chief = world.person("chief", "NL-CUSTOMS", &[Role::Administrator]);
    let brandt = world.person("jonas.brandt", "DE-LICENSING", &[Role::Administrator]);
    let by = By::Person(chief);
    let contact = |name: &str| {
        let (name, mail) = (name.parse().unwrap(), "new@example.eu".parse().unwrap());
        world.accounts.set_contact(marijke, name, mail, by, at(5)).unwrap()
    };
    contact("Marijke de Wit-Bakker").unwrap();
    contact("Marijke de Wit-Bakker").unwrap();
    world.accounts.disable(marijke, by, at(6)).unwrap().unwrap();
    let world = world.reopened();
    let log = |account, before| {
        let viewer = world.accounts.viewer_of(account).unwrap().unwrap();
        world.accounts.admin_log(&viewer, before, 100).unwrap()
    };
    let entries = log(chief, None).unwrap();
    let latest: Vec<_> = entries.iter().take(2).map(|e| (e.at, e.by, e.act.clone())).collect();
    let expected = [
        (at(6), by, Act::AccountDisabled { account: marijke }),
        // Set twice to the same, it changed once.
        (at(5), by, Act::ContactSet { account: marijke }),
    ];
    assert_eq!(latest, expected);
    let rest = log(chief, Some(entries[1].id)).unwrap();
    assert_eq!(rest, entries[2..]);
    assert!(rest.iter().any(|e| e.act == Act::UnitAdded { unit: id("NL000510") }));

    let others = log(brandt, None).unwrap();
    assert!(others.iter().all(|e| !entries.contains(e)));
    assert!(others.iter().any(|e| e.act == Act::PasswordSet { account: brandt }));
    let officer = world.person("an.officer", "NL-CUSTOMS", &[Role::Officer, Role::ContactPoint]);
    assert_eq!(log(officer, None), None);
    let system = crate::viewer::Viewer::system();
    assert_eq!(world.accounts.admin_log(&system, None, 100).unwrap(), None);
}
