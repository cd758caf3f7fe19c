//! axum by hand: `spawn_blocking` where something blocks, `join!` where something can overlap.

mod four;
mod graph;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::task::spawn_blocking;

use super::listener;
use crate::AnyError;
use crate::routes::*;
use crate::work;

/// A function that panicked on its thread.
const PANICKED: StatusCode = StatusCode::INTERNAL_SERVER_ERROR;

async fn ping() -> &'static str {
    work::hello()
}

async fn plain() -> Result<&'static str, StatusCode> {
    spawn_blocking(work::hello).await.map_err(|_| PANICKED)
}

async fn slow() -> Result<&'static str, StatusCode> {
    spawn_blocking(work::slow).await.map_err(|_| PANICKED)
}

pub(crate) fn router() -> Router {
    Router::new()
        .route(PING, get(ping))
        .route(PLAIN, get(plain))
        .route(GRAPH_THREE_HOPS, get(graph::three_hops))
        .route(GRAPH_ONE_HOP, get(graph::one_hop))
        .route(GRAPH_ASYNC, get(graph::all_async))
        .route(FOUR, get(four::joined))
        .route(FOUR_IN_TURN, get(four::in_turn))
        .route(SLOW, get(slow))
}

#[tokio::main]
pub(crate) async fn serve() -> Result<(), AnyError> {
    let listener = TcpListener::from_std(listener::listen()?)?;
    Ok(axum::serve(listener, router()).await?)
}
