//! What a dossier is and what may happen to it.
//!
//! A dossier is an append-only log of sealed strands, one strand for each audience. This crate says
//! what its events are ([`event`], [`body`]), who may read them ([`audience`]), what a viewer's
//! dossier is ([`dossier`]: the fold of the events that he may read), what may happen next
//! ([`decide`]) and what time itself makes true ([`deadline`]).
//!
//! It is *not* where anything is kept or shown: no I/O, no clock, no randomness. Now, calendars
//! and the directory come in through [`decide::Context`].
//!
//! Reading order: [`audience`], [`event`], [`body`], [`standing`], [`dossier`], [`command`],
//! [`decide`], [`deadline`], [`kinds`]; [`form`] is the declaration on which forms rest.

pub mod audience;
pub mod body;
pub mod command;
pub mod deadline;
pub mod decide;
pub mod dossier;
pub mod event;
pub mod form;
pub mod handling;
pub mod kinds;
pub mod refusal;
pub mod standing;
