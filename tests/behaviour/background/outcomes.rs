//! Whether work runs, and what becomes of work that fails.

#![expect(
    clippy::needless_pass_by_value,
    reason = "a function that ends a value takes a handle"
)]

use hueless::{Background, Call, Depends, Invocation, Outcome, dependency, handler};

use super::{about_line, adds, fail};
use crate::heard;
use crate::support::{Log, Signal, call_in, in_each_app, is_over};

#[test]
fn one_that_fails_or_panics_is_logged_and_stops_no_other() {
    static LOG: Log = Log::new();

    #[dependency(after_response = release)]
    fn value() -> u8 {
        1
    }
    fn release(_: Depends<value>, outcome: Outcome) {
        LOG.add(format!("release-{outcome}"));
    }
    const FIRST: u32 = line!() + 3;
    #[handler]
    async fn show(_value: Depends<value>, background: Depends<Background>) -> u8 {
        background.add(|| Err::<(), _>("a plain error"));
        background.add(async { Err::<(), String>("an async error".to_owned()) });
        background.add(|| fail("a secret"));
        background.add(async { fail("a secret") });
        background.add(|| fail_with(Bomb));
        background.add(async {
            tokio::task::yield_now().await;
            fail("a secret");
        });
        background.add(|| {
            LOG.add("work");
            Ok::<(), String>(())
        });
        1
    }
    fn fail_with(payload: Bomb) {
        std::panic::resume_unwind(Box::new(payload));
    }
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("a secret");
        }
    }

    heard::listen();
    in_each_app(|app| async move {
        assert_eq!(call_in(&app, show::handler).await, Ok(1));
        is_over(&app).await;
        assert_eq!(LOG.take(), "work release-completed");
        for (line, error) in [
            (0, "a plain error"),
            (1, "an async error"),
            (2, "it panicked"),
            (3, "it panicked"),
            (4, "it panicked"),
            (5, "it panicked"),
        ] {
            assert_eq!(
                about_line(file!(), FIRST + line),
                [format!("ERROR work in the background failed error={error}")]
            );
        }
    });
}

#[test]
fn it_runs_only_if_the_handler_completed_and_says_so_else() {
    static LOG: Log = Log::new();

    const LINE: u32 = line!() + 3;
    #[dependency(teardown = end, after_response = release)]
    async fn adds_work(background: Depends<Background>) -> u8 {
        adds!(background, LOG, "never");
        1
    }
    fn end(_: Depends<adds_work>, _: Outcome) {
        LOG.add("end");
    }
    async fn release(_: Depends<adds_work>, outcome: Outcome) {
        LOG.add(outcome.to_string());
    }
    #[dependency(teardown = end_badly)]
    fn ends_badly(_adds: Depends<adds_work>) -> Result<u8, String> {
        Ok(1)
    }
    fn end_badly(_: Depends<ends_badly>, _: Outcome) -> Result<(), String> {
        Err("no commit".to_owned())
    }
    #[dependency]
    fn fails(_adds: Depends<adds_work>) -> Result<u8, String> {
        Err("no".to_owned())
    }
    #[handler]
    async fn err(_adds: Depends<adds_work>) -> Result<u8, String> {
        Err("no".to_owned())
    }
    #[handler]
    async fn rejected(_fails: Depends<fails>) {}
    #[handler]
    fn panics(_adds: Depends<adds_work>) {
        panic!("a secret");
    }
    #[handler]
    async fn takes_too_long(_adds: Depends<adds_work>) {
        std::future::pending::<()>().await;
    }
    #[handler(timeout = "1ms")]
    async fn is_overdue(_adds: Depends<adds_work>) {
        std::future::pending::<()>().await;
    }
    #[handler]
    async fn not_committed(_ends: Depends<ends_badly>) {}

    heard::listen();
    in_each_app(|app| async move {
        let request = app.run(takes_too_long::handler, Call::new());
        let mut request = Box::pin(request);
        assert!(futures_util::poll!(&mut request).is_pending());
        drop(request);
        assert!(call_in(&app, err::handler).await.is_ok());
        assert!(call_in(&app, rejected::handler).await.is_err());
        assert!(call_in(&app, panics::handler).await.is_err());
        assert!(call_in(&app, is_overdue::handler).await.is_err());
        assert!(call_in(&app, not_committed::handler).await.is_err());
        is_over(&app).await;
        assert_eq!(
            LOG.take_sorted(),
            "cancelled cancelled end end end end end end failed failed failed panicked"
        );
        let said = about_line(file!(), LINE);
        let expected = "WARN work in the background is not run, as the request did not complete";
        assert_eq!(said, [expected; 6]);
    });
}

#[test]
fn it_runs_though_nobody_took_the_response() {
    static LOG: Log = Log::new();

    #[dependency(after_response = release)]
    fn value() -> u8 {
        1
    }
    fn release(_: Depends<value>, outcome: Outcome) {
        LOG.add(format!("release-{outcome}"));
    }
    #[handler]
    async fn show(_value: Depends<value>, background: Depends<Background>) {
        adds!(background, LOG, "work");
    }

    in_each_app(|app| async move {
        drop(show::handler(Invocation::new(app.clone(), Call::new())).await);
        is_over(&app).await;
        assert_eq!(LOG.take(), "work release-cancelled");
    });
}

#[test]
fn what_a_teardown_adds_runs_whatever_became_of_the_request() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end)]
    fn reports(background: Depends<Background>) -> Background {
        Background::clone(&background)
    }
    fn end(background: Depends<reports>, outcome: Outcome) {
        background.add(move || LOG.add(format!("report-{outcome}")));
    }
    #[handler]
    async fn completes(_reports: Depends<reports>, background: Depends<Background>) {
        adds!(background, LOG, "work");
    }
    #[handler]
    fn err(_reports: Depends<reports>, background: Depends<Background>) -> Result<u8, u8> {
        adds!(background, LOG, "never");
        Err(1)
    }
    #[handler]
    fn panics(_reports: Depends<reports>, background: Depends<Background>) {
        adds!(background, LOG, "never");
        panic!("a secret");
    }

    in_each_app(|app| async move {
        assert!(call_in(&app, completes::handler).await.is_ok());
        assert!(call_in(&app, err::handler).await.is_ok());
        assert!(call_in(&app, panics::handler).await.is_err());
        is_over(&app).await;
        assert_eq!(
            LOG.take_sorted(),
            "report-completed report-failed report-panicked work"
        );
    });
}

#[test]
fn a_node_that_runs_on_behind_a_rejection_adds_nothing() {
    static LOG: Log = Log::new();
    static RUNS: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[dependency]
    async fn fails() -> Result<u8, String> {
        RUNS.wait().await;
        Err("no".to_owned())
    }
    const LINE: u32 = line!() + 5;
    #[dependency]
    fn runs_on(background: Depends<Background>) -> u8 {
        RUNS.give();
        GO_ON.wait_blocking();
        adds!(background, LOG, "never");
        1
    }
    #[handler]
    async fn show(_fails: Depends<fails>, _runs: Depends<runs_on>) {}

    heard::listen();
    crate::support::on_each_runtime(|| async {
        RUNS.reset();
        GO_ON.reset();
        let app = hueless::App::new();
        assert!(call_in(&app, show::handler).await.is_err());
        GO_ON.give();
        is_over(&app).await;
        assert_eq!(LOG.take(), "");
        assert_eq!(about_line(file!(), LINE).len(), 1);
    });
}
