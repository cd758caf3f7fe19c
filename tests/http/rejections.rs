//! The rejection of an extractor reaches the client as axum's own, wherever it stands.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Extension, Json, Path, Query, Request};
use axum::routing::any;
use hueless::{Depends, dependency, handler};
use serde::Deserialize;

use crate::client::{ask, get, post};

#[derive(Deserialize)]
struct Order {
    burgers: u32,
}

#[derive(Clone)]
struct Missing;

#[handler]
async fn path(Path(id): Path<u32>) -> String {
    id.to_string()
}

#[dependency]
fn id(Path(id): Path<u32>) -> u32 {
    id
}

#[handler]
async fn path_of_dependency(id: Depends<id>) -> String {
    id.to_string()
}

#[dependency]
struct Wanted {
    order: Query<Order>,
}

#[handler]
fn query_of_field(wanted: Depends<Wanted>) -> String {
    wanted.order.burgers.to_string()
}

#[handler]
fn query_before_last(Query(order): Query<Order>, _: Bytes) -> String {
    order.burgers.to_string()
}

#[handler]
fn json(Json(order): Json<Order>) -> String {
    order.burgers.to_string()
}

#[handler]
async fn json_before_dependency(id: Depends<id>, Json(order): Json<Order>) -> String {
    format!("{} {}", *id, order.burgers)
}

#[handler]
fn text(text: String) -> String {
    text
}

#[dependency(guard)]
async fn missing(_: Extension<Missing>) -> u8 {
    0
}

#[handler]
async fn extension_of_guard(missing: Depends<missing>) -> String {
    missing.to_string()
}

fn ours() -> Router {
    Router::new()
        .route("/path/{id}", any(path::handler))
        .route("/path-of-dependency/{id}", any(path_of_dependency::handler))
        .route("/no-path", any(path::handler))
        .route("/query", any(query_of_field::handler))
        .route("/query-before-last", any(query_before_last::handler))
        .route("/json", any(json::handler))
        .route("/json/{id}", any(json_before_dependency::handler))
        .route("/text", any(text::handler))
        .route("/extension", any(extension_of_guard::handler))
        .layer(DefaultBodyLimit::max(64))
}

/// The same routes by handlers that axum has alone.
fn bare() -> Router {
    async fn path(_: Path<u32>) {}
    async fn query(_: Query<Order>) {}
    async fn json(_: Json<Order>) {}
    async fn text(_: String) {}
    async fn extension(_: Extension<Missing>) {}
    Router::new()
        .route("/path/{id}", any(path))
        .route("/path-of-dependency/{id}", any(path))
        .route("/no-path", any(path))
        .route("/query", any(query))
        .route("/query-before-last", any(query))
        .route("/json", any(json))
        .route("/json/{id}", any(json))
        .route("/text", any(text))
        .route("/extension", any(extension))
        .layer(DefaultBodyLimit::max(64))
}

async fn assert_same(status: u16, request: impl Fn() -> Request) {
    let ours = ask(&ours(), request()).await;
    assert_eq!(ours, ask(&bare(), request()).await);
    assert_eq!(ours.status, status, "{ours:?}");
}

#[tokio::test]
async fn of_a_path() {
    assert_same(400, || get("/path/seven")).await;
    assert_same(400, || get("/path-of-dependency/seven")).await;
    assert_same(500, || get("/no-path")).await;
}

#[tokio::test]
async fn of_a_query() {
    assert_same(400, || get("/query")).await;
    assert_same(400, || get("/query?burgers=two")).await;
    assert_same(400, || get("/query-before-last?burgers=two")).await;
}

#[tokio::test]
async fn of_a_body_that_is_no_json() {
    let json = "application/json";
    for path in ["/json", "/json/7"] {
        assert_same(400, || post(path, json, "{burgers")).await;
        assert_same(400, || post(path, json, "")).await;
        assert_same(422, || post(path, json, r#"{"burgers":"two"}"#)).await;
    }
}

#[tokio::test]
async fn of_a_body_without_its_content_type() {
    assert_same(415, || post("/json", "text/plain", r#"{"burgers":2}"#)).await;
    assert_same(415, || get("/json/7")).await;
}

#[tokio::test]
async fn of_a_body_that_is_too_long() {
    assert_same(413, || post("/text", "text/plain", "x".repeat(65))).await;
    let long = || format!(r#"{{"burgers":2,"note":"{}"}}"#, "x".repeat(65));
    assert_same(413, || post("/json/7", "application/json", long())).await;
}

#[tokio::test]
async fn of_a_body_that_is_no_text() {
    assert_same(400, || post("/text", "text/plain", vec![0xff, 0xfe])).await;
}

#[tokio::test]
async fn of_an_extension_that_nobody_stored() {
    assert_same(500, || get("/extension")).await;
}
