//! The people of the demonstration.

use anyhow::Context as _;
use app::App;
use catalogue::authorities::Language;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use store::accounts::{By, NewAccount};
use store::viewer::{Role, Viewer};

/// The password of all of them.
pub(super) const PASSWORD: &str = "lantern orchard violin";

/// An account as the demonstration prints it.
#[derive(Clone, Debug)]
pub(super) struct Account {
    /// Sign-in name.
    pub(super) login: String,
    /// Name.
    pub(super) name: String,
    /// Unit.
    pub(super) unit: String,
    /// Member State of the unit, `EU` for the Union's.
    pub(super) state: String,
    /// Roles.
    pub(super) roles: Vec<&'static str>,
    /// An API token.
    pub(super) token: String,
}

const OFFICER: &[Role] = &[Role::Officer];
const CONTACT_POINT: &[Role] = &[Role::Officer, Role::ContactPoint];
const ADMINISTRATOR: &[Role] = &[Role::Administrator];

/// Sign-in name, name, unit, roles, language.
const PEOPLE: &[(&str, &str, &str, &[Role], &str)] = &[
    ("marijke.dewit", "Marijke de Wit", "NL000510", OFFICER, "en"),
    ("pieter.bakker", "Pieter Bakker", "NL-CUSTOMS", CONTACT_POINT, "en"),
    ("sanne.visser", "Sanne Visser", "NL-CUSTOMS", ADMINISTRATOR, "en"),
    ("jonas.brandt", "Jonas Brandt", "DE-LICENSING", OFFICER, "en"),
    ("miriam.koehler", "Miriam Köhler", "DE-LICENSING", CONTACT_POINT, "de"),
    ("kerem.oeztuerk", "Kerem Öztürk", "DE-LICENSING", OFFICER, "de"),
    ("heike.lorenz", "Heike Lorenz", "DE-LICENSING", ADMINISTRATOR, "de"),
    ("katrin.vogel", "Katrin Vogel", "DE-CUSTOMS", CONTACT_POINT, "de"),
    ("femke.dijkstra", "Femke Dijkstra", "NL-LICENSING", CONTACT_POINT, "en"),
    ("claire.martin", "Claire Martin", "FR-LICENSING", CONTACT_POINT, "en"),
    ("luc.moreau", "Luc Moreau", "FR-CUSTOMS", CONTACT_POINT, "fr"),
    ("anna.gruber", "Anna Gruber", "AT-LICENSING", CONTACT_POINT, "de"),
    ("lotte.peeters", "Lotte Peeters", "BE343000", OFFICER, "en"),
    ("jan.claes", "Jan Claes", "BE-CUSTOMS", CONTACT_POINT, "en"),
    ("aino.korpela", "Aino Korpela", "FI-LICENSING", CONTACT_POINT, "en"),
    ("ewa.nowak", "Ewa Nowak", "PL-CUSTOMS", CONTACT_POINT, "en"),
    ("giulia.marchetti", "Giulia Marchetti", "IT-LICENSING", CONTACT_POINT, "en"),
    ("petr.kucera", "Petr Kučera", "CZ-LICENSING", CONTACT_POINT, "en"),
    ("nuria.vidal", "Núria Vidal", "ES-CUSTOMS", CONTACT_POINT, "en"),
    ("nils.lindqvist", "Nils Lindqvist", "SE-CUSTOMS", CONTACT_POINT, "en"),
    ("rasa.petrauskiene", "Rasa Petrauskienė", "LT-CUSTOMS", CONTACT_POINT, "en"),
    ("eleni.papadaki", "Ελένη Παπαδάκη", "EL-CUSTOMS", CONTACT_POINT, "en"),
    ("helena.maes", "Helena Maes", "EU-COMMISSION", OFFICER, "en"),
    ("tomas.keller", "Tomás Keller", "EU-SECRETARIAT", &[Role::Secretariat], "en"),
];

/// Makes the accounts.
pub(super) fn create(app: &App) -> anyhow::Result<()> {
    let now = app.clock().machine();
    for (login, name, unit, roles, language) in PEOPLE {
        let new = NewAccount {
            login: login.parse()?,
            name: name.parse()?,
            mail: format!("{login}@demonstration.example").parse()?,
            unit: unit.parse()?,
            roles: roles.iter().copied().collect::<BTreeSet<_>>(),
            language: Some(language.parse::<Language>()?),
        };
        let account = app.accounts().create(new, By::Operator, now)??;
        app.accounts().set_password(account, PASSWORD, By::Operator, now)??;
    }
    Ok(())
}

/// The accounts, each with a new token.
pub(super) fn accounts(app: &App) -> anyhow::Result<Vec<Account>> {
    let now = app.clock().machine();
    let expires = now.checked_add(SignedDuration::from_hours(90 * 24)).unwrap_or(Timestamp::MAX);
    let directory = app.directory()?;
    let mut accounts = Vec::new();
    for (login, ..) in PEOPLE {
        let person = app.accounts().by_login(login)?.with_context(|| format!("no {login}"))?;
        let issued = app.accounts().issue_token(
            person.id,
            "demonstration",
            expires,
            By::Operator,
            now,
        )??;
        let state = directory.unit(&person.unit).and_then(|unit| unit.state);
        accounts.push(Account {
            login: (*login).to_owned(),
            name: person.name.as_str().to_owned(),
            unit: person.unit.to_string(),
            state: state.map_or_else(|| "EU".to_owned(), |state| state.to_string()),
            roles: person.roles.iter().map(|role| role.word()).collect(),
            token: issued.1.as_str().to_owned(),
        });
    }
    Ok(accounts)
}

/// Those of the demonstration as viewers, by their sign-in names.
pub(super) fn viewers(app: &App) -> anyhow::Result<BTreeMap<&'static str, Viewer>> {
    let viewer = |login: &'static str| {
        let person = app.accounts().by_login(login)?.with_context(|| format!("no {login}"))?;
        let viewer = app.accounts().viewer_of(person.id)?;
        Ok((login, viewer.with_context(|| format!("`{login}` is out"))?))
    };
    PEOPLE.iter().map(|(login, ..)| viewer(login)).collect()
}
