//! The pages as a browser sees them.

mod account;
mod asking;
mod directory;
mod drafting;
mod files;
mod fixtures;
mod links;
mod need_to_know;
mod session;
mod settings;
