//! Handlers behind a real axum router: what they may read and return, how a request is resolved over
//! HTTP, and what bad input does.

mod after_response;
mod apps;
mod bodies;
mod client;
mod contexts;
mod dropped;
mod errors;
mod extensions;
mod extractors;
mod generic;
mod hang_up;
mod head;
#[path = "../heard.rs"]
#[allow(dead_code, reason = "other test binaries use more of it")]
mod heard;
mod limits;
mod log;
mod nested;
mod openapi;
mod optional;
mod order;
mod panics;
mod rejections;
mod replace;
mod require;
mod returns;
mod shutdown;
mod threads;
mod timeouts;
mod values;
mod websocket;
