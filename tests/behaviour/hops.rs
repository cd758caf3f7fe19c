//! How often a request crosses to a thread.

use std::sync::atomic::{AtomicU32, Ordering};

use hueless::{App, Depends, PollOnLane, dependency, handler};

use crate::occupied::one_thread;
use crate::support::{Log, Signal, Threads, call_in, on_each_runtime};

/// The hops of one request to a handler, in an app of its own.
macro_rules! hops {
    ($handler:path) => {
        hops!($handler, App::new())
    };
    ($handler:path, $app:expr) => {{
        let app = $app;
        call_in(&app, $handler).await.unwrap();
        app.stats().hops
    }};
}

#[test]
fn a_chain_of_blocking_nodes_with_its_handler_is_one_hop_on_one_thread() {
    static THREADS: Threads = Threads::new();

    #[dependency]
    fn first() -> () {
        THREADS.note("first");
    }
    #[dependency]
    fn second(_first: Depends<first>) -> () {
        THREADS.note("second");
    }
    #[dependency]
    fn third(_second: Depends<second>) -> () {
        THREADS.note("third");
    }
    #[handler]
    fn last(_third: Depends<third>) {
        THREADS.note("last");
    }

    on_each_runtime(|| async {
        assert_eq!(hops!(last::handler), 1);
        let thread = THREADS.of("first");
        assert_eq!(
            [
                THREADS.of("second"),
                THREADS.of("third"),
                THREADS.of("last")
            ],
            [thread; 3]
        );
    });
}

#[dependency]
fn before() -> () {
    THREADS.note("before");
}
#[dependency]
async fn between(_before: Depends<before>) -> () {
    THREADS.note("between");
}
#[dependency(executor)]
async fn between_on_executor(_before: Depends<before>) -> () {
    THREADS.note("between_on_executor");
}
#[handler]
fn after_it(_between: Depends<between>) {
    THREADS.note("after_it");
}
#[handler]
fn after_the_executor(_between: Depends<between_on_executor>) {
    THREADS.note("after_the_executor");
}
static THREADS: Threads = Threads::new();

#[test]
fn an_async_node_that_is_done_at_once_does_not_end_a_hop() {
    on_each_runtime(|| async {
        assert_eq!(hops!(after_it::handler), 1);
        assert_eq!(THREADS.of("before"), THREADS.of("between"));
        assert_eq!(THREADS.of("before"), THREADS.of("after_it"));

        let always = || {
            App::builder()
                .poll_on_lane(PollOnLane::Always)
                .build()
                .expect("nothing is set wrongly")
        };
        assert_eq!(hops!(after_it::handler, always()), 1);

        let never = || {
            App::builder()
                .poll_on_lane(PollOnLane::Never)
                .build()
                .expect("nothing is set wrongly")
        };
        assert_eq!(hops!(after_it::handler, never()), 2);
        assert_ne!(THREADS.of("before"), THREADS.of("between"));

        assert_eq!(hops!(after_the_executor::handler, always()), 2);
        assert_ne!(THREADS.of("before"), THREADS.of("between_on_executor"));
    });
}

#[test]
fn an_async_node_that_waits_goes_back_to_the_executor() {
    static HERE: Threads = Threads::new();

    #[dependency]
    fn blocks() -> () {
        HERE.note("blocks");
    }
    #[dependency]
    async fn waits(_blocks: Depends<blocks>) -> () {
        HERE.note("starts");
        tokio::task::yield_now().await;
        HERE.note("goes on");
    }
    #[handler]
    fn last(_waits: Depends<waits>) {}

    on_each_runtime(|| async {
        assert_eq!(hops!(last::handler), 2);
        assert_eq!(HERE.of("starts"), HERE.of("blocks"));
        assert_ne!(HERE.of("goes on"), HERE.of("blocks"));
    });
}

#[test]
fn an_async_handler_stays_on_the_executor() {
    static HERE: Threads = Threads::new();

    #[dependency]
    fn blocks() -> () {
        HERE.note("blocks");
    }
    #[handler]
    async fn last(_blocks: Depends<blocks>) {
        HERE.note("last");
    }

    on_each_runtime(|| async {
        assert_eq!(hops!(last::handler), 1);
        assert_ne!(HERE.of("last"), HERE.of("blocks"));
    });
}

