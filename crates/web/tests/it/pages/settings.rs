//! An administrator's settings.

use super::fixtures::{Browser, JONAS, MARIJKE, Node, PIETER, SANNE};
use app::accounts::Person;
use axum::http::StatusCode;

fn account(node: &Node, login: &str) -> Person {
    node.app.accounts().by_login(login).unwrap().unwrap()
}

fn page_of(node: &Node, login: &str) -> String {
    format!("/settings/people/{}", account(node, login).id)
}

const INVITED: [(&str, &str); 6] = [
    ("people/name", "Joost van Dam"),
    ("people/login", "joost.vandam"),
    ("people/mail", "joost@customs.example"),
    ("people/unit", "NL000510"),
    ("people/roles", "officer"),
    ("people/roles", "contact_point"),
];

async fn invite(sanne: &Browser<'_>) -> super::fixtures::Got {
    sanne.get("/settings").await;
    sanne.submit("/settings/people", &INVITED).await
}

#[tokio::test]
async fn who_does_not_administer_is_told_of_the_role_and_nothing_else() {
    let node = Node::new();
    let pieter = node.at(PIETER).await;
    let pages = [
        "/settings".to_owned(),
        page_of(&node, MARIJKE),
        page_of(&node, JONAS),
        "/settings/people/00000000-0000-4000-8000-000000000000".to_owned(),
        "/settings/units/NL000510".to_owned(),
        "/settings/units/XX".to_owned(),
    ];
    for path in &pages {
        let got = pieter.get(path).await;
        assert_eq!(got.status, StatusCode::FORBIDDEN, "{path}");
        got.says("Your role does not do this");
    }
    pieter.get("/account").await;
    let pairs = pieter.form("/account/sessions", &INVITED);
    let leave = format!("{}/leave", page_of(&node, MARIJKE));
    for path in ["/settings/people", "/settings/offices", "/settings/approval", &leave] {
        let got = pieter.post(path, &pairs).await;
        assert!(!got.status.is_success(), "{path}: {}", got.status);
    }
    assert!(node.app.accounts().by_login("joost.vandam").unwrap().is_none());
    assert!(account(&node, MARIJKE).disabled.is_none());
}

#[tokio::test]
async fn what_is_of_another_authority_is_not_found_like_what_never_was() {
    let node = Node::new();
    let sanne = node.at(SANNE).await;
    let never = sanne.get("/settings/people/00000000-0000-4000-8000-000000000000").await;
    let other = sanne.get(&page_of(&node, JONAS)).await;
    assert_eq!(never.status, StatusCode::NOT_FOUND);
    assert_eq!((never.status, never.text()), (other.status, other.text()));
    for path in ["/settings/units/DE-LICENSING", "/settings/units/NL999999", "/settings/units/x"] {
        assert_eq!(sanne.get(path).await.text(), never.text(), "{path}");
    }
    sanne.get("/settings").await;
    let pairs = sanne.form("/settings/people", &[("contact/name", ""), ("roles/roles", "analyst")]);
    for act in ["contact", "roles", "unit", "link", "sessions", "factor", "leave", "return", "x"] {
        let got = sanne.post(&format!("{}/{act}", page_of(&node, JONAS)), &pairs).await;
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{act}");
    }
}

#[tokio::test]
async fn somebody_is_invited_with_a_link_that_is_shown_once() {
    let node = Node::new();
    let sanne = node.at(SANNE).await;
    let got = invite(&sanne).await;
    assert_eq!(got.status, StatusCode::OK);
    got.says("Joost van Dam is invited; a mail is on its way to joost@customs.example.");
    let link = got.text().split("href=\"/invitation/").nth(1).unwrap().split('"').next().unwrap();
    let link = format!("/invitation/{link}");
    let got = sanne.get("/settings").await;
    got.says("invited, no password yet");
    got.does_not_say(&link);
    got.says("made an account for Joost van Dam, Rotterdam Maasvlakte, officer and contact point");
    got.says("invited Joost van Dam");
    let now = node.app.clock().machine();
    assert_eq!(node.app.outbox().due(now, 10).unwrap().len(), 1);
    let joost = node.browser();
    joost.get(&link).await;
    let got = joost.submit(&link, &[("link/password", "mariposa kelp ledger")]).await;
    joost.follow(&got).await.says("Joost van Dam");
}

