//! A job that takes the worker's process with it, each time: where the queue counts its attempts it is
//! given up in the end, and the jobs beside it are done.

use apalis_core::task::builder::TaskBuilder;

use crate::queue::{self, Postgres, Redis, Shared, Sqlite, SqliteFile, Told};
use crate::workers::{self, Chore, Kind, Ledger, SPARE_ATTEMPTS};

/// How many attempts the job has of its own.
const ATTEMPTS: usize = 1;

#[tokio::test]
async fn a_queue_in_sqlite_gives_up_a_job_that_kills_its_worker() {
    let file = SqliteFile::new();
    let (queue, name) = poisoned::<Sqlite>(file.address()).await;
    is_given_up(queue, file.address(), &name).await;
}

#[tokio::test]
async fn a_queue_in_postgresql_gives_up_a_job_that_kills_its_worker() {
    if let Some(address) = queue::server("HUELESS_POSTGRES") {
        let (queue, name) = poisoned::<Postgres>(&address).await;
        is_given_up(queue, &address, &name).await;
    }
}

/// It counts no attempt for a job whose worker was killed.
#[tokio::test]
async fn a_queue_in_redis_runs_a_job_again_however_often_it_kills_its_worker() {
    if let Some(address) = queue::server("HUELESS_REDIS") {
        let (queue, name) = poisoned::<Redis>(&address).await;
        let ledger = Ledger::new();
        for _ in 0..=ATTEMPTS + SPARE_ATTEMPTS {
            workers::start::<Redis>(&address, &name, &ledger).wait_for_crash();
        }
        let told = queue.told().await.expect("the queue is there");
        assert!(
            told.iter()
                .any(|told| !told.has_ended() && told.attempts == 0),
            "{told:?}"
        );
    }
}

/// A queue with such a job, and another one.
async fn poisoned<Q: Shared>(address: &str) -> (Q, String) {
    let name = queue::unused_name();
    let mut queue = Q::open(address, &name).await.expect("a queue");
    queue.set_up().await.expect("a queue");
    let chore = |number, kind| TaskBuilder::new(Chore { number, kind });
    queue
        .push(chore(0, Kind::Kills).max_attempts(ATTEMPTS))
        .await;
    queue.push(chore(1, Kind::Plain)).await;
    (queue, name)
}

async fn is_given_up<Q: Shared>(queue: Q, address: &str, name: &str) {
    let ledger = Ledger::new();
    let start = || workers::start::<Q>(address, name, &ledger);
    for _ in 0..ATTEMPTS + SPARE_ATTEMPTS {
        start().wait_for_crash();
    }
    let mut worker = start();
    let told = queue.when(|told| told.iter().all(Told::has_ended)).await;
    worker.stop();
    let given_up = told.iter().find(|told| told.is("Killed"));
    let given_up = given_up.expect("the one that kills");
    assert_eq!(given_up.attempts, 3);
    assert!(
        given_up
            .result
            .contains("it has had 2 attempts of 1 and 1 to spare"),
        "{told:?}"
    );
}
