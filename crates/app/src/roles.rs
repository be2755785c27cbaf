//! Who may do what: one `match` of role and action. *What* one may see is not settled here but by
//! units and audiences.

use domain::command::Command;
use store::viewer::{Role, Viewer};

/// Something that a role may or may not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// See what one's units may see.
    Read,
    /// Draft, send, answer, write and share.
    Work,
    /// Approve what others drafted.
    Approve,
    /// Keep accounts, offices and settings of the own authority.
    Administer,
}

impl Action {
    /// Every action.
    pub const ALL: [Action; 4] = [Action::Read, Action::Work, Action::Approve, Action::Administer];

    /// The word for it in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Action::Read => "read",
            Action::Work => "work",
            Action::Approve => "approve",
            Action::Administer => "administer",
        }
    }
}

/// Whether a role allows an action.
pub const fn allows(role: Role, action: Action) -> bool {
    match (role, action) {
        (Role::Officer | Role::ContactPoint | Role::Secretariat, Action::Read | Action::Work) => {
            true
        }
        (Role::Analyst, Action::Read) => true,
        (Role::ContactPoint, Action::Approve) => true,
        (Role::Administrator, Action::Administer) => true,
        (Role::Analyst, Action::Work | Action::Approve | Action::Administer) => false,
        (Role::Officer | Role::Secretariat, Action::Approve | Action::Administer) => false,
        (Role::ContactPoint, Action::Administer) => false,
        (Role::Administrator, Action::Read | Action::Work | Action::Approve) => false,
    }
}

/// Whether one of a viewer's roles allows an action.
pub fn may(viewer: &Viewer, action: Action) -> bool {
    viewer.roles().any(|role| allows(role, action))
}

/// What a command needs.
pub fn needed(command: &Command) -> Action {
    needed_by_name(command.name())
}

/// What a command of this name needs.
pub fn needed_by_name(name: &str) -> Action {
    match name {
        "approve" | "send_back" => Action::Approve,
        _ => Action::Work,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    #[test]
    fn the_matrix_of_roles_and_actions() {
        let mut table = String::from("role            read  work  approve  administer\n");
        for role in Role::ALL {
            let marks = Action::ALL.map(|action| if allows(role, action) { "yes" } else { "–" });
            let [read, work, approve, administer] = marks;
            let word = role.word();
            writeln!(table, "{word:15} {read:5} {work:5} {approve:8} {administer}").unwrap();
        }
        insta::assert_snapshot!(table, @r"
        role            read  work  approve  administer
        officer         yes   yes   –        –
        contact_point   yes   yes   yes      –
        analyst         yes   –     –        –
        secretariat     yes   yes   –        –
        administrator   –     –     –        yes
        ");
    }
}
