//! Handlers as services of tower, with nothing of axum's router around them.

mod events;
mod http;
mod middleware;
