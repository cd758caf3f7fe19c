//! `queue`: who is turned away.

use futures_util::future::join_all;
use hueless::{App, Call, Depends, Input, Outcome, dependency, handler};

use super::{failure, give_way};
use crate::support::{Log, Signal, in_each_app, is_over, on_each_runtime};

#[test]
fn beyond_the_queue_a_request_is_overloaded_and_nothing_of_it_is_torn_down() {
    static GO_ON: Signal = Signal::new();
    static LOG: Log = Log::new();

    #[dependency(limit = 1, queue = 1, teardown = end)]
    async fn pool(Input(number): Input<u8>) -> u8 {
        LOG.add(format!("made-{number}"));
        number
    }
    async fn end(pool: Depends<pool>, outcome: Outcome) {
        LOG.add(format!("end-{}-{outcome}", *pool));
    }
    #[handler]
    async fn hold(_pool: Depends<pool>) {
        GO_ON.wait().await;
    }

    in_each_app(|app| async move {
        GO_ON.reset();
        let requests = (0..4_u8).map(|number| app.run(hold::handler, Call::new().with(number)));
        let let_go = async {
            give_way(3).await;
            GO_ON.give();
        };
        let (results, ()) = tokio::join!(join_all(requests), let_go);
        let [holds, waits, refused, other]: [_; 4] = results.try_into().unwrap();
        assert!(holds.is_ok() && waits.is_ok());
        for refused in [refused, other] {
            let failure = failure(refused);
            assert!(failure.is_overloaded());
            let said = failure.to_string();
            assert_eq!(
                said,
                "overloaded: no more requests may wait for a slot of `pool`"
            );
        }
        is_over(&app).await;
        assert_eq!(LOG.take(), "made-0 end-0-completed made-1 end-1-completed");
    });
}

#[test]
fn with_no_queue_nobody_waits() {
    static GO_ON: Signal = Signal::new();

    #[dependency(limit = 2, queue = 0)]
    fn pool() -> u8 {
        1
    }
    #[handler]
    async fn hold(_pool: Depends<pool>) {
        GO_ON.wait().await;
    }

    in_each_app(|app| async move {
        GO_ON.reset();
        let requests = (0..5).map(|_| app.run(hold::handler, Call::new()));
        let let_go = async {
            give_way(3).await;
            GO_ON.give();
        };
        let (results, ()) = tokio::join!(join_all(requests), let_go);
        let served: Vec<bool> = results.iter().map(Result::is_ok).collect();
        assert_eq!(served, [true, true, false, false, false]);
        assert!(app.run(hold::handler, Call::new()).await.is_ok());
    });
}

#[test]
fn it_is_a_failure_at_the_place_of_the_node() {
    static GO_ON: Signal = Signal::new();

    #[dependency(limit = 1, queue = 0)]
    async fn pool() -> u8 {
        1
    }
    #[dependency]
    async fn earlier(Input(fails): Input<bool>) -> Result<(), String> {
        give_way(3).await;
        if fails {
            Err("earlier".to_owned())
        } else {
            Ok(())
        }
    }
    #[dependency]
    async fn later() -> Result<(), String> {
        Err("later".to_owned())
    }
    #[handler]
    async fn hold(_pool: Depends<pool>) {
        GO_ON.wait().await;
    }
    #[handler]
    async fn asks(_earlier: Depends<earlier>, _pool: Depends<pool>, _later: Depends<later>) {}

    in_each_app(|app| async move {
        GO_ON.reset();
        let mut holds = Box::pin(app.run(hold::handler, Call::new()));
        assert!(futures_util::poll!(&mut holds).is_pending());
        let asked = |fails: bool| app.run(asks::handler, Call::new().with(fails));
        assert_eq!(asked(true).await.unwrap_err().to_string(), "earlier");
        assert!(failure(asked(false).await).is_overloaded());
        GO_ON.give();
        holds.await.unwrap();
        assert_eq!(asked(false).await.unwrap_err().to_string(), "later");
    });
}

#[test]
fn who_gives_up_leaves_a_place_in_the_queue() {
    static GO_ON: Signal = Signal::new();

    #[dependency(limit = 1, queue = 1)]
    async fn pool() -> u8 {
        1
    }
    #[handler]
    async fn hold(_pool: Depends<pool>) {
        GO_ON.wait().await;
    }

    on_each_runtime(|| async {
        GO_ON.reset();
        let app = App::new();
        let mut holds = Box::pin(app.run(hold::handler, Call::new()));
        assert!(futures_util::poll!(&mut holds).is_pending());
        let mut gives_up = Box::pin(app.run(hold::handler, Call::new()));
        assert!(futures_util::poll!(&mut gives_up).is_pending());
        let refused = app.run(hold::handler, Call::new()).await;
        assert!(failure(refused).is_overloaded());
        drop(gives_up);
        let mut waits = Box::pin(app.run(hold::handler, Call::new()));
        assert!(futures_util::poll!(&mut waits).is_pending());
        GO_ON.give();
        holds.await.unwrap();
        waits.await.unwrap();
    });
}

#[test]
fn what_a_singleton_is_made_from_turns_away_who_needs_the_singleton() {
    static GO_ON: Signal = Signal::new();

    #[dependency(transient, limit = 1, queue = 0)]
    async fn connection() -> u8 {
        1
    }
    #[dependency(singleton)]
    async fn cache(connection: Depends<connection>) -> u8 {
        *connection
    }
    #[handler]
    async fn hold(_connection: Depends<connection>) {
        GO_ON.wait().await;
    }
    #[handler]
    async fn show(cache: Depends<cache>) -> u8 {
        *cache
    }

    in_each_app(|app| async move {
        GO_ON.reset();
        let mut holds = Box::pin(app.run(hold::handler, Call::new()));
        assert!(futures_util::poll!(&mut holds).is_pending());
        assert!(failure(app.run(show::handler, Call::new()).await).is_overloaded());
        GO_ON.give();
        holds.await.unwrap();
    });
}

#[test]
fn the_numbers_say_how_many_slots_are_taken_and_who_waits() {
    static GO_ON: Signal = Signal::new();

    #[dependency(limit = 2)]
    async fn pool() -> u8 {
        1
    }
    #[handler]
    async fn hold(_pool: Depends<pool>) {
        GO_ON.wait().await;
    }

    in_each_app(|app| async move {
        GO_ON.reset();
        let slots = || (app.stats().slots, app.stats().waiting_for_slots);
        assert_eq!(slots(), (0, 0));
        let requests = join_all((0..5).map(|_| app.run(hold::handler, Call::new())));
        let look = async {
            give_way(3).await;
            assert_eq!(slots(), (2, 3));
            GO_ON.give();
        };
        let (results, ()) = tokio::join!(requests, look);
        assert!(results.iter().all(Result::is_ok));
        is_over(&app).await;
        assert_eq!(slots(), (0, 0));
    });
}
