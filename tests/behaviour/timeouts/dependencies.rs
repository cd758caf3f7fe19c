//! A dependency that takes longer than its `timeout`.

use hueless::{App, Cancellation, Depends, Input, Outcome, block_on, dependency, handler};

use super::failure;
use crate::support::{Log, SaysWhenDropped, Signal, in_each_app, is_over, on_each_runtime};

/// What an endless async dependency is rejected with, in each kind of app.
macro_rules! takes_longer {
    ($handler:ident, $node:literal) => {
        in_each_app(|app| async move {
            let failure = failure(&app, $handler::handler).await;
            assert!(failure.is_timeout());
            assert!(!failure.is_body_timeout());
            let said = failure.to_string();
            assert_eq!(said, concat!("`", $node, "` took longer than 1ms"));
            is_over(&app).await;
        });
    };
}

#[test]
fn an_async_one_is_dropped_and_has_failed() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end)]
    async fn before() -> u8 {
        1
    }
    async fn end(_: Depends<before>, outcome: Outcome) {
        LOG.add(outcome.to_string());
    }
    #[dependency(timeout = "1ms", teardown = never)]
    async fn endless(_before: Depends<before>) -> u8 {
        let _said = SaysWhenDropped(&LOG, "dropped");
        std::future::pending().await
    }
    async fn never(_: Depends<endless>, _: Outcome) {
        LOG.add("never");
    }
    #[handler]
    async fn show(_endless: Depends<endless>) {
        LOG.add("never");
    }

    takes_longer!(show, "endless");
    assert_eq!(LOG.take(), ["dropped failed"; 4].join(" "));
}

#[test]
fn one_that_a_lane_thread_has_polled() {
    #[dependency]
    fn blocks() -> u8 {
        1
    }
    #[dependency(timeout = "1ms")]
    async fn endless(_blocks: Depends<blocks>) -> u8 {
        std::future::pending().await
    }
    #[handler]
    fn show(_endless: Depends<endless>) {}

    takes_longer!(show, "endless");
}

#[test]
fn one_that_reads_the_context() {
    #[dependency(timeout = "1ms")]
    async fn endless(Input(_number): Input<u8>) -> u8 {
        std::future::pending().await
    }
    #[handler(inline)]
    fn show(_endless: Depends<endless>, Input(_number): Input<u8>) {}

    takes_longer!(show, "endless");
}

#[test]
fn a_transient_one_and_a_guard() {
    #[dependency(transient, timeout = "1ms")]
    async fn for_each_use() -> u8 {
        std::future::pending().await
    }
    #[dependency(guard, timeout = "1ms")]
    async fn admitted() -> u8 {
        std::future::pending().await
    }
    #[handler]
    async fn uses(_one: Depends<for_each_use>, _other: Depends<for_each_use>) {}
    #[handler]
    fn guarded(_admitted: Depends<admitted>) {}

    takes_longer!(uses, "for_each_use");
    takes_longer!(guarded, "admitted");
}

#[test]
fn a_singleton_and_what_it_is_made_from() {
    #[dependency(singleton, timeout = "1ms")]
    async fn pool() -> u8 {
        std::future::pending().await
    }
    #[dependency(transient, timeout = "1ms")]
    async fn settings() -> u8 {
        std::future::pending().await
    }
    #[dependency(singleton)]
    async fn cache(_settings: Depends<settings>) -> u8 {
        1
    }
    #[handler]
    async fn show_pool(_pool: Depends<pool>) {}
    #[handler]
    fn show_cache(_cache: Depends<cache>) {}

    takes_longer!(show_pool, "pool");
    takes_longer!(show_cache, "settings");
}

/// One that runs on a thread until it is told, and then until the test lets it go.
macro_rules! ends_late {
    ($name:ident, $($option:ident)?) => {
        mod $name {
            use super::*;

            pub(super) static LOG: Log = Log::new();
            pub(super) static TOLD: Signal = Signal::new();
            pub(super) static GO_ON: Signal = Signal::new();

            #[dependency(teardown = end_before)]
            pub(super) async fn before() -> u8 {
                1
            }
            async fn end_before(_: Depends<before>, outcome: Outcome) {
                LOG.add(format!("end-before-{outcome}"));
            }
            #[dependency($($option,)? timeout = "1ms", teardown = end_late)]
            pub(super) fn late(_before: Depends<before>, cancellation: Depends<Cancellation>) -> u8 {
                block_on(cancellation.cancelled());
                TOLD.give();
                GO_ON.wait_blocking();
                LOG.add("late");
                1
            }
            fn end_late(_: Depends<late>, outcome: Outcome) {
                LOG.add(format!("end-late-{outcome}"));
            }
            #[handler]
            pub(super) async fn show(_late: Depends<late>) {
                LOG.add("never");
            }
        }
    };
}

