//! The last parameter that is no dependency may take the body.

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Json, Request};
use axum::http::{HeaderMap, HeaderValue};
use axum::routing::post;
use hueless::{Depends, dependency, handler};
use serde::{Deserialize, Serialize};

use crate::client::{ask, post as request, with_header};

#[derive(Serialize, Deserialize)]
struct Order {
    burgers: u32,
}

/// Reads the head after the body has been taken: handlers read first.
#[dependency]
fn customer(headers: HeaderMap) -> String {
    let customer = headers.get("x-customer").map(HeaderValue::as_bytes);
    String::from_utf8_lossy(customer.unwrap_or(b"nobody")).into_owned()
}

#[handler]
async fn json(
    customer: Depends<customer>,
    Json(mut order): Json<Order>,
) -> (HeaderMap, Json<Order>) {
    order.burgers += 1;
    let mut headers = HeaderMap::new();
    headers.insert("x-for", customer.parse().expect("a name"));
    (headers, Json(order))
}

#[handler]
fn text(text: String, customer: Depends<customer>) -> String {
    format!("{}: {text}", *customer)
}

#[handler(inline)]
fn bytes(bytes: Bytes) -> String {
    format!("{bytes:?}")
}

#[handler(cpu)]
fn body_unread(customer: Depends<customer>, body: Body) -> String {
    drop(body);
    customer.to_string()
}

#[handler]
async fn whole(customer: Depends<customer>, request: Request) -> String {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1_000).await.expect("a body");
    format!("{} {} {}: {body:?}", parts.method, parts.uri, *customer)
}

fn router() -> Router {
    Router::new()
        .route("/json", post(json::handler))
        .route("/text", post(text::handler))
        .route("/bytes", post(bytes::handler))
        .route("/unread", post(body_unread::handler))
        .route("/whole", post(whole::handler))
}

async fn ask_as_ada(path: &str, content_type: &str, body: &'static str) -> (u16, String) {
    let request = with_header(request(path, content_type, body), "x-customer", "Ada");
    let answer = ask(&router(), request).await;
    (answer.status, answer.body)
}

#[tokio::test]
async fn json_is_taken_and_returned() {
    let sent = request("/json", "application/json", r#"{"burgers":2}"#);
    let answer = ask(&router(), with_header(sent, "x-customer", "Ada")).await;
    assert_eq!(answer.seen(), (200, r#"{"burgers":3}"#));
    assert_eq!(answer.headers["x-for"], "Ada");
}

#[tokio::test]
async fn text_is_taken_by_a_plain_handler() {
    let answer = ask_as_ada("/text", "text/plain", "two burgers").await;
    assert_eq!(answer, (200, "Ada: two burgers".to_owned()));
}

#[tokio::test]
async fn bytes_are_taken_by_an_inline_handler() {
    let answer = ask_as_ada("/bytes", "application/octet-stream", "two").await;
    assert_eq!(answer, (200, "b\"two\"".to_owned()));
}

#[tokio::test]
async fn a_body_may_be_taken_and_left_unread() {
    let answer = ask_as_ada("/unread", "text/plain", "ignored").await;
    assert_eq!(answer, (200, "Ada".to_owned()));
}

#[tokio::test]
async fn the_request_may_be_taken_whole() {
    let answer = ask_as_ada("/whole?a=b", "text/plain", "two").await;
    assert_eq!(answer, (200, "POST /whole?a=b Ada: b\"two\"".to_owned()));
}
