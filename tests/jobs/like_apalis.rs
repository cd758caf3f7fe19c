//! A handler beside the same function as apalis runs it: the queue is told the same, except of a panic.

use std::time::Duration;

use apalis::layers::WorkerBuilderExt;
use apalis::layers::retry::RetryPolicy;
use apalis_core::backend::ext::BackendExt;
use apalis_core::error::{AbortError, DeferredError, RetryAfterError, WorkerError};
use apalis_core::task::builder::TaskBuilder;
use apalis_core::worker::builder::WorkerBuilder;
use expect_test::expect;
use hueless::apalis::job;
use hueless::{BoxError, Input, handler};
use serde::{Deserialize, Serialize};

use crate::bench::{Bench, Told};
use crate::queue::{LOOK, Shared};

/// How a job ends, each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum End {
    Works,
    Fails,
    Panics,
    Aborts,
    RetriesAfter,
    Defers,
}

const ENDS: [End; 6] = [
    End::Works,
    End::Fails,
    End::Panics,
    End::Aborts,
    End::RetriesAfter,
    End::Defers,
];

const LIMITS: [usize; 3] = [1, 2, 25];

fn ends(end: End) -> Result<u32, BoxError> {
    match end {
        End::Works => Ok(42),
        End::Fails => Err("no good".into()),
        End::Panics => panic!("a secret"),
        End::Aborts => Err(AbortError::new("hopeless").into()),
        End::RetriesAfter => Err(RetryAfterError::new("busy", Duration::ZERO).into()),
        End::Defers => Err(DeferredError::new("not yet").into()),
    }
}

#[handler]
async fn end(Input(end): Input<End>) -> Result<u32, BoxError> {
    ends(end)
}

async fn end_plainly(end: End) -> Result<u32, BoxError> {
    ends(end)
}

/// What a queue was told by the worker that is built, of jobs that end in each way with each limit.
async fn told_by<W>(build: impl FnOnce(&Bench) -> W) -> Vec<Told>
where
    W: Future<Output = Result<(), WorkerError>> + Send + 'static,
{
    let bench = Bench::new().await;
    let limits = ENDS.map(|_| LIMITS).concat();
    for (place, &limit) in limits.iter().enumerate() {
        let task = TaskBuilder::new(ENDS[place / LIMITS.len()]);
        bench.push_task(task.max_attempts(limit)).await;
    }
    let have_ended = |told: &[Told]| {
        let mut jobs = told.iter().zip(&limits);
        jobs.all(|(told, &limit)| match &*told.status {
            "Failed" => told.attempts as usize >= limit,
            // SQLite does not hand it over again; and apalis, with `catch_panic`, says this of a panic.
            "Pending" | "Running" => told.attempts > 0 && !told.result.is_empty(),
            _ => told.has_ended(),
        })
    };
    bench.run(build(&bench), have_ended).await
}

/// The same, by a handler and by apalis alone, of which `None` gives no policy of retries.
async fn told_by_both(retries: Option<usize>) -> (Vec<Told>, Vec<Told>) {
    let policy = || RetryPolicy::retries(retries.unwrap_or_default());
    let of_handler = |bench: &Bench| bench.builder::<End>();
    let of_apalis = |bench: &Bench| {
        let queue = bench.queue.storage::<End>(1).poll_with_interval(LOOK);
        WorkerBuilder::new(&bench.worker).backend(queue)
    };
    if retries.is_some() {
        (
            told_by(|bench| {
                let worker = of_handler(bench).retry(policy());
                worker.build(job(end::handler)).run()
            })
            .await,
            told_by(|bench| {
                let worker = of_apalis(bench).retry(policy());
                worker.catch_panic().build(end_plainly).run()
            })
            .await,
        )
    } else {
        (
            told_by(|bench| of_handler(bench).build(job(end::handler)).run()).await,
            told_by(|bench| of_apalis(bench).catch_panic().build(end_plainly).run()).await,
        )
    }
}

