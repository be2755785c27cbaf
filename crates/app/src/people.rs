//! What an administrator does with the people and settings of his authority.
//!
//! Each use case looks first whether the viewer administers, then whether what is named is of his
//! authority: what is another's does not exist for him. The store puts each change on record, and it
//! counts at once.

use crate::roles::{self, Action};
use crate::{App, Trouble};
use catalogue::authorities::UnitKind;
use catalogue::ids::{AccountId, UnitId};
use domain::event::Kind;
use std::collections::{BTreeMap, BTreeSet};
use store::StoreError;
use store::accounts::{
    AccountRefusal, By, Entry, MailAddress, NewAccount, PasswordState, PeoplePage, Person,
    PersonName, Purpose, Token,
};
use store::outbox::{Letter, Mail};
use store::settings::ApprovalStep;
use store::units::UnitRefusal;
use store::viewer::{Role, Viewer};

/// Why an administrator's change was not made.
#[derive(Debug, thiserror::Error)]
pub enum Denial {
    /// It does not exist for him, his role does not allow it, or something failed.
    #[error(transparent)]
    Trouble(#[from] Trouble),
    /// The accounts say no.
    #[error(transparent)]
    Account(#[from] AccountRefusal),
    /// The directory says no.
    #[error(transparent)]
    Unit(#[from] UnitRefusal),
    /// Who has no role can do nothing; who is to do nothing is put out.
    #[error("a person needs a role; somebody who is to have none is put out")]
    NoRole,
    /// The role is one of another authority.
    #[error("the role {role} is not one of this authority")]
    RoleElsewhere {
        /// The role.
        role: Role,
    },
    /// Nobody would be left to administer the authority.
    #[error(
        "nobody would be left to administer the authority; make somebody else administrator first"
    )]
    LastAdministrator,
    /// Somebody still works for the unit that is to close.
    #[error("{count} people work for `{unit}`; let them work for another unit first")]
    PeopleLeft {
        /// The unit.
        unit: UnitId,
        /// How many.
        count: usize,
    },
    /// The unit is the authority itself, which only the node's operator closes.
    #[error("`{unit}` is the authority itself; only the operator of the node closes it")]
    AuthorityStays {
        /// The authority.
        unit: UnitId,
    },
}

impl From<StoreError> for Denial {
    fn from(failure: StoreError) -> Denial {
        Denial::Trouble(failure.into())
    }
}

/// The authority that a viewer administers, and who he is on the record.
///
/// # Errors
/// [`Trouble::Role`] where he administers none.
pub(crate) fn administered(viewer: &Viewer) -> Result<(UnitId, By), Trouble> {
    match (viewer.authority(), viewer.account()) {
        (Some(authority), Some(account)) if roles::may(viewer, Action::Administer) => {
            Ok((authority.clone(), By::Person(account)))
        }
        _ => Err(Trouble::Role),
    }
}

/// The roles that people of an authority of this kind can have.
pub fn roles_of(kind: UnitKind) -> Vec<Role> {
    let here = |role: &Role| *role != Role::Secretariat || kind == UnitKind::Secretariat;
    Role::ALL.into_iter().filter(here).collect()
}

/// What became of an invitation or a reset: whose link it is, what it is for, and its token, which is
/// shown once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkGiven {
    /// Whose it is.
    pub account: AccountId,
    /// What it is for.
    pub purpose: Purpose,
    /// Its token.
    pub token: Token,
}

impl App {
    /// The people of the viewer's authority, leavers included, by name: 100 at a time.
    ///
    /// # Errors
    /// [`Trouble::Role`] where he administers none; the store fails.
    pub fn people(&self, viewer: &Viewer, after: Option<AccountId>) -> Result<PeoplePage, Trouble> {
        let (authority, _) = administered(viewer)?;
        Ok(self.accounts().people(&authority, after)?)
    }

