//! Workers and apps that stop.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use apalis::layers::WorkerBuilderExt;
use apalis_core::task::builder::TaskBuilder;
use apalis_core::task::data::Data;
use futures_util::FutureExt;
use hueless::apalis::job;
use hueless::{App, Call, Depends, dependency, handler};
use tokio::sync::Semaphore;

use crate::bench::{Bench, Told, all_done};
use crate::patience::PATIENCE;

const DEADLINE: Duration = Duration::from_secs(10);

#[handler]
async fn wait(Data(gate): Data<Arc<Semaphore>>) {
    gate.acquire().await.expect("it stays open").forget();
}

#[tokio::test]
async fn a_worker_that_stops_lets_its_jobs_finish_and_then_the_app_shuts_down() {
    let bench = Bench::new().await;
    for _ in 0..2 {
        bench.push(()).await;
    }
    let gate = Arc::new(Semaphore::new(0));
    let worker = bench.builder::<()>().concurrency(1);
    let worker = worker.data(Arc::clone(&gate));
    let worker = tokio::spawn(worker.build(job(wait::handler)).run());
    let is_one_running = |told: &[Told]| told.iter().any(|told| told.is("Running"));
    bench.when(is_one_running).await;

    bench.worker.stop().expect("the worker runs");
    gate.add_permits(2);
    worker.await.expect("no panic").expect("no error");
    bench.app.shutdown(DEADLINE).await.expect("nothing is left");
    let told = bench.told().await;
    let mut statuses = told.iter().map(|told| &*told.status).collect::<Vec<_>>();
    statuses.sort_unstable();
    assert_eq!(statuses, ["Done", "Pending"]);
}

#[dependency]
async fn greeting() -> String {
    "hello".to_owned()
}

#[dependency]
async fn other_greeting() -> String {
    "good day".to_owned()
}

#[handler]
async fn greet(greeting: Depends<greeting>) -> String {
    (*greeting).clone()
}

#[tokio::test]
async fn an_app_that_has_shut_down_stops_its_worker() {
    let app = App::new();
    app.shutdown(DEADLINE).await.expect("nothing is left");
    spends_no_jobs(app).await;
}

#[tokio::test]
async fn an_app_without_a_plan_for_the_handler_stops_its_worker() {
    let app = App::builder()
        .on::<Call>()
        .replace::<greeting, other_greeting>();
    spends_no_jobs(app.build().expect("sound settings")).await;
}

/// The worker of such an app stops by itself. No job was tried more than once, most not at all, and
/// the worker of another app does them.
async fn spends_no_jobs(app: App) {
    const JOBS: usize = 20;
    let bench = Bench::with(app).await;
    for _ in 0..JOBS {
        bench.push(()).await;
    }
    let worker = bench.builder::<()>().build(job(greet::handler)).run();
    let ended = tokio::time::timeout(PATIENCE, worker).await;
    ended.expect("it stops by itself").expect("no error");
    let told = bench.told().await;
    assert!(told.iter().all(|told| told.attempts <= 1), "{told:?}");
    assert!(told.iter().any(|told| told.is("Pending")), "{told:?}");

    let bench = bench.hire();
    let worker = bench.builder::<()>().build(job(greet::handler)).run();
    bench.run(worker, all_done).await;
}

#[tokio::test]
async fn an_app_that_shuts_down_stops_its_worker_before_it_takes_another_job() {
    let bench = Bench::new().await;
    for _ in 0..4 {
        bench.push_task(TaskBuilder::new(()).max_attempts(1)).await;
    }
    let gate = Arc::new(Semaphore::new(0));
    let worker = bench.builder::<()>().concurrency(1).data(Arc::clone(&gate));
    let worker = tokio::spawn(worker.build(job(wait::handler)).run());
    bench
        .when(|told| told.iter().any(|told| told.is("Running")))
        .await;
    {
        let mut shutdown = pin!(bench.app.shutdown(PATIENCE));
        assert!(shutdown.as_mut().now_or_never().is_none());
        gate.add_permits(1);
        shutdown.await.expect("nothing is left");
    }
    let ended = tokio::time::timeout(PATIENCE, worker).await;
    let ended = ended.expect("it stops by itself");
    ended.expect("no panic").expect("no error");

    let told = bench.told().await;
    let is_left = |told: &&Told| told.is("Pending") && told.attempts == 0;
    assert_eq!(told.iter().filter(is_left).count(), 3, "{told:?}");
    let bench = bench.hire();
    gate.add_permits(3);
    let worker = bench.builder::<()>().data(gate);
    let worker = worker.build(job(wait::handler)).run();
    bench.run(worker, all_done).await;
}

/// The worker learns from it that its app is of no use.
#[tokio::test]
async fn a_job_that_was_taken_in_vain_spends_an_attempt() {
    let app = App::new();
    app.shutdown(DEADLINE).await.expect("nothing is left");
    let bench = Bench::with(app).await;
    bench.push_task(TaskBuilder::new(()).max_attempts(1)).await;
    let worker = bench.builder::<()>().build(job(greet::handler)).run();
    let ended = tokio::time::timeout(PATIENCE, worker).await;
    ended.expect("it stops by itself").expect("no error");

    let bench = bench.hire();
    bench.push(()).await;
    let worker = bench.builder::<()>().build(job(greet::handler)).run();
    let told = bench.run(worker, |told| told[1].is("Done")).await;
    let said = r#"{"Err":"the app is shutting down"}"#;
    assert_eq!(
        (&*told[0].status, told[0].attempts, &*told[0].result),
        ("Failed", 1, said)
    );
}
