//! `ecm admin`: sets a node up and looks after it, on the node's own machine.

use super::serve::{keys_lie_apart, master_key};
use crate::config::Config;
use crate::failure::{Answer, Failure};
use crate::{node, output};
use app::App;
use catalogue::authorities::{Directory, Unit};
use catalogue::ids::UnitId;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::path::PathBuf;
use store::accounts::{By, Login, MailAddress, NewAccount, PersonName, Policy, Purpose};
use store::keys::MasterKey;
use store::viewer::Role;
use store::{Store, StoreError};

/// Sets a node up and looks after it.
#[derive(Debug, clap::Args)]
pub(crate) struct Admin {
    /// The configuration; `ecm.toml` here, if it exists.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Makes the data folder and a master key, and prints the node's public key.
    Init,
    /// Enters authorities.
    #[command(subcommand)]
    Authority(Authority),
    /// Keeps accounts.
    #[command(subcommand)]
    User(User),
    /// Makes the read models again from the log.
    Rebuild,
    /// Copies data and keys to two places.
    Backup {
        /// Where the data go; an empty folder.
        dir: PathBuf,
        /// Where the keys go; another folder.
        #[arg(long)]
        keys: PathBuf,
    },
    /// Makes the data folder again from a copy of data and one of keys.
    Restore {
        /// The copy of the data.
        dir: PathBuf,
        /// The copy of the keys.
        #[arg(long)]
        keys: PathBuf,
    },
    /// Prints the node's public key, by which others prove its log.
    PublicKey,
}

#[derive(Debug, clap::Subcommand)]
enum Authority {
    /// Enters the units of a directory file, or the demonstration's.
    Add {
        /// A JSON file `{"units": [...]}`.
        #[arg(required_unless_present = "demonstration")]
        file: Option<PathBuf>,
        /// The made-up directory of all Member States.
        #[arg(long)]
        demonstration: bool,
    },
}

#[derive(Debug, clap::Subcommand)]
enum User {
    /// Makes an account and prints the address at which its password is chosen, once.
    Add {
        /// The sign-in name.
        login: String,
        /// The person's name.
        #[arg(long)]
        name: String,
        /// The mail address.
        #[arg(long)]
        mail: String,
        /// The unit, such as `NL-CUSTOMS`.
        #[arg(long)]
        unit: UnitId,
        /// The roles: officer, `contact_point`, analyst, secretariat, administrator.
        #[arg(long, value_delimiter = ',', required = true)]
        roles: Vec<Role>,
    },
    /// Issues an API token for a year and prints it, once.
    Token {
        /// The sign-in name.
        login: String,
        /// What it is for.
        #[arg(long, default_value = "command line")]
        name: String,
    },
}

impl Admin {
    pub(crate) fn run(self) -> Result<Answer, Failure> {
        let config = Config::read(self.config.as_deref())?;
        match self.command {
            Command::Init => init(&config)?,
            Command::Restore { dir, keys } => {
                store::backup::restore(&dir, &keys, &config.data).map_err(misnamed)?;
                output::say(&format!("restored to {}", config.data.display()));
            }
            Command::Authority(Authority::Add { file, .. }) => {
                let units = units(file.as_deref())?;
                let (app, _) = open(&config)?;
                let count = units.len();
                app.units().add(units, By::Operator, app.clock().machine())?.map_err(input)?;
                output::say(&format!("{count} units entered"));
            }
            Command::User(user) => keep_user(&config, user)?,
            Command::Rebuild => {
                let (_, store) = open(&config)?;
                let count = store.models().rebuild()?;
                output::say(&format!("read models of {count} dossiers made again"));
            }
            Command::Backup { dir, keys } => {
                let (_, store) = open(&config)?;
                store.backup(&dir, &keys).map_err(misnamed)?;
                output::say(&format!("data in {}, keys in {}", dir.display(), keys.display()));
            }
            Command::PublicKey => {
                let (_, store) = open(&config)?;
                output::say(&store.public_key().to_string());
            }
        }
        Ok(Answer::Yes)
    }
}

fn open(config: &Config) -> Result<(App, Store), Failure> {
    Ok(node::open(&config.data, &config.url, master_key(config)?, Policy::default())?)
}

fn input(error: impl std::fmt::Display) -> Failure {
    Failure::Input(error.to_string())
}

/// A folder that was given and is not what it has to be is bad input; all else is a failure.
fn misnamed(error: StoreError) -> Failure {
    if matches!(error, StoreError::NotAFolder { .. }) { input(error) } else { error.into() }
}

fn init(config: &Config) -> Result<(), Failure> {
    keys_lie_apart(config)?;
    if !config.master_key.exists() {
        if config.data.join("keys.db").exists() {
            return Err(Failure::Input(format!(
                "{} holds keys already, and {} is missing: bring the master key back",
                config.data.display(),
                config.master_key.display()
            )));
        }
        MasterKey::generate()?.write_new(&config.master_key)?;
        output::say(&format!(
            "master key in {}: keep a copy apart from the data and its backups",
            config.master_key.display()
        ));
    }
    let (_, store) = open(config)?;
    output::say(&format!("data folder {}", config.data.display()));
    output::say(&format!("public key {}", store.public_key()));
    output::say("next: ecm admin authority add FILE, ecm admin user add LOGIN …, ecm serve");
    Ok(())
}

fn units(file: Option<&std::path::Path>) -> Result<Vec<Unit>, Failure> {
    let directory = match file {
        None => Directory::demonstration().map_err(input)?,
        Some(path) => {
            let named = |error: &dyn std::fmt::Display| {
                Failure::Input(format!("{}: {error}", path.display()))
            };
            let text = std::fs::read_to_string(path).map_err(|error| named(&error))?;
            Directory::parse(&text).map_err(|error| named(&error))?
        }
    };
    Ok(directory.units().cloned().collect())
}

fn keep_user(config: &Config, user: User) -> Result<(), Failure> {
    let (app, _) = open(config)?;
    let now = app.clock().machine();
    match user {
        User::Add { login, name, mail, unit, roles } => {
            let new = NewAccount {
                login: login.parse::<Login>().map_err(input)?,
                name: name.parse::<PersonName>().map_err(input)?,
                mail: mail.parse::<MailAddress>().map_err(input)?,
                unit,
                roles: roles.into_iter().collect::<BTreeSet<_>>(),
                language: None,
            };
            let account = app.accounts().create(new, By::Operator, now)?.map_err(input)?;
            let link =
                app.accounts().issue_link(account, Purpose::Invitation, By::Operator, now)?;
            let token = link.map_err(input)?;
            let url = config.url.trim_end_matches('/');
            output::say(&format!("password to be chosen at {url}/invitation/{}", token.as_str()));
        }
        User::Token { login, name } => {
            let unknown = || Failure::Input(format!("there is no account `{login}`"));
            let person = app.accounts().by_login(&login)?.ok_or_else(unknown)?;
            let issued =
                app.accounts().issue_token(person.id, &name, in_a_year(now), By::Operator, now)?;
            output::say(issued.map_err(input)?.1.as_str());
        }
    }
    Ok(())
}

fn in_a_year(now: Timestamp) -> Timestamp {
    now.checked_add(SignedDuration::from_hours(365 * 24)).unwrap_or(now)
}
