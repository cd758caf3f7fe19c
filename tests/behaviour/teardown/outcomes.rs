//! What a teardown is told.

use std::fmt::Debug;
use std::io;

use hueless::{App, Call, Depends, Outcome, dependency, handler};

use crate::support::{Log, Signal, both_kinds, call_in, in_each_app, is_over, on_each_runtime};

/// What the teardown of `value` was told.
macro_rules! told {
    ($log:ident, $value:ident) => {
        static $log: Log = Log::new();

        #[dependency(teardown = end)]
        async fn $value() -> u8 {
            1
        }
        async fn end(_: Depends<$value>, outcome: Outcome) {
            $log.add(outcome.to_string());
        }
    };
}

#[test]
fn a_handler_has_failed_when_its_type_is_written_result_and_it_returned_err() {
    told!(LOG, value);

    #[handler]
    async fn of_async(_v: Depends<value>) -> Result<u8, String> {
        Err("no".to_owned())
    }
    #[handler]
    fn of_plain(_v: Depends<value>) -> Result<u8, String> {
        Err("no".to_owned())
    }
    #[handler(inline)]
    fn of_inline(_v: Depends<value>) -> Result<u8, String> {
        Err("no".to_owned())
    }
    #[handler(cpu)]
    fn of_cpu(_v: Depends<value>) -> Result<u8, String> {
        Err("no".to_owned())
    }
    #[expect(unused_qualifications, reason = "a path that ends in `Result` is one")]
    #[handler]
    fn of_std(_v: Depends<value>) -> std::result::Result<u8, ()> {
        Err(())
    }
    #[handler]
    async fn of_io(_v: Depends<value>) -> io::Result<u8> {
        Err(io::Error::other("no"))
    }
    #[handler]
    fn of_fmt(_v: Depends<value>) -> std::fmt::Result {
        Err(std::fmt::Error)
    }
    #[handler]
    async fn hides_it(_v: Depends<value>) -> Result<impl Debug, impl Debug> {
        Err::<u8, _>("no")
    }

    in_each_app(|app| async move {
        assert_eq!(
            call_in(&app, of_async::handler).await,
            Ok(Err("no".to_owned()))
        );
        assert_eq!(
            call_in(&app, of_plain::handler).await,
            Ok(Err("no".to_owned()))
        );
        assert_eq!(
            call_in(&app, of_inline::handler).await,
            Ok(Err("no".to_owned()))
        );
        assert_eq!(
            call_in(&app, of_cpu::handler).await,
            Ok(Err("no".to_owned()))
        );
        assert_eq!(call_in(&app, of_std::handler).await, Ok(Err(())));
        assert!(
            call_in(&app, of_io::handler)
                .await
                .is_ok_and(|it| it.is_err())
        );
        assert_eq!(
            call_in(&app, of_fmt::handler).await,
            Ok(Err(std::fmt::Error))
        );
        assert!(
            call_in(&app, hides_it::handler)
                .await
                .is_ok_and(|it| it.is_err())
        );
        is_over(&app).await;
        assert_eq!(LOG.take(), ["failed"; 8].join(" "));
    });
}

#[test]
fn anything_else_that_a_handler_returns_completes_it() {
    told!(LOG, value);

    type Answer = Result<u8, String>;
    #[derive(Debug, PartialEq)]
    struct NotFound;

    #[handler]
    async fn ok(_v: Depends<value>) -> Result<u8, String> {
        Ok(1)
    }
    #[handler]
    fn ok_of_io(_v: Depends<value>) -> io::Result<()> {
        Ok(())
    }
    #[handler]
    async fn none(_v: Depends<value>) -> Option<u8> {
        None
    }
    #[handler]
    fn not_found(_v: Depends<value>) -> NotFound {
        NotFound
    }
    #[handler]
    async fn of_an_alias(_v: Depends<value>) -> Answer {
        Err("no".to_owned())
    }
    #[handler]
    fn of_some_type(_v: Depends<value>) -> impl Debug {
        Err::<u8, _>("no")
    }
    #[handler]
    async fn inside_another(_v: Depends<value>) -> (Result<u8, String>,) {
        (Err("no".to_owned()),)
    }

    in_each_app(|app| async move {
        assert_eq!(call_in(&app, ok::handler).await, Ok(Ok(1)));
        assert!(
            call_in(&app, ok_of_io::handler)
                .await
                .is_ok_and(|it| it.is_ok())
        );
        assert_eq!(call_in(&app, none::handler).await, Ok(None));
        assert_eq!(call_in(&app, not_found::handler).await, Ok(NotFound));
        assert_eq!(
            call_in(&app, of_an_alias::handler).await,
            Ok(Err("no".to_owned()))
        );
        assert!(call_in(&app, of_some_type::handler).await.is_ok());
        assert!(call_in(&app, inside_another::handler).await.is_ok());
        is_over(&app).await;
        assert_eq!(LOG.take(), ["completed"; 7].join(" "));
    });
}

