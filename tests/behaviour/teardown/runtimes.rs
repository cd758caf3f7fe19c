//! Without a runtime, on another task, and on a runtime that goes away.

use futures_util::FutureExt;
use hueless::{Call, Depends, Failure, Outcome, dependency, handler};
use tokio::runtime::Builder;

use crate::heard;
use crate::occupied::{Occupant, one_thread};
use crate::support::{Log, PATIENCE, Signal, both_kinds, in_each_app, is_over, runtimes};

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
        assert!(
            said[0].contains("an `after_response` did not run"),
            "{said:?}"
        );
    }
}

#[test]
fn when_a_runtime_goes_away_plain_teardowns_still_run_and_all_else_is_logged_by_name() {
    static LOG: Log = Log::new();
    static STARTED: Signal = Signal::new();

    #[dependency(teardown = end_async)]
    async fn async_end_is_lost() -> u8 {
        1
    }
    async fn end_async(_: Depends<async_end_is_lost>, _: Outcome) {}
    #[dependency(inline, teardown = end_plain, after_response = release_plain)]
    fn release_is_lost() -> u8 {
        1
    }
    fn end_plain(_: Depends<release_is_lost>, outcome: Outcome) {
        LOG.add(outcome.to_string());
    }
    fn release_plain(_: Depends<release_is_lost>, _: Outcome) {
        LOG.add("never");
    }
    #[dependency]
    async fn has_no_end() -> u8 {
        1
    }
    #[handler]
    async fn show(
        _a: Depends<async_end_is_lost>,
        _b: Depends<release_is_lost>,
        _c: Depends<has_no_end>,
    ) {
        STARTED.give();
        std::future::pending::<()>().await;
    }

    heard::listen();
    for runtime in runtimes() {
        let apps = both_kinds(|builder| builder);
        for app in &apps {
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
        assert_eq!(heard::about("release_is_lost"), [&*after_response; 2]);
        let another = Builder::new_current_thread().enable_all().build();
        another.expect("a runtime starts").block_on(async {
            for app in &apps {
                is_over(app).await;
            }
        });
        assert_eq!(LOG.take(), "cancelled cancelled");
        assert_eq!(heard::about("has_no_end"), [""; 0]);
    }
}

#[test]
fn a_plain_one_that_waits_for_its_thread_still_runs_there() {
    static LOG: Log = Log::new();
    static ENDED: Signal = Signal::new();
    static OCCUPIED: Signal = Signal::new();
    static FREE: Signal = Signal::new();

    #[dependency(inline, teardown = end_next)]
    fn follows_the_one_that_waits() -> u8 {
        1
    }
    async fn end_next(_: Depends<follows_the_one_that_waits>, _: Outcome) {
        LOG.add("never");
    }
    #[dependency(inline, teardown = end)]
    fn waits_for_its_thread() -> u8 {
        1
    }
    fn end(_: Depends<waits_for_its_thread>, outcome: Outcome) {
        LOG.add(outcome.to_string());
        ENDED.give();
    }
    #[handler]
    async fn show(_f: Depends<follows_the_one_that_waits>, _w: Depends<waits_for_its_thread>) {}

    heard::listen();
    for runtime in 0..2 {
        for app in both_kinds(one_thread) {
            let runtime = runtimes().into_iter().nth(runtime).expect("one of two");
            ENDED.reset();
            runtime.block_on(async {
                drop(Occupant::of(&app, &OCCUPIED, &FREE).await);
                let mut request = Box::pin(app.run(show::handler, Call::new()));
                assert!(futures_util::poll!(&mut request).is_pending());
                assert_eq!(LOG.take(), "");
            });
            // Its own threads run nothing more after that.
            runtime.shutdown_timeout(PATIENCE);
            FREE.give();
            ENDED.wait_blocking();
            assert_eq!(LOG.take(), "completed");
            assert_eq!(heard::about("waits_for_its_thread"), [""; 0]);
            assert_eq!(
                heard::of_late("follows_the_one_that_waits"),
                ["ERROR the runtime is gone: a teardown did not run"]
            );
        }
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
