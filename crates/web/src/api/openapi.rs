//! The OpenAPI 3.1 document, made from the table of routes.

use super::route::{DRY_RUN, Method, Reach, Route, Versions, table};
use super::schema;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

static DOCUMENT: LazyLock<String> = LazyLock::new(|| document().to_string());

/// `GET /openapi.json`: the document.
pub(super) async fn give() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], DOCUMENT.as_str())
}

/// The document as a value.
pub fn document() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in table() {
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            let method = match route.method {
                Method::Get => "get",
                Method::Post => "post",
            };
            path.insert(method.to_owned(), operation(route));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "ECM",
            "version": "1",
            "summary": "Dossiers between export control authorities.",
            "description": "What does not exist for you and what never was is the same to you. \
                            Lists give `next` where more follow. Errors are problem details \
                            (RFC 9457) in the language of `Accept-Language`: English, German or \
                            French.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": schema::all(),
        },
    })
}

fn operation(route: &Route) -> Value {
    let mut operation = Map::new();
    let mut put = |name: &str, value: Value| operation.insert(name.to_owned(), value);
    put("operationId", route.name.into());
    put("summary", route.summary.into());
    put("parameters", Value::Array(parameters(route)));
    if let Some(body) = route.body {
        let types = body
            .types
            .iter()
            .map(|(media_type, schema)| ((*media_type).to_owned(), json!({"schema": schema()})));
        let types: Map<String, Value> = types.collect();
        put("requestBody", json!({"required": true, "content": types}));
    }
    if route.reach == Reach::Anybody {
        put("security", json!([]));
    }
    put("responses", responses(route));
    Value::Object(operation)
}

fn parameters(route: &Route) -> Vec<Value> {
    let mut parameters = Vec::new();
    for name in route.path.split(['{', '}']).skip(1).step_by(2) {
        let schema = json!({"type": "string", "format": "uuid"});
        parameters.push(json!({"name": name, "in": "path", "required": true, "schema": schema}));
    }
    for one in route.parameters {
        let schema = (one.schema)();
        let mut parameter =
            json!({"name": one.name, "in": "query", "description": one.help, "schema": schema});
        let is_list = parameter.pointer("/schema/type") == Some(&json!("array"));
        if let (true, Some(parameter)) = (is_list, parameter.as_object_mut()) {
            parameter.insert("explode".to_owned(), Value::Bool(false));
        }
        parameters.push(parameter);
    }
    let mut header = |name: &str, help: &str, schema: Value| {
        parameters
            .push(json!({"name": name, "in": "header", "description": help, "schema": schema}));
    };
    if route.method == Method::Post {
        header(
            "Idempotency-Key",
            "A key of your choice: the same key and body are answered again, not done again.",
            json!({"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]([ -~]*[!-~])?$"}),
        );
    }
    if route.versions == Versions::Takes {
        header(
            "If-Match",
            "The version that you decided on; refused where you can see something newer. \
             `message` and `note` need none.",
            json!({"type": "string"}),
        );
    }
    if route.name == "stream" {
        header(
            "Last-Event-ID",
            "The id of the last event that you got.",
            json!({"type": "string"}),
        );
    }
    parameters
}

/// What a route answers, well or not.
fn responses(route: &Route) -> Value {
    let mut responses = Map::new();
    let answer = &route.answer;
    let schema = (answer.schema)();
    let mut well = json!({
        "description": answer.help,
        "content": {answer.media_type: {"schema": schema}},
    });
    if let (true, Some(well)) = (route.versions != Versions::None, well.as_object_mut()) {
        let etag = json!({"description": "Your version.", "schema": {"type": "string"}});
        well.insert("headers".to_owned(), json!({"ETag": etag}));
    }
    if answer.status == 201 && route.parameters.iter().any(|one| one.name == DRY_RUN.name) {
        responses.insert("200".to_owned(), well.clone());
    }
    responses.insert(answer.status.to_string(), well);
    for (status, help) in faults(route) {
        let problem = json!({"application/problem+json": {"schema": schema::of("Problem")}});
        let fault = json!({"description": help, "content": problem});
        responses.insert(status.to_string(), fault);
    }
    Value::Object(responses)
}

/// What can go wrong with a route.
fn faults(route: &Route) -> Vec<(u16, &'static str)> {
    let mut faults = vec![(500, "Something failed."), (503, "Not possible at the moment.")];
    if route.reach != Reach::Anybody {
        faults.push((401, "No token, or none that is valid."));
        faults.push((422, "What was given cannot be read; all of it under `errors`."));
    }
    let may_be_nothing = matches!(route.reach, Reach::Dossier | Reach::Demonstration);
    if may_be_nothing || route.name == "lastCheckpoint" {
        faults.push((404, "There is nothing, or nothing for you."));
    }
    if route.body.is_some() {
        faults.push((400, "The body is not JSON, or nested too deeply."));
        faults.push((413, "The body is too long."));
        faults.push((415, "The body is of another type."));
    }
    if matches!(route.name, "openDossier" | "doCommand" | "addAttachment") {
        faults.push((403, "Your role does not allow it."));
        faults.push((409, "The rules say no: `code`, and the article where there is one."));
    }
    if route.versions == Versions::Takes {
        faults.push((412, "Something was added that you can see: `newer`, `version`."));
    }
    faults
}

/// The document as it is kept in `docs/api/openapi.json`.
pub fn kept() -> String {
    let mut text = serde_json::to_string_pretty(&document()).unwrap_or_default();
    text.push('\n');
    text
}
