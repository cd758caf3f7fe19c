//! A running `quickstart`, and ways to talk to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use ureq::Agent;
use ureq::http::Request;

use crate::support::example;

const ADA: &str = "ada-counts";
pub(crate) const GRACE: &str = "grace-compiles";

/// How long anything may take. Only a failing test waits that long.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server on a port of its own, killed when dropped.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    output: BufReader<ChildStdout>,
    client: Client,
}

/// Who talks to it. A [`Server`] is one with Ada's token.
#[derive(Debug)]
pub(crate) struct Client {
    address: String,
    agent: Agent,
    token: Option<&'static str>,
}

/// A status and a body; `null` if there is no JSON in it.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) fn new(status: u16, body: Value) -> Self {
        Self { status, body }
    }
}

impl Server {
    pub(crate) fn start() -> Self {
        let mut process = example("quickstart")
            .env("PORT", "0")
            .env_remove("DATABASE")
            .stdout(Stdio::piped())
            .spawn()
            .expect("quickstart starts");
        let output = process.stdout.take().expect("its output is piped");
        let mut server = Self {
            process,
            output: BufReader::new(output),
            client: Client::new(String::new(), Some(ADA)),
        };
        let line = server.wait_for_line("Listening on http://");
        let (_, address) = line.trim().split_at("Listening on http://".len());
        server.client.address = address.to_owned();
        server
    }

    /// The same server, for somebody else.
    pub(crate) fn with_token(&self, token: Option<&'static str>) -> Client {
        Client::new(self.client.address.clone(), token)
    }

    pub(crate) fn url(&self, path: &str) -> String {
        self.client.url(path)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.client.get(path)
    }

    pub(crate) fn post(&self, path: &str, body: &str) -> Answer {
        self.client.post(path, body)
    }

    pub(crate) fn delete(&self, path: &str) -> Answer {
        self.client.delete(path)
    }

    /// Sends the head of a `POST /bookmarks`, whose body is to come when it is asked for.
    pub(crate) fn announce_body(&self, token: Option<&str>, length: usize) -> TcpStream {
        let mut stream = TcpStream::connect(&self.client.address).expect("the server accepts");
        stream
            .set_read_timeout(Some(PATIENCE))
            .expect("a timeout is set");
        let token = token.map_or(String::new(), |token| {
            format!("authorization: Bearer {token}\r\n")
        });
        write!(
            stream,
            "POST /bookmarks HTTP/1.1\r\nhost: test\r\n{token}content-type: application/json\r\n\
             content-length: {length}\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n"
        )
        .expect("the server reads");
        stream
    }

    /// The same for Ada, and waits until the body is asked for: her token has been found good.
    pub(crate) fn announce_body_and_be_asked_for_it(&self, length: usize) -> TcpStream {
        let expected = "HTTP/1.1 100 Continue\r\n\r\n";
        let mut stream = self.announce_body(Some(ADA), length);
        let mut answer = vec![0; expected.len()];
        stream.read_exact(&mut answer).expect("an answer");
        assert_eq!(String::from_utf8_lossy(&answer), expected);
        stream
    }

    /// What Ctrl-C does.
    pub(crate) fn interrupt(&self) {
        kill_process(Pid::from_child(&self.process), Signal::INT).expect("the server still runs");
    }

    /// What a service manager does.
    pub(crate) fn terminate(&self) {
        kill_process(Pid::from_child(&self.process), Signal::TERM).expect("the server still runs");
    }

    /// Reads what the server prints up to a line that begins so.
    pub(crate) fn wait_for_line(&mut self, beginning: &str) -> String {
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line).expect("text");
            assert!(read > 0, "the server ended without `{beginning}`");
            if line.starts_with(beginning) {
                return line;
            }
        }
    }

    pub(crate) fn wait(&mut self) -> ExitStatus {
        let started = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().expect("a child can be waited for") {
                return status;
            }
            assert!(started.elapsed() < PATIENCE, "the server does not end");
            sleep(Duration::from_millis(5));
        }
    }

    /// Ctrl-C, and a clean end.
    pub(crate) fn stop(mut self) {
        self.interrupt();
        self.wait_for_line("Stopping.");
        self.wait_for_line("Stopped.");
        assert_eq!(self.wait().code(), Some(0));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended unless the test failed, and then there is nothing more to say.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Client {
    fn new(address: String, token: Option<&'static str>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .build();
        Self {
            address,
            agent: config.into(),
            token,
        }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "")
    }

    pub(crate) fn post(&self, path: &str, body: &str) -> Answer {
        self.send("POST", path, body)
    }

    pub(crate) fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, "")
    }

    fn send(&self, method: &str, path: &str, body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(self.url(path));
        if !body.is_empty() {
            request = request.header("content-type", "application/json");
        }
        if let Some(token) = self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let request = request.body(body.to_owned()).expect("a request");
        let mut answer = self.agent.run(request).expect("an answer");
        let text = answer.body_mut().read_to_string().expect("text");
        Answer {
            status: answer.status().as_u16(),
            body: serde_json::from_str(&text).unwrap_or_default(),
        }
    }
}
