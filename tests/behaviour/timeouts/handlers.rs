//! A handler's `timeout`: for its whole run.

use std::time::Duration;

use hueless::{Cancellation, Depends, Outcome, block_on, dependency, handler};
use tokio::time::sleep;

use super::failure;
use crate::occupied::{Occupant, one_thread};
use crate::support::{
    Log, SaysWhenDropped, Signal, both_kinds, call_in, in_each_app, is_over, on_a_paused_clock,
    on_each_runtime,
};

#[test]
fn whatever_of_it_takes_too_long_is_given_up_as_cancelled() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end)]
    async fn value() -> u8 {
        1
    }
    async fn end(_: Depends<value>, outcome: Outcome) {
        LOG.add(outcome.to_string());
    }
    #[dependency]
    async fn endless(_value: Depends<value>) -> u8 {
        let _said = SaysWhenDropped(&LOG, "dropped");
        std::future::pending().await
    }
    #[dependency]
    async fn endless_until_told(cancellation: Depends<Cancellation>) -> Cancellation {
        Cancellation::clone(&cancellation)
    }
    #[handler(timeout = "1ms")]
    async fn is_async(_value: Depends<value>) {
        let _said = SaysWhenDropped(&LOG, "dropped");
        std::future::pending::<()>().await;
    }
    #[handler(timeout = "1ms")]
    async fn waits(_endless: Depends<endless>) {}
    #[handler(inline, timeout = "1ms")]
    fn is_inline_and_waits(_endless: Depends<endless>) {}
    #[handler(timeout = "1ms")]
    fn is_plain_and_waits(_endless: Depends<endless>) {}
    #[handler(cpu, timeout = "1ms")]
    fn computes_and_waits(_endless: Depends<endless>) {}

    macro_rules! is_given_up {
        ($app:ident, $handler:ident) => {
            let failure = failure(&$app, $handler::handler).await;
            assert!(failure.is_timeout());
            assert_eq!(
                failure.to_string(),
                concat!("`", stringify!($handler), "` took longer than 1ms")
            );
            assert_eq!(LOG.take(), "dropped cancelled");
        };
    }
    in_each_app(|app| async move {
        is_given_up!(app, is_async);
        is_given_up!(app, waits);
        is_given_up!(app, is_inline_and_waits);
        is_given_up!(app, is_plain_and_waits);
        is_given_up!(app, computes_and_waits);
        is_over(&app).await;
    });
}

/// A handler on a thread, that runs until it is told, and then until the test lets it go.
macro_rules! ends_late {
    ($name:ident, $($option:ident)?) => {
        mod $name {
            use super::*;

            pub(super) static LOG: Log = Log::new();
            pub(super) static STARTED: Signal = Signal::new();
            pub(super) static TOLD: Signal = Signal::new();
            pub(super) static GO_ON: Signal = Signal::new();

            #[dependency(teardown = end)]
            pub(super) async fn value() -> SaysWhenDropped {
                SaysWhenDropped(&LOG, "value")
            }
            async fn end(_: Depends<value>, outcome: Outcome) {
                LOG.add(outcome.to_string());
            }
            #[handler($($option,)? timeout = "20ms")]
            pub(super) fn late(
                _value: Depends<value>,
                cancellation: Depends<Cancellation>,
            ) -> Result<SaysWhenDropped, SaysWhenDropped> {
                STARTED.give();
                block_on(cancellation.cancelled());
                TOLD.give();
                GO_ON.wait_blocking();
                LOG.add("late");
                Err(SaysWhenDropped(&LOG, "returned"))
            }
        }
    };
}

ends_late!(on_lane,);
ends_late!(on_cpu, cpu);

