//! A server that runs as a process of its own.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::AnyError;
use crate::arguments::SERVE;
use crate::cpu;
use crate::fastapi;
use crate::server::Kind;

/// A process that is killed when this is dropped, and that ends by itself if this process is killed.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts a server, and waits until it listens.
    pub(crate) fn start(kind: Kind) -> Result<Self, AnyError> {
        let mut command = command(kind)?;
        // The server reads from its standard input to learn that this process has gone.
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut server = Self {
            process: command.spawn()?,
            address: (Ipv4Addr::LOCALHOST, 0).into(),
        };
        let mut line = String::new();
        if let Some(said) = server.process.stdout.take() {
            BufReader::new(said).read_line(&mut line)?;
        }
        let port = line.trim().parse();
        server
            .address
            .set_port(port.map_err(|_| format!("{} does not start", kind.name()))?);
        Ok(server)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The CPU time that all threads of the server have taken so far.
    pub(crate) fn cpu_time(&self) -> Result<Duration, AnyError> {
        cpu::time(self.process.id())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended by itself cannot be killed, and has been noticed by its clients.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn command(kind: Kind) -> Result<Command, AnyError> {
    if kind == Kind::FastApi {
        return Ok(fastapi::command());
    }
    let mut command = Command::new(std::env::current_exe()?);
    command.args([SERVE, kind.name()]);
    Ok(command)
}
