//! A client that sends slowly waits for itself, and holds nothing that others need.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::{StreamExt, stream};
use hueless::{App, AppBuilder, Depends, Outcome, dependency, handler};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use crate::client::{ask, ask_over_socket, get as request, post as send, send as connect, serve};
use crate::support::{Signal, both_kinds, in_each_app_with, on_a_paused_clock};

/// A pool of one connection.
#[dependency(singleton, inline)]
fn pool() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(1))
}

#[dependency(teardown = put_back)]
async fn connection(pool: Depends<pool>) -> OwnedSemaphorePermit {
    let pool = Arc::clone(&pool);
    pool.acquire_owned().await.expect("the pool is open")
}

async fn put_back(connection: Depends<connection>, _: Outcome) {
    assert_eq!(connection.num_permits(), 1);
}

static ADMITTED: Signal = Signal::new();

/// What has passed when the body is read.
#[dependency(guard)]
fn admitted() -> () {
    ADMITTED.give();
}

#[handler]
async fn upload(
    _admitted: Depends<admitted>,
    _connection: Depends<connection>,
    Json(numbers): Json<Vec<u8>>,
) -> String {
    numbers.len().to_string()
}

/// No guard: what waits for the body is the seat itself.
#[handler]
async fn upload_unguarded(
    _connection: Depends<connection>,
    Json(numbers): Json<Vec<u8>>,
) -> String {
    numbers.len().to_string()
}

#[handler]
fn ping(_connection: Depends<connection>) -> &'static str {
    "pong"
}

fn router(app: &App) -> Router {
    Router::new()
        .route("/upload", post(upload::handler))
        .route("/upload-unguarded", post(upload_unguarded::handler))
        .route("/ping", get(ping::handler))
        .layer(app.layer())
}

const BODY_TIMEOUT: Duration = Duration::from_secs(7);

/// FastAPI and axum: dependencies and extractors in front of the body take their connection first, and
/// keep it for as long as the client takes to send the rest. As many such clients as there are
/// connections, and nobody is served.
#[test]
fn a_slow_upload_holds_no_connection_and_ends_in_a_408() {
    static READS: Signal = Signal::new();

    on_a_paused_clock(|| async {
        for app in both_kinds(|builder| builder.body_timeout(BODY_TIMEOUT)) {
            for path in ["/upload", "/upload-unguarded"] {
                let router = router(&app);
                READS.reset();
                let half = stream::once(async {
                    READS.give();
                    Ok::<_, io::Error>(Bytes::from_static(b"[1, 2"))
                });
                let body = Body::from_stream(half.chain(stream::pending()));
                let start = Instant::now();
                let slow = {
                    let router = router.clone();
                    let upload = send(path, "application/json", body);
                    tokio::spawn(async move { (ask(&router, upload).await, Instant::now()) })
                };
                READS.wait_for_ever().await;
                for _ in 0..3 {
                    assert_eq!(ask(&router, request("/ping")).await.seen(), (200, "pong"));
                }
                assert_eq!(start.elapsed(), Duration::ZERO, "others do not wait");
                let (answer, at) = slow.await.expect("no panic");
                assert_eq!(answer.seen(), (408, ""));
                assert_eq!(at - start, BODY_TIMEOUT);
            }
        }
    });
}

/// The same over a socket, where the other half comes in the end.
#[test]
fn others_are_served_while_a_client_has_sent_half_of_its_body() {
    // Longer than this test has patience.
    let settings = |builder: AppBuilder| builder.body_timeout(Duration::from_secs(600));
    in_each_app_with(settings, |app| async move {
        ADMITTED.reset();
        let address = serve(router(&app)).await;
        let head = "POST /upload HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                    content-type: application/json\r\ncontent-length: 9\r\n\r\n";
        let mut slow = connect(address, &format!("{head}[1, ")).await;
        ADMITTED.wait().await;
        for _ in 0..3 {
            let (status, body) = ask_over_socket(address, "/ping").await;
            assert_eq!((&*status, &*body), ("HTTP/1.1 200 OK", "pong"));
        }
        slow.write_all(b"2, 3]")
            .await
            .expect("the connection is open");
        let mut answer = String::new();
        slow.read_to_string(&mut answer).await.expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    });
}

/// And where it never comes: the client is told, and does not hold its connection for ever.
#[test]
fn a_client_that_never_sends_the_rest_is_told_over_its_socket() {
    let settings = |builder: AppBuilder| builder.body_timeout(Duration::from_millis(20));
    in_each_app_with(settings, |app| async move {
        let address = serve(router(&app)).await;
        let head = "POST /upload HTTP/1.1\r\nhost: localhost\r\n\
                    content-type: application/json\r\ncontent-length: 9\r\n\r\n";
        let mut slow = connect(address, &format!("{head}[1, ")).await;
        let mut answer = String::new();
        slow.read_to_string(&mut answer)
            .await
            .expect("an answer, and the end");
        assert!(
            answer.starts_with("HTTP/1.1 408 Request Timeout"),
            "{answer}"
        );
        let (status, body) = ask_over_socket(address, "/ping").await;
        assert_eq!((&*status, &*body), ("HTTP/1.1 200 OK", "pong"));
    });
}
