//! The characters of a message: its encoding found out, brought to UTF-8, counted and limited.
//!
//! Memory stays bounded whatever comes in: a block of the input, the same block as UTF-8, and the
//! one piece of XML (tag, text, comment) that is being read, whose length is limited.

use std::io::{self, BufRead, Chain, Cursor, Read};

use crate::error::{MessageError, Position};
use crate::limits::Limits;

/// How many bytes are looked at to find out what a file is.
const HEAD_BYTES: u64 = 1024;
/// How many bytes are turned into UTF-8 at a time.
const BLOCK_BYTES: usize = 8 << 10;

/// The encodings that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Latin1,
}

impl Encoding {
    const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Latin1 => "ISO-8859-1",
        }
    }
}

/// A message as UTF-8 without byte-order mark, read by the block.
///
/// An error of [`BufRead`] from here says nothing itself: what is wrong is in `refusal`.
#[derive(Debug)]
pub(crate) struct Utf8Source<R> {
    input: Chain<Cursor<Vec<u8>>, R>,
    encoding: Encoding,
    limits: Limits,
    /// Bytes of the input that have been taken.
    taken: u64,
    /// Bytes of a character whose rest is in the next block.
    carry: Vec<u8>,
    /// The block as UTF-8, and how much of it has been handed on.
    block: Vec<u8>,
    handed: usize,
    /// Why nothing comes after `block`.
    end: Option<End>,
    /// The piece of XML that is being read, where it begins, and its offset in the whole.
    piece: Vec<u8>,
    piece_at: Position,
    piece_offset: u64,
    /// Why reading failed.
    pub(crate) refusal: Option<MessageError>,
}

/// Why a message goes no further.
#[derive(Clone, Copy, Debug)]
enum End {
    Complete,
    TooLarge,
    WrongByte(u8),
    Control(u8),
}

impl<R: BufRead> Utf8Source<R> {
    /// Finds out the encoding of `input`.
    ///
    /// # Errors
    /// [`MessageError::Empty`], [`MessageError::NotXml`], [`MessageError::UnknownEncoding`] by
    /// the first bytes; [`MessageError::Read`].
    pub(crate) fn new(mut input: R, limits: Limits) -> Result<Self, MessageError> {
        let mut head = Vec::new();
        input
            .by_ref()
            .take(HEAD_BYTES)
            .read_to_end(&mut head)
            .map_err(|source| MessageError::Read { source })?;
        let (encoding, mark) = recognise(&head)?;
        let mut input = Cursor::new(head).chain(input);
        input.consume(mark);
        Ok(Self {
            input,
            encoding,
            limits,
            taken: 0,
            carry: Vec::new(),
            block: Vec::new(),
            handed: 0,
            end: None,
            piece: Vec::new(),
            piece_at: Position::START,
            piece_offset: 0,
            refusal: None,
        })
    }

    /// Where the piece that is being read begins.
    pub(crate) fn piece_at(&self) -> Position {
        self.piece_at
    }

    /// The place `bytes` behind the beginning of the piece.
    pub(crate) fn place_in_piece(&self, bytes: usize) -> Position {
        self.piece_at.after(self.piece.get(..bytes).unwrap_or(&self.piece))
    }

    /// The place of an offset, counted in UTF-8 from the beginning of the message.
    pub(crate) fn place_of(&self, offset: u64) -> Position {
        let bytes = offset.saturating_sub(self.piece_offset);
        self.place_in_piece(usize::try_from(bytes).unwrap_or(usize::MAX))
    }

    /// Begins a new piece where the last one ended.
    pub(crate) fn next_piece(&mut self) {
        self.piece_at = self.place_in_piece(self.piece.len());
        self.piece_offset += self.piece.len() as u64;
        self.piece.clear();
    }

    /// Turns the next bytes of the input into a block of UTF-8.
    fn refill(&mut self) -> io::Result<()> {
        self.block.clear();
        self.handed = 0;
        while self.block.is_empty() && self.end.is_none() {
            let input = self.input.fill_buf()?;
            let room = usize::try_from(self.limits.bytes_max.saturating_sub(self.taken))
                .unwrap_or(usize::MAX);
            let length = input.len().min(room).min(BLOCK_BYTES);
            if input.is_empty() {
                self.end = Some(self.carry.first().map_or(End::Complete, |&b| End::WrongByte(b)));
                break;
            }
            if length == 0 {
                self.end = Some(End::TooLarge);
                break;
            }
            self.carry.extend_from_slice(input.get(..length).unwrap_or_default());
            self.input.consume(length);
            self.taken += length as u64;
            self.decode();
            self.cut_at_control_character();
        }
        Ok(())
    }

