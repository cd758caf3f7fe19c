//! What is turned away over HTTP, and slots of what a layer has resolved.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use axum::routing::get;
use hueless::axum::require;
use hueless::{App, Depends, dependency, handler};
use tower::ServiceExt;

#[dependency(limit = 1, queue = 0)]
async fn ticket() -> u8 {
    1
}

#[handler]
async fn slow(_ticket: Depends<ticket>) {
    for _ in 0..5 {
        tokio::task::yield_now().await;
    }
}

#[dependency(limit = 1)]
async fn pool() -> u8 {
    7
}

#[dependency(transient, limit = 2)]
async fn buffer(pool: Depends<pool>) -> Vec<u8> {
    vec![*pool]
}

#[dependency(guard)]
async fn user(pool: Depends<pool>, buffer: Depends<buffer>) -> String {
    format!("user {} {}", *pool, buffer.len())
}

#[handler]
async fn greet(user: Depends<user>, pool: Depends<pool>, buffer: Depends<buffer>) -> String {
    format!("{} {} {}", *user, *pool, buffer.len())
}

async fn ask(router: &Router, path: &str) -> Response {
    let request = Request::get(path).body(Body::empty()).expect("a request");
    router.clone().oneshot(request).await.expect("infallible")
}

#[tokio::test]
async fn overload_is_a_503_that_says_when_to_come_again() {
    let router = Router::new().route("/", get(slow::handler));
    let router = router.layer(App::new().layer());
    let (served, turned_away) = tokio::join!(ask(&router, "/"), ask(&router, "/"));
    assert_eq!(served.status(), StatusCode::OK);
    assert!(!served.headers().contains_key(header::RETRY_AFTER));
    assert_eq!(turned_away.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(turned_away.headers()[header::RETRY_AFTER], "1");
    assert_eq!(ask(&router, "/").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn what_a_layer_has_resolved_takes_no_slot_again() {
    let router = Router::new().route("/", get(greet::handler));
    let router = router.layer(require::<user>()).layer(App::new().layer());
    // One after another: each gives its slots back.
    for _ in 0..3 {
        let (one, other) = tokio::join!(ask(&router, "/"), ask(&router, "/"));
        for response in [one, other] {
            let body = axum::body::to_bytes(response.into_body(), 99).await;
            assert_eq!(body.expect("a body"), "user 7 1 7 1");
        }
    }
}
