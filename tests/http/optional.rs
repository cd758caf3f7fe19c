//! `Option<T>` and `Result<T, _>` of an extractor, in a dependency, in the middle and last.

use axum::Router;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{Extension, Json, Path, Query};
use axum::routing::{get, post};
use hueless::{Depends, dependency, handler};
use serde::Deserialize;

use crate::client::{ask, get as ask_for, post as send};

#[derive(Deserialize)]
struct Paging {
    page: u32,
}

#[dependency]
fn note(note: Option<Extension<&'static str>>) -> &'static str {
    note.map_or("no note", |Extension(note)| note)
}

#[dependency]
async fn page(paging: Result<Query<Paging>, QueryRejection>) -> u32 {
    paging.map_or(1, |Query(paging)| paging.page)
}

#[handler]
async fn in_dependencies(note: Depends<note>, page: Depends<page>) -> String {
    format!("{}, page {}", *note, *page)
}

#[handler]
fn path_last(note: Depends<note>, id: Option<Path<u32>>) -> String {
    let id = id.map_or("no id".to_owned(), |Path(id)| format!("id {id}"));
    format!("{}, {id}", *note)
}

#[handler]
async fn path_result_last(id: Result<Path<u32>, PathRejection>) -> String {
    id.map_or("unreadable".to_owned(), |Path(id)| format!("id {id}"))
}

#[handler]
async fn json_last(
    paging: Result<Query<Paging>, QueryRejection>,
    number: Option<Json<u32>>,
    note: Depends<note>,
) -> String {
    let page = paging.map(|Query(paging)| paging.page).ok();
    let number = number.map(|Json(number)| number);
    format!("{}, page {page:?}, number {number:?}", *note)
}

#[handler]
fn json_result_last(number: Result<Json<u32>, JsonRejection>) -> String {
    match number {
        Ok(Json(number)) => format!("number {number}"),
        Err(rejection) => format!("{} instead of a number", rejection.status()),
    }
}

fn router() -> Router {
    Router::new()
        .route("/noted", get(in_dependencies::handler))
        .layer(Extension("noted"))
        .route("/dependencies", get(in_dependencies::handler))
        .route("/path", get(path_last::handler))
        .route("/path/{id}", get(path_last::handler))
        .route("/path-result/{id}", get(path_result_last::handler))
        .route("/json", post(json_last::handler))
        .route("/json-result", post(json_result_last::handler))
}

async fn ask_path(path: &str) -> (u16, String) {
    let answer = ask(&router(), ask_for(path)).await;
    (answer.status, answer.body)
}

async fn send_json(path: &str, content_type: &str, body: &'static str) -> (u16, String) {
    let answer = ask(&router(), send(path, content_type, body)).await;
    (answer.status, answer.body)
}

fn ok(body: &str) -> (u16, String) {
    (200, body.to_owned())
}

#[tokio::test]
async fn what_is_there_is_read_in_a_dependency() {
    assert_eq!(ask_path("/noted?page=3").await, ok("noted, page 3"));
}

#[tokio::test]
async fn what_is_missing_is_none_or_an_error_in_a_dependency() {
    assert_eq!(ask_path("/dependencies").await, ok("no note, page 1"));
    assert_eq!(
        ask_path("/dependencies?page=x").await,
        ok("no note, page 1")
    );
}

#[tokio::test]
async fn an_optional_path_may_come_last() {
    assert_eq!(ask_path("/path").await, ok("no note, no id"));
    assert_eq!(ask_path("/path/7").await, ok("no note, id 7"));
    assert_eq!(ask_path("/path/x").await.0, 400);
}

#[tokio::test]
async fn the_result_of_a_path_may_come_last() {
    assert_eq!(ask_path("/path-result/7").await, ok("id 7"));
    assert_eq!(ask_path("/path-result/x").await, ok("unreadable"));
}

#[tokio::test]
async fn an_optional_body_may_come_last() {
    let json = "application/json";
    assert_eq!(
        send_json("/json?page=2", json, "5").await,
        ok("no note, page Some(2), number Some(5)")
    );
    // Without a content type axum takes it that there is no body.
    let without = axum::extract::Request::post("/json");
    let without = without.body("5".into()).expect("a request");
    let answer = ask(&router(), without).await;
    assert_eq!(answer.seen(), (200, "no note, page None, number None"));
    assert_eq!(send_json("/json", json, "five").await.0, 400);
}

#[tokio::test]
async fn the_result_of_a_body_may_come_last() {
    let json = "application/json";
    assert_eq!(send_json("/json-result", json, "5").await, ok("number 5"));
    assert_eq!(
        send_json("/json-result", json, "five").await,
        ok("400 Bad Request instead of a number")
    );
    assert_eq!(
        send_json("/json-result", "text/plain", "5").await,
        ok("415 Unsupported Media Type instead of a number")
    );
}