    /// Moves what is complete from `carry` to `block`.
    fn decode(&mut self) {
        match self.encoding {
            Encoding::Utf8 => self.decode_utf8(),
            Encoding::Utf16Le => self.decode_utf16(u16::from_le_bytes),
            Encoding::Utf16Be => self.decode_utf16(u16::from_be_bytes),
            Encoding::Latin1 => {
                let text: String = self.carry.drain(..).map(char::from).collect();
                self.block.extend_from_slice(text.as_bytes());
            }
        }
    }

    fn decode_utf8(&mut self) {
        let complete = match std::str::from_utf8(&self.carry) {
            Ok(text) => text.len(),
            Err(error) => {
                if error.error_len().is_some() {
                    self.end = self.carry.get(error.valid_up_to()).map(|&b| End::WrongByte(b));
                }
                error.valid_up_to()
            }
        };
        self.block.extend(self.carry.drain(..complete));
    }

    fn decode_utf16(&mut self, unit: fn([u8; 2]) -> u16) {
        let (pairs, _) = self.carry.as_chunks::<2>();
        let mut units = pairs.iter().map(|pair| unit(*pair)).peekable();
        let mut complete = 0;
        while let Some(first) = units.next() {
            // A high surrogate at the end waits for the next block.
            if (0xD800..0xDC00).contains(&first) && units.peek().is_none() {
                break;
            }
            let second = units.peek().copied();
            let read = char::decode_utf16([first].into_iter().chain(second)).next();
            let Some(Ok(character)) = read else {
                self.end = self.carry.get(complete).map(|&b| End::WrongByte(b));
                break;
            };
            if character.len_utf16() == 2 {
                units.next();
            }
            complete += character.len_utf16() * 2;
            self.block.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
        self.carry.drain(..complete);
    }

    fn cut_at_control_character(&mut self) {
        let control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r');
        if let Some(place) = self.block.iter().position(control) {
            self.end = self.block.get(place).map(|&b| End::Control(b));
            self.block.truncate(place);
        }
    }

    /// What the end of the block means, at the place that has been reached.
    fn refuse(&self, end: End) -> Option<MessageError> {
        let at = self.place_in_piece(self.piece.len());
        match end {
            End::Complete => None,
            End::TooLarge => Some(MessageError::TooLarge { max: self.limits.bytes_max }),
            End::WrongByte(byte) => {
                Some(MessageError::WrongEncoding { at, byte, encoding: self.encoding.name() })
            }
            End::Control(code) => Some(MessageError::ControlCharacter { at, code }),
        }
    }
}

impl<R: BufRead> Read for Utf8Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(buffer)?;
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Utf8Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.piece.len() > self.limits.value_bytes_max {
            self.refusal = Some(MessageError::ValueTooLong {
                at: self.piece_at,
                max: self.limits.value_bytes_max,
            });
            return Err(io::ErrorKind::Other.into());
        }
        if self.handed >= self.block.len() {
            match self.end {
                None => self.refill()?,
                Some(_) => self.block.clear(),
            }
        }
        if self.block.is_empty()
            && let Some(refusal) = self.end.and_then(|end| self.refuse(end))
        {
            self.refusal = Some(refusal);
            return Err(io::ErrorKind::Other.into());
        }
        Ok(self.block.get(self.handed..).unwrap_or_default())
    }

    fn consume(&mut self, length: usize) {
        let end = (self.handed + length).min(self.block.len());
        self.piece.extend_from_slice(self.block.get(self.handed..end).unwrap_or_default());
        self.handed = end;
    }
}

