//! The configuration of a node: `ecm.toml`, and over it the environment (`ECM_SECTION__KEY`).

use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// The effective configuration.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    /// The data folder.
    pub(crate) data: PathBuf,
    /// The file with the master key: never in the data folder.
    pub(crate) master_key: PathBuf,
    /// Where it listens.
    pub(crate) listen: String,
    /// The address under which people reach it, for links in mails.
    pub(crate) url: String,
    /// Whether cookies are sent over TLS only: `secure`, or `plain` for a node without TLS.
    pub(crate) cookies: CookieSetting,
    /// Mail.
    pub(crate) mail: Mail,
}

/// Whether cookies are sent over TLS only.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CookieSetting {
    /// They are.
    Secure,
    /// They are not: for a node that is reached on its own machine.
    Plain,
}

/// How mail is sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Mail {
    /// The server; empty: mails stay in the outbox.
    pub(crate) server: String,
    /// Its port.
    pub(crate) port: u16,
    /// `start_tls`, or `none` for a server on the own machine.
    pub(crate) security: MailSecurity,
    /// Who sends.
    pub(crate) from: String,
    /// The name to sign in with; empty: without.
    pub(crate) user: String,
    /// The password to sign in with.
    pub(crate) password: String,
}

/// How the way to the mail server is secured.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MailSecurity {
    /// STARTTLS, required.
    StartTls,
    /// Not at all.
    None,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            data: "ecm-data".into(),
            master_key: "ecm.key".into(),
            listen: "127.0.0.1:7070".to_owned(),
            url: "https://ecm.example.eu".to_owned(),
            cookies: CookieSetting::Secure,
            mail: Mail::default(),
        }
    }
}

impl Default for Mail {
    fn default() -> Mail {
        Mail {
            server: String::new(),
            port: 587,
            security: MailSecurity::StartTls,
            from: "ECM <ecm@example.eu>".to_owned(),
            user: String::new(),
            password: String::new(),
        }
    }
}

/// Every key, as it is written in the file.
const KEYS: [&str; 11] = [
    "data",
    "master_key",
    "listen",
    "url",
    "cookies",
    "mail.server",
    "mail.port",
    "mail.security",
    "mail.from",
    "mail.user",
    "mail.password",
];

impl Config {
    /// Reads the file, if there is one, and the environment over it.
    ///
    /// # Errors
    /// A file that was named and cannot be read; an unknown key, with the nearest one that exists;
    /// a value of the wrong sort. With file, line and column.
    pub(crate) fn read(file: Option<&Path>) -> Result<Config, Failure> {
        let path = file.unwrap_or(Path::new("ecm.toml"));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if file.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                String::new()
            }
            Err(error) => {
                let path = path.display();
                return Err(Failure::Input(format!("cannot read {path}: {error}")));
            }
        };
        let mut table: toml::Table =
            toml::from_str(&text).map_err(|error| located(path, &text, &error))?;
        for (name, value) in environment() {
            put(&mut table, &name, &value)?;
        }
        let whole = toml::to_string(&table).map_err(anyhow::Error::from)?;
        // Read from the file itself first, so that its errors have a place.
        let read = toml::from_str::<Config>(&text).map_err(|error| located(path, &text, &error));
        read?;
        toml::from_str(&whole).map_err(|error| Failure::Input(nearest(error.message())))
    }

    /// The effective configuration as a file, secrets masked.
    pub(crate) fn print(&self) -> Result<String, Failure> {
        let mut shown = self.clone();
        if !shown.mail.password.is_empty() {
            "********".clone_into(&mut shown.mail.password);
        }
        Ok(toml::to_string(&shown).map_err(anyhow::Error::from)?)
    }
}

/// The variables that set a key: `ECM_DATA`, `ECM_MAIL__SERVER`.
#[expect(clippy::disallowed_methods, reason = "the environment is read here and nowhere else")]
fn environment() -> Vec<(String, String)> {
    KEYS.iter()
        .filter_map(|key| {
            let name = format!("ECM_{}", key.replace('.', "__").to_uppercase());
            std::env::var(name).ok().map(|value| ((*key).to_owned(), value))
        })
        .collect()
}

fn put(table: &mut toml::Table, key: &str, value: &str) -> Result<(), Failure> {
    let value = match value.parse::<i64>() {
        Ok(number) if key.ends_with("port") => toml::Value::Integer(number),
        _ => toml::Value::String(value.to_owned()),
    };
    match key.split_once('.') {
        None => {
            table.insert(key.to_owned(), value);
        }
        Some((section, key)) => {
            let section = table
                .entry(section)
                .or_insert_with(|| toml::Value::Table(toml::Table::new()))
                .as_table_mut();
            let section = section.ok_or_else(|| {
                Failure::Input(format!(
                    "`{key}` belongs to a section, and the file has a value there"
                ))
            })?;
            section.insert(key.to_owned(), value);
        }
    }
    Ok(())
}

/// An error of the file with its place: `ecm.toml:3:1: unknown field `dta`; did you mean `data`?`
fn located(path: &Path, text: &str, error: &toml::de::Error) -> Failure {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let path = path.display();
    Failure::Input(format!("{path}:{line}:{column}: {}", nearest(error.message())))
}

/// Adds the nearest key to a message about an unknown one.
fn nearest(message: &str) -> String {
    let unknown = message.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`'));
    let Some((given, _)) = unknown else { return message.trim().to_owned() };
    let likeness = |key: &&str| {
        let key = key.rsplit('.').next().unwrap_or_default();
        let same = given.chars().filter(|c| key.contains(*c)).count();
        (same * 2).saturating_sub(given.len().abs_diff(key.len()))
    };
    match KEYS.iter().max_by_key(|key| likeness(key)) {
        Some(key) => format!("unknown key `{given}`; did you mean `{key}`?"),
        None => format!("unknown key `{given}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(text: &str) -> String {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ecm.toml");
        std::fs::write(&path, text).unwrap();
        let failure = Config::read(Some(&path)).unwrap_err().to_string();
        failure.replace(&path.display().to_string(), "ecm.toml")
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_place_and_the_nearest_one() {
        let text = "url = \"https://a.example\"\ndta = \"x\"\n";
        assert_eq!(failure(text), "ecm: ecm.toml:2:1: unknown key `dta`; did you mean `data`?");
    }

    #[test]
    fn secrets_are_masked_when_the_configuration_is_printed() {
        let mail = Mail { password: "planted".to_owned(), ..Mail::default() };
        let config = Config { mail, ..Config::default() };
        let printed = config.print().unwrap();
        assert!(printed.contains("********") && !printed.contains("planted"), "{printed}");
    }
}
