//! The map of the request's values again, where token, session and perms hop to a blocking thread.

use std::sync::Arc;

use hueless_benches::seven::values::{Perms, Session, Token, User, answer};
use tokio::task::spawn_blocking;

use super::joined;
use super::map::{Made, db};

async fn token(made: &mut Made) -> Arc<Token> {
    if let Some(token) = made.get() {
        return token;
    }
    let token = joined(spawn_blocking(Token::new)).await;
    made.put(token)
}

async fn session(made: &mut Made) -> Arc<Session> {
    if let Some(session) = made.get() {
        return session;
    }
    let db = db(made).await;
    let session = joined(spawn_blocking(move || Session::new(&db))).await;
    made.put(session)
}

async fn user(made: &mut Made) -> Arc<User> {
    if let Some(user) = made.get() {
        return user;
    }
    let token = token(made).await;
    let session = session(made).await;
    made.put(User::new(&token, &session))
}

async fn perms(made: &mut Made) -> Arc<Perms> {
    if let Some(perms) = made.get() {
        return perms;
    }
    let user = user(made).await;
    let session = session(made).await;
    let perms = joined(spawn_blocking(move || Perms::new(&user, &session))).await;
    made.put(perms)
}

/// One request.
pub(crate) async fn request() -> u64 {
    let mut made = Made::default();
    let user = user(&mut made).await;
    let perms = perms(&mut made).await;
    let db = db(&mut made).await;
    answer(&user, &perms, &db)
}
