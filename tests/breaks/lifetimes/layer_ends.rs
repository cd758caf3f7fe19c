//! What a layer has resolved ends after whatever the handler behind it has made from it, and hears
//! the same.

use std::io;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::routing::get;
use futures_util::{StreamExt, stream};
use hueless::axum::require;
use hueless::{Background, Depends, Outcome, dependency, handler};

use crate::client::{ask, get as request, with_header};
use crate::heard;
use crate::support::{Log, in_each_app, is_over};

/// Makes the request for a path.
type Make<'a> = &'a dyn Fn(&'static str) -> Request;

/// Behind two layers, however the request ends: first the handler's values, then those of the inner
/// layer, then those of the outer one; and in the same order once more after the response.
#[test]
fn values_end_from_the_handler_outwards() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end_db, after_response = release_db)]
    fn lent_db() -> Result<u8, StatusCode> {
        LOG.add("db");
        Ok(1)
    }
    async fn end_db(_db: Depends<lent_db>, outcome: Outcome) -> Result<(), StatusCode> {
        LOG.add(format!("end-db-{outcome}"));
        Ok(())
    }
    fn release_db(_db: Depends<lent_db>, outcome: Outcome) {
        LOG.add(format!("release-db-{outcome}"));
    }
    #[dependency(guard, teardown = end_user, after_response = release_user)]
    async fn lent_user(_db: Depends<lent_db>, headers: HeaderMap) -> Result<u8, StatusCode> {
        LOG.add("user");
        headers
            .contains_key("user")
            .then_some(2)
            .ok_or(StatusCode::UNAUTHORIZED)
    }
    fn end_user(_user: Depends<lent_user>, outcome: Outcome) {
        LOG.add(format!("end-user-{outcome}"));
    }
    async fn release_user(_user: Depends<lent_user>, outcome: Outcome) {
        LOG.add(format!("release-user-{outcome}"));
    }
    #[dependency(teardown = end_draft, after_response = release_draft)]
    fn own_draft(_user: Depends<lent_user>, _db: Depends<lent_db>) -> u8 {
        LOG.add("draft");
        3
    }
    async fn end_draft(_draft: Depends<own_draft>, outcome: Outcome) {
        LOG.add(format!("end-draft-{outcome}"));
    }
    fn release_draft(_draft: Depends<own_draft>, outcome: Outcome) {
        LOG.add(format!("release-draft-{outcome}"));
    }
    #[handler]
    async fn succeeds(_draft: Depends<own_draft>) -> &'static str {
        LOG.add("handler");
        "ok"
    }
    #[handler]
    fn fails(_draft: Depends<own_draft>) -> Result<(), StatusCode> {
        LOG.add("handler");
        Err(StatusCode::CONFLICT)
    }
    #[handler]
    fn panics(_draft: Depends<own_draft>) {
        LOG.add("handler");
        panic!("no")
    }

    heard::listen();
    let all_with = |outcome: &str| {
        format!(
            "db user draft handler end-draft-{outcome} end-user-{outcome} end-db-{outcome} \
             release-draft-{outcome} release-user-{outcome} release-db-{outcome}"
        )
    };
    let as_user = |path| with_header(request(path), "user", "ada");
    let head = |path| {
        let mut request = as_user(path);
        *request.method_mut() = Method::HEAD;
        request
    };
    let refused = "db user end-db-failed release-db-failed".to_owned();
    let cases: [(Make<'_>, &str, u16, String); 5] = [
        (&as_user, "/succeeds", 200, all_with("completed")),
        (&head, "/succeeds", 200, all_with("completed")),
        (&as_user, "/fails", 409, all_with("failed")),
        (&as_user, "/panics", 500, all_with("panicked")),
        (&request, "/succeeds", 401, refused),
    ];
    for (request, path, status, expected) in cases {
        in_each_app(|app| {
            let router = Router::new()
                .route("/succeeds", get(succeeds::handler))
                .route("/fails", get(fails::handler))
                .route("/panics", get(panics::handler))
                .layer(require::<lent_user>())
                .layer(require::<lent_db>())
                .layer(app.layer());
            let (request, expected) = (request(path), &expected);
            async move {
                assert_eq!(ask(&router, request).await.status, status);
                is_over(&app).await;
                assert_eq!(LOG.take(), *expected);
                // To lend a value is not to keep it beyond its end.
                for node in ["lent_db", "lent_user", "own_draft"] {
                    assert_eq!(heard::about(node), [""; 0]);
                }
            }
        });
    }
}

