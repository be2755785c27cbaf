//! Tests of who may keep people and settings, and what is logged.

use super::*;
use crate::directory::{Entry, NewPart, Part};
use crate::time::CaseClock;
use catalogue::authorities::{Directory, Reach};
use catalogue::calendar::Calendars;
use jiff::Timestamp;
use std::sync::Arc;
use store::accounts::{PasswordCost, Policy, SecondFactorState};
use store::keys::MasterKey;
use store::{Opening, Store};

const PASSWORD: &str = "tulip harbour nine";

/// A node with the demonstration's directory and people of two authorities.
struct World {
    app: App,
    _folder: tempfile::TempDir,
}

fn now() -> Timestamp {
    "2026-11-24T09:42:00Z".parse().unwrap()
}

fn unit(id: &str) -> UnitId {
    id.parse().unwrap()
}

fn new(login: &str, unit_id: &str, roles: &[Role]) -> NewAccount {
    NewAccount {
        login: login.parse().unwrap(),
        name: login.parse().unwrap(),
        mail: format!("{login}@example.eu").parse().unwrap(),
        unit: unit(unit_id),
        roles: roles.iter().copied().collect(),
        language: None,
    }
}

impl World {
    fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        let key = MasterKey::generate().unwrap();
        let opening = Opening::new(key, "ecm.example/log", now());
        let store = Store::open(folder.path(), &opening).unwrap();
        let clock = CaseClock::of(&store, Arc::new(now)).unwrap();
        let policy = Policy { password_cost: PasswordCost::Demonstration, ..Policy::default() };
        let app = App::new(store, Calendars::shipped().unwrap(), clock, policy).unwrap();
        let units = Directory::demonstration().unwrap().units().cloned().collect();
        app.units().add(units, By::Operator, now()).unwrap().unwrap();
        World { app, _folder: folder }
    }

    fn person(&self, login: &str, unit: &str, roles: &[Role]) -> Viewer {
        let accounts = self.app.accounts();
        let id = accounts.create(new(login, unit, roles), By::Operator, now()).unwrap().unwrap();
        accounts.set_password(id, PASSWORD, By::Operator, now()).unwrap().unwrap();
        accounts.viewer_of(id).unwrap().unwrap()
    }

    fn sanne(&self) -> Viewer {
        self.person("sanne.visser", "NL-CUSTOMS", &[Role::Administrator])
    }
}

fn account(viewer: &Viewer) -> AccountId {
    viewer.account().unwrap()
}

#[test]
fn who_does_not_administer_changes_nothing() {
    let world = World::new();
    let officer = world.person("pieter.bakker", "NL-CUSTOMS", &[Role::Officer, Role::ContactPoint]);
    let app = &world.app;
    let id = account(&officer);
    let role = |denial: Denial| matches!(denial, Denial::Trouble(Trouble::Role));
    assert!(matches!(app.people(&officer, None), Err(Trouble::Role)));
    assert!(matches!(app.admin_log(&officer, None, 10), Err(Trouble::Role)));
    assert!(matches!(app.approval_steps(&officer), Err(Trouble::Role)));
    assert!(matches!(app.unit_of(&officer, &unit("NL000510")), Err(Trouble::Role)));
    let denials = [
        app.invite(&officer, new("new.one", "NL-CUSTOMS", &[Role::Officer])).map(|_| ()),
        app.give_link(&officer, id).map(|_| ()),
        app.give_roles(&officer, id, BTreeSet::from([Role::Administrator])),
        app.change_contact(&officer, id, "Pieter".parse().unwrap(), "p@x.eu".parse().unwrap()),
        app.move_person(&officer, id, unit("NL000510")),
        app.put_out(&officer, id),
        app.let_in(&officer, id),
        app.end_sessions(&officer, id),
        app.remove_factor(&officer, id),
        app.set_approval(&officer, Kind::Stop, ApprovalStep::Never),
        app.close_part(
            &officer,
            &unit("NL000510"),
            now().to_string().get(..10).unwrap().parse().unwrap(),
        ),
    ];
    for (n, denied) in denials.into_iter().enumerate() {
        assert!(denied.is_err_and(role), "use case {n}");
    }
}

#[test]
fn what_is_of_another_authority_does_not_exist() {
    let world = World::new();
    let sanne = world.sanne();
    let jonas = account(&world.person("jonas.brandt", "DE-LICENSING", &[Role::Officer]));
    let absent = |denial: Denial| matches!(denial, Denial::Trouble(Trouble::NotFound));
    let app = &world.app;
    let denials = [
        app.give_link(&sanne, jonas).map(|_| ()),
        app.give_roles(&sanne, jonas, BTreeSet::from([Role::Analyst])),
        app.move_person(&sanne, jonas, unit("NL000510")),
        app.put_out(&sanne, jonas),
        app.remove_factor(&sanne, jonas),
        app.close_part(&sanne, &unit("DE004851"), "2027-01-01".parse().unwrap()),
    ];
    for (n, denied) in denials.into_iter().enumerate() {
        assert!(denied.is_err_and(absent), "use case {n}");
    }
    let elsewhere = new("new.one", "DE-LICENSING", &[Role::Officer]);
    let unknown = AccountRefusal::UnitUnknown { unit: unit("DE-LICENSING") };
    assert!(
        matches!(app.invite(&sanne, elsewhere), Err(Denial::Account(refusal)) if refusal == unknown)
    );
}

