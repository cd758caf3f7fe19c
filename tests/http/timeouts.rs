//! What takes too long over HTTP: 504 if it is ours, 408 if it is the client's body.

#![expect(
    clippy::needless_pass_by_value,
    reason = "a function that ends a value takes a handle"
)]

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Json, Path, Request};
use axum::routing::{get, post};
use futures_util::{StreamExt, stream};
use hueless::{App, AppBuilder, Cancellation, Depends, Outcome, block_on, dependency, handler};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::sleep;

use crate::client::{ask, get as request, post as post_of, send, serve};
use crate::log::{Log, log};

#[dependency(timeout = "1ms")]
async fn waits() -> u8 {
    std::future::pending().await
}

#[dependency(timeout = "1ms")]
fn blocks(cancellation: Depends<Cancellation>) -> u8 {
    block_on(cancellation.cancelled());
    1
}

#[handler]
async fn behind_waiting(_waits: Depends<waits>) {}

#[handler]
fn behind_blocking(_blocks: Depends<blocks>) {}

#[handler(timeout = "1ms")]
async fn waits_itself() {
    std::future::pending::<()>().await;
}

#[dependency(teardown = end_never)]
async fn ends_never() -> u8 {
    1
}

async fn end_never(_: Depends<ends_never>, _: Outcome) {
    std::future::pending::<()>().await;
}

#[handler]
async fn is_not_torn_down(_never: Depends<ends_never>) -> &'static str {
    "done"
}

#[dependency(guard, teardown = end_guard)]
fn admitted(log: Depends<log>, Path(name): Path<String>) -> Log {
    log.write(format!("guard {name}"));
    Log::clone(&log)
}

fn end_guard(admitted: Depends<admitted>, outcome: Outcome) {
    admitted.write(format!("end guard {outcome}"));
}

#[dependency]
fn connection(log: Depends<log>) -> u8 {
    log.write("connection");
    1
}

#[handler]
async fn upload(
    _connection: Depends<connection>,
    _admitted: Depends<admitted>,
    log: Depends<log>,
    Json(numbers): Json<Vec<u8>>,
) -> String {
    log.write("handler");
    format!("{} numbers", numbers.len())
}

/// Reads the body itself, as it likes.
#[handler]
async fn reads_itself(log: Depends<log>, request: Request) -> String {
    let mut body = request.into_body().into_data_stream();
    let mut length = 0;
    while let Some(Ok(piece)) = body.next().await {
        log.write("piece");
        length += piece.len();
    }
    format!("{length} bytes")
}

fn router(app: &App) -> Router {
    Router::new()
        .route("/behind-waiting", get(behind_waiting::handler))
        .route("/behind-blocking", get(behind_blocking::handler))
        .route("/waits", get(waits_itself::handler))
        .route("/is-not-torn-down", get(is_not_torn_down::handler))
        .route("/upload/{name}", post(upload::handler))
        .route("/reads-itself", post(reads_itself::handler))
        .layer(app.layer())
}

fn apps(settings: impl Fn(AppBuilder) -> AppBuilder) -> [App; 2] {
    [App::builder(), App::builder().sequential()]
        .map(|builder| settings(builder).build().expect("nothing is set wrongly"))
}

#[tokio::test]
async fn nodes_and_teardowns_are_answered_with_504_and_no_word() {
    for app in apps(|builder| builder.teardown_timeout(Duration::from_millis(1))) {
        let router = router(&app);
        for path in [
            "/behind-waiting",
            "/behind-blocking",
            "/waits",
            "/is-not-torn-down",
        ] {
            let answer = ask(&router, request(path)).await;
            assert_eq!(answer.seen(), (504, ""), "{path}");
        }
    }
}

const HALF_OF_IT: &str = "POST /upload/Ada HTTP/1.1\r\nhost: localhost\r\ncontent-length: 6\r\n\
                          content-type: application/json\r\n\r\n[1,";

/// Reads until these bytes come last.
async fn read_until(connection: &mut TcpStream, end: &str) -> String {
    let mut answer = Vec::new();
    while !answer.ends_with(end.as_bytes()) {
        let read = connection.read_buf(&mut answer).await.expect("bytes");
        assert_ne!(read, 0, "{answer:?}");
    }
    String::from_utf8(answer).expect("text")
}

#[tokio::test]
async fn a_body_that_stops_is_answered_with_408_and_holds_no_more_than_its_guards() {
    for app in apps(|builder| builder.body_timeout(Duration::from_millis(20))) {
        let address = serve(router(&app)).await;
        let mut connection = send(address, HALF_OF_IT).await;
        let answer = read_until(&mut connection, "\r\n\r\n").await;
        assert!(
            answer.starts_with("HTTP/1.1 408 Request Timeout"),
            "{answer}"
        );
        let log = Log::of(&app).await;
        app.shutdown(Duration::from_secs(20))
            .await
            .expect("everything ends");
        assert_eq!(log.take(), ["guard Ada", "end guard failed"]);
    }
}

#[tokio::test]
async fn a_body_that_is_slow_but_in_time_is_read() {
    for app in apps(|builder| builder) {
        let address = serve(router(&app)).await;
        let mut connection = send(address, HALF_OF_IT).await;
        let log = Log::of(&app).await;
        while log.take().is_empty() {
            tokio::task::yield_now().await;
        }
        connection.write_all(b"2]\n").await.expect("sent");
        let answer = read_until(&mut connection, "numbers").await;
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        assert!(answer.ends_with("2 numbers"), "{answer}");
        app.shutdown(Duration::from_secs(20))
            .await
            .expect("everything ends");
        assert_eq!(log.take(), ["connection", "handler", "end guard completed"]);
    }
}

#[tokio::test]
async fn a_handler_that_reads_the_body_itself_has_no_limit() {
    const HALF_OF_IT: &str =
        "POST /reads-itself HTTP/1.1\r\nhost: localhost\r\ncontent-length: 6\r\n\r\none";
    for app in apps(|builder| builder.body_timeout(Duration::from_millis(1))) {
        let address = serve(router(&app)).await;
        let mut connection = send(address, HALF_OF_IT).await;
        let log = Log::of(&app).await;
        while log.take().is_empty() {
            tokio::task::yield_now().await;
        }
        sleep(Duration::from_millis(5)).await;
        connection.write_all(b"two").await.expect("sent");
        let answer = read_until(&mut connection, "bytes").await;
        assert!(answer.ends_with("6 bytes"), "{answer}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_limit_is_thirty_seconds_unless_set_for_the_whole_body() {
    let upload = |milliseconds: u64| {
        let pieces = stream::iter(["[1", ",2", "]"]).then(move |piece| async move {
            sleep(Duration::from_millis(milliseconds / 3)).await;
            Ok::<_, Infallible>(Bytes::from(piece))
        });
        post_of("/upload/Ada", "application/json", Body::from_stream(pieces))
    };
    for app in apps(|builder| builder) {
        let router = router(&app);
        let answer = ask(&router, upload(29_997)).await;
        assert_eq!(answer.seen(), (200, "2 numbers"));
        let answer = ask(&router, upload(30_003)).await;
        assert_eq!(answer.seen(), (408, ""));
    }
}
