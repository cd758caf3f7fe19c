//! Panics outside of nodes, and what holds on to a request that is over: each has hung or stopped
//! somebody else's requests before.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use hueless::{
    App, Call, Cancellation, Context, Depends, Failure, Input, PollOnLane, dependency, handler,
};

use crate::occupied::{Occupant, one_thread};
use crate::support::{
    Log, SaysWhenDropped, Signal, both_kinds, call, call_in, is_over, on_each_runtime,
};

#[test]
fn a_node_may_cancel_its_own_token_and_the_run_goes_on() {
    #[dependency]
    fn cancels(own: Depends<Cancellation>) -> u8 {
        own.cancel();
        1
    }
    #[dependency]
    fn follows(cancels: Depends<cancels>) -> u8 {
        *cancels + 1
    }
    #[handler]
    fn show(follows: Depends<follows>) -> u8 {
        *follows
    }
    #[handler(sequential)]
    fn show_sequentially(follows: Depends<follows>) -> u8 {
        *follows
    }

    on_each_runtime(|| async {
        assert_eq!(call(show::handler).await, Ok(2));
        assert_eq!(call(show_sequentially::handler).await, Ok(2));
    });
}

#[test]
fn a_token_is_not_cancelled_because_the_handler_returned() {
    #[handler]
    async fn keeps(token: Depends<Cancellation>) -> Cancellation {
        token.clone()
    }
    #[handler(sequential)]
    fn keeps_sequentially(token: Depends<Cancellation>) -> Cancellation {
        token.clone()
    }

    on_each_runtime(|| async {
        assert!(!call(keeps::handler).await.unwrap().is_cancelled());
        assert!(
            !call(keeps_sequentially::handler)
                .await
                .unwrap()
                .is_cancelled()
        );
    });
}

/// A context whose own code panics on lane threads, and rejects elsewhere.
struct Careless;

impl Context for Careless {
    type Rejection = String;
    type State = ();

    fn fail(failure: Failure) -> String {
        let thread = std::thread::current();
        let is_worker = thread.name().is_some_and(|name| name.contains("tokio"));
        assert!(
            !(failure.is_panic() && ON_LANE.get() && is_worker),
            "careless"
        );
        failure.to_string()
    }
}

