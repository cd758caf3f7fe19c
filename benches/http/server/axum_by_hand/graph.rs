//! Seven functions, in the three ways in which they can be called.

use std::sync::Arc;

use axum::http::StatusCode;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use super::PANICKED;
use crate::work::{self, Config, Db, Permissions, Session, Token, User};

async fn config() -> Config {
    work::config()
}

async fn db(config: &Config) -> Db {
    work::db(config)
}

async fn user(token: &Token, session: &Session) -> User {
    work::user(token, session)
}

/// A hop for each function that blocks; two of them at the same time.
pub(super) async fn three_hops() -> Result<String, StatusCode> {
    let token = spawn_blocking(work::token);
    let db = Arc::new(db(&config().await).await);
    let session = spawn_blocking({
        let db = Arc::clone(&db);
        move || work::session(&db)
    });
    let (token, session) = tokio::try_join!(token, session).map_err(|_| PANICKED)?;
    let session = Arc::new(session);
    let user = Arc::new(user(&token, &session).await);
    let permissions = spawn_blocking({
        let (user, session) = (Arc::clone(&user), Arc::clone(&session));
        move || work::permissions(&user, &session)
    });
    let permissions = permissions.await.map_err(|_| PANICKED)?;
    Ok(work::answer(&user, &permissions, &db))
}

/// One hop for all that blocks, so that the async function between is awaited there.
pub(super) async fn one_hop() -> Result<String, StatusCode> {
    let db = Arc::new(db(&config().await).await);
    let (user, permissions) = spawn_blocking({
        let db = Arc::clone(&db);
        move || {
            let token = work::token();
            let session = work::session(&db);
            let user = Handle::current().block_on(user(&token, &session));
            let permissions = work::permissions(&user, &session);
            (user, permissions)
        }
    })
    .await
    .map_err(|_| PANICKED)?;
    Ok(work::answer(&user, &permissions, &db))
}

async fn token() -> Token {
    work::token()
}

async fn session(db: &Db) -> Session {
    work::session(db)
}

async fn permissions(user: &User, session: &Session) -> Permissions {
    work::permissions(user, session)
}

/// No hop: right only as long as nothing blocks.
pub(super) async fn all_async() -> String {
    let db = db(&config().await).await;
    let (token, session) = tokio::join!(token(), session(&db));
    let user = user(&token, &session).await;
    let permissions = permissions(&user, &session).await;
    work::answer(&user, &permissions, &db)
}
