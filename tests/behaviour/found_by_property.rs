//! What the property test found, each reduced to a few lines.

use std::time::Duration;

use hueless::{Depends, Outcome, dependency, handler};

use crate::support::{
    Log, Signal, both_kinds, call_in, is_over, on_each_runtime, with_time_paused,
};

/// A singleton that takes too long is not the app's any more when its value comes, so that was
/// dropped without its teardown.
#[test]
fn the_value_of_a_singleton_that_came_too_late_is_torn_down() {
    static LOG: Log = Log::new();
    static ANSWERED: Signal = Signal::new();

    #[dependency(singleton, timeout = "5ms", teardown = close)]
    fn pool() -> u8 {
        ANSWERED.wait_blocking();
        1
    }
    async fn close(pool: Depends<pool>, outcome: Outcome) {
        LOG.add(format!("close-{}-{outcome}", *pool));
    }
    #[handler]
    async fn show(pool: Depends<pool>) -> u8 {
        *pool
    }

    on_each_runtime(|| async {
        for app in both_kinds(|builder| builder.retry_after(Duration::from_secs(60))) {
            let answer = call_in(&app, show::handler).await;
            assert_eq!(answer, Err("`pool` took longer than 5ms".to_owned()));
            ANSWERED.give();
            is_over(&app).await;
            assert_eq!(LOG.take(), "close-1-failed");
            ANSWERED.reset();
        }
    });
}

/// A request that waited for a singleton counted its limit from when it began to wait.
#[test]
fn the_limit_of_a_singleton_does_not_count_what_it_is_made_from() {
    #[dependency(singleton)]
    async fn config() -> u8 {
        tokio::time::sleep(Duration::from_secs(4)).await;
        1
    }
    #[dependency(singleton, timeout = "3s")]
    async fn pool(config: Depends<config>) -> u8 {
        tokio::time::sleep(Duration::from_secs(2)).await;
        *config
    }
    #[handler]
    async fn show(pool: Depends<pool>) -> u8 {
        *pool
    }

    with_time_paused(async {
        for app in both_kinds(|builder| builder) {
            assert_eq!(call_in(&app, show::handler).await, Ok(1));
        }
    });
}