thread_local! {
    static ON_LANE: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

#[test]
fn a_context_that_panics_on_a_lane_thread_does_not_hang_the_request() {
    #[dependency]
    fn panics() -> u8 {
        ON_LANE.set(true);
        panic!("secret");
    }
    #[handler]
    async fn show(panics: Depends<panics>) -> u8 {
        *panics
    }

    on_each_runtime(|| async {
        let rejection = App::new().run(show::handler, Careless).await.unwrap_err();
        assert!(rejection.contains("panicked"), "{rejection}");
    });
}

#[test]
fn a_task_local_that_panics_when_it_is_cloned_does_not_hang_the_request() {
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
    #[dependency]
    fn blocks() -> u8 {
        1
    }
    #[handler]
    async fn show(blocks: Depends<blocks>) -> u8 {
        *blocks
    }

    on_each_runtime(|| async {
        let app = App::builder()
            .propagate(&LOCAL)
            .build()
            .expect("nothing is set wrongly");
        let request = call_in(&app, show::handler);
        let rejection = LOCAL.scope(ClonesOnce(true), request).await.unwrap_err();
        assert!(rejection.contains("the work was given up"), "{rejection}");
        let app = App::builder()
            .propagate(&LOCAL)
            .sequential()
            .build()
            .expect("nothing is set wrongly");
        let request = call_in(&app, show::handler);
        let rejection = LOCAL.scope(ClonesOnce(true), request).await.unwrap_err();
        assert!(rejection.contains("the work was given up"), "{rejection}");
    });
}

/// Panics when the last of it is dropped, once it is armed.
#[derive(Clone)]
#[expect(dead_code, reason = "it is there to be dropped")]
struct Armed(std::sync::Arc<Charge>);

struct Charge(&'static AtomicBool);

impl Drop for Charge {
    fn drop(&mut self) {
        assert!(!self.0.swap(false, Ordering::Relaxed), "secret");
    }
}

#[test]
fn an_input_that_panics_when_it_is_dropped_harms_neither_the_caller_nor_the_process() {
    static ARMED: AtomicBool = AtomicBool::new(false);
    static RUNS: Signal = Signal::new();
    static GIVEN_UP: Signal = Signal::new();
    static ENDED: Signal = Signal::new();

    #[dependency(inline)]
    fn reads(_armed: Input<Armed>) -> u8 {
        1
    }
    #[handler]
    async fn show(reads: Depends<reads>) -> u8 {
        *reads
    }
    #[dependency(cpu)]
    fn computes(_reads: Depends<reads>) -> u8 {
        RUNS.give();
        GIVEN_UP.wait_blocking();
        ENDED.give();
        1
    }
    #[handler]
    async fn is_given_up(computes: Depends<computes>) -> u8 {
        *computes
    }

    let armed = || Call::new().with(Armed(std::sync::Arc::new(Charge(&ARMED))));
    on_each_runtime(|| async {
        for app in [
            App::new(),
            App::builder()
                .sequential()
                .build()
                .expect("nothing is set wrongly"),
        ] {
            ARMED.store(true, Ordering::Relaxed);
            assert_eq!(app.run(show::handler, armed()).await.unwrap(), 1);
            assert!(
                !ARMED.load(Ordering::Relaxed),
                "it was dropped, and it panicked"
            );

            for signal in [&RUNS, &GIVEN_UP, &ENDED] {
                signal.reset();
            }
            ARMED.store(true, Ordering::Relaxed);
            tokio::select! {
                biased;
                () = RUNS.wait() => {}
                _ = app.run(is_given_up::handler, armed()) => panic!("it is not done yet"),
            }
            GIVEN_UP.give();
            ENDED.wait().await;
        }
    });
}

#[test]
fn a_hop_that_waits_for_a_thread_holds_nothing_of_a_request_that_is_given_up() {
    static LOG: Log = Log::new();
    static BUSY: Signal = Signal::new();
    static FREE: Signal = Signal::new();

    #[dependency]
    async fn held() -> SaysWhenDropped {
        SaysWhenDropped(&LOG, "dropped")
    }
    #[handler]
    fn never_starts(_held: Depends<held>) {
        LOG.add("started");
    }
    #[handler(sequential)]
    fn never_starts_sequentially(_held: Depends<held>) {
        LOG.add("started");
    }

    on_each_runtime(|| async {
        for app in both_kinds(one_thread) {
            let busy = Occupant::of(&app, &BUSY, &FREE).await;
            let patience = Duration::from_millis(20);
            let request = call_in(&app, never_starts::handler);
            assert!(tokio::time::timeout(patience, request).await.is_err());
            assert_eq!(LOG.take(), "dropped");
            let request = call_in(&app, never_starts_sequentially::handler);
            assert!(tokio::time::timeout(patience, request).await.is_err());
            assert_eq!(LOG.take(), "dropped");
            FREE.give();
            busy.leaves().await;
            is_over(&app).await;
            assert_eq!(LOG.take(), "");
        }
    });
}

#[test]
fn values_are_dropped_when_the_handler_is_done_though_an_offer_still_waits_for_a_thread() {
    static LOG: Log = Log::new();
    #[dependency]
    fn connection() -> SaysWhenDropped {
        SaysWhenDropped(&LOG, "dropped")
    }
    #[dependency]
    fn one(_connection: Depends<connection>) -> u8 {
        // The other one is offered, and this is the only thread.
        1
    }
    #[dependency]
    fn other(_connection: Depends<connection>) -> u8 {
        1
    }
    #[handler]
    fn show(one: Depends<one>, other: Depends<other>) -> u8 {
        *one + *other
    }

    on_each_runtime(|| async {
        let app = one_thread(App::builder())
            .build()
            .expect("nothing is wrong");
        assert_eq!(call_in(&app, show::handler).await, Ok(2));
        assert_eq!(LOG.take(), "dropped");
    });
}

#[test]
fn a_singleton_whose_flight_was_dropped_before_it_ran_is_made_by_the_next_one() {
    #[dependency(singleton)]
    async fn pool() -> u8 {
        1
    }
    #[handler]
    async fn read(pool: Depends<pool>) -> u8 {
        *pool
    }

    let app = App::new();
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
    };
    runtime().block_on(async {
        let request = call_in(&app, read::handler);
        assert!(futures_util::FutureExt::now_or_never(request).is_none());
    });
    assert_eq!(runtime().block_on(call_in(&app, read::handler)), Ok(1));
}

#[test]
fn a_destructor_does_not_run_under_the_lock_of_its_run() {
    static POLLED: Signal = Signal::new();
    static DRIVER_WENT_ON: Signal = Signal::new();

    struct WaitsForTheDriver;
    impl Drop for WaitsForTheDriver {
        fn drop(&mut self) {
            DRIVER_WENT_ON.wait_blocking();
        }
    }
    #[dependency]
    async fn slow_to_pass() -> Result<(), &'static str> {
        POLLED.wait().await;
        tokio::time::sleep(Duration::from_millis(20)).await;
        DRIVER_WENT_ON.give();
        Ok(())
    }
    #[dependency]
    async fn fails() -> Result<(), &'static str> {
        POLLED.wait().await;
        Err("failed")
    }
    #[dependency]
    fn first() -> u8 {
        1
    }
    #[dependency]
    async fn polled_there(_first: Depends<first>) -> u8 {
        let _waits = WaitsForTheDriver;
        POLLED.give();
        // The run is cut while this poll lasts, so the future is dropped on this thread.
        std::thread::sleep(Duration::from_millis(10));
        std::future::pending().await
    }
    #[handler]
    async fn show(_a: Depends<slow_to_pass>, _b: Depends<fails>, _c: Depends<polled_there>) {}

    on_each_runtime(|| async {
        POLLED.reset();
        DRIVER_WENT_ON.reset();
        let app = App::builder()
            .poll_on_lane(PollOnLane::Always)
            .build()
            .expect("nothing is set wrongly");
        assert_eq!(call_in(&app, show::handler).await, Err("failed".to_owned()));
    });
}

