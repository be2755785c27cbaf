//! The bridge by which a body that comes in piece by piece becomes something to read on a thread
//! that may wait. A few pieces are on their way at a time, so that a file is never wholly in memory.

use app::files::BYTES_MAX;
use axum::body::Bytes;
use futures_util::{Stream, StreamExt as _};
use std::io::{ErrorKind, Read};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// So many pieces are on their way at a time.
const PIECES: usize = 4;

/// What goes over the bridge.
enum Piece {
    /// The next bytes.
    Bytes(Bytes),
    /// All has come. Without it the file broke off: a client that goes away ends nothing.
    End,
}

/// The side on which the body comes in. Dropped before [`Feeder::end`], the file broke off.
pub(crate) struct Feeder {
    sender: Sender<Piece>,
}

/// The side on which it is read.
pub(crate) struct Incoming {
    pieces: Receiver<Piece>,
    left: Bytes,
    ended: bool,
}

/// A bridge.
pub(crate) fn bridge() -> (Feeder, Incoming) {
    let (sender, pieces) = channel(PIECES);
    (Feeder { sender }, Incoming { pieces, left: Bytes::new(), ended: false })
}

impl Feeder {
    /// Hands on what comes. Where nobody takes it any more the rest is let go, so that the client
    /// hears the answer.
    ///
    /// # Errors
    /// It broke off.
    pub(crate) async fn pour<E>(
        &self,
        mut body: impl Stream<Item = Result<Bytes, E>> + Unpin,
    ) -> Result<(), E> {
        let (mut is_wanted, mut bytes) = (true, 0_u64);
        while let Some(piece) = body.next().await {
            let piece = piece?;
            bytes = bytes.saturating_add(piece.len() as u64);
            if is_wanted {
                is_wanted = self.sender.send(Piece::Bytes(piece)).await.is_ok();
            } else if bytes > BYTES_MAX {
                break;
            }
        }
        Ok(())
    }

    /// Says that all has come.
    pub(crate) async fn end(self) {
        // Nobody may be listening any more: then there is an answer already.
        self.sender.send(Piece::End).await.ok();
    }
}

impl Read for Incoming {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        while self.left.is_empty() && !self.ended {
            match self.pieces.blocking_recv() {
                Some(Piece::Bytes(piece)) => self.left = piece,
                Some(Piece::End) => self.ended = true,
                None => return Err(ErrorKind::UnexpectedEof.into()),
            }
        }
        let count = self.left.len().min(into.len());
        let piece = self.left.split_to(count);
        if let Some(space) = into.get_mut(..count) {
            space.copy_from_slice(&piece);
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream;

    fn read(mut incoming: Incoming) -> std::thread::JoinHandle<std::io::Result<Vec<u8>>> {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            incoming.read_to_end(&mut bytes).map(|_| bytes)
        })
    }

    #[tokio::test]
    async fn what_was_poured_and_ended_is_read() {
        let (feeder, incoming) = bridge();
        let reader = read(incoming);
        let pieces = ["one", "", "two"].map(|piece| Ok::<_, std::io::Error>(Bytes::from(piece)));
        feeder.pour(stream::iter(pieces)).await.unwrap();
        feeder.end().await;
        assert_eq!(reader.join().unwrap().unwrap(), b"onetwo");
    }

    #[tokio::test]
    async fn what_is_let_go_before_its_end_is_no_file() {
        let (feeder, incoming) = bridge();
        let reader = read(incoming);
        feeder.pour(stream::iter([Ok::<_, std::io::Error>(Bytes::from("half"))])).await.unwrap();
        drop(feeder);
        let error = reader.join().unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedEof);
    }
}
