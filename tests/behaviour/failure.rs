//! Which rejection leaves, and when.

use hueless::{Cancellation, Depends, dependency, handler};

use crate::support::{Log, SaysWhenDropped, Signal, call, on_each_runtime};

#[test]
fn the_first_in_declaration_order_is_reported_not_the_first_in_time() {
    static LATER_FAILED: Signal = Signal::new();

    #[dependency]
    async fn slow() -> Result<(), &'static str> {
        LATER_FAILED.wait().await;
        Err("403")
    }
    #[dependency]
    fn quick() -> Result<(), &'static str> {
        LATER_FAILED.give();
        Err("401")
    }
    #[handler]
    async fn show(_slow: Depends<slow>, _quick: Depends<quick>) {}

    on_each_runtime(|| async {
        LATER_FAILED.reset();
        assert_eq!(call(show::handler).await, Err("403".to_owned()));
    });
}

#[test]
fn after_a_failure_earlier_nodes_still_start_and_later_ones_do_not() {
    static LOG: Log = Log::new();
    static FAILED: Signal = Signal::new();

    #[dependency]
    async fn gate() -> () {
        FAILED.wait().await;
        // The run learns of the failure before this node ends.
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
    }
    #[dependency]
    fn earlier(_gate: Depends<gate>) -> Result<(), &'static str> {
        LOG.add("earlier");
        Err("earlier failed")
    }
    #[dependency]
    async fn fails() -> Result<(), &'static str> {
        FAILED.give();
        Err("fails failed")
    }
    #[dependency]
    async fn later(_gate: Depends<gate>) -> () {
        LOG.add("later");
    }
    #[handler]
    async fn show(_a: Depends<earlier>, _b: Depends<fails>, _c: Depends<later>) {}

    on_each_runtime(|| async {
        FAILED.reset();
        assert_eq!(call(show::handler).await, Err("earlier failed".to_owned()));
        assert_eq!(LOG.take(), "earlier");
    });
}

#[test]
fn a_later_async_node_is_dropped_and_a_later_blocking_one_is_told() {
    static LOG: Log = Log::new();
    static BOTH_RUN: Signal = Signal::new();
    static BLOCKING_ENDED: Signal = Signal::new();

    #[dependency]
    fn fails() -> Result<(), &'static str> {
        BOTH_RUN.wait_blocking();
        Err("401")
    }
    #[dependency]
    async fn waits() -> () {
        let _said = SaysWhenDropped(&LOG, "dropped");
        std::future::pending::<()>().await;
    }
    #[dependency]
    fn blocks(cancellation: Depends<Cancellation>) -> () {
        BOTH_RUN.give();
        hueless::block_on(cancellation.cancelled());
        LOG.add("told");
        BLOCKING_ENDED.give();
    }
    #[handler]
    async fn show(_a: Depends<fails>, _b: Depends<waits>, _c: Depends<blocks>) {}

    on_each_runtime(|| async {
        BOTH_RUN.reset();
        BLOCKING_ENDED.reset();
        assert_eq!(call(show::handler).await, Err("401".to_owned()));
        BLOCKING_ENDED.wait().await;
        assert_eq!(LOG.take_sorted(), "dropped told");
    });
}

#[test]
fn a_rejection_does_not_wait_for_a_later_blocking_node() {
    static REJECTED: Signal = Signal::new();
    static RUNS: Signal = Signal::new();
    static ENDED: Signal = Signal::new();

    #[dependency]
    async fn fails() -> Result<(), &'static str> {
        RUNS.wait().await;
        Err("401")
    }
    #[dependency]
    fn slow() -> () {
        RUNS.give();
        REJECTED.wait_blocking();
        ENDED.give();
    }
    #[handler]
    async fn show(_a: Depends<fails>, _b: Depends<slow>) {}

    on_each_runtime(|| async {
        for signal in [&REJECTED, &RUNS, &ENDED] {
            signal.reset();
        }
        assert_eq!(call(show::handler).await, Err("401".to_owned()));
        REJECTED.give();
        ENDED.wait().await;
    });
}

#[test]
fn a_rejection_does_not_wait_for_an_earlier_node_that_cannot_fail() {
    #[dependency]
    async fn cannot_fail() -> () {
        std::future::pending::<()>().await;
    }
    #[dependency]
    async fn fails() -> Result<(), &'static str> {
        Err("401")
    }
    #[handler]
    async fn show(_a: Depends<cannot_fail>, _b: Depends<fails>) {}

    on_each_runtime(|| async {
        assert_eq!(call(show::handler).await, Err("401".to_owned()));
    });
}

#[test]
fn a_shared_node_that_fails_is_reported_once_and_nothing_that_needs_it_runs() {
    static LOG: Log = Log::new();

    #[dependency]
    fn shared() -> Result<(), &'static str> {
        LOG.add("shared");
        Err("shared failed")
    }
    #[dependency]
    async fn one(_shared: Depends<shared>) -> () {
        LOG.add("one");
    }
    #[dependency]
    fn other(_shared: Depends<shared>) -> () {
        LOG.add("other");
    }
    #[handler]
    async fn show(_one: Depends<one>, _other: Depends<other>) {
        LOG.add("show");
    }

    on_each_runtime(|| async {
        assert_eq!(call(show::handler).await, Err("shared failed".to_owned()));
        assert_eq!(LOG.take(), "shared");
    });
}

#[test]
fn values_are_dropped_before_what_they_were_made_from() {
    static LOG: Log = Log::new();

    #[dependency]
    fn pool() -> SaysWhenDropped {
        SaysWhenDropped(&LOG, "pool")
    }
    #[dependency]
    async fn connection(_pool: Depends<pool>) -> SaysWhenDropped {
        SaysWhenDropped(&LOG, "connection")
    }
    #[dependency(inline)]
    fn transaction(_connection: Depends<connection>) -> SaysWhenDropped {
        SaysWhenDropped(&LOG, "transaction")
    }
    #[handler(inline)]
    fn show(_transaction: Depends<transaction>) {}
    #[handler(sequential)]
    async fn show_sequentially(_transaction: Depends<transaction>) {}

    on_each_runtime(|| async {
        call(show::handler).await.unwrap();
        assert_eq!(LOG.take(), "transaction connection pool");
        call(show_sequentially::handler).await.unwrap();
        assert_eq!(LOG.take(), "transaction connection pool");
    });
}
