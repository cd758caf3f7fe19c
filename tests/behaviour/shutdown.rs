//! The end of an app: what is waited for, and how singletons are torn down.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_util::future::join_all;
use hueless::{App, Background, BoxError, Call, Depends, Failure, Outcome, dependency, handler};

use crate::support::{
    Log, PATIENCE, SaysWhenDropped, Signal, call_in, on_each_runtime, with_time_paused,
};

fn is_refused(rejection: &BoxError) -> bool {
    let failure = rejection.downcast_ref::<Failure>();
    failure.is_some_and(Failure::is_shutdown)
}

#[test]
fn singletons_are_torn_down_in_the_reverse_of_the_order_in_which_they_were_made() {
    static LOG: Log = Log::new();

    #[dependency(singleton, teardown = close_config)]
    async fn config() -> SaysWhenDropped {
        LOG.add("config");
        SaysWhenDropped(&LOG, "drop-config")
    }
    async fn close_config(_config: Depends<config>, outcome: Outcome) {
        tokio::task::yield_now().await;
        LOG.add(format!("close-config-{outcome}"));
    }
    // It has no teardown, but a place in the order all the same.
    #[dependency(singleton)]
    fn cache(_config: Depends<config>) -> SaysWhenDropped {
        LOG.add("cache");
        SaysWhenDropped(&LOG, "drop-cache")
    }
    #[dependency(singleton, teardown = close_pool)]
    fn pool(_cache: Depends<cache>) -> SaysWhenDropped {
        LOG.add("pool");
        SaysWhenDropped(&LOG, "drop-pool")
    }
    fn close_pool(_pool: Depends<pool>, outcome: Outcome) {
        LOG.add(format!("close-pool-{outcome}"));
    }
    #[handler]
    async fn read(_pool: Depends<pool>) -> u8 {
        1
    }

    on_each_runtime(|| async {
        let app = App::new();
        assert_eq!(call_in(&app, read::handler).await, Ok(1));
        assert_eq!(LOG.take(), "config cache pool");
        let twice = [app.shutdown(PATIENCE), app.shutdown(PATIENCE)];
        assert_eq!(join_all(twice).await, [Ok(()), Ok(())]);
        assert_eq!(
            LOG.take(),
            "close-pool-completed drop-pool drop-cache close-config-completed drop-config"
        );
        app.shutdown(PATIENCE).await.unwrap();
        drop(app);
        assert_eq!(LOG.take(), "");
    });
}

#[test]
fn only_what_was_made_is_torn_down_and_in_the_order_of_that_app() {
    static LOG: Log = Log::new();

    macro_rules! singleton {
        ($name:ident, $close:ident) => {
            #[dependency(singleton, teardown = $close)]
            async fn $name() -> u8 {
                1
            }
            async fn $close(_value: Depends<$name>, _outcome: Outcome) {
                LOG.add(stringify!($name));
            }
        };
    }
    singleton!(one, close_one);
    singleton!(two, close_two);
    singleton!(three, close_three);

    #[handler]
    async fn first(_one: Depends<one>) {}
    #[handler]
    async fn second(_two: Depends<two>) {}
    #[handler]
    async fn third(_three: Depends<three>) {}

    on_each_runtime(|| async {
        let app = App::builder()
            .singleton::<two>()
            .singleton::<three>()
            .build()
            .unwrap();
        call_in(&app, first::handler).await.unwrap();
        call_in(&app, second::handler).await.unwrap();
        app.shutdown(PATIENCE).await.unwrap();
        assert_eq!(LOG.take(), "two one");

        let app = App::new();
        call_in(&app, third::handler).await.unwrap();
        call_in(&app, first::handler).await.unwrap();
        app.shutdown(PATIENCE).await.unwrap();
        assert_eq!(LOG.take(), "one three");
    });
}

