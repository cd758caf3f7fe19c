//! The mistake: a handler that blocks the thread it is polled on.

use axum::Router;
use axum::routing::get;

use super::{PING, SLOW, work};

async fn slow() -> &'static str {
    work()
}

async fn ping() -> &'static str {
    "pong"
}

pub(crate) fn router() -> Router {
    Router::new().route(SLOW, get(slow)).route(PING, get(ping))
}
