//! Each node blocks, the handler too.

use hueless::{Depends, dependency, handler};

use super::values::{Config, Db, Perms, Session, Token, User, answer};

/// From nothing.
#[dependency]
pub fn config() -> Config {
    Config::new()
}

/// From the config.
#[dependency]
pub fn db(config: Depends<config>) -> Db {
    Db::new(&config)
}

/// From nothing.
#[dependency]
pub fn token() -> Token {
    Token::new()
}

/// From the db.
#[dependency]
pub fn session(db: Depends<db>) -> Session {
    Session::new(&db)
}

/// From token and session.
#[dependency]
pub fn user(token: Depends<token>, session: Depends<session>) -> User {
    User::new(&token, &session)
}

/// From user and session.
#[dependency]
pub fn perms(user: Depends<user>, session: Depends<session>) -> Perms {
    Perms::new(&user, &session)
}

/// The handler.
#[handler]
pub fn read(user: Depends<user>, perms: Depends<perms>, db: Depends<db>) -> u64 {
    answer(&user, &perms, &db)
}