#[test]
fn one_whose_teardown_fails_panics_or_hangs_does_not_stop_the_others() {
    static LOG: Log = Log::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(singleton, teardown = close_first)]
    async fn first() -> u8 {
        1
    }
    async fn close_first(_first: Depends<first>, _outcome: Outcome) {
        LOG.add("first");
    }
    #[dependency(singleton, teardown = close_fails)]
    fn fails(_first: Depends<first>) -> Result<u8, String> {
        Ok(1)
    }
    fn close_fails(_fails: Depends<fails>, _outcome: Outcome) -> Result<(), String> {
        LOG.add("fails");
        Err("it failed".to_owned())
    }
    #[dependency(singleton, teardown = close_panics)]
    fn panics(_fails: Depends<fails>) -> u8 {
        1
    }
    fn close_panics(_panics: Depends<panics>, _outcome: Outcome) {
        LOG.add("panics");
        panic!("while it is closed");
    }
    #[dependency(singleton, teardown = close_waits)]
    async fn waits(_panics: Depends<panics>) -> u8 {
        1
    }
    async fn close_waits(_waits: Depends<waits>, _outcome: Outcome) {
        LOG.add("waits");
        std::future::pending::<()>().await;
    }
    #[dependency(singleton, teardown = close_blocks)]
    async fn blocks(_waits: Depends<waits>) -> u8 {
        1
    }
    fn close_blocks(_blocks: Depends<blocks>, _outcome: Outcome) {
        LOG.add("blocks");
        GO_ON.wait_blocking();
    }
    struct PanicsWhenDropped;
    impl Drop for PanicsWhenDropped {
        fn drop(&mut self) {
            LOG.add("dropped");
            panic!("while it is dropped");
        }
    }
    #[dependency(singleton)]
    async fn last(_blocks: Depends<blocks>) -> PanicsWhenDropped {
        PanicsWhenDropped
    }

    on_each_runtime(|| async {
        GO_ON.reset();
        let app = App::builder()
            .teardown_timeout(Duration::from_millis(20))
            .singleton::<last>()
            .build()
            .unwrap();
        app.start().await.unwrap();
        app.shutdown(PATIENCE).await.unwrap();
        GO_ON.give();
        assert_eq!(LOG.take(), "dropped blocks waits panics fails first");
    });
}

#[test]
fn a_handler_that_runs_is_waited_for_and_its_teardowns_and_background_work() {
    static LOG: Log = Log::new();
    static STARTED: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(singleton, teardown = close)]
    async fn pool() -> u8 {
        1
    }
    async fn close(_pool: Depends<pool>, _outcome: Outcome) {
        LOG.add("close-pool");
    }
    #[dependency(teardown = end, after_response = release)]
    fn transaction(_pool: Depends<pool>) -> u8 {
        1
    }
    async fn end(_transaction: Depends<transaction>, _outcome: Outcome) {
        LOG.add("end");
    }
    fn release(_transaction: Depends<transaction>, _outcome: Outcome) {
        LOG.add("release");
    }
    #[handler]
    fn work(_transaction: Depends<transaction>, background: Depends<Background>) -> u8 {
        background.add(async {
            tokio::task::yield_now().await;
            LOG.add("background");
        });
        STARTED.give();
        GO_ON.wait_blocking();
        LOG.add("handler");
        1
    }

    on_each_runtime(|| async {
        STARTED.reset();
        GO_ON.reset();
        let app = App::new();
        let request = tokio::spawn(app.run(work::handler, Call::new()));
        STARTED.wait().await;
        let mut shutdown = Box::pin(app.shutdown(PATIENCE));
        let waited = tokio::time::timeout(Duration::from_millis(20), &mut shutdown).await;
        assert!(waited.is_err(), "the handler runs");
        assert_eq!(LOG.take(), "");

        let refused = app.run(work::handler, Call::new()).await.unwrap_err();
        assert!(is_refused(&refused), "{refused}");

        GO_ON.give();
        shutdown.await.unwrap();
        assert_eq!(request.await.unwrap().unwrap(), 1);
        assert_eq!(LOG.take(), "handler end background release close-pool");
    });
}

