//! A node starts as soon as its last input is ready; `sequential` starts one after another.

use hueless::{App, Depends, dependency, handler};

use crate::support::{Log, Signal, call, call_in, on_each_runtime};

#[test]
fn independent_nodes_overlap_whatever_their_colour() {
    static ASYNC_RUNS: Signal = Signal::new();
    static PLAIN_RUNS: Signal = Signal::new();
    static OTHER_RUNS: Signal = Signal::new();

    // Each is over only when it has seen the others run.
    #[dependency]
    async fn awaits() -> () {
        ASYNC_RUNS.give();
        PLAIN_RUNS.wait().await;
        OTHER_RUNS.wait().await;
    }
    #[dependency]
    fn blocks() -> () {
        PLAIN_RUNS.give();
        ASYNC_RUNS.wait_blocking();
        OTHER_RUNS.wait_blocking();
    }
    #[dependency]
    fn blocks_too() -> () {
        OTHER_RUNS.give();
        ASYNC_RUNS.wait_blocking();
        PLAIN_RUNS.wait_blocking();
    }
    #[handler]
    async fn all(
        _a: Depends<awaits>,
        _b: Depends<blocks>,
        _c: Depends<blocks_too>,
    ) -> &'static str {
        "met"
    }

    on_each_runtime(|| async {
        for signal in [&ASYNC_RUNS, &PLAIN_RUNS, &OTHER_RUNS] {
            signal.reset();
        }
        assert_eq!(call(all::handler).await, Ok("met"));
    });
}

#[test]
fn a_node_waits_for_its_own_inputs_and_not_for_a_level() {
    static DEEP_RAN: Signal = Signal::new();

    #[dependency]
    async fn slow() -> () {
        DEEP_RAN.wait().await;
    }
    #[dependency]
    async fn quick() -> u8 {
        1
    }
    #[dependency]
    fn deep(quick: Depends<quick>) -> u8 {
        DEEP_RAN.give();
        *quick + 1
    }
    #[handler]
    async fn both(_slow: Depends<slow>, deep: Depends<deep>) -> u8 {
        *deep
    }

    on_each_runtime(|| async {
        DEEP_RAN.reset();
        assert_eq!(call(both::handler).await, Ok(2));
    });
}

#[test]
fn what_becomes_ready_on_a_lane_thread_overlaps_too() {
    static ONE_RUNS: Signal = Signal::new();
    static OTHER_RUNS: Signal = Signal::new();

    #[dependency]
    fn first() -> () {}
    #[dependency]
    fn one(_first: Depends<first>) -> () {
        ONE_RUNS.give();
        OTHER_RUNS.wait_blocking();
    }
    #[dependency]
    fn other(_first: Depends<first>) -> () {
        OTHER_RUNS.give();
        ONE_RUNS.wait_blocking();
    }
    #[dependency]
    async fn awaits(_first: Depends<first>) -> () {
        ONE_RUNS.wait().await;
        OTHER_RUNS.wait().await;
    }
    #[handler]
    fn all(_a: Depends<one>, _b: Depends<other>, _c: Depends<awaits>) -> &'static str {
        "met"
    }

    on_each_runtime(|| async {
        ONE_RUNS.reset();
        OTHER_RUNS.reset();
        assert_eq!(call(all::handler).await, Ok("met"));
    });
}

#[dependency]
async fn awaits() -> () {
    LOG.add("(awaits");
    tokio::task::yield_now().await;
    LOG.add("awaits)");
}
#[dependency]
fn blocks() -> () {
    LOG.add("(blocks");
    LOG.add("blocks)");
}
#[dependency(inline)]
fn computes() -> () {
    LOG.add("computes");
}
#[dependency(cpu)]
fn computes_long(_computes: Depends<computes>) -> () {
    LOG.add("computes_long");
}
#[handler(sequential)]
fn in_order(
    _a: Depends<awaits>,
    _b: Depends<blocks>,
    _c: Depends<computes_long>,
    _d: Depends<computes>,
) {
    LOG.add("in_order");
}
#[handler]
fn in_any_order(
    _a: Depends<awaits>,
    _b: Depends<blocks>,
    _c: Depends<computes_long>,
    _d: Depends<computes>,
) {
    LOG.add("in_any_order");
}

static LOG: Log = Log::new();

#[test]
fn sequential_resolves_one_node_at_a_time_in_declaration_order() {
    on_each_runtime(|| async {
        let one_by_one = "(awaits awaits) (blocks blocks) computes computes_long";
        call(in_order::handler).await.unwrap();
        assert_eq!(LOG.take(), format!("{one_by_one} in_order"));

        let app = App::builder()
            .sequential()
            .build()
            .expect("nothing is set wrongly");
        call_in(&app, in_any_order::handler).await.unwrap();
        assert_eq!(LOG.take(), format!("{one_by_one} in_any_order"));
    });
}
