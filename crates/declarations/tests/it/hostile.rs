//! Arbitrary, mutated and endless input: always an answer, never a panic, never much memory.

use std::io::{BufReader, Read};

use declarations::{Limits, MessageError, read, read_from};
use proptest::prelude::*;

use crate::fixtures::{CC515C, DMS};

/// Repeats `piece` behind `start` for ever and counts what is taken.
struct Endless<'t> {
    start: &'t [u8],
    piece: &'t [u8],
    place: usize,
    taken: u64,
}

impl Read for Endless<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        for slot in buffer.iter_mut() {
            *slot = *self
                .start
                .get(self.place)
                .unwrap_or_else(|| &self.piece[(self.place - self.start.len()) % self.piece.len()]);
            self.place += 1;
        }
        self.taken += buffer.len() as u64;
        Ok(buffer.len())
    }
}

#[test]
fn an_endless_line_is_given_up_early() {
    let open = b"<n:CC515C xmlns:n='http://ies.dgtaxud.ec'>".as_slice();
    let limits = Limits { bytes_max: 1 << 20, ..Limits::default() };
    let value = 100 << 10;
    let whole = (1 << 20) + (64 << 10);
    let table: [(&str, &[u8], &[u8], u64); 8] = [
        ("text", open, b"x", value),
        ("spaces", open, b" ", value),
        ("tag", open, b"<a", value),
        ("attributes", b"<a ", b"b='c' ", value),
        ("comment", b"<!--", b"x", value),
        ("section", &[open, b"<a><![CDATA["].concat(), b"x", value),
        ("references", &[open, b"<a>"].concat(), b"&#65;", whole),
        ("elements", open, b"<a/>", whole),
    ];
    for (name, start, piece, taken_max) in table {
        let mut input = Endless { start, piece, place: 0, taken: 0 };
        let refusal = read_from(BufReader::new(&mut input), limits).unwrap_err();
        assert!(
            matches!(refusal, MessageError::ValueTooLong { .. } | MessageError::TooLarge { .. }),
            "{name}: {refusal}"
        );
        assert!(input.taken <= taken_max, "{name}: {} bytes taken", input.taken);
    }
}

/// A fixture with some bytes overwritten, cut out or repeated.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4_u8, any::<u8>());
    (prop::bool::ANY, prop::collection::vec(change, 1..6)).prop_map(|(dms, changes)| {
        let mut bytes = if dms { DMS } else { CC515C }.as_bytes().to_vec();
        for (from, to, what, byte) in changes {
            let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
            let range = from.min(to)..from.max(to).min(from.min(to) + 200);
            match what {
                0 => bytes[from] = byte,
                1 => bytes[from] = b"<>&;/'\"!-?["[usize::from(byte) % 11],
                2 => drop(bytes.drain(range)),
                _ => {
                    let piece = bytes[range].to_vec();
                    bytes.splice(to..to, piece);
                }
            }
            if bytes.is_empty() {
                bytes.push(b'<');
            }
        }
        bytes
    })
}

/// Markup put together at random, which gets further than arbitrary bytes.
fn markup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<a>",
        "</a>",
        "<a/>",
        "<a b='c'>",
        "<",
        ">",
        "&",
        ";",
        "&#65;",
        "&amp;",
        "&x;",
        "<!--",
        "-->",
        "--",
        "-",
        "<![CDATA[",
        "]]>",
        "<?pi ?>",
        "<?xml version='1.0'?>",
        "<!DOCTYPE a>",
        "'",
        "\"",
        "xmlns:p='u'",
        "<p:a>",
        "é",
        "\n",
        " ",
        "<n:CC515C xmlns:n='http://ies.dgtaxud.ec'>",
        "<GoodsShipment>",
        "<GoodsItem>",
        "</GoodsItem>",
        "</GoodsShipment>",
        "</n:CC515C>",
        "\u{FEFF}",
        "<Consignee>",
        "<name>",
        "<Packaging>",
        "<type>",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(read(&bytes, Limits::default()).is_err());
    }

    #[test]
    fn random_markup_never_panics(text in markup()) {
        let answer = read(text.as_bytes(), Limits::default());
        if let Err(refusal) = answer {
            prop_assert!(!refusal.to_string().is_empty());
        }
    }

    #[test]
    fn a_mutated_message_never_panics_and_blocks_make_no_difference(
        bytes in mutated(),
        block in 1..100_usize,
    ) {
        let whole = read(&bytes, Limits::default());
        let blocks = read_from(BufReader::with_capacity(block, bytes.as_slice()), Limits::default());
        match (whole, blocks) {
            (Ok(whole), Ok(blocks)) => prop_assert_eq!(whole, blocks),
            (Err(whole), Err(blocks)) => prop_assert_eq!(whole.to_string(), blocks.to_string()),
            (whole, blocks) => prop_assert!(false, "{:?} but {:?}", whole, blocks),
        }
    }
}
