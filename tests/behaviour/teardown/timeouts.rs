//! Teardowns that take longer than `teardown_timeout`.

use std::time::Duration;

use hueless::{App, AppBuilder, Call, Depends, Failure, Outcome, dependency, handler};

use crate::heard;
use crate::occupied::{Occupant, one_thread};
use crate::support::{
    Log, SaysWhenDropped, Signal, both_kinds, call_in, in_each_app_with, is_over, on_a_paused_clock,
};

const LIMIT: Duration = Duration::from_millis(20);

fn limited(builder: AppBuilder) -> AppBuilder {
    builder.teardown_timeout(LIMIT)
}

/// The failure that a request was rejected with.
async fn failure<H, M, R, T>(
    app: &App,
    handler: impl FnOnce(hueless::Invocation<H, Call, M>) -> T,
) -> Failure
where
    T: Future<Output = Result<hueless::Reply<R>, hueless::BoxError>>,
{
    match app.run(handler, Call::new()).await {
        Ok(_) => panic!("it was to be rejected"),
        Err(error) => *error.downcast().expect("a failure of hueless's own"),
    }
}

#[test]
fn an_async_one_is_dropped_and_the_next_one_runs() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end_next)]
    async fn next() -> u8 {
        1
    }
    async fn end_next(_: Depends<next>, outcome: Outcome) {
        LOG.add(format!("next-{outcome}"));
    }
    #[dependency(teardown = end_endless)]
    fn endless(_next: Depends<next>) -> SaysWhenDropped {
        SaysWhenDropped(&LOG, "value")
    }
    async fn end_endless(_: Depends<endless>, outcome: Outcome) {
        let _said = SaysWhenDropped(&LOG, "dropped");
        LOG.add(format!("endless-{outcome}"));
        std::future::pending::<()>().await;
    }
    #[handler]
    async fn show(_endless: Depends<endless>) {}

    in_each_app_with(limited, |app| async move {
        let failure = failure(&app, show::handler).await;
        assert!(failure.is_timeout());
        assert_eq!(
            failure.to_string(),
            "the teardown of `endless` took longer than 20ms"
        );
        assert_eq!(LOG.take(), "endless-completed dropped value next-failed");
        is_over(&app).await;
    });
}

#[test]
fn a_plain_one_is_left_behind_with_its_value_and_the_next_one_runs() {
    static LOG: Log = Log::new();
    static GO_ON: Signal = Signal::new();
    static ENDED: Signal = Signal::new();

    #[dependency(teardown = end_next)]
    async fn next() -> u8 {
        1
    }
    async fn end_next(_: Depends<next>, outcome: Outcome) {
        LOG.add(format!("next-{outcome}"));
    }
    #[dependency(teardown = end_stuck)]
    fn stuck(_next: Depends<next>) -> SaysWhenDropped {
        SaysWhenDropped(&LOG, "value")
    }
    fn end_stuck(value: Depends<stuck>, outcome: Outcome) {
        LOG.add(format!("stuck-{outcome}"));
        GO_ON.wait_blocking();
        drop(value);
        ENDED.give();
    }
    #[handler]
    async fn show(_stuck: Depends<stuck>) {}

    heard::listen();
    in_each_app_with(limited, |app| async move {
        GO_ON.reset();
        ENDED.reset();
        assert!(failure(&app, show::handler).await.is_timeout());
        assert_eq!(LOG.take(), "stuck-completed next-failed");
        GO_ON.give();
        ENDED.wait().await;
        assert_eq!(LOG.take(), "value");
        assert_eq!(
            heard::about("stuck"),
            [""; 0],
            "nobody but itself holds the value"
        );
        is_over(&app).await;
    });
}

#[test]
fn after_the_response_it_is_logged_and_the_next_one_runs() {
    static LOG: Log = Log::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(after_response = note)]
    async fn noted() -> u8 {
        1
    }
    async fn note(_: Depends<noted>, outcome: Outcome) {
        LOG.add(outcome.to_string());
    }
    #[dependency(after_response = wait)]
    fn waits_after_response() -> u8 {
        1
    }
    async fn wait(_: Depends<waits_after_response>, _: Outcome) {
        std::future::pending::<()>().await;
    }
    #[dependency(after_response = block)]
    fn blocks_after_response() -> u8 {
        1
    }
    fn block(_: Depends<blocks_after_response>, _: Outcome) {
        GO_ON.wait_blocking();
    }
    #[handler]
    async fn show(
        _noted: Depends<noted>,
        _waits: Depends<waits_after_response>,
        _blocks: Depends<blocks_after_response>,
    ) {
    }

    heard::listen();
    in_each_app_with(limited, |app| async move {
        GO_ON.reset();
        assert_eq!(call_in(&app, show::handler).await, Ok(()));
        is_over(&app).await;
        assert_eq!(LOG.take(), "completed");
        GO_ON.give();
        for node in ["waits_after_response", "blocks_after_response"] {
            let said = heard::about(node);
            assert_eq!(said.len(), 1, "{said:?}");
            assert!(said[0].contains("took longer than 20ms"), "{said:?}");
        }
    });
}