#[test]
fn past_the_deadline_it_says_what_still_runs_and_goes_on_when_it_is_called_again() {
    static LOG: Log = Log::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(singleton, teardown = close)]
    async fn pool() -> u8 {
        1
    }
    async fn close(_pool: Depends<pool>, _outcome: Outcome) {
        LOG.add("close");
    }
    #[dependency(teardown = end)]
    async fn transaction(_pool: Depends<pool>) -> u8 {
        1
    }
    async fn end(_transaction: Depends<transaction>, _outcome: Outcome) {
        GO_ON.wait().await;
        LOG.add("end");
    }
    #[handler]
    async fn slow(_pool: Depends<pool>) {
        GO_ON.wait().await;
        LOG.add("slow");
    }
    #[handler]
    async fn quick(_transaction: Depends<transaction>) {}
    #[handler]
    async fn first(_pool: Depends<pool>) {}

    with_time_paused(async {
        let app = App::new();
        call_in(&app, first::handler).await.unwrap();
        let requests = [
            tokio::spawn(app.run(slow::handler, Call::new())),
            tokio::spawn(app.run(slow::handler, Call::new())),
            tokio::spawn(app.run(quick::handler, Call::new())),
        ];
        tokio::time::sleep(Duration::from_millis(100)).await;
        let begun = tokio::time::Instant::now();
        let error = app.shutdown(Duration::from_secs(5)).await.unwrap_err();
        assert_eq!(begun.elapsed(), Duration::from_secs(5));
        assert_eq!(error.names(), ["`slow`", "the teardown of `quick`"]);
        assert_eq!(
            error.to_string(),
            "the app still runs `slow`, the teardown of `quick`"
        );
        assert_eq!(LOG.take(), "", "the singleton may be in use");

        GO_ON.give();
        app.shutdown(Duration::from_secs(5)).await.unwrap();
        for request in requests {
            request.await.unwrap().unwrap();
        }
        let log = LOG.take();
        assert!(log.ends_with(" close"), "{log}");
        assert_eq!(log.matches("close").count(), 1);
    });
}

#[test]
fn the_deadline_holds_for_the_teardown_of_a_singleton_too() {
    static LOG: Log = Log::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(singleton, teardown = close_config)]
    async fn config() -> u8 {
        1
    }
    async fn close_config(_config: Depends<config>, _outcome: Outcome) {
        LOG.add("config");
    }
    #[dependency(singleton, teardown = close_pool)]
    fn pool(_config: Depends<config>) -> u8 {
        1
    }
    fn close_pool(_pool: Depends<pool>, _outcome: Outcome) {
        LOG.add("pool");
        GO_ON.wait_blocking();
    }

    on_each_runtime(|| async {
        GO_ON.reset();
        let app = App::builder().singleton::<pool>().build().unwrap();
        app.start().await.unwrap();
        for deadline in [Duration::from_millis(20), Duration::ZERO] {
            let error = app.shutdown(deadline).await.unwrap_err();
            assert_eq!(error.names(), ["the teardown of the singleton `pool`"]);
        }
        assert_eq!(LOG.take(), "pool");
        GO_ON.give();
        app.shutdown(PATIENCE).await.unwrap();
        assert_eq!(LOG.take(), "config");
    });
}

#[test]
fn a_teardown_that_has_begun_goes_on_when_nobody_waits_for_the_shutdown_any_more() {
    static LOG: Log = Log::new();
    static STARTED: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(singleton, teardown = close_config)]
    async fn config() -> u8 {
        1
    }
    async fn close_config(_config: Depends<config>, _outcome: Outcome) {
        LOG.add("config");
    }
    #[dependency(singleton, teardown = close_pool)]
    async fn pool(_config: Depends<config>) -> u8 {
        1
    }
    async fn close_pool(_pool: Depends<pool>, _outcome: Outcome) {
        STARTED.give();
        GO_ON.wait().await;
        LOG.add("pool");
    }

    on_each_runtime(|| async {
        STARTED.reset();
        GO_ON.reset();
        let app = App::builder().singleton::<pool>().build().unwrap();
        app.start().await.unwrap();
        tokio::select! {
            _ = app.shutdown(PATIENCE) => panic!("the teardown waits"),
            () = STARTED.wait() => {}
        }
        GO_ON.give();
        while !LOG.contains("config") {
            tokio::task::yield_now().await;
        }
        assert_eq!(LOG.take(), "pool config");
        app.shutdown(PATIENCE).await.unwrap();
        assert_eq!(LOG.take(), "");
    });
}

