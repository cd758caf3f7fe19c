//! The future of a request is dropped while it ends its values, or before it has made any.

use hueless::{App, BoxError, Call, Depends, Invocation, Outcome, Reply, dependency, handler};

use crate::occupied::{Occupant, one_thread};
use crate::support::{Log, Signal, both_kinds, in_each_app, is_over};

/// Drops a request when the signal is given.
async fn give_up_at<H, M, R, T>(
    app: &App,
    signal: &Signal,
    handler: impl FnOnce(Invocation<H, Call, M>) -> T,
) where
    T: Future<Output = Result<Reply<R>, BoxError>>,
{
    tokio::select! {
        biased;
        () = signal.wait() => {}
        _ = app.run(handler, Call::new()) => panic!("the request is not done yet"),
    }
}

/// A request whose second teardown waits for the test.
macro_rules! waits_in_a_teardown {
    ($name:ident, $end:item) => {
        mod $name {
            use super::*;

            pub(super) static LOG: Log = Log::new();
            pub(super) static BEGUN: Signal = Signal::new();
            pub(super) static GO_ON: Signal = Signal::new();

            #[dependency(teardown = end_first)]
            pub(super) async fn first() -> u8 {
                1
            }
            fn end_first(_: Depends<first>, outcome: Outcome) {
                LOG.add(format!("first-{outcome}"));
            }
            #[dependency(teardown = end_waiting, after_response = release_waiting)]
            pub(super) fn waiting(_first: Depends<first>) -> u8 {
                1
            }
            $end
            async fn release_waiting(_: Depends<waiting>, outcome: Outcome) {
                LOG.add(format!("release-{outcome}"));
            }
            #[dependency(teardown = end_last)]
            pub(super) fn last(_waiting: Depends<waiting>) -> u8 {
                1
            }
            async fn end_last(_: Depends<last>, outcome: Outcome) {
                LOG.add(format!("last-{outcome}"));
            }
            #[handler]
            pub(super) async fn show(_last: Depends<last>) {}
        }
    };
}

waits_in_a_teardown!(
    async_one,
    async fn end_waiting(_: Depends<waiting>, outcome: Outcome) {
        BEGUN.give();
        GO_ON.wait().await;
        LOG.add(format!("waiting-{outcome}"));
    }
);
waits_in_a_teardown!(
    plain_one,
    fn end_waiting(_: Depends<waiting>, outcome: Outcome) {
        BEGUN.give();
        GO_ON.wait_blocking();
        LOG.add(format!("waiting-{outcome}"));
    }
);

macro_rules! goes_on {
    ($name:ident) => {
        in_each_app(|app| async move {
            $name::BEGUN.reset();
            $name::GO_ON.reset();
            give_up_at(&app, &$name::BEGUN, $name::show::handler).await;
            for _ in 0..10 {
                tokio::task::yield_now().await;
            }
            assert_eq!($name::LOG.take(), "last-completed");
            $name::GO_ON.give();
            is_over(&app).await;
            assert_eq!(
                $name::LOG.take(),
                "waiting-completed first-completed release-cancelled"
            );
        });
    };
}

#[test]
fn an_async_teardown_that_has_begun_goes_on_behind() {
    goes_on!(async_one);
}

#[test]
fn a_plain_teardown_that_has_begun_is_waited_for_behind() {
    goes_on!(plain_one);
}

#[test]
fn a_reply_that_nobody_sends_is_cancelled_and_one_that_is_taken_is_sent() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end, after_response = release)]
    fn value() -> u8 {
        1
    }
    fn end(_: Depends<value>, outcome: Outcome) {
        LOG.add(format!("end-{outcome}"));
    }
    async fn release(_: Depends<value>, outcome: Outcome) {
        LOG.add(format!("release-{outcome}"));
    }
    #[handler]
    async fn show(value: Depends<value>) -> u8 {
        *value
    }

    in_each_app(|app| async move {
        let reply = async || {
            let reply = show::handler(Invocation::new(app.clone(), Call::new())).await;
            assert_eq!(LOG.take(), "end-completed");
            reply.expect("nothing fails")
        };
        let is_released = async |outcome: &str| {
            while !LOG.contains(&format!("release-{outcome}")) {
                tokio::task::yield_now().await;
            }
            LOG.take();
        };
        drop(reply().await);
        is_released("cancelled").await;

        assert_eq!(reply().await.into_inner(), 1);
        is_released("completed").await;

        let (value, after_response) = reply().await.into_parts();
        assert_eq!(value, 1);
        assert!(!after_response.is_empty());
        after_response.sent();
        is_released("completed").await;

        let (_, after_response) = reply().await.into_parts();
        drop(after_response);
        is_released("cancelled").await;
        is_over(&app).await;
        assert_eq!(LOG.take(), "");
    });
}

#[test]
fn a_request_that_is_never_polled_makes_and_ends_nothing() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end, after_response = end)]
    async fn value() -> u8 {
        LOG.add("made");
        1
    }
    async fn end(_: Depends<value>, _: Outcome) {
        LOG.add("ended");
    }
    #[handler]
    async fn show(_value: Depends<value>) {}

    in_each_app(|app| async move {
        drop(app.run(show::handler, Call::new()));
        drop(show::handler(Invocation::new(app.clone(), Call::new())));
        is_over(&app).await;
        assert_eq!(LOG.take(), "");
    });
}

#[test]
fn while_a_node_waits_for_its_thread_what_was_made_is_ended_and_the_node_never_starts() {
    static LOG: Log = Log::new();
    static OCCUPIED: Signal = Signal::new();
    static FREE: Signal = Signal::new();

    #[dependency(teardown = end_plain)]
    async fn ends_on_a_thread() -> u8 {
        1
    }
    fn end_plain(_: Depends<ends_on_a_thread>, outcome: Outcome) {
        LOG.add(format!("plain-{outcome}"));
    }
    #[dependency(teardown = end_async)]
    async fn ends_at_once() -> u8 {
        1
    }
    async fn end_async(_: Depends<ends_at_once>, outcome: Outcome) {
        LOG.add(format!("async-{outcome}"));
    }
    #[dependency]
    fn waits(_plain: Depends<ends_on_a_thread>, _async: Depends<ends_at_once>) -> u8 {
        LOG.add("never");
        1
    }
    #[handler]
    async fn show(_waits: Depends<waits>) {}

    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build();
    runtime.expect("a runtime starts").block_on(async {
        for app in both_kinds(one_thread) {
            let occupant = Occupant::of(&app, &OCCUPIED, &FREE).await;
            let mut request = Box::pin(app.run(show::handler, Call::new()));
            assert!(futures_util::poll!(&mut request).is_pending());
            drop(request);
            for _ in 0..10 {
                tokio::task::yield_now().await;
            }
            assert_eq!(LOG.take(), "async-cancelled");
            FREE.give();
            occupant.leaves().await;
            is_over(&app).await;
            assert_eq!(LOG.take(), "plain-cancelled");
        }
    });
}
