//! What a middleware, or an extractor before, put into the extensions of a request is there.

use axum::Router;
use axum::extract::{Extension, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get;
use hueless::{Depends, dependency, handler};

use crate::client::{ask, get as request, with_header};

#[derive(Debug, Clone)]
struct Caller(String);

/// A middleware as axum has them.
async fn identify(mut request: Request, next: Next) -> Result<Response, StatusCode> {
    let name = request.headers().get("x-caller");
    let name = name.and_then(|name| name.to_str().ok());
    let caller = Caller(name.ok_or(StatusCode::UNAUTHORIZED)?.to_owned());
    request.extensions_mut().insert(caller);
    Ok(next.run(request).await)
}

#[dependency]
fn caller(Extension(caller): Extension<Caller>) -> Caller {
    caller
}

#[dependency]
async fn greeting(caller: Depends<caller>) -> String {
    format!("hello {}", caller.0)
}

#[handler]
async fn greet(greeting: Depends<greeting>) -> String {
    greeting.to_string()
}

/// Counts the reads of one request, in its extensions.
struct Turn(usize);

#[derive(Clone)]
struct Turns(usize);

impl<S: Sync> FromRequestParts<S> for Turn {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        let turns = parts.extensions.get_or_insert_with(|| Turns(0));
        turns.0 += 1;
        Ok(Self(turns.0))
    }
}

#[dependency]
fn later(Turn(turn): Turn) -> usize {
    turn
}

#[dependency(guard)]
async fn earlier(Turn(turn): Turn) -> usize {
    turn
}

#[handler]
async fn turns(
    later: Depends<later>,
    Turn(first): Turn,
    Turn(last): Turn,
    earlier: Depends<earlier>,
) -> String {
    format!(
        "guard {}, handler {first} {last}, dependency {}",
        *earlier, *later
    )
}

fn router() -> Router {
    Router::new()
        .route("/greet", get(greet::handler))
        .route_layer(from_fn(identify))
        .route("/turns", get(turns::handler))
}

#[tokio::test]
async fn a_dependency_reads_what_a_middleware_stored() {
    let request = with_header(request("/greet"), "x-caller", "Ada");
    assert_eq!(ask(&router(), request).await.seen(), (200, "hello Ada"));
}

#[tokio::test]
async fn a_middleware_may_answer_before_anything_is_resolved() {
    assert_eq!(ask(&router(), request("/greet")).await.seen(), (401, ""));
}

#[tokio::test]
async fn an_extractor_sees_what_those_before_it_stored_also_after_the_last_parameter() {
    let answer = ask(&router(), request("/turns")).await;
    assert_eq!(answer.seen(), (200, "guard 1, handler 2 3, dependency 4"));
}
