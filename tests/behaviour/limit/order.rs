//! In which order slots are taken: so that requests never wait for each other in a circle, and first
//! come, first served.

use futures_util::future::join_all;
use hueless::{App, Call, Depends, Input, dependency, handler};

use super::{Count, Live, give_way};
use crate::support::{Log, Signal, in_each_app, is_over, on_each_runtime};

/// How often a request gives way between its nodes.
type Pauses = Input<[usize; 2]>;

#[test]
fn requests_that_need_two_in_opposite_order_all_finish() {
    static LEFT: Count = Count::new();
    static RIGHT: Count = Count::new();

    #[dependency(limit = 1)]
    async fn left(Input(pauses): Pauses) -> Live {
        give_way(pauses[0]).await;
        LEFT.one()
    }
    #[dependency(limit = 1)]
    async fn right(Input(pauses): Pauses) -> Live {
        give_way(pauses[1]).await;
        RIGHT.one()
    }
    #[handler(requires(left, right))]
    async fn left_first(_left: Depends<left>, _right: Depends<right>) {
        give_way(1).await;
    }
    #[handler(requires(right, left))]
    async fn right_first(_left: Depends<left>, _right: Depends<right>) {
        give_way(1).await;
    }

    in_each_app(|app| async move {
        for schedule in 0..200 {
            let requests = (0..12).map(|request| {
                let app = app.clone();
                tokio::spawn(async move {
                    give_way(request * schedule % 5).await;
                    let pauses = [schedule % (request + 3), (schedule + request) % 7];
                    let call = Call::new().with(pauses);
                    if (request + schedule / 3) % 2 == 0 {
                        app.run(left_first::handler, call).await
                    } else {
                        app.run(right_first::handler, call).await
                    }
                })
            });
            for request in join_all(requests).await {
                request.unwrap().unwrap();
            }
        }
        is_over(&app).await;
        assert_eq!((LEFT.take_most(), RIGHT.take_most()), (1, 1));
    });
}

#[test]
fn also_where_they_are_plain_and_stand_behind_guards_and_each_other() {
    #[dependency(guard, limit = 1)]
    fn token() -> u8 {
        1
    }
    #[dependency(limit = 1)]
    fn pool() -> u8 {
        2
    }
    #[dependency(limit = 2)]
    async fn lease(pool: Depends<pool>) -> u8 {
        give_way(2).await;
        *pool
    }
    #[dependency(guard, limit = 1)]
    fn admitted(lease: Depends<lease>) -> u8 {
        *lease
    }
    #[handler]
    fn guarded_by_token(pool: Depends<pool>, _token: Depends<token>) -> u8 {
        *pool
    }
    #[handler(requires(pool))]
    async fn guarded_after(token: Depends<token>, _admitted: Depends<admitted>) -> u8 {
        *token
    }
    #[handler]
    fn guarded_twice(admitted: Depends<admitted>, token: Depends<token>) -> u8 {
        *admitted + *token
    }

    in_each_app(|app| async move {
        for round in 0..40 {
            let requests = (0..9).map(|request| {
                let app = app.clone();
                tokio::spawn(async move {
                    give_way((request + round) % 4).await;
                    match (request + round) % 3 {
                        0 => app.run(guarded_by_token::handler, Call::new()).await,
                        1 => app.run(guarded_after::handler, Call::new()).await,
                        _ => app.run(guarded_twice::handler, Call::new()).await,
                    }
                })
            });
            for request in join_all(requests).await {
                assert!(request.unwrap().unwrap() > 0);
            }
        }
    });
}

#[test]
fn who_comes_first_is_served_first() {
    static LOG: Log = Log::new();

    #[dependency(limit = 1)]
    async fn ticket(Input(number): Input<u8>) -> u8 {
        LOG.add(number.to_string());
        number
    }
    #[handler]
    async fn hold(_ticket: Depends<ticket>) {
        give_way(3).await;
    }

    in_each_app(|app| async move {
        let requests = (0..8_u8).map(|number| app.run(hold::handler, Call::new().with(number)));
        // They are polled in this order.
        for request in join_all(requests).await {
            request.unwrap();
        }
        assert_eq!(LOG.take(), "0 1 2 3 4 5 6 7");
    });
}

#[test]
fn a_slot_is_taken_when_its_node_may_start_and_not_before() {
    static GO_ON: Signal = Signal::new();

    #[dependency(guard)]
    async fn slow_guard() -> () {
        GO_ON.wait().await;
    }
    #[dependency(limit = 1)]
    async fn pool() -> u8 {
        1
    }
    #[handler]
    async fn guarded(_slow_guard: Depends<slow_guard>, _pool: Depends<pool>) {}
    #[handler]
    async fn free(_pool: Depends<pool>) {}

    in_each_app(|app| async move {
        GO_ON.reset();
        let waits = super::spawn!(app, guarded);
        give_way(5).await;
        assert!(super::is_free!(app, free));
        GO_ON.give();
        waits.await.unwrap().unwrap();
    });
}

/// A request that needs the second of the app first takes the first as well, and holds both.
#[test]
fn a_slot_is_taken_early_if_a_later_one_is_needed_first() {
    static GO_ON: Signal = Signal::new();
    static LOG: Log = Log::new();

    #[dependency(limit = 1)]
    async fn first() -> u8 {
        LOG.add("first");
        1
    }
    #[dependency(limit = 1)]
    async fn second() -> u8 {
        LOG.add("second");
        GO_ON.wait().await;
        2
    }
    #[handler]
    async fn in_order(_first: Depends<first>, _second: Depends<second>) {}
    #[handler(requires(second, first))]
    async fn other_way_round() {}
    #[handler]
    async fn just_first(_first: Depends<first>) {}

    in_each_app(|app| async move {
        // The app gets to know them in this order.
        GO_ON.give();
        app.run(in_order::handler, Call::new()).await.unwrap();
        LOG.take();

        GO_ON.reset();
        let holds_both = super::spawn!(app, other_way_round);
        while !LOG.contains("second") {
            give_way(1).await;
        }
        assert!(!super::is_free!(app, just_first));
        GO_ON.give();
        holds_both.await.unwrap().unwrap();
        assert_eq!(LOG.take(), "second first");
        assert!(super::is_free!(app, just_first));
        LOG.take();
    });
}

#[test]
fn two_apps_have_slots_of_their_own() {
    static GO_ON: Signal = Signal::new();

    #[dependency(limit = 1)]
    async fn pool() -> u8 {
        1
    }
    #[handler]
    async fn hold(_pool: Depends<pool>) {
        GO_ON.wait().await;
    }
    #[handler]
    async fn free(_pool: Depends<pool>) {}

    on_each_runtime(|| async {
        GO_ON.reset();
        let (one, other) = (App::new(), App::new());
        let holds = super::spawn!(one, hold);
        while super::is_free!(one, free) {
            give_way(1).await;
        }
        assert!(super::is_free!(other, free));
        GO_ON.give();
        holds.await.unwrap().unwrap();
    });
}
