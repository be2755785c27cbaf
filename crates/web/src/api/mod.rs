//! The REST API, version 1: what `docs/api` documents, mounted under `/api/v1`.
//!
//! One table ([`table`]) drives the router, the OpenAPI document and the need-to-know tests. A
//! handler reads the request ([`call`]), calls one use case and writes what it gave ([`written`]);
//! what went wrong is a [`Fault`](crate::problem::Fault).

mod attachments;
mod call;
mod commands;
mod deadlines;
mod declarations;
mod demo;
mod directory;
mod disposition;
mod dossiers;
mod events;
mod hoist;
mod log;
pub mod openapi;
pub mod route;
mod schema;
mod shape;
mod stream;
mod written;

use crate::problem::{self, Fault};
use crate::server::Server;
use axum::Router;
use axum::middleware::from_fn;

pub use route::table;

/// The API's routes, without the `/api/v1` before them.
pub fn routes() -> Router<Server> {
    let router =
        table().fold(Router::new(), |router, route| router.route(route.path, (route.handler)()));
    router
        .fallback(async || Fault::NotFound)
        .method_not_allowed_fallback(async || Fault::Method)
        .layer(from_fn(problem::speak))
}
