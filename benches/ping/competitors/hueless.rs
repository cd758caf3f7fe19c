//! With hueless: a plain `fn` and an `async fn`, no further word.

use axum::Router;
use axum::routing::get;
use hueless::handler;

use super::{PING, SLOW, work};

#[handler]
fn slow() -> &'static str {
    work()
}

#[handler]
async fn ping() -> &'static str {
    "pong"
}

pub(crate) fn router() -> Router {
    Router::new()
        .route(SLOW, get(slow::handler))
        .route(PING, get(ping::handler))
}
