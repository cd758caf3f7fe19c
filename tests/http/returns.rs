//! What a handler may return: whatever axum answers with.

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use hueless::{Depends, dependency, handler};

use crate::client::{ask, get as request};

#[dependency]
fn number() -> u8 {
    7
}

#[handler]
async fn opaque_async(number: Depends<number>) -> impl IntoResponse {
    (
        StatusCode::CREATED,
        [("x-number", number.to_string())],
        "made",
    )
}

#[handler]
fn opaque_plain(number: Depends<number>) -> impl IntoResponse + use<> {
    let number = *number;
    (StatusCode::ACCEPTED, format!("number {number}"))
}

#[handler]
async fn fallible_async(number: Depends<number>) -> Result<String, StatusCode> {
    if *number == 7 {
        Err(StatusCode::CONFLICT)
    } else {
        Ok(number.to_string())
    }
}

#[handler]
fn fallible_plain() -> Result<&'static str, (StatusCode, &'static str)> {
    Err((StatusCode::GONE, "it was here"))
}

#[handler]
fn fallible_opaque() -> Result<impl IntoResponse, impl IntoResponse> {
    if false {
        return Err(StatusCode::CONFLICT);
    }
    Ok(Redirect::to("/elsewhere"))
}

#[handler]
async fn nothing_async() {}

#[handler]
fn nothing_plain(number: Depends<number>) {
    drop(number);
}

fn router() -> Router {
    Router::new()
        .route("/opaque-async", get(opaque_async::handler))
        .route("/opaque-plain", get(opaque_plain::handler))
        .route("/fallible-async", get(fallible_async::handler))
        .route("/fallible-plain", get(fallible_plain::handler))
        .route("/fallible-opaque", get(fallible_opaque::handler))
        .route("/nothing-async", get(nothing_async::handler))
        .route("/nothing-plain", get(nothing_plain::handler))
}

#[tokio::test]
async fn an_opaque_response_keeps_its_status_headers_and_body() {
    let answer = ask(&router(), request("/opaque-async")).await;
    assert_eq!(answer.seen(), (201, "made"));
    assert_eq!(answer.headers["x-number"], "7");
    let answer = ask(&router(), request("/opaque-plain")).await;
    assert_eq!(answer.seen(), (202, "number 7"));
}

#[tokio::test]
async fn the_error_of_a_handler_is_the_response() {
    let answer = ask(&router(), request("/fallible-async")).await;
    assert_eq!(answer.seen(), (409, ""));
    let answer = ask(&router(), request("/fallible-plain")).await;
    assert_eq!(answer.seen(), (410, "it was here"));
}

#[tokio::test]
async fn a_result_of_opaque_types_is_a_response() {
    let answer = ask(&router(), request("/fallible-opaque")).await;
    assert_eq!(answer.seen(), (303, ""));
    assert_eq!(answer.headers[LOCATION], "/elsewhere");
}

#[tokio::test]
async fn a_handler_may_return_nothing() {
    let answer = ask(&router(), request("/nothing-async")).await;
    assert_eq!(answer.seen(), (200, ""));
    let answer = ask(&router(), request("/nothing-plain")).await;
    assert_eq!(answer.seen(), (200, ""));
}