#[test]
fn every_async_node_that_is_ready_is_polled_before_a_hop_leaves() {
    static LOG: Log = Log::new();

    #[dependency]
    fn blocks() -> () {
        LOG.add("blocks");
    }
    #[dependency]
    async fn one() -> () {
        LOG.add("one");
    }
    #[dependency]
    async fn other(_one: Depends<one>) -> () {
        LOG.add("other");
    }
    #[dependency(inline)]
    fn computes(_other: Depends<other>) -> () {
        LOG.add("computes");
    }
    #[handler]
    fn last(_a: Depends<blocks>, _b: Depends<other>, _c: Depends<computes>) {
        LOG.add("last");
    }

    on_each_runtime(|| async {
        assert_eq!(
            hops!(last::handler),
            1,
            "the handler goes on where the last input was made"
        );
        assert_eq!(LOG.take(), "one other computes blocks last");
    });
}

#[test]
fn slow_blocking_nodes_that_are_ready_together_run_on_threads_of_their_own() {
    static HERE: Threads = Threads::new();
    static LEFT: Signal = Signal::new();
    static RIGHT: Signal = Signal::new();

    #[dependency]
    fn first() -> () {}
    #[dependency]
    fn left(_first: Depends<first>) -> () {
        HERE.note("left");
        LEFT.give();
        RIGHT.wait_blocking();
    }
    #[dependency]
    fn right(_first: Depends<first>) -> () {
        HERE.note("right");
        RIGHT.give();
        LEFT.wait_blocking();
    }
    #[handler]
    fn last(_left: Depends<left>, _right: Depends<right>) {}

    on_each_runtime(|| async {
        LEFT.reset();
        RIGHT.reset();
        assert_eq!(hops!(last::handler), 2);
        assert_ne!(HERE.of("left"), HERE.of("right"));
    });
}

#[test]
fn what_nobody_took_runs_where_it_was_offered() {
    static RUNS: AtomicU32 = AtomicU32::new(0);

    #[dependency]
    fn first() -> () {}
    #[dependency]
    fn left(_first: Depends<first>) -> () {
        RUNS.fetch_add(1, Ordering::Relaxed);
    }
    #[dependency]
    fn right(_first: Depends<first>) -> () {
        RUNS.fetch_add(1, Ordering::Relaxed);
    }
    #[handler]
    fn last(_left: Depends<left>, _right: Depends<right>) {}

    // One thread for everything: what was offered is never taken by another.
    on_each_runtime(|| async {
        let app = one_thread(App::builder())
            .build()
            .expect("nothing is wrong");
        assert_eq!(call_in(&app, last::handler).await, Ok(()));
        assert_eq!(app.stats().hops, 1);
        assert_eq!(RUNS.swap(0, Ordering::Relaxed), 2);
    });
}

#[test]
fn nodes_known_to_be_short_share_a_hop() {
    #[dependency]
    async fn db() -> u8 {
        1
    }
    #[dependency]
    fn token() -> u8 {
        1
    }
    #[dependency]
    fn session(db: Depends<db>) -> u8 {
        *db
    }
    #[dependency]
    async fn user(token: Depends<token>, session: Depends<session>) -> u8 {
        *token + *session
    }
    #[dependency]
    fn permissions(user: Depends<user>, session: Depends<session>) -> u8 {
        *user + *session
    }
    #[handler]
    async fn show(user: Depends<user>, permissions: Depends<permissions>, db: Depends<db>) -> u8 {
        *user + *permissions + *db
    }

    on_each_runtime(|| async {
        let app = App::new();
        let mut fewest = u64::MAX;
        // Times are measured, and a machine may be busy for seconds, so this goes on for as long.
        for _ in 0..200_000 {
            let before = app.stats().hops;
            assert_eq!(call_in(&app, show::handler).await, Ok(6));
            let hops = app.stats().hops - before;
            assert!((1..=3).contains(&hops), "{hops} hops");
            fewest = fewest.min(hops);
            if fewest == 1 {
                break;
            }
        }
        assert_eq!(fewest, 1);
    });
}

#[test]
fn a_plan_with_no_blocking_node_makes_no_hop() {
    #[dependency(singleton)]
    async fn config() -> u8 {
        1
    }
    #[dependency(cpu)]
    fn computes_long(config: Depends<config>) -> u8 {
        *config
    }
    #[handler(inline)]
    fn show(computed: Depends<computes_long>) -> u8 {
        *computed
    }

    on_each_runtime(|| async {
        assert_eq!(hops!(show::handler), 0);
    });
}

#[test]
fn sequential_blocking_nodes_that_follow_each_other_share_a_hop() {
    #[dependency]
    fn one() -> () {}
    #[dependency]
    fn other() -> () {}
    #[dependency]
    async fn awaits() -> () {}
    #[handler(sequential)]
    fn last(_one: Depends<one>, _other: Depends<other>, _awaits: Depends<awaits>) {}

    on_each_runtime(|| async {
        assert_eq!(hops!(last::handler), 2);
    });
}
