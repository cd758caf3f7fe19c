//! A request that fails ends what it has made, and is told so.

use hueless::{App, Call, Depends, Failure, Outcome, dependency, handler};

use crate::heard;
use crate::support::{Log, SaysWhenDropped, call_in, in_each_app, is_over, on_each_runtime};

/// Middleware and scopes that roll back when something is thrown: an `Err` is a value like any other
/// to them, so what a failed request wrote is committed.
#[test]
fn a_handler_that_returns_err_does_not_commit_its_transaction() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end)]
    fn transaction() -> Result<(), String> {
        LOG.add("begin");
        Ok(())
    }
    fn end(_transaction: Depends<transaction>, outcome: Outcome) -> Result<(), String> {
        LOG.add(if outcome.is_completed() {
            "commit"
        } else {
            "rollback"
        });
        Ok(())
    }
    #[handler]
    async fn transfer(_transaction: Depends<transaction>) -> Result<(), String> {
        Err("no money".to_owned())
    }
    #[handler]
    fn transfer_plain(_transaction: Depends<transaction>) -> Result<(), String> {
        Err("no money".to_owned())
    }
    #[handler]
    async fn succeeds(_transaction: Depends<transaction>) -> Result<(), String> {
        Ok(())
    }

    in_each_app(|app| async move {
        let no_money = Ok(Err("no money".to_owned()));
        assert_eq!(call_in(&app, transfer::handler).await, no_money);
        assert_eq!(LOG.take(), "begin rollback");
        assert_eq!(call_in(&app, transfer_plain::handler).await, no_money);
        assert_eq!(LOG.take(), "begin rollback");
        assert_eq!(call_in(&app, succeeds::handler).await, Ok(Ok(())));
        assert_eq!(LOG.take(), "begin commit");
    });
}

/// froodi: the scope of a request is closed after its handler, and an `Err` on the way there leaves
/// it open.
#[test]
fn an_err_closes_the_scope_of_its_request() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end)]
    async fn session() -> SaysWhenDropped {
        LOG.add("session");
        SaysWhenDropped(&LOG, "session-dropped")
    }
    async fn end(_session: Depends<session>, outcome: Outcome) {
        LOG.add(format!("session-{outcome}"));
    }
    #[dependency]
    fn draft(_session: Depends<session>) -> SaysWhenDropped {
        LOG.add("draft");
        SaysWhenDropped(&LOG, "draft-dropped")
    }
    #[dependency]
    fn user(_draft: Depends<draft>) -> Result<u8, String> {
        LOG.add("user");
        Err("no user".to_owned())
    }
    #[handler]
    async fn of_a_dependency(_user: Depends<user>) {
        LOG.add("handler");
    }
    #[handler]
    fn of_the_handler(_draft: Depends<draft>) -> Result<u8, String> {
        LOG.add("handler");
        Err("not today".to_owned())
    }

    in_each_app(|app| async move {
        for _ in 0..2 {
            assert_eq!(
                call_in(&app, of_a_dependency::handler).await,
                Err("no user".to_owned())
            );
            assert_eq!(
                LOG.take(),
                "session draft user draft-dropped session-failed session-dropped"
            );
            let not_today = Ok(Err("not today".to_owned()));
            assert_eq!(call_in(&app, of_the_handler::handler).await, not_today);
            assert_eq!(
                LOG.take(),
                "session draft handler draft-dropped session-failed session-dropped"
            );
        }
    });
}

/// Finalisers that are called in a loop with `?`: the first one that fails is the last one called.
#[test]
fn a_failing_teardown_hides_no_other() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end_first, after_response = release_first)]
    async fn first() -> Result<(), String> {
        Ok(())
    }
    async fn end_first(_: Depends<first>, outcome: Outcome) -> Result<(), String> {
        LOG.add(format!("first-{outcome}"));
        Err("first-hidden".to_owned())
    }
    fn release_first(_: Depends<first>, outcome: Outcome) {
        LOG.add(format!("release-first-{outcome}"));
    }
    #[dependency(teardown = end_second, after_response = release_second)]
    fn second(_first: Depends<first>) -> () {}
    async fn end_second(_: Depends<second>, outcome: Outcome) {
        LOG.add(format!("second-{outcome}"));
        panic!("in a teardown");
    }
    fn release_second(_: Depends<second>, outcome: Outcome) {
        LOG.add(format!("release-second-{outcome}"));
        panic!("after the response");
    }
    #[dependency(teardown = end_third)]
    fn third(_second: Depends<second>) -> Result<(), String> {
        Ok(())
    }
    fn end_third(_: Depends<third>, outcome: Outcome) -> Result<(), String> {
        LOG.add(format!("third-{outcome}"));
        Err("no commit".to_owned())
    }
    #[handler]
    async fn show(_third: Depends<third>) -> &'static str {
        "never seen"
    }

    heard::listen();
    in_each_app(|app| async move {
        assert_eq!(
            call_in(&app, show::handler).await,
            Err("no commit".to_owned())
        );
        is_over(&app).await;
        assert_eq!(
            LOG.take(),
            "third-completed second-failed first-failed release-second-failed release-first-failed"
        );
        assert_eq!(
            heard::about("first"),
            ["ERROR a teardown failed error=first-hidden"]
        );
    });
}

/// The same where nothing but the teardown went wrong: what the client is told is the error, and not
/// the handler's value, which is no longer true.
#[test]
fn the_error_of_a_commit_is_the_response() {
    #[dependency(teardown = commit)]
    async fn transaction() -> () {}
    async fn commit(_: Depends<transaction>, _: Outcome) {
        panic!("the disk is full");
    }
    #[handler]
    fn save(_: Depends<transaction>) -> &'static str {
        "saved"
    }

    on_each_runtime(|| async {
        let error = App::new()
            .run(save::handler, Call::new())
            .await
            .unwrap_err();
        assert!(
            error
                .downcast_ref::<Failure>()
                .is_some_and(Failure::is_panic)
        );
    });
}