#[test]
fn a_flight_under_way_is_waited_for_and_what_it_makes_is_torn_down() {
    static LOG: Log = Log::new();
    static STARTED: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(singleton, teardown = close)]
    async fn pool() -> u8 {
        STARTED.give();
        GO_ON.wait().await;
        LOG.add("made");
        1
    }
    async fn close(_pool: Depends<pool>, _outcome: Outcome) {
        LOG.add("close");
    }
    #[handler]
    async fn read(_pool: Depends<pool>) {}

    on_each_runtime(|| async {
        STARTED.reset();
        GO_ON.reset();
        let app = App::new();
        tokio::select! {
            _ = app.run(read::handler, Call::new()) => panic!("the singleton is not made yet"),
            () = STARTED.wait() => {}
        }
        let error = app.shutdown(Duration::from_millis(20)).await.unwrap_err();
        assert_eq!(error.names(), ["`pool`"]);
        GO_ON.give();
        app.shutdown(PATIENCE).await.unwrap();
        assert_eq!(LOG.take(), "made close");
    });
}

#[test]
fn a_request_that_runs_may_still_have_a_singleton_made() {
    static LOG: Log = Log::new();
    static STARTED: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[dependency]
    async fn before() -> () {
        STARTED.give();
        GO_ON.wait().await;
    }
    #[dependency(singleton, teardown = close)]
    async fn pool() -> u8 {
        LOG.add("made");
        1
    }
    async fn close(_pool: Depends<pool>, _outcome: Outcome) {
        LOG.add("close");
    }
    #[handler(sequential)]
    async fn read(_before: Depends<before>, pool: Depends<pool>) -> u8 {
        LOG.add("handler");
        *pool
    }

    on_each_runtime(|| async {
        STARTED.reset();
        GO_ON.reset();
        let app = App::new();
        let request = tokio::spawn(app.run(read::handler, Call::new()));
        STARTED.wait().await;
        app.shutdown(Duration::ZERO).await.unwrap_err();
        GO_ON.give();
        app.shutdown(PATIENCE).await.unwrap();
        assert_eq!(request.await.unwrap().unwrap(), 1);
        assert_eq!(LOG.take(), "made handler close");
    });
}

#[test]
fn no_request_meets_a_singleton_that_is_torn_down() {
    static SERVED: AtomicU32 = AtomicU32::new(0);

    struct Pool {
        is_closed: AtomicBool,
    }
    #[dependency(singleton, teardown = close)]
    async fn pool() -> Pool {
        Pool {
            is_closed: AtomicBool::new(false),
        }
    }
    async fn close(pool: Depends<pool>, _outcome: Outcome) {
        pool.is_closed.store(true, Ordering::Relaxed);
    }
    #[handler]
    async fn read(pool: Depends<pool>) -> bool {
        SERVED.fetch_add(1, Ordering::Relaxed);
        pool.is_closed.load(Ordering::Relaxed)
    }

    on_each_runtime(|| async {
        for round in 0..200 {
            let app = App::builder().singleton::<pool>().build().unwrap();
            let served = SERVED.load(Ordering::Relaxed);
            let requests: Vec<_> = (0..4)
                .map(|_| {
                    let app = app.clone();
                    tokio::spawn(async move {
                        loop {
                            match app.run(read::handler, Call::new()).await {
                                Ok(is_closed) => assert!(!is_closed, "it is torn down"),
                                Err(rejection) => break is_refused(&rejection),
                            }
                            tokio::task::yield_now().await;
                        }
                    })
                })
                .collect();
            tokio::task::yield_now().await;
            // In every other round it is certain that there are requests to meet it.
            while round % 2 == 0 && SERVED.load(Ordering::Relaxed) == served {
                tokio::task::yield_now().await;
            }
            app.shutdown(PATIENCE).await.unwrap();
            for is_refused in join_all(requests).await {
                assert!(is_refused.unwrap());
            }
        }
    });
}

#[test]
fn an_app_that_shuts_down_makes_no_singletons() {
    #[dependency(singleton)]
    async fn pool() -> u8 {
        unreachable!("nobody needs it");
    }

    on_each_runtime(|| async {
        let app = App::builder().singleton::<pool>().build().unwrap();
        app.shutdown(Duration::ZERO).await.unwrap();
        let error = app.start().await.unwrap_err();
        assert!(error.is_shutdown());
        assert_eq!(error.to_string(), "the app is shutting down");
        assert!(error.failed().is_empty());
    });
}

