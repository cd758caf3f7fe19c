//! Without a runtime, on another task, and on a runtime that goes away.

use std::sync::Arc;
use std::time::Instant;

use futures_util::FutureExt;
use hueless::{Call, Depends, Failure, Outcome, dependency, handler};
use tokio::runtime::{Builder, Runtime};

use crate::heard;
use crate::support::{Log, PATIENCE, Signal, both_kinds, in_each_app, is_over};

#[test]
fn a_run_that_has_moved_to_another_task_ends_there() {
    static LOG: Log = Log::new();
    static TEARS_DOWN: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(teardown = end_first)]
    async fn first() -> u8 {
        1
    }
    fn end_first(_: Depends<first>, outcome: Outcome) {
        LOG.add(format!("first-{outcome}"));
    }
    #[dependency(teardown = end_second)]
    fn second(_first: Depends<first>) -> u8 {
        1
    }
    async fn end_second(_: Depends<second>, outcome: Outcome) {
        TEARS_DOWN.give();
        GO_ON.wait().await;
        LOG.add(format!("second-{outcome}"));
    }
    #[handler]
    async fn show(second: Depends<second>) -> u8 {
        *second
    }

    in_each_app(|app| async move {
        TEARS_DOWN.reset();
        GO_ON.reset();
        let mut request = Box::pin(app.run(show::handler, Call::new()));
        tokio::select! {
            biased;
            () = TEARS_DOWN.wait() => {}
            _ = &mut request => panic!("it is torn down"),
        }
        let elsewhere = tokio::spawn(request);
        tokio::task::yield_now().await;
        GO_ON.give();
        assert_eq!(elsewhere.await.expect("no panic").expect("no failure"), 1);
        assert_eq!(LOG.take(), "second-completed first-completed");
        is_over(&app).await;
    });
}

#[test]
fn without_a_runtime_async_teardowns_run_and_plain_ones_fail_by_name() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end_async)]
    async fn runs_anywhere() -> u8 {
        1
    }
    async fn end_async(_: Depends<runs_anywhere>, outcome: Outcome) {
        LOG.add(outcome.to_string());
    }
    #[dependency(inline, teardown = end_plain)]
    fn needs_a_thread() -> u8 {
        1
    }
    fn end_plain(_: Depends<needs_a_thread>, _: Outcome) {
        LOG.add("never");
    }
    #[dependency(inline, after_response = release)]
    fn needs_a_task() -> u8 {
        1
    }
    async fn release(_: Depends<needs_a_task>, _: Outcome) {
        LOG.add("never");
    }
    #[handler]
    async fn simple(_a: Depends<runs_anywhere>) -> u8 {
        1
    }
    #[handler]
    async fn show(_a: Depends<runs_anywhere>, _b: Depends<needs_a_thread>) -> u8 {
        1
    }
    #[handler]
    async fn fails(_b: Depends<needs_a_thread>) -> Result<u8, u8> {
        Err(1)
    }
    #[handler]
    async fn releases(_c: Depends<needs_a_task>) -> u8 {
        1
    }

    fn at_once<T>(future: impl Future<Output = T>) -> T {
        future.now_or_never().expect("nothing waits")
    }

    heard::listen();
    for app in both_kinds(|builder| builder) {
        let run = at_once(app.run(simple::handler, Call::new()));
        assert_eq!(run.expect("no failure"), 1);
        assert_eq!(LOG.take(), "completed");

        let run = at_once(app.run(show::handler, Call::new()));
        let failure = run.expect_err("it needs a thread").downcast::<Failure>();
        let failure = failure.expect("of hueless's own").to_string();
        assert!(failure.contains("needs a tokio runtime"), "{failure}");
        assert_eq!(LOG.take(), "failed");

        let run = at_once(app.run(fails::handler, Call::new()));
        assert_eq!(run.expect("no failure"), Err(1));
        let said = heard::about("needs_a_thread");
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("a teardown failed"), "{said:?}");

        let run = at_once(app.run(releases::handler, Call::new()));
        assert_eq!(run.expect("no failure"), 1);
        let said = heard::about("needs_a_task");
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("an `after_response` did not run"), "{said:?}");
    }
}

/// Each kind of runtime, with one thread that may block.
fn runtimes() -> [Runtime; 2] {
    let mut multi_thread = Builder::new_multi_thread();
    multi_thread.worker_threads(1);
    [multi_thread, Builder::new_current_thread()].map(|mut builder| {
        builder.max_blocking_threads(1);
        builder.enable_all().build().expect("a runtime starts")
    })
}

