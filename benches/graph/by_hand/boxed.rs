//! A boxed future for each node, as behind a `dyn` trait.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use hueless_benches::seven::values::{Config, Db, Perms, Session, Token, User, answer};

fn config() -> BoxFuture<'static, Config> {
    Box::pin(async { Config::new() })
}

fn db(config: Arc<Config>) -> BoxFuture<'static, Db> {
    Box::pin(async move { Db::new(&config) })
}

fn token() -> BoxFuture<'static, Token> {
    Box::pin(async { Token::new() })
}

fn session(db: Arc<Db>) -> BoxFuture<'static, Session> {
    Box::pin(async move { Session::new(&db) })
}

fn user(token: Arc<Token>, session: Arc<Session>) -> BoxFuture<'static, User> {
    Box::pin(async move { User::new(&token, &session) })
}

fn perms(user: Arc<User>, session: Arc<Session>) -> BoxFuture<'static, Perms> {
    Box::pin(async move { Perms::new(&user, &session) })
}

fn read(user: Arc<User>, perms: Arc<Perms>, db: Arc<Db>) -> BoxFuture<'static, u64> {
    Box::pin(async move { answer(&user, &perms, &db) })
}

/// One request.
pub(crate) async fn request() -> u64 {
    let token = Arc::new(token().await);
    let config = Arc::new(config().await);
    let db = Arc::new(db(config).await);
    let session = Arc::new(session(Arc::clone(&db)).await);
    let user = Arc::new(user(token, Arc::clone(&session)).await);
    let perms = Arc::new(perms(Arc::clone(&user), session).await);
    read(user, perms, db).await
}
