//! JSON Schemas of what the API takes and gives, by name.
//!
//! Forms and commands follow from their one declaration in `domain`; the rest is what
//! [`written`](super::written) writes.

use super::{attachments, hoist, shape, written};
use domain::command;
use domain::decide::Envelope;
use domain::event::{Basis, EndedBy, Ground, Kind, Silence, State, What};
use domain::form::{Form as _, schema};
use domain::handling::HandlingForm;
use domain::kinds;
use domain::standing::Wait;
use serde_json::{Map, Value, json};

/// A reference to the schema of this name.
pub(super) fn of(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// One of these words.
pub(super) fn words(words: impl Iterator<Item = &'static str>) -> Value {
    json!({"type": "string", "enum": words.collect::<Vec<_>>()})
}

/// Several values of a filter.
pub(super) fn several(one: Value) -> Value {
    list(one)
}

/// The name of a unit.
pub(super) fn unit() -> Value {
    json!({"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9-]{1,39}$"})
}

fn text() -> Value {
    json!({"type": "string"})
}

fn maybe(one: Value) -> Value {
    let mut either = Map::new();
    either.insert("anyOf".to_owned(), Value::Array(vec![one, json!({"type": "null"})]));
    Value::Object(either)
}

fn list(one: Value) -> Value {
    let mut list = Map::new();
    list.insert("type".to_owned(), "array".into());
    list.insert("items".to_owned(), one);
    Value::Object(list)
}

fn instant() -> Value {
    json!({"type": "string", "format": "date-time"})
}

fn id() -> Value {
    json!({"type": "string", "format": "uuid"})
}

fn version() -> Value {
    json!({"type": "string", "pattern": "^[0-9a-f]{64}$"})
}

/// An object of which these properties are always there and those may be.
fn object<const N: usize, const M: usize>(
    always: [(&str, Value); N],
    perhaps: [(&str, Value); M],
) -> Value {
    let required: Vec<&str> = always.iter().map(|(name, _)| *name).collect();
    let mut object = json!({"type": "object", "required": required});
    let properties: Map<String, Value> =
        always.into_iter().chain(perhaps).map(|(name, schema)| (name.to_owned(), schema)).collect();
    if let Some(object) = object.as_object_mut() {
        object.insert("properties".to_owned(), Value::Object(properties));
    }
    object
}

/// The same, and nothing else is taken.
fn closed(mut object: Value) -> Value {
    if let Some(object) = object.as_object_mut() {
        object.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    object
}

/// All schemas, by their names.
pub(super) fn all() -> Map<String, Value> {
    let mut all = Map::new();
    all.extend(of_forms());
    all.extend(of_words());
    all.extend(of_dossiers());
    all.extend(of_lists());
    all.extend(of_others());
    hoist::repeated(&mut all);
    all
}

type Named = (String, Value);

fn of_forms() -> Vec<Named> {
    let mut named: Vec<Named> = vec![
        ("Handling".to_owned(), schema(HandlingForm::fields())),
        ("OpenDossier".to_owned(), open_dossier()),
        ("Command".to_owned(), json!({"anyOf": commands()})),
    ];
    for kind in Kind::ALL {
        named.push((form_name(*kind), schema(kinds::fields(*kind))));
        named.push((draft_name(*kind), shape::loose(kinds::fields(*kind))));
    }
    named
}

/// The name of a kind's form: `StopForm`.
fn form_name(kind: Kind) -> String {
    format!("{}Form", hoist::capital(kind.word()))
}

/// The name of what has the shape of a kind's form: `StopDraft`.
fn draft_name(kind: Kind) -> String {
    format!("{}Draft", hoist::capital(kind.word()))
}

/// `POST /dossiers`: what has the shape of its kind; sending demands the whole form besides.
fn open_dossier() -> Value {
    let kinds = Kind::ALL.iter().map(|kind| {
        let mut one = request(*kind);
        if let Some(properties) = one.pointer_mut("/properties").and_then(Value::as_object_mut) {
            properties.insert("kind".to_owned(), json!({"const": kind.word()}));
            properties.insert("send".to_owned(), json!({"type": ["boolean", "null"]}));
            let source = closed(object(
                [("message", json!({"type": "string", "minLength": 1}))],
                [("item", json!({"type": ["integer", "null"], "minimum": 1}))],
            ));
            properties.insert("from_declaration".to_owned(), maybe(source));
        }
        if let Some(one) = one.as_object_mut() {
            one.insert("required".to_owned(), json!(["kind"]));
            one.insert("title".to_owned(), json!(kind.word()));
        }
        one
    });
    let help = "A draft is kept as it is given, as long as its shape is right; with `send`, `form` \
                must be as the form of its kind (`StopForm` and so on) says.";
    json!({"description": help, "oneOf": kinds.collect::<Vec<_>>()})
}

/// A request as it is typed.
fn request(kind: Kind) -> Value {
    let mut request = shape::loose(Envelope::fields());
    if let Some(properties) = request.pointer_mut("/properties").and_then(Value::as_object_mut) {
        properties.insert("form".to_owned(), of(&draft_name(kind)));
    }
    if let Some(request) = request.as_object_mut() {
        request.insert("type".to_owned(), json!("object"));
    }
    request
}

/// Every command of every kind: its name beside what it takes.
fn commands() -> Vec<Value> {
    let common = command::common().into_iter().map(|one| (None, one));
    let special = Kind::ALL
        .iter()
        .flat_map(|kind| kinds::commands(*kind).into_iter().map(move |one| (Some(*kind), one)));
    let edits = Kind::ALL.iter().map(|kind| named(request(*kind), "edit", Some(*kind)));
    common
        .chain(special)
        .map(|(kind, one)| named(schema(one.fields), one.name, kind))
        .chain(edits)
        .collect()
}

fn named(mut schema: Value, name: &str, kind: Option<Kind>) -> Value {
    if let Some(properties) = schema.pointer_mut("/properties").and_then(Value::as_object_mut) {
        properties.insert("command".to_owned(), json!({"const": name}));
    }
    if let Some(schema) = schema.as_object_mut() {
        let title = kind.map_or_else(|| name.to_owned(), |kind| format!("{kind}: {name}"));
        schema.insert("title".to_owned(), json!(title));
        let required = schema.entry("required").or_insert_with(|| json!([]));
        if let Some(required) = required.as_array_mut() {
            required.push(json!("command"));
        }
    }
    schema
}

fn state() -> Value {
    of("State")
}

fn kind() -> Value {
    of("Kind")
}

fn what() -> Value {
    of("EventType")
}

fn of_words() -> [Named; 3] {
    [
        ("State".to_owned(), words(State::ALL.iter().map(|state| state.word()))),
        ("Kind".to_owned(), words(Kind::ALL.iter().map(|kind| kind.word()))),
        ("EventType".to_owned(), words(What::ALL.iter().map(|what| what.word()))),
    ]
}

fn of_dossiers() -> [Named; 8] {
    let ended =
        object([("at", instant()), ("by", words(EndedBy::ALL.iter().map(|by| by.word())))], []);
    let clock = object(
        [
            ("ground", words(Ground::ALL.iter().map(|ground| ground.word()))),
            ("unit", text()),
            ("answer_by", instant()),
            ("last_day", json!({"type": "string", "format": "date"})),
            ("calendar", text()),
            ("basis", words(Basis::ALL.iter().map(|basis| basis.word()))),
            ("silence", words(Silence::ALL.iter().map(|silence| silence.word()))),
            ("started", instant()),
            ("extended", json!({"type": "boolean"})),
            ("ended", maybe(ended)),
        ],
        [],
    );
    let attachment = object(
        [
            ("id", id()),
            ("name", text()),
            ("media_type", text()),
            ("bytes", json!({"type": "integer", "minimum": 0})),
            ("sha256", json!({"type": "string", "pattern": "^[0-9a-f]{64}$"})),
        ],
        [],
    );
    let audience = json!({"anyOf": [{"const": "everyone"}, list(text())]});
    let event = object(
        [
            ("id", id()),
            ("type", what()),
            ("at", instant()),
            ("by", maybe(text())),
            ("person", maybe(text())),
            ("audience", audience),
            ("body", json!({"type": ["object", "null"]})),
        ],
        [("state", state()), ("outcome", text()), ("join", list(text())), ("leave", list(text()))],
    );
    let opened = object(
        [],
        [
            ("id", id()),
            ("reference", text()),
            ("state", state()),
            ("version", version()),
            ("dry_run", json!({"const": true})),
        ],
    );
    [
        ("Dossier".to_owned(), dossier()),
        ("Clock".to_owned(), clock),
        ("Attachment".to_owned(), attachment),
        ("AttachmentList".to_owned(), object([("attachments", list(of("Attachment")))], [])),
        ("NewAttachment".to_owned(), new_attachment()),
        ("Event".to_owned(), event),
        ("Opened".to_owned(), opened),
        (
            "Done".to_owned(),
            object(
                [("id", id()), ("state", state()), ("version", version())],
                [("opened", id()), ("dry_run", json!({"const": true}))],
            ),
        ),
    ]
}

/// The fields of a form with a file, which is the last of them.
fn new_attachment() -> Value {
    let file = json!({"type": "string", "format": "binary"});
    closed(object([("file", file)], [("readers", attachments::readers())]))
}

fn dossier() -> Value {
    object(
        [
            ("id", id()),
            ("reference", text()),
            ("kind", kind()),
            ("state", state()),
            ("version", version()),
            ("home", text()),
            ("to", json!({})),
            ("form", json!({})),
            ("handling", json!({"type": ["object", "null"]})),
            ("purpose", json!({})),
            ("legal_basis", json!({})),
            ("distribution", list(text())),
            ("asked", list(text())),
            ("outcome", maybe(text())),
            ("sent_at", maybe(instant())),
            ("assigned", maybe(text())),
            ("clocks", list(of("Clock"))),
            ("attachments", list(of("Attachment"))),
            ("events", list(of("Event"))),
        ],
        [("sources", json!({"type": "object", "additionalProperties": text()}))],
    )
}

fn of_lists() -> [Named; 7] {
    let wait = words(Wait::ALL.into_iter().map(written::wait));
    let row = object(
        [
            ("id", id()),
            ("reference", text()),
            ("kind", kind()),
            ("state", state()),
            ("wait", wait),
            ("answer_by", maybe(instant())),
            ("home", text()),
            ("last_activity", instant()),
            ("title", maybe(text())),
            ("facts", json!({"type": "object", "additionalProperties": text()})),
            ("assigned", maybe(text())),
        ],
        [("clocks", list(of("Clock")))],
    );
    let unit = object(
        [
            ("id", text()),
            ("kind", text()),
            ("zone", text()),
            ("opening", json!({"type": "object"})),
        ],
        [("reasons", list(object([("reason", text())], [("value", text())])))],
    );
    let page = |name, of| object([(name, list(of)), ("next", maybe(text()))], []);
    let mut events = page("events", of("Event"));
    if let Some(properties) = events.pointer_mut("/properties").and_then(Value::as_object_mut) {
        properties.insert("version".to_owned(), version());
    }
    [
        ("Row".to_owned(), row),
        ("Unit".to_owned(), unit),
        ("DossierList".to_owned(), page("dossiers", of("Row"))),
        ("DeadlineList".to_owned(), page("deadlines", of("Row"))),
        ("EventList".to_owned(), events),
        ("UnitList".to_owned(), page("units", of("Unit"))),
        ("FoundUnits".to_owned(), object([("at", instant()), ("answers", list(of("Unit")))], [])),
    ]
}

fn of_others() -> [Named; 5] {
    let message = closed(object([("message", json!({"type": "string", "minLength": 1}))], []));
    let warning = object(
        [
            ("item", json!({"type": ["integer", "null"]})),
            ("field", text()),
            ("line", json!({"type": "integer"})),
            ("detail", text()),
        ],
        [],
    );
    let sources = json!({"type": "object", "additionalProperties": text()});
    let item = object(
        [("item", json!({"type": "object"})), ("licence", maybe(text())), ("sources", sources)],
        [],
    );
    let declaration = object(
        [
            ("format", json!({"enum": ["cc515c", "wco_dms"]})),
            ("mrn", maybe(text())),
            ("lrn", maybe(text())),
            ("items", list(item)),
            ("warnings", list(warning)),
            ("warnings_left_out", json!({"type": "integer"})),
        ],
        [],
    );
    let moved = object(
        [("now", instant())],
        [("settled", json!({"type": "integer"})), ("dry_run", json!({"const": true}))],
    );
    [
        ("DeclarationMessage".to_owned(), message),
        ("Declaration".to_owned(), declaration),
        (
            "MoveClock".to_owned(),
            json!({"oneOf": [
                closed(object([("advance", json!({"type": "string", "format": "duration"}))], [])),
                closed(object([("at", instant())], [])),
            ]}),
        ),
        ("ClockMoved".to_owned(), moved),
        ("Problem".to_owned(), problem()),
    ]
}

fn problem() -> Value {
    let place = object(
        [("detail", text())],
        [("pointer", text()), ("parameter", text()), ("header", text())],
    );
    object(
        [
            ("type", text()),
            ("title", text()),
            ("status", json!({"type": "integer"})),
            ("detail", text()),
        ],
        [
            ("errors", list(place)),
            ("code", text()),
            ("article", text()),
            ("newer", list(what())),
            ("version", version()),
            ("line", json!({"type": "integer"})),
            ("column", json!({"type": "integer"})),
            ("number", json!({"type": "integer"})),
        ],
    )
}
