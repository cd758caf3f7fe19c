//! When the queue is told: after the teardowns, however the job ended, and before what is left for later.

use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use apalis_core::task::Task;
use apalis_core::task::builder::TaskBuilder;
use apalis_core::task::data::Data;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hueless::apalis::job;
use hueless::{Depends, Input, Outcome, dependency, handler};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use tower::Service;
use tower_layer::Layer;

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

/// How a job ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum End {
    Returns,
    Fails,
    Panics,
    IsTooSlow,
    TeardownFails,
}

#[dependency(teardown = settle)]
async fn account(
    Input(end): Input<End>,
    Data(diary): Data<Diary>,
) -> Result<(End, Diary), &'static str> {
    Ok((end, diary))
}

async fn settle(account: Depends<account>, outcome: Outcome) -> Result<(), &'static str> {
    let (end, diary) = &*account;
    diary.write(format!("teardown begins, {outcome}"));
    tokio::task::yield_now().await;
    diary.write("teardown ends".to_owned());
    match end {
        End::TeardownFails => Err("the disk is full"),
        _ => Ok(()),
    }
}

#[handler(timeout = "20ms")]
async fn pay(account: Depends<account>) -> Result<u32, &'static str> {
    let (end, _) = &*account;
    match end {
        End::Returns | End::TeardownFails => Ok(42),
        End::Fails => Err("no"),
        End::Panics => panic!("a secret"),
        End::IsTooSlow => std::future::pending().await,
    }
}

#[handler]
fn pay_on_a_thread(account: Depends<account>) -> Result<u32, &'static str> {
    let (end, _) = &*account;
    match end {
        End::Fails => Err("no"),
        End::Panics => panic!("a secret"),
        End::Returns | End::IsTooSlow | End::TeardownFails => Ok(42),
    }
}

/// Writes down what apalis gets to tell the queue.
struct Listener(Diary);

impl<S> Layer<S> for Listener {
    type Service = Listens<S>;

    fn layer(&self, inner: S) -> Listens<S> {
        Listens(inner, self.0.clone())
    }
}

struct Listens<S>(S, Diary);

impl<S, Args> Service<Task<Args>> for Listens<S>
where
    S: Service<Task<Args>, Error: ToString, Future: Send + 'static>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<S::Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, task: Task<Args>) -> Self::Future {
        let (ended, diary) = (self.0.call(task), self.1.clone());
        let listening = async move {
            let ended = ended.await;
            let said = ended.as_ref().err().map(ToString::to_string);
            diary.write(format!("queue hears {}", said.as_deref().unwrap_or("ok")));
            ended
        };
        listening.boxed()
    }
}

/// The entries of one job, and what the queue has of it.
async fn diary_of(end: End, is_async: bool) -> (Vec<String>, String) {
    let (bench, diary) = (Bench::new().await, Diary::new());
    bench.push_task(TaskBuilder::new(end).max_attempts(1)).await;
    let builder = bench.builder::<End>().data(diary.clone());
    let builder = builder.layer(Listener(diary.clone()));
    let is_over = |told: &[crate::bench::Told]| told[0].attempts > 0;
    let told = if is_async {
        let worker = builder.build(job(pay::handler)).run();
        bench.run(worker, is_over).await
    } else {
        let worker = builder.build(job(pay_on_a_thread::handler)).run();
        bench.run(worker, is_over).await
    };
    let entries = diary.read().into_iter().take(3).collect();
    (entries, told[0].status.clone())
}

#[tokio::test]
async fn however_a_job_ends_its_teardown_has_heard_before_the_queue() {
    let expected = |end: End, name: &str| match end {
        End::Returns => ("completed", "ok".to_owned(), "Done"),
        End::Fails => ("failed", "no".to_owned(), "Failed"),
        End::Panics => (
            "panicked",
            format!("AbortError: `{name}` panicked"),
            "Killed",
        ),
        End::IsTooSlow => (
            "cancelled",
            "`pay` took longer than 20ms".to_owned(),
            "Failed",
        ),
        End::TeardownFails => ("completed", "the disk is full".to_owned(), "Failed"),
    };
    let all = [
        End::Returns,
        End::Fails,
        End::Panics,
        End::IsTooSlow,
        End::TeardownFails,
    ];
    for end in all {
        for (name, is_async) in [("pay", true), ("pay_on_a_thread", false)] {
            // What runs on a thread cannot be interrupted.
            if end == End::IsTooSlow && !is_async {
                continue;
            }
            let (outcome, heard, status) = expected(end, name);
            let (entries, told) = diary_of(end, is_async).await;
            let expected = [
                format!("teardown begins, {outcome}"),
                "teardown ends".to_owned(),
                format!("queue hears {heard}"),
            ];
            assert_eq!(entries, expected, "{end:?}, {name}");
            assert_eq!(told, status, "{end:?}, {name}");
        }
    }
}