#[test]
fn a_dependency_that_fails_or_panics_says_so_to_what_was_made_before() {
    told!(LOG, value);

    #[dependency]
    fn fails(_v: Depends<value>) -> Result<u8, String> {
        Err("no".to_owned())
    }
    #[dependency]
    async fn fails_async(_v: Depends<value>) -> Result<u8, String> {
        Err("no".to_owned())
    }
    #[dependency]
    fn panics(_v: Depends<value>) -> u8 {
        panic!("a secret");
    }
    #[dependency]
    async fn panics_async(_v: Depends<value>) -> u8 {
        tokio::task::yield_now().await;
        panic!("a secret");
    }
    #[handler]
    async fn behind_failure(_f: Depends<fails>) {}
    #[handler]
    fn behind_async_failure(_f: Depends<fails_async>) {}
    #[handler]
    async fn behind_panic(_p: Depends<panics>) {}
    #[handler]
    fn behind_async_panic(_p: Depends<panics_async>) {}
    #[handler]
    fn panics_itself(_v: Depends<value>) -> Result<u8, String> {
        panic!("a secret");
    }

    in_each_app(|app| async move {
        assert!(call_in(&app, behind_failure::handler).await.is_err());
        assert!(call_in(&app, behind_async_failure::handler).await.is_err());
        assert!(call_in(&app, behind_panic::handler).await.is_err());
        assert!(call_in(&app, behind_async_panic::handler).await.is_err());
        assert!(call_in(&app, panics_itself::handler).await.is_err());
        is_over(&app).await;
        assert_eq!(LOG.take(), "failed failed panicked panicked panicked");
    });
}

#[test]
fn of_a_panic_and_a_failure_the_one_that_is_reported_counts() {
    told!(LOG, value);
    static LATER_IS_DONE: Signal = Signal::new();

    #[dependency]
    async fn fails_first(_v: Depends<value>) -> Result<u8, String> {
        LATER_IS_DONE.wait().await;
        Err("the failure".to_owned())
    }
    #[dependency]
    async fn panics_first(_v: Depends<value>) -> Result<u8, String> {
        LATER_IS_DONE.wait().await;
        panic!("a secret");
    }
    struct Done;
    impl Drop for Done {
        fn drop(&mut self) {
            LATER_IS_DONE.give();
        }
    }
    #[dependency]
    async fn panics_later(_v: Depends<value>) -> u8 {
        let _done = Done;
        panic!("a secret");
    }
    #[dependency]
    fn fails_later(_v: Depends<value>) -> Result<u8, String> {
        let _done = Done;
        Err("not this one".to_owned())
    }
    #[handler]
    async fn panic_is_later(_f: Depends<fails_first>, _p: Depends<panics_later>) {}
    #[handler]
    async fn panic_is_first(_p: Depends<panics_first>, _f: Depends<fails_later>) {}

    on_each_runtime(|| async {
        let app = App::new();
        LATER_IS_DONE.reset();
        let answer = call_in(&app, panic_is_later::handler).await;
        assert_eq!(answer, Err("the failure".to_owned()));
        LATER_IS_DONE.reset();
        let answer = call_in(&app, panic_is_first::handler).await;
        assert_eq!(answer, Err("`panics_first` panicked".to_owned()));
        is_over(&app).await;
        assert_eq!(LOG.take(), "failed panicked");
    });
}

