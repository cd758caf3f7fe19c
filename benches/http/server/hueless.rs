//! With hueless: attributes, and no further word.

mod all_async;
mod four;
mod mixed;

use axum::Router;
use axum::routing::get;
use hueless::{Depends, dependency, handler};
use tokio::net::TcpListener;

use super::listener;
use crate::AnyError;
use crate::routes::*;
use crate::work;

#[handler]
async fn ping() -> &'static str {
    work::hello()
}

#[handler]
fn plain() -> &'static str {
    work::hello()
}

#[handler(inline)]
fn inline() -> &'static str {
    work::hello()
}

#[dependency(inline)]
fn greeting() -> &'static str {
    work::hello()
}

#[handler]
async fn greet(greeting: Depends<greeting>) -> &'static str {
    *greeting
}

#[handler]
fn slow() -> &'static str {
    work::slow()
}

pub(crate) fn router() -> Router {
    Router::new()
        .route(PING, get(ping::handler))
        .route(PLAIN, get(plain::handler))
        .route(INLINE, get(inline::handler))
        .route(INLINE_DEPENDENCY, get(greet::handler))
        .route(GRAPH, get(mixed::graph::handler))
        .route(GRAPH_ASYNC, get(all_async::graph::handler))
        .route(FOUR, get(four::four::handler))
        .route(SLOW, get(slow::handler))
}

#[tokio::main]
pub(crate) async fn serve() -> Result<(), AnyError> {
    let listener = TcpListener::from_std(listener::listen()?)?;
    Ok(axum::serve(listener, router()).await?)
}