/// A thread may be so late that the time is over before the handler has started; then it never does.
macro_rules! is_answered_before_it_ends {
    ($name:ident) => {
        on_each_runtime(|| async {
            for kind in [0, 1] {
                let app = loop {
                    let signals = [&$name::STARTED, &$name::TOLD, &$name::GO_ON];
                    signals.into_iter().for_each(Signal::reset);
                    let app = both_kinds(|builder| builder)[kind].clone();
                    let failure = failure(&app, $name::late::handler).await;
                    assert_eq!(failure.to_string(), "`late` took longer than 20ms");
                    if $name::STARTED.is_given() {
                        break app;
                    }
                    is_over(&app).await;
                    assert_eq!($name::LOG.take(), "cancelled value");
                };
                $name::TOLD.wait().await;
                assert_eq!($name::LOG.take(), "", "nothing ends while it runs");
                $name::GO_ON.give();
                is_over(&app).await;
                // What it returned is in nobody's way, and may be dropped at any time.
                let events = $name::LOG.take().replace(" returned", "");
                assert_eq!(events, "late cancelled value");
            }
        });
    };
}

#[test]
fn a_plain_one_is_told_and_answered_for() {
    is_answered_before_it_ends!(on_lane);
}

#[test]
fn one_that_computes_likewise() {
    is_answered_before_it_ends!(on_cpu);
}

#[test]
fn it_counts_from_the_first_node_and_not_the_teardowns() {
    #[dependency(teardown = end)]
    async fn slow() -> u8 {
        sleep(Duration::from_secs(3)).await;
        1
    }
    async fn end(_: Depends<slow>, _: Outcome) {
        sleep(Duration::from_secs(3)).await;
    }
    #[handler(timeout = "5s")]
    async fn in_time(slow: Depends<slow>) -> u8 {
        sleep(Duration::from_millis(1_999)).await;
        *slow
    }
    #[handler(timeout = "5s")]
    async fn too_late(_slow: Depends<slow>) {
        sleep(Duration::from_millis(2_001)).await;
    }

    on_a_paused_clock(|| async {
        for app in both_kinds(|builder| builder) {
            assert_eq!(call_in(&app, in_time::handler).await, Ok(1));
            assert!(failure(&app, too_late::handler).await.is_timeout());
        }
    });
}

#[test]
fn what_fails_before_is_the_answer() {
    #[dependency(timeout = "4s")]
    async fn takes_too_long() -> u8 {
        std::future::pending().await
    }
    #[dependency]
    async fn fails() -> Result<u8, &'static str> {
        sleep(Duration::from_secs(4)).await;
        Err("failed")
    }
    #[handler(timeout = "5s")]
    async fn of_dependency(_too_long: Depends<takes_too_long>) {}
    #[handler(timeout = "5s")]
    async fn rejected(_fails: Depends<fails>) {}

    on_a_paused_clock(|| async {
        for app in both_kinds(|builder| builder) {
            let failure = failure(&app, of_dependency::handler).await;
            assert_eq!(failure.to_string(), "`takes_too_long` took longer than 4s");
            let answer = call_in(&app, rejected::handler).await;
            assert_eq!(answer, Err("failed".to_owned()));
        }
    });
}

#[test]
fn waiting_for_a_thread_counts_and_what_was_made_is_ended_before_the_answer() {
    static LOG: Log = Log::new();
    static OCCUPIED: Signal = Signal::new();
    static FREE: Signal = Signal::new();

    #[dependency(teardown = end)]
    async fn value() -> u8 {
        1
    }
    async fn end(_: Depends<value>, outcome: Outcome) {
        LOG.add(outcome.to_string());
    }
    #[handler(timeout = "5s")]
    fn never_starts(_value: Depends<value>) {
        LOG.add("never");
    }

    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().start_paused(true).build();
    runtime.expect("a runtime starts").block_on(async {
        for app in both_kinds(one_thread) {
            let occupant = Occupant::of(&app, &OCCUPIED, &FREE).await;
            let mut request = Box::pin(failure(&app, never_starts::handler));
            assert!(futures_util::poll!(&mut request).is_pending());
            tokio::time::advance(Duration::from_secs(6)).await;
            assert!(request.await.is_timeout());
            assert_eq!(LOG.take(), "cancelled");
            FREE.give();
            occupant.leaves().await;
            is_over(&app).await;
            assert_eq!(LOG.take(), "");
        }
    });
}
