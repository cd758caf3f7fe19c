//! Panics in extractors, and in the bodies that they read.

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use futures_util::stream;
use hueless::{Depends, dependency, handler};

use super::{Make, assert_panics_are_silent, secret};
use crate::client::{get, post};

struct Head;

impl<S: Sync> FromRequestParts<S> for Head {
    type Rejection = StatusCode;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        tokio::task::yield_now().await;
        secret()
    }
}

struct Whole;

impl<S: Sync> FromRequest<S> for Whole {
    type Rejection = StatusCode;

    async fn from_request(_: Request, _: &S) -> Result<Self, StatusCode> {
        secret()
    }
}

/// Its rejection panics when it becomes a response.
struct Rejected;

struct Rude;

impl IntoResponse for Rude {
    fn into_response(self) -> Response {
        secret()
    }
}

impl<S: Sync> FromRequestParts<S> for Rejected {
    type Rejection = Rude;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Rude> {
        Err(Rude)
    }
}

#[dependency]
async fn in_async(_: Head) -> u8 {
    7
}

#[dependency]
fn in_plain(_: Head) -> u8 {
    7
}

#[handler]
async fn of_async(_: Depends<in_async>) {}

#[handler]
fn of_plain(_: Depends<in_plain>) {}

#[handler]
async fn head_last(_: Head) {}

#[handler]
fn head_first(_: Head, _: Depends<in_plain>, _: String) {}

#[handler]
async fn whole(_: Whole) {}

#[handler]
fn rejected(_: Rejected) {}

#[handler]
fn text(_: String) {}

fn bad_body(path: &str) -> Request {
    let body = stream::once(async { secret::<Result<&'static str, std::io::Error>>() });
    post(path, "text/plain", Body::from_stream(body))
}

#[tokio::test]
async fn wherever_the_extractor_stands() {
    let router = Router::new()
        .route("/async", any(of_async::handler))
        .route("/plain", any(of_plain::handler))
        .route("/head-last", any(head_last::handler))
        .route("/head-first", any(head_first::handler))
        .route("/whole", any(whole::handler))
        .route("/rejected", any(rejected::handler))
        .route("/text", any(text::handler));
    let paths = [
        "/async",
        "/plain",
        "/head-last",
        "/head-first",
        "/whole",
        "/rejected",
    ];
    let mut requests = paths.map(|path| (path, get as Make)).to_vec();
    requests.push(("/text", bad_body));
    assert_panics_are_silent(router, &requests).await;
}
