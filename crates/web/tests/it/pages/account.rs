//! A person's own account.

use super::fixtures::{Browser, JONAS, Node, PASSWORD};
use app::accounts::SecondFactorState;
use axum::http::StatusCode;
use totp_rs::{Builder, Secret};

const NEW: &str = "mariposa kelp ledger";

/// What stands in the first `<code>` after some text.
fn code_after(got: &super::fixtures::Got, text: &str) -> String {
    let rest = got.text().split(text).nth(1).unwrap_or_else(|| panic!("no `{text}`"));
    let code = rest.split("<code>").nth(1).or_else(|| rest.split("class=\"code\">").nth(1));
    code.unwrap_or_else(|| panic!("no code after `{text}`")).split('<').next().unwrap().to_owned()
}

async fn change(browser: &Browser<'_>, present: &str, new: &str) -> super::fixtures::Got {
    browser.get("/account").await;
    browser
        .submit("/account/password", &[("password/present", present), ("password/new", new)])
        .await
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_the_present_one() {
    let node = Node::new();
    let (here, elsewhere) = (node.at(JONAS).await, node.at(JONAS).await);
    let got = change(&here, PASSWORD, "short").await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.says("New password: it has 5 characters, at least 12 are needed");
    got.does_not_say("value=\"short\"");
    let got = change(&here, "wrong wrong wrong", NEW).await;
    got.says("Present password: that is not your present password");
    let got = change(&here, PASSWORD, NEW).await;
    here.follow(&got).await.says("The password is changed.");
    assert_eq!(elsewhere.get("/account").await.status, StatusCode::SEE_OTHER);
}

/// Six digits for a secret at the node's present time.
fn digits(secret: &str) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    let now: jiff::Timestamp = "2026-11-24T09:42:00Z".parse().unwrap();
    totp.generate(now.as_second().unsigned_abs()).to_string()
}

#[tokio::test]
async fn a_second_factor_is_set_up_shown_once_and_removed_with_the_password() {
    let node = Node::new();
    let jonas = node.at(JONAS).await;
    jonas.get("/account").await.says("Set it up");
    let got = jonas.submit("/account/second-factor", &[]).await;
    assert_eq!(got.status, StatusCode::OK);
    got.says("otpauth://totp/ECM:jonas");
    assert!(got.text().contains("<svg class=\"qr\""));
    let secret = code_after(&got, "Scan this with your application");
    jonas.get("/account").await.does_not_say(&secret);

    jonas.submit("/account/second-factor", &[]).await;
    let got = jonas.submit("/account/code", &[("factor/code", "000000")]).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.says("this code is wrong");

    jonas.get("/account").await;
    let got = jonas.submit("/account/second-factor", &[]).await;
    let secret = code_after(&got, "Scan this with your application");
    let got = jonas.submit("/account/code", &[("factor/code", &digits(&secret))]).await;
    assert_eq!(got.status, StatusCode::OK);
    got.says("They are shown now and never again");
    let code = code_after(&got, "<tbody>");
    assert_eq!(code.len(), 19, "{code}");
    let got = jonas.get("/account").await;
    got.says("on, 10 recovery codes left");
    got.does_not_say(&code);

    let got = jonas.submit("/account/second-factor-off", &[("factor/present", "wrong")]).await;
    got.says("that is not your present password");
    let got = jonas.submit("/account/second-factor-off", &[("factor/present", PASSWORD)]).await;
    jonas.follow(&got).await.says("The second factor is removed.");
    let person = node.app.accounts().by_login(JONAS).unwrap().unwrap();
    assert_eq!(person.second_factor, SecondFactorState::Off);
}

#[tokio::test]
async fn sessions_elsewhere_end_and_this_one_stays() {
    let node = Node::new();
    let (here, elsewhere) = (node.at(JONAS).await, node.at(JONAS).await);
    here.get("/account").await.says("This session began Tue 24 Nov 2026, 10:42 CET");
    let got = here.submit("/account/sessions", &[]).await;
    here.follow(&got).await.says("All your other sessions have ended.");
    assert_eq!(elsewhere.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_token_is_shown_once_and_revoked() {
    let node = Node::new();
    let jonas = node.at(JONAS).await;
    jonas.get("/account").await;
    let typed = [("token/name", "declaration system"), ("token/until", "next year")];
    let got = jonas.submit("/account/tokens", &typed).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.says("Runs until: not a day that can be read");
    assert!(
        got.text().contains("value=\"next year\"") && got.text().contains("declaration system")
    );
    let past = [("token/name", "declaration system"), ("token/until", "23 Nov 2026")];
    jonas.submit("/account/tokens", &past).await.says("a token must run out in the future");
    let good = [("token/name", "declaration system"), ("token/until", "24 Nov 2026")];
    let got = jonas.submit("/account/tokens", &good).await;
    let token = code_after(&got, "shown now and never again:");
    assert!(token.starts_with("ecm_"), "{token}");
    let now = node.app.clock().machine();
    assert!(node.app.accounts().viewer_by_token(&token, now).unwrap().is_some());
    let got = jonas.get("/account").await;
    got.says("declaration system");
    got.does_not_say(&token);
    let got = jonas.submit("/account/revoke", &[]).await;
    jonas.follow(&got).await.says("The token is revoked.");
    assert!(node.app.accounts().viewer_by_token(&token, now).unwrap().is_none());
}

#[tokio::test]
async fn language_theme_and_keys_are_kept() {
    let node = Node::new();
    let jonas = node.at(JONAS).await;
    jonas.get("/account").await;
    let got =
        jonas.submit("/account/look", &[("look/language", "de"), ("look/theme", "dark")]).await;
    let got = jonas.follow(&got).await;
    got.says("Gespeichert.");
    assert!(got.text().contains("lang=\"de\" data-theme=\"dark\" data-keys=\"on\""));
    let got = jonas.submit("/account/keys", &[("keys/keys", "off")]).await;
    let got = jonas.follow(&got).await;
    assert!(got.text().contains("lang=\"de\" data-theme=\"dark\" data-keys=\"off\""));
}

#[tokio::test]
async fn passwords_are_not_kept_for_after_sign_in() {
    let node = Node::new();
    let jonas = node.at(JONAS).await;
    jonas.get("/account").await;
    let typed = [("password/present", PASSWORD), ("password/new", NEW)];
    let pairs = jonas.form("/account/password", &typed);
    node.wait(3600);
    let got = jonas.post("/account/password", &pairs).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER);
    assert!(got.to().starts_with("/sign-in"));
    let account = node.app.accounts().by_login(JONAS).unwrap().unwrap().id;
    let now = node.app.clock().machine();
    assert!(node.app.accounts().take_input(account, now).unwrap().is_none());
}

#[tokio::test]
async fn a_form_without_its_token_changes_nothing() {
    let node = Node::new();
    let jonas = node.at(JONAS).await;
    for what in ["password", "second-factor", "second-factor-off", "sessions", "tokens", "look"] {
        let pairs = [("look/language".to_owned(), "de".to_owned())];
        let got = jonas.post(&format!("/account/{what}"), &pairs).await;
        assert!(got.status.is_client_error(), "{what}: {}", got.status);
    }
    assert_eq!(jonas.get("/account/password").await.to(), "/account#password");
}
