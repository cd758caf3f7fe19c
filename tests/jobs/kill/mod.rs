//! Two worker processes share a queue, and one of them is killed in the middle of its jobs: every job
//! is done, none is lost, and each is acknowledged once. Those that were interrupted run again, and no
//! others.
//!
//! Which jobs run at that moment is not left to chance. Those of the second half wait for a file, so
//! that both workers have begun as many as they may when one is killed, and the queue was told of all
//! that ended before. Only then there is the file.

mod table;

use std::time::{Duration, Instant};

use apalis_core::backend::TaskSink;

use self::table::Row;
use crate::patience::{PATIENCE, until};
use crate::queue::{self, Postgres, Redis, Shared, Sqlite, SqliteFile};
use crate::workers::{self, AT_ONCE, Chore, Kind, Ledger, Process};

/// How many jobs are asked for.
const ASKED: u32 = 100;

#[tokio::test]
async fn a_queue_in_sqlite_loses_nothing() {
    let file = SqliteFile::new();
    kill_one_of_two::<Sqlite>(file.address()).await;
}

#[tokio::test]
async fn a_queue_in_postgresql_loses_nothing() {
    if let Some(address) = queue::server("HUELESS_POSTGRES") {
        kill_one_of_two::<Postgres>(&address).await;
    }
}

#[tokio::test]
async fn a_queue_in_redis_loses_nothing() {
    if let Some(address) = queue::server("HUELESS_REDIS") {
        kill_one_of_two::<Redis>(&address).await;
    }
}

async fn kill_one_of_two<Q: Shared>(address: &str) {
    let name = queue::unused_name();
    let mut queue = Q::open(address, &name).await.expect("a queue");
    queue.set_up().await.expect("a queue");
    let mut storage = queue.storage::<Chore>(1);
    for number in 0..ASKED {
        let kind = if number < ASKED / 2 {
            Kind::Plain
        } else {
            Kind::Waits
        };
        let pushed = storage.push(Chore { number, kind }).await;
        pushed.expect("the queue takes it");
    }

    let ledger = Ledger::new();
    let start = || workers::start::<Q>(address, &name, &ledger);
    let (mut victim, mut survivor) = (start(), start());
    let is_full = |process: &Process| ledger.read().open_in(process.id()).len() == AT_ONCE;
    until("both workers are in the middle of their jobs", || {
        is_full(&victim) && is_full(&survivor)
    })
    .await;
    let completed = ledger.read().completed().len();
    has_acknowledged(&mut queue, completed, &ledger).await;

    victim.kill();
    let interrupted = ledger.read().open_in(victim.id());
    ledger.let_go();
    has_acknowledged(&mut queue, ASKED as usize, &ledger).await;
    survivor.stop();
    let acknowledged = queue.acknowledged().await.expect("who counts");

    let entries = ledger.read();
    let row = Row::new(Q::NAME, ASKED, &entries, &interrupted, &acknowledged);
    queue::say(&row.to_string());
    row.check();
}

/// Waits until so many jobs were acknowledged.
async fn has_acknowledged<Q: Shared>(queue: &mut Q, jobs: usize, ledger: &Ledger) {
    let begun = Instant::now();
    while queue.acknowledged().await.expect("who counts").len() < jobs {
        assert!(begun.elapsed() < PATIENCE, "{}", ledger.read());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
