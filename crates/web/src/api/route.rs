//! The table of routes: for the router, the OpenAPI document and the need-to-know tests.

use super::{
    attachments, commands, deadlines, declarations, demo, directory, dossiers, events, log,
    openapi, schema, stream,
};
use crate::server::Server;
use axum::extract::DefaultBodyLimit;
use axum::routing::{MethodRouter, get, post};
use serde_json::{Value, json};

/// A method of HTTP that the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Reads.
    Get,
    /// Writes; takes an `Idempotency-Key`.
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
    /// Of whoever has a token, in a demonstration; elsewhere there is nothing.
    Demonstration,
}

/// Makes a JSON Schema.
pub(super) type Schema = fn() -> Value;

/// A parameter of a query.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub help: &'static str,
    /// Its JSON Schema.
    pub(super) schema: Schema,
}

/// A body that a route takes.
#[derive(Clone, Copy, Debug)]
pub struct Body {
    /// The media types, and the JSON Schema of each.
    pub(super) types: &'static [(&'static str, Schema)],
}

/// What a route answers when all is well.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// The status.
    pub(super) status: u16,
    /// The media type.
    pub(super) media_type: &'static str,
    /// Its JSON Schema.
    pub(super) schema: Schema,
    /// What it is.
    pub(super) help: &'static str,
}

/// Whether a route gives or takes the viewer's version of a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Versions {
    /// Neither.
    None,
    /// It answers with an `ETag`.
    Gives,
    /// It takes `If-Match` and answers with an `ETag`.
    Takes,
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
    /// What it does, in a line.
    pub summary: &'static str,
    /// Whose it is.
    pub reach: Reach,
    /// What its query may have.
    pub parameters: &'static [Parameter],
    /// The body that it takes.
    pub body: Option<Body>,
    /// What it answers; none but a failure has another status.
    pub answer: Answer,
    /// Whether it gives or takes versions.
    pub versions: Versions,
    /// The handler.
    pub(super) handler: fn() -> MethodRouter<Server>,
}

const JSON: &str = "application/json";

const fn json_answer(help: &'static str, schema: Schema) -> Answer {
    Answer { status: 200, media_type: JSON, schema, help }
}

/// A route that reads.
const fn reads(
    path: &'static str,
    name: &'static str,
    summary: &'static str,
    answer: Answer,
    handler: fn() -> MethodRouter<Server>,
) -> Route {
    Route {
        method: Method::Get,
        path,
        name,
        summary,
        reach: Reach::Viewer,
        parameters: &[],
        body: None,
        answer,
        versions: Versions::None,
        handler,
    }
}

/// The switch by which a write is only tried.
pub(super) const DRY_RUN: Parameter = Parameter {
    name: "dry_run",
    help: "Decide, and write nothing.",
    schema: || json!({"type": "boolean"}),
};
/// How many entries of a list are wanted.
pub(super) const LIMIT: Parameter = Parameter {
    name: "limit",
    help: "How many entries are wanted; 50 where it is left out.",
    schema: || json!({"type": "integer", "minimum": 1, "maximum": 100}),
};
/// Where a page of a list begins.
pub(super) const CURSOR: Parameter = Parameter {
    name: "cursor",
    help: "What the page before gave as `next`.",
    schema: || json!({"type": "string", "minLength": 1}),
};

