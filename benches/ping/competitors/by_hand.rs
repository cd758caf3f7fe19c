//! By hand: axum, and `spawn_blocking` where something blocks.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;

use super::{PING, SLOW, work};

async fn slow() -> Result<&'static str, StatusCode> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

async fn ping() -> &'static str {
    "pong"
}

pub(crate) fn router() -> Router {
    Router::new().route(SLOW, get(slow)).route(PING, get(ping))
}
