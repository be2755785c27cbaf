//! The way in: a message is recognised by its content, read, and handed on as goods items.

use std::io::BufRead;

use crate::cc515c::Cc515c;
use crate::dms::Dms;
use crate::draft::{Draft, Finished, Group};
use crate::error::{Fault, MessageError};
use crate::item::{Item, Source};
use crate::limits::Limits;
use crate::source::Utf8Source;
use crate::values::Value;
use crate::warning::Warning;
use crate::xml::{Element, Step, Walker};

/// Which message it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `CC515C` of the EU's automated export system.
    Cc515c,
    /// The WCO's `Declaration`, with or without the `MetaData` around it.
    WcoDms,
}

/// An export declaration.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Which message it was.
    pub format: Format,
    /// The movement reference number, absent before customs has given one.
    pub mrn: Option<String>,
    /// The declarant's own reference number.
    pub lrn: Option<String>,
    /// The goods items in the order of the message; at least one.
    pub items: Vec<Item>,
    /// What is remarked about single values, in the order of the message.
    pub warnings: Vec<Warning>,
    /// How many more warnings there would be.
    pub warnings_left_out: usize,
}

/// Reads a message from its bytes.
///
/// # Errors
/// See [`read_from`].
pub fn read(bytes: &[u8], limits: Limits) -> Result<Message, MessageError> {
    read_from(bytes, limits)
}

/// Reads a message as it comes in, without holding it as a whole.
///
/// No entity is expanded but the five of XML, nothing is fetched, and memory stays bounded
/// whatever comes in. Elements that are not known are passed over.
///
/// # Errors
/// A [`MessageError`] where the message is no export declaration that is read, is not well-formed
/// or passes a limit; wrong single values are [`Message::warnings`] instead.
pub fn read_from(input: impl BufRead, limits: Limits) -> Result<Message, MessageError> {
    let mut walker = Walker::new(Utf8Source::new(input, limits)?, limits);
    let Step::Open(root) = walker.step()? else { return Err(MessageError::Empty) };
    let format = recognise(&root)?;
    let draft = Draft::new(limits);
    let finished = match format {
        Format::Cc515c => read_declaration(&mut walker, Cc515c, draft)?,
        Format::WcoDms => {
            if root.name == META_DATA {
                find_declaration(&mut walker, &root)?;
            }
            let finished = read_declaration(&mut walker, Dms::default(), draft)?;
            if root.name == META_DATA {
                read_to_end(&mut walker)?;
            }
            finished
        }
    };
    // Behind the root comes nothing that counts, but it must be well-formed.
    read_to_end(&mut walker)?;
    let Finished { mrn, lrn, items, warnings, warnings_left_out } = finished;
    Ok(Message { format, mrn, lrn, items, warnings, warnings_left_out })
}

const META_DATA: &str = "MetaData";
const DECLARATION: &str = "Declaration";
const META_DATA_NAMESPACE: &str = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2";
const DECLARATION_NAMESPACE: &str = "urn:wco:datamodel:WCO:DEC-DMS:2";
/// The namespaces of the EU's messages end so, before or after a path.
const TAXUD: &str = "dgtaxud.ec";

/// Tells by its root which message this is.
fn recognise(root: &Element) -> Result<Format, MessageError> {
    let namespace = root.namespace.as_deref().unwrap_or_default();
    let wrong_namespace = |expected| {
        Err(MessageError::OtherNamespace {
            at: root.at,
            name: excerpt_of(&root.name),
            namespace: root.namespace.as_deref().map(excerpt_of),
            expected,
        })
    };
    match root.name.as_str() {
        "CC515C" if is_taxud(namespace) => Ok(Format::Cc515c),
        "CC515C" => wrong_namespace("`http://ies.dgtaxud.ec`"),
        META_DATA if namespace == META_DATA_NAMESPACE => Ok(Format::WcoDms),
        META_DATA => wrong_namespace("`urn:wco:datamodel:WCO:DocumentMetaData-DMS:2`"),
        DECLARATION if namespace == DECLARATION_NAMESPACE => Ok(Format::WcoDms),
        DECLARATION => wrong_namespace("`urn:wco:datamodel:WCO:DEC-DMS:2`"),
        name => Err(other(root, name)),
    }
}

fn is_taxud(namespace: &str) -> bool {
    let host = namespace.strip_prefix("http://").unwrap_or(namespace);
    let host = host.split('/').next().unwrap_or_default();
    host == TAXUD || host.strip_suffix(TAXUD).is_some_and(|front| front.ends_with('.'))
}

fn excerpt_of(text: &str) -> String {
    crate::values::excerpt(text)
}

/// Says what a message is that is no export declaration.
fn other(element: &Element, name: &str) -> MessageError {
    let meaning = match name {
        "CC013C" => Some("transit declaration amendment"),
        "CC014C" => Some("transit declaration invalidation request"),
        "CC015C" => Some("transit declaration"),
        "CC007C" => Some("transit arrival notification"),
        "CC507C" => Some("arrival at exit notification"),
        "CC511C" => Some("export presentation notification"),
        "CC513C" => Some("export declaration amendment"),
        "CC514C" => Some("export declaration invalidation request"),
        "CC528C" => Some("acknowledgement of an export declaration"),
        "CC529C" => Some("release for export"),
        "CC570C" => Some("re-export notification"),
        "CC599C" => Some("export notification"),
        "CC615C" => Some("exit summary declaration"),
        _ => None,
    };
    MessageError::OtherMessage { at: element.at, name: excerpt_of(name), meaning }
}

