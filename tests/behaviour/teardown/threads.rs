//! What a plain function has made is dropped where it may block, and what may block shares a hop.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hueless::{App, Call, Depends, Outcome, dependency, handler};

use crate::support::{Log, Signal, call_in, in_each_app, is_over};

/// Says when it is dropped, and whether that may block there.
struct Blocks(&'static Log, &'static str);

impl Drop for Blocks {
    fn drop(&mut self) {
        let block = || hueless::block_on(async {});
        let may_block = catch_unwind(AssertUnwindSafe(block)).is_ok();
        let where_it_is = if may_block {
            "drop"
        } else {
            "drop-on-the-executor"
        };
        self.0.add(format!("{where_it_is}-{}", self.1));
    }
}

/// The hops of one request.
macro_rules! hops {
    ($app:expr, $handler:path) => {{
        let before = $app.stats().hops;
        assert_eq!(call_in(&$app, $handler).await, Ok(()));
        $app.stats().hops - before
    }};
}

#[test]
fn values_of_plain_functions_are_dropped_where_their_handler_ran() {
    static LOG: Log = Log::new();

    #[dependency]
    fn first() -> Blocks {
        Blocks(&LOG, "first")
    }
    #[dependency]
    async fn between(_first: Depends<first>) -> u8 {
        1
    }
    #[dependency]
    fn second(_between: Depends<between>) -> Blocks {
        Blocks(&LOG, "second")
    }
    #[handler]
    fn plain(_second: Depends<second>) {
        LOG.add("handler");
    }
    #[handler]
    async fn is_done_at_once(_second: Depends<second>) {
        LOG.add("handler");
    }
    #[handler]
    async fn waits(_second: Depends<second>) {
        tokio::task::yield_now().await;
        LOG.add("handler");
    }
    #[handler]
    fn fails(_second: Depends<second>) {
        panic!("it fails");
    }

    in_each_app(|app| async move {
        let is_concurrent = hops!(app, plain::handler) == 1;
        assert_eq!(LOG.take(), "handler drop-second drop-first");

        let hops = hops!(app, is_done_at_once::handler);
        assert_eq!(LOG.take(), "handler drop-second drop-first");
        assert_eq!(hops, if is_concurrent { 1 } else { 3 });

        // What waits goes on on the executor, and the drop is a hop of its own.
        let hops = hops!(app, waits::handler);
        assert_eq!(LOG.take(), "handler drop-second drop-first");
        assert_eq!(hops, if is_concurrent { 2 } else { 3 });

        assert!(call_in(&app, fails::handler).await.is_err());
        assert_eq!(LOG.take(), "drop-second drop-first");
        is_over(&app).await;
    });
}

#[test]
fn one_that_has_nothing_to_drop_costs_no_hop() {
    #[dependency]
    fn number() -> u8 {
        1
    }
    #[handler]
    async fn show(_number: Depends<number>) {}

    in_each_app(|app| async move {
        assert_eq!(hops!(app, show::handler), 1);
    });
}

#[test]
fn they_are_dropped_there_after_their_teardown_too() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end_first)]
    fn first() -> Blocks {
        Blocks(&LOG, "first")
    }
    fn end_first(_: Depends<first>, outcome: Outcome) {
        LOG.add(format!("end-first-{outcome}"));
    }
    #[dependency(teardown = end_second)]
    fn second(_first: Depends<first>) -> Blocks {
        Blocks(&LOG, "second")
    }
    async fn end_second(_: Depends<second>, _: Outcome) {
        LOG.add("end-second");
    }
    #[dependency(after_response = release_third)]
    fn third(_second: Depends<second>) -> Blocks {
        Blocks(&LOG, "third")
    }
    async fn release_third(_: Depends<third>, _: Outcome) {
        LOG.add("release-third");
    }
    #[dependency(after_response = release_fourth)]
    fn fourth(_third: Depends<third>) -> Blocks {
        Blocks(&LOG, "fourth")
    }
    fn release_fourth(_: Depends<fourth>, _: Outcome) {
        LOG.add("release-fourth");
    }
    #[handler]
    fn show(_fourth: Depends<fourth>) {}

    in_each_app(|app| async move {
        assert_eq!(call_in(&app, show::handler).await, Ok(()));
        is_over(&app).await;
        assert_eq!(
            LOG.take(),
            "end-second drop-second end-first-completed drop-first \
             release-fourth drop-fourth release-third drop-third"
        );
    });
}

