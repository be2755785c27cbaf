//! The elements of a message, one after the other and within limits.

use std::io::BufRead;

use quick_xml::XmlVersion;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::escape::EscapeError;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use crate::error::{Fault, MessageError, Position};
use crate::limits::Limits;
use crate::source::Utf8Source;

/// What comes next in a message.
#[derive(Debug)]
pub(crate) enum Step {
    /// An element begins.
    Open(Element),
    /// The element that was opened last and is not closed yet ends.
    ///
    /// `text` is what stood directly before its end tag, with white space trimmed and gathered:
    /// the value of an element that holds no others.
    Close { text: String },
    /// The message ends, and every element is closed.
    End,
}

/// The start tag of an element.
#[derive(Debug)]
pub(crate) struct Element {
    /// The name without prefix.
    pub(crate) name: String,
    /// The namespace of the name.
    pub(crate) namespace: Option<String>,
    /// Attributes by their names without prefix, namespace declarations left out.
    pub(crate) attributes: Vec<(String, String)>,
    /// Where the tag stands.
    pub(crate) at: Position,
}

/// Walks through the elements of a message.
#[derive(Debug)]
pub(crate) struct Walker<R> {
    reader: NsReader<Utf8Source<R>>,
    buffer: Vec<u8>,
    limits: Limits,
    /// Names of the open elements, outermost first.
    open: Vec<String>,
    elements: usize,
    text: String,
    /// Where `text` begins.
    text_at: Position,
}

/// An event of the parser, taken off its buffer.
enum Taken {
    Step(Step),
    Text,
    Nothing,
}

impl<R: BufRead> Walker<R> {
    /// Begins with `source`.
    pub(crate) fn new(source: Utf8Source<R>, limits: Limits) -> Self {
        let mut reader = NsReader::from_reader(source);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        // Done in `comment`, because the place that the parser gives is off by earlier hyphens.
        config.check_comments = false;
        Self {
            reader,
            buffer: Vec::new(),
            limits,
            open: Vec::new(),
            elements: 0,
            text: String::new(),
            text_at: Position::START,
        }
    }

    /// Goes on to the next beginning or end of an element.
    ///
    /// # Errors
    /// Whatever makes the message unreadable, with its place.
    pub(crate) fn step(&mut self) -> Result<Step, MessageError> {
        loop {
            match self.event()? {
                Taken::Step(step) => return Ok(step),
                Taken::Text => self.check_text()?,
                Taken::Nothing => {}
            }
        }
    }

    fn event(&mut self) -> Result<Taken, MessageError> {
        self.reader.get_mut().next_piece();
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        let event = self.reader.read_event_into(&mut buffer);
        let taken = match event {
            Err(error) => Err(self.refusal(&error)),
            Ok(event) => self.take(&event),
        };
        self.buffer = buffer;
        taken
    }

    fn take(&mut self, event: &Event<'_>) -> Result<Taken, MessageError> {
        match event {
            Event::Start(tag) => self.start(tag).map(|e| Taken::Step(Step::Open(e))),
            Event::End(_) => {
                self.open.pop();
                let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
                self.text.clear();
                Ok(Taken::Step(Step::Close { text }))
            }
            Event::Text(text) => Ok(self.push_text(&text.xml10_content())),
            Event::CData(text) => Ok(self.push_text(&text.xml10_content())),
            Event::GeneralRef(reference) => {
                let character = self.resolve(reference)?;
                Ok(self.push_text(&character))
            }
            Event::Comment(comment) => self.comment(comment.as_ref()).map(|()| Taken::Nothing),
            Event::Decl(_) if self.at() == Position::START => Ok(Taken::Nothing),
            Event::Decl(_) => Err(self.ill_formed(Fault::Declaration)),
            Event::PI(_) => Ok(Taken::Nothing),
            Event::DocType(_) => Err(MessageError::Doctype { at: self.at() }),
            Event::Eof => match self.open.last() {
                Some(open) => Err(MessageError::Truncated { at: self.at(), open: open.clone() }),
                None if self.elements == 0 => Err(MessageError::Empty),
                None => Ok(Taken::Step(Step::End)),
            },
            // The reader expands `<a/>` to `<a></a>`.
            Event::Empty(_) => Err(self.ill_formed(Fault::Markup)),
        }
    }

