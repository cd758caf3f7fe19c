//! Bodies of all kinds, to a client that reads them.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::{Stream, StreamExt, stream};
use hueless::{App, Background, Depends, dependency, handler};
use tokio::io::AsyncReadExt;

use super::{log_of, resource};
use crate::client::{ask, get as request, send, serve};
use crate::log::{Log, log};

/// Pieces that the connection has to wait for.
fn pieces() -> impl Stream<Item = Result<&'static str, Infallible>> + Send {
    stream::iter(["one ", "two ", "three"]).then(|piece| async move {
        tokio::task::yield_now().await;
        Ok(piece)
    })
}

#[handler]
async fn full(_resource: Depends<resource>) -> &'static str {
    "one two three"
}

#[handler]
fn empty(_resource: Depends<resource>) {}

#[handler]
async fn no_content(_resource: Depends<resource>) -> StatusCode {
    StatusCode::NO_CONTENT
}

#[handler]
fn not_modified(_resource: Depends<resource>) -> impl IntoResponse {
    (StatusCode::NOT_MODIFIED, "one two three")
}

#[handler]
async fn streamed(_resource: Depends<resource>) -> Body {
    Body::from_stream(pieces())
}

/// A connection asks for no more than was announced, so nobody sees the end of this stream.
#[handler]
fn announced(_resource: Depends<resource>) -> impl IntoResponse {
    let endless = pieces().chain(stream::pending());
    ([(CONTENT_LENGTH, "13")], Body::from_stream(endless))
}

#[handler]
async fn breaks_off(_resource: Depends<resource>) -> Body {
    let broken = stream::iter([Ok("one "), Err("it broke off"), Ok("two")]);
    Body::from_stream(broken)
}

#[handler]
async fn panics(_resource: Depends<resource>) -> Body {
    let bomb = pieces().map(|piece| {
        assert_ne!(piece, Ok("two "), "a secret");
        piece
    });
    Body::from_stream(bomb)
}

/// Says no more than that much is left after it.
#[handler]
async fn failed(_resource: Depends<resource>) -> Result<String, Body> {
    Err(Body::from_stream(pieces()))
}

struct Refusal;

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (StatusCode::FORBIDDEN, Body::from_stream(pieces())).into_response()
    }
}

/// Panics where it becomes a response.
struct Bomb;

impl IntoResponse for Bomb {
    fn into_response(self) -> Response {
        panic!("a secret");
    }
}

#[handler]
async fn is_no_response(_resource: Depends<resource>) -> Bomb {
    Bomb
}

#[dependency]
fn refused(_resource: Depends<resource>) -> Result<u8, Refusal> {
    Err(Refusal)
}

#[handler]
async fn rejected(_refused: Depends<refused>) {}

#[handler]
async fn background(
    _resource: Depends<resource>,
    background: Depends<Background>,
    log: Depends<log>,
) -> Body {
    let log = Log::clone(&log);
    let streamed = log.clone();
    background.add(move || log.write("work"));
    Body::from_stream(pieces().inspect(move |piece| streamed.write(format!("{piece:?}"))))
}

fn router(app: &App) -> Router {
    Router::new()
        .route("/full", get(full::handler))
        .route("/empty", get(empty::handler))
        .route("/no-content", get(no_content::handler))
        .route("/not-modified", get(not_modified::handler))
        .route("/streamed", get(streamed::handler))
        .route("/announced", get(announced::handler))
        .route("/breaks-off", get(breaks_off::handler))
        .route("/panics", get(panics::handler))
        .route("/is-no-response", get(is_no_response::handler))
        .route("/failed", get(failed::handler))
        .route("/rejected", get(rejected::handler))
        .route("/background", get(background::handler))
        .layer(app.layer())
}