ends_late!(on_lane,);
ends_late!(on_cpu, cpu);

macro_rules! is_answered_before_it_ends {
    ($name:ident) => {
        in_each_app(|app| async move {
            $name::TOLD.reset();
            $name::GO_ON.reset();
            let failure = failure(&app, $name::show::handler).await;
            assert_eq!(failure.to_string(), "`late` took longer than 1ms");
            $name::TOLD.wait().await;
            assert_eq!($name::LOG.take(), "", "nothing ends while it runs");
            $name::GO_ON.give();
            is_over(&app).await;
            assert_eq!($name::LOG.take(), "late end-late-failed end-before-failed");
        });
    };
}

#[test]
fn a_plain_one_is_told_and_answered_for_and_its_late_value_torn_down() {
    is_answered_before_it_ends!(on_lane);
}

#[test]
fn one_that_computes_likewise() {
    is_answered_before_it_ends!(on_cpu);
}

#[test]
fn a_plain_one_that_shares_its_hop_with_one_before_it() {
    static GO_ON: Signal = Signal::new();

    #[dependency]
    fn has_no_limit() -> u8 {
        1
    }
    #[dependency(timeout = "1ms")]
    fn has_a_limit(_before: Depends<has_no_limit>) -> u8 {
        GO_ON.wait_blocking();
        1
    }
    #[dependency(timeout = "1h")]
    fn has_another_limit() -> u8 {
        1
    }
    #[handler]
    fn show(_limit: Depends<has_a_limit>) {}
    #[handler]
    fn show_other(_other: Depends<has_another_limit>, _limit: Depends<has_a_limit>) {}

    in_each_app(|app| async move {
        GO_ON.reset();
        assert!(failure(&app, show::handler).await.is_timeout());
        assert!(failure(&app, show_other::handler).await.is_timeout());
        GO_ON.give();
        is_over(&app).await;
    });
}

#[test]
fn its_own_token_is_set_though_an_earlier_one_is_still_waited_for() {
    static TOLD: Signal = Signal::new();

    #[dependency]
    async fn earlier() -> Result<u8, String> {
        TOLD.wait().await;
        Ok(1)
    }
    #[dependency(timeout = "1ms")]
    fn overdue(cancellation: Depends<Cancellation>) -> u8 {
        block_on(cancellation.cancelled());
        TOLD.give();
        1
    }
    #[handler]
    fn show(_earlier: Depends<earlier>, _overdue: Depends<overdue>) {}

    on_each_runtime(|| async {
        TOLD.reset();
        let app = App::new();
        let failure = failure(&app, show::handler).await;
        assert_eq!(failure.to_string(), "`overdue` took longer than 1ms");
        is_over(&app).await;
    });
}

#[test]
fn of_two_plain_ones_both_are_told_and_waited_for_behind_the_answer() {
    static LOG: Log = Log::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(timeout = "20ms", teardown = end_first)]
    fn first(cancellation: Depends<Cancellation>) -> u8 {
        block_on(cancellation.cancelled());
        GO_ON.wait_blocking();
        1
    }
    async fn end_first(_: Depends<first>, outcome: Outcome) {
        LOG.add(format!("first-{outcome}"));
    }
    #[dependency(timeout = "1ms", teardown = end_second)]
    fn second(cancellation: Depends<Cancellation>) -> u8 {
        block_on(cancellation.cancelled());
        GO_ON.wait_blocking();
        1
    }
    fn end_second(_: Depends<second>, outcome: Outcome) {
        LOG.add(format!("second-{outcome}"));
    }
    #[dependency]
    async fn both_run(_first: Depends<first>) -> u8 {
        1
    }
    #[handler]
    async fn show(_second: Depends<second>, _both: Depends<both_run>) {}
    #[handler]
    async fn show_turned(_both: Depends<both_run>, _second: Depends<second>) {}

    on_each_runtime(|| async {
        for (is_turned, name, limit) in [(false, "second", "1ms"), (true, "first", "20ms")] {
            GO_ON.reset();
            let app = App::new();
            let failure = if is_turned {
                failure(&app, show_turned::handler).await
            } else {
                failure(&app, show::handler).await
            };
            assert_eq!(
                failure.to_string(),
                format!("`{name}` took longer than {limit}")
            );
            assert_eq!(LOG.take(), "", "nothing ends while one of them runs");
            GO_ON.give();
            is_over(&app).await;
            let events = LOG.take();
            // The later one may not have started yet when the answer left.
            let (both, one) = if is_turned {
                ("second-failed first-failed", "first-failed")
            } else {
                ("first-failed second-failed", "second-failed")
            };
            assert!(events == both || events == one, "{events}");
        }
    });
}
