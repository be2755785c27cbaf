//! Pages and REST API: what people see in their browsers, and what programs ask for.
//!
//! [`server`] is what every handler shares. Pages: `session` and `csrf` (who asks), `pages` (one file
//! a page: form, command, page), `show` (from values to pages), [`view`] (pages as typed values with
//! their templates), [`words`] (their texts in three languages), [`assets`] (stylesheet, scripts,
//! fonts). Programs: [`api`] and its [`problem`]s.

pub mod api;
pub mod assets;
mod csrf;
mod incoming;
mod layers;
mod pages;
pub mod problem;
pub mod server;
mod session;
mod show;
pub mod view;
pub mod words;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use server::Server;

/// All that a node serves.
pub fn router(server: Server) -> Router {
    let pages = pages::routes().layer(DefaultBodyLimit::max(pages::sent::BODY_MAX));
    let router = pages.nest("/api/v1", api::routes());
    layers::around(router, &server).with_state(server)
}
