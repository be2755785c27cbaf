//! What the law, the tariff and the directory list: ids, codes, calendars, units and documents.
//!
//! Pure look-up, and a leaf: it knows no other crate of this workspace. It reads nothing at run
//! time (the lists it ships are part of the program), takes the time as a parameter, and knows
//! nothing of dossiers.
//!
//! Modules in reading order: [`ids`], [`codes`], [`calendar`], [`documents`], [`authorities`].

pub mod authorities;
pub mod calendar;
pub mod codes;
pub mod countries;
pub mod documents;
pub mod ids;
mod text;