#[test]
fn what_a_runtime_that_goes_away_keeps_from_beginning_is_logged_by_name() {
    static STARTED: Signal = Signal::new();

    #[dependency(teardown = end_async)]
    async fn async_end_is_lost() -> u8 {
        1
    }
    async fn end_async(_: Depends<async_end_is_lost>, _: Outcome) {}
    #[dependency(inline, teardown = end_plain, after_response = end_plain)]
    fn both_ends_are_lost() -> u8 {
        1
    }
    fn end_plain(_: Depends<both_ends_are_lost>, _: Outcome) {}
    #[dependency]
    async fn has_no_end() -> u8 {
        1
    }
    #[handler]
    async fn show(
        _a: Depends<async_end_is_lost>,
        _b: Depends<both_ends_are_lost>,
        _c: Depends<has_no_end>,
    ) {
        STARTED.give();
        std::future::pending::<()>().await;
    }

    heard::listen();
    for runtime in runtimes() {
        for app in both_kinds(|builder| builder) {
            let of_app = app.clone();
            STARTED.reset();
            let task = runtime.spawn(async move {
                drop(of_app.run(show::handler, Call::new()).await);
            });
            runtime.block_on(STARTED.wait());
            drop(task);
        }
        drop(runtime);
        let lost = |what| format!("ERROR the runtime is gone: {what} did not run");
        let (teardown, after_response) = (lost("a teardown"), lost("an `after_response`"));
        assert_eq!(heard::about("async_end_is_lost"), [&*teardown; 2]);
        let mut both = heard::about("both_ends_are_lost");
        both.sort();
        assert_eq!(both, [&teardown, &teardown, &after_response, &after_response]);
        assert_eq!(heard::about("has_no_end"), [""; 0]);
    }
}

/// One plain teardown, or one of after the response, waits for a thread when the runtime goes away.
#[test]
fn a_plain_one_that_still_waits_for_its_thread_is_logged_too() {
    #[dependency(inline, teardown = end)]
    fn waits_for_its_thread() -> u8 {
        1
    }
    fn end(_: Depends<waits_for_its_thread>, _: Outcome) {
        panic!("no thread was free");
    }
    #[dependency(inline, after_response = release)]
    fn waits_for_its_thread_later() -> u8 {
        1
    }
    fn release(_: Depends<waits_for_its_thread_later>, _: Outcome) {
        panic!("no thread was free");
    }
    #[handler]
    async fn tears_down(_waits: Depends<waits_for_its_thread>) {}
    #[handler]
    async fn releases(_waits: Depends<waits_for_its_thread_later>) {}

    heard::listen();
    for runtime in runtimes() {
        let (occupied, free) = (Arc::new(Signal::new()), Arc::new(Signal::new()));
        let (is_occupied, is_free) = (Arc::clone(&occupied), Arc::clone(&free));
        runtime.spawn_blocking(move || {
            is_occupied.give();
            is_free.wait_blocking();
        });
        runtime.block_on(async {
            occupied.wait().await;
            for app in both_kinds(|builder| builder) {
                let mut request = Box::pin(app.run(tears_down::handler, Call::new()));
                assert!(futures_util::poll!(&mut request).is_pending());
                drop(request);
                let request = app.run(releases::handler, Call::new());
                assert!(request.await.is_ok());
            }
            // Whatever goes on behind has come to wait for the thread.
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
        });
        runtime.shutdown_background();
        free.give();
        let is_logged = |node| {
            let (mut said, begun) = (Vec::new(), Instant::now());
            while said.len() < 2 && begun.elapsed() < PATIENCE {
                said.extend(heard::about(node));
                std::thread::yield_now();
            }
            said
        };
        assert_eq!(
            is_logged("waits_for_its_thread"),
            ["ERROR the runtime is gone: a teardown did not run"; 2]
        );
        assert_eq!(
            is_logged("waits_for_its_thread_later"),
            ["ERROR the runtime is gone: an `after_response` did not run"; 2]
        );
    }
}

#[test]
fn a_runtime_that_goes_away_in_a_teardown_names_those_that_were_to_follow() {
    static BEGUN: Signal = Signal::new();

    #[dependency(teardown = end_follower)]
    async fn follows_the_begun_one() -> u8 {
        1
    }
    async fn end_follower(_: Depends<follows_the_begun_one>, _: Outcome) {}
    #[dependency(teardown = end_begun)]
    async fn begun() -> u8 {
        1
    }
    async fn end_begun(_: Depends<begun>, _: Outcome) {
        BEGUN.give();
        std::future::pending::<()>().await;
    }
    #[handler]
    async fn show(_follows: Depends<follows_the_begun_one>, _begun: Depends<begun>) {}

    heard::listen();
    for runtime in runtimes() {
        for app in both_kinds(|builder| builder) {
            BEGUN.reset();
            let task = runtime.spawn(async move {
                drop(app.run(show::handler, Call::new()).await);
            });
            runtime.block_on(BEGUN.wait());
            drop(task);
        }
        drop(runtime);
        assert_eq!(
            heard::about("follows_the_begun_one"),
            ["ERROR the runtime is gone: a teardown did not run"; 2]
        );
    }
}
