//! What stands in for Redis where there is none: counters, and three commands.

use std::collections::HashMap;
use std::io::{self, ErrorKind};
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};

type Counters = Arc<Mutex<HashMap<String, u64>>>;

/// Listens on a port of its own, and returns its address.
pub(crate) async fn start() -> io::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        let counters = Counters::default();
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(serve(client, Arc::clone(&counters)));
        }
    });
    Ok(format!("redis://{address}"))
}

async fn serve(client: TcpStream, counters: Counters) -> io::Result<()> {
    let mut client = BufStream::new(client);
    loop {
        let command = read(&mut client).await?;
        client
            .write_all(answer(&command, &counters).as_bytes())
            .await?;
        client.flush().await?;
    }
}

fn answer(command: &[String], counters: &Counters) -> String {
    let mut counters = counters.lock().unwrap_or_else(PoisonError::into_inner);
    let command: Vec<&str> = command.iter().map(String::as_str).collect();
    match command[..] {
        ["INCRBY", key, by] => {
            let counter = counters.entry(key.to_owned()).or_default();
            *counter += by.parse::<u64>().unwrap_or_default();
            format!(":{counter}\r\n")
        }
        ["GET", key] => match counters.get(key) {
            Some(counter) => {
                let text = counter.to_string();
                format!("${}\r\n{text}\r\n", text.len())
            }
            None => "$-1\r\n".to_owned(),
        },
        ["DEL", key] => format!(":{}\r\n", u8::from(counters.remove(key).is_some())),
        // The client introduces itself, and goes on if nobody listens.
        _ => "-ERR unknown command\r\n".to_owned(),
    }
}

/// Reads a command: how many words it has, then each with how long it is.
async fn read(client: &mut BufStream<TcpStream>) -> io::Result<Vec<String>> {
    let mut words = Vec::new();
    for _ in 0..length(client, '*').await? {
        let mut word = vec![0; length(client, '$').await?];
        client.read_exact(&mut word).await?;
        // The end of the line.
        client.read_u16().await?;
        words.push(String::from_utf8(word).map_err(|_| ErrorKind::InvalidData)?);
    }
    Ok(words)
}

async fn length(client: &mut BufStream<TcpStream>, mark: char) -> io::Result<usize> {
    let mut line = String::new();
    if client.read_line(&mut line).await? == 0 {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    let length = line.trim_end().strip_prefix(mark).map(str::parse);
    match length {
        Some(Ok(length)) => Ok(length),
        _ => Err(ErrorKind::InvalidData.into()),
    }
}
