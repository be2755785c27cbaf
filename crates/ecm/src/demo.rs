//! The demonstration: a node with made-up authorities, people and cases, told in their order on the
//! node's own clock, so that all that is shown has really happened to the software.

mod cases;
mod people;
#[cfg(test)]
mod tests;

use crate::failure::{Answer, Failure};
use crate::mail::{Postman, Smtp};
use crate::{args, node, output};
use app::App;
use catalogue::authorities::Directory;
use jiff::{SignedDuration, Timestamp};
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use people::Account;
use serde_json::json;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use store::accounts::{By, PasswordCost, Policy};
use store::keys::MasterKey;
use web::server::{Cookies, Mode, Options};

/// How a demonstration is run.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The port; 0: any.
    pub(crate) port: u16,
    /// A folder that keeps it.
    pub(crate) dir: Option<PathBuf>,
    /// The instant to which its clock is set.
    pub(crate) at: Option<Timestamp>,
    /// A mail server on this machine.
    pub(crate) smtp: Option<SocketAddr>,
    /// How readiness is told.
    pub(crate) report: Report,
}

/// How readiness is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Report {
    /// In words.
    Words,
    /// As one line of JSON.
    Json,
}

/// Runs the demonstration until it is told to stop.
pub(crate) async fn run(plan: Plan) -> Result<Answer, Failure> {
    let temporary = plan.dir.is_none().then(tempfile::tempdir).transpose()?;
    let dir = match (&plan.dir, &temporary) {
        (Some(dir), _) => dir.clone(),
        (None, Some(temporary)) => temporary.path().to_owned(),
        (None, None) => PathBuf::from("ecm-demo"),
    };
    let (app, accounts) = tokio::task::spawn_blocking(move || prepare(&dir, plan.at)).await??;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", plan.port)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let stop = args::told_to_stop()?;
    match plan.report {
        Report::Json => output::say(&in_json(&app, &url, &accounts)),
        Report::Words => in_words(&app, &url, &accounts),
    }
    let postman = match plan.smtp {
        None => Postman::Absent,
        Some(server) => Postman::Smtp(Box::new(Smtp {
            transport: AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(
                server.ip().to_string(),
            )
            .port(server.port())
            .build(),
            from: "ECM demonstration <ecm@example.eu>".parse()?,
            url: url.clone(),
        })),
    };
    let options = Options { mode: Mode::Demonstration, cookies: Cookies::Plain };
    node::serve(app, options, listener, postman, stop).await?;
    Ok(Answer::Yes)
}

/// Opens or makes the demonstration's folder. Here alone the master key lies beside the data: all
/// of it is made up.
fn prepare(dir: &Path, at: Option<Timestamp>) -> anyhow::Result<(App, Vec<Account>)> {
    std::fs::create_dir_all(dir)?;
    let key = dir.join("demonstration.key");
    let fresh = !key.exists();
    if fresh {
        MasterKey::generate()?.write_new(&key)?;
    }
    let policy = Policy {
        password_cost: PasswordCost::Demonstration,
        session_idle: SignedDuration::from_hours(12),
        ..Policy::default()
    };
    let (app, _) = node::open(
        &dir.join("data"),
        "http://demonstration.invalid",
        MasterKey::from_file(&key)?,
        policy,
    )?;
    let machine = app.clock().machine();
    if fresh {
        let units = Directory::demonstration()?.units().cloned().collect();
        app.units().add(units, By::Operator, machine)??;
        people::create(&app)?;
        cases::play(&app, at.unwrap_or(machine))?;
        app.tell()?;
        forget_mails(&app)?;
    } else if let Some(at) = at {
        app.move_clock(at)?;
    }
    let accounts = people::accounts(&app)?;
    Ok((app, accounts))
}

/// Empties the outbox: the mails of what was played went out when it happened.
fn forget_mails(app: &App) -> anyhow::Result<()> {
    loop {
        let due = app.outbox().due(app.clock().machine(), 200)?;
        if due.is_empty() {
            return Ok(());
        }
        for mail in due {
            app.outbox().sent(mail.id)?;
        }
    }
}

fn in_json(app: &App, url: &str, accounts: &[Account]) -> String {
    let accounts: Vec<_> = accounts
        .iter()
        .map(|account| {
            json!({
                "user": account.login,
                "password": people::PASSWORD,
                "token": account.token,
                "unit": account.unit,
                "state": account.state,
                "roles": account.roles,
            })
        })
        .collect();
    json!({"url": url, "now": app.clock().now(), "accounts": accounts}).to_string()
}

fn in_words(app: &App, url: &str, accounts: &[Account]) {
    output::say(&format!("ECM demonstration at {url}"));
    output::say("People, parties and cases are made up.");
    output::say(&format!("Its clock: {}", app.clock().now()));
    output::say("");
    output::say(&format!("Sign in with the password `{}` as", people::PASSWORD));
    for account in accounts {
        let roles = account.roles.join(", ");
        let line =
            format!("  {:<18} {:<20} {:<16} {roles}", account.login, account.name, account.unit);
        output::say(&line);
    }
    output::say("");
    output::say("Three things to try:");
    output::say(
        "  1. As marijke.dewit: New stop, drop a declaration message, pick the item, send it to the contact point.",
    );
    output::say(
        "  2. As jonas.brandt: open the first row of Due and waiting, write an internal note, answer.",
    );
    output::say("  3. As claire.martin: search for that reference. France finds nothing.");
    output::say("");
    output::say("Ctrl-C ends it.");
}
