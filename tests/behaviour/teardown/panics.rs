//! Teardowns, and destructors, that panic.

use std::pin::Pin;

use hueless::{Call, Context, Depends, Failure, Outcome, dependency, handler};

use crate::heard;
use crate::support::{Log, call_in, in_each_app, in_each_app_with, is_over};

/// A handler whose one dependency is torn down by `end`, and before that one whose end is noted.
macro_rules! ends_with {
    ($name:ident, $log:ident, $($end:tt)*) => {
        mod $name {
            use super::*;

            pub(super) static $log: Log = Log::new();

            #[dependency(teardown = note)]
            pub(super) async fn before() -> u8 {
                1
            }
            async fn note(_: Depends<before>, outcome: Outcome) {
                $log.add(outcome.to_string());
            }
            #[dependency(teardown = end)]
            pub(super) async fn bomb(_before: Depends<before>) -> u8 {
                1
            }
            $($end)*
            #[handler]
            pub(super) async fn show(_bomb: Depends<bomb>) -> u8 {
                1
            }
            #[handler]
            pub(super) fn errs(_bomb: Depends<bomb>) -> Result<u8, &'static str> {
                Err("of the handler")
            }
        }
    };
}

ends_with!(
    plain,
    LOG,
    fn end(_: Depends<bomb>, _: Outcome) {
        panic!("a secret");
    }
);
ends_with!(
    before_the_first_await,
    LOG,
    async fn end(_: Depends<bomb>, _: Outcome) {
        panic!("a secret");
    }
);
ends_with!(
    after_an_await,
    LOG,
    async fn end(_: Depends<bomb>, _: Outcome) {
        tokio::task::yield_now().await;
        panic!("a secret");
    }
);
ends_with!(
    instead_of_a_future,
    LOG,
    fn end(_: Depends<bomb>, _: Outcome) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        panic!("a secret");
    }
);

macro_rules! panics_and_the_next_one_runs {
    ($name:ident) => {
        in_each_app(|app| async move {
            let answer = app.run($name::show::handler, Call::new()).await;
            let error = answer.expect_err("the teardown panicked");
            let failure = error.downcast::<Failure>().expect("it is hueless's own");
            assert!(failure.is_panic());
            assert_eq!(failure.to_string(), "the teardown of `bomb` panicked");
            assert_eq!($name::LOG.take(), "failed");

            let answer = call_in(&app, $name::errs::handler).await;
            assert_eq!(answer, Ok(Err("of the handler")), "it was first");
            assert_eq!($name::LOG.take(), "failed");
            is_over(&app).await;
        });
    };
}

#[test]
fn a_plain_one() {
    panics_and_the_next_one_runs!(plain);
}

#[test]
fn an_async_one_before_it_waits() {
    panics_and_the_next_one_runs!(before_the_first_await);
}

#[test]
fn an_async_one_after_it_waited() {
    panics_and_the_next_one_runs!(after_an_await);
}

#[test]
fn one_that_should_have_made_a_future() {
    panics_and_the_next_one_runs!(instead_of_a_future);
}

#[test]
fn a_destructor_that_panics_stops_nobody() {
    static LOG: Log = Log::new();

    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            LOG.add("bomb");
            panic!("a secret");
        }
    }
    #[dependency(teardown = end_first)]
    fn first() -> Bomb {
        Bomb
    }
    fn end_first(_: Depends<first>, outcome: Outcome) {
        LOG.add(format!("first-{outcome}"));
    }
    #[dependency]
    async fn only_dropped() -> Bomb {
        Bomb
    }
    #[dependency(teardown = end_last, after_response = release_last)]
    async fn last() -> Bomb {
        Bomb
    }
    async fn end_last(_: Depends<last>, outcome: Outcome) {
        LOG.add(format!("last-{outcome}"));
    }
    fn release_last(last_to_drop_it: Depends<last>, outcome: Outcome) {
        LOG.add(format!("release-{outcome}"));
        drop(last_to_drop_it);
    }
    #[handler]
    fn show(_first: Depends<first>, _dropped: Depends<only_dropped>, _last: Depends<last>) -> u8 {
        1
    }

    heard::listen();
    in_each_app(|app| async move {
        assert_eq!(call_in(&app, show::handler).await, Ok(1));
        is_over(&app).await;
        assert_eq!(
            LOG.take(),
            "last-completed bomb first-completed bomb release-completed bomb"
        );
    });
}