#[test]
fn a_later_async_node_is_dropped_at_once_though_the_thread_that_noticed_goes_on() {
    static DROPPED: Signal = Signal::new();
    static WAITING: Signal = Signal::new();

    struct Says;
    impl Drop for Says {
        fn drop(&mut self) {
            DROPPED.give();
        }
    }
    #[dependency]
    fn first() -> u8 {
        WAITING.wait_blocking();
        1
    }
    #[dependency]
    fn goes_on(_first: Depends<first>) -> Result<u8, &'static str> {
        DROPPED.wait_blocking();
        Ok(1)
    }
    #[dependency(inline)]
    fn fails(_first: Depends<first>) -> Result<u8, &'static str> {
        Err("failed")
    }
    #[dependency]
    async fn later() -> u8 {
        let _says = Says;
        WAITING.give();
        std::future::pending().await
    }
    #[handler]
    async fn show(_a: Depends<goes_on>, _b: Depends<fails>, _c: Depends<later>) {}

    on_each_runtime(|| async {
        DROPPED.reset();
        WAITING.reset();
        assert_eq!(call(show::handler).await, Err("failed".to_owned()));
    });
}

#[test]
fn the_error_of_what_a_singleton_is_made_from_is_named() {
    static TRIES: AtomicU32 = AtomicU32::new(0);

    #[derive(Debug)]
    struct NotReachable;
    #[dependency(transient)]
    fn connection() -> Result<u8, NotReachable> {
        TRIES.fetch_add(1, Ordering::Relaxed);
        Err(NotReachable)
    }
    impl std::fmt::Display for NotReachable {
        fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            formatter.write_str("not reachable")
        }
    }
    impl std::error::Error for NotReachable {}
    #[dependency(singleton)]
    fn pool(connection: Depends<connection>) -> u8 {
        *connection
    }
    #[handler]
    async fn read(pool: Depends<pool>) -> u8 {
        *pool
    }

    on_each_runtime(|| async {
        let rejection = call(read::handler).await.unwrap_err();
        assert!(
            rejection.starts_with("the singleton `pool` could not be made"),
            "{rejection}"
        );
        assert!(rejection.contains("NotReachable"), "{rejection}");
    });
}

#[test]
fn a_value_that_was_given_and_panics_when_it_is_dropped_does_not_harm_who_drops_the_app() {
    static DROPPED: AtomicBool = AtomicBool::new(false);

    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            DROPPED.store(true, Ordering::Relaxed);
            panic!("secret");
        }
    }
    #[dependency(singleton)]
    fn pool() -> Bomb {
        Bomb
    }
    #[dependency]
    fn connection() -> Bomb {
        Bomb
    }
    #[handler]
    async fn show(_pool: Depends<pool>, _connection: Depends<connection>) -> u8 {
        1
    }
    let builder = || {
        let builder = App::builder().replace_with::<pool>(Bomb);
        builder.replace_with::<connection>(Bomb)
    };
    let is_dropped = || assert!(DROPPED.swap(false, Ordering::Relaxed));

    on_each_runtime(|| async {
        for builder in [builder(), builder().sequential()] {
            let app = builder.build().expect("nothing is set wrongly");
            assert_eq!(call_in(&app, show::handler).await, Ok(1));
            assert!(!DROPPED.load(Ordering::Relaxed), "the app holds them");
            drop(app);
            is_dropped();
        }
        // Also where no request has used them, and where there is no app.
        drop(builder().build());
        is_dropped();
        drop(builder());
        is_dropped();
    });
}
