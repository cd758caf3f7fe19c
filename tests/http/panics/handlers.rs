//! Panics in handlers.

use axum::Router;
use axum::routing::get;
use hueless::{Depends, dependency, handler};

use super::{Make, assert_panics_are_silent, secret};
use crate::client::get as request;

#[dependency]
fn number() -> u8 {
    7
}

#[handler]
async fn asynchronous() -> String {
    secret()
}

#[handler]
async fn after_waiting(number: Depends<number>) -> String {
    tokio::task::yield_now().await;
    assert_ne!(*number, 7, "{}", super::SECRET);
    number.to_string()
}

#[handler]
fn plain(number: Depends<number>) -> String {
    assert_ne!(*number, 7, "{}", super::SECRET);
    number.to_string()
}

#[handler(inline)]
fn inline() -> String {
    secret()
}

#[handler(cpu)]
fn cpu(number: Depends<number>) -> String {
    assert_ne!(*number, 7, "{}", super::SECRET);
    number.to_string()
}

#[handler(sequential)]
fn sequential(number: Depends<number>) -> Result<String, String> {
    assert_ne!(*number, 7, "{}", super::SECRET);
    Ok(number.to_string())
}

#[tokio::test]
async fn of_every_colour() {
    let router = Router::new()
        .route("/async", get(asynchronous::handler))
        .route("/waiting", get(after_waiting::handler))
        .route("/plain", get(plain::handler))
        .route("/inline", get(inline::handler))
        .route("/cpu", get(cpu::handler))
        .route("/sequential", get(sequential::handler));
    let paths = [
        "/async",
        "/waiting",
        "/plain",
        "/inline",
        "/cpu",
        "/sequential",
    ];
    assert_panics_are_silent(router, &paths.map(|path| (path, request as Make))).await;
}
