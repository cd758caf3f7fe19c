//! How requests, nodes and values end.

use hueless::explain::Fate;
use hueless::{App, Call, Depends, Outcome, dependency, handler};

use super::{explained, explaining, named};
use crate::support::{PATIENCE, Signal, call_in, on_each_runtime};

#[test]
fn what_failed_and_what_never_ran_is_told_apart() {
    #[dependency]
    fn token() -> Result<u8, String> {
        Err("no token".to_owned())
    }
    #[dependency]
    fn user(token: Depends<token>) -> u8 {
        *token
    }
    #[handler]
    async fn show(user: Depends<user>) -> u8 {
        *user
    }

    explained(|app, explanations| async move {
        assert!(call_in(&app, show::handler).await.is_err());
        let explanation = explanations.wait_for_next().await;
        assert_eq!(explanation.outcome(), Outcome::Failed);
        let fates = ["token", "user", "show"].map(|name| named(&explanation, name).fate);
        assert_eq!(fates, [Fate::Failed, Fate::Skipped, Fate::Skipped]);
        assert!(named(&explanation, "show").began.is_none());
        let path: Vec<_> = explanation.critical_path().map(|node| node.name).collect();
        assert_eq!(path, ["token"]);
    });
}

#[test]
fn a_request_that_is_given_up_is_told_as_far_as_it_came() {
    static BEGUN: Signal = Signal::new();

    #[dependency]
    async fn endless() -> u8 {
        BEGUN.give();
        std::future::pending().await
    }
    #[handler]
    async fn show(endless: Depends<endless>) -> u8 {
        *endless
    }

    explained(|app, explanations| async move {
        BEGUN.reset();
        let request = tokio::spawn(app.run(show::handler, Call::new()));
        BEGUN.wait().await;
        request.abort();
        let explanation = explanations.wait_for_next().await;
        assert_eq!(explanation.outcome(), Outcome::Cancelled);
        assert_eq!(explanation.answered(), None);
        let endless = named(&explanation, "endless");
        assert_eq!(endless.fate, Fate::Dropped);
        // It ran until then.
        assert!(endless.began < endless.ended, "{endless:?}");
        assert_eq!(named(&explanation, "show").fate, Fate::Skipped);
    });
}

#[test]
fn a_request_that_is_turned_away_is_refused_and_not_cancelled() {
    static BEGUN: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[handler]
    fn hold() {
        BEGUN.give();
        GO_ON.wait_blocking();
    }

    on_each_runtime(|| async {
        BEGUN.reset();
        GO_ON.reset();
        let (app, explanations) = explaining(App::builder().seats(1).queue_limit(0));
        let held = tokio::spawn(app.run(hold::handler, Call::new()));
        BEGUN.wait().await;
        assert!(app.run(hold::handler, Call::new()).await.is_err());
        let overloaded = explanations.wait_for_next().await;
        GO_ON.give();
        assert!(held.await.expect("no panic").is_ok());
        let held = explanations.wait_for_next().await;
        app.shutdown(PATIENCE).await.expect("nothing goes on");
        assert!(app.run(hold::handler, Call::new()).await.is_err());
        let late = explanations.wait_for_next().await;

        for refused in [overloaded, late] {
            assert!(refused.is_refused());
            assert_eq!(refused.outcome(), Outcome::Failed);
            assert!(refused.answered().is_some());
            assert!(refused.to_string().starts_with("hold: refused, answered"));
            assert!(refused.nodes().iter().all(|node| node.began.is_none()));
        }
        assert!(!held.is_refused());
    });
}

#[test]
fn endings_are_told_with_their_threads() {
    #[dependency(teardown = commit, after_response = release)]
    fn transaction() -> u8 {
        1
    }
    fn commit(_: Depends<transaction>, _: Outcome) {}
    async fn release(_: Depends<transaction>, _: Outcome) {}

    #[dependency(teardown = close)]
    async fn file(transaction: Depends<transaction>) -> u8 {
        *transaction
    }
    async fn close(_: Depends<file>, _: Outcome) {}

    #[handler]
    async fn write(file: Depends<file>) -> u8 {
        *file
    }

    explained(|app, explanations| async move {
        assert_eq!(call_in(&app, write::handler).await, Ok(1));
        let explanation = explanations.wait_for_next().await;
        let transaction = named(&explanation, "transaction");
        let commit = transaction.teardown.as_ref().expect("it was torn down");
        let release = transaction
            .after_response
            .as_ref()
            .expect("it was released");
        let close = named(&explanation, "file").teardown.as_ref();
        let close = close.expect("it was torn down");
        assert!(commit.thread.starts_with("hueless"), "{}", commit.thread);
        assert!(close.ended <= commit.began && commit.ended <= release.began);
        let answered = explanation.answered().expect("somebody waited");
        assert!((commit.ended..=release.began).contains(&answered));
        assert!(release.ended <= explanation.over());
    });
}
