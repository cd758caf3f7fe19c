//! What was resolved for the layer costs the handler no thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::routing::get;
use hueless::axum::require;
use hueless::{App, Depends, dependency, handler};

use crate::client::{ask, get as request};

#[dependency(guard)]
fn connection() -> u8 {
    7
}

#[dependency]
fn user(connection: Depends<connection>) -> u8 {
    *connection
}

/// Needs what is lent, and what only that needs.
#[handler]
async fn greet(user: Depends<user>, connection: Depends<connection>) -> String {
    format!("{} {}", *user, *connection)
}

#[test]
fn a_plain_node_that_is_lent_is_not_sent_to_a_thread() {
    let started = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&started);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .on_thread_start(move || {
            counted.fetch_add(1, Ordering::Relaxed);
        })
        .build()
        .expect("a runtime starts");
    let app = App::new();
    let before_the_handler = Arc::new(AtomicUsize::new(0));
    runtime.block_on(async {
        let (started, before) = (Arc::clone(&started), Arc::clone(&before_the_handler));
        // While the handler is resolved every idle thread is occupied, so one more would be started.
        let occupy = move |request: Request, next: Next| {
            let (started, before) = (Arc::clone(&started), Arc::clone(&before));
            async move {
                let (occupied, is_occupied) = tokio::sync::oneshot::channel();
                let (free, until_free) = mpsc::channel::<()>();
                let occupant = tokio::task::spawn_blocking(move || {
                    occupied.send(()).expect("the test waits");
                    let ended = until_free.recv();
                    ended.expect_err("nothing is sent");
                });
                is_occupied.await.expect("it has begun");
                before.store(started.load(Ordering::Relaxed), Ordering::Relaxed);
                let response = next.run(request).await;
                drop(free);
                occupant.await.expect("no panic");
                response
            }
        };
        let router = Router::new()
            .route("/", get(greet::handler))
            .layer(from_fn(occupy))
            .layer(require::<user>())
            .layer(app.layer());
        assert_eq!(ask(&router, request("/")).await.seen(), (200, "7 7"));
    });
    // Waits for threads that have just been started.
    drop(runtime);
    assert_eq!(
        started.load(Ordering::Relaxed),
        before_the_handler.load(Ordering::Relaxed)
    );
    assert_eq!(app.stats().hops, 1);
}
