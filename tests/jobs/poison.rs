//! A job that takes the worker's process with it, each time: it is given up in the end, and the jobs
//! beside it are done.

use apalis_core::task::builder::TaskBuilder;

use crate::bench::Bench;
use crate::queue::Sqlite;
use crate::workers::{self, Chore, Kind, Ledger};

/// How often the job may be begun.
const LIMIT: usize = 2;

#[tokio::test]
async fn a_job_that_kills_its_worker_is_given_up() {
    let bench = Bench::new().await;
    let chore = |number, kind| TaskBuilder::new(Chore { number, kind });
    bench
        .push_task(chore(0, Kind::Kills).max_attempts(LIMIT))
        .await;
    bench.push_task(chore(1, Kind::Plain)).await;

    let ledger = Ledger::new();
    let start = || workers::start::<Sqlite>(bench.address(), Bench::QUEUE, &ledger);
    for _ in 0..LIMIT {
        start().wait_for_crash();
    }
    let mut worker = start();
    let told = bench
        .when(|told| told[0].is("Killed") && told[1].is("Done"))
        .await;
    worker.stop();
    assert!(
        told[0].result.contains("the job was begun 2 times"),
        "{told:?}"
    );
}