#[test]
fn a_panic_after_the_response_is_logged() {
    static LOG: Log = Log::new();

    #[dependency(after_response = release_first)]
    async fn released() -> u8 {
        1
    }
    fn release_first(_: Depends<released>, outcome: Outcome) {
        LOG.add(outcome.to_string());
    }
    #[dependency(after_response = panic_plain)]
    fn panics_after_response() -> u8 {
        1
    }
    fn panic_plain(_: Depends<panics_after_response>, _: Outcome) {
        panic!("a secret");
    }
    #[dependency(after_response = panic_async)]
    fn panics_async_after_response() -> u8 {
        1
    }
    async fn panic_async(_: Depends<panics_async_after_response>, _: Outcome) {
        tokio::task::yield_now().await;
        panic!("a secret");
    }
    #[handler]
    async fn show(
        _first: Depends<released>,
        _a: Depends<panics_after_response>,
        _b: Depends<panics_async_after_response>,
    ) -> u8 {
        1
    }

    heard::listen();
    in_each_app(|app| async move {
        assert_eq!(call_in(&app, show::handler).await, Ok(1));
        is_over(&app).await;
        assert_eq!(LOG.take(), "completed", "that is no teardown before it");
        for node in ["panics_after_response", "panics_async_after_response"] {
            assert_eq!(
                heard::about(node),
                [format!(
                    "ERROR an `after_response` failed error=the teardown of `{node}` panicked"
                )]
            );
        }
    });
}

#[test]
fn a_failure_that_cannot_be_told_still_counts_for_the_teardowns_after_it() {
    static LOG: Log = Log::new();

    /// A context that panics when it is told of a failure.
    struct Careless;
    impl Context for Careless {
        type Rejection = String;
        type State = ();

        fn fail(failure: Failure) -> String {
            panic!("careless of {failure}");
        }
    }

    #[dependency(teardown = end_first)]
    async fn hears_of_it() -> u8 {
        1
    }
    async fn end_first(_: Depends<hears_of_it>, outcome: Outcome) {
        LOG.add(outcome.to_string());
    }
    #[dependency(teardown = end_second)]
    async fn cannot_be_told(_first: Depends<hears_of_it>) -> u8 {
        1
    }
    async fn end_second(_: Depends<cannot_be_told>, _: Outcome) {
        panic!("a secret");
    }
    #[handler]
    async fn show(_second: Depends<cannot_be_told>) {}

    heard::listen();
    in_each_app(|app| async move {
        assert_eq!(app.run(show::handler, Careless).await, Ok(()));
        assert_eq!(LOG.take(), "failed");
        assert_eq!(
            heard::about("cannot_be_told"),
            ["ERROR a teardown failed error=the teardown of `cannot_be_told` panicked"]
        );
    });
}

#[test]
fn a_thread_that_panics_outside_of_all_nodes_fails_the_request_for_its_teardowns_too() {
    static LOG: Log = Log::new();

    struct ClonesOnce(bool);
    impl Clone for ClonesOnce {
        fn clone(&self) -> Self {
            assert!(self.0, "cloned twice");
            Self(false)
        }
    }
    tokio::task_local! {
        static LOCAL: ClonesOnce;
    }

    #[dependency(teardown = end)]
    async fn value() -> u8 {
        1
    }
    async fn end(_: Depends<value>, outcome: Outcome) {
        LOG.add(outcome.to_string());
    }
    #[handler]
    fn show(_value: Depends<value>) {}

    in_each_app_with(
        |builder| builder.propagate(&LOCAL),
        |app| async move {
            let request = app.run(show::handler, Call::new());
            let answer = LOCAL.scope(ClonesOnce(true), request).await;
            answer.expect_err("nobody knows where the thread was");
            assert_eq!(LOG.take(), "failed");
        },
    );
}
