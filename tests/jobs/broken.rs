//! A queue that breaks while jobs run, and one that was never there.

use std::sync::Arc;
use std::time::Duration;

use apalis_core::worker::builder::WorkerBuilder;
use apalis_sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteStorage};
use hueless::apalis::{job, lenient};
use hueless::{Depends, Outcome, handler};

use crate::bench::Bench;
use crate::witness::{Heard, witness};

#[handler]
async fn hang(_witness: Depends<witness>) {
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn a_queue_that_breaks_ends_the_worker_and_teardowns_hear_of_it() {
    let (bench, heard) = (Bench::new().await, Heard::default());
    bench.push(()).await;
    let worker = bench.builder::<()>().data(Arc::clone(&heard));
    let worker = tokio::spawn(worker.build(job(hang::handler)).run());
    bench.when(|told| told[0].is("Running")).await;

    let dropped = sqlx::query("ALTER TABLE Jobs RENAME TO Elsewhere");
    dropped
        .execute(&bench.queue.pool)
        .await
        .expect("it is there");
    let error = worker
        .await
        .expect("no panic")
        .expect_err("no queue is left");
    assert!(error.to_string().contains("no such table: Jobs"), "{error}");
    bench
        .app
        .shutdown(Duration::from_secs(10))
        .await
        .expect("nothing is left");
    assert_eq!(*heard.lock().expect("no panic"), [Outcome::Cancelled]);
}

#[tokio::test]
async fn a_queue_that_cannot_be_reached_ends_the_worker() {
    let nowhere = SqliteConnectOptions::new().filename("/no/such/folder/jobs.db");
    let pool = SqlitePoolOptions::new().connect_lazy_with(nowhere);
    let queue = lenient(SqliteStorage::<()>::new(&pool));
    let worker = WorkerBuilder::new("a")
        .backend(queue)
        .build(job(hang::handler));
    let error = worker.run().await.expect_err("there is no queue");
    let said = "Failed to poll backend: PollNextError: error returned from database";
    assert!(error.to_string().starts_with(said), "{error}");
}
