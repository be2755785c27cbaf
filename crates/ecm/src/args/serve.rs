//! `ecm serve`: the node.

use crate::config::{Config, CookieSetting, MailSecurity};
use crate::failure::{Answer, Failure};
use crate::mail::{Postman, Smtp};
use crate::{node, output};
use anyhow::Context as _;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use std::path::PathBuf;
use store::accounts::Policy;
use store::keys::MasterKey;
use tokio::signal::unix::{SignalKind, signal};
use web::server::{Cookies, Mode, Options};

/// Runs the node.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  ecm serve --config /etc/ecm.toml")]
pub(crate) struct Serve {
    /// The configuration; `ecm.toml` here, if it exists.
    #[arg(long)]
    config: Option<PathBuf>,
    /// Prints the effective configuration, secrets masked, and ends.
    #[arg(long)]
    print_config: bool,
}

impl Serve {
    pub(crate) fn run(self) -> Result<Answer, Failure> {
        let config = Config::read(self.config.as_deref())?;
        if self.print_config {
            output::say(config.print()?.trim_end());
            return Ok(Answer::Yes);
        }
        tracing_subscriber::fmt()
            .json()
            .with_env_filter(
                tracing_subscriber::EnvFilter::builder()
                    .with_default_directive(tracing::Level::INFO.into())
                    .from_env_lossy(),
            )
            .with_writer(std::io::stderr)
            .init();
        let master = master_key(&config)?;
        let (app, _) = node::open(&config.data, &config.url, master, Policy::default())?;
        let postman = postman(&config)?;
        let cookies = match config.cookies {
            CookieSetting::Secure => Cookies::Secure,
            CookieSetting::Plain => Cookies::Plain,
        };
        let runtime = tokio::runtime::Runtime::new()?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind(&config.listen)
                .await
                .with_context(|| format!("cannot listen on {}", config.listen))?;
            let stop = told_to_stop()?;
            tracing::info!(listen = %listener.local_addr()?, "ready");
            let options = Options { mode: Mode::Real, cookies };
            node::serve(app, options, listener, postman, stop).await?;
            Ok(Answer::Yes)
        })
    }
}

/// The master key, which must not lie with the data that it protects.
pub(crate) fn master_key(config: &Config) -> Result<MasterKey, Failure> {
    keys_lie_apart(config)?;
    Ok(MasterKey::from_file(&config.master_key)?)
}

/// Refuses a master key in the data folder, whether it is there yet or not.
pub(crate) fn keys_lie_apart(config: &Config) -> Result<(), Failure> {
    let key = std::path::absolute(&config.master_key)?;
    let data = std::path::absolute(&config.data)?;
    if key.starts_with(&data) {
        return Err(Failure::Input(format!(
            "the master key {} lies in the data folder that it protects; keep it elsewhere",
            key.display()
        )));
    }
    Ok(())
}

/// Waits for SIGINT or SIGTERM. Heeds them from now on, not only once it is awaited: whoever is told
/// that the node is ready may end it at once.
pub(crate) fn told_to_stop() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

fn postman(config: &Config) -> Result<Postman, Failure> {
    let mail = &config.mail;
    if mail.server.is_empty() {
        return Ok(Postman::Absent);
    }
    let builder = match mail.security {
        MailSecurity::StartTls => {
            AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&mail.server)?
        }
        MailSecurity::None => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&mail.server),
    };
    let builder = builder.port(mail.port);
    let transport = if mail.user.is_empty() {
        builder.build()
    } else {
        let credentials = Credentials::new(mail.user.clone(), mail.password.clone());
        builder.credentials(credentials).build()
    };
    let from = mail.from.parse().map_err(|_| {
        Failure::Input(format!(
            "mail.from: `{}` is no address; expected one such as `ECM <ecm@example.eu>`",
            mail.from
        ))
    })?;
    let url = config.url.trim_end_matches('/').to_owned();
    Ok(Postman::Smtp(Box::new(Smtp { transport, from, url })))
}
