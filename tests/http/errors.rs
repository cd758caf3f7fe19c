//! The error of a dependency needs `IntoResponse` and nothing else.

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hueless::{Depends, dependency, handler};

use crate::client::{ask, get as request};

/// No `Debug`, no `Clone`, no `Error`, and not even `Sync`.
struct Teapot {
    spout: std::cell::Cell<u8>,
}

impl IntoResponse for Teapot {
    fn into_response(self) -> Response {
        let body = format!("a teapot with {} spout", self.spout.get());
        (StatusCode::IM_A_TEAPOT, [("x-pot", "tea")], body).into_response()
    }
}

fn teapot() -> Teapot {
    Teapot {
        spout: std::cell::Cell::new(1),
    }
}

#[dependency]
async fn coffee_async() -> Result<u8, Teapot> {
    Err(teapot())
}

#[dependency]
fn coffee_plain() -> Result<u8, Teapot> {
    Err(teapot())
}

#[dependency(inline)]
fn coffee_inline() -> Result<u8, Teapot> {
    Err(teapot())
}

#[dependency(cpu)]
fn coffee_cpu() -> Result<u8, Teapot> {
    Err(teapot())
}

/// What all who wait for a singleton get has to be shared, so this one is `Clone`.
#[derive(Clone)]
struct Closed;

impl IntoResponse for Closed {
    fn into_response(self) -> Response {
        (StatusCode::SERVICE_UNAVAILABLE, "closed").into_response()
    }
}

#[dependency(singleton)]
fn kitchen() -> Result<u8, Closed> {
    Err(Closed)
}

#[handler]
fn of_async(coffee: Depends<coffee_async>) -> String {
    coffee.to_string()
}

#[handler]
async fn of_plain(coffee: Depends<coffee_plain>) -> String {
    coffee.to_string()
}

#[handler]
async fn of_inline(coffee: Depends<coffee_inline>) -> String {
    coffee.to_string()
}

#[handler]
async fn of_cpu(coffee: Depends<coffee_cpu>) -> String {
    coffee.to_string()
}

#[handler]
async fn of_singleton(kitchen: Depends<kitchen>) -> String {
    kitchen.to_string()
}

fn router() -> Router {
    Router::new()
        .route("/async", get(of_async::handler))
        .route("/plain", get(of_plain::handler))
        .route("/inline", get(of_inline::handler))
        .route("/cpu", get(of_cpu::handler))
        .route("/singleton", get(of_singleton::handler))
}

#[tokio::test]
async fn the_error_of_a_dependency_of_any_colour_is_the_response() {
    for path in ["/async", "/plain", "/inline", "/cpu"] {
        let answer = ask(&router(), request(path)).await;
        assert_eq!(answer.seen(), (418, "a teapot with 1 spout"), "{path}");
        assert_eq!(answer.headers["x-pot"], "tea", "{path}");
    }
}

#[tokio::test]
async fn the_error_of_a_singleton_is_the_response_of_all_who_need_it() {
    for _ in 0..2 {
        let answer = ask(&router(), request("/singleton")).await;
        assert_eq!(answer.seen(), (503, "closed"));
    }
}