#[tokio::test]
async fn an_invitation_that_is_wrong_comes_back_as_typed() {
    let node = Node::new();
    let sanne = node.at(SANNE).await;
    sanne.get("/settings").await;
    let typed = [
        ("people/name", "Joost van Dam"),
        ("people/login", "Joost van Dam"),
        ("people/mail", "nowhere"),
        ("people/unit", "NL000510"),
    ];
    let got = sanne.submit("/settings/people", &typed).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.says("3 things stand in the way");
    got.says("User name: 3 to 64 small letters");
    got.says("Mail: not a mail address");
    got.says("Roles: tick at least one");
    assert!(got.text().contains("value=\"nowhere\""));
    let taken: Vec<(&str, &str)> = INVITED
        .into_iter()
        .map(|(name, text)| (name, if name == "people/login" { MARIJKE } else { text }))
        .collect();
    let got = sanne.submit("/settings/people", &taken).await;
    got.says("the user name marijke is taken");
    assert!(got.text().contains("value=\"joost@customs.example\""));
    let elsewhere: Vec<(&str, &str)> = INVITED
        .into_iter()
        .map(|(name, text)| (name, if name == "people/unit" { "DE-LICENSING" } else { text }))
        .collect();
    sanne.submit("/settings/people", &elsewhere).await.says("there is no unit");
    let secretariat: Vec<(&str, &str)> = INVITED
        .into_iter()
        .map(|(name, text)| (name, if text == "officer" { "secretariat" } else { text }))
        .collect();
    sanne.submit("/settings/people", &secretariat).await.says("is not one of this authority");
}

#[tokio::test]
async fn what_was_typed_survives_a_session_that_ran_out() {
    let node = Node::new();
    let sanne = node.at(SANNE).await;
    sanne.get("/settings").await;
    let pairs = sanne.form("/settings/people", &INVITED);
    node.wait(3600);
    let got = sanne.post("/settings/people", &pairs).await;
    assert_eq!(got.to(), "/sign-in?next=/kept");
    sanne.follow(&got).await;
    let typed = [("user", SANNE), ("password", super::fixtures::PASSWORD)];
    let got = sanne.submit("/sign-in", &typed).await;
    let got = sanne.follow(&got).await;
    assert!(got.text().contains("value=\"joost@customs.example\""), "{}", got.text());
    assert!(node.app.accounts().by_login("joost.vandam").unwrap().is_none());
}

#[tokio::test]
async fn roles_unit_and_contact_change_at_once() {
    let node = Node::new();
    let (sanne, marijke) = (node.at(SANNE).await, node.at(MARIJKE).await);
    let here = page_of(&node, MARIJKE);
    sanne.get(&here).await;
    let got = sanne.submit(&format!("{here}/roles"), &[("roles/roles", "administrator")]).await;
    sanne.follow(&got).await.says("The roles are changed");
    assert_eq!(marijke.get("/settings").await.status, StatusCode::OK);
    let got = sanne.submit(&format!("{here}/unit"), &[("unit/unit", "NL-CUSTOMS")]).await;
    sanne.follow(&got).await.says("works for another unit");
    let got = sanne
        .submit(&format!("{here}/contact"), &[("contact/name", "M. de Wit"), ("contact/mail", "x")])
        .await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(got.text().contains("value=\"M. de Wit\""));
    let typed = [("contact/name", "M. de Wit"), ("contact/mail", "m@customs.example")];
    let got = sanne.submit(&format!("{here}/contact"), &typed).await;
    sanne.follow(&got).await.says("M. de Wit");
    let got = sanne.get("/settings").await;
    got.says("M. de Wit: roles from officer to administrator");
    got.says("goes from Rotterdam Maasvlakte to Netherlands – Customs");
    got.says("changed name or mail of M. de Wit");
}

#[tokio::test]
async fn a_leaver_is_out_at_once_and_the_last_administrator_stays() {
    let node = Node::new();
    let (sanne, marijke) = (node.at(SANNE).await, node.at(MARIJKE).await);
    let here = page_of(&node, MARIJKE);
    sanne.get(&here).await;
    let got = sanne.submit(&format!("{here}/leave"), &[]).await;
    sanne.follow(&got).await.says("The person is out.");
    assert_eq!(marijke.get("/").await.status, StatusCode::SEE_OTHER);
    let got = sanne.submit(&format!("{here}/return"), &[]).await;
    sanne.follow(&got).await.says("may sign in again");
    let own = page_of(&node, SANNE);
    sanne.get(&own).await;
    sanne.submit(&format!("{own}/leave"), &[]).await.says("nobody would be left to administer");
    let got = sanne.submit(&format!("{own}/roles"), &[("roles/roles", "officer")]).await;
    got.says("Roles: nobody would be left to administer");
    assert!(account(&node, SANNE).disabled.is_none());
}

