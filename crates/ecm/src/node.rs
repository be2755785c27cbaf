//! A node at work: the store, what runs beside the requests, and the server.

use crate::mail::Postman;
use app::App;
use app::time::{CaseClock, Machine};
use catalogue::calendar::Calendars;
use jiff::{SignedDuration, Timestamp};
use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use store::accounts::Policy;
use store::keys::MasterKey;
use store::{Opening, Store};
use tokio::net::TcpListener;
use web::server::{Options, Server};

/// The longest that the node sleeps before it looks whether something fell due.
const NAP_MAX: Duration = Duration::from_secs(20);
/// How often sessions and links that ran out are swept away.
const SWEEP_EVERY: Duration = Duration::from_mins(10);
/// Checkpoints are published at every full hour, whatever happened: their time tells nothing.
const CHECKPOINT_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// The machine's clock: the one place where it is read.
#[expect(clippy::disallowed_methods, reason = "the machine's clock comes in here and nowhere else")]
pub(crate) fn machine() -> Machine {
    Arc::new(Timestamp::now)
}

/// Opens the folder `dir` and puts a node to work on it; `url`: where people reach it, after which a
/// new node's log is named.
pub(crate) fn open(
    dir: &Path,
    url: &str,
    master: MasterKey,
    policy: Policy,
) -> anyhow::Result<(App, Store)> {
    let machine = machine();
    let opening = Opening::new(master, &origin(url), machine());
    let store = Store::open(dir, &opening)?;
    let clock = CaseClock::of(&store, machine)?;
    let app = App::new(store.clone(), Calendars::shipped()?, clock, policy)?;
    Ok((app, store))
}

/// The name of a node's log, such as `ecm.example.eu/log`: what notes of its checkpoints begin with.
fn origin(url: &str) -> String {
    let (_, rest) = url.split_once("://").unwrap_or(("", url));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // A signature's line is made of words: no space and no `+` may stand in a name.
    let host: String = host.chars().filter(|c| !c.is_whitespace() && *c != '+').collect();
    format!("{}/log", if host.is_empty() { "ecm.invalid" } else { &host })
}

/// Serves the node until it is told to stop, with what runs beside the requests.
pub(crate) async fn serve(
    app: App,
    options: Options,
    listener: TcpListener,
    postman: Postman,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let beside = [
        tokio::spawn(watch_clock(app.clone())),
        tokio::spawn(carry_mail(app.clone(), postman)),
        tokio::spawn(sweep(app.clone())),
        tokio::spawn(publish(app.clone())),
    ];
    let router = web::router(Server { app, options });
    let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    let served = axum::serve(listener, service).with_graceful_shutdown(stop).await;
    for task in beside {
        task.abort();
    }
    Ok(served?)
}

/// Records what falls due, at the instant at which it does.
async fn watch_clock(app: App) {
    loop {
        let next = app
            .run(|app| {
                app.settle_all()?;
                app.next_due()
            })
            .await;
        let nap = match next {
            Ok(Some(at)) => nap_until(at, app.clock().now()),
            Ok(None) => NAP_MAX,
            Err(trouble) => {
                tracing::error!(%trouble, "what fell due could not be recorded; trying again");
                NAP_MAX
            }
        };
        tokio::time::sleep(nap).await;
    }
}

fn nap_until(at: Timestamp, now: Timestamp) -> Duration {
    let left = at.duration_since(now).max(SignedDuration::from_millis(200));
    Duration::try_from(left).unwrap_or(NAP_MAX).min(NAP_MAX)
}

/// Writes the mails that events bring about, and hands them to the server.
async fn carry_mail(app: App, postman: Postman) {
    let mut changes = app.changes().subscribe();
    loop {
        if let Err(trouble) = app.run(App::tell).await {
            tracing::error!(%trouble, "mails could not be written; trying again");
        }
        postman.deliver(&app).await;
        tokio::select! {
            // Lagging behind or not: all that happened is in the log.
            _ = changes.recv() => {}
            () = tokio::time::sleep(NAP_MAX) => {}
        }
    }
}

async fn sweep(app: App) {
    loop {
        let swept = app
            .run(|app| {
                app.accounts().sweep(app.clock().machine())?;
                app.sweep_files()
            })
            .await;
        if let Err(trouble) = swept {
            tracing::error!(%trouble, "what ran out could not be swept away; trying again");
        }
        tokio::time::sleep(SWEEP_EVERY).await;
    }
}

/// Publishes a signed checkpoint of the log at every full hour.
async fn publish(app: App) {
    loop {
        tokio::time::sleep(until_full_hour(app.clock().machine())).await;
        if let Err(trouble) = app.run(App::publish_checkpoint).await {
            tracing::error!(%trouble, "no checkpoint was published; the next hour's covers it");
        }
    }
}

fn until_full_hour(now: Timestamp) -> Duration {
    let every = CHECKPOINT_EVERY.as_secs();
    let left = every - now.as_second().rem_euclid(every);
    Duration::from_secs(u64::try_from(left).unwrap_or(60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_named_after_the_address_of_its_node() {
        let table = [
            ("https://ecm.example.eu", "ecm.example.eu/log"),
            ("https://ecm.example.eu/", "ecm.example.eu/log"),
            ("http://127.0.0.1:7070/x", "127.0.0.1:7070/log"),
            ("", "ecm.invalid/log"),
            ("https://a b+c", "abc/log"),
        ];
        for (url, name) in table {
            assert_eq!(origin(url), name, "{url}");
        }
    }

    #[test]
    fn checkpoints_come_at_full_hours() {
        let table = [
            ("2026-11-24T09:00:00Z", 3600),
            ("2026-11-24T09:00:01Z", 3599),
            ("2026-11-24T09:59:59Z", 1),
        ];
        for (now, seconds) in table {
            let now: Timestamp = now.parse().unwrap();
            assert_eq!(until_full_hour(now), Duration::from_secs(seconds), "{now}");
        }
    }
}
