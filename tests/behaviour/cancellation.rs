//! The future of a request is dropped.

mod everywhere;
mod teardowns;

use hueless::{App, Call, Cancellation, Depends, dependency, handler};

use crate::support::{Log, SaysWhenDropped, Signal, on_each_runtime};

/// Polls the request until `until` is given, then drops it.
macro_rules! give_up {
    ($app:expr, $handler:path, $until:expr) => {{
        let request = $app.run($handler, Call::new());
        tokio::select! {
            biased;
            () = $until.wait() => {}
            _ = request => panic!("the request is not done yet"),
        }
    }};
}

#[test]
fn async_nodes_are_dropped_and_blocking_ones_that_have_not_started_never_start() {
    static LOG: Log = Log::new();
    static STARTED: Signal = Signal::new();

    #[dependency]
    async fn waits() -> () {
        let _said = SaysWhenDropped(&LOG, "dropped");
        STARTED.give();
        std::future::pending::<()>().await;
    }
    #[dependency]
    fn blocks(_waits: Depends<waits>) -> () {
        LOG.add("started");
    }
    #[handler]
    async fn show(_blocks: Depends<blocks>) {}

    on_each_runtime(|| async {
        STARTED.reset();
        let app = App::new();
        give_up!(app, show::handler, STARTED);
        assert_eq!(LOG.take(), "dropped");
        assert_eq!(app.stats().hops, 0);
    });
}

#[test]
fn a_blocking_node_that_runs_is_told_and_ends_and_nothing_follows() {
    static LOG: Log = Log::new();
    static RUNS: Signal = Signal::new();
    static ENDED: Signal = Signal::new();

    #[dependency]
    fn blocks(cancellation: Depends<Cancellation>) -> SaysWhenDropped {
        RUNS.give();
        hueless::block_on(cancellation.cancelled());
        LOG.add("told");
        SaysWhenDropped(&LOG, "value dropped")
    }
    #[dependency]
    fn follows(_blocks: Depends<blocks>) -> () {
        LOG.add("follows");
    }
    #[dependency]
    async fn outlives_it() -> EndsWithTheRun {
        EndsWithTheRun
    }
    struct EndsWithTheRun;
    impl Drop for EndsWithTheRun {
        fn drop(&mut self) {
            ENDED.give();
        }
    }
    #[handler]
    fn show(_first: Depends<outlives_it>, _follows: Depends<follows>) {
        LOG.add("handler");
    }
    #[handler(sequential)]
    fn show_sequentially(_first: Depends<outlives_it>, _follows: Depends<follows>) {
        LOG.add("handler");
    }

    on_each_runtime(|| async {
        RUNS.reset();
        ENDED.reset();
        give_up!(App::new(), show::handler, RUNS);
        ENDED.wait().await;
        assert_eq!(LOG.take(), "told value dropped");

        RUNS.reset();
        ENDED.reset();
        give_up!(App::new(), show_sequentially::handler, RUNS);
        ENDED.wait().await;
        assert_eq!(LOG.take(), "told value dropped");
    });
}

#[test]
fn an_async_node_that_a_lane_thread_polls_is_dropped_after_that_poll() {
    static LOG: Log = Log::new();
    static POLLED: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();
    static DROPPED: Signal = Signal::new();

    struct SignalsDrop;
    impl Drop for SignalsDrop {
        fn drop(&mut self) {
            LOG.add("dropped");
            DROPPED.give();
        }
    }
    #[dependency]
    fn blocks() -> () {}
    #[dependency]
    async fn polled_there(_blocks: Depends<blocks>) -> () {
        let _signals = SignalsDrop;
        POLLED.give();
        GO_ON.wait_blocking();
        tokio::task::yield_now().await;
        LOG.add("polled again");
    }
    #[handler]
    fn show(_polled: Depends<polled_there>) {}

    on_each_runtime(|| async {
        for signal in [&POLLED, &GO_ON, &DROPPED] {
            signal.reset();
        }
        give_up!(App::new(), show::handler, POLLED);
        GO_ON.give();
        DROPPED.wait().await;
        assert_eq!(LOG.take(), "dropped");
    });
}

#[test]
fn a_run_goes_on_when_its_future_moves_to_another_task() {
    static STARTED: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[dependency]
    async fn waits() -> u8 {
        STARTED.give();
        GO_ON.wait().await;
        1
    }
    #[handler]
    fn show(waits: Depends<waits>) -> u8 {
        *waits
    }

    on_each_runtime(|| async {
        STARTED.reset();
        GO_ON.reset();
        let app = App::new();
        let mut request = Box::pin(app.run(show::handler, Call::new()));
        tokio::select! {
            biased;
            () = STARTED.wait() => {}
            _ = &mut request => panic!("the request is not done yet"),
        }
        let elsewhere = tokio::spawn(request);
        GO_ON.give();
        assert_eq!(elsewhere.await.unwrap().unwrap(), 1);
    });
}
