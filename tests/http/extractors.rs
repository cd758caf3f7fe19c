//! Handlers and dependencies read state, path, query, headers and extensions, whatever their colour.

use axum::Router;
use axum::extract::{Extension, FromRef, Path, Query, State};
use axum::http::{HeaderMap, Method, Uri};
use axum::routing::get;
use hueless::{Depends, dependency, handler};
use serde::Deserialize;

use crate::client::{ask, get as request, with_header};

#[derive(Clone)]
struct Service {
    name: &'static str,
    limits: Limits,
}

#[derive(Clone, Copy)]
struct Limits {
    most: u32,
}

impl FromRef<Service> for Limits {
    fn from_ref(service: &Service) -> Self {
        service.limits
    }
}

#[derive(Deserialize)]
struct Paging {
    page: u32,
}

#[dependency]
fn greeting(State(service): State<Service>, headers: HeaderMap) -> String {
    let language = headers.get("accept-language");
    let hello = if language.is_some_and(|language| language == "eo") {
        "saluton"
    } else {
        "hello"
    };
    format!("{} says {hello}", service.name)
}

#[dependency]
async fn page(State(limits): State<Limits>, Query(paging): Query<Paging>) -> u32 {
    paging.page.min(limits.most)
}

#[handler]
fn read_plain(
    greeting: Depends<greeting>,
    page: Depends<page>,
    Path(name): Path<String>,
) -> String {
    format!("{} to {name}, page {}", *greeting, *page)
}

#[handler]
async fn read_async(
    Path(name): Path<String>,
    greeting: Depends<greeting>,
    State(limits): State<Limits>,
    page: Depends<page>,
) -> String {
    let most = limits.most;
    format!("{} to {name}, page {} of {most}", *greeting, *page)
}

#[dependency]
struct Line {
    method: Method,
    uri: Uri,
    note: Extension<&'static str>,
}

#[handler(inline)]
fn read_struct(line: Depends<Line>) -> String {
    format!("{} {} {}", line.method, line.uri, line.note.0)
}

fn router() -> Router {
    Router::new()
        .route("/plain/{name}", get(read_plain::handler))
        .route("/async/{name}", get(read_async::handler))
        .route("/struct", get(read_struct::handler))
        .layer(Extension("noted"))
        .with_state(Service {
            name: "hueless",
            limits: Limits { most: 9 },
        })
}

#[tokio::test]
async fn a_plain_handler_reads_state_path_query_and_headers() {
    let request = with_header(request("/plain/Ada?page=12"), "accept-language", "eo");
    let answer = ask(&router(), request).await;
    assert_eq!(answer.seen(), (200, "hueless says saluton to Ada, page 9"));
}

#[tokio::test]
async fn an_async_handler_reads_the_same_and_a_substate() {
    let answer = ask(&router(), request("/async/Ada?page=2")).await;
    let expected = "hueless says hello to Ada, page 2 of 9";
    assert_eq!(answer.seen(), (200, expected));
}

#[tokio::test]
async fn the_fields_of_a_struct_are_read_from_the_request() {
    let answer = ask(&router(), request("/struct?a=b")).await;
    assert_eq!(answer.seen(), (200, "GET /struct?a=b noted"));
}
