//! The texts of an event, each with its place: what is searched, and what an excerpt is cut from.

use std::fmt;

use domain::body::{Attachment, Body, Content};
use domain::event::Header;
use serde_json::Value;

/// Where a text stands in an event: a JSON pointer such as `/form/items/0/exporter/name`.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    within: Option<&'a Place<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Name(&'a str),
    Number(usize),
}

impl<'a> Place<'a> {
    const fn top(name: &'a str) -> Place<'a> {
        Place { within: None, step: Step::Name(name) }
    }

    const fn at(&'a self, step: Step<'a>) -> Place<'a> {
        Place { within: Some(self), step }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(within) = self.within {
            within.fmt(f)?;
        }
        match self.step {
            Step::Name(name) => write!(f, "/{}", name.replace('~', "~0").replace('/', "~1")),
            Step::Number(number) => write!(f, "/{number}"),
        }
    }
}

/// Hands over every text of an event: its dossier's reference, who wrote it, and all that was
/// written. Never the key of a file.
pub fn each_text(header: &Header, body: Option<&Body>, text: &mut impl FnMut(&Place<'_>, &str)) {
    text(&Place::top("reference"), header.reference.as_str());
    let Some(body) = body else { return };
    if let Some(person) = &body.person {
        text(&Place::top("person"), person);
    }
    match &body.content {
        Content::Nothing => {}
        Content::Request(request) => {
            if let Some(parts) = request.given.as_object() {
                for (name, value) in parts {
                    each_leaf(&Place::top(name), value, text);
                }
            }
            let place = Place::top("attachments");
            for (number, file) in request.attachments.iter().enumerate() {
                each_of_file(&place.at(Step::Number(number)), file, text);
            }
        }
        Content::Text { text: words } => text(&Place::top("text"), words),
        Content::Reason { reason } => text(&Place::top("reason"), reason),
        Content::Disclosure(disclosure) => {
            for unit in &disclosure.units {
                text(&Place::top("units"), unit.as_str());
            }
            text(&Place::top("purpose"), &disclosure.purpose);
            text(&Place::top("legal_basis"), &disclosure.legal_basis);
        }
        Content::Units { units } => {
            for unit in units {
                text(&Place::top("units"), unit.as_str());
            }
        }
        Content::Ground { ground } => text(&Place::top("ground"), ground.word()),
        Content::Assignment { person } => {
            if let Some(person) = person {
                text(&Place::top("assigned"), person);
            }
        }
        Content::Handling { handling } => {
            if let Some(restriction) = &handling.restriction {
                text(&Place::top("restriction"), restriction);
            }
        }
        Content::Attachment(file) => each_of_file(&Place::top("attachment"), file, text),
        Content::Given { given } => each_leaf(&Place::top("given"), given, text),
    }
}

fn each_of_file(place: &Place<'_>, file: &Attachment, text: &mut impl FnMut(&Place<'_>, &str)) {
    text(&place.at(Step::Name("name")), &file.name);
    text(&place.at(Step::Name("sha256")), &file.sha256);
}

// Recursion is bounded: bodies are read with a limit of depth.
fn each_leaf(place: &Place<'_>, value: &Value, text: &mut impl FnMut(&Place<'_>, &str)) {
    match value {
        Value::String(words) => text(place, words),
        Value::Array(list) => {
            for (number, value) in list.iter().enumerate() {
                each_leaf(&place.at(Step::Number(number)), value, text);
            }
        }
        Value::Object(parts) => {
            for (name, value) in parts {
                each_leaf(&place.at(Step::Name(name)), value, text);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
