//! Jobs that cannot be decoded: they fail, with a word about why, and no other job does. What is no job
//! at all is beyond that.

use apalis_core::backend::ext::BackendExt;
use apalis_core::error::WorkerError;
use apalis_core::task::builder::TaskBuilder;
use apalis_core::worker::builder::WorkerBuilder;
use apalis_core::worker::context::WorkerContext;
use hueless::apalis::{job, lenient};
use hueless::{App, Depends, Input, dependency, handler};
use serde::{Deserialize, Serialize};

use crate::patience::PATIENCE;
use crate::queue::{self, LOOK, Postgres, Redis, Shared, Sqlite, SqliteFile, Told, unused_name};

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Letter {
    to: String,
}

#[dependency]
async fn addressee(Input(letter): Input<Letter>) -> String {
    letter.to
}

#[handler]
fn deliver(addressee: Depends<addressee>, Input(letter): Input<Letter>) -> usize {
    assert_eq!(*addressee, letter.to);
    letter.to.len()
}

async fn open<Q: Shared>(address: &str) -> Q {
    let mut queue = Q::open(address, &unused_name()).await.expect("a queue");
    queue.set_up().await.expect("a queue");
    queue
}

fn letter_to(name: &str) -> TaskBuilder<Letter> {
    TaskBuilder::new(Letter {
        to: name.to_owned(),
    })
}

/// A worker of a lenient queue, or of one that is not.
fn hire<Q: Shared>(
    queue: &Q,
    is_lenient: bool,
) -> (
    WorkerContext,
    impl Future<Output = Result<(), WorkerError>> + Send + 'static,
) {
    let worker = WorkerContext::new(&unused_name());
    let (name, storage) = (worker.clone(), queue.storage::<Letter>(1));
    let running = async move {
        let builder = WorkerBuilder::new(&name);
        if is_lenient {
            let builder = builder.backend(lenient(storage).poll_with_interval(LOOK));
            let worker = builder.data(App::new()).build(job(deliver::handler));
            worker.run().await
        } else {
            let builder = builder.backend(storage.poll_with_interval(LOOK));
            let worker = builder.data(App::new()).build(job(deliver::handler));
            worker.run().await
        }
    };
    (worker, running)
}

/// The jobs of a queue among which three cannot be decoded.
async fn are_aborted<Q: Shared>(address: &str) {
    let queue = open::<Q>(address).await;
    queue.push(letter_to("Ada")).await;
    for bytes in ["no JSON", r#"{"from":"Ada"}"#, ""] {
        let task = TaskBuilder::new(bytes.as_bytes().to_vec()).build();
        queue.push_bytes(task).await;
    }
    queue.push(letter_to("Grace")).await;

    let (worker, running) = hire(&queue, true);
    let running = tokio::spawn(running);
    let told = queue.when(|told| told.iter().all(Told::has_ended)).await;
    worker.stop().expect("the worker runs");
    running.await.expect("no panic").expect("no error");

    let (done, aborted): (Vec<_>, Vec<_>) = told.iter().partition(|told| told.is("Done"));
    assert_eq!((done.len(), aborted.len()), (2, 3), "{told:?}");
    assert!(told.iter().all(|told| told.attempts == 1), "{told:?}");
    for cause in [
        "expected ident at line 1",
        "missing field `to` at line 1",
        "EOF while parsing a value",
    ] {
        let says_so = |told: &&&Told| {
            told.result.contains("the job does not carry a `") && told.result.contains(cause)
        };
        assert_eq!(aborted.iter().filter(says_so).count(), 1, "{told:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_decoded_is_aborted_and_the_worker_goes_on() {
    let file = SqliteFile::new();
    are_aborted::<Sqlite>(file.address()).await;
}

#[tokio::test]
async fn what_cannot_be_decoded_is_aborted_in_postgresql() {
    if let Some(address) = queue::server("HUELESS_POSTGRES") {
        are_aborted::<Postgres>(&address).await;
    }
}

#[tokio::test]
async fn what_cannot_be_decoded_is_aborted_in_redis() {
    if let Some(address) = queue::server("HUELESS_REDIS") {
        are_aborted::<Redis>(&address).await;
    }
}

/// What a worker says that ends by itself.
async fn ends_with(running: impl Future<Output = Result<(), WorkerError>>) -> String {
    let ended = tokio::time::timeout(PATIENCE, running).await;
    let ended = ended.expect("it ends by itself");
    ended.expect_err("it met what it cannot read").to_string()
}

#[tokio::test]
async fn without_a_lenient_queue_it_ends_the_worker_and_the_next_one() {
    let file = SqliteFile::new();
    let queue = open::<Sqlite>(file.address()).await;
    queue
        .push_bytes(TaskBuilder::new(b"no JSON".to_vec()).build())
        .await;
    let (_, running) = hire(&queue, false);
    let said = ends_with(running).await;
    assert!(said.contains("expected ident at line 1"), "{said}");
    // The job is with the worker that has ended, until its heartbeats are missed.
    let told = queue.told().await.expect("the queue is there");
    assert_eq!((&*told[0].status, told[0].attempts), ("Queued", 0));
}

/// A record that was not pushed by apalis ends the worker, lenient or not.
async fn ends_the_worker<Q: Shared>(address: &str) {
    let queue = open::<Q>(address).await;
    queue.push_no_job().await.expect("a record");
    let (_, running) = hire(&queue, true);
    let said = ends_with(running).await;
    assert!(said.contains(Q::NO_JOB), "{said}");
}

#[tokio::test]
async fn what_sqlite_cannot_read_as_a_job_ends_the_worker() {
    let file = SqliteFile::new();
    ends_the_worker::<Sqlite>(file.address()).await;
}

#[tokio::test]
async fn what_postgresql_cannot_read_as_a_job_ends_the_worker() {
    if let Some(address) = queue::server("HUELESS_POSTGRES") {
        ends_the_worker::<Postgres>(&address).await;
    }
}

#[tokio::test]
async fn what_redis_cannot_read_as_a_job_ends_the_worker() {
    if let Some(address) = queue::server("HUELESS_REDIS") {
        ends_the_worker::<Redis>(&address).await;
    }
}
