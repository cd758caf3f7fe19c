//! What the servers do, apart from how they get it done: the same functions are called by all that are
//! written in Rust.

use std::time::Duration;

/// How long [`slow`] blocks.
pub(crate) const SLOW_TIME: Duration = Duration::from_millis(10);
/// How long each of the four independent values takes.
pub(crate) const LONG: Duration = Duration::from_millis(20);

/// What all three short routes answer.
pub(crate) fn hello() -> &'static str {
    "hello"
}

/// What blocks: a query, a file, a client without async.
pub(crate) fn slow() -> &'static str {
    std::thread::sleep(SLOW_TIME);
    "done"
}

/// A value that takes a thread while it is made.
pub(crate) fn blocking_value() -> u64 {
    std::thread::sleep(LONG);
    1
}

/// A value that is awaited.
pub(crate) async fn awaited_value() -> u64 {
    tokio::time::sleep(LONG).await;
    2
}

/// The values of the graph. None of them takes time to make: what is measured is what lies between.
#[derive(Debug)]
pub(crate) struct Config {
    tenant: u64,
}
#[derive(Debug)]
pub(crate) struct Db {
    tenant: u64,
}
#[derive(Debug)]
pub(crate) struct Token {
    user: u64,
}
#[derive(Debug)]
pub(crate) struct Session {
    tenant: u64,
}
#[derive(Debug)]
pub(crate) struct User {
    name: String,
}
#[derive(Debug)]
pub(crate) struct Permissions {
    list: String,
}

pub(crate) fn config() -> Config {
    Config { tenant: 3 }
}

pub(crate) fn db(config: &Config) -> Db {
    Db {
        tenant: config.tenant,
    }
}

pub(crate) fn token() -> Token {
    Token { user: 7 }
}

pub(crate) fn session(db: &Db) -> Session {
    Session { tenant: db.tenant }
}

pub(crate) fn user(token: &Token, session: &Session) -> User {
    User {
        name: format!("{}@{}", token.user, session.tenant),
    }
}

pub(crate) fn permissions(user: &User, session: &Session) -> Permissions {
    Permissions {
        list: format!("{}:read:{}", user.name, session.tenant),
    }
}

pub(crate) fn answer(user: &User, permissions: &Permissions, db: &Db) -> String {
    format!("{} may {} in {}", user.name, permissions.list, db.tenant)
}
