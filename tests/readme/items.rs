use std::convert::Infallible;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tower::ServiceExt;

// README
use axum::{Json, Router, extract::Path, http::HeaderMap, routing::get};
use hueless::{Depends, dependency, handler};

// Async: awaited.
#[dependency(singleton)]
async fn config() -> Config {
    Config::load().await
}

// Plain: runs on the blocking lane.
#[dependency]
fn db(config: Depends<config>) -> Result<Db, DbError> {
    Db::open(&config)
}

#[dependency(guard)]
async fn current_user(db: Depends<db>, headers: HeaderMap) -> Result<User, AuthError> {
    db.find_session(&headers).await
}

#[handler]
fn read_item(
    user: Depends<current_user>,
    db: Depends<db>,
    Path(id): Path<u64>,
) -> Result<Json<Item>, AppError> {
    db.item(id, &user).map(Json)
}
// end

struct Config;

impl Config {
    async fn load() -> Self {
        Self
    }
}

struct Db;

impl Db {
    fn open(_: &Config) -> Result<Self, DbError> {
        Ok(Self)
    }

    async fn find_session(&self, headers: &HeaderMap) -> Result<User, AuthError> {
        headers.get("authorization").map(|_| User).ok_or(AuthError)
    }

    fn item(&self, id: u64, _: &User) -> Result<Item, AppError> {
        if id == 1 {
            Ok(Item { id })
        } else {
            Err(AppError)
        }
    }
}

struct User;

#[derive(Serialize)]
struct Item {
    id: u64,
}

struct DbError;

impl IntoResponse for DbError {
    fn into_response(self) -> Response {
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    }
}

struct AuthError;

impl IntoResponse for AuthError {
    fn into_response(self) -> Response {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

struct AppError;

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        StatusCode::NOT_FOUND.into_response()
    }
}

#[tokio::test]
async fn answers() -> Result<(), Infallible> {
    // README
    let app: Router = Router::new().route("/items/{id}", get(read_item::handler)); // axum, as ever
    // end

    let request = |path: &str| Request::get(path).header("authorization", "Bearer ada");
    for (request, status) in [
        (request("/items/1"), StatusCode::OK),
        (request("/items/2"), StatusCode::NOT_FOUND),
        (Request::get("/items/1"), StatusCode::UNAUTHORIZED),
    ] {
        let request = request.body(Body::empty()).expect("the request is valid");
        assert_eq!(app.clone().oneshot(request).await?.status(), status);
    }
    Ok(())
}
