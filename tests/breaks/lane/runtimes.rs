//! Apps that outlive a runtime, or serve several.

use std::time::Duration;

use hueless::{App, Call, Depends, Outcome, block_on, dependency, handler};
use tokio::runtime::{Handle, Id, Runtime};

use super::{is_idle, together, until};
use crate::heard;
use crate::occupied::one_thread;
use crate::support::{Log, Signal, both_kinds, runtimes};

/// A thread that is entered into the runtime that started it, whoever it works for.
#[test]
fn one_app_serves_several_runtimes_on_the_same_thread() {
    #[dependency(teardown = end)]
    fn outer() -> Id {
        Handle::current().id()
    }
    fn end(outer: Depends<outer>, _: Outcome) {
        assert_eq!(Handle::current().id(), *outer);
    }
    /// A timer of that runtime.
    #[dependency]
    async fn inner() -> Id {
        tokio::time::sleep(Duration::from_millis(1)).await;
        Handle::current().id()
    }
    #[handler]
    fn ids(outer: Depends<outer>, inner: Depends<inner>) -> [Id; 4] {
        let spawned = block_on(tokio::spawn(async { Handle::current().id() }));
        let here = Handle::current().id();
        [*outer, *inner, here, spawned.expect("no panic")]
    }

    for app in both_kinds(one_thread) {
        let serve = |runtime: Runtime| {
            let app = app.clone();
            move || {
                let id = runtime.handle().id();
                let requests = (0..50).map(|_| app.run(ids::handler, Call::new()));
                for result in runtime.block_on(together(requests)) {
                    assert_eq!(result.expect("no failure"), [id; 4]);
                }
            }
        };
        std::thread::scope(|scope| {
            for runtime in runtimes().into_iter().chain(runtimes()) {
                scope.spawn(serve(runtime));
            }
        });
        let stats = app.stats();
        assert_eq!((stats.threads, stats.stalls), (1, 0), "{stats:?}");
    }
}

/// A runtime that waits for its blocking threads, and jobs that nobody ends.
#[test]
fn a_runtime_goes_away_while_jobs_run_and_wait() {
    static LOG: Log = Log::new();
    static RUNS: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(teardown = end)]
    fn runs_on() -> u8 {
        RUNS.give();
        GO_ON.wait_blocking();
        LOG.add("made");
        1
    }
    fn end(_runs_on: Depends<runs_on>, outcome: Outcome) {
        LOG.add(format!("ended-{outcome}"));
    }
    #[handler]
    async fn show(_runs_on: Depends<runs_on>) {
        LOG.add("never");
    }
    #[dependency(inline, teardown = end_async)]
    fn lost_with_its_runtime() -> u8 {
        1
    }
    async fn end_async(_lost: Depends<lost_with_its_runtime>, _: Outcome) {
        LOG.add("never");
    }
    #[handler]
    fn waits(_lost: Depends<lost_with_its_runtime>) {
        LOG.add("never");
    }

    heard::listen();
    for runtime in 0..2 {
        for app in both_kinds(one_thread) {
            let runtime = runtimes().into_iter().nth(runtime).expect("one of two");
            RUNS.reset();
            GO_ON.reset();
            runtime.block_on(async {
                drop(tokio::spawn(app.run(show::handler, Call::new())));
                RUNS.wait().await;
                for _ in 0..3 {
                    drop(super::begin(app.run(waits::handler, Call::new())).await);
                }
                assert_eq!(until(&app, |stats| stats.waiting == 3).await.seats, 4);
            });
            // It does not wait for the thread.
            drop(runtime);
            assert_eq!(LOG.take(), "");
            GO_ON.give();

            let runtime = runtimes().into_iter().next().expect("one of two");
            runtime.block_on(until(&app, is_idle));
            // A plain teardown needs no runtime, an async one does.
            assert_eq!(LOG.take(), "made ended-cancelled");
            assert_eq!(heard::about("runs_on"), [""; 0]);
            let lost = "ERROR the runtime is gone: a teardown did not run";
            assert_eq!(heard::about("lost_with_its_runtime"), [lost; 3]);
            // And serves the next one.
            let run = runtime.block_on(app.run(show::handler, Call::new()));
            run.expect("no failure");
            assert_eq!(LOG.take(), "made never ended-completed");
        }
    }
}

/// An app that is dropped with jobs that run and wait.
#[test]
fn an_app_goes_away_while_its_jobs_run() {
    static LOG: Log = Log::new();
    static RUNS: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[handler]
    fn show() -> u8 {
        RUNS.give();
        GO_ON.wait_blocking();
        LOG.add("shown");
        1
    }

    for runtime in runtimes() {
        for app in both_kinds(one_thread) {
            RUNS.reset();
            GO_ON.reset();
            runtime.block_on(async {
                let run = |app: &App| super::begin(app.run(show::handler, Call::new()));
                let (runs, waits) = (run(&app).await, run(&app).await);
                drop(app);
                RUNS.wait().await;
                GO_ON.give();
                for request in [runs, waits] {
                    let shown = request.await.expect("no panic");
                    assert_eq!(shown.expect("no failure"), 1);
                }
            });
            assert_eq!(LOG.take(), "shown shown");
        }
    }
}
