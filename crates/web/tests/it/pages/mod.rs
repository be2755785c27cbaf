//! The pages as a browser sees them.

mod asking;
mod drafting;
mod fixtures;
mod need_to_know;
mod session;
