//! When work runs.

#![expect(
    clippy::needless_pass_by_value,
    reason = "a function that ends a value takes a handle"
)]

use hueless::{Background, Call, Depends, Invocation, Outcome, dependency, handler};
use tokio::task::yield_now;

use super::adds;
use crate::support::{Log, Signal, call_in, in_each_app, is_over};

#[test]
fn in_the_order_in_which_it_was_added_after_the_response_and_before_what_ends_then() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end, after_response = release)]
    fn value() -> u8 {
        1
    }
    fn end(_: Depends<value>, _: Outcome) {
        LOG.add("end");
    }
    fn release(_: Depends<value>, outcome: Outcome) {
        LOG.add(format!("release-{outcome}"));
    }
    #[dependency]
    fn adds_first(background: Depends<Background>) -> u8 {
        adds!(background, LOG, "of-dependency");
        1
    }
    #[handler]
    async fn show(
        _value: Depends<value>,
        _first: Depends<adds_first>,
        background: Depends<Background>,
    ) -> u8 {
        adds!(background, LOG, "plain");
        background.add(async {
            LOG.add("async");
            yield_now().await;
            LOG.add("async-ends");
        });
        adds!(background, LOG, "plain-again");
        assert_eq!(background.len(), 4);
        1
    }

    in_each_app(|app| async move {
        let reply = show::handler(Invocation::new(app.clone(), Call::new())).await;
        for _ in 0..10 {
            yield_now().await;
        }
        LOG.add("reply");
        assert_eq!(reply.expect("nothing fails").into_inner(), 1);
        is_over(&app).await;
        assert_eq!(
            LOG.take(),
            "end reply of-dependency plain async async-ends plain-again release-completed"
        );
    });
}

#[test]
fn what_work_adds_runs_behind_what_waits() {
    static LOG: Log = Log::new();

    #[dependency(after_response = release)]
    fn value() -> u8 {
        1
    }
    async fn release(_: Depends<value>, _: Outcome) {
        LOG.add("release");
    }
    #[handler]
    fn show(_value: Depends<value>, background: Depends<Background>) {
        let again = Background::clone(&background);
        background.add(async move {
            LOG.add("first");
            let once_more = again.clone();
            again.add(move || {
                LOG.add("third");
                adds!(once_more, LOG, "fourth");
            });
        });
        adds!(background, LOG, "second");
    }

    in_each_app(|app| async move {
        assert_eq!(call_in(&app, show::handler).await, Ok(()));
        is_over(&app).await;
        assert_eq!(LOG.take(), "first second third fourth release");
    });
}

#[test]
fn what_is_added_after_the_response_runs_last() {
    static LOG: Log = Log::new();

    #[dependency(after_response = release)]
    fn adds_at_last(background: Depends<Background>) -> Background {
        Background::clone(&background)
    }
    fn release(background: Depends<adds_at_last>, _: Outcome) {
        LOG.add("release");
        adds!(background, LOG, "at-last");
    }
    #[dependency(after_response = release_other)]
    fn other(_after: Depends<adds_at_last>) -> u8 {
        1
    }
    async fn release_other(_: Depends<other>, _: Outcome) {
        LOG.add("release-other");
    }
    #[handler]
    async fn show(_other: Depends<other>) {}

    in_each_app(|app| async move {
        assert_eq!(call_in(&app, show::handler).await, Ok(()));
        is_over(&app).await;
        assert_eq!(LOG.take(), "release-other release at-last");
    });
}

#[test]
fn what_is_added_when_everything_is_over_starts_at_once() {
    static LOG: Log = Log::new();
    static RAN: Signal = Signal::new();

    #[handler]
    async fn show(background: Depends<Background>) -> Background {
        adds!(background, LOG, "in-time");
        background.add(|| RAN.give());
        Background::clone(&background)
    }

    in_each_app(|app| async move {
        RAN.reset();
        let background = call_in(&app, show::handler).await.expect("nothing fails");
        RAN.wait().await;
        // The queue is closed a moment after its last work; until then this is work like any other.
        for _ in 0..10 {
            yield_now().await;
        }
        RAN.reset();
        background.add(async {
            LOG.add("late");
            yield_now().await;
            RAN.give();
        });
        RAN.wait().await;
        RAN.reset();
        background.add(|| {
            LOG.add("late-too");
            RAN.give();
        });
        RAN.wait().await;
        assert_eq!(LOG.take(), "in-time late late-too");
        assert!(background.is_empty());
        is_over(&app).await;
    });
}

#[test]
fn a_value_that_work_holds_is_released_after_it() {
    static LOG: Log = Log::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(teardown = end, after_response = release)]
    fn held_by_work() -> u8 {
        1
    }
    async fn end(_: Depends<held_by_work>, _: Outcome) {
        LOG.add("end");
    }
    async fn release(_: Depends<held_by_work>, _: Outcome) {
        LOG.add("release");
    }
    #[handler]
    fn show(value: Depends<held_by_work>, background: Depends<Background>) {
        background.add(async move {
            GO_ON.wait().await;
            LOG.add(format!("work-{}", *value));
        });
    }

    in_each_app(|app| async move {
        GO_ON.reset();
        assert_eq!(call_in(&app, show::handler).await, Ok(()));
        for _ in 0..10 {
            yield_now().await;
        }
        assert_eq!(LOG.take(), "end");
        GO_ON.give();
        is_over(&app).await;
        assert_eq!(LOG.take(), "work-1 release");
    });
}
