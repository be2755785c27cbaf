//! Tokens of the API.

use crate::accounts::fixtures::{World, at, id};
use crate::accounts::{AccountRefusal, By};
use crate::viewer::Role;

#[test]
fn a_token_is_its_person_until_it_runs_out_or_is_revoked() {
    let world = World::new();
    let marijke = world.marijke();
    let issue = |name: &str, expires| {
        world.accounts.issue_token(marijke, name, at(expires), By::Operator, at(0)).unwrap()
    };
    let (first, token) = issue(" scanner in hall 3 ", 100).unwrap();
    let (second, other) = issue("other", 200).unwrap();
    assert!(token.as_str().starts_with("ecm_"));
    let world = world.reopened();
    let who = |token: &str, seconds| world.accounts.viewer_by_token(token, at(seconds)).unwrap();

    let (viewer, seen) = who(token.as_str(), 99).unwrap();
    assert_eq!((viewer.account(), viewer.authority()), (Some(marijke), Some(&id("NL-CUSTOMS"))));
    assert!(viewer.has(Role::Officer));
    assert_eq!((seen.id, seen.name.as_str(), seen.used), (first, "scanner in hall 3", None));
    assert!(who(token.as_str(), 100).is_none(), "run out");
    assert!(who("", 1).is_none());

    let revoke =
        |whose, token| world.accounts.revoke_token(whose, token, By::Operator, at(2)).unwrap();
    let stranger = world.person("an.other", "DE-LICENSING", &[]);
    assert_eq!(revoke(stranger, second), Err(AccountRefusal::TokenUnknown));
    assert!(who(other.as_str(), 3).is_some());
    assert_eq!(revoke(marijke, second), Ok(()));
    assert_eq!(revoke(marijke, second), Err(AccountRefusal::TokenUnknown));
    assert!(who(other.as_str(), 3).is_none());
    let left: Vec<_> =
        world.accounts.tokens(marijke).unwrap().into_iter().map(|token| token.id).collect();
    assert_eq!(left, [first]);
    assert_eq!(first.to_string().parse(), Ok(first));
}

#[test]
fn a_token_that_could_not_be_told_or_used_is_refused() {
    let world = World::new();
    let marijke = world.marijke();
    let table = [
        ("", 10, AccountRefusal::TokenName),
        ("two\nlines", 10, AccountRefusal::TokenName),
        ("late", 0, AccountRefusal::TokenExpiry { expires: at(0) }),
    ];
    for (name, expires, refusal) in table {
        let issued = world.accounts.issue_token(marijke, name, at(expires), By::Operator, at(0));
        assert_eq!(issued.unwrap().unwrap_err(), refusal, "`{name}`");
    }
}

#[test]
fn the_last_use_is_kept_to_the_minute() {
    let world = World::new();
    let marijke = world.marijke();
    let issued = world.accounts.issue_token(marijke, "t", at(9000), By::Operator, at(0)).unwrap();
    let (_, token) = issued.unwrap();
    let use_at = |seconds| {
        let found = world.accounts.viewer_by_token(token.as_str(), at(seconds)).unwrap();
        let (_, seen) = found.unwrap();
        world.accounts.touch_token(&seen, at(seconds)).unwrap();
        world.accounts.tokens(marijke).unwrap()[0].used
    };
    let table = [(10, 10), (11, 10), (69, 10), (70, 70), (80, 70)];
    for (seconds, kept) in table {
        assert_eq!(use_at(seconds), Some(at(kept)), "used at {seconds}");
    }
}
