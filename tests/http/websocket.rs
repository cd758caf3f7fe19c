//! A websocket upgrade, with a client over a real socket.

use axum::Router;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use axum::routing::get;
use futures_util::{SinkExt, StreamExt};
use hueless::{Depends, dependency, handler};
use serde::Deserialize;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Error as ClientError;
use tokio_tungstenite::tungstenite::Message as ClientMessage;
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::client::serve;

#[derive(Deserialize)]
struct Manners {
    greeting: Option<String>,
}

#[dependency]
fn greeting(Query(manners): Query<Manners>) -> Result<String, &'static str> {
    manners.greeting.ok_or("say hello first")
}

async fn talk(mut socket: WebSocket, greeting: Depends<greeting>) {
    while let Some(Ok(Message::Text(name))) = socket.recv().await {
        let answer = format!("{} {name}", *greeting);
        if socket.send(Message::Text(answer.into())).await.is_err() {
            return;
        }
    }
}

/// The upgrade comes last, and a dependency reads after it.
#[handler]
async fn upgrade_last(greeting: Depends<greeting>, upgrade: WebSocketUpgrade) -> impl IntoResponse {
    upgrade.on_upgrade(|socket| talk(socket, greeting))
}

/// The upgrade is read before something else, by a plain function.
#[handler]
fn upgrade_first(
    upgrade: WebSocketUpgrade,
    greeting: Depends<greeting>,
    Path(_room): Path<u32>,
) -> impl IntoResponse {
    upgrade.on_upgrade(|socket| talk(socket, greeting))
}

async fn connect(path: &str) -> Result<WebSocketStream<TcpStream>, ClientError> {
    let router = Router::new()
        .route("/last", get(upgrade_last::handler))
        .route("/first/{room}", get(upgrade_first::handler));
    let address = serve(router).await;
    let stream = TcpStream::connect(address).await.expect("a connection");
    let (socket, _) = client_async(format!("ws://{address}{path}"), stream).await?;
    Ok(socket)
}

async fn say(socket: &mut WebSocketStream<TcpStream>, name: &str) -> String {
    let name = ClientMessage::Text(name.into());
    socket.send(name).await.expect("sent");
    let answer = socket.next().await.expect("an answer").expect("a message");
    answer.into_text().expect("text").to_string()
}

#[tokio::test]
async fn an_async_handler_upgrades_and_keeps_its_dependency() {
    let mut socket = connect("/last?greeting=hello").await.expect("upgraded");
    assert_eq!(say(&mut socket, "Ada").await, "hello Ada");
    assert_eq!(say(&mut socket, "Grace").await, "hello Grace");
}

#[tokio::test]
async fn a_plain_handler_upgrades_as_well() {
    let mut socket = connect("/first/1?greeting=hi").await.expect("upgraded");
    assert_eq!(say(&mut socket, "Ada").await, "hi Ada");
}

#[tokio::test]
async fn a_failed_dependency_refuses_the_upgrade() {
    let Err(ClientError::Http(response)) = connect("/last").await else {
        panic!("it was upgraded");
    };
    let body = response.body().as_deref().unwrap_or_default();
    assert_eq!(body, b"say hello first");
}
