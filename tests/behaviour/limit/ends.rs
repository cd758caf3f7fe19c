//! When a slot is free again.

use hueless::{Call, Depends, Invocation, Outcome, Reply, dependency, handler};

use super::{gets_free, is_free, spawn};
use crate::support::{Signal, in_each_app, is_over};

#[test]
fn after_the_teardown_of_its_value() {
    static TEARDOWN: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(limit = 1, teardown = end)]
    async fn pool() -> u8 {
        1
    }
    async fn end(_: Depends<pool>, _: Outcome) {
        TEARDOWN.give();
        GO_ON.wait().await;
    }
    #[handler]
    async fn hold(_pool: Depends<pool>) {}

    in_each_app(|app| async move {
        TEARDOWN.reset();
        GO_ON.reset();
        let holds = spawn!(app, hold);
        TEARDOWN.wait().await;
        assert!(!is_free!(app, hold));
        GO_ON.give();
        holds.await.unwrap().unwrap();
        assert!(is_free!(app, hold));
        is_over(&app).await;
    });
}

#[test]
fn after_that_of_its_value_though_others_are_torn_down_later() {
    static TEARDOWN: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(teardown = end)]
    async fn earlier() -> u8 {
        1
    }
    async fn end(_: Depends<earlier>, _: Outcome) {
        TEARDOWN.give();
        GO_ON.wait().await;
    }
    #[dependency(limit = 1)]
    async fn pool() -> u8 {
        1
    }
    #[handler]
    async fn hold(_earlier: Depends<earlier>, _pool: Depends<pool>) {}
    #[handler]
    async fn free(_pool: Depends<pool>) {}

    in_each_app(|app| async move {
        TEARDOWN.reset();
        GO_ON.reset();
        let holds = spawn!(app, hold);
        TEARDOWN.wait().await;
        assert!(is_free!(app, free));
        GO_ON.give();
        holds.await.unwrap().unwrap();
    });
}

#[test]
fn after_what_is_done_with_it_after_the_response() {
    static RELEASED: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(limit = 1, teardown = end, after_response = release)]
    fn pool() -> u8 {
        1
    }
    fn end(_: Depends<pool>, _: Outcome) {}
    async fn release(_: Depends<pool>, _: Outcome) {
        RELEASED.give();
        GO_ON.wait().await;
    }
    #[handler]
    async fn hold(_pool: Depends<pool>) {}

    in_each_app(|app| async move {
        RELEASED.reset();
        GO_ON.reset();
        let reply: Reply<()> = hold::handler(Invocation::new(app.clone(), Call::new()))
            .await
            .unwrap();
        // The response is not sent.
        assert!(!is_free!(app, hold));
        let ((), after_response) = reply.into_parts();
        after_response.sent();
        RELEASED.wait().await;
        assert!(!is_free!(app, hold));
        GO_ON.give();
        gets_free!(app, hold);
        is_over(&app).await;
    });
}

#[test]
fn when_the_last_handle_to_its_value_is_gone() {
    #[dependency(limit = 1)]
    async fn pool() -> u8 {
        1
    }
    #[dependency(transient, limit = 1)]
    fn buffer() -> Vec<u8> {
        Vec::new()
    }
    #[handler]
    async fn takes(pool: Depends<pool>) -> [Depends<pool>; 2] {
        [pool.clone(), pool]
    }
    #[handler]
    async fn takes_buffer(buffer: Depends<buffer>) -> Depends<buffer> {
        buffer
    }

    in_each_app(|app| async move {
        let [one, other] = app.run(takes::handler, Call::new()).await.unwrap();
        drop(one);
        assert!(!is_free!(app, takes));
        drop(other);
        assert!(is_free!(app, takes));

        let buffer = gets_free!(app, takes_buffer);
        let mut waits = Box::pin(app.run(takes_buffer::handler, Call::new()));
        assert!(futures_util::poll!(&mut waits).is_pending());
        drop(buffer);
        waits.await.unwrap();
    });
}
