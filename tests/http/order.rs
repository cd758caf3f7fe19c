//! What runs before what, and which failure the client sees, over HTTP.

mod failures;
mod reads;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use hueless::{Depends, dependency};

use crate::log::{Log, log};

/// Reads the request and logs its name when it begins and when it ends, with a wait between.
struct Read<const NAME: char>;

impl<S: Sync, const NAME: char> FromRequestParts<S> for Read<NAME> {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        let log = parts.extensions.get::<Log>().cloned().unwrap_or_default();
        log.write(format!("{NAME} begins"));
        tokio::task::yield_now().await;
        log.write(format!("{NAME} ends"));
        Ok(Self)
    }
}

/// Who may go on. It does not look at the body.
struct Token(String);

impl<S: Sync> FromRequestParts<S> for Token {
    type Rejection = (StatusCode, &'static str);

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let token = parts.headers.get("x-token");
        let token = token.and_then(|token| token.to_str().ok());
        let missing = (StatusCode::UNAUTHORIZED, "no token");
        token.map(|token| Self(token.to_owned())).ok_or(missing)
    }
}

struct User;

fn check(log: &Log, token: &Token) -> Result<User, (StatusCode, &'static str)> {
    log.write("user");
    if token.0 == "good" {
        Ok(User)
    } else {
        Err((StatusCode::UNAUTHORIZED, "bad token"))
    }
}

#[dependency(guard)]
async fn guard_async(log: Depends<log>, token: Token) -> Result<User, (StatusCode, &'static str)> {
    tokio::task::yield_now().await;
    check(&log, &token)
}

#[dependency(guard)]
fn guard_plain(log: Depends<log>, token: Token) -> Result<User, (StatusCode, &'static str)> {
    check(&log, &token)
}

#[dependency]
async fn user_async(log: Depends<log>, token: Token) -> Result<User, (StatusCode, &'static str)> {
    tokio::task::yield_now().await;
    check(&log, &token)
}

#[dependency]
fn user_plain(log: Depends<log>, token: Token) -> Result<User, (StatusCode, &'static str)> {
    check(&log, &token)
}