#[tokio::test]
async fn the_queue_is_told_what_apalis_alone_would_tell_it() {
    let mut table = String::new();
    for retries in [None, Some(0), Some(5)] {
        let policy = retries.map_or("none".to_owned(), |retries| format!("retries({retries})"));
        table.push_str(&format!("retry policy: {policy}\n"));
        let (handler, apalis) = told_by_both(retries).await;
        for (place, (handler, apalis)) in handler.into_iter().zip(apalis).enumerate() {
            let (end, limit) = (ENDS[place / LIMITS.len()], LIMITS[place % LIMITS.len()]);
            if end == End::Panics {
                // With `catch_panic` it is never over: who retries tries it again, and then it runs.
                assert_eq!(apalis.status, "Running", "{policy}");
            } else {
                assert_eq!(handler, apalis, "{end:?} with {limit} attempts, {policy}");
            }
            let Told {
                status,
                attempts,
                result,
            } = handler;
            let end = format!("{end:?}");
            table.push_str(&format!(
                "{end:<13}max {limit:>2}: {status:<8}{attempts:>2} {result}\n"
            ));
        }
    }
    expect![[r#"
        retry policy: none
        Works        max  1: Done     1 {"Ok":42}
        Works        max  2: Done     1 {"Ok":42}
        Works        max 25: Done     1 {"Ok":42}
        Fails        max  1: Failed   1 {"Err":"no good"}
        Fails        max  2: Failed   2 {"Err":"no good"}
        Fails        max 25: Failed  25 {"Err":"no good"}
        Panics       max  1: Killed   1 {"Err":"AbortError: `end` panicked"}
        Panics       max  2: Killed   1 {"Err":"AbortError: `end` panicked"}
        Panics       max 25: Killed   1 {"Err":"AbortError: `end` panicked"}
        Aborts       max  1: Killed   1 {"Err":"AbortError: hopeless"}
        Aborts       max  2: Killed   1 {"Err":"AbortError: hopeless"}
        Aborts       max 25: Killed   1 {"Err":"AbortError: hopeless"}
        RetriesAfter max  1: Pending  1 {"Err":"RetryError: busy"}
        RetriesAfter max  2: Pending  1 {"Err":"RetryError: busy"}
        RetriesAfter max 25: Pending  1 {"Err":"RetryError: busy"}
        Defers       max  1: Pending  1 {"Err":"DeferredError: not yet"}
        Defers       max  2: Pending  1 {"Err":"DeferredError: not yet"}
        Defers       max 25: Pending  1 {"Err":"DeferredError: not yet"}
        retry policy: retries(0)
        Works        max  1: Done     1 {"Ok":42}
        Works        max  2: Done     1 {"Ok":42}
        Works        max 25: Done     1 {"Ok":42}
        Fails        max  1: Failed   1 {"Err":"no good"}
        Fails        max  2: Failed   2 {"Err":"no good"}
        Fails        max 25: Failed  25 {"Err":"no good"}
        Panics       max  1: Killed   1 {"Err":"AbortError: `end` panicked"}
        Panics       max  2: Killed   1 {"Err":"AbortError: `end` panicked"}
        Panics       max 25: Killed   1 {"Err":"AbortError: `end` panicked"}
        Aborts       max  1: Killed   1 {"Err":"AbortError: hopeless"}
        Aborts       max  2: Killed   1 {"Err":"AbortError: hopeless"}
        Aborts       max 25: Killed   1 {"Err":"AbortError: hopeless"}
        RetriesAfter max  1: Pending  1 {"Err":"RetryError: busy"}
        RetriesAfter max  2: Pending  1 {"Err":"RetryError: busy"}
        RetriesAfter max 25: Pending  1 {"Err":"RetryError: busy"}
        Defers       max  1: Pending  1 {"Err":"DeferredError: not yet"}
        Defers       max  2: Pending  1 {"Err":"DeferredError: not yet"}
        Defers       max 25: Pending  1 {"Err":"DeferredError: not yet"}
        retry policy: retries(5)
        Works        max  1: Done     1 {"Ok":42}
        Works        max  2: Done     1 {"Ok":42}
        Works        max 25: Done     1 {"Ok":42}
        Fails        max  1: Failed   6 {"Err":"no good"}
        Fails        max  2: Failed   6 {"Err":"no good"}
        Fails        max 25: Failed  25 {"Err":"no good"}
        Panics       max  1: Killed   1 {"Err":"AbortError: `end` panicked"}
        Panics       max  2: Killed   1 {"Err":"AbortError: `end` panicked"}
        Panics       max 25: Killed   1 {"Err":"AbortError: `end` panicked"}
        Aborts       max  1: Killed   1 {"Err":"AbortError: hopeless"}
        Aborts       max  2: Killed   1 {"Err":"AbortError: hopeless"}
        Aborts       max 25: Killed   1 {"Err":"AbortError: hopeless"}
        RetriesAfter max  1: Pending  6 {"Err":"RetryError: busy"}
        RetriesAfter max  2: Pending  6 {"Err":"RetryError: busy"}
        RetriesAfter max 25: Pending  6 {"Err":"RetryError: busy"}
        Defers       max  1: Pending  6 {"Err":"DeferredError: not yet"}
        Defers       max  2: Pending  6 {"Err":"DeferredError: not yet"}
        Defers       max 25: Pending  6 {"Err":"DeferredError: not yet"}
    "#]]
    .assert_eq(&table);
}
