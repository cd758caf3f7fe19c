//! Work for after the response, added to a queue of the layer by more than one handler.

use std::sync::Mutex;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::routing::get;
use hueless::axum::require;
use hueless::{App, Background, Depends, Outcome, dependency, handler};
use tower::ServiceExt;

static RAN: Mutex<Vec<&str>> = Mutex::new(Vec::new());

#[dependency]
async fn has_a_queue(_background: Depends<Background>) -> u8 {
    1
}

fn add(background: &Background, what: &'static str) {
    background.add(move || RAN.lock().expect("nobody panics").push(what));
}

#[dependency(teardown = end)]
async fn audit(background: Depends<Background>) -> Background {
    Background::clone(&background)
}

async fn end(audit: Depends<audit>, outcome: Outcome) {
    match outcome {
        Outcome::Completed => add(&audit, "completed"),
        _ => add(&audit, "not-completed"),
    }
}

#[handler]
async fn succeeds(background: Depends<Background>, _audit: Depends<audit>) -> StatusCode {
    add(&background, "for-success");
    StatusCode::OK
}

#[handler]
async fn fails(
    background: Depends<Background>,
    _audit: Depends<audit>,
) -> Result<StatusCode, StatusCode> {
    add(&background, "for-failure");
    Err(StatusCode::SERVICE_UNAVAILABLE)
}

/// Sends two requests through one layer, one after the other. Returns what ran after the response.
async fn both(first: &'static str, second: &'static str) -> String {
    let app = App::new();
    let router = Router::new()
        .route("/succeeds", get(succeeds::handler))
        .route("/fails", get(fails::handler));
    let inner = router.clone();
    let router = router
        .layer(from_fn(move |request: Request, _next: Next| {
            let requests = [first, second].map(|path| {
                let mut again = Request::get(path).body(Body::empty()).expect("a request");
                *again.extensions_mut() = request.extensions().clone();
                again
            });
            let inner = inner.clone();
            async move {
                let [first, second] = requests;
                drop(inner.clone().oneshot(first).await);
                inner.oneshot(second).await.expect("it cannot fail")
            }
        }))
        .layer(require::<has_a_queue>())
        .layer(app.layer());
    let request = Request::get(first).body(Body::empty()).expect("a request");
    drop(router.oneshot(request).await.expect("it cannot fail"));
    let patience = Duration::from_secs(20);
    app.shutdown(patience).await.expect("everything ends");
    std::mem::take(&mut *RAN.lock().expect("nobody panics")).join(" ")
}

/// What one handler knows of its end says nothing of another's.
#[tokio::test]
async fn what_a_handler_adds_does_not_run_because_another_one_has_ended() {
    // What a teardown adds runs as it knew.
    assert_eq!(
        both("/fails", "/fails").await,
        "not-completed not-completed"
    );
    assert_eq!(both("/fails", "/succeeds").await, "not-completed completed");
    assert_eq!(both("/succeeds", "/fails").await, "completed not-completed");
    assert_eq!(
        both("/succeeds", "/succeeds").await,
        "for-success completed for-success completed"
    );
}