/// The bytes of the answer to a request, and what was logged until everything was over, in each kind
/// of app. The connection is kept, so that nobody takes its end for that of the body.
async fn asked(method: &str, path: &str, last_bytes: &str) -> Vec<String> {
    let mut logs = Vec::new();
    for app in [App::builder(), App::builder().sequential()] {
        let app = app.build().expect("nothing is set wrongly");
        let address = serve(router(&app)).await;
        let request = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
        let mut connection = send(address, &request).await;
        let mut answer = Vec::new();
        let reading = async {
            while !answer.ends_with(last_bytes.as_bytes()) {
                if connection.read_buf(&mut answer).await.expect("bytes") == 0 {
                    break;
                }
            }
        };
        let patience = Duration::from_secs(20);
        tokio::time::timeout(patience, reading)
            .await
            .expect("an answer in time");
        logs.push(log_of(&app).await);
        drop(connection);
    }
    assert_eq!(logs[0], logs[1]);
    logs.remove(0)
}

const SENT: [&str; 2] = ["end completed", "release completed"];
const NO_BODY: &str = "\r\n\r\n";

#[tokio::test]
async fn one_that_is_known_from_the_start() {
    assert_eq!(asked("GET", "/full", "one two three").await, SENT);
}

#[tokio::test]
async fn the_length_of_one_is_as_known_as_without() {
    let router = router(&App::new());
    for (path, length) in [
        ("/full", Some("13")),
        ("/empty", Some("0")),
        ("/streamed", None),
    ] {
        let answer = ask(&router, request(path)).await;
        let announced = answer.headers.get(CONTENT_LENGTH);
        assert_eq!(
            announced.map(HeaderValue::as_bytes),
            length.map(str::as_bytes)
        );
    }
}

#[tokio::test]
async fn none() {
    assert_eq!(asked("GET", "/empty", NO_BODY).await, SENT);
    assert_eq!(asked("GET", "/no-content", NO_BODY).await, SENT);
    assert_eq!(asked("GET", "/not-modified", NO_BODY).await, SENT);
}

#[tokio::test]
async fn none_to_a_head_request_whatever_the_handler_returned() {
    for path in ["/full", "/empty", "/streamed", "/announced", "/no-content"] {
        assert_eq!(asked("HEAD", path, NO_BODY).await, SENT, "{path}");
    }
    let failed = ["end failed", "release failed"];
    assert_eq!(asked("HEAD", "/rejected", NO_BODY).await, failed);
}

#[tokio::test]
async fn one_that_is_streamed() {
    assert_eq!(asked("GET", "/streamed", "0\r\n\r\n").await, SENT);
    assert_eq!(asked("GET", "/announced", "three").await, SENT);
}

#[tokio::test]
async fn one_that_breaks_off() {
    let broken = ["end completed", "release cancelled"];
    assert_eq!(asked("GET", "/breaks-off", "never").await, broken);
    assert_eq!(asked("GET", "/panics", "never").await, broken);
    assert_eq!(asked("GET", "/is-no-response", "never").await, broken);
}

#[tokio::test]
async fn those_of_failures_and_rejections() {
    let failed = ["end failed", "release failed"];
    assert_eq!(asked("GET", "/failed", "0\r\n\r\n").await, failed);
    assert_eq!(asked("GET", "/rejected", "0\r\n\r\n").await, failed);
}

#[tokio::test]
async fn background_work_begins_when_the_body_was_sent() {
    let log = asked("GET", "/background", "0\r\n\r\n").await;
    let expected = [
        "end completed",
        "Ok(\"one \")",
        "Ok(\"two \")",
        "Ok(\"three\")",
        "work",
        "release completed",
    ];
    assert_eq!(log, expected);
}

#[tokio::test]
async fn one_that_a_middleware_replaces_was_not_sent() {
    async fn replace(_: Response) -> &'static str {
        "another one"
    }
    let app = App::new();
    let router = router(&app).layer(map_response(replace));
    assert_eq!(ask(&router, request("/full")).await.body, "another one");
    assert_eq!(log_of(&app).await, ["end completed", "release cancelled"]);

    let app = App::new();
    let router = self::router(&app).layer(map_response(replace));
    let head = Request::head("/full")
        .body(Body::empty())
        .expect("a request");
    assert_eq!(ask(&router, head).await.status, 200);
    assert_eq!(log_of(&app).await, SENT, "there was none to be sent");
}
