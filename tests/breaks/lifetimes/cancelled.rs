//! A client that goes away ends its request, and everything that the request has made.

use std::sync::atomic::{AtomicBool, Ordering};

use hueless::{Depends, Outcome, dependency, handler};

use super::give_up;
use crate::support::{Log, SaysWhenDropped, Signal, call_in, in_each_app, is_over};

/// FastAPI: the exit of a plain dependency is a hop to a thread, awaited in the task that was
/// cancelled: it is never made, and the connection stays out.
#[test]
fn a_cancelled_request_tears_its_plain_dependency_down() {
    static LOG: Log = Log::new();
    static WAITS: Signal = Signal::new();

    #[dependency(teardown = end)]
    fn connection() -> () {
        LOG.add("open");
    }
    fn end(_connection: Depends<connection>, outcome: Outcome) {
        LOG.add(format!("close-{outcome}"));
    }
    #[handler]
    async fn show(_connection: Depends<connection>) {
        WAITS.give();
        std::future::pending::<()>().await;
    }

    in_each_app(|app| async move {
        WAITS.reset();
        give_up(&app, show::handler, &WAITS).await;
        is_over(&app).await;
        assert_eq!(LOG.take(), "open close-cancelled");
    });
}

/// The same one moment earlier: the dependency is still being made on its thread, so there is nobody
/// left who takes its value.
#[test]
fn what_a_plain_dependency_makes_after_its_request_was_cancelled_is_torn_down() {
    static LOG: Log = Log::new();
    static RUNS: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(teardown = end)]
    fn connection() -> () {
        RUNS.give();
        GO_ON.wait_blocking();
        LOG.add("open");
    }
    async fn end(_connection: Depends<connection>, outcome: Outcome) {
        LOG.add(format!("close-{outcome}"));
    }
    #[handler]
    async fn show(_connection: Depends<connection>) {
        LOG.add("handler");
    }

    in_each_app(|app| async move {
        RUNS.reset();
        GO_ON.reset();
        give_up(&app, show::handler, &RUNS).await;
        assert_eq!(LOG.take(), "");
        GO_ON.give();
        is_over(&app).await;
        assert_eq!(LOG.take(), "open close-cancelled");
    });
}

/// FastAPI: the request's task is cancelled, its exit stack closes the connection, and the plain
/// handler, which no one can stop, goes on with it on its thread.
#[test]
fn a_plain_handler_of_a_cancelled_request_keeps_its_values_until_it_returns() {
    static LOG: Log = Log::new();
    static RUNS: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(teardown = close)]
    fn connection() -> AtomicBool {
        AtomicBool::new(true)
    }
    fn close(connection: Depends<connection>, outcome: Outcome) {
        connection.store(false, Ordering::SeqCst);
        LOG.add(format!("close-{outcome}"));
    }
    #[dependency(teardown = unlock)]
    async fn lock() -> AtomicBool {
        AtomicBool::new(true)
    }
    async fn unlock(lock: Depends<lock>, outcome: Outcome) {
        lock.store(false, Ordering::SeqCst);
        LOG.add(format!("unlock-{outcome}"));
    }
    #[handler]
    fn show(connection: Depends<connection>, lock: Depends<lock>) {
        RUNS.give();
        GO_ON.wait_blocking();
        let is_open = connection.load(Ordering::SeqCst);
        let is_locked = lock.load(Ordering::SeqCst);
        LOG.add(format!("used-{is_open}-{is_locked}"));
    }

    #[dependency(teardown = end)]
    fn other() -> () {}
    fn end(_other: Depends<other>, _: Outcome) {}
    #[handler]
    async fn another_request(_other: Depends<other>) {}

    in_each_app(|app| async move {
        RUNS.reset();
        GO_ON.reset();
        give_up(&app, show::handler, &RUNS).await;
        // Time enough to tear down what is not to be torn down yet.
        for _ in 0..20 {
            assert_eq!(call_in(&app, another_request::handler).await, Ok(()));
        }
        assert_eq!(LOG.take(), "");
        GO_ON.give();
        is_over(&app).await;
        assert_eq!(
            LOG.take(),
            "used-true-true unlock-cancelled close-cancelled"
        );
    });
}

/// froodi: a container that is closed after the handler is not closed if that is dropped half-way.
#[test]
fn a_cancelled_request_closes_its_scope() {
    static LOG: Log = Log::new();
    static WAITS: Signal = Signal::new();

    #[dependency(teardown = end)]
    async fn session() -> SaysWhenDropped {
        LOG.add("session");
        SaysWhenDropped(&LOG, "session-dropped")
    }
    async fn end(_session: Depends<session>, outcome: Outcome) {
        LOG.add(format!("session-{outcome}"));
    }
    #[dependency]
    fn user(_session: Depends<session>) -> SaysWhenDropped {
        LOG.add("user");
        SaysWhenDropped(&LOG, "user-dropped")
    }
    #[handler]
    async fn show(_user: Depends<user>) {
        let _frame = SaysWhenDropped(&LOG, "handler-dropped");
        WAITS.give();
        std::future::pending::<()>().await;
    }

    in_each_app(|app| async move {
        WAITS.reset();
        give_up(&app, show::handler, &WAITS).await;
        is_over(&app).await;
        assert_eq!(
            LOG.take(),
            "session user handler-dropped user-dropped session-cancelled session-dropped"
        );
    });
}
