//! A job that outlives its worker's heartbeats, as a worker sends none from the moment that it is asked
//! to stop: another worker runs it a second time meanwhile, and it is acknowledged once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use apalis_core::backend::ext::BackendExt;
use apalis_core::error::WorkerError;
use apalis_core::task::builder::TaskBuilder;
use apalis_core::task::data::Data;
use apalis_core::worker::builder::WorkerBuilder;
use apalis_core::worker::context::WorkerContext;
use hueless::App;
use hueless::apalis::{job, lenient};
use hueless::handler;
use tokio::sync::Semaphore;

use crate::patience::{PATIENCE, until};
use crate::queue::{self, LOOK, Postgres, Redis, Shared, Sqlite, SqliteFile, Told, unused_name};

/// How often the job has begun, and what it waits for.
#[derive(Clone)]
struct Desk {
    begun: Arc<AtomicUsize>,
    gate: Arc<Semaphore>,
}

#[handler]
async fn sit(Data(desk): Data<Desk>) {
    desk.begun.fetch_add(1, Ordering::Relaxed);
    desk.gate.acquire().await.expect("it stays open").forget();
}

/// What becomes of the worker that was asked to stop first.
async fn outlive<Q: Shared>(address: &str) -> Result<(), WorkerError> {
    let mut queue = Q::open(address, &unused_name()).await.expect("a queue");
    queue.set_up().await.expect("a queue");
    queue.push(TaskBuilder::new(())).await;
    let desk = Desk {
        begun: Arc::default(),
        gate: Arc::new(Semaphore::new(0)),
    };
    let hire = |look| {
        let worker = WorkerContext::new(&unused_name());
        let running = WorkerBuilder::new(&worker)
            .backend(lenient(queue.storage::<()>(1)).poll_with_interval(look))
            .data(App::new())
            .data(desk.clone())
            .build(job(sit::handler))
            .run();
        (worker, tokio::spawn(running))
    };
    let has_begun = |times| {
        let begun = Arc::clone(&desk.begun);
        move || begun.load(Ordering::Relaxed) == times
    };

    // What a worker does in its queue when it is asked to stop keeps its locks until it has stopped, and
    // the job may be behind one. So it has told that the job runs, and looks for no other one.
    let (first, stopping) = hire(PATIENCE);
    until("the job has begun", has_begun(1)).await;
    let runs = |told: &[Told]| told.iter().all(|told| told.is("Running"));
    queue.when(runs).await;
    first.stop().expect("the worker runs");
    let (second, working) = hire(LOOK);
    until("the job has begun again", has_begun(2)).await;

    // The first worker tells its queue how the job ended, and the queue takes no notice.
    desk.gate.add_permits(1);
    let ended = stopping.await.expect("no panic");
    let told = queue.told().await.expect("the queue is there");
    assert!(told.iter().all(|told| !told.has_ended()), "{told:?}");

    desk.gate.add_permits(1);
    queue.when(|told| told.iter().all(Told::has_ended)).await;
    second.stop().expect("the worker runs");
    working.await.expect("no panic").expect("no error");
    let acknowledged = queue.acknowledged().await.expect("who counts");
    assert_eq!(acknowledged.values().copied().collect::<Vec<_>>(), [1]);
    ended
}

#[tokio::test]
async fn a_queue_in_sqlite_hands_it_to_another_worker() {
    let file = SqliteFile::new();
    let ended = outlive::<Sqlite>(file.address()).await;
    ended.expect("no error");
}

#[tokio::test]
async fn a_queue_in_postgresql_hands_it_to_another_worker() {
    if let Some(address) = queue::server("HUELESS_POSTGRES") {
        let ended = outlive::<Postgres>(&address).await;
        ended.expect("no error");
    }
}

#[tokio::test]
async fn a_queue_in_redis_hands_it_to_another_worker_and_refuses_the_first() {
    if let Some(address) = queue::server("HUELESS_REDIS") {
        let ended = outlive::<Redis>(&address).await;
        let error = ended.expect_err("the job is no longer its own").to_string();
        assert!(error.contains("task not executed by worker"), "{error}");
    }
}
