//! When the queue is told: after the teardowns, before what is left for later.

use std::sync::{Arc, Mutex};

use apalis_core::task::data::Data;
use hueless::apalis::job;
use hueless::{Depends, Input, Outcome, dependency, handler};
use tokio::sync::Semaphore;

use crate::bench::{Bench, all_done};
use crate::patience::until;

/// What happened, in order, and what teardowns wait for.
#[derive(Clone)]
struct Diary {
    entries: Arc<Mutex<Vec<String>>>,
    gate: Arc<Semaphore>,
}

impl Diary {
    fn new() -> Self {
        Self {
            entries: Arc::default(),
            gate: Arc::new(Semaphore::new(0)),
        }
    }

    fn write(&self, entry: String) {
        self.entries.lock().expect("no panic").push(entry);
    }

    fn read(&self) -> Vec<String> {
        self.entries.lock().expect("no panic").clone()
    }
}

#[dependency(teardown = close, after_response = forget)]
async fn transaction(Input(waits): Input<bool>, Data(diary): Data<Diary>) -> (bool, Diary) {
    (waits, diary)
}

async fn close(transaction: Depends<transaction>, outcome: Outcome) {
    let (waits, diary) = &*transaction;
    diary.write(format!("teardown begins, {outcome}"));
    if *waits {
        diary.gate.acquire().await.expect("it stays open").forget();
    }
    diary.write("teardown ends".to_owned());
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed its value")]
fn forget(transaction: Depends<transaction>, outcome: Outcome) {
    let (_, diary) = &*transaction;
    diary.write(format!("later, {outcome}"));
}

#[handler]
fn book(transaction: Depends<transaction>) -> u64 {
    let (_, diary) = &*transaction;
    diary.write("handler".to_owned());
    42
}

#[tokio::test]
async fn the_queue_is_told_when_teardowns_have_ended() {
    let (bench, diary) = (Bench::new().await, Diary::new());
    bench.push(true).await;
    let worker = bench.builder::<bool>().data(diary.clone());
    let worker = tokio::spawn(worker.build(job(book::handler)).run());
    until("the teardown has begun", || diary.read().len() == 2).await;

    // Another job comes and goes, so the worker had time enough to tell the queue of this one.
    bench.push(false).await;
    let told = bench.when(|told| told[1].is("Done")).await;
    assert_eq!(told[0].status, "Running");
    assert_eq!(diary.read()[..2], ["handler", "teardown begins, completed"]);

    diary.gate.add_permits(1);
    let told = bench.when(all_done).await;
    assert_eq!(told[0].result, r#"{"Ok":42}"#);
    bench.worker.stop().expect("the worker runs");
    worker.await.expect("no panic").expect("no error");
    let deadline = std::time::Duration::from_secs(10);
    bench.app.shutdown(deadline).await.expect("nothing is left");
    let entries = diary.read();
    assert_eq!(
        entries
            .iter()
            .filter(|&entry| entry == "later, completed")
            .count(),
        2
    );
    assert_eq!(entries.last().map(String::as_str), Some("later, completed"));
}

#[dependency(after_response = forget_it)]
async fn note(Data(diary): Data<Diary>) -> Diary {
    diary
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed its value")]
fn forget_it(note: Depends<note>, outcome: Outcome) {
    note.write(format!("later, {outcome}"));
}

#[handler]
async fn fail(_note: Depends<note>) -> Result<(), &'static str> {
    Err("no")
}

#[dependency]
async fn refusal(_note: Depends<note>) -> Result<u8, &'static str> {
    Err("no, says a dependency")
}

#[handler]
async fn is_refused(_refusal: Depends<refusal>) {}

#[tokio::test]
async fn what_is_left_for_later_hears_of_failures() {
    let (bench, diary) = (Bench::new().await, Diary::new());
    bench.push(()).await;
    let worker = bench.builder::<()>().data(diary.clone());
    let worker = worker.build(job(fail::handler)).run();
    bench.run(worker, |told| told[0].is("Failed")).await;

    let bench = bench.hire();
    let worker = bench.builder::<()>().data(diary.clone());
    let worker = worker.build(job(is_refused::handler)).run();
    let is_refused = |told: &[crate::bench::Told]| told[0].result.contains("says a dependency");
    bench.run(worker, is_refused).await;
    let deadline = std::time::Duration::from_secs(10);
    bench.app.shutdown(deadline).await.expect("nothing is left");
    assert!(
        diary.read().iter().all(|entry| entry == "later, failed"),
        "{:?}",
        diary.read()
    );
}