/// Goes on to the `Declaration` within the WCO's `MetaData`.
fn find_declaration<R: BufRead>(
    walker: &mut Walker<R>,
    root: &Element,
) -> Result<(), MessageError> {
    let mut last_open: Option<Element> = None;
    loop {
        match walker.step()? {
            Step::Open(element) if element.name == DECLARATION => {
                if element.namespace.as_deref() == Some(DECLARATION_NAMESPACE) {
                    return Ok(());
                }
                return Err(MessageError::OtherNamespace {
                    at: element.at,
                    name: element.name,
                    namespace: element.namespace.as_deref().map(excerpt_of),
                    expected: "`urn:wco:datamodel:WCO:DEC-DMS:2`",
                });
            }
            Step::Open(element) => {
                // Metadata hold plain values; an element with others in it is another message.
                if let Some(outer) = last_open.filter(|outer| !is_metadata(&outer.name)) {
                    return Err(other(&outer, &outer.name));
                }
                last_open = Some(element);
            }
            Step::Close { text } => {
                let closed = last_open.take();
                let type_name = closed.filter(|element| element.name == "WCOTypeName");
                if let Some(element) = type_name.filter(|_| text != "DEC") {
                    return Err(other(&element, &format!("WCO {text}")));
                }
            }
            Step::End => return Err(other(root, "WCO metadata without a declaration")),
        }
    }
}

fn is_metadata(name: &str) -> bool {
    name == "CommunicationMetaData"
}

fn read_to_end<R: BufRead>(walker: &mut Walker<R>) -> Result<(), MessageError> {
    loop {
        match walker.step()? {
            Step::Open(element) if element.name == DECLARATION => {
                let fault = Fault::SecondRoot { name: element.name };
                return Err(MessageError::IllFormed { at: element.at, fault });
            }
            Step::Open(_) | Step::Close { .. } => {}
            Step::End => return Ok(()),
        }
    }
}

/// What a format calls its elements; paths are those below the declaration's own element, for
/// the functions below the element of the level.
pub(crate) trait Form {
    /// The path of a goods item.
    const ITEM: &'static [&'static str];
    /// The paths of goods shipment and consignment, longest first.
    const SHIPMENT: &'static [&'static [&'static str]];

    /// Says whether the values below an element belong together.
    fn is_group(path: &[&str]) -> bool;

    /// Takes the value of an element outside groups.
    fn value(
        &mut self,
        draft: &mut Draft,
        level: Source,
        path: &[&str],
        value: &Value,
    ) -> Result<(), MessageError>;

    /// Takes a group.
    fn group(&mut self, draft: &mut Draft, level: Source, path: &[&str], group: &Group);

    /// Takes notice that an element of an item has ended.
    fn close_item_part(&mut self, draft: &mut Draft, path: &[&str]);
}

/// The level of a path, and the rest of the path below it.
fn level<'p, F: Form>(path: &'p [&'p str]) -> (Source, &'p [&'p str]) {
    if let Some(rest) = path.strip_prefix(F::ITEM) {
        return (Source::Item, rest);
    }
    let shipment = F::SHIPMENT.iter().find_map(|prefix| path.strip_prefix(*prefix));
    shipment.map_or((Source::Header, path), |rest| (Source::Consignment, rest))
}

/// A group that is open, and the number of path elements down to it.
type OpenGroup = Option<(usize, Group)>;

/// Values of a group that are kept; a party has six.
const GROUP_VALUES_MAX: usize = 32;

/// Reads a declaration whose own element has just been opened, to that element's end.
fn read_declaration<R: BufRead, F: Form>(
    walker: &mut Walker<R>,
    mut form: F,
    mut draft: Draft,
) -> Result<Finished, MessageError> {
    let mut names: Vec<String> = Vec::new();
    let mut open_group: OpenGroup = None;
    // The element opened last, while nothing has been opened or closed since: then it is a leaf.
    let mut leaf: Option<Element> = None;
    loop {
        match walker.step()? {
            Step::Open(element) => {
                names.push(element.name.clone());
                let path: Vec<&str> = names.iter().map(String::as_str).collect();
                if path == F::ITEM {
                    draft.begin_item(element.at)?;
                }
                if open_group.is_none() && F::is_group(level::<F>(&path).1) {
                    open_group = Some((path.len(), Group { at: element.at, values: Vec::new() }));
                }
                leaf = Some(element);
            }
            Step::Close { text } => {
                let value = leaf.take().map(|Element { attributes, at, .. }| Value {
                    text,
                    attributes,
                    at,
                });
                let path: Vec<&str> = names.iter().map(String::as_str).collect();
                if path.is_empty() {
                    return draft.finish(F::ITEM.last().copied().unwrap_or_default());
                }
                close(&mut form, &mut draft, &path, value, &mut open_group)?;
                names.pop();
            }
            Step::End => return draft.finish(F::ITEM.last().copied().unwrap_or_default()),
        }
    }
}

/// Takes what an element that ends has brought; `value` where it holds no other elements.
fn close<F: Form>(
    form: &mut F,
    draft: &mut Draft,
    path: &[&str],
    value: Option<Value>,
    open_group: &mut OpenGroup,
) -> Result<(), MessageError> {
    let (source, rest) = level::<F>(path);
    match open_group.take() {
        Some((depth, group)) if depth == path.len() => form.group(draft, source, rest, &group),
        Some((depth, mut group)) => {
            if let Some(value) = value.filter(|_| group.values.len() < GROUP_VALUES_MAX) {
                let tail = path.get(depth..).unwrap_or_default().join("/");
                group.values.push((tail, value));
            }
            *open_group = Some((depth, group));
        }
        None => {
            if let Some(value) = value {
                form.value(draft, source, rest, &value)?;
            }
            if source == Source::Item {
                form.close_item_part(draft, rest);
            }
        }
    }
    Ok(())
}
