//! The request's span and the declared task-locals are set wherever values are ended and work goes on.

#![expect(
    clippy::needless_pass_by_value,
    reason = "a function that ends a value takes a handle"
)]

use std::sync::Mutex;

use hueless::{App, Background, Call, Depends, Outcome, dependency, handler};
use tracing::Instrument;

use crate::heard::{self, span_here};
use crate::support::{Signal, both_kinds, is_over, on_each_runtime};

tokio::task_local! {
    static TENANT: String;
}

static SEEN: Mutex<Vec<(&str, String, Option<u64>)>> = Mutex::new(Vec::new());

fn see(place: &'static str) {
    let tenant = TENANT.try_with(Clone::clone);
    let tenant = tenant.unwrap_or_else(|_| "nobody".to_owned());
    let mut seen = SEEN.lock().expect("nobody panics with it");
    seen.push((place, tenant, span_here()));
}

async fn see_twice(first: &'static str, second: &'static str) {
    see(first);
    tokio::task::yield_now().await;
    see(second);
}

#[dependency(teardown = end_plain, after_response = release_plain)]
async fn with_plain_ends(background: Depends<Background>) -> Depends<Background> {
    background
}

fn end_plain(background: Depends<with_plain_ends>, _: Outcome) {
    see("plain teardown");
    background.add(|| see("plain work"));
    background.add(see_twice("async work", "async work that waited"));
}

fn release_plain(background: Depends<with_plain_ends>, _: Outcome) {
    see("plain after the response");
    background.add(|| see("work added there"));
}

#[dependency(teardown = end_async, after_response = release_async)]
async fn with_async_ends() -> () {}

async fn end_async(_: Depends<with_async_ends>, _: Outcome) {
    see_twice("async teardown", "async teardown that waited").await;
}

async fn release_async(_: Depends<with_async_ends>, _: Outcome) {
    see_twice("async after the response", "that waited").await;
}

const PLACES: [&str; 10] = [
    "async teardown",
    "async teardown that waited",
    "plain teardown",
    "plain work",
    "async work",
    "async work that waited",
    "async after the response",
    "that waited",
    "plain after the response",
    "work added there",
];

static RUNS: Signal = Signal::new();
static GO_ON: Signal = Signal::new();

#[handler]
async fn show(_plain: Depends<with_plain_ends>, _async: Depends<with_async_ends>) {}

/// Where the request is dropped, all goes on behind it.
#[handler]
async fn never_done(_plain: Depends<with_plain_ends>, _async: Depends<with_async_ends>) {
    RUNS.give();
    std::future::pending::<()>().await;
}

/// Where a thread is the last to work for it, too.
#[handler]
fn outlives_its_request(_plain: Depends<with_plain_ends>, _async: Depends<with_async_ends>) {
    RUNS.give();
    GO_ON.wait_blocking();
}

async fn give_up<T>(request: impl Future<Output = T>) {
    tokio::select! {
        biased;
        () = RUNS.wait() => {}
        _ = request => panic!("it is not done"),
    }
}

#[test]
fn in_teardowns_in_the_background_and_after_the_response() {
    heard::listen();
    let apps = || both_kinds(|builder| builder.propagate(&TENANT));
    let as_seen = async |app: App, request: &mut (dyn Future<Output = ()> + Unpin)| {
        let span = tracing::info_span!("request");
        let id = span.id().map(|id| id.into_u64());
        assert!(id.is_some());
        TENANT
            .scope("acme".to_owned(), request.instrument(span))
            .await;
        GO_ON.give();
        is_over(&app).await;
        let seen = std::mem::take(&mut *SEEN.lock().expect("nobody panics with it"));
        let expected = PLACES.map(|place| (place, "acme".to_owned(), id));
        assert_eq!(seen, expected);
    };
    on_each_runtime(|| async {
        for app in apps() {
            let request = app.run(show::handler, Call::new());
            as_seen(app.clone(), &mut Box::pin(async { request.await.unwrap() })).await;
        }
        for app in apps() {
            RUNS.reset();
            let request = app.run(never_done::handler, Call::new());
            as_seen(app.clone(), &mut Box::pin(give_up(request))).await;
        }
        for app in apps() {
            RUNS.reset();
            GO_ON.reset();
            let request = app.run(outlives_its_request::handler, Call::new());
            as_seen(app.clone(), &mut Box::pin(give_up(request))).await;
        }
    });
}
