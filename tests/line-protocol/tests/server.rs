//! The server over real connections: what goes over the wire, bad input, and how it stops.

use std::net::SocketAddr;
use std::sync::Mutex;

use hueless::{App, Depends, dependency, handler};
use line_protocol::{FromLine, Line, Peer, Refusal, Router, Server, Text, Word, Words};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Reads its own words of a line.
struct Quiet(bool);

impl FromLine for Quiet {
    fn from_line(line: &Line) -> Result<Self, Refusal> {
        Ok(Self(line.words().iter().any(|word| word == "quiet")))
    }
}

#[dependency]
fn numbers(Words(words): Words) -> Result<Vec<i64>, Refusal> {
    let unreadable = |_| Refusal::new("number", "that is no number\nat all");
    words
        .iter()
        .map(|word| word.parse().map_err(unreadable))
        .collect()
}

#[handler]
async fn sum(numbers: Depends<numbers>) -> String {
    numbers.iter().sum::<i64>().to_string()
}

#[handler]
fn say(Quiet(quiet): Quiet, title: Option<Word<1>>, Text(text): Text) -> Vec<String> {
    let text = if quiet { text } else { text.to_uppercase() };
    title
        .map(|Word(title)| title)
        .into_iter()
        .chain([text])
        .collect()
}

#[handler(inline)]
fn whoami(Peer(peer): Peer) -> String {
    peer.to_string()
}

#[handler]
fn panics() -> String {
    panic!("a secret")
}

#[handler]
fn nothing() {}

/// Tells that it has begun, and waits until it may end.
type Gate = (oneshot::Sender<()>, oneshot::Receiver<()>);

#[dependency(singleton, inline)]
fn gate() -> Mutex<Option<Gate>> {
    Mutex::new(None)
}

#[handler(inline)]
fn install(gate: Depends<gate>, hueless::Input(new): hueless::Input<GateOnce>) {
    let new = new.0.lock().expect("no panic").take();
    *gate.lock().expect("no panic") = new;
}

#[derive(Clone)]
struct GateOnce(std::sync::Arc<Mutex<Option<Gate>>>);

#[handler]
async fn wait(gate: Depends<gate>) -> &'static str {
    let taken = gate.lock().expect("no panic").take();
    let (begun, end) = taken.expect("a gate");
    begun.send(()).expect("the test waits for this");
    end.await.expect("the test sends this");
    "waited"
}

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    server: JoinHandle<std::io::Result<()>>,
}

async fn start(app: App) -> Running {
    let router = Router::new(app)
        .route("SUM", sum::handler)
        .route("SAY", say::handler)
        .route("WHOAMI", whoami::handler)
        .route("PANIC", panics::handler)
        .route("NOTHING", nothing::handler)
        .route("WAIT", wait::handler);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel();
    let server = Server::new(router).serve(listener, async { drop(stopped.await) });
    Running {
        address,
        stop,
        server: tokio::spawn(server),
    }
}

/// Sends bytes and closes that direction, then reads whatever comes.
async fn exchange(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(bytes).await.expect("sent");
    stream.shutdown().await.expect("closed");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    answer
}

#[tokio::test]
async fn requests_of_a_connection_are_answered_in_order() {
    let server = start(App::new()).await;
    let asked = "SUM 1 2 3\r\nNOTHING\nSAY quiet Title :Some words: these\nSAY :loud\n";
    let expected = "+ 6\nOK\nOK\n+ Title\n+ Some words: these\nOK\n+ LOUD\nOK\n";
    assert_eq!(exchange(server.address, asked.as_bytes()).await, expected);
}

#[tokio::test]
async fn a_request_is_refused_in_one_line_and_the_connection_goes_on() {
    let server = start(App::new()).await;
    for (asked, refused) in [
        (&b"SUM one"[..], "ERR number that is no number at all\n"),
        (b"SAY quiet", "ERR malformed the line has no text\n"),
        (b"JUMP high", "ERR unknown no such verb: JUMP\n"),
        (b"", "ERR malformed the line has no verb\n"),
        (b"SUM \xff", "ERR malformed the line is not UTF-8\n"),
        (b"PANIC", "ERR internal the server failed\n"),
    ] {
        let line = [asked, b"\nSUM 1\n"].concat();
        let answer = exchange(server.address, &line).await;
        assert_eq!(answer, format!("{refused}+ 1\nOK\n"));
    }
}

#[tokio::test]
async fn a_line_without_an_end_is_no_request() {
    let server = start(App::new()).await;
    assert_eq!(exchange(server.address, b"SUM 1\nSUM 2").await, "+ 1\nOK\n");
}

#[tokio::test]
async fn a_line_that_is_too_long_ends_the_connection() {
    let server = start(App::new()).await;
    let answer = exchange(server.address, "x".repeat(8 * 1024).as_bytes()).await;
    assert_eq!(answer, "ERR malformed a line has at most 8192 bytes\n");
}

#[tokio::test]
async fn a_client_that_hangs_up_harms_no_other() {
    let server = start(App::new()).await;
    for _ in 0..3 {
        let mut gone = TcpStream::connect(server.address).await.expect("connected");
        gone.write_all(b"SUM 1\nPANIC\nSU").await.expect("sent");
        drop(gone);
        assert_eq!(exchange(server.address, b"SUM 2\n").await, "+ 2\nOK\n");
    }
}

#[tokio::test]
async fn a_handler_may_ask_who_sent_the_line() {
    let server = start(App::new()).await;
    let mut stream = TcpStream::connect(server.address).await.expect("connected");
    let own = stream.local_addr().expect("an address");
    stream.write_all(b"WHOAMI\n").await.expect("sent");
    stream.shutdown().await.expect("closed");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    assert_eq!(answer, format!("+ {own}\nOK\n"));
}

#[tokio::test]
async fn a_server_that_stops_answers_what_has_begun_and_closes_what_is_idle() {
    let app = App::new();
    let (begun, has_begun) = oneshot::channel();
    let (end, may_end) = oneshot::channel();
    let new = GateOnce(std::sync::Arc::new(Mutex::new(Some((begun, may_end)))));
    let call = hueless::Call::new().with(new);
    app.run(install::handler, call).await.expect("installed");
    let server = start(app).await;

    let mut idle = TcpStream::connect(server.address).await.expect("connected");
    idle.write_all(b"SUM 1\n").await.expect("sent");
    let mut answer = [0; 7];
    idle.read_exact(&mut answer).await.expect("an answer");
    assert_eq!(&answer, b"+ 1\nOK\n");
    let busy = tokio::spawn(exchange(server.address, b"WAIT\n"));
    has_begun.await.expect("the handler runs");

    server.stop.send(()).expect("the server waits for this");
    let mut rest = String::new();
    idle.read_to_string(&mut rest).await.expect("closed");
    assert_eq!(rest, "");
    assert!(!server.server.is_finished());
    end.send(()).expect("the handler waits for this");
    assert_eq!(busy.await.expect("no panic"), "+ waited\nOK\n");
    server.server.await.expect("no panic").expect("no error");
    assert!(TcpStream::connect(server.address).await.is_err());
}