/// A layer in between that has nothing to end: what it has borrowed is still in use by who has borrowed
/// from it.
#[test]
fn a_layer_with_nothing_to_end_keeps_what_it_was_lent_until_those_behind_it_are_done() {
    static LOG: Log = Log::new();

    #[dependency(after_response = release_db)]
    async fn db() -> u8 {
        1
    }
    async fn release_db(_db: Depends<db>, outcome: Outcome) {
        LOG.add(format!("release-db-{outcome}"));
    }
    #[dependency(guard)]
    async fn admin(_db: Depends<db>) -> u8 {
        2
    }
    #[dependency(after_response = release_draft)]
    async fn draft(_admin: Depends<admin>, _db: Depends<db>) -> u8 {
        3
    }
    async fn release_draft(_draft: Depends<draft>, outcome: Outcome) {
        tokio::task::yield_now().await;
        LOG.add(format!("release-draft-{outcome}"));
    }
    #[handler]
    async fn show(_draft: Depends<draft>) -> &'static str {
        "shown"
    }

    in_each_app(|app| async move {
        let router = Router::new()
            .route("/", get(show::handler))
            .layer(require::<admin>())
            .layer(require::<admin>())
            .layer(require::<db>())
            .layer(app.layer());
        assert_eq!(ask(&router, request("/")).await.seen(), (200, "shown"));
        is_over(&app).await;
        assert_eq!(LOG.take(), "release-draft-completed release-db-completed");
    });
}

/// A commit of the layer that fails is the response, and what the handler does after its own waits to
/// hear of it: nothing is confirmed that was not saved.
#[test]
fn a_commit_of_the_layer_that_fails_takes_the_place_of_the_response() {
    static LOG: Log = Log::new();

    #[dependency(teardown = commit, after_response = release)]
    fn transaction() -> Result<u8, StatusCode> {
        Ok(1)
    }
    fn commit(_: Depends<transaction>, outcome: Outcome) -> Result<(), StatusCode> {
        LOG.add(format!("commit-{outcome}"));
        Err(StatusCode::INSUFFICIENT_STORAGE)
    }
    fn release(_: Depends<transaction>, outcome: Outcome) {
        LOG.add(format!("release-{outcome}"));
    }
    #[dependency(after_response = release_draft)]
    async fn draft(_: Depends<transaction>) -> u8 {
        2
    }
    async fn release_draft(_: Depends<draft>, outcome: Outcome) {
        LOG.add(format!("release-draft-{outcome}"));
    }
    // Without a body, so that nothing is left to be sent when it returns.
    #[handler]
    async fn save(_: Depends<draft>, background: Depends<Background>) -> StatusCode {
        background.add(|| LOG.add("never: it is confirmed"));
        StatusCode::NO_CONTENT
    }

    in_each_app(|app| async move {
        let router = Router::new()
            .route("/", get(save::handler))
            .layer(require::<transaction>())
            .layer(app.layer());
        assert_eq!(ask(&router, request("/")).await.seen(), (507, ""));
        is_over(&app).await;
        assert_eq!(
            LOG.take(),
            "commit-completed release-draft-failed release-failed"
        );
    });
}

/// FastAPI: a dependency that has exited before its response streams is used after its end.
#[test]
fn a_body_that_streams_from_a_value_of_the_layer_keeps_it() {
    static LOG: Log = Log::new();

    #[dependency(after_response = release)]
    async fn cursor() -> u8 {
        3
    }
    fn release(_cursor: Depends<cursor>, outcome: Outcome) {
        LOG.add(format!("release-{outcome}"));
    }
    #[handler]
    async fn rows(cursor: Depends<cursor>) -> Body {
        let rows = stream::iter(0..*cursor).then(move |row| {
            let cursor = cursor.clone();
            async move {
                tokio::task::yield_now().await;
                LOG.add(format!("row-{row}-of-{}", *cursor));
                Ok::<_, io::Error>(Bytes::from_static(b"row "))
            }
        });
        Body::from_stream(rows)
    }

    in_each_app(|app| async move {
        let router = Router::new()
            .route("/", get(rows::handler))
            .layer(require::<cursor>())
            .layer(app.layer());
        assert_eq!(
            ask(&router, request("/")).await.seen(),
            (200, "row row row ")
        );
        is_over(&app).await;
        assert_eq!(
            LOG.take(),
            "row-0-of-3 row-1-of-3 row-2-of-3 release-completed"
        );
    });
}
