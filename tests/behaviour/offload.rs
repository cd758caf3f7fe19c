//! One closure on a thread, outside of any graph.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use hueless::{
    App, Call, Depends, Failure, Input, block_on, dependency, handler, offload, offload_cpu,
};
use tracing::Instrument;

use crate::heard::{self, span_here};
use crate::occupied::{Occupant, one_thread};
use crate::support::{
    Log, SaysWhenDropped, Signal, call_in, in_each_app, in_each_app_with, is_over, on_each_runtime,
};

#[test]
fn it_returns_what_the_closure_returns_and_counts_one_hop() {
    #[handler]
    async fn asks() -> Result<String, Failure> {
        let text = "moved in".to_owned();
        let (lane, cpu) = tokio::join!(offload(move || text + " and out"), offload_cpu(|| 2));
        Ok(format!("{} {}", lane?, cpu?))
    }

    in_each_app(|app| async move {
        let answer = call_in(&app, asks::handler).await.expect("no failure");
        assert_eq!(answer.expect("no failure"), "moved in and out 2");
        assert_eq!(app.stats().hops, 1);
        is_over(&app).await;
        assert_eq!(app.stats().seats, 0);
    });
}

#[test]
fn it_runs_where_it_may_block_and_not_where_it_is_awaited() {
    #[handler]
    async fn asks() -> bool {
        let here = thread::current().id();
        let waits = || {
            block_on(tokio::task::yield_now());
            thread::current().id()
        };
        let there = offload(waits).await.expect("no panic");
        let cpu = offload_cpu(|| thread::current().id()).await;
        here != there && here != cpu.expect("no panic") && here == thread::current().id()
    }

    // With one thread it is the same one that goes on.
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime starts").block_on(async {
        assert_eq!(call_in(&App::new(), asks::handler).await, Ok(true));
    });
}

#[test]
fn a_panic_is_a_failure_and_the_thread_goes_on() {
    #[handler]
    async fn asks() -> [bool; 2] {
        let is_panic = |result: Result<(), Failure>| result.is_err_and(|error| error.is_panic());
        let lane = offload(|| panic!("in a closure")).await;
        let cpu = offload_cpu(|| panic!("in a closure")).await;
        [is_panic(lane), is_panic(cpu)]
    }

    in_each_app_with(one_thread, |app| async move {
        for _ in 0..3 {
            assert_eq!(call_in(&app, asks::handler).await, Ok([true; 2]));
        }
    });
}

