//! Nothing of a person lies on the disk in clear.

use crate::accounts::fixtures::{PASSWORD, World, at, found_on_disk, id};
use crate::accounts::{By, KeptInput, NewAccount, Purpose, SignIn};
use crate::outbox::{Letter, Mail, Outbox};
use crate::viewer::Role;

#[test]
fn no_planted_word_is_in_any_file() {
    let world = World::new();
    let new = NewAccount {
        login: "plantword.login".parse().unwrap(),
        name: "Plantword Personname".parse().unwrap(),
        mail: "plantword.mail@example.eu".parse().unwrap(),
        unit: id("NL000510"),
        roles: [Role::Administrator].into(),
        language: None,
    };
    let accounts = &world.accounts;
    let account = accounts.create(new, By::Operator, at(0)).unwrap().unwrap();
    accounts.set_password(account, PASSWORD, By::Operator, at(0)).unwrap().unwrap();
    let (name, mail) = ("Plantword Newname".parse().unwrap(), "plantword.new@x".parse().unwrap());
    accounts.set_contact(account, name, mail, By::Person(account), at(0)).unwrap().unwrap();
    let SignIn::In { session, .. } =
        accounts.sign_in("plantword.login", PASSWORD, "plantword.address", at(0)).unwrap()
    else {
        panic!("not in")
    };
    accounts.sign_in("plantword.login", "plantword.guess", "plantword.address", at(1)).unwrap();
    let input = KeptInput { path: "/plantword.path".into(), bytes: "plantword.typed".into() };
    accounts.keep_input(session.as_str(), input, at(7200)).unwrap().unwrap();
    let (_, token) = accounts
        .issue_token(account, "plantword.token", at(9000), By::Operator, at(0))
        .unwrap()
        .unwrap();
    let link = accounts.issue_link(account, Purpose::Reset, By::Operator, at(0)).unwrap().unwrap();
    let enrolment = accounts.begin_second_factor(account).unwrap().unwrap();
    let letter = Letter::Reset { token: link.as_str().to_owned() };
    Outbox::new(&world.store).put(vec![Mail { to: account, letter }], at(0)).unwrap();

    let words = [
        "lantword",
        PASSWORD,
        "administrator",
        "$argon2id$",
        session.as_str(),
        token.as_str(),
        link.as_str(),
        enrolment.secret.as_str(),
    ];
    let nowhere: Vec<String> = Vec::new();
    assert_eq!(found_on_disk(world.dir.path(), &words), nowhere, "while it runs");
    let world = world.reopened();
    assert_eq!(found_on_disk(world.dir.path(), &words), nowhere, "after it was closed");
    // The search itself finds what is there in clear.
    assert!(!found_on_disk(world.dir.path(), &["NL000510"]).is_empty());
}

#[test]
fn a_sealed_value_opens_only_where_it_was_put() {
    let world = World::new();
    let (marijke, other) = (world.marijke(), world.person("an.other", "NL000510", &[]));
    let swap = format!(
        "UPDATE account SET profile = (SELECT profile FROM account WHERE hex(id) = '{:X}') \
         WHERE hex(id) = '{:X}'",
        other.as_uuid().simple(),
        marijke.as_uuid().simple()
    );
    let changed = world.store.database().write(move |work| Ok(work.sql.execute(&swap, [])?));
    assert_eq!(changed.unwrap(), 1);
    let error = world.accounts.person(marijke).unwrap_err().to_string();
    assert_eq!(error, "account.profile cannot be opened: it was changed on disk");
}