#[test]
fn so_are_singletons_at_the_end_of_their_app() {
    static LOG: Log = Log::new();

    #[dependency(singleton)]
    fn only_dropped() -> Blocks {
        Blocks(&LOG, "only")
    }
    #[dependency(singleton, teardown = end_plain)]
    fn ended_plain(_only: Depends<only_dropped>) -> Blocks {
        Blocks(&LOG, "plain")
    }
    fn end_plain(_: Depends<ended_plain>, _: Outcome) {
        LOG.add("end-plain");
    }
    #[dependency(singleton, teardown = end_async)]
    fn ended_async(_plain: Depends<ended_plain>) -> Blocks {
        Blocks(&LOG, "async")
    }
    async fn end_async(_: Depends<ended_async>, _: Outcome) {
        LOG.add("end-async");
    }
    #[handler]
    async fn show(_ended: Depends<ended_async>) {}

    in_each_app(|app| async move {
        assert_eq!(call_in(&app, show::handler).await, Ok(()));
        is_over(&app).await;
        assert_eq!(
            LOG.take(),
            "end-async drop-async end-plain drop-plain drop-only"
        );
    });
}

#[test]
fn so_are_singletons_of_an_app_that_was_not_shut_down() {
    static LOG: Log = Log::new();
    static GONE: Signal = Signal::new();

    struct Says(#[expect(dead_code, reason = "it is dropped")] Blocks);
    impl Drop for Says {
        fn drop(&mut self) {
            LOG.add("last");
        }
    }
    struct Last;
    impl Drop for Last {
        fn drop(&mut self) {
            GONE.give();
        }
    }
    #[dependency(singleton)]
    async fn made_first() -> Last {
        Last
    }
    #[dependency(singleton)]
    fn made_last(_first: Depends<made_first>) -> Says {
        Says(Blocks(&LOG, "it"))
    }
    #[handler]
    async fn show(_last: Depends<made_last>) {}

    in_each_app(|app| async move {
        GONE.reset();
        assert_eq!(call_in(&app, show::handler).await, Ok(()));
        drop(app);
        GONE.wait().await;
        assert_eq!(LOG.take(), "last drop-it");
    });
}

#[test]
fn plain_teardowns_beside_each_other_share_a_hop() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end_first)]
    async fn first() -> u8 {
        1
    }
    fn end_first(_: Depends<first>, outcome: Outcome) {
        LOG.add(format!("first-{outcome}"));
    }
    #[dependency(teardown = end_second)]
    fn second(_first: Depends<first>) -> Blocks {
        Blocks(&LOG, "second")
    }
    fn end_second(_: Depends<second>, outcome: Outcome) {
        LOG.add(format!("second-{outcome}"));
        panic!("it fails");
    }
    #[dependency(executor)]
    async fn between(_second: Depends<second>) -> Blocks {
        Blocks(&LOG, "between")
    }
    #[dependency(teardown = end_third)]
    fn third(_between: Depends<between>) -> Result<Blocks, String> {
        Ok(Blocks(&LOG, "third"))
    }
    fn end_third(_: Depends<third>, outcome: Outcome) -> Result<(), String> {
        LOG.add(format!("third-{outcome}"));
        Err("the first that failed".to_owned())
    }
    #[handler(inline)]
    fn show(_third: Depends<third>) {}

    in_each_app(|app| async move {
        let error = call_in(&app, show::handler).await.expect_err("it fails");
        assert_eq!(error, "the first that failed");
        assert_eq!(
            LOG.take(),
            "third-completed drop-third drop-between second-failed drop-second first-failed"
        );
        let of_nodes = 2;
        assert_eq!(app.stats().hops, of_nodes + 1);
    });
}

#[test]
fn a_request_given_up_on_drops_them_there_too() {
    static LOG: Log = Log::new();
    static BEGUN: Signal = Signal::new();

    #[dependency]
    fn value() -> Blocks {
        Blocks(&LOG, "value")
    }
    #[handler]
    async fn waits(_value: Depends<value>) {
        BEGUN.give();
        std::future::pending::<()>().await;
    }

    async fn give_up(app: &App) {
        tokio::select! {
            biased;
            () = BEGUN.wait() => {}
            _ = app.run(waits::handler, Call::new()) => panic!("it waits"),
        }
    }

    in_each_app(|app| async move {
        BEGUN.reset();
        give_up(&app).await;
        is_over(&app).await;
        assert_eq!(LOG.take(), "drop-value");
    });
}