#[test]
fn an_invitation_is_mailed_and_leads_to_a_password() {
    let world = World::new();
    let sanne = world.sanne();
    let app = &world.app;
    let given = app.invite(&sanne, new("marijke.dewit", "NL000510", &[Role::Officer])).unwrap();
    assert_eq!(given.purpose, Purpose::Invitation);
    let due = app.outbox().due(now(), 10).unwrap();
    let token = given.token.as_str().to_owned();
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].account, given.account);
    assert_eq!(due[0].letter, Letter::Invitation { token: token.clone() });
    assert_eq!(app.accounts().redeem(&token, PASSWORD, now()).unwrap(), Ok(given.account));
    assert_eq!(app.give_link(&sanne, given.account).unwrap().purpose, Purpose::Reset);
    let log = app.admin_log(&sanne, None, 10).unwrap();
    assert!(log.iter().all(|entry| entry.by == By::Person(account(&sanne))
        || entry.by == By::Person(given.account)
        || entry.by == By::Operator));
}

#[test]
fn roles_are_those_of_the_authority_and_somebody_always_administers() {
    let world = World::new();
    let sanne = world.sanne();
    let app = &world.app;
    let marijke = account(&world.person("marijke.dewit", "NL000510", &[Role::Officer]));
    let give = |who, roles: &[Role]| app.give_roles(&sanne, who, roles.iter().copied().collect());
    assert!(matches!(give(marijke, &[]), Err(Denial::NoRole)));
    assert!(matches!(
        give(marijke, &[Role::Secretariat]),
        Err(Denial::RoleElsewhere { role: Role::Secretariat })
    ));
    let last = account(&sanne);
    assert!(matches!(give(last, &[Role::Officer]), Err(Denial::LastAdministrator)));
    assert!(matches!(app.put_out(&sanne, last), Err(Denial::LastAdministrator)));
    give(marijke, &[Role::Officer, Role::Administrator]).unwrap();
    give(last, &[Role::Officer]).unwrap();
    assert_eq!(
        app.accounts().person(last).unwrap().unwrap().roles,
        BTreeSet::from([Role::Officer])
    );
}

#[test]
fn a_leaver_is_out_at_once_and_may_come_back() {
    let world = World::new();
    let sanne = world.sanne();
    let app = &world.app;
    let marijke = account(&world.person("marijke.dewit", "NL000510", &[Role::Officer]));
    app.put_out(&sanne, marijke).unwrap();
    assert!(app.accounts().viewer_of(marijke).unwrap().is_none());
    app.let_in(&sanne, marijke).unwrap();
    assert!(app.accounts().viewer_of(marijke).unwrap().is_some());
    app.remove_factor(&sanne, marijke).unwrap();
    let person = app.person_of(&sanne, marijke).unwrap();
    assert_eq!(person.second_factor, SecondFactorState::Off);
}

#[test]
fn an_office_is_entered_changed_and_closed() {
    let world = World::new();
    let sanne = world.sanne();
    let app = &world.app;
    let office = NewPart {
        id: unit("NL009999"),
        parent: unit("NL-CUSTOMS"),
        part: Part::Office,
        name: BTreeMap::from([("en".parse().unwrap(), "Moerdijk".to_owned())]),
        competences: BTreeSet::new(),
    };
    app.enter_part(&sanne, office.clone()).unwrap();
    assert!(matches!(app.enter_part(&sanne, office), Err(Denial::Unit(UnitRefusal::Problems(_)))));
    let above = app.unit_of(&sanne, &unit("NL-CUSTOMS")).unwrap();
    let entered = app.unit_of(&sanne, &unit("NL009999")).unwrap();
    assert_eq!((&entered.hours, &entered.zone), (&above.hours, &above.zone));
    assert!(entered.on_duty.is_empty() && entered.reach == Reach::default());

    let mut entry =
        Entry { hours: entered.hours, closed_days: entered.closed_days, reach: entered.reach };
    entry.hours.sat = vec!["09:00-12:00".parse().unwrap()];
    app.change_entry(&sanne, &entered.id, entry.clone()).unwrap();
    assert_eq!(app.unit_of(&sanne, &entered.id).unwrap().hours, entry.hours);

    let marijke = account(&world.person("marijke.dewit", "NL009999", &[Role::Officer]));
    let on = "2026-12-01".parse().unwrap();
    assert!(matches!(
        app.close_part(&sanne, &entered.id, on),
        Err(Denial::PeopleLeft { count: 1, .. })
    ));
    app.move_person(&sanne, marijke, unit("NL000510")).unwrap();
    app.close_part(&sanne, &entered.id, on).unwrap();
    assert!(matches!(
        app.close_part(&sanne, &unit("NL-CUSTOMS"), on),
        Err(Denial::AuthorityStays { .. })
    ));
}
