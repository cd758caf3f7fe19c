//! What the nodes make of each other's values: numbers that show who was given what.

use std::hint::black_box;

/// What the handler answers.
pub const ANSWER: u64 = 4_533;

/// Made from nothing.
#[derive(Debug, Clone, Copy)]
pub struct Config(u64);

/// Made from the config.
#[derive(Debug, Clone, Copy)]
pub struct Db(u64);

/// Made from nothing.
#[derive(Debug, Clone, Copy)]
pub struct Token(u64);

/// Made from the db.
#[derive(Debug, Clone, Copy)]
pub struct Session(u64);

/// Made from token and session.
#[derive(Debug, Clone, Copy)]
pub struct User(u64);

/// Made from user and session.
#[derive(Debug, Clone, Copy)]
pub struct Perms(u64);

impl Config {
    /// Makes it.
    #[must_use]
    pub fn new() -> Self {
        Self(black_box(1))
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}

impl Db {
    /// Makes it.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self(black_box(config.0) * 3 + 2)
    }
}

impl Token {
    /// Makes it.
    #[must_use]
    pub fn new() -> Self {
        Self(black_box(7))
    }
}

impl Default for Token {
    fn default() -> Self {
        Self::new()
    }
}

impl Session {
    /// Makes it.
    #[must_use]
    pub fn new(db: &Db) -> Self {
        Self(black_box(db.0) * 11 + 5)
    }
}

impl User {
    /// Makes it.
    #[must_use]
    pub fn new(token: &Token, session: &Session) -> Self {
        Self(black_box(token.0) * 13 + session.0)
    }
}

impl Perms {
    /// Makes it.
    #[must_use]
    pub fn new(user: &User, session: &Session) -> Self {
        Self(black_box(user.0) * 17 + session.0)
    }
}

/// What the handler does.
#[must_use]
pub fn answer(user: &User, perms: &Perms, db: &Db) -> u64 {
    black_box(user.0) * 6 + perms.0 + db.0 * 200
}
