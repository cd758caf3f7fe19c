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
fn it_fails_before_it_starts_however_soon_it_would_be_done() {
    static LOG: Log = Log::new();

    #[dependency(timeout = "1h")]
    async fn does_not_wait() -> u8 {
        LOG.add("async");
        1
    }
    #[dependency(timeout = "1h")]
    fn does_not_block() -> u8 {
        LOG.add("plain");
        1
    }
    #[dependency(cpu, timeout = "1h")]
    fn does_not_compute() -> u8 {
        LOG.add("cpu");
        1
    }
    #[dependency(singleton, timeout = "1h")]
    async fn pool() -> u8 {
        LOG.add("singleton");
        1
    }
    #[dependency]
    fn before() -> u8 {
        1
    }
    #[dependency(timeout = "1h")]
    async fn behind_a_hop(_before: Depends<before>) -> u8 {
        LOG.add("behind");
        1
    }
    #[handler]
    async fn needs_async(_d: Depends<does_not_wait>) {}
    #[handler]
    async fn needs_plain(_d: Depends<does_not_block>) {}
    #[handler]
    async fn needs_cpu(_d: Depends<does_not_compute>) {}
    #[handler]
    async fn needs_pool(_d: Depends<pool>) {}
    #[handler]
    fn needs_behind(_d: Depends<behind_a_hop>) {}
    #[dependency(inline)]
    fn logs() -> () {
        LOG.add("logs");
    }
    #[handler(inline, timeout = "1h")]
    fn has_a_limit(_logs: Depends<logs>) {
        LOG.add("handler");
    }

    without_timers(|| async {
        for _ in 0..10 {
            for app in both_kinds(|builder| builder) {
                for (node, failure) in [
                    ("does_not_wait", failure(&app, needs_async::handler).await),
                    ("does_not_block", failure(&app, needs_plain::handler).await),
                    ("does_not_compute", failure(&app, needs_cpu::handler).await),
                    ("pool", failure(&app, needs_pool::handler).await),
                    ("behind_a_hop", failure(&app, needs_behind::handler).await),
                    ("has_a_limit", failure(&app, has_a_limit::handler).await),
                ] {
                    let said = failure.to_string();
                    let expected = format!("the timeout of `{node}` needs a runtime with time");
                    assert!(said.starts_with(&expected), "{said}");
                }
            }
        }
    });
    assert_eq!(LOG.take(), "");
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
