//! New dossiers and drafts: the form, a message that fills it, saving, previewing, sending.
//!
//! A draft is a dossier from the first save on; until it is sent it keeps what was typed, right or
//! wrong, and errors are shown only when it is to be sent.

use super::act::why;
use super::dossier::{hidden, id_of, place_of};
use super::sent::{FromPerson, Sent};
use super::{Halt, files, lead, message, page, page_with};
use crate::session::Person;
use crate::show::compose::{Drafted, Extent, Read, takes_message};
use crate::show::dossier::notice;
use crate::show::draft::{addressees, names_nobody};
use crate::show::typed::{Typing, grow};
use crate::view::chrome::Place;
use crate::view::compose::{DraftRow, StartPage};
use crate::view::parts::{Button, Icon, Notice, Rich, Step, Tone};
use app::dossiers::{Done, NewDossier, Order, Run, Seen, Then};
use app::files::{BYTES_MAX, NewFile};
use app::list::ListQuery;
use app::roles::{self, Action};
use app::{App, Trouble, command_id};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::http::header::{HeaderName, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use catalogue::ids::{CommandId, UnitId};
use domain::body::Request;
use domain::command::{Command, Readers};
use domain::decide::{Approval, Context};
use domain::event::{Clock, Kind, State};
use domain::form::FieldError;
use domain::kinds;
use domain::refusal::Refusal;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The headers by which the script of a page learns where its draft now is, and its version.
const DRAFT: HeaderName = HeaderName::from_static("x-draft");
const SEEN: HeaderName = HeaderName::from_static("x-seen");

/// `GET /new?kind=&to=`: what can be begun, and drafts of the own authority. `to` is who is to be asked.
pub(crate) async fn start(
    person: Person,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    person
        .answer(move |app, person| {
            must_work(person)?;
            let to = query.get("to").and_then(|to| to.parse::<UnitId>().ok());
            let to = to.map(|to| format!("?to={to}")).unwrap_or_default();
            if let Some(kind) = query.get("kind").and_then(|word| word.parse::<Kind>().ok()) {
                return Ok(lead(&format!("/new/{kind}{to}")));
            }
            let words = person.visitor.words;
            let reader = person.reader();
            let step = |kind: &Kind| {
                let word = kind.word();
                let text = Rich::new().strong(words.code("kind", word)).and(" ");
                let text = text.quiet(words.code("kind-about", word));
                let button = Button::link(words.code("new", word), format!("/new/{word}{to}"));
                Step { text, button: Some(button) }
            };
            let query = ListQuery {
                states: BTreeSet::from([State::Draft]),
                limit: 40,
                ..ListQuery::default()
            };
            let drafts = app.list(&person.viewer, &query)?.rows.into_iter().map(|row| DraftRow {
                reference: row.reference.to_string(),
                subject: row.summary.title.unwrap_or_else(|| words.text("no-subject")),
                last: reader.moment(row.last_activity),
                href: format!("/dossiers/{}/edit", row.id),
            });
            let drafts = drafts.collect();
            let title = words.text("new-request");
            let chrome = person.chrome(app, &title, Place::Elsewhere);
            let kinds = Kind::ALL.iter().map(step).collect();
            Ok(page(&StartPage { chrome, title, kinds, drafts }))
        })
        .await
}

fn must_work(person: &Person) -> Result<(), Halt> {
    if roles::may(&person.viewer, Action::Work) { Ok(()) } else { Err(Trouble::Role.into()) }
}

fn kind_of(word: &str) -> Result<Kind, Halt> {
    word.parse().map_err(|_| Halt::from(Trouble::NotFound))
}

/// What is being written, and where it is kept.
pub(crate) struct Draft {
    pub(crate) kind: Kind,
    /// The dossier; none before it was saved.
    kept: Option<Seen>,
    pub(crate) given: Value,
    pub(crate) sources: BTreeMap<String, String>,
}

/// What is said beside a draft.
#[derive(Default)]
struct Beside {
    errors: Vec<FieldError>,
    notices: Vec<Notice>,
    message: Option<Read>,
    saved: Option<String>,
    whole: bool,
}

/// `GET /new/{kind}?to=`: an empty form, with what can be proposed.
pub(crate) async fn new(
    person: Person,
    Path(kind): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    person
        .answer(move |app, person| {
            must_work(person)?;
            let kind = kind_of(&kind)?;
            let (mut given, sources) = person.reader().start_draft(kind);
            if let (Some(to), Some(given)) = (query.get("to"), given.as_object_mut()) {
                given.insert("to".to_owned(), json!([to]));
            }
            let draft = Draft { kind, kept: None, given, sources };
            let beside = Beside { whole: query.contains_key("fields"), ..Beside::default() };
            shown(app, person, &draft, &beside, StatusCode::OK)
        })
        .await
}

/// `GET /dossiers/{id}/edit`: a draft of the own authority as it was left.
pub(crate) async fn edit(
    person: Person,
    Path(id): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    person
        .answer(move |app, person| {
            let seen = app.open(&person.viewer, id_of(&id)?)?;
            if !is_draft(person, &seen) {
                return Ok(lead(&format!("/dossiers/{}", seen.dossier.standing.id)));
            }
            let draft = draft_of(seen);
            let beside = Beside { whole: query.contains_key("fields"), ..Beside::default() };
            shown(app, person, &draft, &beside, StatusCode::OK)
        })
        .await
}

fn is_draft(person: &Person, seen: &Seen) -> bool {
    let standing = &seen.dossier.standing;
    let waits = matches!(standing.state, State::Draft | State::ForApproval);
    waits && standing.is_unsent() && Some(&standing.home) == person.authority()
}

fn draft_of(seen: Seen) -> Draft {
    let request = seen.dossier.request.clone().unwrap_or_default();
    Draft {
        kind: seen.dossier.standing.kind,
        given: request.given,
        sources: request.sources,
        kept: Some(seen),
    }
}

/// The page of a draft.
fn shown(
    app: &App,
    person: &Person,
    draft: &Draft,
    beside: &Beside,
    status: StatusCode,
) -> Result<Response, Halt> {
    let reader = person.reader();
    let Draft { kind, kept, given, sources } = draft;
    let (action, mut hidden) = match kept {
        Some(seen) => {
            (format!("/dossiers/{}/edit", seen.dossier.standing.id), hidden(app, &seen.version)?)
        }
        None => (
            format!("/new/{}", kind.word()),
            vec![
                ("seen".to_owned(), String::new()),
                ("form".to_owned(), hex::encode(app.nonce()?)),
            ],
        ),
    };
    if beside.whole {
        hidden.push(("fields".to_owned(), "all".to_owned()));
    }
    if let Some(read) = &beside.message
        && !read.items.is_empty()
    {
        hidden.push(("declaration".to_owned(), message::pack(read)));
    }
    let clocks = clocks(app, person, *kind, given);
    let reference = kept.as_ref().map(|seen| seen.dossier.standing.reference.to_string());
    let drafted = Drafted {
        kind: *kind,
        reference: reference.as_deref(),
        given,
        sources,
        errors: &beside.errors,
        notices: &beside.notices,
        action: &action,
        hidden: &hidden,
        clocks: &clocks,
        approval: app.approval(&person.viewer, *kind)?,
        extent: if beside.whole { Extent::Whole } else { Extent::Usual },
        message: beside.message.as_ref(),
        kept: kept.as_ref().map(|seen| &seen.dossier),
        saved: beside.saved.as_deref(),
    };
    let chrome = person.chrome(app, "", place_of(*kind));
    Ok(page_with(status, &reader.compose(chrome, &drafted)))
}

/// The clocks that would start now, as far as what is typed says; what is missing is left aside.
fn clocks(app: &App, person: &Person, kind: Kind, given: &Value) -> Vec<Clock> {
    let mut to = addressees(given);
    if to.is_empty() {
        to.extend(person.reader().proposed(given).map(|proposed| proposed.unit));
    }
    let context = Context {
        now: app.clock().now(),
        directory: &person.directory,
        calendars: &person.calendars,
        approval: Approval::NotNeeded,
    };
    let mut form = given.get("form").cloned().unwrap_or_else(|| json!({}));
    if kind == Kind::Stop
        && let Some(form) = form.as_object_mut()
    {
        form.retain(|name, _| name == "grounds" || name == "answer_by");
        form.insert("items".to_owned(), json!([{"description": "–"}]));
        form.insert("office".to_owned(), json!("NL000510"));
        form.insert("suspended_at".to_owned(), json!(context.now.to_string()));
    }
    kinds::plan(kind, &form, &to, &context).map(|plan| plan.clocks).unwrap_or_default()
}

/// What was typed, over what the draft held.
fn typed(person: &Person, kind: Kind, sent: &Sent, before: Option<&Value>) -> Value {
    let typing = Typing { words: person.visitor.words, zone: &person.zone };
    let envelope = <domain::decide::Envelope as domain::form::Form>::fields();
    let mut given = typing.group(envelope, "", &sent.pairs, before);
    let held = before.and_then(|before| before.get("form"));
    let form = typing.group(kinds::fields(kind), "/form", &sent.pairs, held);
    if let Some(given) = given.as_object_mut() {
        given.insert("form".to_owned(), form);
    }
    person.reader().resolve(&mut given);
    given
}

/// Sources of values that are still as they came.
fn still(
    sources: &BTreeMap<String, String>,
    before: &Value,
    now: &Value,
) -> BTreeMap<String, String> {
    let same = |pointer: &str| before.pointer(pointer) == now.pointer(pointer);
    sources.iter().filter(|(at, _)| same(at)).map(|(at, from)| (at.clone(), from.clone())).collect()
}

/// `POST /new/{kind}`: the first save makes a dossier of it.
pub(crate) async fn save_new(
    Path(kind): Path<String>,
    FromPerson { person, sent }: FromPerson,
) -> Response {
    person
        .answer(move |app, person| {
            must_work(person)?;
            let kind = kind_of(&kind)?;
            let draft = first_draft(person, kind, &sent);
            match keep_first(app, person, &draft, &sent) {
                Ok(seen) if is_draft(person, &seen) => go_on(app, person, draft, seen, &sent),
                // It was sent meanwhile, by another sending of the same form.
                Ok(seen) => Ok(lead(&format!("/dossiers/{}", seen.dossier.standing.id))),
                Err(Halt::Trouble(trouble)) => not_kept(app, person, &draft, trouble, &sent),
                Err(halt) => Err(halt),
            }
        })
        .await
}

fn first_draft(person: &Person, kind: Kind, sent: &Sent) -> Draft {
    let (started, sources) = person.reader().start_draft(kind);
    let given = typed(person, kind, sent, None);
    Draft { kind, kept: None, sources: still(&sources, &started, &given), given }
}

/// Makes a dossier of a draft; the same one for the same form, however often it is sent.
fn keep_first(app: &App, person: &Person, draft: &Draft, sent: &Sent) -> Result<Seen, Halt> {
    let request = Request {
        given: draft.given.clone(),
        sources: draft.sources.clone(),
        ..Request::default()
    };
    let new = NewDossier {
        kind: draft.kind,
        request,
        then: Then::Keep,
        id: id(person, "new", sent),
        // Not what was typed: the form goes on being typed in while it is saved.
        raw: format!("new {}", draft.kind).into_bytes(),
    };
    let done = app.create(&person.viewer, &new, Run::Real)?;
    Ok(app.look(&person.viewer, done.id)?)
}

fn id(person: &Person, what: &str, sent: &Sent) -> CommandId {
    command_id::of_key(&person.viewer, format!("{what} {}", sent.given("form")).as_bytes())
}

/// `POST /dossiers/{id}/edit`: saves, and does what the button says.
pub(crate) async fn save(
    Path(id): Path<String>,
    FromPerson { person, sent }: FromPerson,
) -> Response {
    person
        .answer(move |app, person| {
            let seen = app.look(&person.viewer, id_of(&id)?)?;
            if !is_draft(person, &seen) {
                // Sent meanwhile: the same sending is answered again, another is told so.
                return send(app, person, &seen, &sent);
            }
            let before = draft_of(seen.clone());
            let given = typed(person, before.kind, &sent, Some(&before.given));
            let sources = still(&before.sources, &before.given, &given);
            go_on(app, person, Draft { given, sources, ..before }, seen, &sent)
        })
        .await
}

/// Saves a draft that has a dossier, then does what the button says.
fn go_on(
    app: &App,
    person: &Person,
    mut draft: Draft,
    seen: Seen,
    sent: &Sent,
) -> Result<Response, Halt> {
    let button = sent.given("do");
    let mut beside = Beside { whole: !sent.given("fields").is_empty(), ..Beside::default() };
    let grown = grow(&mut draft.given, button);
    if takes_message(draft.kind) {
        beside.message = message::message(&mut draft, button, sent);
    }
    if button == "send" && names_nobody(&draft.given) {
        let proposed = person.reader().proposed(&draft.given);
        if let (Some(proposed), Some(given)) = (proposed, draft.given.as_object_mut()) {
            given.insert("to".to_owned(), json!([proposed.unit]));
        }
    }
    draft.kept = Some(seen);
    let seen = match keep(app, person, &draft, sent) {
        Ok(seen) => seen,
        Err(Halt::Trouble(trouble)) => return not_kept(app, person, &draft, trouble, sent),
        Err(halt) => return Err(halt),
    };
    let here = format!("/dossiers/{}", seen.dossier.standing.id);
    let (seen, not_taken) = attach(app, person, seen, sent)?;
    draft.kept = Some(seen.clone());
    if !not_taken.is_empty() {
        beside.notices = not_taken;
        return shown(app, person, &draft, &beside, StatusCode::UNPROCESSABLE_ENTITY);
    }
    match button {
        "send" => match send(app, person, &seen, sent) {
            Err(Halt::Trouble(trouble)) => not_kept(app, person, &draft, trouble, sent),
            other => other,
        },
        "preview" => Ok(lead(&format!("{here}?as=recipient"))),
        "read" | "item" => shown(app, person, &draft, &beside, StatusCode::OK),
        _ => {
            let whole = if beside.whole { "?fields=all" } else { "" };
            let at = if grown { "#main" } else { "" };
            Ok(lead(&format!("{here}/edit{whole}{at}")))
        }
    }
}

/// Adds the files that were sent along to go out with the draft; says which were not taken.
fn attach(
    app: &App,
    person: &Person,
    seen: Seen,
    sent: &Sent,
) -> Result<(Seen, Vec<Notice>), Halt> {
    let files = sent.files.iter().filter(|file| file.field == "file");
    let mut not_taken = Vec::new();
    let mut changed = false;
    for (n, file) in files.enumerate() {
        let new = NewFile {
            name: file.name.clone(),
            readers: Readers::Everyone,
            bytes_max: BYTES_MAX,
            id: id(person, &format!("file {n}"), sent),
        };
        let id = seen.dossier.standing.id;
        match app.attach(&person.viewer, id, &new, file.bytes.as_slice()) {
            Ok(_) => changed = true,
            Err(Trouble::File(refused)) => not_taken.push(files::not_taken(person, &refused)),
            Err(trouble) => return Err(trouble.into()),
        }
    }
    let seen = if changed { app.look(&person.viewer, seen.dossier.standing.id)? } else { seen };
    Ok((seen, not_taken))
}

/// Writes a draft into its dossier, where it differs from what stands there.
fn keep(app: &App, person: &Person, draft: &Draft, sent: &Sent) -> Result<Seen, Halt> {
    let Some(seen) = &draft.kept else { return Err(Trouble::NotFound.into()) };
    let request = Request {
        given: draft.given.clone(),
        sources: draft.sources.clone(),
        ..Request::default()
    };
    let held = seen.dossier.request.as_ref();
    if held.is_some_and(|held| held.given == request.given && held.sources == request.sources) {
        return Ok(seen.clone());
    }
    let from: Option<app::Version> = sent.given("seen").parse().ok();
    // Each save of a form is a command of its own: it follows from the version that it rests on.
    let key = format!("edit {} {}", from.map(|v| v.to_string()).unwrap_or_default(), draft.given);
    let order = Order {
        command: Command::Edit(request),
        seen: from.or(Some(seen.version)),
        id: id(person, &key, sent),
        request: key.into_bytes(),
    };
    let done = app.perform(&person.viewer, seen.dossier.standing.id, &order)?;
    Ok(app.look(&person.viewer, done.id)?)
}

fn send(app: &App, person: &Person, seen: &Seen, sent: &Sent) -> Result<Response, Halt> {
    let done: Done = app.perform(
        &person.viewer,
        seen.dossier.standing.id,
        &Order {
            command: Command::Send,
            seen: None,
            id: id(person, "send", sent),
            request: b"send".to_vec(),
        },
    )?;
    Ok(lead(&format!("/dossiers/{}", done.id)))
}

/// The form again, with why it was not kept or sent; nothing typed is lost.
fn not_kept(
    app: &App,
    person: &Person,
    draft: &Draft,
    trouble: Trouble,
    sent: &Sent,
) -> Result<Response, Halt> {
    let (status, errors, notice) = match trouble {
        Trouble::Refused(refusal @ Refusal::Classified) => {
            let text = person.reader().refusal(&refusal);
            let why = notice(Tone::Late, Icon::Cross, text);
            (StatusCode::CONFLICT, Vec::new(), Some(why))
        }
        trouble => why(person, trouble)?,
    };
    let beside = Beside {
        errors,
        notices: notice.into_iter().collect(),
        whole: !sent.given("fields").is_empty(),
        ..Beside::default()
    };
    // What is seen now is what the next save rests on.
    let kept = match &draft.kept {
        Some(seen) => Some(app.look(&person.viewer, seen.dossier.standing.id)?),
        None => None,
    };
    let draft = Draft {
        kind: draft.kind,
        kept,
        given: draft.given.clone(),
        sources: draft.sources.clone(),
    };
    shown(app, person, &draft, &beside, status)
}

/// `POST /new/{kind}/autosave`: what the script of a page sends while somebody types.
pub(crate) async fn autosave_new(
    Path(kind): Path<String>,
    FromPerson { person, sent }: FromPerson,
) -> Response {
    person
        .answer(move |app, person| {
            must_work(person)?;
            let draft = first_draft(person, kind_of(&kind)?, &sent);
            let seen = keep_first(app, person, &draft, &sent)?;
            saved(person, keep(app, person, &Draft { kept: Some(seen), ..draft }, &sent))
        })
        .await
}

/// `POST /dossiers/{id}/edit/autosave`.
pub(crate) async fn autosave(
    Path(id): Path<String>,
    FromPerson { person, sent }: FromPerson,
) -> Response {
    person
        .answer(move |app, person| {
            let seen = app.look(&person.viewer, id_of(&id)?)?;
            let before = draft_of(seen);
            let given = typed(person, before.kind, &sent, Some(&before.given));
            let sources = still(&before.sources, &before.given, &given);
            saved(person, keep(app, person, &Draft { given, sources, ..before }, &sent))
        })
        .await
}

/// The time of the save as text, and where the draft is with which version.
fn saved(person: &Person, kept: Result<Seen, Halt>) -> Result<Response, Halt> {
    let seen = match kept {
        Ok(seen) => seen,
        Err(Halt::Trouble(Trouble::Stale { .. } | Trouble::Refused(_) | Trouble::OtherBody)) => {
            return Ok(StatusCode::CONFLICT.into_response());
        }
        Err(halt) => return Err(halt),
    };
    let at = person.visitor.words.time_seconds(person.now, &person.zone);
    let mut response = at.into_response();
    let headers = response.headers_mut();
    let draft = format!("/dossiers/{}/edit", seen.dossier.standing.id);
    for (name, value) in [(DRAFT, draft), (SEEN, seen.version.to_string())] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    Ok(response)
}

/// A new form that was typed in when the session ran out, again.
pub(crate) fn restored_new(
    app: &App,
    person: &Person,
    kind: &str,
    sent: &Sent,
) -> Result<Response, Halt> {
    must_work(person)?;
    let draft = first_draft(person, kind_of(kind)?, sent);
    shown(app, person, &draft, &restored(person), StatusCode::OK)
}

/// A draft that was typed in when the session ran out, again.
pub(crate) fn restored_draft(
    app: &App,
    person: &Person,
    id: &str,
    sent: &Sent,
) -> Result<Response, Halt> {
    let seen = app.open(&person.viewer, id_of(id)?)?;
    if !is_draft(person, &seen) {
        return Ok(lead(&format!("/dossiers/{}", seen.dossier.standing.id)));
    }
    let before = draft_of(seen);
    let given = typed(person, before.kind, sent, Some(&before.given));
    shown(app, person, &Draft { given, ..before }, &restored(person), StatusCode::OK)
}

fn restored(person: &Person) -> Beside {
    let text = person.visitor.words.text("kept-restored");
    Beside { notices: vec![notice(Tone::Accent, Icon::Refresh, text)], ..Beside::default() }
}
