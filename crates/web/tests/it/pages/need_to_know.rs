//! To whom a dossier is hidden, it is byte for byte as if it had never been: on every page.

use super::fixtures::{CLAIRE, Got, JONAS, Node, PIETER};

/// Every route of the pages that names a dossier, with a form where one is sent.
const ROUTES: &[(&str, &str)] = &[
    ("GET", "/dossiers/{id}"),
    ("GET", "/dossiers/{id}?tab=history"),
    ("GET", "/dossiers/{id}?do=answer"),
    ("GET", "/dossiers/{id}?as=recipient"),
    ("GET", "/dossiers/{id}/edit"),
    ("POST", "/dossiers/{id}/edit"),
    ("POST", "/dossiers/{id}/edit/autosave"),
    ("POST", "/dossiers/{id}/acknowledge"),
    ("POST", "/dossiers/{id}/answer"),
    ("POST", "/dossiers/{id}/note"),
    ("POST", "/dossiers/{id}/no-such-command"),
    ("GET", "/dossiers/{id}/files/019a2f3e-7c1b-7000-8a52-3b7d0c1f9e12"),
];

const NEVER: &str = "019a2f3e-7c1b-7000-8a52-3b7d0c1f9e11";

fn told(got: &Got) -> (u16, String, String) {
    (got.status.as_u16(), format!("{:?}", got.headers), got.text().to_owned())
}

#[tokio::test]
async fn hidden_and_absent_are_the_same_bytes_on_every_route() {
    let node = Node::new();
    let stop = node.stop().await;
    let hidden = stop.trim_start_matches("/dossiers/").to_owned();
    let claire = node.at(CLAIRE).await;
    claire.get("/").await;
    let token = claire.form("/sign-out", &[]);
    for (method, route) in ROUTES {
        let mut seen = Vec::new();
        for id in [hidden.as_str(), NEVER, "no-id"] {
            let path = route.replace("{id}", id);
            let got = match *method {
                "GET" => claire.get(&path).await,
                _ => claire.post(&path, &token).await,
            };
            assert_eq!(got.status.as_u16(), 404, "{method} {route}");
            seen.push(told(&got));
        }
        assert_eq!(seen[0], seen[1], "{method} {route}");
        assert_eq!(seen[1], seen[2], "{method} {route}");
    }
}

#[tokio::test]
async fn lists_and_counts_are_the_same_with_and_without_what_is_hidden() {
    let node = Node::new();
    let claire = node.at(CLAIRE).await;
    let pages = ["/", "/stops", "/requests", "/notices", "/new", "/stops?state=sent"];
    let mut before = Vec::new();
    for path in pages {
        before.push(told(&claire.get(path).await));
    }
    let stop = node.stop().await;
    let jonas = node.at(JONAS).await;
    jonas.get(&stop).await;
    jonas.submit(&format!("{stop}/acknowledge"), &[]).await;
    for (path, before) in pages.into_iter().zip(before) {
        let after = told(&claire.get(path).await);
        assert_eq!(strip(&before.2), strip(&after.2), "{path}");
    }
    let selected = format!("/?selected={}", stop.trim_start_matches("/dossiers/"));
    claire.get(&selected).await.does_not_say("Zhetisu");
}

/// Ids of forms are random.
fn strip(page: &str) -> String {
    page.split("name=\"form\" value=\"")
        .map(|part| part.trim_start_matches(|c: char| c.is_ascii_hexdigit()))
        .collect()
}

#[tokio::test]
async fn notes_stay_at_home_in_both_directions() {
    let node = Node::new();
    let stop = node.stop().await;
    for (who, note) in [(PIETER, "berth note"), (JONAS, "desk note")] {
        let browser = node.at(who).await;
        browser.get(&stop).await;
        let got = browser.submit(&format!("{stop}/note"), &[("/note", note)]).await;
        browser.follow(&got).await.says(note);
    }
    for (who, other) in [(PIETER, "desk note"), (JONAS, "berth note")] {
        let browser = node.at(who).await;
        for tab in ["conversation", "details", "documents", "history"] {
            browser.get(&format!("{stop}?tab={tab}")).await.does_not_say(other);
        }
    }
}
