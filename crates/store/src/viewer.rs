//! Who looks: a person with his units and roles, or the system.
//!
//! Only [`crate::accounts`] makes a person's viewer, once it is sure who he is. What a viewer may
//! read is settled here and nowhere else: on the distribution list *and* in the audience.

use std::collections::BTreeSet;
use std::fmt;

use catalogue::ids::{AccountId, UnitId};
use domain::audience::Audience;

/// What an account may do; who may do what with it is a matrix elsewhere.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Works on dossiers.
    Officer,
    /// Approves what leaves the authority.
    ContactPoint,
    /// Works on profiles and hits.
    Analyst,
    /// Keeps the mechanism's own business.
    Secretariat,
    /// Keeps the accounts and settings of the authority.
    Administrator,
}

impl Role {
    /// Every role, in the order of declaration.
    pub const ALL: [Role; 5] =
        [Role::Officer, Role::ContactPoint, Role::Analyst, Role::Secretariat, Role::Administrator];

    /// The word for it in code, database, API and documents.
    pub const fn word(self) -> &'static str {
        match self {
            Role::Officer => "officer",
            Role::ContactPoint => "contact_point",
            Role::Analyst => "analyst",
            Role::Secretariat => "secretariat",
            Role::Administrator => "administrator",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A text that names no role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{given}` is no role: expected officer, contact_point, analyst, secretariat or administrator"
)]
pub struct UnknownRole {
    /// The text as it was given.
    pub given: String,
}

impl std::str::FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Role, UnknownRole> {
        let found = Role::ALL.into_iter().find(|role| role.word() == text);
        found.ok_or_else(|| UnknownRole { given: text.to_owned() })
    }
}

/// Who looks or acts. It cannot be made without authentication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer(Who);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Who {
    System,
    Person(Person),
}

/// What is known of a person who looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    /// His account.
    pub(crate) account: AccountId,
    /// His name, as others see it beside what he wrote.
    pub(crate) name: String,
    /// The unit that he belongs to.
    pub(crate) unit: UnitId,
    /// His unit and all that contain it, up to the authority.
    pub(crate) units: BTreeSet<UnitId>,
    /// The root of his units.
    pub(crate) authority: UnitId,
    /// His roles.
    pub(crate) roles: BTreeSet<Role>,
}

impl Viewer {
    /// The system itself (clock, followers): it reads `Everyone` of every dossier, and nothing more.
    pub const fn system() -> Viewer {
        Viewer(Who::System)
    }

    /// A person, once it is sure that it is he.
    pub(crate) const fn person(person: Person) -> Viewer {
        Viewer(Who::Person(person))
    }

    /// A viewer made by hand; `units`: his own unit first, then those that contain it.
    ///
    /// # Panics
    /// Where `units` is empty.
    #[cfg(any(test, feature = "testing"))]
    #[expect(clippy::expect_used, reason = "made for tests only, which name at least one unit")]
    pub fn for_tests(account: AccountId, name: &str, units: &[UnitId], roles: &[Role]) -> Viewer {
        let own = units.first().expect("a viewer has a unit").clone();
        let authority = units.last().expect("a viewer has an authority").clone();
        Viewer::person(Person {
            account,
            name: name.to_owned(),
            unit: own,
            units: units.iter().cloned().collect(),
            authority,
            roles: roles.iter().copied().collect(),
        })
    }

    const fn known(&self) -> Option<&Person> {
        match &self.0 {
            Who::System => None,
            Who::Person(person) => Some(person),
        }
    }

    /// Whether it is the system.
    pub const fn is_system(&self) -> bool {
        self.known().is_none()
    }

    /// The account; none for the system.
    pub fn account(&self) -> Option<AccountId> {
        self.known().map(|person| person.account)
    }

    /// The person's name; none for the system.
    pub fn name(&self) -> Option<&str> {
        self.known().map(|person| person.name.as_str())
    }

    /// The unit that the person belongs to; none for the system.
    pub fn unit(&self) -> Option<&UnitId> {
        self.known().map(|person| &person.unit)
    }

    /// The authority that the person belongs to; none for the system.
    pub fn authority(&self) -> Option<&UnitId> {
        self.known().map(|person| &person.authority)
    }

    /// The person's unit and those that contain it; empty for the system.
    pub fn units(&self) -> impl Iterator<Item = &UnitId> {
        self.known().into_iter().flat_map(|person| person.units.iter())
    }

    /// The person's roles; empty for the system.
    pub fn roles(&self) -> impl Iterator<Item = Role> {
        self.known().into_iter().flat_map(|person| person.roles.iter().copied())
    }

    /// Whether the person has this role.
    pub fn has(&self, role: Role) -> bool {
        self.known().is_some_and(|person| person.roles.contains(&role))
    }

    /// Whether this viewer is of `audience`. He must be on the distribution list besides; the
    /// system is of `Everyone` alone.
    pub fn is_of(&self, audience: &Audience) -> bool {
        match &self.0 {
            Who::System => *audience == Audience::Everyone,
            Who::Person(person) => audience.includes(&person.units),
        }
    }

    /// Whether this viewer is on a distribution list of these units; the system always is.
    pub fn is_among(&self, distribution: &BTreeSet<UnitId>) -> bool {
        match &self.0 {
            Who::System => true,
            Who::Person(person) => !person.units.is_disjoint(distribution),
        }
    }
}