/// Tells encoding and length of the byte-order mark from the first bytes of a file.
fn recognise(head: &[u8]) -> Result<(Encoding, usize), MessageError> {
    let unknown = |label: &str| Err(MessageError::UnknownEncoding { label: label.to_owned() });
    let not_xml = |found| Err(MessageError::NotXml { found });
    match head {
        [] => Err(MessageError::Empty),
        [0, 0, 0xFE, 0xFF, ..] | [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0, b'<', ..] => unknown("UTF-32"),
        [b'<', 0, 0, 0, ..] => unknown("UTF-32"),
        [0x4C, 0x6F, 0xA7, 0x94, ..] => unknown("EBCDIC"),
        [0xFF, 0xFE, ..] => Ok((Encoding::Utf16Le, 2)),
        [0xFE, 0xFF, ..] => Ok((Encoding::Utf16Be, 2)),
        [b'<', 0, ..] => Ok((Encoding::Utf16Le, 0)),
        [0, b'<', ..] => Ok((Encoding::Utf16Be, 0)),
        [b'P', b'K', 3, 4, ..] => not_xml("a ZIP archive"),
        [0x1F, 0x8B, ..] => not_xml("a gzip archive"),
        [b'%', b'P', b'D', b'F', ..] => not_xml("a PDF document"),
        // The mark is decisive: what the XML declaration says beside it cannot be right as well.
        [0xEF, 0xBB, 0xBF, rest @ ..] => xml_like(rest).map(|()| (Encoding::Utf8, 3)),
        _ => {
            xml_like(head)?;
            match declared_encoding(head).as_deref() {
                None | Some("UTF-8" | "US-ASCII" | "ASCII") => Ok((Encoding::Utf8, 0)),
                Some("ISO-8859-1" | "LATIN1" | "ISO_8859-1") => Ok((Encoding::Latin1, 0)),
                Some(label) => unknown(label),
            }
        }
    }
}

/// Refuses what does not begin with a tag.
fn xml_like(head: &[u8]) -> Result<(), MessageError> {
    match head.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => Err(MessageError::Empty),
        Some(b'<') => Ok(()),
        Some(b'{' | b'[') => Err(MessageError::NotXml { found: "a JSON file" }),
        Some(_) => Err(MessageError::NotXml { found: "some other kind of file" }),
    }
}

/// The encoding that the XML declaration names, in capitals.
fn declared_encoding(head: &[u8]) -> Option<String> {
    let text: String = head.iter().copied().map(char::from).collect();
    let (declaration, _) = text.strip_prefix("<?xml")?.split_once("?>")?;
    let (_, behind) = declaration.split_once("encoding")?;
    let quoted = behind.trim_start().strip_prefix('=')?.trim_start();
    let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = quoted.split(quote).nth(1)?;
    Some(label.trim().to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8], block: usize) -> Result<String, MessageError> {
        let input = io::BufReader::with_capacity(block, bytes);
        let mut source = Utf8Source::new(input, Limits::default())?;
        let mut text = String::new();
        match source.read_to_string(&mut text) {
            Ok(_) => Ok(text),
            Err(_) => Err(source.refusal.take().unwrap()),
        }
    }

    #[test]
    fn every_encoding_that_is_read_gives_the_same_text() {
        let text = "<a>Бишкек é 🛃</a>";
        let little = text.encode_utf16().flat_map(u16::to_le_bytes);
        let big = text.encode_utf16().flat_map(u16::to_be_bytes);
        let inputs: [(&str, Vec<u8>); 6] = [
            ("UTF-8", text.into()),
            ("UTF-8 with mark", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
            ("UTF-16 LE with mark", [0xFF, 0xFE].into_iter().chain(little.clone()).collect()),
            ("UTF-16 BE with mark", [0xFE, 0xFF].into_iter().chain(big.clone()).collect()),
            ("UTF-16 LE", little.collect()),
            ("UTF-16 BE", big.collect()),
        ];
        for (name, bytes) in inputs {
            for block in [1, 2, 3, 7, 8192] {
                assert_eq!(text_of(&bytes, block).unwrap(), text, "{name}, blocks of {block}");
            }
        }
        let latin = b"<?xml version='1.0' encoding='iso-8859-1'?><a>M\xFCller</a>";
        assert!(text_of(latin, 5).unwrap().ends_with("<a>Müller</a>"));
    }

    #[test]
    fn a_wrong_byte_is_refused_at_its_place() {
        let table: [(&[u8], &str); 5] = [
            (b"<a>\n  M\xFCller</a>", "2:4: byte `FC` is not UTF-8"),
            (b"<a>\n\x01</a>", "2:1: control character `01`"),
            ("<a>é".as_bytes().split_last().unwrap().1, "1:4: byte `C3` is not UTF-8"),
            (b"\xFF\xFE<\0a\0\x00\xDC", "1:3: byte `00` is not UTF-16"),
            (b"\xFF\xFE<\0a\0>", "1:3: byte `3E` is not UTF-16"),
        ];
        for (bytes, expected) in table {
            for block in [1, 8192] {
                let refusal = text_of(bytes, block).unwrap_err().to_string();
                assert!(refusal.starts_with(expected), "{refusal}");
            }
        }
    }
}
