//! A layer does not end what a thread behind it still uses.

use std::sync::{Mutex, PoisonError};

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hueless::axum::require;
use hueless::{App, Depends, Outcome, dependency, handler};

use crate::client::{ask, ask_over_socket, get as request, send, serve};
use crate::support::{Log, Signal, in_each_app, is_over, on_each_runtime};

static LOG: Log = Log::new();
static RUNS: Signal = Signal::new();
static GO_ON: Signal = Signal::new();
/// Tests that share these run one after another.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

#[dependency(teardown = end_db, after_response = release_db)]
fn db() -> u8 {
    LOG.add("db");
    1
}

fn end_db(_db: Depends<db>, outcome: Outcome) {
    LOG.add(format!("end-db-{outcome}"));
}

async fn release_db(_db: Depends<db>, outcome: Outcome) {
    LOG.add(format!("release-db-{outcome}"));
}

#[dependency(guard, teardown = end_user)]
async fn user(_db: Depends<db>) -> u8 {
    LOG.add("user");
    2
}

async fn end_user(_user: Depends<user>, outcome: Outcome) {
    LOG.add(format!("end-user-{outcome}"));
}

#[dependency(teardown = end_report)]
fn report(db: Depends<db>, user: Depends<user>) -> u8 {
    RUNS.give();
    GO_ON.wait_blocking();
    LOG.add("report");
    *db + *user
}

fn end_report(_report: Depends<report>, outcome: Outcome) {
    LOG.add(format!("end-report-{outcome}"));
}

#[handler]
async fn show(report: Depends<report>) -> String {
    LOG.add("never");
    report.to_string()
}

#[handler]
fn works(db: Depends<db>, user: Depends<user>) -> String {
    RUNS.give();
    GO_ON.wait_blocking();
    LOG.add("worked");
    (*db + *user).to_string()
}

#[dependency]
async fn refuses() -> Result<u8, StatusCode> {
    RUNS.wait().await;
    Err(StatusCode::CONFLICT)
}

#[handler]
fn refused(_refuses: Depends<refuses>, _report: Depends<report>) -> &'static str {
    "never"
}

#[handler]
fn alive() -> &'static str {
    "alive"
}

/// Loses its patience where it is told to, when a thread works behind it.
async fn answers_for_it(request: Request, next: Next) -> Response {
    if request.uri().query() != Some("impatient") {
        return next.run(request).await;
    }
    tokio::select! {
        biased;
        () = RUNS.wait() => StatusCode::GATEWAY_TIMEOUT.into_response(),
        response = next.run(request) => response,
    }
}

fn router(app: &App) -> Router {
    Router::new()
        .route("/show", get(show::handler))
        .route("/works", get(works::handler))
        .route("/refused", get(refused::handler))
        .layer(from_fn(answers_for_it))
        .layer(require::<user>())
        .layer(require::<db>())
        .route("/alive", get(alive::handler))
        .layer(app.layer())
}

/// FastAPI: see `cancelled`. Here the thread works for a run within the one that is given up.
#[test]
fn a_client_that_hangs_up_does_not_end_what_a_thread_behind_the_layer_uses() {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    for (path, last) in [
        ("/show", "report end-report-cancelled"),
        ("/works", "worked"),
    ] {
        in_each_app(|app| async move {
            RUNS.reset();
            GO_ON.reset();
            let address = serve(router(&app)).await;
            let head = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
            let client = send(address, &head).await;
            RUNS.wait().await;
            drop(client);
            // Time enough for the server to notice, and to end what is not to be ended yet.
            for _ in 0..20 {
                let (status, _) = ask_over_socket(address, "/alive").await;
                assert_eq!(status, "HTTP/1.1 200 OK");
            }
            assert_eq!(LOG.take(), "db user");
            GO_ON.give();
            is_over(&app).await;
            let layers = "end-user-cancelled end-db-cancelled release-db-cancelled";
            assert_eq!(LOG.take(), format!("{last} {layers}"));
        });
    }
}

/// The rejection leaves at once; what a later node still uses on its thread ends behind it.
#[test]
fn a_rejection_does_not_end_what_a_later_node_behind_the_layer_uses() {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    on_each_runtime(|| async {
        RUNS.reset();
        GO_ON.reset();
        let app = App::new();
        let router = router(&app);
        assert_eq!(ask(&router, request("/refused")).await.seen(), (409, ""));
        for _ in 0..20 {
            assert_eq!(ask(&router, request("/alive")).await.seen(), (200, "alive"));
        }
        assert_eq!(LOG.take(), "db user");
        GO_ON.give();
        is_over(&app).await;
        assert_eq!(
            LOG.take(),
            "report end-report-failed end-user-failed end-db-failed release-db-failed"
        );
    });
}

/// The same where a middleware in between answers for the handler: what it has dropped goes on on its
/// thread.
#[test]
fn an_answer_in_place_of_the_handler_does_not_end_what_its_thread_uses() {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    in_each_app(|app| async move {
        RUNS.reset();
        GO_ON.reset();
        let router = router(&app);
        assert_eq!(
            ask(&router, request("/works?impatient")).await.seen(),
            (504, "")
        );
        for _ in 0..20 {
            assert_eq!(ask(&router, request("/alive")).await.seen(), (200, "alive"));
        }
        assert_eq!(LOG.take(), "db user");
        GO_ON.give();
        is_over(&app).await;
        let layers = "end-user-cancelled end-db-cancelled release-db-cancelled";
        assert_eq!(LOG.take(), format!("worked {layers}"));
    });
}

/// And so does the layer's own end, once it has begun: a commit is done or it is not.
#[test]
fn a_client_that_hangs_up_during_the_commit_of_the_layer_does_not_stop_it() {
    static LOG: Log = Log::new();

    #[dependency(teardown = commit, after_response = release)]
    fn transaction() -> () {}
    async fn commit(_: Depends<transaction>, outcome: Outcome) {
        LOG.add(format!("commit-{outcome}"));
        RUNS.give();
        GO_ON.wait().await;
        LOG.add("committed");
    }
    fn release(_: Depends<transaction>, outcome: Outcome) {
        LOG.add(format!("release-{outcome}"));
    }
    #[handler]
    async fn save(_: Depends<transaction>) -> &'static str {
        LOG.add("saved");
        "saved"
    }

    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    in_each_app(|app| async move {
        RUNS.reset();
        GO_ON.reset();
        let router = Router::new()
            .route("/", get(save::handler))
            .layer(require::<transaction>())
            .layer(app.layer());
        tokio::select! {
            biased;
            () = RUNS.wait() => {}
            _ = ask(&router, request("/")) => panic!("the commit is not done yet"),
        }
        GO_ON.give();
        is_over(&app).await;
        assert_eq!(
            LOG.take(),
            "saved commit-completed committed release-cancelled"
        );
    });
}
