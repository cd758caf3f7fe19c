//! Teardowns that return an error.

use std::fmt;

use hueless::{BoxError, Depends, Outcome, dependency, handler};

use crate::heard;
use crate::support::{Log, call_in, in_each_app, is_over};

#[test]
fn the_first_error_is_the_answer_and_the_others_are_logged() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end_third)]
    async fn third_to_fail() -> Result<u8, String> {
        Ok(1)
    }
    async fn end_third(_: Depends<third_to_fail>, outcome: Outcome) -> Result<(), String> {
        tokio::task::yield_now().await;
        LOG.add(format!("third-{outcome}"));
        Err("third".to_owned())
    }
    #[dependency(teardown = end_second)]
    fn second_to_fail() -> Result<u8, String> {
        Ok(1)
    }
    fn end_second(_: Depends<second_to_fail>, outcome: Outcome) -> Result<(), String> {
        LOG.add(format!("second-{outcome}"));
        Err("second".to_owned())
    }
    #[dependency(teardown = end_first)]
    async fn first_to_fail() -> Result<u8, String> {
        Ok(1)
    }
    async fn end_first(_: Depends<first_to_fail>, outcome: Outcome) -> Result<(), String> {
        LOG.add(format!("first-{outcome}"));
        Err("first".to_owned())
    }
    #[dependency(teardown = end_well)]
    fn ends_well() -> Result<u8, String> {
        Ok(1)
    }
    fn end_well(_: Depends<ends_well>, outcome: Outcome) -> Result<(), String> {
        LOG.add(format!("well-{outcome}"));
        Ok(())
    }
    #[handler]
    async fn show(
        _third: Depends<third_to_fail>,
        _second: Depends<second_to_fail>,
        _first: Depends<first_to_fail>,
        _well: Depends<ends_well>,
    ) -> u8 {
        1
    }

    heard::listen();
    in_each_app(|app| async move {
        let answer = call_in(&app, show::handler).await;
        assert_eq!(answer, Err("first".to_owned()));
        assert_eq!(
            LOG.take(),
            "well-completed first-completed second-failed third-failed"
        );
        assert_eq!(heard::about("first_to_fail"), [""; 0]);
        let failed = |error| [format!("ERROR a teardown failed error={error}")];
        assert_eq!(heard::about("second_to_fail"), failed("second"));
        assert_eq!(heard::about("third_to_fail"), failed("third"));
        is_over(&app).await;
    });
}

#[test]
fn who_has_failed_already_keeps_its_answer() {
    #[dependency(teardown = end)]
    fn keeps() -> Result<u8, String> {
        Ok(1)
    }
    fn end(_: Depends<keeps>, outcome: Outcome) -> Result<(), String> {
        Err(format!("of the teardown, {outcome}"))
    }
    #[dependency]
    fn fails(_keeps: Depends<keeps>) -> Result<u8, String> {
        Err("of the dependency".to_owned())
    }
    #[handler]
    async fn err(_keeps: Depends<keeps>) -> Result<u8, &'static str> {
        Err("of the handler")
    }
    #[handler]
    fn rejected(_fails: Depends<fails>) {}
    #[handler]
    fn panics(_keeps: Depends<keeps>) {
        panic!("a secret");
    }

    heard::listen();
    in_each_app(|app| async move {
        let failed = |outcome: Outcome| {
            [format!(
                "ERROR a teardown failed error=of the teardown, {outcome}"
            )]
        };
        let answer = call_in(&app, err::handler).await;
        assert_eq!(answer, Ok(Err("of the handler")));
        assert_eq!(heard::about("keeps"), failed(Outcome::Failed));

        let answer = call_in(&app, rejected::handler).await;
        assert_eq!(answer, Err("of the dependency".to_owned()));
        assert_eq!(heard::about("keeps"), failed(Outcome::Failed));

        let answer = call_in(&app, panics::handler).await;
        assert_eq!(answer, Err("`panics` panicked".to_owned()));
        assert_eq!(heard::about("keeps"), failed(Outcome::Panicked));
        is_over(&app).await;
    });
}

#[test]
fn an_error_says_what_it_can_of_itself() {
    struct Displayed;
    impl fmt::Display for Displayed {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("displayed")
        }
    }
    #[derive(Debug)]
    struct Debugged;
    struct Silent;
    impl From<Displayed> for BoxError {
        fn from(_: Displayed) -> Self {
            "a rejection".into()
        }
    }
    impl From<Debugged> for BoxError {
        fn from(_: Debugged) -> Self {
            "a rejection".into()
        }
    }
    impl From<Silent> for BoxError {
        fn from(_: Silent) -> Self {
            "a rejection".into()
        }
    }

    #[dependency(teardown = end_displayed)]
    fn displays() -> Result<u8, Displayed> {
        Ok(1)
    }
    fn end_displayed(_: Depends<displays>, _: Outcome) -> Result<(), Displayed> {
        Err(Displayed)
    }
    #[dependency(after_response = end_debugged)]
    fn debugs() -> Result<u8, Debugged> {
        Ok(1)
    }
    async fn end_debugged(_: Depends<debugs>, _: Outcome) -> Result<(), Debugged> {
        Err(Debugged)
    }
    #[dependency(teardown = end_silent, after_response = end_silent)]
    async fn says_nothing() -> Result<u8, Silent> {
        Ok(1)
    }
    fn end_silent(_: Depends<says_nothing>, _: Outcome) -> Result<(), Silent> {
        Err(Silent)
    }
    #[handler]
    fn show(
        _a: Depends<displays>,
        _b: Depends<debugs>,
        _c: Depends<says_nothing>,
    ) -> Result<(), &'static str> {
        Err("so every error is logged")
    }

    heard::listen();
    in_each_app(|app| async move {
        assert!(call_in(&app, show::handler).await.is_ok());
        is_over(&app).await;
        assert_eq!(
            heard::about("displays"),
            ["ERROR a teardown failed error=displayed"]
        );
        assert_eq!(
            heard::about("debugs"),
            ["ERROR an `after_response` failed error=Debugged"]
        );
        assert_eq!(
            heard::about("says_nothing"),
            [
                "ERROR a teardown failed error=it returned an error",
                "ERROR an `after_response` failed error=it returned an error"
            ]
        );
    });
}
