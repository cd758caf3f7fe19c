//! The same promises where the guard is a layer around the router.

use std::io;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::stream;
use hueless::axum::require;
use hueless::{App, Depends, Outcome, dependency, handler};

use crate::client::{ask, get as request, post as send, with_header};
use crate::support::{Log, in_each_app, is_over};

#[dependency(guard)]
fn user(runs: Depends<runs>, headers: HeaderMap) -> Result<String, StatusCode> {
    runs.fetch_add(1, Ordering::SeqCst);
    let name = headers.get("user").and_then(|name| name.to_str().ok());
    name.map(str::to_owned).ok_or(StatusCode::UNAUTHORIZED)
}

/// How often the guard has run in an app.
#[dependency(singleton, inline)]
fn runs() -> AtomicU32 {
    AtomicU32::new(0)
}

#[handler(inline)]
fn how_often(runs: Depends<runs>) -> u32 {
    runs.load(Ordering::SeqCst)
}

async fn runs_in(app: &App) -> u32 {
    app.run(how_often::handler, hueless::Call::new())
        .await
        .expect("it cannot fail")
}

#[dependency]
async fn account(user: Depends<user>) -> String {
    user.to_uppercase()
}

/// In the context of its router's state, which is not that of the layer.
#[handler]
async fn order(
    State(shop): State<&'static str>,
    account: Depends<account>,
    user: Depends<user>,
    Json(order): Json<Vec<u8>>,
) -> String {
    format!("{shop} {} {} {}", *user, *account, order.len())
}

fn router(app: &App) -> Router {
    Router::new()
        .route("/orders", post(order::handler))
        .layer(require::<user>())
        .layer(app.layer())
        .with_state("shop")
}

/// FastAPI: a dependency of the whole app is one more of each route: the body is read first, and a
/// stranger with a bad one is told that with a 422.
#[test]
fn behind_the_layer_a_malformed_body_does_not_hide_a_401() {
    in_each_app(|app| async move {
        let router = router(&app);
        for (body, status) in [(r#"{"an": "object"}"#, 422), ("no json", 400)] {
            let order = || send("/orders", "application/json", body);
            assert_eq!(ask(&router, order()).await.seen(), (401, ""));
            let known = ask(&router, with_header(order(), "user", "ada")).await;
            assert_eq!(known.status, status);
        }
    });
}

/// The same seen from the stranger, whose body nobody asks for.
#[test]
fn the_layer_refuses_without_reading_the_body() {
    in_each_app(|app| async move {
        let body = stream::poll_fn(|_| -> std::task::Poll<Option<io::Result<Bytes>>> {
            panic!("the body is read")
        });
        let order = send("/orders", "application/json", Body::from_stream(body));
        assert_eq!(ask(&router(&app), order).await.seen(), (401, ""));
    });
}

/// axum: what a middleware has found out is lost or goes through untyped extensions, so the handler's
/// extractor asks the database again.
#[test]
fn the_guard_of_the_layer_runs_once_for_each_request() {
    in_each_app(|app| async move {
        let router = router(&app);
        for times in 1..=3 {
            let order = with_header(send("/orders", "application/json", "[1, 2]"), "user", "ada");
            assert_eq!(ask(&router, order).await.seen(), (200, "shop ada ADA 2"));
            assert_eq!(runs_in(&app).await, times);
        }
    });
}

/// One who is asked for a page by number: what can fail here was read for the layer, and is not read
/// again.
#[dependency(guard)]
async fn page(Path(number): Path<u32>) -> u32 {
    number
}

#[handler]
async fn bad_body(page: Depends<page>, Json(_): Json<Vec<u8>>) -> String {
    page.to_string()
}

#[handler]
async fn panics(page: Depends<page>) -> String {
    panic!("page {}", *page)
}

#[dependency]
fn refuses(_page: Depends<page>) -> Result<u8, StatusCode> {
    Err(StatusCode::CONFLICT)
}

#[handler]
async fn refused(refuses: Depends<refuses>) -> String {
    refuses.to_string()
}

/// A rejection waits for every node before it that could still fail: those that never run here, as
/// the layer has run them, must not be among these.
#[test]
fn what_only_the_layer_had_to_run_is_not_waited_for() {
    in_each_app(|app| async move {
        let router = Router::new()
            .route("/bad-body/{number}", post(bad_body::handler))
            .route("/panics/{number}", get(panics::handler))
            .route("/refused/{number}", get(refused::handler))
            .route_layer(require::<page>())
            .layer(app.layer());
        let bad: Request = send("/bad-body/1", "application/json", "no json");
        assert_eq!(ask(&router, bad).await.status, 400);
        assert_eq!(ask(&router, request("/panics/1")).await.seen(), (500, ""));
        assert_eq!(ask(&router, request("/refused/1")).await.seen(), (409, ""));
        assert_eq!(ask(&router, request("/refused/x")).await.status, 400);
    });
}

#[dependency(guard)]
async fn admin(user: Depends<user>) -> Result<u32, StatusCode> {
    (*user == "root").then_some(0).ok_or(StatusCode::FORBIDDEN)
}

#[dependency(requires(admin))]
fn report(_user: Depends<user>) -> &'static str {
    "report"
}

#[handler(requires(admin))]
async fn required_by_the_handler(user: Depends<user>) -> String {
    user.to_string()
}

#[handler]
fn required_by_a_dependency(report: Depends<report>) -> &'static str {
    *report
}

/// What is lent spares the handler what only that needed, and no check of its own.
#[test]
fn behind_the_layer_whatever_else_is_required_is_still_required() {
    in_each_app(|app| async move {
        let router = Router::new()
            .route("/handler", get(required_by_the_handler::handler))
            .route("/dependency", get(required_by_a_dependency::handler))
            .layer(require::<user>())
            .layer(app.layer());
        for (path, answer) in [("/handler", "root"), ("/dependency", "report")] {
            let by = |name| with_header(request(path), "user", name);
            assert_eq!(ask(&router, by("ada")).await.seen(), (403, ""), "{path}");
            assert_eq!(
                ask(&router, by("root")).await.seen(),
                (200, answer),
                "{path}"
            );
        }
    });
}

/// A service behind the layer that is none of ours says nothing of how it went, so what answers has
/// completed, and what panics has been given up.
#[test]
fn what_is_not_ours_behind_the_layer_ends_it_as_well() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end)]
    fn user() -> u8 {
        1
    }
    fn end(_user: Depends<user>, outcome: Outcome) {
        LOG.add(format!("end-{outcome}"));
    }
    async fn panics() {
        panic!("no")
    }

    in_each_app(|app| async move {
        let router = Router::new()
            .route("/", get(|| async { "ok" }))
            .route("/panics", get(panics))
            .layer(require::<user>())
            .layer(app.layer());
        assert_eq!(ask(&router, request("/")).await.seen(), (200, "ok"));
        assert_eq!(ask(&router, request("/nowhere")).await.status, 404);
        let given_up = tokio::spawn(async move { ask(&router, request("/panics")).await.status });
        assert!(given_up.await.is_err());
        is_over(&app).await;
        assert_eq!(LOG.take(), "end-completed end-completed end-cancelled");
    });
}
