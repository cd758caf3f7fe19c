//! Middlewares of tower around a handler.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hueless::tower::service;
use hueless::{App, BoxError, Call, Depends, Failure, Input, Outcome, dependency, handler};
use tokio::sync::{Notify, mpsc};
use tower::{Service, ServiceBuilder, ServiceExt};

/// Only a test that fails waits so long.
const PATIENCE: Duration = Duration::from_secs(20);

#[dependency(teardown = end)]
async fn resource(
    Input(ends): Input<mpsc::UnboundedSender<Outcome>>,
) -> mpsc::UnboundedSender<Outcome> {
    ends
}

async fn end(resource: Depends<resource>, outcome: Outcome) {
    let _ = resource.send(outcome);
}

#[handler]
async fn never(_resource: Depends<resource>) {
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn a_timeout_cancels_the_request_and_what_it_had_is_ended() {
    let app = App::new();
    let (sender, mut outcome) = mpsc::unbounded_channel();
    let limited = ServiceBuilder::new()
        .timeout(Duration::from_millis(20))
        .service(service(never::handler).with_app(&app));
    let error = limited.oneshot(Call::new().with(sender)).await.unwrap_err();
    assert!(error.is::<tower::timeout::error::Elapsed>(), "{error}");
    assert_eq!(outcome.recv().await, Some(Outcome::Cancelled));
    app.shutdown(PATIENCE).await.unwrap();
}

/// Counts who is inside, and lets nobody out before it is told.
#[derive(Debug, Clone, Default)]
struct Inside {
    now: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

#[handler]
async fn come_in(Input(inside): Input<Inside>) {
    let now = inside.now.fetch_add(1, Ordering::SeqCst) + 1;
    inside.most.fetch_max(now, Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(2)).await;
    inside.now.fetch_sub(1, Ordering::SeqCst);
}

#[tokio::test]
async fn a_concurrency_limit_lets_so_many_in_at_a_time() {
    let inside = Inside::default();
    let limited = ServiceBuilder::new()
        .concurrency_limit(2)
        .service(service(come_in::handler));
    let calls = (0..10).map(|_| {
        let call = Call::new().with(inside.clone());
        tokio::spawn(limited.clone().oneshot(call))
    });
    for call in calls.collect::<Vec<_>>() {
        assert!(call.await.unwrap().is_ok());
    }
    assert_eq!(inside.most.load(Ordering::SeqCst), 2);
}

#[handler]
fn hold(Input(gate): Input<Arc<Notify>>, Input(begun): Input<mpsc::UnboundedSender<()>>) {
    begun.send(()).expect("the test waits for it");
    hueless::block_on(gate.notified());
}

fn is_overloaded(error: &BoxError) -> bool {
    let failure = error.downcast_ref::<Failure>();
    failure.is_some_and(Failure::is_overloaded)
}

#[tokio::test]
async fn overload_fails_a_call_and_a_limit_keeps_it_waiting_instead() {
    let app = App::builder().seats(1).queue_limit(0).build().unwrap();
    let holding = service(hold::handler).with_app(&app);
    let (gate, (sender, mut begun)) = (Arc::new(Notify::new()), mpsc::unbounded_channel::<()>());
    let call = || Call::new().with(Arc::clone(&gate)).with(sender.clone());

    let first = tokio::spawn(holding.clone().oneshot(call()));
    begun.recv().await.unwrap();
    let mut another = holding.clone();
    another.ready().await.expect("it is always ready");
    let error = another.call(call()).await.unwrap_err();
    assert!(is_overloaded(&error), "{error}");
    gate.notify_one();
    assert!(first.await.unwrap().is_ok());

    let limited = ServiceBuilder::new().concurrency_limit(1).service(holding);
    let first = tokio::spawn(limited.clone().oneshot(call()));
    begun.recv().await.unwrap();
    let second = tokio::spawn(limited.oneshot(call()));
    gate.notify_one();
    assert!(first.await.unwrap().is_ok());
    begun.recv().await.unwrap();
    gate.notify_one();
    assert!(second.await.unwrap().is_ok());
    app.shutdown(PATIENCE).await.unwrap();
}

#[tokio::test]
async fn load_is_shed_before_the_app_is_asked() {
    let app = App::new();
    let shedding = ServiceBuilder::new()
        .load_shed()
        .concurrency_limit(1)
        .service(service(hold::handler).with_app(&app));
    let (gate, (sender, mut begun)) = (Arc::new(Notify::new()), mpsc::unbounded_channel::<()>());
    let call = || Call::new().with(Arc::clone(&gate)).with(sender.clone());

    let first = tokio::spawn(shedding.clone().oneshot(call()));
    begun.recv().await.unwrap();
    let error = shedding.oneshot(call()).await.unwrap_err();
    assert!(error.is::<tower::load_shed::error::Overloaded>(), "{error}");
    gate.notify_one();
    assert!(first.await.unwrap().is_ok());
    app.shutdown(PATIENCE).await.unwrap();
}
