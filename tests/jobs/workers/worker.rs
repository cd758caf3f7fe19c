//! A process that works on chores, and writes down which.

use std::env;
use std::thread;
use std::time::Duration;

use apalis::layers::WorkerBuilderExt;
use apalis_core::backend::ext::BackendExt;
use apalis_core::error::WorkerError;
use apalis_core::worker::builder::WorkerBuilder;
use hueless::apalis::{job, lenient};
use hueless::{App, Depends, Input, Outcome, dependency, handler};
use serde::{Deserialize, Serialize};
use tokio::signal::unix::{SignalKind, signal};

use super::{Ledger, Process};
use crate::queue::{LOOK, Postgres, Redis, Shared, Sqlite, unused_name};

/// How many jobs a worker runs at once.
pub(crate) const AT_ONCE: usize = 4;

/// How many attempts beyond its own a job has that takes the process with it.
pub(crate) const SPARE_ATTEMPTS: usize = 1;

/// The name of the test that is a worker process.
const PROCESS: &str = "workers::worker::process";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Chore {
    pub(crate) number: u32,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    Plain,
    /// Waits until jobs are let go.
    Waits,
    /// Takes the process with it.
    Kills,
}

/// Starts a process that works on the chores of a queue.
pub(crate) fn start<Q: Shared>(address: &str, queue: &str, ledger: &Ledger) -> Process {
    let ledger = ledger.folder().display().to_string();
    Process::start(
        PROCESS,
        &[
            ("HUELESS_TESTS_QUEUE_KIND", Q::NAME),
            ("HUELESS_TESTS_QUEUE_ADDRESS", address),
            ("HUELESS_TESTS_QUEUE", queue),
            ("HUELESS_TESTS_LEDGER", &ledger),
        ],
    )
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("`{name}` is set for worker processes"))
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a worker process, which other tests start"]
async fn process() {
    let ended = match &*variable("HUELESS_TESTS_QUEUE_KIND") {
        Sqlite::NAME => work::<Sqlite>().await,
        Postgres::NAME => work::<Postgres>().await,
        Redis::NAME => work::<Redis>().await,
        other => panic!("there is no queue `{other}`"),
    };
    ended.expect("the queue can be reached");
}

async fn work<Q: Shared>() -> Result<(), WorkerError> {
    let mut terminate = signal(SignalKind::terminate())?;
    let address = variable("HUELESS_TESTS_QUEUE_ADDRESS");
    let queue = Q::open(&address, &variable("HUELESS_TESTS_QUEUE")).await;
    let queue = queue.map_err(WorkerError::BackendError)?;
    let app = App::new();
    let worker = WorkerBuilder::new(unused_name())
        .backend(lenient(queue.storage::<Chore>(1)).poll_with_interval(LOOK))
        .data(app.clone())
        .concurrency(AT_ONCE)
        .build(job(do_chore::handler).spare_attempts(SPARE_ATTEMPTS));
    let stop = async move {
        terminate.recv().await;
        Ok::<_, WorkerError>(())
    };
    worker.run_until(stop).await?;
    let shut_down = app.shutdown(Duration::from_secs(10)).await;
    shut_down.expect("nothing is left to run");
    Ok(())
}

#[dependency(singleton)]
fn ledger() -> Ledger {
    Ledger::at(variable("HUELESS_TESTS_LEDGER"))
}

#[dependency(teardown = end)]
async fn entry(Input(chore): Input<Chore>, ledger: Depends<ledger>) -> Entry {
    ledger.write("begun", chore.number);
    Entry {
        number: chore.number,
        ledger,
    }
}

struct Entry {
    number: u32,
    ledger: Depends<ledger>,
}

async fn end(entry: Depends<entry>, outcome: Outcome) {
    entry.ledger.write(&outcome.to_string(), entry.number);
}

#[handler]
fn do_chore(Input(chore): Input<Chore>, ledger: Depends<ledger>, _entry: Depends<entry>) {
    match chore.kind {
        Kind::Plain => {}
        Kind::Waits => {
            while !ledger.has_let_go() {
                thread::sleep(Duration::from_millis(5));
            }
        }
        Kind::Kills => std::process::abort(),
    }
}
