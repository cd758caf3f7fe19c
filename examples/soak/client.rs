//! Clients that ask, wait for the answer or not, and ask again over the same connection.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::catalogue::{ENDPOINTS, Endpoint};
use crate::dice::Dice;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// One client, with one connection at a time.
#[derive(Debug)]
pub(crate) struct Client {
    address: SocketAddr,
    dice: Dice,
    is_over: Arc<AtomicBool>,
}

/// What became of a request.
enum End {
    Answered { keeps_connection: bool },
    HungUp,
    Refused,
    Wrong(String),
}

/// An answer, as far as it matters.
struct Answer {
    status: u16,
    length: usize,
    keeps_connection: bool,
}

impl Client {
    pub(crate) fn new(address: SocketAddr, number: usize, is_over: Arc<AtomicBool>) -> Self {
        Self {
            address,
            dice: Dice::new(number << 32),
            is_over,
        }
    }

    /// Asks until it is over.
    pub(crate) async fn run(mut self) {
        // All at once would be taken for an attack.
        tokio::time::sleep(self.dice.moment(500_000)).await;
        while !self.is_over() {
            match TcpStream::connect(self.address).await {
                Ok(stream) => self.talk(BufReader::new(stream)).await,
                Err(_) if self.is_over() => return,
                Err(error) => {
                    eprintln!("soak: a client cannot connect: {error}");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }

    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::SeqCst)
    }

    /// Asks over one connection for as long as that is open.
    async fn talk(&mut self, mut stream: BufReader<TcpStream>) {
        while !self.is_over() {
            let endpoint = &ENDPOINTS[self.dice.below(ENDPOINTS.len())];
            let requests = &endpoint.requests;
            requests.asked.one_more();
            let end = tokio::time::timeout(PATIENCE, self.ask(&mut stream, endpoint)).await;
            match end.unwrap_or_else(|_| End::Wrong("no answer".to_owned())) {
                End::Answered { keeps_connection } => {
                    requests.answered.one_more();
                    if !keeps_connection {
                        return;
                    }
                }
                End::HungUp => return requests.hung_up.one_more(),
                End::Refused => return requests.refused.one_more(),
                End::Wrong(how) => {
                    eprintln!("soak: {}: {how}", endpoint.path);
                    return requests.wrong.one_more();
                }
            }
            let pause = self.dice.moment(20_000);
            tokio::time::sleep(pause).await;
        }
    }

    async fn ask(&mut self, stream: &mut BufReader<TcpStream>, endpoint: &Endpoint) -> End {
        let hangs_up = self.dice.one_in(12);
        let sent = self.send(stream, endpoint, hangs_up).await;
        if hangs_up {
            // In the middle of anything.
            let patience = self.dice.moment(4_000);
            drop(tokio::time::timeout(patience, receive(stream)).await);
            return End::HungUp;
        }
        // Who is answered early has not been read to the end.
        let answer = receive(stream).await;
        match answer.and_then(|answer| sent.map(|()| answer)) {
            Ok(Some(answer)) => {
                let Answer { status, length, .. } = answer;
                if (status, length) == (endpoint.status, endpoint.length) {
                    return End::Answered {
                        keeps_connection: answer.keeps_connection,
                    };
                }
                End::Wrong(format!("status {status} with {length} bytes"))
            }
            // What was sent while the server closed the connection has not been read.
            Ok(None) | Err(_) if self.is_over() => End::Refused,
            Ok(None) => End::Wrong("closed without an answer".to_owned()),
            Err(error) => End::Wrong(error.to_string()),
        }
    }

    async fn send(
        &mut self,
        stream: &mut BufReader<TcpStream>,
        endpoint: &Endpoint,
        hangs_up: bool,
    ) -> io::Result<()> {
        let path = endpoint.path;
        let Some(length) = endpoint.upload else {
            let head = format!("GET {path} HTTP/1.1\r\nhost: soak\r\n\r\n");
            return stream.write_all(head.as_bytes()).await;
        };
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: soak\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await?;
        let body = format!("[{}1]", "1,".repeat(length / 2 - 1));
        let pieces = if hangs_up { self.dice.below(4) } else { 4 };
        for piece in body.as_bytes().chunks(length / 4 + 1).take(pieces) {
            stream.write_all(piece).await?;
            let pause = self.dice.moment(3_000);
            tokio::time::sleep(pause).await;
        }
        Ok(())
    }
}

/// Reads an answer to its end; `None` if there is none.
async fn receive(stream: &mut BufReader<TcpStream>) -> io::Result<Option<Answer>> {
    let mut line = String::new();
    if stream.read_line(&mut line).await? == 0 {
        return Ok(None);
    }
    let status = line
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    let mut answer = Answer {
        status: status.ok_or(io::ErrorKind::InvalidData)?,
        length: 0,
        keeps_connection: true,
    };
    let mut is_chunked = false;
    loop {
        line.clear();
        stream.read_line(&mut line).await?;
        let header = line.trim_end().to_ascii_lowercase();
        match header.split_once(": ") {
            Some(("content-length", length)) => {
                answer.length = length.parse().map_err(|_| io::ErrorKind::InvalidData)?;
            }
            Some(("transfer-encoding", "chunked")) => is_chunked = true,
            Some(("connection", "close")) => answer.keeps_connection = false,
            Some(_) => {}
            None if header.is_empty() => break,
            None => return Err(io::ErrorKind::InvalidData.into()),
        }
    }
    if is_chunked {
        answer.length = receive_chunks(stream).await?;
    } else {
        skip(stream, answer.length).await?;
    }
    Ok(Some(answer))
}

/// Reads a body that comes in chunks. Returns how long it is.
async fn receive_chunks(stream: &mut BufReader<TcpStream>) -> io::Result<usize> {
    let mut all = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        let length = usize::from_str_radix(line.trim_end(), 16);
        let length = length.map_err(|_| io::ErrorKind::UnexpectedEof)?;
        skip(stream, length + 2).await?;
        if length == 0 {
            return Ok(all);
        }
        all += length;
    }
}

async fn skip(stream: &mut BufReader<TcpStream>, length: usize) -> io::Result<()> {
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.map(drop)
}
