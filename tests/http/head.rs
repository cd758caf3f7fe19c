//! The head of a request is shared: nodes borrow it one at a time, and none gets a copy.
//!
//! Whoever copies the head copies its extensions, so a value in there that counts its copies counts
//! those of the head.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::extract::{FromRequestParts, Json, Path, Request};
use axum::http::request::Parts;
use axum::routing::{get, post};
use hueless::{Depends, dependency, handler};

use crate::client::{ask, get as request, post as send, with_header};

#[derive(Default)]
struct Copies(Arc<AtomicU32>);

impl Clone for Copies {
    fn clone(&self) -> Self {
        self.0.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(&self.0))
    }
}

/// Reads a header without copying the map.
struct Header<const NUMBER: usize>(String);

impl<S: Sync, const NUMBER: usize> FromRequestParts<S> for Header<NUMBER> {
    type Rejection = &'static str;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, &'static str> {
        let value = parts.headers.get("x-number").ok_or("no number")?;
        let number = value.to_str().map_err(|_| "no text")?;
        Ok(Self(format!("{number}{NUMBER}")))
    }
}

#[dependency]
async fn in_async<const NUMBER: usize>(header: Header<NUMBER>) -> String {
    tokio::task::yield_now().await;
    header.0
}

#[dependency]
fn in_plain<const NUMBER: usize>(header: Header<NUMBER>) -> String {
    header.0
}

#[dependency]
struct Several {
    one: Depends<in_async<1>>,
    two: Depends<in_plain<2>>,
    three: Depends<in_async<3>>,
    four: Depends<in_plain<4>>,
    own: Header<5>,
}

impl Several {
    fn text(&self) -> String {
        let [one, two] = [&*self.one, &*self.two];
        format!("{one} {two} {} {} {}", *self.three, *self.four, self.own.0)
    }
}

#[dependency(guard)]
async fn guard(header: Header<0>) -> String {
    header.0
}

#[handler]
async fn no_own(several: Depends<Several>) -> String {
    several.text()
}

#[handler]
fn own_head(_: Header<6>, several: Depends<Several>, Path(name): Path<String>) -> String {
    format!("{} {name}", several.text())
}

#[handler]
async fn body_after_guard(guard: Depends<guard>, Json(name): Json<String>) -> String {
    format!("{} {name}", *guard)
}

#[handler]
fn body_first(several: Depends<Several>, Json(name): Json<String>) -> String {
    format!("{} {name}", several.text())
}

/// The answer to a request, and how often its head was copied.
async fn copies(mut request: Request) -> (String, u32) {
    let router = Router::new()
        .route("/no-own", get(no_own::handler))
        .route("/own-head/{name}", get(own_head::handler))
        .route("/body-after-guard", post(body_after_guard::handler))
        .route("/body-first", post(body_first::handler));
    let copies = Arc::new(AtomicU32::new(0));
    request.extensions_mut().insert(Copies(Arc::clone(&copies)));
    let answer = ask(&router, with_header(request, "x-number", "n")).await;
    assert_eq!(answer.status, 200);
    (answer.body, copies.load(Ordering::Relaxed))
}

fn send_name(uri: &str) -> Request {
    send(uri, "application/json", "\"Ada\"")
}

#[tokio::test]
async fn dependencies_share_the_head() {
    let answer = copies(request("/no-own")).await;
    assert_eq!(answer, ("n1 n2 n3 n4 n5".to_owned(), 0));
}

#[tokio::test]
async fn a_last_parameter_that_leaves_the_body_alone_shares_the_head() {
    let answer = copies(request("/own-head/Ada")).await;
    assert_eq!(answer, ("n1 n2 n3 n4 n5 Ada".to_owned(), 0));
}

#[tokio::test]
async fn the_last_who_reads_takes_the_request_whole() {
    let answer = copies(send_name("/body-after-guard")).await;
    assert_eq!(answer, ("n0 Ada".to_owned(), 0));
}

#[tokio::test]
async fn a_body_read_before_others_read_the_head_costs_one_copy_however_many_they_are() {
    let answer = copies(send_name("/body-first")).await;
    assert_eq!(answer, ("n1 n2 n3 n4 n5 Ada".to_owned(), 1));
}
