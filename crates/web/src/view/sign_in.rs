//! Pages outside: sign-in, second factor, invitation, new password. A heading and a form.

use askama::Template;

use crate::view::chrome::{Chrome, Theme};
use crate::view::form::FormView;
use crate::view::parts::{Icon, Notice};

/// Sign-in and what belongs to it.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/sign_in.html")]
pub struct SignInPage {
    /// What surrounds it; without a person.
    pub chrome: Chrome,
    /// "Sign in", "Second factor", "Choose a password".
    pub title: String,
    /// What happened: signed out after an hour, link used up. What was typed elsewhere is kept.
    pub notice: Option<Notice>,
    /// User and password, or whatever the step needs.
    pub form: FormView,
    /// In the demonstration, its accounts: person, user name, unit. Shown with their common password.
    pub accounts: Vec<DemoAccount>,
}

/// An account of the demonstration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoAccount {
    /// "Jonas Brandt".
    pub name: String,
    /// "jonas.brandt".
    pub user: String,
    /// "Germany – Licensing · officer".
    pub unit: String,
}
