//! Work for after the response is done, or it is said that it is not.

use axum::Router;
use axum::routing::get;
use hueless::axum::require;
use hueless::{Background, Call, Depends, Invocation, Outcome, dependency, handler};

use super::give_up;
use crate::client::{ask, get as request};
use crate::heard;
use crate::support::{Log, Signal, call_in, in_each_app, is_over};

static WAITS: Signal = Signal::new();

/// What is written when a request is over, by its teardown and after its response.
#[dependency(teardown = end, after_response = release)]
fn audit(background: Depends<Background>) -> Background {
    Background::clone(&background)
}

fn end(audit: Depends<audit>, outcome: Outcome) {
    audit.add(move || LOG.add(format!("teardown-{outcome}")));
}

async fn release(audit: Depends<audit>, outcome: Outcome) {
    audit.add(async move { LOG.add(format!("release-{outcome}")) });
}

static LOG: Log = Log::new();

#[handler]
async fn succeeds(_audit: Depends<audit>, background: Depends<Background>) {
    background.add(|| LOG.add("handler"));
}

#[handler]
fn fails(_audit: Depends<audit>, background: Depends<Background>) -> Result<(), String> {
    background.add(|| LOG.add("never"));
    Err("no".to_owned())
}

#[handler]
async fn panics(_audit: Depends<audit>, background: Depends<Background>) {
    background.add(|| LOG.add("never"));
    panic!("no");
}

#[handler]
async fn waits(_audit: Depends<audit>, background: Depends<Background>) {
    background.add(|| LOG.add("never"));
    WAITS.give();
    std::future::pending::<()>().await;
}

/// FastAPI: background tasks are taken out of the request before the exits of its dependencies run:
/// what those add is in a list that nobody looks at any more.
#[test]
fn work_that_a_teardown_adds_is_not_lost() {
    heard::listen();
    in_each_app(|app| async move {
        assert_eq!(call_in(&app, succeeds::handler).await, Ok(()));
        is_over(&app).await;
        assert_eq!(LOG.take(), "handler teardown-completed release-completed");
    });
    in_each_app(|app| async move {
        assert_eq!(
            call_in(&app, fails::handler).await,
            Ok(Err("no".to_owned()))
        );
        is_over(&app).await;
        assert_eq!(LOG.take(), "teardown-failed release-failed");
    });
    in_each_app(|app| async move {
        assert!(call_in(&app, panics::handler).await.is_err());
        is_over(&app).await;
        assert_eq!(LOG.take(), "teardown-panicked release-panicked");
    });
    in_each_app(|app| async move {
        WAITS.reset();
        give_up(&app, waits::handler, &WAITS).await;
        is_over(&app).await;
        assert_eq!(LOG.take(), "teardown-cancelled release-cancelled");
    });
    // What a handler added that did not complete is not done, but that is said: once for each run.
    let not_run = heard::about(file!());
    assert_eq!(not_run.len(), 3 * 4, "{not_run:?}");
    assert!(
        not_run.iter().all(|said| said.contains("is not run")),
        "{not_run:?}"
    );
}

/// The same for a reply that nobody sends, as when the client leaves before the body.
#[test]
fn work_is_done_when_the_reply_is_dropped_unsent() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end)]
    fn audit(background: Depends<Background>) -> Background {
        Background::clone(&background)
    }
    async fn end(audit: Depends<audit>, outcome: Outcome) {
        audit.add(async move { LOG.add(format!("teardown-{outcome}")) });
    }
    #[handler]
    async fn show(_audit: Depends<audit>, background: Depends<Background>) {
        background.add(|| LOG.add("handler"));
    }

    in_each_app(|app| async move {
        let reply = show::handler(Invocation::new(app.clone(), Call::new())).await;
        assert_eq!(LOG.take(), "");
        drop(reply);
        is_over(&app).await;
        assert_eq!(LOG.take(), "handler teardown-completed");
    });
}

/// The queue of a request is one, whoever asks for it first: what the handler adds to it may need
/// what the handler has made, and that what the layer has.
#[test]
fn background_work_of_the_handler_runs_before_its_values_are_released_and_those_of_the_layer() {
    static LOG: Log = Log::new();
    static RUNS: Signal = Signal::new();

    #[dependency(guard, after_response = release_user)]
    async fn user(background: Depends<Background>) -> u8 {
        background.add(|| LOG.add("audit"));
        1
    }
    fn release_user(_user: Depends<user>, outcome: Outcome) {
        LOG.add(format!("release-user-{outcome}"));
    }
    #[dependency(after_response = release_mailer)]
    async fn mailer(_user: Depends<user>) -> u8 {
        2
    }
    fn release_mailer(_mailer: Depends<mailer>, outcome: Outcome) {
        LOG.add(format!("release-mailer-{outcome}"));
    }
    #[handler]
    async fn sign_up(mailer: Depends<mailer>, background: Depends<Background>) {
        background.add(move || LOG.add(format!("mail-{}", *mailer)));
        background.add(|| {
            RUNS.give();
            LOG.add("last");
        });
    }

    in_each_app(|app| async move {
        RUNS.reset();
        let router = Router::new()
            .route("/", get(sign_up::handler))
            .layer(require::<user>())
            .layer(app.layer());
        assert_eq!(ask(&router, request("/")).await.status, 200);
        RUNS.wait().await;
        is_over(&app).await;
        assert_eq!(
            LOG.take(),
            "audit mail-2 last release-mailer-completed release-user-completed"
        );
    });
}
