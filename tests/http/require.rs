//! A guard for a whole router: `hueless::axum::require`.

mod apps;
mod background;
mod hops;
mod named;

use std::sync::Mutex;

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use hueless::axum::{require, require_with_state};
use hueless::{App, Depends, Outcome, dependency, handler};
use tower::ServiceExt;

static LOG: Mutex<Vec<String>> = Mutex::new(Vec::new());
/// Tests that share the log run one after another.
static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

fn note(event: impl Into<String>) {
    LOG.lock()
        .expect("nobody panics with it")
        .push(event.into());
}

fn log() -> String {
    std::mem::take(&mut *LOG.lock().expect("nobody panics with it")).join(" ")
}

#[dependency(teardown = end)]
fn connection() -> Result<u8, StatusCode> {
    note("connect");
    Ok(7)
}

fn end(_connection: Depends<connection>, outcome: Outcome) -> Result<(), StatusCode> {
    note(format!("disconnect-{outcome}"));
    Ok(())
}

#[dependency(guard)]
async fn user(
    connection: Depends<connection>,
    headers: axum::http::HeaderMap,
) -> Result<String, StatusCode> {
    note("user");
    let name = headers.get("user").and_then(|name| name.to_str().ok());
    let name = name.ok_or(StatusCode::UNAUTHORIZED)?;
    Ok(format!("{name}{}", *connection))
}

#[dependency(teardown = end_audit)]
async fn audit(_connection: Depends<connection>) -> () {
    note("audit");
}

async fn end_audit(_audit: Depends<audit>, outcome: Outcome) {
    note(format!("end-audit-{outcome}"));
}

#[handler]
async fn greet(user: Depends<user>, _audit: Depends<audit>) -> String {
    note("greet");
    format!("hello {}", *user)
}

#[handler(sequential)]
fn greet_sequentially(user: Depends<user>, _audit: Depends<audit>) -> String {
    note("greet");
    format!("hello {}", *user)
}

#[handler]
async fn fails(_user: Depends<user>) -> Result<String, StatusCode> {
    Err(StatusCode::CONFLICT)
}

#[handler]
async fn create(_user: Depends<user>, Json(order): Json<Vec<u8>>) -> String {
    note("create");
    format!("{}", order.len())
}

fn router() -> Router {
    Router::new()
        .route("/", get(greet::handler))
        .route("/sequential", get(greet_sequentially::handler))
        .route("/fails", get(fails::handler))
        .route("/orders", post(create::handler))
        .route("/plain", get(|| async { "plain" }))
        .layer(require::<user>())
        .layer(App::new().layer())
}

async fn send(router: Router, request: Request<Body>) -> (StatusCode, String) {
    let response = router.oneshot(request).await.expect("it cannot fail");
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX)
        .await
        .expect("the body is sent");
    (status, String::from_utf8_lossy(&body).into_owned())
}

fn get_as_ada(path: &str) -> Request<Body> {
    Request::get(path)
        .header("user", "ada")
        .body(Body::empty())
        .expect("a request")
}

#[tokio::test]
async fn what_was_resolved_for_the_layer_is_found_made_by_the_handler() {
    let _one = ONE_AT_A_TIME.lock().await;
    for path in ["/", "/sequential"] {
        let answer = send(router(), get_as_ada(path)).await;
        assert_eq!(answer, (StatusCode::OK, "hello ada7".to_owned()));
        assert_eq!(
            log(),
            "connect user audit greet end-audit-completed disconnect-completed"
        );
    }
}

#[tokio::test]
async fn the_layers_values_hear_how_the_handler_ended() {
    let _one = ONE_AT_A_TIME.lock().await;
    let answer = send(router(), get_as_ada("/fails")).await;
    assert_eq!(answer.0, StatusCode::CONFLICT);
    assert_eq!(log(), "connect user disconnect-failed");
    let answer = send(router(), get_as_ada("/plain")).await;
    assert_eq!(answer, (StatusCode::OK, "plain".to_owned()));
    assert_eq!(log(), "connect user disconnect-completed");
}

#[tokio::test]
async fn a_rejection_leaves_the_body_unread_and_the_handler_unreached() {
    let _one = ONE_AT_A_TIME.lock().await;
    let body = Body::from_stream(futures_util::stream::poll_fn(
        |_| -> std::task::Poll<Option<Result<String, std::io::Error>>> {
            panic!("the body is read")
        },
    ));
    let request = Request::post("/orders").body(body).unwrap();
    let answer = send(router(), request).await;
    assert_eq!(answer.0, StatusCode::UNAUTHORIZED);
    assert_eq!(log(), "connect user disconnect-failed");
}

#[tokio::test]
async fn a_guard_may_read_the_state_of_the_router() {
    #[derive(Clone)]
    struct IsOpen(bool);

    #[dependency(guard)]
    async fn open(State(IsOpen(is_open)): State<IsOpen>) -> Result<(), StatusCode> {
        is_open.then_some(()).ok_or(StatusCode::SERVICE_UNAVAILABLE)
    }
    #[handler]
    async fn ping() -> &'static str {
        "pong"
    }

    for (is_open, status) in [
        (true, StatusCode::OK),
        (false, StatusCode::SERVICE_UNAVAILABLE),
    ] {
        let router = Router::new()
            .route("/", get(ping::handler))
            .layer(require_with_state::<open, _>(IsOpen(is_open)));
        assert_eq!(send(router, get_as_ada("/")).await.0, status);
    }
}

#[tokio::test]
async fn layers_within_each_other_share_what_they_resolved() {
    #[dependency(guard)]
    async fn admin(user: Depends<user>) -> Result<(), StatusCode> {
        note("admin");
        (user.as_str() == "ada7")
            .then_some(())
            .ok_or(StatusCode::FORBIDDEN)
    }
    #[handler]
    async fn show(_admin: Depends<admin>, user: Depends<user>) -> String {
        note("show");
        user.to_string()
    }

    let _one = ONE_AT_A_TIME.lock().await;
    let router = Router::new()
        .route("/", get(show::handler))
        .layer(require::<admin>())
        .layer(require::<user>())
        .layer(App::new().layer());
    let answer = send(router, get_as_ada("/")).await;
    assert_eq!(answer, (StatusCode::OK, "ada7".to_owned()));
    assert_eq!(log(), "connect user admin show disconnect-completed");
}
