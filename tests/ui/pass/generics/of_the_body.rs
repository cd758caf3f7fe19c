//! The last parameter of a handler can be generic, also over what consumes the body.
#![deny(warnings)]

use axum::extract::Query;
use axum::routing::post;
use axum::{Json, Router};
use hueless::handler;
use serde::Serialize;
use serde::de::DeserializeOwned;

#[handler]
async fn echo<T>(Query(query): Query<T>, Json(body): Json<T>) -> Json<(T, T)>
where
    T: DeserializeOwned + Serialize + Send,
{
    Json((query, body))
}

fn main() {
    let _: Router = Router::new().route("/", post(echo::<Vec<(String, String)>>::handler));
}
