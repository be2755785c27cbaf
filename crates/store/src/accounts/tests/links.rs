//! Invitation and reset links: single use, and running out.

use crate::accounts::fixtures::{World, at, new_account};
use crate::accounts::{AccountRefusal, By, PasswordRefusal, Purpose, SignIn};

const NEW: &str = "mariposa.kelp.48";

#[test]
fn an_invitation_leads_to_a_password_once() {
    let world = World::new();
    let new = new_account("marijke.dewit", "NL000510", &[]);
    let account = world.accounts.create(new, By::Operator, at(0)).unwrap().unwrap();
    let issue = |purpose| world.accounts.issue_link(account, purpose, By::Operator, at(0)).unwrap();
    let token = issue(Purpose::Invitation).unwrap();
    let world = world.reopened();
    let link = world.accounts.link(token.as_str(), at(1)).unwrap().unwrap();
    assert_eq!((link.purpose, link.person.id), (Purpose::Invitation, account));
    let redeem = |new, seconds| world.accounts.redeem(token.as_str(), new, at(seconds)).unwrap();
    let weak = AccountRefusal::Password(PasswordRefusal::LikeLogin);
    assert_eq!(redeem("marijke.dewit", 2), Err(weak), "and the link is still good");
    assert_eq!(redeem(NEW, 3), Ok(account));
    assert_eq!(redeem(NEW, 4), Err(AccountRefusal::LinkSpent));
    assert_eq!(world.accounts.link(token.as_str(), at(4)).unwrap(), None);
    assert!(matches!(world.try_sign_in("marijke.dewit", NEW, 5), SignIn::In { .. }));
}

#[test]
fn a_link_runs_out_and_a_newer_one_takes_its_place() {
    let (hour, week) = (3600, 7 * 24 * 3600);
    for (purpose, lasts) in [(Purpose::Reset, hour), (Purpose::Invitation, week)] {
        let world = World::new();
        let marijke = world.marijke();
        let issue =
            || world.accounts.issue_link(marijke, purpose, By::Operator, at(0)).unwrap().unwrap();
        let (older, newer) = (issue(), issue());
        let good = |token: &crate::accounts::Token, seconds| {
            world.accounts.link(token.as_str(), at(seconds)).unwrap().is_some()
        };
        assert!(!good(&older, 0), "{purpose:?}");
        assert!(good(&newer, lasts - 1) && !good(&newer, lasts), "{purpose:?}");
        let late = world.accounts.redeem(newer.as_str(), NEW, at(lasts)).unwrap();
        assert_eq!(late, Err(AccountRefusal::LinkSpent), "{purpose:?}");
    }
}

#[test]
fn a_reset_ends_every_session_and_every_other_link() {
    let world = World::new();
    let marijke = world.marijke();
    let session = world.sign_in("marijke.dewit", 0);
    let issue = |purpose| {
        world.accounts.issue_link(marijke, purpose, By::Operator, at(0)).unwrap().unwrap()
    };
    let (reset, invitation) = (issue(Purpose::Reset), issue(Purpose::Invitation));
    assert_eq!(world.accounts.redeem(reset.as_str(), NEW, at(1)).unwrap(), Ok(marijke));
    assert!(!world.stands(&session, 1));
    let other = world.accounts.redeem(invitation.as_str(), NEW, at(2)).unwrap();
    assert_eq!(other, Err(AccountRefusal::LinkSpent));
}

#[test]
fn a_token_opens_only_the_door_that_it_was_made_for() {
    let world = World::new();
    let marijke = world.marijke();
    let session = world.sign_in("marijke.dewit", 0);
    let reset =
        world.accounts.issue_link(marijke, Purpose::Reset, By::Operator, at(0)).unwrap().unwrap();
    assert!(world.accounts.link(session.as_str(), at(1)).unwrap().is_none());
    assert!(world.accounts.viewer_by_session(reset.as_str(), at(1)).unwrap().is_none());
    assert!(world.accounts.viewer_by_token(session.as_str(), at(1)).unwrap().is_none());
    let code = world.accounts.second_factor(reset.as_str(), "000000", "x", at(1)).unwrap();
    assert_eq!(code, SignIn::Refused);
}