#[test]
fn the_span_and_the_declared_task_locals_are_there() {
    tokio::task_local! {
        static TENANT: &'static str;
    }

    #[handler]
    async fn asks() -> [(Option<u64>, &'static str); 3] {
        let here = || (span_here(), TENANT.get());
        let lane = offload(here).await.expect("no panic");
        let cpu = offload_cpu(here).await.expect("no panic");
        [here(), lane, cpu]
    }

    heard::listen();
    in_each_app_with(
        |builder| builder.propagate(&TENANT),
        |app| async move {
            let request = call_in(&app, asks::handler);
            let request = TENANT.scope("acme", request.instrument(tracing::info_span!("offload")));
            let seen = request.await.expect("no failure");
            assert!(seen[0].0.is_some());
            assert_eq!(seen, [(seen[0].0, "acme"); 3]);
        },
    );
}

#[test]
fn a_closure_that_nobody_waits_for_never_begins() {
    static LOG: Log = Log::new();
    static OCCUPIED: Signal = Signal::new();
    static FREE: Signal = Signal::new();

    #[handler]
    async fn asks() {
        let moved = SaysWhenDropped(&LOG, "dropped");
        let closure = move || {
            drop(moved);
            LOG.add("never");
        };
        drop(offload(closure).await);
    }

    in_each_app_with(one_thread, |app| async move {
        let occupant = Occupant::of(&app, &OCCUPIED, &FREE).await;
        let mut request = Box::pin(app.run(asks::handler, Call::new()));
        assert!(futures_util::poll!(&mut request).is_pending());
        assert_eq!(app.stats().waiting, 1);
        assert_eq!(app.stats().seats, 2);
        drop(request);
        FREE.give();
        occupant.leaves().await;
        is_over(&app).await;
        while app.stats().seats > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(LOG.take(), "dropped");
        assert_eq!(app.stats().hops, 1, "that of the occupant");
    });
}

#[test]
fn a_closure_that_runs_is_let_finish() {
    static LOG: Log = Log::new();
    static RUNS: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[handler]
    async fn asks() {
        let closure = || {
            let _moved = SaysWhenDropped(&LOG, "dropped");
            RUNS.give();
            GO_ON.wait_blocking();
            LOG.add("finished");
        };
        drop(offload(closure).await);
    }

    in_each_app_with(one_thread, |app| async move {
        RUNS.reset();
        GO_ON.reset();
        let request = tokio::spawn(app.run(asks::handler, Call::new()));
        RUNS.wait().await;
        request.abort();
        drop(request.await);
        assert_eq!((app.stats().seats, app.stats().working), (1, 1));
        assert_eq!(LOG.take(), "");
        GO_ON.give();
        while app.stats().seats + app.stats().working > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(LOG.take(), "finished dropped");
    });
}

#[test]
fn in_a_request_with_a_seat_it_takes_no_second_one() {
    static WAITS: AtomicUsize = AtomicUsize::new(0);

    #[dependency]
    fn first() -> u8 {
        1
    }
    #[handler]
    async fn asks(first: Depends<first>, Input(app): Input<App>) -> usize {
        let seats = move || app.stats().seats + usize::from(*first) - 1;
        offload(seats).await.expect("no panic")
    }
    #[handler]
    fn waits(Input(app): Input<App>) -> usize {
        WAITS.fetch_add(1, Ordering::SeqCst);
        block_on(offload(move || app.stats().seats)).expect("no panic")
    }
    /// It needs no thread before it offloads.
    #[handler]
    async fn has_none(Input(app): Input<App>) -> [usize; 2] {
        let before = app.stats().seats;
        [
            before,
            offload(move || app.stats().seats).await.expect("no panic"),
        ]
    }

    let settings = |builder| one_thread(builder).seats(1);
    in_each_app_with(settings, |app| async move {
        let call = || Call::new().with(app.clone());
        let asks = app.run(asks::handler, call()).await;
        assert_eq!(asks.expect("no failure"), 1);
        let waits = app.run(waits::handler, call()).await;
        assert_eq!(waits.expect("no failure"), 1);
        let has_none = app.run(has_none::handler, call()).await;
        assert_eq!(has_none.expect("no failure"), [0, 1]);
    });
}

#[test]
fn where_no_seat_is_free_it_is_turned_away_like_a_request() {
    static OCCUPIED: Signal = Signal::new();
    static FREE: Signal = Signal::new();

    #[handler]
    async fn asks() -> bool {
        let turned_away = offload(|| ()).await;
        turned_away.is_err_and(|failure| failure.is_overloaded())
    }

    let settings = |builder| one_thread(builder).seats(1).queue_limit(0);
    in_each_app_with(settings, |app| async move {
        let occupant = Occupant::of(&app, &OCCUPIED, &FREE).await;
        assert_eq!(call_in(&app, asks::handler).await, Ok(true));
        assert_eq!(app.stats().overloads, 1);
        FREE.give();
        occupant.leaves().await;
    });
}

#[test]
fn outside_of_any_request_it_runs_on_the_default_app() {
    on_each_runtime(|| async {
        assert_eq!(offload(|| 1).await.expect("no failure"), 1);
        assert_eq!(offload_cpu(|| 2).await.expect("no failure"), 2);
        assert_eq!(App::current().stats().hops, 1);
    });
}

#[test]
fn outside_of_a_runtime_it_fails_and_says_so() {
    let mut offloaded = Box::pin(offload(|| 1));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match offloaded.as_mut().poll(&mut context) {
        std::task::Poll::Ready(Err(failure)) => {
            assert!(failure.to_string().contains("runtime"), "{failure}");
        }
        other => panic!("{other:?}"),
    }
}
