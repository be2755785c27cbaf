//! The state diagrams of the documentation, drawn from what the exploration has found.

use super::Found;
use domain::body::Event;
use domain::decide::Actor;
use domain::event::{Change, Kind, State, What};
use domain::standing::Standing;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

/// Adds the changes of state that lie between two worlds.
pub(crate) fn note_changes(
    standing: &Standing,
    news: &[Arc<Event>],
    by: Option<&Actor>,
    changes: &mut BTreeSet<(State, State, What, &'static str)>,
) {
    let who = match by {
        None => "time",
        Some(actor) if actor.is_home(standing) => "the originator",
        Some(actor) if actor.asked_unit(standing).is_ok() => "an asked unit",
        Some(_) => "another on the list",
    };
    let mut from = standing.state;
    for event in news {
        let change = &event.header.change;
        let to = change.state.unwrap_or(from);
        if to != from || matters(change) {
            changes.insert((from, to, change.what, who));
        }
        from = to;
    }
}

/// Whether an event that leaves the state as it is belongs in the diagram.
fn matters(change: &Change) -> bool {
    let says = matches!(change.what, What::Acknowledged | What::PartlyAnswered | What::Dissented);
    says || change.clocks.is_some() || change.asked.is_some()
}

/// Compares the committed page of a kind with what has been found.
pub(crate) fn compare(kind: Kind, found: &Found) {
    let page = page(kind, found);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/states");
    let path = folder.join(format!("{kind}.md"));
    if std::env::var_os("ECM_WRITE").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(&path, &page).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == page,
        "{} is not what the rules say now; write it again with \
         `ECM_WRITE=1 cargo test -p domain --test it explore` and read the difference",
        path.display()
    );
}

fn page(kind: Kind, found: &Found) -> String {
    let (title, words) = words(kind);
    let depth = found.worlds.iter().map(|(_, depth)| *depth).max().unwrap();
    let mut page = format!(
        "# {title}\n\n{words}\n\nDrawn by a test of `domain` that explores every state which the \
         commands of everybody and time lead to: {} abstract states, the farthest {depth} moves \
         from the draft. Do not edit; `ECM_WRITE=1 cargo test -p domain --test it explore` writes \
         it again.\n\n```mermaid\nstateDiagram-v2\n    [*] --> draft\n",
        found.worlds.len()
    );
    let mut arrows: BTreeMap<(State, State), BTreeSet<String>> = BTreeMap::new();
    for (from, to, what, who) in &found.changes {
        let word = what.word().replace('_', " ");
        let label = if *who == "time" { format!("{word} (time)") } else { word };
        arrows.entry((*from, *to)).or_default().insert(label);
    }
    for ((from, to), labels) in &arrows {
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        writeln!(page, "    {from} --> {to}: {}", labels.join(", ")).unwrap();
    }
    page.push_str("    closed --> [*]\n    withdrawn --> [*]\n```\n\n");
    page.push_str("| from | to | what happens | by |\n|---|---|---|---|\n");
    let mut rows: BTreeMap<(State, State, What), Vec<&str>> = BTreeMap::new();
    for (from, to, what, who) in &found.changes {
        rows.entry((*from, *to, *what)).or_default().push(who);
    }
    for ((from, to, what), who) in rows {
        let what = what.word().replace('_', " ");
        writeln!(page, "| `{from}` | `{to}` | {what} | {} |", who.join(", ")).unwrap();
    }
    page
}

const fn words(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Stop => (
            "The states of a stop",
            "Goods are held at the border while the licensing authority is asked. Silence ends a \
             ground of Article 21(3); when none stands any more, release is due. On every other \
             ground the stop becomes overdue and can still be answered.",
        ),
        Kind::Information => (
            "The states of a request for information",
            "Each addressee answers on its own; the request is answered when all have said their \
             last word. Silence makes it overdue and nothing else.",
        ),
        Kind::Classification => (
            "The states of a classification",
            "A non-binding opinion is asked for; others may dissent from one that was given. \
             Silence makes it overdue and nothing else.",
        ),
        Kind::Document => (
            "The states of a document verification",
            "The issuer says whether a document is genuine, valid and covers the shipment. Silence \
             makes it overdue and nothing else.",
        ),
        Kind::Notice => (
            "The states of a notice",
            "Each recipient informs its customs. The ten working days are a date to work by; a \
             notice never becomes overdue, and ends when it is closed or recalled.",
        ),
    }
}
