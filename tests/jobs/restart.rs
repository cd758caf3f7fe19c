//! Workers that come and go. What they hand back unbegun counts as an attempt in the queue, and is run
//! all the same.

use std::sync::{Arc, Mutex};

use apalis::layers::WorkerBuilderExt;
use apalis_core::task::builder::TaskBuilder;
use apalis_core::task::data::Data;
use hueless::apalis::job;
use hueless::{Input, handler};
use tokio::sync::Semaphore;

use crate::bench::{Bench, Told, all_done, all_ended};
use crate::patience::until;

/// Which jobs have begun, and what they wait for.
#[derive(Clone)]
struct Desk {
    begun: Arc<Mutex<Vec<u32>>>,
    gate: Arc<Semaphore>,
}

impl Desk {
    fn new() -> Self {
        Self {
            begun: Arc::default(),
            gate: Arc::new(Semaphore::new(0)),
        }
    }

    fn begun(&self) -> Vec<u32> {
        let mut begun = self.begun.lock().expect("no panic").clone();
        begun.sort_unstable();
        begun
    }
}

#[handler]
async fn work(Input(number): Input<u32>, Data(desk): Data<Desk>) {
    desk.begun.lock().expect("no panic").push(number);
    desk.gate.acquire().await.expect("it stays open").forget();
}

const JOBS: u32 = 8;

/// Jobs of one attempt, on whose queue a worker has stopped that had begun one and fetched others.
async fn handed_back(desk: &Desk) -> Bench {
    let bench = Bench::new().await;
    for number in 0..JOBS {
        let task = TaskBuilder::new(number).max_attempts(1);
        bench.push_task(task).await;
    }
    let worker = bench.builder_of::<u32>(4).concurrency(1);
    let worker = worker.data(desk.clone()).build(job(work::handler)).run();
    let worker = tokio::spawn(worker);
    until("a job has begun", || desk.begun().len() == 1).await;
    bench.worker.stop().expect("the worker runs");
    desk.gate.add_permits(1);
    worker.await.expect("no panic").expect("no error");

    let told = bench.told().await;
    let is_handed_back = |told: &&Told| told.is("Pending") && told.attempts == 1;
    assert_eq!(told.iter().filter(is_handed_back).count(), 3, "{told:?}");
    bench.hire()
}

#[tokio::test]
async fn what_is_handed_back_unbegun_is_run() {
    let desk = Desk::new();
    let bench = handed_back(&desk).await;
    desk.gate.add_permits(JOBS as usize);
    let worker = bench.builder_of::<u32>(4).concurrency(1).data(desk.clone());
    let worker = worker.build(job(work::handler)).run();
    bench.run(worker, all_done).await;
    let all = (0..JOBS).collect::<Vec<_>>();
    assert_eq!(desk.begun(), all);
}

#[tokio::test]
async fn without_attempts_to_spare_what_is_handed_back_is_aborted() {
    let desk = Desk::new();
    let bench = handed_back(&desk).await;
    desk.gate.add_permits(JOBS as usize);
    let worker = bench.builder_of::<u32>(4).concurrency(1).data(desk.clone());
    let worker = worker.build(job(work::handler).spare_attempts(0)).run();
    let told = bench.run(worker, all_ended).await;
    let aborted = told.iter().filter(|told| told.is("Killed"));
    let aborted = aborted.collect::<Vec<_>>();
    assert_eq!(aborted.len(), 3, "{told:?}");
    for told in aborted {
        let said = "it has had 1 attempts of 1 and 0 to spare; see whether it kills its process";
        assert!(told.result.contains(said), "{told:?}");
    }
}