#[test]
fn who_has_failed_keeps_its_answer() {
    #[dependency(teardown = end)]
    async fn endless_end() -> u8 {
        1
    }
    async fn end(_: Depends<endless_end>, _: Outcome) {
        std::future::pending::<()>().await;
    }
    #[handler]
    async fn show(_endless: Depends<endless_end>) -> Result<u8, &'static str> {
        Err("of the handler")
    }

    heard::listen();
    in_each_app_with(limited, |app| async move {
        let answer = call_in(&app, show::handler).await;
        assert_eq!(answer, Ok(Err("of the handler")));
        let said = heard::about("endless_end");
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("took longer than 20ms"), "{said:?}");
        is_over(&app).await;
    });
}

#[test]
fn the_limit_is_thirty_seconds_unless_set_and_each_has_its_own() {
    #[dependency(teardown = end_one)]
    async fn one() -> u8 {
        1
    }
    async fn end_one(_: Depends<one>, _: Outcome) {
        tokio::time::sleep(Duration::from_millis(29_999)).await;
    }
    #[dependency(teardown = end_other)]
    async fn other() -> u8 {
        1
    }
    async fn end_other(_: Depends<other>, _: Outcome) {
        tokio::time::sleep(Duration::from_millis(29_999)).await;
    }
    #[dependency(teardown = end_longer)]
    async fn longer() -> u8 {
        1
    }
    async fn end_longer(_: Depends<longer>, _: Outcome) {
        tokio::time::sleep(Duration::from_millis(30_001)).await;
    }
    #[handler]
    async fn in_time(_one: Depends<one>, _other: Depends<other>) {}
    #[handler]
    async fn too_long(_longer: Depends<longer>) {}

    on_a_paused_clock(|| async {
        for app in both_kinds(|builder| builder) {
            assert_eq!(call_in(&app, in_time::handler).await, Ok(()));
            let failure = failure(&app, too_long::handler).await;
            assert_eq!(
                failure.to_string(),
                "the teardown of `longer` took longer than 30s"
            );
        }
    });
}

#[test]
fn waiting_for_a_thread_does_not_count() {
    static LOG: Log = Log::new();
    static OCCUPIED: Signal = Signal::new();
    static FREE: Signal = Signal::new();

    #[dependency(teardown = end)]
    async fn value() -> u8 {
        1
    }
    fn end(_: Depends<value>, outcome: Outcome) {
        LOG.add(outcome.to_string());
    }
    #[handler]
    async fn show(_value: Depends<value>) {}

    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().start_paused(true).build();
    runtime.expect("a runtime starts").block_on(async {
        for app in both_kinds(one_thread) {
            let occupant = Occupant::of(&app, &OCCUPIED, &FREE).await;
            let mut request = std::pin::pin!(call_in(&app, show::handler));
            assert!(futures_util::poll!(&mut request).is_pending());
            tokio::time::advance(Duration::from_secs(60)).await;
            assert!(futures_util::poll!(&mut request).is_pending());
            FREE.give();
            occupant.leaves().await;
            assert_eq!(request.await, Ok(()));
            assert_eq!(LOG.take(), "completed");
        }
    });
}

#[test]
fn without_a_limit_they_take_as_long_as_they_take() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end_slowly, after_response = end_slowly)]
    async fn slow() -> u8 {
        1
    }
    async fn end_slowly(_: Depends<slow>, outcome: Outcome) {
        tokio::time::sleep(Duration::from_secs(60 * 60 * 24)).await;
        LOG.add(outcome.to_string());
    }
    #[handler]
    async fn show(_slow: Depends<slow>) {}

    on_a_paused_clock(|| async {
        for app in both_kinds(|builder| builder.teardown_timeout(None)) {
            assert_eq!(call_in(&app, show::handler).await, Ok(()));
            let week = Duration::from_secs(60 * 60 * 24 * 7);
            app.shutdown(week).await.expect("everything ends");
            assert_eq!(LOG.take(), "completed completed");
        }
    });
}
