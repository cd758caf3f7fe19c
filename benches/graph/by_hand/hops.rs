//! `spawn_blocking` where a node blocks: a hop for each, or as few as can be.

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::join;
use hueless_benches::seven::values::{Config, Db, Perms, Session, Token, User, answer};
use tokio::task::spawn_blocking;

use super::joined;

async fn config() -> Config {
    Config::new()
}

async fn db(config: Arc<Config>) -> Db {
    Db::new(&config)
}

async fn user(token: Arc<Token>, session: Arc<Session>) -> User {
    User::new(&token, &session)
}

async fn read(user: Arc<User>, perms: Arc<Perms>, db: Arc<Db>) -> u64 {
    answer(&user, &perms, &db)
}

async fn session_hops(db: Arc<Db>) -> Session {
    joined(spawn_blocking(move || Session::new(&db))).await
}

async fn perms_hops(user: Arc<User>, session: Arc<Session>) -> Perms {
    joined(spawn_blocking(move || Perms::new(&user, &session))).await
}

/// The mixed graph, one node after the other: three hops.
pub(crate) async fn three() -> u64 {
    let token = Arc::new(joined(spawn_blocking(Token::new)).await);
    let config = Arc::new(config().await);
    let db = Arc::new(db(config).await);
    let session = Arc::new(session_hops(Arc::clone(&db)).await);
    let user = Arc::new(user(token, Arc::clone(&session)).await);
    let perms = Arc::new(perms_hops(Arc::clone(&user), session).await);
    read(user, perms, db).await
}

/// The mixed graph, with what is independent at the same time: three hops, two of them together.
pub(crate) async fn three_joined() -> u64 {
    let branch = async {
        let config = Arc::new(config().await);
        let db = Arc::new(db(config).await);
        let session = session_hops(Arc::clone(&db)).await;
        (db, Arc::new(session))
    };
    let (token, (db, session)) = join(joined(spawn_blocking(Token::new)), branch).await;
    let user = Arc::new(user(Arc::new(token), Arc::clone(&session)).await);
    let perms = Arc::new(perms_hops(Arc::clone(&user), session).await);
    read(user, perms, db).await
}

/// The mixed graph as one who knows that its async nodes never wait: one hop.
pub(crate) async fn one() -> u64 {
    let on_thread = async {
        let token = Arc::new(Token::new());
        let config = Arc::new(config().await);
        let db = Arc::new(db(config).await);
        let session = Arc::new(Session::new(&db));
        let user = Arc::new(user(token, Arc::clone(&session)).await);
        let perms = Arc::new(Perms::new(&user, &session));
        (user, perms, db)
    };
    let made = joined(spawn_blocking(move || on_thread.now_or_never())).await;
    let (user, perms, db) = made.expect("its async nodes never wait");
    read(user, perms, db).await
}

/// The blocking graph, one node after the other: seven hops.
pub(crate) async fn seven() -> u64 {
    let token = Arc::new(joined(spawn_blocking(Token::new)).await);
    let config = joined(spawn_blocking(Config::new)).await;
    let db = Arc::new(joined(spawn_blocking(move || Db::new(&config))).await);
    let session = Arc::new(session_hops(Arc::clone(&db)).await);
    let user = {
        let session = Arc::clone(&session);
        joined(spawn_blocking(move || User::new(&token, &session))).await
    };
    let user = Arc::new(user);
    let perms = Arc::new(perms_hops(Arc::clone(&user), session).await);
    joined(spawn_blocking(move || answer(&user, &perms, &db))).await
}

/// The blocking graph in one closure, where nothing has to be shared: one hop.
pub(crate) async fn one_closure() -> u64 {
    let graph = || {
        let token = Token::new();
        let config = Config::new();
        let db = Db::new(&config);
        let session = Session::new(&db);
        let user = User::new(&token, &session);
        let perms = Perms::new(&user, &session);
        answer(&user, &perms, &db)
    };
    joined(spawn_blocking(graph)).await
}
