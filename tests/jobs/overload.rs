//! An app that has no room: its jobs wait, the others stay in the queue, and nothing is lost. Jobs of
//! one attempt are not either.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Waker};
use std::thread;
use std::time::Duration;

use apalis_core::task::Task;
use apalis_core::task::builder::TaskBuilder;
use apalis_core::task::data::Data;
use hueless::apalis::job;
use hueless::{App, Depends, dependency, handler};
use tower::Service;

use crate::bench::{Bench, all_done};
use crate::patience::until;

/// Whether jobs may end.
type Gate = Arc<AtomicBool>;

fn wait(gate: &AtomicBool) {
    while !gate.load(Ordering::Acquire) {
        thread::sleep(Duration::from_millis(1));
    }
}

#[handler]
fn sit(Data(gate): Data<Gate>) {
    wait(&gate);
}

const JOBS: usize = 40;

#[tokio::test(flavor = "multi_thread")]
async fn jobs_without_a_seat_wait_and_hold_back_those_behind_them() {
    let app = App::builder().seats(1).queue_limit(0).build();
    let bench = Bench::with(app.expect("sound settings")).await;
    for _ in 0..JOBS {
        bench.push_task(TaskBuilder::new(()).max_attempts(1)).await;
    }
    let gate = Gate::default();
    let worker = bench.builder::<()>().data(Arc::clone(&gate));
    let worker = tokio::spawn(worker.build(job(sit::handler)).run());
    let is_full = || bench.app.stats().overloads >= 5;
    until("jobs are turned away", is_full).await;
    let told = bench.told().await;
    assert!(told.iter().any(|told| told.is("Pending")), "{told:?}");

    gate.store(true, Ordering::Release);
    let told = bench.when(all_done).await;
    assert!(told.iter().all(|told| told.attempts == 1), "{told:?}");
    bench.worker.stop().expect("the worker runs");
    worker.await.expect("no panic").expect("no error");
}

#[dependency(limit = 1, queue = 0)]
async fn ticket() -> u8 {
    1
}

#[dependency(guard)]
async fn count(Data(tries): Data<Arc<AtomicUsize>>) -> () {
    tries.fetch_add(1, Ordering::Relaxed);
}

#[handler]
fn ride(_count: Depends<count>, _ticket: Depends<ticket>, Data(gate): Data<Gate>) {
    wait(&gate);
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_without_a_slot_wait_too() {
    let bench = Bench::new().await;
    for _ in 0..3 {
        bench.push_task(TaskBuilder::new(()).max_attempts(1)).await;
    }
    let (gate, tries) = (Gate::default(), Arc::<AtomicUsize>::default());
    let worker = bench.builder::<()>().data(Arc::clone(&gate));
    let worker = worker.data(Arc::clone(&tries));
    let worker = tokio::spawn(worker.build(job(ride::handler)).run());
    let are_turned_away = || tries.load(Ordering::Relaxed) > 5;
    until("jobs are turned away", are_turned_away).await;
    gate.store(true, Ordering::Release);
    let told = bench.when(all_done).await;
    assert!(told.iter().all(|told| told.attempts == 1), "{told:?}");
    bench.worker.stop().expect("the worker runs");
    worker.await.expect("no panic").expect("no error");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_told_to_bring_a_job_may_bring_it() {
    let app = App::builder().seats(1).queue_limit(0).build();
    let app = app.expect("sound settings");
    let gate = Gate::default();
    let task = || {
        let task = TaskBuilder::new(()).data(app.clone());
        task.data(Arc::clone(&gate)).build()
    };
    let mut service = job(sit::handler);
    let mut told_before = service.clone();
    assert!(is_ready(&mut told_before));

    let jobs = [(), ()].map(|()| tokio::spawn(service.call(task())));
    // It waits to try again, and has done so once.
    let is_turned_away = || app.stats().overloads >= 2;
    until("a job is turned away", is_turned_away).await;
    assert!(is_ready(&mut told_before));
    assert!(!is_ready(&mut service));

    gate.store(true, Ordering::Release);
    for job in jobs {
        job.await.expect("no panic").expect("no error");
    }
    assert!(is_ready(&mut service));
}

fn is_ready(service: &mut impl Service<Task<()>>) -> bool {
    let mut context = Context::from_waker(Waker::noop());
    service.poll_ready(&mut context).is_ready()
}
