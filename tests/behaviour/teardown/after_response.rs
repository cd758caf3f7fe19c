//! What is done when the response has left: in reverse order too, once nobody uses the value.

use hueless::{Call, Depends, Invocation, Outcome, dependency, handler};
use tokio::task::JoinHandle;

use crate::support::{Log, SaysWhenDropped, Signal, call_in, in_each_app, is_over};

#[test]
fn it_follows_all_teardowns_from_the_last_to_the_first() {
    static LOG: Log = Log::new();

    #[dependency(after_response = release_first)]
    fn first() -> SaysWhenDropped {
        SaysWhenDropped(&LOG, "drop-first")
    }
    fn release_first(_: Depends<first>, _: Outcome) {
        LOG.add("release-first");
    }
    #[dependency(teardown = end_second)]
    async fn second(_first: Depends<first>) -> SaysWhenDropped {
        SaysWhenDropped(&LOG, "drop-second")
    }
    async fn end_second(_: Depends<second>, _: Outcome) {
        LOG.add("end-second");
    }
    #[dependency(teardown = end_third, after_response = release_third)]
    async fn third(_second: Depends<second>) -> SaysWhenDropped {
        SaysWhenDropped(&LOG, "drop-third")
    }
    fn end_third(_: Depends<third>, _: Outcome) {
        LOG.add("end-third");
    }
    async fn release_third(_: Depends<third>, _: Outcome) {
        LOG.add("release-third");
        tokio::task::yield_now().await;
        LOG.add("released-third");
    }
    #[handler]
    async fn show(_third: Depends<third>) -> u8 {
        LOG.add("handler");
        1
    }

    in_each_app(|app| async move {
        let reply = show::handler(Invocation::new(app.clone(), Call::new())).await;
        LOG.add("reply");
        assert_eq!(reply.expect("nothing fails").into_inner(), 1);
        is_over(&app).await;
        assert_eq!(
            LOG.take(),
            "handler end-third end-second drop-second reply \
             release-third released-third drop-third release-first drop-first"
        );
    });
}

#[test]
fn it_waits_for_the_last_clone_and_the_teardown_does_not() {
    static LOG: Log = Log::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(teardown = end, after_response = release)]
    fn taken_elsewhere() -> SaysWhenDropped {
        SaysWhenDropped(&LOG, "dropped")
    }
    fn end(_: Depends<taken_elsewhere>, outcome: Outcome) {
        LOG.add(format!("end-{outcome}"));
    }
    fn release(_: Depends<taken_elsewhere>, outcome: Outcome) {
        LOG.add(format!("release-{outcome}"));
    }
    #[handler]
    fn show(value: Depends<taken_elsewhere>) -> JoinHandle<()> {
        let (one, other) = (value.clone(), value);
        tokio::spawn(async move {
            GO_ON.wait().await;
            drop(one);
            for _ in 0..10 {
                tokio::task::yield_now().await;
            }
            LOG.add("last-use");
            drop(other);
        })
    }

    in_each_app(|app| async move {
        GO_ON.reset();
        let task = call_in(&app, show::handler).await.expect("nothing fails");
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        assert_eq!(LOG.take(), "end-completed");
        GO_ON.give();
        task.await.expect("no panic");
        is_over(&app).await;
        assert_eq!(LOG.take(), "last-use release-completed dropped");
    });
}

#[test]
fn a_clone_inside_another_value_counts_for_as_long_as_that_is_used() {
    static LOG: Log = Log::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(after_response = release_inner)]
    async fn inner() -> SaysWhenDropped {
        SaysWhenDropped(&LOG, "drop-inner")
    }
    async fn release_inner(_: Depends<inner>, _: Outcome) {
        LOG.add("release-inner");
    }
    #[dependency(after_response = release_outer)]
    struct Outer {
        _inner: Depends<inner>,
    }
    fn release_outer(_: Depends<Outer>, _: Outcome) {
        LOG.add("release-outer");
    }
    /// Keeps a handle, and is only dropped.
    #[dependency]
    fn between(outer: Depends<Outer>, inner: Depends<inner>) -> (Depends<Outer>, Depends<inner>) {
        (outer, inner)
    }
    #[handler]
    async fn show(between: Depends<between>) -> JoinHandle<()> {
        tokio::spawn(async move {
            GO_ON.wait().await;
            LOG.add("last-use");
            drop(between);
        })
    }

    in_each_app(|app| async move {
        GO_ON.reset();
        let task = call_in(&app, show::handler).await.expect("nothing fails");
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        assert_eq!(LOG.take(), "");
        GO_ON.give();
        task.await.expect("no panic");
        is_over(&app).await;
        assert_eq!(
            LOG.take(),
            "last-use release-outer release-inner drop-inner"
        );
    });
}

#[test]
fn one_that_fails_is_no_failure_to_the_next() {
    static LOG: Log = Log::new();

    #[dependency(after_response = release_first)]
    fn first() -> u8 {
        1
    }
    fn release_first(_: Depends<first>, outcome: Outcome) {
        LOG.add(format!("first-{outcome}"));
    }
    #[dependency(after_response = release_second)]
    fn second() -> Result<u8, String> {
        Ok(1)
    }
    async fn release_second(_: Depends<second>, outcome: Outcome) -> Result<(), String> {
        LOG.add(format!("second-{outcome}"));
        Err("logged".to_owned())
    }
    #[handler]
    async fn show(_first: Depends<first>, _second: Depends<second>) -> u8 {
        1
    }

    in_each_app(|app| async move {
        assert_eq!(call_in(&app, show::handler).await, Ok(1));
        is_over(&app).await;
        assert_eq!(LOG.take(), "second-completed first-completed");
    });
}

#[test]
fn what_was_rejected_is_released_too() {
    static LOG: Log = Log::new();

    #[dependency(after_response = release)]
    fn value() -> u8 {
        1
    }
    fn release(_: Depends<value>, outcome: Outcome) {
        LOG.add(outcome.to_string());
    }
    #[dependency(teardown = end)]
    async fn ends_badly() -> Result<u8, String> {
        Ok(1)
    }
    async fn end(_: Depends<ends_badly>, _: Outcome) -> Result<(), String> {
        Err("no".to_owned())
    }
    #[dependency]
    fn fails(_value: Depends<value>) -> Result<u8, String> {
        Err("no".to_owned())
    }
    #[handler]
    async fn failed(_fails: Depends<fails>) {}
    #[handler]
    async fn failed_to_end(_value: Depends<value>, _ends: Depends<ends_badly>) {}
    #[handler]
    fn panicked(_value: Depends<value>) {
        panic!("a secret");
    }

    in_each_app(|app| async move {
        for answer in [
            call_in(&app, failed::handler).await,
            call_in(&app, failed_to_end::handler).await,
            call_in(&app, panicked::handler).await,
        ] {
            assert!(answer.is_err());
        }
        is_over(&app).await;
        assert_eq!(LOG.take_sorted(), "failed failed panicked");
    });
}
