//! What is behind an invitation or a reset.

use super::fixtures::{Got, JONAS, Node, PASSWORD};
use app::accounts::{By, Purpose};
use axum::http::StatusCode;

const NEW: &str = "mariposa kelp ledger";

fn link(node: &Node, purpose: Purpose) -> String {
    let accounts = node.app.accounts();
    let jonas = accounts.by_login(JONAS).unwrap().unwrap().id;
    let now = node.app.clock().machine();
    let token = accounts.issue_link(jonas, purpose, By::Operator, now).unwrap().unwrap();
    let place = match purpose {
        Purpose::Invitation => "invitation",
        Purpose::Reset => "reset",
    };
    format!("/{place}/{}", token.as_str())
}

#[tokio::test]
async fn a_link_leads_to_a_password_once_and_in() {
    let node = Node::new();
    for purpose in [Purpose::Invitation, Purpose::Reset] {
        let here = link(&node, purpose);
        let browser = node.browser();
        browser.get(&here).await.says("This is for N. jonas, user name jonas.");
        let got = browser.submit(&here, &[("link/password", "password1234")]).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
        got.says("it is one of those that are tried first");
        let got = browser.submit(&here, &[("link/password", NEW)]).await;
        assert_eq!(got.to(), "/");
        browser.follow(&got).await.says("N. jonas");
        assert_eq!(node.browser().get(&here).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_reset_ends_the_sessions_of_before() {
    let node = Node::new();
    let before = node.at(JONAS).await;
    let here = link(&node, Purpose::Reset);
    let browser = node.browser();
    browser.get(&here).await;
    browser.submit(&here, &[("link/password", NEW)]).await;
    assert_eq!(before.get("/").await.status, StatusCode::SEE_OTHER);
    before.get("/sign-in").await;
    let got = before.submit("/sign-in", &[("user", JONAS), ("password", PASSWORD)]).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn every_link_that_is_not_good_gets_the_same_page() {
    let node = Node::new();
    let browser = node.browser();
    browser.get("/sign-in").await;
    let used = link(&node, Purpose::Invitation);
    browser.get(&used).await;
    let redeemed = node.browser();
    redeemed.get(&used).await;
    redeemed.submit(&used, &[("link/password", NEW)]).await;
    let wrong_sort = link(&node, Purpose::Reset).replace("/reset/", "/invitation/");
    let mut bad = vec![
        used.clone(),
        wrong_sort,
        "/invitation/x".to_owned(),
        "/reset/%00".to_owned(),
        format!("/reset/{}", "A".repeat(43)),
    ];
    let expired = link(&node, Purpose::Reset);
    node.wait(2 * 3600);
    bad.push(expired);
    let mut seen: Vec<Got> = Vec::new();
    for here in &bad {
        seen.push(browser.get(here).await);
    }
    for (got, here) in seen.iter().zip(&bad) {
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{here}");
        got.says("This link is not good");
        // The clock of the demonstration stands on every page.
        let page = |got: &Got| got.text().replace("12:42", "10:42");
        assert_eq!(page(got), page(&seen[0]), "{here}");
    }
    // Somebody opened the page, and another used the link meanwhile.
    browser.get("/sign-in").await;
    let pairs = browser.form("/sign-in", &[("link/password", NEW)]);
    assert_eq!(browser.post(&used, &pairs).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_second_factor_stays_asked_for_after_a_reset() {
    let node = Node::new();
    let accounts = node.app.accounts();
    let jonas = accounts.by_login(JONAS).unwrap().unwrap().id;
    let enrolment = accounts.begin_second_factor(jonas).unwrap().unwrap();
    let secret = totp_rs::Secret::try_from_base32(&enrolment.secret).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    let now = node.app.clock().machine();
    let code = totp.generate(now.as_second().unsigned_abs()).to_string();
    accounts.confirm_second_factor(jonas, &code, now).unwrap().unwrap();
    let here = link(&node, Purpose::Reset);
    let browser = node.browser();
    browser.get(&here).await;
    let got = browser.submit(&here, &[("link/password", NEW)]).await;
    assert_eq!(got.to(), "/sign-in");
    assert_eq!(browser.get("/").await.status, StatusCode::SEE_OTHER);
}
