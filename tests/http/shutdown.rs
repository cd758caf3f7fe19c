//! What clients see while an app shuts down.

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use hueless::axum::require;
use hueless::{App, Depends, Outcome, dependency, handler};
use tokio::sync::Semaphore;

use crate::client::{ask, get as request};
use crate::log::{Log, log};

/// Long enough for a loaded machine; reached only by a test that fails.
const PATIENCE: Duration = Duration::from_secs(20);

struct Pool {
    log: Log,
    /// How many requests are being served.
    started: Semaphore,
    go_on: Semaphore,
}

#[dependency(singleton, inline, teardown = close)]
fn pool(log: Depends<log>) -> Pool {
    Pool {
        log: Log::clone(&log),
        started: Semaphore::new(0),
        go_on: Semaphore::new(0),
    }
}

async fn close(pool: Depends<pool>, outcome: Outcome) {
    pool.log.write(format!("close {outcome}"));
}

impl Pool {
    /// Waits until the test lets it go on.
    async fn serve(&self) {
        self.started.add_permits(1);
        let permit = self.go_on.acquire().await;
        permit.expect("it is never closed").forget();
    }
}

#[handler(inline)]
fn quick(_pool: Depends<pool>) -> &'static str {
    "quick"
}

#[handler]
async fn slow(pool: Depends<pool>) -> &'static str {
    pool.serve().await;
    pool.log.write("slow");
    "slow"
}

#[dependency(guard, teardown = leave)]
async fn admitted(pool: Depends<pool>) -> Log {
    pool.serve().await;
    pool.log.write("admitted");
    pool.log.clone()
}

async fn leave(admitted: Depends<admitted>, outcome: Outcome) {
    admitted.write(format!("leave {outcome}"));
}

/// The app, what it serves, and the pool of it.
async fn serve() -> (App, Router, Depends<pool>) {
    #[handler(inline)]
    fn read(pool: Depends<pool>) -> Depends<pool> {
        pool
    }
    let app = App::new();
    let pool = app.run(read::handler, hueless::Call::new()).await;
    let router = Router::new()
        .route("/behind", get(quick::handler))
        .layer(require::<admitted>())
        .route("/slow", get(slow::handler))
        .route("/quick", get(quick::handler))
        .layer(app.layer());
    (app, router, pool.expect("a pool"))
}

#[tokio::test]
async fn what_runs_is_answered_and_what_comes_is_refused() {
    let (app, router, pool) = serve().await;
    let slow = tokio::spawn({
        let router = router.clone();
        async move { ask(&router, request("/slow")).await }
    });
    pool.started.acquire().await.unwrap().forget();

    let late = app.shutdown(Duration::from_millis(5)).await.unwrap_err();
    assert_eq!(late.names(), ["`slow`"]);
    for path in ["/quick", "/slow", "/behind"] {
        let refused = ask(&router, request(path)).await;
        assert_eq!(refused.seen(), (503, ""), "{path}");
        assert_eq!(refused.headers["retry-after"], "1", "{path}");
    }
    pool.go_on.add_permits(1);
    app.shutdown(PATIENCE).await.unwrap();
    assert_eq!(slow.await.unwrap().seen(), (200, "slow"));
    assert_eq!(pool.log.take(), ["slow", "close completed"]);
    assert_eq!(ask(&router, request("/quick")).await.status, 503);
}

#[tokio::test]
async fn a_request_that_a_layer_has_let_pass_reaches_its_handler() {
    let (app, router, pool) = serve().await;
    let behind = tokio::spawn({
        let router = router.clone();
        async move { ask(&router, request("/behind")).await }
    });
    pool.started.acquire().await.unwrap().forget();

    app.shutdown(Duration::from_millis(5)).await.unwrap_err();
    pool.go_on.add_permits(1);
    app.shutdown(PATIENCE).await.unwrap();
    assert_eq!(behind.await.unwrap().seen(), (200, "quick"));
    assert_eq!(
        pool.log.take(),
        ["admitted", "leave completed", "close completed"]
    );
}
