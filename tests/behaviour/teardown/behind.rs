//! What goes on behind an answer that does not wait for a node that still runs.

use hueless::{App, Cancellation, Depends, Outcome, dependency, handler};

use crate::heard;
use crate::support::{Log, Signal, call_in, is_over, on_each_runtime};

/// A request that is rejected while a later plain dependency runs.
macro_rules! rejected_meanwhile {
    ($name:ident, $fails:item) => {
        mod $name {
            use super::*;

            pub(super) static LOG: Log = Log::new();
            pub(super) static RUNS: Signal = Signal::new();
            pub(super) static GO_ON: Signal = Signal::new();

            #[dependency(teardown = end_before, after_response = release_before)]
            pub(super) async fn before() -> u8 {
                1
            }
            async fn end_before(_: Depends<before>, outcome: Outcome) {
                LOG.add(format!("before-{outcome}"));
            }
            async fn release_before(_: Depends<before>, outcome: Outcome) {
                LOG.add(format!("release-before-{outcome}"));
            }
            $fails
            #[dependency(teardown = end_later, after_response = release_later)]
            pub(super) fn later(_before: Depends<before>, cancellation: Depends<Cancellation>) -> u8 {
                RUNS.give();
                GO_ON.wait_blocking();
                let told = if cancellation.is_cancelled() { "told" } else { "not-told" };
                LOG.add(format!("later-{told}"));
                1
            }
            fn end_later(_: Depends<later>, outcome: Outcome) {
                LOG.add(format!("end-later-{outcome}"));
            }
            fn release_later(_: Depends<later>, outcome: Outcome) {
                LOG.add(format!("release-later-{outcome}"));
            }
            #[handler]
            pub(super) async fn show(
                _before: Depends<before>,
                _fails: Depends<fails>,
                _later: Depends<later>,
            ) {
                LOG.add("handler");
            }
        }
    };
}

rejected_meanwhile!(
    by_async,
    #[dependency]
    pub(super) async fn fails() -> Result<u8, String> {
        RUNS.wait().await;
        Err("no".to_owned())
    }
);
rejected_meanwhile!(
    by_plain,
    #[dependency]
    pub(super) fn fails(_before: Depends<before>) -> Result<u8, String> {
        RUNS.wait_blocking();
        Err("no".to_owned())
    }
);
rejected_meanwhile!(
    by_panic,
    #[dependency]
    pub(super) async fn fails(_before: Depends<before>) -> Result<u8, String> {
        RUNS.wait().await;
        panic!("a secret");
    }
);

macro_rules! leaves_at_once_and_ends_behind {
    ($name:ident, $outcome:literal) => {
        on_each_runtime(|| async {
            $name::RUNS.reset();
            $name::GO_ON.reset();
            let app = App::new();
            assert!(call_in(&app, $name::show::handler).await.is_err());
            assert_eq!($name::LOG.take(), "", "nothing ends while a node runs");
            $name::GO_ON.give();
            is_over(&app).await;
            assert_eq!(
                $name::LOG.take(),
                [
                    "later-told",
                    "end-later-",
                    "before-",
                    "release-later-",
                    "release-before-"
                ]
                .map(|event| match event.strip_suffix('-') {
                    Some(ended) => format!("{ended}-{}", $outcome),
                    None => event.to_owned(),
                })
                .join(" ")
            );
        });
    };
}

#[test]
fn of_an_async_dependency_that_failed() {
    leaves_at_once_and_ends_behind!(by_async, "failed");
}

#[test]
fn of_a_plain_dependency_that_failed() {
    leaves_at_once_and_ends_behind!(by_plain, "failed");
}

#[test]
fn of_a_dependency_that_panicked() {
    leaves_at_once_and_ends_behind!(by_panic, "panicked");
}

#[test]
fn what_fails_there_is_logged() {
    static RUNS: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(teardown = end)]
    async fn ends_badly_behind() -> Result<u8, String> {
        Ok(1)
    }
    async fn end(_: Depends<ends_badly_behind>, _: Outcome) -> Result<(), String> {
        Err("behind".to_owned())
    }
    #[dependency]
    async fn fails() -> Result<u8, String> {
        RUNS.wait().await;
        Err("no".to_owned())
    }
    #[dependency]
    fn fails_behind() -> Result<u8, String> {
        RUNS.give();
        GO_ON.wait_blocking();
        Err("late".to_owned())
    }
    #[handler]
    async fn show(
        _ends: Depends<ends_badly_behind>,
        _fails: Depends<fails>,
        _later: Depends<fails_behind>,
    ) {
    }

    heard::listen();
    on_each_runtime(|| async {
        RUNS.reset();
        GO_ON.reset();
        let app = App::new();
        assert_eq!(call_in(&app, show::handler).await, Err("no".to_owned()));
        GO_ON.give();
        is_over(&app).await;
        assert_eq!(heard::about("fails_behind").len(), 1);
        assert_eq!(
            heard::about("ends_badly_behind"),
            ["ERROR a teardown failed error=behind"]
        );
    });
}
