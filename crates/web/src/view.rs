//! The pages as typed values: everything that a template shows is worked out before, as text and links.
//!
//! One file a page; [`chrome`] is what surrounds every page, [`parts`] what several pages share, [`form`] the one
//! renderer of all forms. Each page has `samples()`, which the tests render.

pub mod chrome;
pub mod clock;
pub mod compose;
pub mod directory;
pub mod dossier;
pub mod form;
pub mod parts;
pub mod prose;
pub mod queue;
pub mod ready;
pub mod sign_in;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