    /// Somebody of the viewer's authority.
    ///
    /// # Errors
    /// [`Trouble::Role`] where he administers none, [`Trouble::NotFound`] where there is no such person
    /// in his; the store fails.
    pub fn person_of(&self, viewer: &Viewer, account: AccountId) -> Result<Person, Trouble> {
        let (authority, _) = administered(viewer)?;
        let person = self.accounts().person(account)?.ok_or(Trouble::NotFound)?;
        let is_his = self.directory()?.contains(&authority, &person.unit);
        if is_his { Ok(person) } else { Err(Trouble::NotFound) }
    }

    /// Makes an account for somebody of the viewer's authority and sends her an invitation.
    ///
    /// # Errors
    /// [`Denial`]; where it fails between account and mail, a new link can be given.
    pub fn invite(&self, viewer: &Viewer, new: NewAccount) -> Result<LinkGiven, Denial> {
        let (authority, by) = administered(viewer)?;
        self.check_unit(&authority, &new.unit)?;
        self.check_roles(&authority, &new.roles)?;
        let account = self.accounts().create(new, by, self.clock().machine())??;
        self.give_link(viewer, account)
    }

    /// Gives somebody a new link, by mail and to the viewer: an invitation where she has no password
    /// yet, else one that resets hers. An older one is void.
    ///
    /// # Errors
    /// [`Denial`].
    pub fn give_link(&self, viewer: &Viewer, account: AccountId) -> Result<LinkGiven, Denial> {
        let (_, by) = administered(viewer)?;
        let person = self.person_of(viewer, account)?;
        let now = self.clock().machine();
        let purpose = match person.password {
            PasswordState::Unset => Purpose::Invitation,
            PasswordState::Set => Purpose::Reset,
        };
        let token = self.accounts().issue_link(account, purpose, by, now)??;
        let text = token.as_str().to_owned();
        let letter = match purpose {
            Purpose::Invitation => Letter::Invitation { token: text },
            Purpose::Reset => Letter::Reset { token: text },
        };
        self.outbox().put(vec![Mail { to: account, letter }], now)?;
        Ok(LinkGiven { account, purpose, token })
    }

    /// Gives somebody other roles.
    ///
    /// # Errors
    /// [`Denial`], such as [`Denial::LastAdministrator`].
    pub fn give_roles(
        &self,
        viewer: &Viewer,
        account: AccountId,
        roles: BTreeSet<Role>,
    ) -> Result<(), Denial> {
        let (authority, by) = administered(viewer)?;
        let person = self.person_of(viewer, account)?;
        self.check_roles(&authority, &roles)?;
        if !roles.contains(&Role::Administrator) {
            self.check_administrators(&authority, &person)?;
        }
        Ok(self.accounts().set_roles(account, roles, by, self.clock().machine())??)
    }

    /// Changes somebody's name and mail address.
    ///
    /// # Errors
    /// [`Denial`].
    pub fn change_contact(
        &self,
        viewer: &Viewer,
        account: AccountId,
        name: PersonName,
        mail: MailAddress,
    ) -> Result<(), Denial> {
        let (_, by) = administered(viewer)?;
        self.person_of(viewer, account)?;
        Ok(self.accounts().set_contact(account, name, mail, by, self.clock().machine())??)
    }

    /// Lets somebody work for another unit of the authority.
    ///
    /// # Errors
    /// [`Denial`].
    pub fn move_person(
        &self,
        viewer: &Viewer,
        account: AccountId,
        unit: UnitId,
    ) -> Result<(), Denial> {
        let (authority, by) = administered(viewer)?;
        self.person_of(viewer, account)?;
        self.check_unit(&authority, &unit)?;
        Ok(self.accounts().move_to(account, unit, by, self.clock().machine())??)
    }

    /// Puts somebody out at once.
    ///
    /// # Errors
    /// [`Denial`], such as [`Denial::LastAdministrator`].
    pub fn put_out(&self, viewer: &Viewer, account: AccountId) -> Result<(), Denial> {
        let (authority, by) = administered(viewer)?;
        let person = self.person_of(viewer, account)?;
        self.check_administrators(&authority, &person)?;
        Ok(self.accounts().disable(account, by, self.clock().machine())??)
    }

