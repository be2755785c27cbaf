//! The table of routes.

use super::{commands, demo, dossiers};
use crate::server::Server;
use axum::routing::{MethodRouter, get, post};

/// A method of HTTP that the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Reads.
    Get,
    /// Writes.
    Post,
}

/// Whose a route is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Of anybody, without a token.
    Anybody,
    /// Of whoever has a token; each gets his own.
    Viewer,
    /// Of those for whom the dossier in the path exists; for others there is nothing.
    Dossier,
}

/// A route of the API.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// Its method.
    pub method: Method,
    /// Its path under `/api/v1`.
    pub path: &'static str,
    /// Its name in documents and tests.
    pub name: &'static str,
    /// Whose it is.
    pub reach: Reach,
    /// The handler.
    pub(super) handler: fn() -> MethodRouter<Server>,
}

/// Every route, in the order of the document.
pub const fn table() -> &'static [Route] {
    &[
        Route {
            method: Method::Get,
            path: "/dossiers",
            name: "listDossiers",
            reach: Reach::Viewer,
            handler: || get(dossiers::list),
        },
        Route {
            method: Method::Post,
            path: "/dossiers",
            name: "openDossier",
            reach: Reach::Viewer,
            handler: || post(dossiers::open),
        },
        Route {
            method: Method::Get,
            path: "/dossiers/{id}",
            name: "readDossier",
            reach: Reach::Dossier,
            handler: || get(dossiers::read),
        },
        Route {
            method: Method::Post,
            path: "/dossiers/{id}/commands",
            name: "doCommand",
            reach: Reach::Dossier,
            handler: || post(commands::carry_out),
        },
        Route {
            method: Method::Post,
            path: "/demo/clock",
            name: "moveClock",
            reach: Reach::Viewer,
            handler: || post(demo::move_clock),
        },
    ]
}
