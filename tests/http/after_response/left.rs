//! Responses without a body: what is done after them waits until they have left.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http_body::Frame;
use hueless::axum::require;
use hueless::{App, Depends, Outcome, dependency, handler};
use tower::ServiceExt;

use super::{log_of, resource};
use crate::log::{Log, log};

const PATIENCE: Duration = Duration::from_secs(20);

#[handler]
async fn full(_resource: Depends<resource>) -> &'static str {
    "one two three"
}

#[handler]
async fn no_content(_resource: Depends<resource>) -> StatusCode {
    StatusCode::NO_CONTENT
}

#[handler]
fn not_modified(_resource: Depends<resource>) -> impl IntoResponse {
    (StatusCode::NOT_MODIFIED, "one two three")
}

fn router(app: &App) -> Router {
    Router::new()
        .route("/full", get(full::handler))
        .route("/no-content", get(no_content::handler))
        .route("/not-modified", get(not_modified::handler))
        .layer(app.layer())
}

/// Those without a body, each in an app of its own: the response, which nobody has sent or dropped,
/// and the log.
async fn responses(
    layers: impl Fn(Router) -> Router,
) -> impl Iterator<Item = (App, Log, Response)> {
    let mut responses = Vec::new();
    for request in [
        Request::head("/full"),
        Request::get("/no-content"),
        Request::get("/not-modified"),
    ] {
        let app = App::new();
        let log = Log::of(&app).await;
        let request = request.body(Body::empty()).expect("a request");
        let answered = layers(router(&app)).oneshot(request).await;
        responses.push((app, log, answered.expect("it cannot fail")));
    }
    responses.into_iter()
}

/// Whether nothing goes on any more. It is asked for a moment only: that is enough for what must not
/// have begun.
async fn is_over(app: &App) -> bool {
    app.shutdown(Duration::from_millis(5)).await.is_ok()
}

#[tokio::test]
async fn it_waits_for_the_head() {
    for (app, log, response) in responses(|router| router).await {
        assert!(!is_over(&app).await, "the response is still here");
        log.write("left");
        drop(response);
        app.shutdown(PATIENCE).await.expect("everything ends");
        assert_eq!(log.take(), ["end completed", "left", "release completed"]);
    }
}

#[tokio::test]
async fn a_middleware_may_put_another_body_there() {
    let layers = |router: Router| {
        router.layer(map_response(|response: Response| async {
            response.map(|_| Body::empty())
        }))
    };
    for (app, log, response) in responses(layers).await {
        assert!(!is_over(&app).await, "the response is still here");
        log.write("left");
        drop(response);
        app.shutdown(PATIENCE).await.expect("everything ends");
        assert_eq!(log.take(), ["end completed", "left", "release completed"]);
    }
}

#[tokio::test]
async fn with_a_response_that_a_middleware_drops_it_begins() {
    let layers = |router: Router| {
        router.layer(map_response(|response: Response| async move {
            response.status()
        }))
    };
    for (app, log, _another) in responses(layers).await {
        app.shutdown(PATIENCE).await.expect("everything ends");
        assert_eq!(log.take(), ["end completed", "release completed"]);
    }
}

#[tokio::test]
async fn a_layer_and_a_handler_both_wait_for_it() {
    #[dependency(after_response = release_outer)]
    fn outer(log: Depends<log>) -> Log {
        Log::clone(&log)
    }
    async fn release_outer(outer: Depends<outer>, outcome: Outcome) {
        outer.write(format!("release outer {outcome}"));
    }

    for request in [Request::head("/full"), Request::get("/no-content")] {
        let app = App::new();
        let log = Log::of(&app).await;
        let router = Router::new()
            .route("/full", get(full::handler))
            .route("/no-content", get(no_content::handler))
            .layer(require::<outer>())
            .layer(app.layer());
        let request = request.body(Body::empty()).expect("a request");
        let response = router.oneshot(request).await.expect("it cannot fail");
        assert!(!is_over(&app).await, "the response is still here");
        log.write("left");
        drop(response);
        app.shutdown(PATIENCE).await.expect("everything ends");
        let expected = [
            "end completed",
            "left",
            "release completed",
            "release outer completed",
        ];
        assert_eq!(log.take(), expected);
    }
}

/// Panics when it is asked whether it is at its end.
struct Bomb;

impl HttpBody for Bomb {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        Poll::Pending
    }

    fn is_end_stream(&self) -> bool {
        panic!("a secret");
    }
}

#[handler]
async fn bomb(_resource: Depends<resource>) -> Body {
    Body::new(Bomb)
}

#[tokio::test]
async fn a_body_that_panics_when_it_is_asked_for_its_end_was_not_sent() {
    let app = App::new();
    let router = Router::new()
        .route("/", get(bomb::handler))
        .layer(app.layer());
    let request = Request::get("/").body(Body::empty()).expect("a request");
    drop(router.oneshot(request).await.expect("it cannot fail"));
    assert_eq!(log_of(&app).await, ["end completed", "release cancelled"]);
}
