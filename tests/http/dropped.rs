//! A request that is dropped, at whatever point, leaves nothing behind and harms no other.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, mpsc};
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request};
use axum::routing::{get, post};
use futures_util::{StreamExt, stream};
use hueless::{App, Call, Cancellation, Depends, Input, block_on, dependency, handler};

use crate::client::{ask, get as ask_for, post as send};
use crate::log::{Log, log};
use crate::values::{Count, Counted, count};

#[dependency(guard)]
async fn admitted(count: Depends<count>, Path(name): Path<String>) -> (String, Counted) {
    elsewhere().await;
    (name, count.value())
}

#[dependency]
async fn waits(count: Depends<count>, admitted: Depends<admitted>) -> (usize, Counted) {
    let value = count.value();
    elsewhere().await;
    (admitted.0.len(), value)
}

#[dependency]
fn blocks(count: Depends<count>, waits: Depends<waits>) -> (usize, Counted) {
    (waits.0 + 1, count.value())
}

#[dependency(cpu)]
fn computes(count: Depends<count>) -> (usize, Counted) {
    (1, count.value())
}

#[handler]
async fn upload(
    blocks: Depends<blocks>,
    computes: Depends<computes>,
    count: Depends<count>,
    text: String,
) -> String {
    let _value = count.value();
    elsewhere().await;
    format!("{} {text}", blocks.0 + computes.0)
}

fn router(app: &App) -> Router {
    Router::new()
        .route("/{name}", post(upload::handler))
        .route("/", get(one_blocking::handler))
        .route("/told", get(tells::handler))
        .layer(app.layer())
}

/// A body that makes who reads it wait before each of its pieces.
fn slow_request() -> Request {
    let pieces = stream::iter(["half", "whole"]).then(|piece| async move {
        elsewhere().await;
        Ok::<_, std::convert::Infallible>(piece)
    });
    send("/Ada", "text/plain", Body::from_stream(pieces))
}

/// Waits for a task, and so until the request is woken.
async fn elsewhere() {
    tokio::spawn(async {}).await.expect("no panic");
}

/// Drops a future that is not done when it was polled so often; it is polled only when it was woken.
async fn poll_times<T>(times: usize, future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    let mut polled = 0;
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => {
            polled += 1;
            if polled < times {
                Poll::Pending
            } else {
                Poll::Ready(None)
            }
        }
    })
    .await
}

/// Whether a request was answered before it had been polled so often. Nothing of it is left then.
async fn drop_after(app: &App, times: usize) -> bool {
    let (router, count) = (router(app), Count::of(app).await);
    let answer = poll_times(times, ask(&router, slow_request())).await;
    count.reaches(0).await;
    let other = ask(&router, slow_request()).await;
    assert_eq!(other.seen(), (200, "5 halfwhole"), "after {times} polls");
    count.reaches(0).await;
    answer.is_some_and(|answer| {
        assert_eq!(answer.seen(), (200, "5 halfwhole"));
        true
    })
}

async fn drop_at_every_point(app: &App) {
    let mut times = 1;
    while !drop_after(app, times).await {
        times += 1;
    }
    // The guard, two pieces of the body, a dependency and the handler wait for the executor.
    assert!(times > 5, "only {times} points");
}

#[tokio::test]
async fn at_every_await_point_on_one_thread() {
    drop_at_every_point(&App::new()).await;
}

#[tokio::test]
async fn at_every_await_point_when_one_node_runs_after_the_other() {
    drop_at_every_point(
        &App::builder()
            .sequential()
            .build()
            .expect("nothing is set wrongly"),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_many_points_on_several_threads() {
    let app = App::new();
    for _ in 0..10 {
        for times in 1..=10 {
            drop_after(&app, times).await;
        }
    }
}

#[handler]
fn one_blocking(log: Depends<log>) {
    log.write("ran");
}

#[test]
fn before_its_thread_is_free_a_blocking_handler_never_starts() {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.build().expect("a runtime");
    runtime.block_on(async {
        let app = App::builder().blocking_limit(1).stall(Duration::MAX);
        let app = app.build().expect("nothing is wrong");
        let (router, log) = (router(&app), Log::of(&app).await);
        let (free, occupied) = mpsc::channel::<()>();
        let occupied = Arc::new(Mutex::new(occupied));
        let occupant = app.run(occupies::handler, Call::new().with(Arc::clone(&occupied)));
        let occupant = tokio::spawn(occupant);
        while app.stats().working == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(poll_times(1, ask(&router, ask_for("/"))).await, None);
        free.send(()).expect("the thread waits for this");
        occupant.await.expect("no panic").expect("no failure");
        // The one thread takes its work in order: when this is done the dropped one's turn is over.
        drop(free);
        let behind = app.run(occupies::handler, Call::new().with(occupied));
        behind.await.expect("no failure");
        assert_eq!(log.take(), [""; 0]);
        assert_eq!(ask(&router, ask_for("/")).await.seen(), (200, ""));
        assert_eq!(log.take(), ["ran"]);
    });
}

#[handler]
fn occupies(Input(until): Input<Arc<Mutex<mpsc::Receiver<()>>>>) {
    let until = until.lock().expect("nobody panics with it");
    until.recv().ok();
}

/// Ends only because it is told to.
#[dependency]
fn endless(
    cancellation: Depends<Cancellation>,
    count: Depends<count>,
    log: Depends<log>,
) -> Counted {
    let value = count.value();
    block_on(cancellation.cancelled());
    log.write("told");
    value
}

#[handler]
fn tells(_: Depends<endless>, log: Depends<log>) {
    log.write("handled");
}

#[tokio::test]
async fn while_a_blocking_node_runs_it_is_told_and_let_finish() {
    let app = App::new();
    let (router, count) = (router(&app), Count::of(&app).await);
    let request = tokio::spawn(async move { ask(&router, ask_for("/told")).await });
    count.reaches(1).await;
    request.abort();
    assert!(request.await.is_err_and(|error| error.is_cancelled()));
    count.reaches(0).await;
    assert_eq!(Log::of(&app).await.take(), ["told"]);
}
