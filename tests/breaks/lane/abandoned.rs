//! What nobody waits for any more still takes a thread, and counts.

use hueless::{App, AppBuilder, Call, Depends, Outcome, dependency, handler, offload};

use super::{is_idle, until};
use crate::occupied::one_thread;
use crate::support::{Log, Signal, in_each_app_with, is_over};

fn one_of_each(builder: AppBuilder) -> AppBuilder {
    one_thread(builder).seats(1)
}

/// Begins a request that has its thread to itself, and gives it up there.
async fn abandon<F: Future<Output: Send> + Send + 'static>(app: &App, request: F, runs: &Signal) {
    let request = tokio::spawn(request);
    runs.wait().await;
    let stats = app.stats();
    assert_eq!((stats.seats, stats.past_cancellation), (1, 0), "{stats:?}");
    request.abort();
    drop(request.await);
}

#[handler]
fn next() -> &'static str {
    "next"
}

/// Checks that another request waits while the abandoned one works, and comes when that has ended.
async fn keeps_its_seat(app: &App, go_on: &Signal) {
    let next = tokio::spawn(app.run(next::handler, Call::new()));
    let stats = until(app, |stats| stats.waiting_for_seats == 1).await;
    assert_eq!((stats.seats, stats.working), (1, 1), "{stats:?}");
    assert!(!next.is_finished());
    go_on.give();
    let answer = next.await.expect("no panic").expect("no failure");
    assert_eq!(answer, "next");
    until(app, is_idle).await;
    is_over(app).await;
}

/// `AnyIO` gives the token back when the waiting task is cancelled, though the thread works on: 40
/// abandoned calls and 40 new ones are 80 threads, and nothing bounds them.
#[test]
fn an_abandoned_handler_keeps_its_seat_until_it_ends() {
    static RUNS: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[handler]
    fn show() {
        RUNS.give();
        GO_ON.wait_blocking();
    }

    in_each_app_with(one_of_each, |app| async move {
        RUNS.reset();
        GO_ON.reset();
        abandon(&app, app.run(show::handler, Call::new()), &RUNS).await;
        until(&app, |stats| stats.past_cancellation == 1).await;
        keeps_its_seat(&app, &GO_ON).await;
    });
}

/// So do a dependency, and the teardown of what it makes afterwards.
#[test]
fn an_abandoned_dependency_keeps_its_seat_until_its_value_is_torn_down() {
    static LOG: Log = Log::new();
    static RUNS: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();
    static ENDS: Signal = Signal::new();
    static END: Signal = Signal::new();

    #[dependency(teardown = close)]
    fn connection() -> () {
        RUNS.give();
        GO_ON.wait_blocking();
        LOG.add("open");
    }
    fn close(_connection: Depends<connection>, outcome: Outcome) {
        ENDS.give();
        END.wait_blocking();
        LOG.add(format!("close-{outcome}"));
    }
    #[handler]
    async fn show(_connection: Depends<connection>) {
        LOG.add("never");
    }
    #[handler]
    fn other() {
        LOG.add("other");
    }

    in_each_app_with(one_of_each, |app| async move {
        for signal in [&RUNS, &GO_ON, &ENDS, &END] {
            signal.reset();
        }
        abandon(&app, app.run(show::handler, Call::new()), &RUNS).await;
        until(&app, |stats| stats.past_cancellation == 1).await;
        let other = tokio::spawn(app.run(other::handler, Call::new()));
        until(&app, |stats| stats.waiting_for_seats == 1).await;
        GO_ON.give();
        ENDS.wait().await;
        let stats = app.stats();
        assert_eq!((stats.seats, stats.waiting_for_seats), (1, 1), "{stats:?}");
        END.give();
        other.await.expect("no panic").expect("no failure");
        until(&app, is_idle).await;
        is_over(&app).await;
        assert_eq!(LOG.take(), "open close-cancelled other");
    });
}

/// And a closure that an async handler has sent.
#[test]
fn an_abandoned_closure_keeps_its_seat_until_it_ends() {
    static RUNS: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[handler]
    async fn show() {
        let work = || {
            RUNS.give();
            GO_ON.wait_blocking();
        };
        offload(work).await.expect("nobody waits for it");
    }

    in_each_app_with(one_of_each, |app| async move {
        RUNS.reset();
        GO_ON.reset();
        abandon(&app, app.run(show::handler, Call::new()), &RUNS).await;
        keeps_its_seat(&app, &GO_ON).await;
    });
}
