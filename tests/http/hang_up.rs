//! A client that hangs up in the middle of its request, over a real socket.

use axum::Router;
use axum::extract::Json;
use axum::http::HeaderMap;
use axum::routing::{get, post};
use hueless::{App, Cancellation, Depends, block_on, dependency, handler};
use tokio::sync::Notify;

use crate::client::{ask_over_socket, send, serve};
use crate::log::{Log, log};
use crate::values::{Count, Counted, count};

const GET: &str = "GET /{} HTTP/1.1\r\nhost: localhost\r\n\r\n";
const HALF_A_BODY: &str = "POST /upload HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\
                           content-type: application/json\r\n\r\n[1, 2";

#[dependency]
async fn connection(count: Depends<count>, _: HeaderMap) -> Counted {
    count.value()
}

#[handler]
async fn waits(_: Depends<connection>, log: Depends<log>) {
    log.write("handler");
    std::future::pending::<()>().await;
    log.write("never");
}

#[handler]
async fn behind_waiting(_: Depends<waits_for_ever>, log: Depends<log>) {
    log.write("never");
}

#[dependency]
async fn waits_for_ever(_: Depends<connection>) -> u8 {
    Notify::new().notified().await;
    1
}

/// Ends only because it is told to.
#[dependency]
fn blocks_until_told(
    count: Depends<count>,
    cancellation: Depends<Cancellation>,
    log: Depends<log>,
) -> u8 {
    let _value = count.value();
    block_on(cancellation.cancelled());
    log.write("told");
    1
}

#[handler]
fn behind_blocking(_: Depends<blocks_until_told>, log: Depends<log>) {
    log.write("never");
}

#[dependency(guard)]
fn admitted(count: Depends<count>) -> Counted {
    count.value()
}

#[handler]
fn upload(_: Depends<admitted>, log: Depends<log>, Json(_): Json<Vec<u8>>) {
    log.write("never");
}

#[handler]
fn alive() -> &'static str {
    "alive"
}

fn router(app: &App) -> Router {
    Router::new()
        .route("/waits", get(waits::handler))
        .route("/behind-waiting", get(behind_waiting::handler))
        .route("/behind-blocking", get(behind_blocking::handler))
        .route("/upload", post(upload::handler))
        .route("/alive", get(alive::handler))
        .layer(app.layer())
}

/// Hangs up when the request has made its value, and waits until that is gone. Returns what was
/// logged meanwhile.
async fn hang_up(request: &str) -> Vec<String> {
    let app = App::new();
    let count = Count::of(&app).await;
    let address = serve(router(&app)).await;
    for _ in 0..3 {
        let client = send(address, request).await;
        count.reaches(1).await;
        drop(client);
        count.reaches(0).await;
        let (status, body) = ask_over_socket(address, "/alive").await;
        assert_eq!((&*status, &*body), ("HTTP/1.1 200 OK", "alive"));
    }
    Log::of(&app).await.take()
}

fn get_of(path: &str) -> String {
    GET.replace("{}", path)
}

#[tokio::test]
async fn while_an_async_handler_waits() {
    let log = hang_up(&get_of("waits")).await;
    assert!(log.iter().all(|event| event == "handler"), "{log:?}");
}

#[tokio::test]
async fn while_an_async_dependency_waits() {
    assert_eq!(hang_up(&get_of("behind-waiting")).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_a_plain_dependency_blocks() {
    assert_eq!(hang_up(&get_of("behind-blocking")).await, ["told"; 3]);
}

#[tokio::test]
async fn in_the_middle_of_the_body() {
    assert_eq!(hang_up(HALF_A_BODY).await, [""; 0]);
}

#[tokio::test]
async fn in_the_middle_of_the_head() {
    let app = App::new();
    let address = serve(router(&app)).await;
    for half in ["", "GE", "GET /waits HTTP/1.1\r\nhost: loc"] {
        drop(send(address, half).await);
        let (status, body) = ask_over_socket(address, "/alive").await;
        assert_eq!((&*status, &*body), ("HTTP/1.1 200 OK", "alive"));
    }
    assert_eq!(Log::of(&app).await.take(), [""; 0]);
}
