//! On a runtime that has no timers.

use hueless::{Cancellation, Depends, Outcome, block_on, dependency, handler};
use tokio::runtime::Builder;

use super::failure;
use crate::support::{Log, both_kinds, call_in};

/// Runs a test on each runtime without timers.
fn without_timers<T: Future<Output = ()>>(test: impl Fn() -> T) {
    let mut multi_thread = Builder::new_multi_thread();
    multi_thread.worker_threads(2);
    for mut builder in [multi_thread, Builder::new_current_thread()] {
        builder.build().expect("a runtime starts").block_on(test());
    }
}

#[test]
fn a_timeout_that_is_asked_for_fails_and_says_what_is_missing() {
    #[dependency(timeout = "1h")]
    async fn waits() -> u8 {
        std::future::pending().await
    }
    #[dependency(timeout = "1h")]
    fn blocks(cancellation: Depends<Cancellation>) -> u8 {
        block_on(cancellation.cancelled());
        1
    }
    #[handler]
    async fn show(_waits: Depends<waits>) {}
    #[handler]
    async fn show_plain(_blocks: Depends<blocks>) {}
    #[handler(timeout = "1h")]
    async fn has_a_limit() {
        std::future::pending::<()>().await;
    }

    without_timers(|| async {
        for app in both_kinds(|builder| builder) {
            for (node, failure) in [
                ("waits", failure(&app, show::handler).await),
                ("blocks", failure(&app, show_plain::handler).await),
                ("has_a_limit", failure(&app, has_a_limit::handler).await),
            ] {
                assert!(!failure.is_timeout());
                assert_eq!(
                    failure.to_string(),
                    format!(
                        "the timeout of `{node}` needs a runtime with time; build it with `enable_time`"
                    )
                );
            }
        }
    });
}

#[test]
fn one_that_nobody_waits_for_is_none() {
    #[dependency(timeout = "1h")]
    async fn does_not_wait() -> u8 {
        1
    }
    #[handler(timeout = "1h")]
    async fn show(does_not_wait: Depends<does_not_wait>) -> u8 {
        *does_not_wait
    }

    without_timers(|| async {
        for app in both_kinds(|builder| builder) {
            assert_eq!(call_in(&app, show::handler).await, Ok(1));
        }
    });
}

#[test]
fn without_the_default_limits_everything_goes_on() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end_async, after_response = end_async)]
    async fn waits() -> u8 {
        tokio::task::yield_now().await;
        1
    }
    async fn end_async(_: Depends<waits>, outcome: Outcome) {
        tokio::task::yield_now().await;
        LOG.add(format!("async-{outcome}"));
    }
    #[dependency(teardown = end_plain, after_response = end_plain)]
    fn blocks() -> u8 {
        1
    }
    fn end_plain(_: Depends<blocks>, outcome: Outcome) {
        LOG.add(format!("plain-{outcome}"));
    }
    #[handler]
    async fn show(_waits: Depends<waits>, _blocks: Depends<blocks>) -> u8 {
        1
    }

    without_timers(|| async {
        for app in both_kinds(|builder| builder) {
            assert_eq!(call_in(&app, show::handler).await, Ok(1));
            crate::support::is_over(&app).await;
            assert_eq!(
                LOG.take(),
                "plain-completed async-completed plain-completed async-completed"
            );
        }
    });
}