    fn push_text(&mut self, text: &str) -> Taken {
        if self.text.is_empty() {
            self.text_at = self.at();
        }
        self.text.push_str(text);
        Taken::Text
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<Element, MessageError> {
        let at = self.at();
        self.text.clear();
        let name = tag.local_name().as_ref().to_owned();
        if self.open.is_empty() && self.elements > 0 {
            return Err(self.ill_formed(Fault::SecondRoot { name }));
        }
        self.elements += 1;
        if self.elements > self.limits.elements_max {
            return Err(MessageError::TooManyElements { at, max: self.limits.elements_max });
        }
        if self.open.len() >= self.limits.depth_max {
            return Err(MessageError::TooDeep { at, max: self.limits.depth_max });
        }
        let namespace = match self.reader.resolver().resolve_element(tag.name()).0 {
            ResolveResult::Bound(Namespace(namespace)) => Some(namespace.to_owned()),
            ResolveResult::Unbound => None,
            ResolveResult::Unknown(_) => return Err(self.ill_formed(Fault::Namespace)),
        };
        let attributes = self.attributes(tag)?;
        self.open.push(name.clone());
        Ok(Element { name, namespace, attributes, at })
    }

    fn attributes(&mut self, tag: &BytesStart<'_>) -> Result<Vec<(String, String)>, MessageError> {
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|_| self.ill_formed(Fault::Attribute))?;
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| self.refusal(&error))?;
            if attribute.key.as_namespace_binding().is_none() {
                let name = attribute.key.local_name().as_ref().to_owned();
                attributes.push((name, value.into_owned()));
            }
        }
        Ok(attributes)
    }

    /// The character that a reference stands for.
    fn resolve(&self, reference: &BytesRef<'_>) -> Result<String, MessageError> {
        let name: &str = reference.as_ref();
        if let Some(text) = quick_xml::escape::resolve_xml_entity(name) {
            return Ok(text.to_owned());
        }
        if !name.starts_with('#') {
            return Err(MessageError::Entity { at: self.at(), name: name.to_owned() });
        }
        match reference.resolve_char_ref() {
            Ok(Some(c)) if !c.is_control() || matches!(c, '\t' | '\n' | '\r') => Ok(c.into()),
            Ok(_) | Err(_) => {
                Err(self.ill_formed(Fault::CharacterReference { given: name.to_owned() }))
            }
        }
    }

    fn comment(&self, comment: &str) -> Result<(), MessageError> {
        let double = comment.find("--").or(comment.ends_with('-').then(|| comment.len() - 1));
        double.map_or(Ok(()), |place| {
            let at = self.reader.get_ref().place_in_piece("<!--".len() + place);
            Err(MessageError::IllFormed { at, fault: Fault::HyphensInComment })
        })
    }

    /// Text must stand within the root and keep to the limit, in however many pieces it comes.
    fn check_text(&mut self) -> Result<(), MessageError> {
        if self.open.is_empty() && !self.text.trim().is_empty() {
            return Err(self.ill_formed(Fault::TextOutsideRoot));
        }
        if self.text.len() > self.limits.value_bytes_max {
            let max = self.limits.value_bytes_max;
            return Err(MessageError::ValueTooLong { at: self.text_at, max });
        }
        Ok(())
    }

    fn at(&self) -> Position {
        self.reader.get_ref().piece_at()
    }

    fn ill_formed(&self, fault: Fault) -> MessageError {
        MessageError::IllFormed { at: self.at(), fault }
    }

    /// Says in our words what the parser or the source found.
    fn refusal(&mut self, error: &Error) -> MessageError {
        let at = self.reader.get_ref().place_of(self.reader.error_position());
        let ill_formed = |fault| MessageError::IllFormed { at, fault };
        match error {
            Error::Io(error) => self.reader.get_mut().refusal.take().unwrap_or_else(|| {
                MessageError::Read { source: std::io::Error::new(error.kind(), error.to_string()) }
            }),
            Error::Syntax(SyntaxError::InvalidBangMarkup) | Error::Encoding(_) => {
                ill_formed(Fault::Markup)
            }
            Error::Syntax(_) => match self.open.last() {
                // A tag that the end of the message cuts off.
                Some(open) => MessageError::Truncated { at, open: open.clone() },
                None => ill_formed(Fault::Markup),
            },
            Error::IllFormed(fault) => ill_formed_as(fault, at),
            Error::InvalidAttr(_) => ill_formed(Fault::Attribute),
            Error::Namespace(_) => ill_formed(Fault::Namespace),
            Error::Escape(EscapeError::UnrecognizedEntity(_, name)) => {
                MessageError::Entity { at: self.at(), name: name.clone() }
            }
            Error::Escape(_) => MessageError::IllFormed { at: self.at(), fault: Fault::Ampersand },
        }
    }
}

/// Says in our words in what way a message is not well-formed.
fn ill_formed_as(fault: &IllFormedError, at: Position) -> MessageError {
    let fault = match fault {
        IllFormedError::MismatchedEndTag { expected, found } => {
            Fault::EndTag { found: found.clone(), expected: expected.clone() }
        }
        IllFormedError::UnmatchedEndTag(found) => Fault::NothingOpen { found: found.clone() },
        IllFormedError::DoubleHyphenInComment => Fault::HyphensInComment,
        IllFormedError::UnclosedReference => Fault::Ampersand,
        IllFormedError::MissingEndTag(open) => {
            return MessageError::Truncated { at, open: open.clone() };
        }
        IllFormedError::MissingDeclVersion(_)
        | IllFormedError::UnknownVersion
        | IllFormedError::MissingDoctypeName => Fault::Declaration,
    };
    MessageError::IllFormed { at, fault }
}
