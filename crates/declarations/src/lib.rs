//! Export declarations as customs systems send them, read into goods items.
//!
//! One item type ([`Item`]), one reader a format: `CC515C` of the EU's automated export system
//! and the WCO's `Declaration` that several national systems use. Which one a message is, is told
//! by its content. It reads bytes and knows nothing of dossiers, files or the network; it judges
//! form only, so an item in hand is what was declared and not what is true.
//!
//! A message that cannot be trusted as a whole is refused ([`MessageError`]); a single value that
//! cannot be used becomes a [`Warning`] and the rest is kept.
//!
//! Modules in reading order: `item` (what comes out), `message` (the way in), `cc515c` and `dms`
//! (which element is which field), `fields` and `values` (the fields and their grammars), `draft`
//! (levels and their inheritance), `xml` and `source` (elements and characters, within limits),
//! `error` and `warning` (what is refused and what is remarked).

mod cc515c;
mod dms;
mod draft;
mod error;
mod fields;
mod item;
mod limits;
mod message;
mod source;
mod values;
mod warning;
mod xml;

pub use error::{Fault, MessageError, Position};
pub use item::{Actor, Document, Item, Party, Source};
pub use limits::Limits;
pub use message::{Format, Message, read, read_from};
pub use warning::{Problem, Warning};
