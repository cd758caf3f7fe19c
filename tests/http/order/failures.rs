//! A bad body never hides a 401.

use axum::Router;
use axum::body::Body;
use axum::extract::Json;
use axum::routing::post;
use futures_util::stream;
use hueless::{App, Depends, dependency, handler};

use super::{guard_async, guard_plain, user_async, user_plain};
use crate::client::{ask, post as request, with_header};
use crate::log::{Log, log};

#[dependency]
fn order(log: Depends<log>) -> &'static str {
    log.write("order");
    "order"
}

#[handler]
async fn behind_async_guard(
    order: Depends<order>,
    _: Depends<guard_async>,
    Json(_): Json<u32>,
) -> String {
    order.to_string()
}

#[handler]
fn behind_plain_guard(
    order: Depends<order>,
    _: Depends<guard_plain>,
    Json(_): Json<u32>,
) -> String {
    order.to_string()
}

#[handler]
fn beside_async(_: Depends<user_async>, Json(_): Json<u32>) {}

#[handler]
async fn beside_plain(Json(_): Json<u32>, _: Depends<user_plain>) {}

/// The status, the body, what was logged, for a request with this token.
async fn send(
    app: &App,
    path: &str,
    token: Option<&str>,
    body: Body,
) -> (u16, String, Vec<String>) {
    let router = Router::new()
        .route("/behind-async-guard", post(behind_async_guard::handler))
        .route("/behind-plain-guard", post(behind_plain_guard::handler))
        .route("/beside-async", post(beside_async::handler))
        .route("/beside-plain", post(beside_plain::handler))
        .layer(app.layer());
    let mut request = request(path, "application/json", body);
    if let Some(token) = token {
        request = with_header(request, "x-token", token);
    }
    let answer = ask(&router, request).await;
    (answer.status, answer.body, Log::of(app).await.take())
}

/// A body that logs that it was asked for anything, and is no JSON.
fn bad_body(log: Log) -> Body {
    Body::from_stream(stream::once(async move {
        log.write("body");
        Ok::<_, std::convert::Infallible>("no json")
    }))
}

#[tokio::test]
async fn a_guard_answers_and_neither_body_nor_dependencies_are_touched() {
    let app = App::new();
    for path in ["/behind-async-guard", "/behind-plain-guard"] {
        for (token, said) in [(Some("bad"), "bad token"), (None, "no token")] {
            let body = bad_body(Log::of(&app).await);
            let (status, body, log) = send(&app, path, token, body).await;
            assert_eq!((status, &*body), (401, said), "{path}");
            let expected: &[&str] = if token.is_some() { &["user"] } else { &[] };
            assert_eq!(log, expected, "{path}");
        }
    }
}

#[tokio::test]
async fn a_dependency_that_is_no_guard_answers_as_well() {
    let app = App::new();
    for path in ["/beside-async", "/beside-plain"] {
        let body = bad_body(Log::of(&app).await);
        let (status, body, log) = send(&app, path, Some("bad"), body).await;
        assert_eq!((status, &*body), (401, "bad token"), "{path}");
        assert_eq!(log, ["body", "user"], "{path}");

        let body = bad_body(Log::of(&app).await);
        let (status, body, log) = send(&app, path, None, body).await;
        assert_eq!((status, &*body), (401, "no token"), "{path}");
        assert_eq!(log, ["body"], "{path}");
    }
}

#[tokio::test]
async fn a_bad_body_is_the_answer_when_everything_else_is_good() {
    let app = App::new();
    let paths = [
        "/behind-async-guard",
        "/behind-plain-guard",
        "/beside-async",
        "/beside-plain",
    ];
    for path in paths {
        let body = bad_body(Log::of(&app).await);
        let (status, body, _) = send(&app, path, Some("good"), body).await;
        assert_eq!(status, 400, "{path}");
        assert!(
            body.starts_with("Failed to parse the request body as JSON"),
            "{path}: {body}"
        );
    }
}
