//! What accounts promise, room by room.

mod keeping;
mod links;
mod people;
mod sessions;
mod sign_in;
mod tokens;
