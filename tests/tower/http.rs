//! HTTP without axum: a server of hyper calls a handler, in a context of the test's own.

mod web;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use hueless::tower::service;
use hueless::{App, Depends, Outcome, dependency, handler};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tower::Service;

use self::web::Web;

/// What happens, as it does.
type Events = mpsc::UnboundedSender<String>;

#[dependency(singleton)]
fn events() -> Events {
    panic!("a test brings its own")
}

#[dependency(after_response = note)]
fn noted(events: Depends<events>) -> Events {
    Events::clone(&events)
}

async fn note(noted: Depends<noted>, outcome: Outcome) {
    let _ = noted.send(outcome.to_string());
}

#[dependency]
async fn method(noted: Depends<noted>, method: Method) -> Result<Method, StatusCode> {
    let _ = noted.send(method.to_string());
    match method {
        Method::HEAD | Method::POST => Ok(method),
        _ => Err(StatusCode::METHOD_NOT_ALLOWED),
    }
}

/// Answers with what was sent, unless it is to wait for ever.
#[handler]
async fn echo(method: Depends<method>, body: String) -> String {
    if body == "wait" {
        std::future::pending::<()>().await;
    }
    format!("{} {body}", *method)
}

/// Serves `echo` for as long as the runtime lives.
async fn serve(app: &App) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let echoing = service(echo::handler).with_app(app);
    let echoing = service_fn(move |request| {
        let reply = echoing.clone().call(Web::new(request));
        async move { Ok::<_, Infallible>(reply.await.map_or_else(|refused| refused, web::answer)) }
    });
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            let connection = TokioIo::new(connection);
            let serving = http1::Builder::new().serve_connection(connection, echoing.clone());
            tokio::spawn(serving);
        }
    });
    address
}

/// A connection that has sent a request.
async fn send(address: SocketAddr, method: &str, body: &str) -> TcpStream {
    let length = body.len();
    let request = format!(
        "{method} / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         content-length: {length}\r\n\r\n{body}"
    );
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(request.as_bytes()).await.expect("sent");
    stream
}

/// The status line and the body.
async fn ask(address: SocketAddr, method: &str, body: &str) -> (String, String) {
    let mut answer = String::new();
    let mut stream = send(address, method, body).await;
    stream.read_to_string(&mut answer).await.expect("an answer");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    let status = head.lines().next().unwrap_or_default();
    (status.to_owned(), body.to_owned())
}

fn said(status: &str, body: &str) -> (String, String) {
    (format!("HTTP/1.1 {status}"), body.to_owned())
}

#[tokio::test]
async fn a_server_of_hyper_serves_a_handler() {
    let (sender, mut events_of) = mpsc::unbounded_channel();
    let app = App::builder().replace_with::<events>(sender).build();
    let app = app.unwrap();
    let address = serve(&app).await;
    let mut happened = async |event: &str| {
        assert_eq!(events_of.recv().await.as_deref(), Some(event));
    };

    let answer = ask(address, "POST", "hello").await;
    assert_eq!(answer, said("200 OK", "POST hello"));
    happened("POST").await;
    happened("completed").await;

    // It knows how long the body would be, and has none.
    assert_eq!(ask(address, "HEAD", "").await, said("200 OK", ""));
    happened("HEAD").await;
    happened("completed").await;

    let answer = ask(address, "PUT", "hello").await;
    assert_eq!(answer, said("405 Method Not Allowed", ""));
    happened("PUT").await;
    happened("failed").await;

    let hung_up = send(address, "POST", "wait").await;
    happened("POST").await;
    drop(hung_up);
    happened("cancelled").await;
    app.shutdown(Duration::from_secs(10)).await.unwrap();
}