#[test]
fn the_default_app_is_shut_down_like_any_other() {
    static LOG: Log = Log::new();

    #[dependency(singleton, teardown = close)]
    async fn pool() -> u8 {
        1
    }
    async fn close(_pool: Depends<pool>, _outcome: Outcome) {
        LOG.add("close");
    }
    #[handler]
    async fn read(pool: Depends<pool>) -> u8 {
        *pool
    }

    on_each_runtime(|| async {
        assert_eq!(call_in(&App::current(), read::handler).await, Ok(1));
        App::current().shutdown(PATIENCE).await.unwrap();
        assert_eq!(LOG.take(), "close");
        let refused = App::current()
            .run(read::handler, Call::new())
            .await
            .unwrap_err();
        assert!(is_refused(&refused), "{refused}");
    });
}

#[test]
fn outside_of_a_runtime_no_singleton_is_lost() {
    static LOG: Log = Log::new();

    #[dependency(singleton, teardown = close)]
    async fn pool() -> u8 {
        1
    }
    async fn close(_pool: Depends<pool>, _outcome: Outcome) {
        LOG.add("close");
    }

    let app = App::builder().singleton::<pool>().build().unwrap();
    let runtime = || {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_all().build().expect("a runtime starts")
    };
    runtime().block_on(app.start()).unwrap();
    {
        let shutdown = std::pin::pin!(app.shutdown(PATIENCE));
        let Poll::Ready(ended) = shutdown.poll(&mut Context::from_waker(Waker::noop())) else {
            panic!("there is nothing to wait for");
        };
        assert_eq!(
            ended.unwrap_err().names(),
            ["the teardown of the singleton `pool`"]
        );
    }
    assert_eq!(LOG.take(), "");
    runtime().block_on(app.shutdown(PATIENCE)).unwrap();
    assert_eq!(LOG.take(), "close");
}

#[test]
fn a_runtime_that_goes_away_in_the_middle_leaves_the_rest_to_the_next_one() {
    static LOG: Log = Log::new();

    #[dependency(singleton, teardown = close_config)]
    async fn config() -> u8 {
        1
    }
    async fn close_config(_config: Depends<config>, _outcome: Outcome) {
        LOG.add("config");
    }
    #[dependency(singleton, teardown = close_pool)]
    async fn pool(_config: Depends<config>) -> u8 {
        1
    }
    async fn close_pool(_pool: Depends<pool>, _outcome: Outcome) {
        LOG.add("pool");
        std::future::pending::<()>().await;
    }

    let app = App::builder().singleton::<pool>().build().unwrap();
    let runtime = || {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_all().build().expect("a runtime starts")
    };
    runtime().block_on(async {
        app.start().await.unwrap();
        app.shutdown(Duration::from_millis(5)).await.unwrap_err();
    });
    assert_eq!(LOG.take(), "pool");
    runtime().block_on(app.shutdown(PATIENCE)).unwrap();
    assert_eq!(LOG.take(), "config");
}

#[test]
fn a_response_that_is_still_on_its_way_is_named() {
    #[dependency(after_response = release)]
    fn value() -> u8 {
        1
    }
    fn release(_: Depends<value>, _: Outcome) {}
    #[handler]
    async fn download(_value: Depends<value>) {}

    with_time_paused(async {
        let app = App::new();
        let invocation = hueless::Invocation::new(app.clone(), Call::new());
        let reply = download::handler(invocation).await.expect("no failure");
        let ((), after_response) = reply.into_parts();
        let error = app.shutdown(Duration::from_secs(1)).await.unwrap_err();
        assert_eq!(error.names(), ["the response of `download`"]);
        after_response.sent();
        app.shutdown(Duration::from_secs(1)).await.unwrap();
    });
}

#[test]
fn threads_that_have_nothing_to_do_end() {
    #[dependency(singleton)]
    fn pool() -> u8 {
        1
    }
    #[handler]
    fn read(_pool: Depends<pool>, background: Depends<Background>) -> u8 {
        background.add(|| {});
        1
    }

    on_each_runtime(|| async {
        let app = App::new();
        assert_eq!(call_in(&app, read::handler).await, Ok(1));
        assert!(app.stats().threads > 0);
        app.shutdown(PATIENCE).await.expect("nothing runs");
        while app.stats().threads > 0 {
            tokio::task::yield_now().await;
        }
    });
}
