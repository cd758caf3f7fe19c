//! Responses that use a dependency for as long as they last.

use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::IntoResponse;
use axum::routing::get;
use futures_util::{SinkExt, StreamExt, stream};
use hueless::{App, Depends, handler};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Message as ClientMessage;

use super::{log_of, resource};
use crate::client::{ask_over_socket, serve};
use crate::log::Log;

static ANSWERED: Notify = Notify::const_new();

#[handler]
async fn streams(resource: Depends<resource>) -> Body {
    let pieces = stream::iter(["one", "two"]).then(move |piece| {
        let used = resource.clone();
        async move {
            tokio::task::yield_now().await;
            used.write(piece);
            Ok::<_, Infallible>(piece)
        }
    });
    Body::from_stream(pieces)
}

/// What it returns goes on in a task that nobody waits for.
#[handler]
fn leaves_a_task(resource: Depends<resource>) {
    tokio::spawn(async move {
        ANSWERED.notified().await;
        resource.write("task");
    });
}

#[handler]
async fn upgrades(resource: Depends<resource>, upgrade: WebSocketUpgrade) -> impl IntoResponse {
    upgrade.on_upgrade(|mut socket: WebSocket| async move {
        while let Some(Ok(Message::Text(text))) = socket.recv().await {
            resource.write(text.as_str());
            let echoed = socket.send(Message::Text(text)).await;
            echoed.expect("the client listens");
        }
        resource.write("closed");
    })
}

fn router(app: &App) -> Router {
    Router::new()
        .route("/streams", get(streams::handler))
        .route("/leaves-a-task", get(leaves_a_task::handler))
        .route("/upgrades", get(upgrades::handler))
        .layer(app.layer())
}

#[tokio::test]
async fn a_stream_uses_it_until_its_last_piece() {
    let app = App::new();
    let address = serve(router(&app)).await;
    let (status, body) = ask_over_socket(address, "/streams").await;
    assert_eq!(status, "HTTP/1.1 200 OK");
    assert!(body.contains("one") && body.contains("two"), "{body}");
    let expected = ["end completed", "one", "two", "release completed"];
    assert_eq!(log_of(&app).await, expected);
}

#[tokio::test]
async fn a_task_uses_it_after_the_body_was_sent() {
    let app = App::new();
    let address = serve(router(&app)).await;
    let (status, _) = ask_over_socket(address, "/leaves-a-task").await;
    assert_eq!(status, "HTTP/1.1 200 OK");
    ANSWERED.notify_one();
    let expected = ["end completed", "task", "release completed"];
    assert_eq!(log_of(&app).await, expected);
}

#[tokio::test]
async fn a_websocket_uses_it_until_it_is_closed() {
    let app = App::new();
    let address = serve(router(&app)).await;
    let stream = TcpStream::connect(address).await.expect("a connection");
    let upgraded = client_async(format!("ws://{address}/upgrades"), stream).await;
    let (mut socket, _) = upgraded.expect("upgraded");
    let log = Log::of(&app).await;
    for text in ["hello", "again"] {
        let message = ClientMessage::Text(text.into());
        socket.send(message).await.expect("sent");
        socket.next().await.expect("an answer").expect("a message");
    }
    assert_eq!(log.take(), ["end completed", "hello", "again"]);
    drop(socket);
    assert_eq!(log_of(&app).await, ["closed", "release completed"]);
}
