//! An app to look at.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use hueless::axum::Http;
use hueless::{App, Depends, dependency, handler, inspect};

#[dependency(singleton)]
pub(crate) async fn config() -> u64 {
    3
}

#[dependency]
pub(crate) fn db(config: Depends<config>) -> u64 {
    std::thread::sleep(Duration::from_millis(*config));
    7
}

#[dependency(guard)]
pub(crate) async fn user(db: Depends<db>) -> Result<u64, StatusCode> {
    Ok(*db)
}

#[dependency]
pub(crate) async fn weather() -> u64 {
    tokio::time::sleep(Duration::from_millis(2)).await;
    4
}

#[handler]
pub(crate) fn show_order(
    user: Depends<user>,
    db: Depends<db>,
    weather: Depends<weather>,
    Path(id): Path<u64>,
) -> Result<String, StatusCode> {
    if id == 13 {
        return Err(StatusCode::NOT_FOUND);
    }
    Ok(format!("{}", id + *user + *db + *weather))
}

/// Its name has letters that mean something in markup.
#[handler]
pub(crate) async fn list<T: 'static>(_db: Depends<db>) -> &'static str {
    std::any::type_name::<T>()
}

/// Holds a thread of the executor.
#[handler]
pub(crate) async fn slow() {
    std::thread::sleep(Duration::from_millis(20));
}

#[dependency(guard)]
pub(crate) async fn operator(headers: HeaderMap) -> Result<(), StatusCode> {
    let token = headers.get("authorization");
    let token = token.ok_or(StatusCode::UNAUTHORIZED)?;
    (token == "Bearer secret")
        .then_some(())
        .ok_or(StatusCode::FORBIDDEN)
}

#[derive(Clone)]
pub(crate) struct Secret(pub(crate) String);

#[dependency(guard)]
pub(crate) async fn holder(
    State(Secret(secret)): State<Secret>,
    headers: HeaderMap,
) -> Result<(), StatusCode> {
    let token = headers.get("authorization");
    (token.is_some_and(|token| *token == secret))
        .then_some(())
        .ok_or(StatusCode::FORBIDDEN)
}

pub(crate) fn app() -> App {
    App::builder()
        .slow_poll(Duration::from_millis(10))
        .on::<Http<()>>()
        .serves(show_order::handler)
        .build()
        .expect("nothing is wrong with it")
}

/// The routes of the shop, with an inspector at `/inspect`.
pub(crate) fn router(app: &App, inspector: Router) -> Router {
    Router::new()
        .route("/orders/{id}", get(show_order::handler))
        .route("/lists", get(list::<Vec<Option<u8>>>::handler))
        .route("/slow", get(slow::handler))
        .nest_service("/inspect", inspector)
        .layer(app.layer())
}

/// The same with the inspector that answers this machine only.
pub(crate) fn inspected() -> Router {
    let app = app();
    router(&app, inspect::router(&app))
}

pub(crate) fn from(client: &str) -> ConnectInfo<SocketAddr> {
    ConnectInfo(client.parse().expect("an address"))
}
