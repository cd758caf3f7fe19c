//! Who is not let in changes nothing, and learns nothing but that.

use std::sync::atomic::{AtomicU32, Ordering};

use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use hueless::{Depends, dependency, handler};

use crate::client::{ask, post as send, with_header};
use crate::support::{call_in, in_each_app};

/// FastAPI resolves in order, so a 401 means that there is no order; who makes dependencies overlap
/// loses that, and only sometimes.
#[test]
fn behind_a_guard_that_refuses_no_sibling_ever_starts() {
    static STARTED: AtomicU32 = AtomicU32::new(0);

    #[dependency(guard)]
    async fn user() -> Result<u32, &'static str> {
        tokio::task::yield_now().await;
        Err("401")
    }
    #[dependency(guard)]
    fn plain_user() -> Result<u32, &'static str> {
        std::thread::yield_now();
        Err("401")
    }
    #[dependency]
    async fn create_order() -> () {
        STARTED.fetch_add(1, Ordering::SeqCst);
    }
    #[dependency]
    fn reserve_stock() -> () {
        STARTED.fetch_add(1, Ordering::SeqCst);
    }
    // What is forbidden is even written first.
    #[handler]
    async fn buy(_order: Depends<create_order>, _: Depends<reserve_stock>, _user: Depends<user>) {
        STARTED.fetch_add(1, Ordering::SeqCst);
    }
    #[handler]
    fn buy_plain(_: Depends<reserve_stock>, _: Depends<create_order>, _: Depends<plain_user>) {
        STARTED.fetch_add(1, Ordering::SeqCst);
    }

    in_each_app(|app| async move {
        for _ in 0..200 {
            assert_eq!(call_in(&app, buy::handler).await, Err("401".to_owned()));
            assert_eq!(
                call_in(&app, buy_plain::handler).await,
                Err("401".to_owned())
            );
        }
        assert_eq!(STARTED.load(Ordering::SeqCst), 0);
    });
}

#[dependency(guard)]
fn user(headers: HeaderMap) -> Result<String, StatusCode> {
    let name = headers.get("user").and_then(|name| name.to_str().ok());
    name.map(str::to_owned).ok_or(StatusCode::UNAUTHORIZED)
}

/// No guard, and it needs what is in the database.
#[dependency]
async fn account(headers: HeaderMap) -> Result<String, StatusCode> {
    tokio::task::yield_now().await;
    let name = headers.get("user").and_then(|name| name.to_str().ok());
    name.map(str::to_owned).ok_or(StatusCode::UNAUTHORIZED)
}

#[handler]
async fn guarded(_user: Depends<user>, Json(order): Json<Vec<u8>>) -> String {
    order.len().to_string()
}

#[handler]
fn unguarded(_account: Depends<account>, Json(order): Json<Vec<u8>>) -> String {
    order.len().to_string()
}

/// FastAPI and axum read the body of a stranger, and tell them with a 422 what it should look like.
#[test]
fn a_malformed_body_does_not_hide_a_401() {
    in_each_app(|app| async move {
        let router = Router::new()
            .route("/guarded", post(guarded::handler))
            .route("/unguarded", post(unguarded::handler))
            .layer(app.layer());
        for path in ["/guarded", "/unguarded"] {
            for (content_type, body, status) in [
                ("application/json", r#"{"an": "object"}"#, 422),
                ("application/json", "no json", 400),
                ("text/plain", "[1]", 415),
            ] {
                let order = || send(path, content_type, body);
                assert_eq!(
                    ask(&router, order()).await.seen(),
                    (401, ""),
                    "{path} {body}"
                );
                let known = ask(&router, with_header(order(), "user", "ada")).await;
                assert_eq!(known.status, status, "{path} {body}");
            }
            let order = with_header(send(path, "application/json", "[1, 2]"), "user", "ada");
            assert_eq!(ask(&router, order).await.seen(), (200, "2"));
        }
    });
}