    /// Lets somebody who was put out sign in again.
    ///
    /// # Errors
    /// [`Denial`].
    pub fn let_in(&self, viewer: &Viewer, account: AccountId) -> Result<(), Denial> {
        let (_, by) = administered(viewer)?;
        self.person_of(viewer, account)?;
        Ok(self.accounts().enable(account, by, self.clock().machine())??)
    }

    /// Ends all sessions of somebody, on whatever machine.
    ///
    /// # Errors
    /// [`Denial`].
    pub fn end_sessions(&self, viewer: &Viewer, account: AccountId) -> Result<(), Denial> {
        let (_, by) = administered(viewer)?;
        self.person_of(viewer, account)?;
        Ok(self.accounts().revoke_all(account, by, self.clock().machine())??)
    }

    /// Removes the second factor of somebody who has lost hers.
    ///
    /// # Errors
    /// [`Denial`].
    pub fn remove_factor(&self, viewer: &Viewer, account: AccountId) -> Result<(), Denial> {
        let (_, by) = administered(viewer)?;
        self.person_of(viewer, account)?;
        Ok(self.accounts().remove_second_factor(account, by, self.clock().machine())??)
    }

    /// The approval steps of the viewer's authority, for every kind.
    ///
    /// # Errors
    /// [`Trouble::Role`] where he administers none; the store fails.
    pub fn approval_steps(&self, viewer: &Viewer) -> Result<BTreeMap<Kind, ApprovalStep>, Trouble> {
        let (authority, _) = administered(viewer)?;
        Ok(self.settings().approval_steps(&authority)?)
    }

    /// Sets the approval step of a kind in the viewer's authority.
    ///
    /// # Errors
    /// [`Denial`].
    pub fn set_approval(
        &self,
        viewer: &Viewer,
        kind: Kind,
        to: ApprovalStep,
    ) -> Result<(), Denial> {
        let (authority, by) = administered(viewer)?;
        Ok(self.settings().set_approval(&authority, kind, to, by, self.clock().machine())??)
    }

    /// What was changed in the viewer's authority, newest first: those before `before`.
    ///
    /// # Errors
    /// [`Trouble::Role`] where he administers none; the store fails.
    pub fn admin_log(
        &self,
        viewer: &Viewer,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Entry>, Trouble> {
        self.accounts().admin_log(viewer, before, limit)?.ok_or(Trouble::Role)
    }

    /// A unit of the authority; another's is unknown here.
    pub(crate) fn check_unit(&self, authority: &UnitId, unit: &UnitId) -> Result<(), Denial> {
        if self.directory()?.contains(authority, unit) {
            Ok(())
        } else {
            Err(AccountRefusal::UnitUnknown { unit: unit.clone() }.into())
        }
    }

    fn check_roles(&self, authority: &UnitId, roles: &BTreeSet<Role>) -> Result<(), Denial> {
        let directory = self.directory()?;
        let here = directory.unit(authority).map(|unit| roles_of(unit.kind)).unwrap_or_default();
        if roles.is_empty() {
            return Err(Denial::NoRole);
        }
        match roles.iter().find(|role| !here.contains(role)) {
            Some(role) => Err(Denial::RoleElsewhere { role: *role }),
            None => Ok(()),
        }
    }

    /// Says no where `leaving` is the last who administers. Two administrators who put each other out
    /// in the same moment are let pass: the node's operator can always name a new one.
    fn check_administrators(&self, authority: &UnitId, leaving: &Person) -> Result<(), Denial> {
        let administers = |person: &Person| {
            person.disabled.is_none() && person.roles.contains(&Role::Administrator)
        };
        if !administers(leaving) {
            return Ok(());
        }
        let mut after = None;
        loop {
            let page = self.accounts().people(authority, after)?;
            if page.people.iter().any(|person| person.id != leaving.id && administers(person)) {
                return Ok(());
            }
            after = page.next;
            if after.is_none() {
                return Err(Denial::LastAdministrator);
            }
        }
    }
}

#[cfg(test)]
mod tests;
