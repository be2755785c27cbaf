//! Pages: what people see in their browsers.
//!
//! [`view`] holds the pages as typed values with their templates, [`words`] their texts in three languages,
//! [`assets`] the embedded stylesheet, scripts and fonts.

pub mod api;
pub mod assets;
pub mod problem;
pub mod server;
pub mod view;
pub mod words;
