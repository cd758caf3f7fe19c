//! Seven functions, each in the colour it has.

use hueless::{Depends, dependency, handler};

use crate::work::{self, Config, Db, Permissions, Session, Token, User};

#[dependency]
pub(super) async fn config() -> Config {
    work::config()
}

#[dependency]
pub(super) async fn db(config: Depends<config>) -> Db {
    work::db(&config)
}

#[dependency]
pub(super) fn token() -> Token {
    work::token()
}

#[dependency]
pub(super) fn session(db: Depends<db>) -> Session {
    work::session(&db)
}

#[dependency]
pub(super) async fn user(token: Depends<token>, session: Depends<session>) -> User {
    work::user(&token, &session)
}

#[dependency]
pub(super) fn permissions(user: Depends<user>, session: Depends<session>) -> Permissions {
    work::permissions(&user, &session)
}

#[handler]
pub(super) async fn graph(
    user: Depends<user>,
    permissions: Depends<permissions>,
    db: Depends<db>,
) -> String {
    work::answer(&user, &permissions, &db)
}
