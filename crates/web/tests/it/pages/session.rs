//! Signing in and out, tokens of forms, headers, sessions that run out.

use super::fixtures::{JONAS, Node, PASSWORD, PIETER};
use axum::http::StatusCode;

#[tokio::test]
async fn who_is_not_signed_in_is_led_to_sign_in_and_back() {
    let node = Node::new();
    let browser = node.browser();
    let got = browser.get("/stops?state=overdue").await;
    assert_eq!(got.status, StatusCode::SEE_OTHER);
    assert_eq!(got.to(), "/sign-in?next=%2Fstops%3Fstate%3Doverdue");
    browser.follow(&got).await.says("User name");
    let got = browser.submit("/sign-in", &[("user", JONAS), ("password", PASSWORD)]).await;
    assert_eq!(got.to(), "/stops?state=overdue");
    browser.follow(&got).await.says("N. jonas");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_user_look_the_same() {
    let node = Node::new();
    let mut seen = Vec::new();
    for user in [JONAS, "nobody"] {
        let browser = node.browser();
        browser.get("/sign-in").await;
        let got = browser.submit("/sign-in", &[("user", user), ("password", "wrong")]).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
        seen.push(got.words());
    }
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test]
async fn who_guesses_too_often_is_told_when_to_try_again() {
    let node = Node::new();
    let browser = node.browser();
    browser.get("/sign-in").await;
    let mut last = browser.submit("/sign-in", &[("user", JONAS), ("password", "wrong")]).await;
    for _ in 0..40 {
        last = browser.submit("/sign-in", &[("user", JONAS), ("password", "wrong")]).await;
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(last.headers.contains_key("retry-after"));
    last.says("Try again at");
}

#[tokio::test]
async fn a_form_without_the_token_of_its_session_does_nothing() {
    let node = Node::new();
    let stop = node.stop().await;
    let jonas = node.at(JONAS).await;
    jonas.get(&stop).await;
    let action = format!("{stop}/acknowledge");
    let mut pairs = jonas.form(&action, &[]);
    pairs.retain(|(name, _)| name != "csrf");
    let forged = [("csrf".to_owned(), "0".repeat(64))];
    for forged in [&[][..], &forged[..]] {
        let got = jonas.post(&action, &[&pairs, forged].concat()).await;
        assert_eq!(got.status, StatusCode::FORBIDDEN);
    }
    jonas.get(&stop).await.does_not_say("acknowledged");
}

#[tokio::test]
async fn every_answer_has_the_headers_that_keep_others_out() {
    let node = Node::new();
    let jonas = node.at(JONAS).await;
    for path in ["/", "/sign-in", "/nothing", "/dossiers/x", "/health", "/assets/0/app.css"] {
        let got = jonas.get(path).await;
        let header = |name: &str| got.headers[name].to_str().unwrap().to_owned();
        assert!(header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
        assert!(got.headers.contains_key("permissions-policy"), "{path}");
    }
    assert_eq!(jonas.get("/").await.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn a_session_cookie_is_for_this_host_and_not_for_scripts() {
    let node = Node::new();
    let browser = node.browser();
    browser.get("/sign-in").await;
    let got = browser.submit("/sign-in", &[("user", JONAS), ("password", PASSWORD)]).await;
    let cookie = got.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("ecm-session="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{cookie}");
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let node = Node::new();
    let jonas = node.at(JONAS).await;
    jonas.get("/").await;
    jonas.submit("/sign-out", &[]).await;
    assert_eq!(jonas.get("/").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_was_typed_when_the_session_ran_out_comes_back() {
    let node = Node::new();
    let stop = node.stop().await;
    let jonas = node.at(JONAS).await;
    jonas.get(&stop).await;
    node.wait(31 * 60);
    let typed = [("/answer", "suspended"), ("/reasoning", "Another end user than examined.")];
    let got = jonas.submit(&format!("{stop}/answer"), &typed).await;
    assert_eq!(got.to(), "/sign-in?next=/kept");
    let page = jonas.follow(&got).await;
    page.says("What you typed is kept");
    let got = jonas.submit("/sign-in", &[("user", JONAS), ("password", PASSWORD)]).await;
    let page = jonas.follow(&got).await;
    page.says("Another end user than examined.");
    page.says("Nothing was sent");
    // And it can be sent as it stands.
    let got = jonas.submit(&format!("{stop}/answer"), &typed).await;
    jonas.follow(&got).await.says("answered");
}

#[tokio::test]
async fn language_and_theme_are_kept_with_the_account() {
    let node = Node::new();
    let pieter = node.at(PIETER).await;
    pieter.get("/").await;
    let got = pieter.submit("/preferences", &[("language", "de")]).await;
    assert_eq!(got.to(), "/");
    assert!(node.at(PIETER).await.get("/").await.text().contains("<html lang=\"de\""));
}
