//! What a handler returns may have no name.
#![deny(warnings)]

use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use hueless::{App, Call, Depends, dependency, handler};

#[dependency]
fn db() -> u8 {
    1
}

#[handler]
async fn waits(db: Depends<db>) -> impl IntoResponse {
    (StatusCode::OK, db.to_string())
}

#[handler]
fn blocks(db: Depends<db>) -> impl IntoResponse {
    (StatusCode::OK, db.to_string())
}

#[handler]
async fn fails(db: Depends<db>) -> Result<impl IntoResponse, (StatusCode, impl IntoResponse)> {
    if *db == 1 {
        Ok("one")
    } else {
        Err((StatusCode::NOT_FOUND, "none"))
    }
}

#[handler]
fn nothing(_db: Depends<db>) {}

#[handler(inline)]
fn counts() -> impl Iterator<Item = u8> {
    1..=3
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let _: Router = Router::new()
        .route("/waits", get(waits::handler))
        .route("/blocks", get(blocks::handler))
        .route("/fails", get(fails::handler))
        .route("/nothing", get(nothing::handler));
    let counted = App::new().run(counts::handler, Call::new()).await.unwrap();
    assert_eq!(counted.sum::<u8>(), 6);
}
