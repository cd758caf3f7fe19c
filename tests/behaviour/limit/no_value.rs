//! When a slot is free again for which there is no value, or not yet.

use hueless::{App, Call, Depends, block_on, dependency, handler};

use super::{gets_free, give_way, is_free, spawn};
use crate::support::{Log, Signal, in_each_app, is_over, on_each_runtime};

#[test]
fn at_once_when_its_node_fails_or_panics() {
    static GO_ON: Signal = Signal::new();

    /// Goes on for longer than the other, and is not waited for.
    #[dependency]
    fn blocks() -> u8 {
        GO_ON.wait_blocking();
        1
    }
    #[dependency(limit = 1)]
    async fn fails() -> Result<u8, String> {
        Err("no".to_owned())
    }
    #[dependency(limit = 1)]
    fn panics() -> u8 {
        panic!("no")
    }
    #[handler]
    async fn show_failure(_fails: Depends<fails>, _blocks: Depends<blocks>) {}
    #[handler]
    async fn show_panic(_panics: Depends<panics>) {}

    on_each_runtime(|| async {
        GO_ON.reset();
        let app = App::new();
        for _ in 0..3 {
            assert!(app.run(show_failure::handler, Call::new()).await.is_err());
            assert!(app.run(show_panic::handler, Call::new()).await.is_err());
        }
        GO_ON.give();
        is_over(&app).await;
        let app = App::builder().sequential().build().unwrap();
        for _ in 0..3 {
            assert!(app.run(show_failure::handler, Call::new()).await.is_err());
            assert!(app.run(show_panic::handler, Call::new()).await.is_err());
        }
    });
}

#[test]
fn when_it_was_taken_for_a_node_that_never_starts() {
    static GO_ON: Signal = Signal::new();
    static LOG: Log = Log::new();

    #[dependency(limit = 1)]
    async fn first() -> u8 {
        LOG.add("never");
        1
    }
    #[dependency(limit = 1)]
    async fn second() -> Result<u8, String> {
        Err("no".to_owned())
    }
    #[dependency]
    fn blocks() -> u8 {
        GO_ON.wait_blocking();
        1
    }
    #[handler]
    async fn in_order(_first: Depends<first>, _second: Depends<second>) {}
    #[handler(requires(second, first))]
    async fn other_way_round(_blocks: Depends<blocks>) {}
    #[handler]
    async fn free(_first: Depends<first>) {}

    in_each_app(|app| async move {
        assert!(app.run(in_order::handler, Call::new()).await.is_err());
        LOG.take();
        for _ in 0..2 {
            assert!(
                app.run(other_way_round::handler, Call::new())
                    .await
                    .is_err()
            );
        }
        assert_eq!(LOG.take(), "");
        assert!(is_free!(app, free));
        LOG.take();
    });
}

#[test]
fn when_the_request_is_given_up_while_it_waits_or_runs() {
    static BEGUN: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(limit = 1)]
    async fn endless() -> u8 {
        BEGUN.give();
        std::future::pending().await
    }
    #[dependency(limit = 1)]
    fn blocks() -> u8 {
        BEGUN.give();
        block_on(GO_ON.wait());
        1
    }
    #[handler]
    async fn show_endless(_endless: Depends<endless>) {}
    #[handler]
    async fn show_blocks(_blocks: Depends<blocks>) {}

    in_each_app(|app| async move {
        for _ in 0..3 {
            BEGUN.reset();
            let runs = spawn!(app, show_endless);
            BEGUN.wait().await;
            let mut waits = Box::pin(app.run(show_endless::handler, Call::new()));
            assert!(futures_util::poll!(&mut waits).is_pending());
            let mut next = Box::pin(app.run(show_endless::handler, Call::new()));
            assert!(futures_util::poll!(&mut next).is_pending());
            drop(waits);
            BEGUN.reset();
            runs.abort();
            assert!(runs.await.is_err());
            // The next one has it now.
            assert!(futures_util::poll!(&mut next).is_pending());
            assert!(BEGUN.is_given());
        }

        BEGUN.reset();
        GO_ON.reset();
        let runs = spawn!(app, show_blocks);
        BEGUN.wait().await;
        runs.abort();
        assert!(runs.await.is_err());
        // It still runs on its thread.
        assert!(!is_free!(app, show_blocks));
        give_way(3).await;
        GO_ON.give();
        gets_free!(app, show_blocks);
        is_over(&app).await;
    });
}

#[test]
fn the_time_of_a_node_does_not_count_while_it_waits() {
    static GO_ON: Signal = Signal::new();

    #[dependency(limit = 1, timeout = "30ms")]
    async fn pool() -> u8 {
        1
    }
    #[handler]
    async fn hold(_pool: Depends<pool>) {
        GO_ON.wait().await;
    }

    crate::support::with_time_paused(async {
        for app in crate::support::both_kinds(|builder| builder) {
            GO_ON.reset();
            let mut holds = Box::pin(app.run(hold::handler, Call::new()));
            assert!(futures_util::poll!(&mut holds).is_pending());
            let mut waits = Box::pin(app.run(hold::handler, Call::new()));
            assert!(futures_util::poll!(&mut waits).is_pending());
            tokio::time::advance(std::time::Duration::from_secs(1)).await;
            assert!(futures_util::poll!(&mut waits).is_pending());
            GO_ON.give();
            holds.await.unwrap();
            waits.await.unwrap();
        }
    });
}
