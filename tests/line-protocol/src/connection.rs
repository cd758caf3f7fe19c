//! [`Connection`]: one client, whose requests are answered one after another.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::watch;

use crate::answer::Answer;
use crate::line::Line;
use crate::refusal::Refusal;
use crate::router::Router;

/// The longest line that is read, its end included.
const LONGEST: u64 = 8 * 1024;

pub(crate) struct Connection {
    reader: BufReader<OwnedReadHalf>,
    writer: OwnedWriteHalf,
    peer: SocketAddr,
    router: Arc<Router>,
}

/// What a client sent.
enum Sent {
    Line(Vec<u8>),
    TooLong,
    /// It is gone, or has nothing more to say. What it said half is no request.
    Nothing,
}

impl Connection {
    pub(crate) fn new(stream: TcpStream, peer: SocketAddr, router: Arc<Router>) -> Self {
        let (reader, writer) = stream.into_split();
        Self {
            reader: BufReader::new(reader),
            writer,
            peer,
            router,
        }
    }

    /// Answers until the client leaves, or until it sends nothing while the server stops.
    pub(crate) async fn serve(mut self, mut told_to_stop: watch::Receiver<bool>) -> io::Result<()> {
        loop {
            let sent = tokio::select! {
                biased;
                sent = self.read() => sent?,
                _ = told_to_stop.wait_for(|stop| *stop) => return Ok(()),
            };
            let (answer, goes_on) = match sent {
                Sent::Line(line) => (self.answer(&line).await, true),
                Sent::TooLong => {
                    let message = format!("a line has at most {LONGEST} bytes");
                    (Refusal::new("malformed", message).into(), false)
                }
                Sent::Nothing => return Ok(()),
            };
            self.writer.write_all(answer.to_string().as_bytes()).await?;
            if !goes_on {
                return self.writer.shutdown().await;
            }
        }
    }

    async fn answer(&self, line: &[u8]) -> Answer {
        let parsed = std::str::from_utf8(line)
            .map_err(|_| Refusal::new("malformed", "the line is not UTF-8"))
            .and_then(Line::parse);
        match parsed {
            Ok(line) => self.router.answer_line(line.from_peer(self.peer)).await,
            Err(refusal) => refusal.into(),
        }
    }

    async fn read(&mut self) -> io::Result<Sent> {
        let mut line = Vec::new();
        let mut limited = (&mut self.reader).take(LONGEST);
        limited.read_until(b'\n', &mut line).await?;
        if line.pop_if(|last| *last == b'\n').is_some() {
            line.pop_if(|last| *last == b'\r');
            Ok(Sent::Line(line))
        } else if u64::try_from(line.len()).is_ok_and(|length| length == LONGEST) {
            Ok(Sent::TooLong)
        } else {
            Ok(Sent::Nothing)
        }
    }
}