#[test]
fn a_request_that_is_dropped_is_cancelled() {
    told!(LOG, value);
    static STARTED: Signal = Signal::new();

    #[handler]
    async fn show(_v: Depends<value>) {
        STARTED.give();
        std::future::pending::<()>().await;
    }

    in_each_app(|app| async move {
        STARTED.reset();
        tokio::select! {
            biased;
            () = STARTED.wait() => {}
            _ = app.run(show::handler, Call::new()) => panic!("it never ends"),
        }
        is_over(&app).await;
        assert_eq!(LOG.take(), "cancelled");
    });
}

#[test]
fn a_teardown_that_fails_is_a_failure_to_those_after_it_and_changes_nothing_else() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end_first)]
    async fn first() -> u8 {
        1
    }
    async fn end_first(_: Depends<first>, outcome: Outcome) {
        LOG.add(format!("first-{outcome}"));
    }
    #[dependency(teardown = end_fails)]
    fn fails(_first: Depends<first>) -> Result<u8, String> {
        Ok(1)
    }
    fn end_fails(_: Depends<fails>, outcome: Outcome) -> Result<(), String> {
        LOG.add(format!("fails-{outcome}"));
        Err("no commit".to_owned())
    }
    #[dependency(teardown = end_last)]
    async fn last(_fails: Depends<fails>) -> u8 {
        1
    }
    async fn end_last(_: Depends<last>, outcome: Outcome) {
        LOG.add(format!("last-{outcome}"));
    }
    #[handler]
    async fn completes(_last: Depends<last>) {}
    #[handler]
    fn panics(_last: Depends<last>) {
        panic!("a secret");
    }

    in_each_app(|app| async move {
        let answer = call_in(&app, completes::handler).await;
        assert_eq!(answer, Err("no commit".to_owned()));
        assert_eq!(LOG.take(), "last-completed fails-completed first-failed");

        let answer = call_in(&app, panics::handler).await;
        assert_eq!(answer, Err("`panics` panicked".to_owned()));
        assert_eq!(LOG.take(), "last-panicked fails-panicked first-panicked");
        is_over(&app).await;
    });
}

#[test]
fn a_handler_that_has_returned_on_its_thread_has_completed_though_nobody_has_looked_yet() {
    static LOG: Log = Log::new();
    static RETURNED: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    /// Dropped when the handler is over, on its thread, which is still at work for the request.
    struct SaysSo;
    impl Drop for SaysSo {
        fn drop(&mut self) {
            RETURNED.give();
            GO_ON.wait_blocking();
        }
    }

    #[dependency(teardown = end)]
    async fn transaction() -> u8 {
        1
    }
    async fn end(_: Depends<transaction>, outcome: Outcome) {
        LOG.add(outcome.to_string());
    }
    #[dependency]
    fn says_so(_transaction: Depends<transaction>) -> SaysSo {
        SaysSo
    }
    #[handler]
    fn succeeds(_says_so: Depends<says_so>) {}
    #[handler]
    fn fails(_says_so: Depends<says_so>) -> Result<(), u8> {
        Err(1)
    }
    #[handler]
    fn panics(_says_so: Depends<says_so>) {
        panic!("a secret");
    }

    macro_rules! give_up {
        ($app:expr, $handler:path) => {{
            RETURNED.reset();
            GO_ON.reset();
            let mut request = Box::pin($app.run($handler, Call::new()));
            assert!(futures_util::poll!(&mut request).is_pending());
            RETURNED.wait().await;
            drop(request);
            GO_ON.give();
            is_over(&$app).await;
            LOG.take()
        }};
    }

    on_each_runtime(|| async {
        for handler in [0, 1, 2] {
            for app in both_kinds(|builder| builder) {
                let told = match handler {
                    0 => (give_up!(app, succeeds::handler), "completed"),
                    1 => (give_up!(app, fails::handler), "failed"),
                    _ => (give_up!(app, panics::handler), "panicked"),
                };
                assert_eq!(told.0, told.1);
            }
        }
    });
}
