//! A context of one's own says whether its last parameter is read from a client, and else has no
//! limit.

use std::time::Duration;

use hueless::{
    Context, Depends, Extract, ExtractLast, Failure, Outcome, Reject, dependency, handler,
};
use tokio::time::sleep;

use crate::support::{Log, both_kinds, is_over, on_a_paused_clock};

/// A request whose words take their time.
struct Line<const IS_A_BODY: bool>(Duration);

#[derive(Debug)]
struct Word;

impl<const IS_A_BODY: bool> Context for Line<IS_A_BODY> {
    type Rejection = String;
    type State = ();

    fn fail(failure: Failure) -> String {
        assert_eq!(failure.is_body_timeout(), IS_A_BODY);
        assert!(!failure.is_timeout());
        failure.to_string()
    }
}

impl<const IS_A_BODY: bool> Extract<Word> for Line<IS_A_BODY> {
    async fn extract(&mut self) -> Result<Word, String> {
        sleep(self.0).await;
        Ok(Word)
    }
}

impl ExtractLast<Word, ()> for Line<false> {
    async fn extract_last(&mut self, _: usize) -> Result<Word, String> {
        self.extract().await
    }
}

impl ExtractLast<Word, ()> for Line<true> {
    const READS_BODY: bool = true;

    async fn extract_last(&mut self, _: usize) -> Result<Word, String> {
        self.extract().await
    }
}

impl Reject<String> for Line<false> {
    fn reject(error: String) -> String {
        error
    }
}

#[handler]
async fn last(_word: Word) {}

#[dependency]
async fn read(_word: Word) -> u8 {
    1
}

/// Only the last parameter of the handler reads a body.
#[handler]
async fn behind_dependency(_read: Depends<read>) {}

const LONG: Duration = Duration::from_millis(30_001);

#[test]
fn only_what_reads_a_body_has_that_limit() {
    on_a_paused_clock(|| async {
        for app in both_kinds(|builder| builder) {
            assert_eq!(app.run(last::handler, Line::<false>(LONG)).await, Ok(()));
            let answer = app
                .run(behind_dependency::handler, Line::<true>(LONG))
                .await;
            assert_eq!(answer, Ok(()));

            let in_time = Line::<true>(Duration::from_millis(29_999));
            assert_eq!(app.run(last::handler, in_time).await, Ok(()));
            let answer = app.run(last::handler, Line::<true>(LONG)).await;
            let said = "the body that `Word` reads took longer than 30s to arrive";
            assert_eq!(answer, Err(said.to_owned()));
        }
        let hour = |builder: hueless::AppBuilder| builder.body_timeout(Duration::from_secs(3_600));
        for app in both_kinds(hour) {
            assert_eq!(app.run(last::handler, Line::<true>(LONG)).await, Ok(()));
        }
        for app in both_kinds(|builder| builder.body_timeout(None)) {
            let year = Duration::from_secs(60 * 60 * 24 * 365);
            assert_eq!(app.run(last::handler, Line::<true>(year)).await, Ok(()));
        }
    });
}

#[test]
fn a_rejection_that_keeps_nothing_is_sent_at_once_and_counts_as_cancelled() {
    static LOG: Log = Log::new();

    #[dependency(after_response = release)]
    fn value() -> u8 {
        1
    }
    fn release(_: Depends<value>, outcome: Outcome) {
        LOG.add(outcome.to_string());
    }
    #[handler]
    async fn completes(_value: Depends<value>) {}
    #[dependency(teardown = end)]
    async fn ends_badly(_value: Depends<value>) -> Result<u8, String> {
        Ok(1)
    }
    async fn end(_: Depends<ends_badly>, _: Outcome) -> Result<(), String> {
        Err("no".to_owned())
    }
    #[handler]
    async fn is_rejected(_ends: Depends<ends_badly>) {}

    on_a_paused_clock(|| async {
        for app in both_kinds(|builder| builder) {
            let line = || Line::<false>(Duration::ZERO);
            assert_eq!(app.run(completes::handler, line()).await, Ok(()));
            let answer = app.run(is_rejected::handler, line()).await;
            assert_eq!(answer, Err("no".to_owned()));
            is_over(&app).await;
            assert_eq!(LOG.take_sorted(), "completed failed");
        }
    });
}