/// The routes of dossiers.
const DOSSIERS: &[Route] = &[
    Route {
        parameters: dossiers::LIST,
        ..reads(
            "/dossiers",
            "listDossiers",
            "Lists the dossiers that exist for you, what silence decides first.",
            json_answer("A page of the list.", || schema::of("DossierList")),
            || get(dossiers::list),
        )
    },
    Route {
        method: Method::Post,
        parameters: &[DRY_RUN],
        body: Some(Body { types: &[(JSON, || schema::of("OpenDossier"))] }),
        answer: Answer {
            status: 201,
            media_type: JSON,
            schema: || schema::of("Opened"),
            help: "It is opened; with `dry_run` the answer is 200 and nothing was.",
        },
        versions: Versions::Gives,
        ..reads(
            "/dossiers",
            "openDossier",
            "Opens a dossier of your authority: a draft, or with `send` sent at once (or handed to \
             the contact point, where your authority asks for that).",
            json_answer("", || Value::Null),
            || post(dossiers::open),
        )
    },
    Route {
        reach: Reach::Dossier,
        versions: Versions::Gives,
        ..reads(
            "/dossiers/{id}",
            "readDossier",
            "Reads a dossier as you have it; that you read it is recorded.",
            json_answer("The dossier.", || schema::of("Dossier")),
            || get(dossiers::read),
        )
    },
    Route {
        method: Method::Post,
        reach: Reach::Dossier,
        parameters: &[DRY_RUN],
        body: Some(Body { types: &[(JSON, || schema::of("Command"))] }),
        versions: Versions::Takes,
        ..reads(
            "/dossiers/{id}/commands",
            "doCommand",
            "Does something with a dossier.",
            json_answer("It is done; with `dry_run` it could be.", || schema::of("Done")),
            || post(commands::carry_out),
        )
    },
    Route {
        reach: Reach::Dossier,
        parameters: events::PARAMETERS,
        versions: Versions::Gives,
        ..reads(
            "/dossiers/{id}/events",
            "listEvents",
            "Lists the events that you may read, from a version of yours on.",
            json_answer("A page of the events.", || schema::of("EventList")),
            || get(events::list),
        )
    },
    Route {
        reach: Reach::Dossier,
        versions: Versions::Gives,
        ..reads(
            "/dossiers/{id}/attachments",
            "listAttachments",
            "Lists the files that you may read, as they came.",
            json_answer("The files.", || schema::of("AttachmentList")),
            || get(attachments::list),
        )
    },
    Route {
        method: Method::Post,
        reach: Reach::Dossier,
        parameters: attachments::ADD,
        body: Some(Body {
            types: &[
                (attachments::FORM, || schema::of("NewAttachment")),
                (attachments::BYTES, binary),
            ],
        }),
        answer: Answer {
            status: 201,
            media_type: JSON,
            schema: || schema::of("Attachment"),
            help: "It is added.",
        },
        versions: Versions::Gives,
        ..reads(
            "/dossiers/{id}/attachments",
            "addAttachment",
            "Adds a file of at most 200 MiB: as the last field of a form, or alone. Programs, \
             scripts and documents with macros are not taken.",
            json_answer("", || Value::Null),
            // It is read piece by piece, and counted.
            || post(attachments::add).layer(DefaultBodyLimit::disable()),
        )
    },
    Route {
        reach: Reach::Dossier,
        ..reads(
            "/dossiers/{id}/attachments/{attachment}",
            "fetchAttachment",
            "Gives a file to be kept; that you read the dossier is recorded.",
            Answer {
                status: 200,
                media_type: "*/*",
                schema: binary,
                help: "Its bytes, under its name in `Content-Disposition`; as bytes without a type \
                       where a browser might run it.",
            },
            || get(attachments::fetch),
        )
    },
];

/// What is no text.
fn binary() -> Value {
    json!({"type": "string", "format": "binary"})
}

/// The routes beside dossiers.
const OTHERS: &[Route] = &[
    Route {
        method: Method::Post,
        parameters: &[DRY_RUN],
        body: Some(Body {
            types: &[
                (JSON, || schema::of("DeclarationMessage")),
                ("application/xml", || json!({"type": "string"})),
            ],
        }),
        ..reads(
            "/declarations/read",
            "readDeclaration",
            "Reads a declaration message (CC515C or WCO DMS) and keeps nothing of it.",
            json_answer("Its goods items.", || schema::of("Declaration")),
            || post(declarations::read),
        )
    },
    Route {
        parameters: directory::LIST,
        ..reads(
            "/directory",
            "listUnits",
            "Lists the units of the directory, by id.",
            json_answer("A page of the directory.", || schema::of("UnitList")),
            || get(directory::list),
        )
    },
    Route {
        parameters: directory::FIND,
        ..reads(
            "/directory/find",
            "findUnits",
            "Says who answers a question, and whether somebody is there; the best first.",
            json_answer("The units that answer.", || schema::of("FoundUnits")),
            || get(directory::find),
        )
    },
    Route {
        parameters: &[CURSOR, LIMIT],
        ..reads(
            "/deadlines",
            "listDeadlines",
            "Lists the dossiers of which something is due, the soonest first.",
            json_answer("A page of what is due.", || schema::of("DeadlineList")),
            || get(deadlines::list),
        )
    },
    reads(
        "/log/checkpoint",
        "lastCheckpoint",
        "Gives the last published checkpoint of the log.",
        Answer {
            status: 200,
            media_type: "text/plain",
            schema: || json!({"type": "string"}),
            help: "A signed note (C2SP tlog-checkpoint).",
        },
        || get(log::checkpoint),
    ),
    reads(
        "/stream",
        "stream",
        "Tells what changes for you as server-sent events, never its content.",
        Answer {
            status: 200,
            media_type: "text/event-stream",
            schema: || json!({"type": "string"}),
            help: "Events `changed` with `{\"dossier\", \"what\"}`; it goes on until you leave.",
        },
        || get(stream::stream),
    ),
    Route {
        method: Method::Post,
        reach: Reach::Demonstration,
        parameters: &[DRY_RUN],
        body: Some(Body { types: &[(JSON, || schema::of("MoveClock"))] }),
        ..reads(
            "/demo/clock",
            "moveClock",
            "Moves the clock of a demonstration, and answers once all that fell due is recorded.",
            json_answer("Where the clock stands.", || schema::of("ClockMoved")),
            || post(demo::move_clock),
        )
    },
    Route {
        reach: Reach::Anybody,
        ..reads(
            "/openapi.json",
            "openapi",
            "Gives this document.",
            json_answer("OpenAPI 3.1.", || json!({"type": "object"})),
            || get(openapi::give),
        )
    },
];

/// Every route, in the order of the document.
pub fn table() -> impl Iterator<Item = &'static Route> {
    DOSSIERS.iter().chain(OTHERS)
}
