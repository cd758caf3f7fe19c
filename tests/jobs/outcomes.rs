//! What a queue is told of jobs that fail, and which of them run again.

use std::sync::Arc;

use apalis::layers::WorkerBuilderExt;
use apalis::layers::retry::RetryPolicy;
use apalis_core::error::AbortError;
use apalis_core::task::attempt::Attempt;
use apalis_core::task::builder::TaskBuilder;
use hueless::apalis::job;
use hueless::{Depends, Input, Outcome, dependency, handler};

use crate::bench::{Bench, all_done, all_ended};
use crate::witness::{Heard, witness};

/// Fails until it is tried for the third time.
#[handler]
fn third_time(_witness: Depends<witness>, attempt: Attempt) -> Result<usize, String> {
    match attempt.current() {
        3 => Ok(3),
        other => Err(format!("not the {other}. time")),
    }
}

#[tokio::test]
async fn what_fails_is_tried_again_by_the_queue() {
    let (bench, heard) = (Bench::new().await, Heard::default());
    bench.push(()).await;
    let worker = bench.builder::<()>().data(Arc::clone(&heard));
    let worker = worker.build(job(third_time::handler)).run();
    let told = bench.run(worker, all_done).await;
    assert_eq!((told[0].attempts, &*told[0].result), (3, r#"{"Ok":3}"#));
    let heard = heard.lock().expect("no panic");
    assert_eq!(
        *heard,
        [Outcome::Failed, Outcome::Failed, Outcome::Completed]
    );
}

#[tokio::test]
async fn what_fails_is_tried_again_by_the_worker_with_dependencies_of_its_own() {
    let (bench, heard) = (Bench::new().await, Heard::default());
    bench.push(()).await;
    let worker = bench.builder::<()>().retry(RetryPolicy::retries(5));
    let worker = worker.data(Arc::clone(&heard));
    let worker = worker.build(job(third_time::handler)).run();
    let told = bench.run(worker, all_done).await;
    assert_eq!(told[0].attempts, 3);
    let heard = heard.lock().expect("no panic");
    assert_eq!(
        *heard,
        [Outcome::Failed, Outcome::Failed, Outcome::Completed]
    );
}

#[handler]
async fn never(Input(number): Input<u32>) -> Result<(), String> {
    Err(format!("{number} is no good"))
}

#[tokio::test]
async fn what_always_fails_is_tried_as_often_as_it_may_be() {
    let bench = Bench::new().await;
    bench
        .push_task(TaskBuilder::new(7_u32).max_attempts(2))
        .await;
    let worker = bench.builder::<u32>().build(job(never::handler)).run();
    let told = bench.run(worker, |told| told[0].is("Failed") && told[0].attempts == 2);
    assert_eq!(told.await[0].result, r#"{"Err":"7 is no good"}"#);
}

#[handler]
async fn abort(Input(_number): Input<u32>) -> Result<(), AbortError> {
    Err(AbortError::new("hopeless"))
}

#[tokio::test]
async fn what_aborts_is_not_tried_again() {
    let bench = Bench::new().await;
    bench.push(7_u32).await;
    let worker = bench.builder::<u32>().retry(RetryPolicy::retries(5));
    let worker = worker.build(job(abort::handler)).run();
    let told = bench.run(worker, |told| told[0].is("Killed")).await;
    assert_eq!(told[0].attempts, 1);
    assert_eq!(told[0].result, r#"{"Err":"AbortError: hopeless"}"#);
}

#[handler]
fn odd_panics(_witness: Depends<witness>, Input(number): Input<u32>) -> u32 {
    assert_eq!(number % 2, 0, "a secret");
    number
}

#[tokio::test]
async fn a_panic_aborts_its_job_and_no_other() {
    let (bench, heard) = (Bench::new().await, Heard::default());
    for number in 1..=4_u32 {
        bench.push(number).await;
    }
    let worker = bench.builder::<u32>().retry(RetryPolicy::retries(5));
    let worker = worker.data(Arc::clone(&heard));
    let worker = worker.build(job(odd_panics::handler)).run();
    let told = bench.run(worker, all_ended).await;
    let statuses = told.iter().map(|told| &*told.status).collect::<Vec<_>>();
    assert_eq!(statuses, ["Killed", "Done", "Killed", "Done"]);
    let panicked = r#"{"Err":"AbortError: `odd_panics` panicked"}"#;
    for told in [&told[0], &told[2]] {
        assert_eq!((told.attempts, &*told.result), (1, panicked));
    }
    let mut heard = heard.lock().expect("no panic");
    heard.sort_by_key(|outcome| outcome.is_completed());
    let (panicked, completed) = (Outcome::Panicked, Outcome::Completed);
    assert_eq!(*heard, [panicked, panicked, completed, completed]);
}

#[dependency]
fn connection(attempt: Attempt) -> Result<u32, std::io::Error> {
    if attempt.current() == 1 {
        return Err(std::io::Error::other("the line is busy"));
    }
    Ok(1)
}

#[handler]
async fn call(connection: Depends<connection>) -> u32 {
    *connection
}

#[tokio::test]
async fn the_error_of_a_dependency_fails_the_job() {
    let bench = Bench::new().await;
    bench.push_task(TaskBuilder::new(()).max_attempts(1)).await;
    bench.push(()).await;
    let worker = bench.builder::<()>().build(job(call::handler)).run();
    let told = bench.run(worker, |told| told[0].is("Failed") && told[1].is("Done"));
    let told = told.await;
    assert_eq!(told[0].result, r#"{"Err":"the line is busy"}"#);
    assert_eq!(told[1].attempts, 2);
}

#[dependency(teardown = commit)]
async fn transaction(attempt: Attempt) -> Result<usize, String> {
    Ok(attempt.current())
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed its value")]
fn commit(transaction: Depends<transaction>, _: Outcome) -> Result<(), String> {
    match *transaction {
        1 => Err("the disk is full".to_owned()),
        _ => Ok(()),
    }
}

#[handler]
async fn write(_transaction: Depends<transaction>) {}

#[tokio::test]
async fn a_teardown_that_fails_fails_the_job() {
    let bench = Bench::new().await;
    bench.push_task(TaskBuilder::new(()).max_attempts(1)).await;
    bench.push(()).await;
    let worker = bench.builder::<()>().build(job(write::handler)).run();
    let told = bench.run(worker, |told| told[0].is("Failed") && told[1].is("Done"));
    let told = told.await;
    assert_eq!(told[0].result, r#"{"Err":"the disk is full"}"#);
    assert_eq!(told[1].attempts, 2);
}

#[handler(timeout = "10ms")]
async fn too_slow(attempt: Attempt) -> usize {
    if attempt.current() == 1 {
        std::future::pending::<()>().await;
    }
    attempt.current()
}

#[tokio::test]
async fn what_takes_too_long_is_tried_again() {
    let bench = Bench::new().await;
    bench.push(()).await;
    let worker = bench.builder::<()>().build(job(too_slow::handler)).run();
    let told = bench.run(worker, all_done).await;
    assert_eq!(told[0].attempts, 2);
}
