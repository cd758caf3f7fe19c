//! An async function for each node, called where its inputs are at hand.

use std::sync::Arc;

use hueless_benches::seven::values::{Config, Db, Perms, Session, Token, User, answer};

pub(super) async fn config() -> Config {
    Config::new()
}

pub(super) async fn db(config: Arc<Config>) -> Db {
    Db::new(&config)
}

pub(super) async fn token() -> Token {
    Token::new()
}

pub(super) async fn session(db: Arc<Db>) -> Session {
    Session::new(&db)
}

pub(super) async fn user(token: Arc<Token>, session: Arc<Session>) -> User {
    User::new(&token, &session)
}

pub(super) async fn perms(user: Arc<User>, session: Arc<Session>) -> Perms {
    Perms::new(&user, &session)
}

pub(super) async fn read(user: Arc<User>, perms: Arc<Perms>, db: Arc<Db>) -> u64 {
    answer(&user, &perms, &db)
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
