//! `POST /dossiers/{id}/{command}`: one handler for every command, because each is a form.
//!
//! The dossier must exist for the person before anything of the form is looked at. Whatever is wrong,
//! the form comes back with what was typed; what was done leads to the dossier, and sending the same
//! form again does nothing again.

use super::dossier::{id_of, made};
use super::sent::{FromPerson, Sent, decode};
use super::{Halt, compose, lead, settings};
use crate::session::{Person, local};
use crate::show::actions::fields;
use crate::show::dossier::{Again, Asked, notice};
use crate::show::typed::{Typing, first};
use crate::view::parts::{Icon, Notice, Tone};
use app::dossiers::{Order, Seen, command};
use app::{App, Trouble, command_id};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::event::{Kind, What};
use domain::form::FieldError;
use domain::refusal::Refusal;
use serde_json::{Map, Value, json};

/// Does what a form on a dossier says.
pub(crate) async fn act(
    Path((id, name)): Path<(String, String)>,
    FromPerson { person, sent }: FromPerson,
) -> Response {
    person
        .answer(move |app, person| {
            let seen = app.look(&person.viewer, id_of(&id)?)?;
            perform(app, person, &seen, &name, &sent)
        })
        .await
}

fn perform(
    app: &App,
    person: &Person,
    seen: &Seen,
    name: &str,
    sent: &Sent,
) -> Result<Response, Halt> {
    let standing = &seen.dossier.standing;
    let kind = standing.kind;
    let given = given(person, kind, name, sent).ok_or(Trouble::NotFound)?;
    let done = command(kind, name, &given).and_then(|command| {
        let order = Order {
            command,
            seen: sent.given("seen").parse().ok(),
            id: command_id::of_key(
                &person.viewer,
                format!("{name} {}", sent.given("form")).as_bytes(),
            ),
            request: sent.bytes(),
        };
        app.perform(&person.viewer, standing.id, &order)
    });
    match done {
        Ok(done) => {
            let here = format!("/dossiers/{}", done.id);
            Ok(lead(&match name {
                "message" => format!("{here}?tab=conversation"),
                _ => here,
            }))
        }
        Err(trouble) => again(app, person, name, given, trouble, standing.id),
    }
}

/// The form again, with why it was not done.
fn again(
    app: &App,
    person: &Person,
    name: &str,
    given: Value,
    trouble: Trouble,
    id: catalogue::ids::DossierId,
) -> Result<Response, Halt> {
    let (status, errors, notice) = why(person, trouble)?;
    let again = Again { name: name.to_owned(), given, errors, notice };
    // Anew: what he sees now is what the form is decided on when he sends it again.
    let seen = app.open(&person.viewer, id)?;
    made(app, person, &seen, &Asked::default(), Some((status, &again)))
}

/// Why a command was not done, as it is shown beside its form.
pub(crate) fn why(
    person: &Person,
    trouble: Trouble,
) -> Result<(StatusCode, Vec<FieldError>, Option<Notice>), Halt> {
    let reader = person.reader();
    let words = person.visitor.words;
    Ok(match trouble {
        Trouble::Malformed(errors) | Trouble::Refused(Refusal::Incomplete { errors }) => {
            (StatusCode::UNPROCESSABLE_ENTITY, errors, None)
        }
        Trouble::Refused(refusal) => {
            let why = notice(Tone::Late, Icon::Cross, reader.refusal(&refusal));
            (StatusCode::CONFLICT, Vec::new(), Some(why))
        }
        Trouble::Role => {
            let why = notice(Tone::Late, Icon::Cross, words.text("refusal-role"));
            (StatusCode::FORBIDDEN, Vec::new(), Some(why))
        }
        Trouble::Stale { newer, .. } => {
            let newer: Vec<String> = newer.iter().map(|what| news(person, *what)).collect();
            let text = words.with("stale", &[("newer", words.list(&newer).into())]);
            let why = notice(Tone::Warn, Icon::Refresh, text);
            (StatusCode::CONFLICT, Vec::new(), Some(why))
        }
        Trouble::OtherBody => {
            let why = notice(Tone::Warn, Icon::Refresh, words.text("sent-before"));
            (StatusCode::CONFLICT, Vec::new(), Some(why))
        }
        other => return Err(other.into()),
    })
}

fn news(person: &Person, what: What) -> String {
    person.visitor.words.code("news", what.word())
}

/// What was given with a command; none where there is no such command.
fn given(person: &Person, kind: Kind, name: &str, sent: &Sent) -> Option<Value> {
    let fields = fields(kind, name)?;
    let typing = Typing { words: person.visitor.words, zone: &person.zone };
    Some(match (kind, name) {
        // The box for notes has a name of its own.
        (_, "note") => json!({"text": sent.given("/note")}),
        (Kind::Information, "answer") => answers(&typing, sent),
        _ => typing.group(fields, "", &sent.pairs, None),
    })
}

/// The questions that are answered now; the others stay open.
fn answers(typing: &Typing<'_>, sent: &Sent) -> Value {
    let mut answers = Vec::new();
    for n in 0..domain::form::ENTRIES_MAX {
        let at = |field: &str| first(&sent.pairs, &format!("/answers/{n}/{field}"));
        let Some(value) = at("value") else { break };
        let instead = at("instead").unwrap_or_default();
        let value = if instead.is_empty() { value } else { instead };
        let mut answer = Map::new();
        if !value.trim().is_empty() {
            let value = typing
                .words
                .parse_day(value)
                .map_or_else(|| value.replace("\r\n", "\n"), |day| day.to_string());
            answer.insert("question".to_owned(), json!((n + 1).to_string()));
            answer.insert("value".to_owned(), json!(value));
            let ground = at("ground").filter(|ground| !ground.is_empty());
            if let Some(ground) = ground {
                answer.insert("ground".to_owned(), json!(ground));
            }
        }
        answers.push(Value::Object(answer));
    }
    json!({"answers": answers, "remark": sent.given("/remark")})
}

/// `GET /kept`: what somebody typed when her session ran out, in its form again; else the first page.
pub(crate) async fn kept(person: Person) -> Response {
    person
        .answer(|app, person| {
            let machine = app.clock().machine();
            let Some((_, input)) = app.accounts().take_input(person.account(), machine)? else {
                return Ok(lead("/"));
            };
            let sent = Sent::of(decode(&input.bytes));
            restored(app, person, &input.path, &sent)
        })
        .await
}

fn restored(app: &App, person: &Person, path: &str, sent: &Sent) -> Result<Response, Halt> {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["", "settings", ..] => settings::restored(app, person, path, sent),
        ["", "new", kind] | ["", "new", kind, _] => compose::restored_new(app, person, kind, sent),
        ["", "dossiers", id, "edit"] | ["", "dossiers", id, "edit", _] => {
            compose::restored_draft(app, person, id, sent)
        }
        ["", "dossiers", id, name] => {
            let seen = app.open(&person.viewer, id_of(id)?)?;
            let kind = seen.dossier.standing.kind;
            let Some(given) = given(person, kind, name, sent) else {
                return Ok(lead(&format!("/dossiers/{id}")));
            };
            let text = person.visitor.words.text("kept-restored");
            let again = Again {
                name: (*name).to_owned(),
                given,
                errors: Vec::new(),
                notice: Some(notice(Tone::Accent, Icon::Refresh, text)),
            };
            made(app, person, &seen, &Asked::default(), Some((StatusCode::OK, &again)))
        }
        _ => Ok(lead(local(path))),
    }
}