#[tokio::test]
async fn a_reset_link_is_given_and_sessions_end() {
    let node = Node::new();
    let (sanne, marijke) = (node.at(SANNE).await, node.at(MARIJKE).await);
    let here = page_of(&node, MARIJKE);
    sanne.get(&here).await;
    let got = sanne.submit(&format!("{here}/link"), &[]).await;
    got.says("A mail is on its way to marijke@demonstration.example.");
    assert!(got.text().contains("href=\"/reset/"));
    let got = sanne.submit(&format!("{here}/sessions"), &[]).await;
    sanne.follow(&got).await.says("Every session of this person has ended.");
    assert_eq!(marijke.get("/").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_office_is_entered_gets_hours_and_closes() {
    let node = Node::new();
    let sanne = node.at(SANNE).await;
    sanne.get("/settings").await;
    let typed = [
        ("offices/id", "NL009999"),
        ("offices/parent", "NL-CUSTOMS"),
        ("offices/part", "office"),
        ("offices/name-en", "Stavoren Kaai"),
        ("offices/competences", "border_stop"),
    ];
    let got = sanne.submit("/settings/offices", &typed).await;
    sanne.follow(&got).await.says("Stavoren Kaai");
    let got = sanne.submit("/settings/offices", &typed).await;
    got.says("the code NL009999 is taken");
    assert!(got.text().contains("value=\"Stavoren Kaai\""));

    let here = "/settings/units/NL009999";
    sanne.get(here).await.says("Europe/Amsterdam");
    let entry = |tue: &'static str, closed: &'static str| {
        [
            ("entry/tue", tue),
            ("entry/closed", closed),
            ("entry/phone", "+31 00 555 0199"),
            ("entry/mail", "stavoren@nl.example"),
        ]
    };
    let wrong = entry("8 to 4", "Christmas");
    let got = sanne.submit("/settings/units/NL009999/entry", &wrong).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.says("Tuesday: not hours that can be read");
    got.says("each line needs a day and a reason");
    assert!(got.text().contains("value=\"8 to 4\""));
    let right = entry("08:00-12:00, 13:00-16:15", "2026-11-25 audit day");
    let got = sanne.submit("/settings/units/NL009999/entry", &right).await;
    sanne.follow(&got).await.says("The entry is changed.");
    let jonas = node.at(JONAS).await;
    let got = jonas.get("/directory?q=NL009999").await;
    got.says("open until 12:00 CET");
    got.says("Netherlands, 08:00–12:00, 13:00–16:15");
    jonas.get("/directory?q=NL009999&at=2026-11-25T10:00").await.says("closed today, audit day");

    let got = sanne.submit("/settings/units/NL009999/close", &[("close/on", "soon")]).await;
    got.says("not a day that can be read");
    let on = [("close/on", "24 Nov 2026")];
    let got = sanne.submit("/settings/units/NL009999/close", &on).await;
    sanne.follow(&got).await.says("The unit has its last day.");
    jonas.get("/directory?q=NL009999").await.does_not_say("Stavoren Kaai");
    sanne.get("/settings").await.says("closes Stavoren Kaai on Tue 24 Nov 2026");

    sanne.get("/settings/units/NL000510").await;
    let got = sanne.submit("/settings/units/NL000510/close", &on).await;
    got.says("One person works for Rotterdam Maasvlakte");
}

#[tokio::test]
async fn the_approval_step_counts_at_once_and_is_on_record() {
    let node = Node::new();
    let sanne = node.at(SANNE).await;
    sanne.get("/settings").await;
    let got = sanne.submit("/settings/approval", &[("approval/notice", "always")]).await;
    sanne.follow(&got).await.says("The steps are set");
    sanne.get("/settings").await.says("Notice: approval from “never” to “always”");
    let unit = "NL-CUSTOMS".parse().unwrap();
    let needed = node.app.settings().needs_approval(&unit, domain::event::Kind::Notice);
    assert!(needed.unwrap());
}

#[tokio::test]
async fn the_log_goes_on_over_pages() {
    let node = Node::new();
    let sanne = node.at(SANNE).await;
    sanne.get("/settings").await;
    for step in ["always", "never"].into_iter().cycle().take(24) {
        sanne.submit("/settings/approval", &[("approval/notice", step)]).await;
        sanne.get("/settings").await;
    }
    let got = sanne.get("/settings").await;
    let next = got.text().split("/settings?before=").nth(1).expect("a second page");
    let next = format!("/settings?before={}", next.split('#').next().unwrap());
    let older = sanne.get(&next).await;
    older.says("From the start");
    older.says("the operator of the node");
}
