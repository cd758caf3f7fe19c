//! A map of the request's values by type: each node looks whether it was made before.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;

use hueless_benches::seven::values::{Config, Db, Perms, Session, Token, User, answer};

/// What the request has made so far.
#[derive(Default)]
pub(super) struct Made {
    values: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
}

impl Made {
    pub(super) fn get<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        let value = self.values.get(&TypeId::of::<T>())?;
        Arc::clone(value).downcast().ok()
    }

    pub(super) fn put<T: Send + Sync + 'static>(&mut self, value: T) -> Arc<T> {
        let value = Arc::new(value);
        let kept: Arc<dyn Any + Send + Sync> = Arc::<T>::clone(&value);
        self.values.insert(TypeId::of::<T>(), kept);
        value
    }
}

pub(super) async fn config(made: &mut Made) -> Arc<Config> {
    match made.get() {
        Some(config) => config,
        None => made.put(Config::new()),
    }
}

pub(super) async fn db(made: &mut Made) -> Arc<Db> {
    if let Some(db) = made.get() {
        return db;
    }
    let config = config(made).await;
    made.put(Db::new(&config))
}

async fn token(made: &mut Made) -> Arc<Token> {
    match made.get() {
        Some(token) => token,
        None => made.put(Token::new()),
    }
}

async fn session(made: &mut Made) -> Arc<Session> {
    if let Some(session) = made.get() {
        return session;
    }
    let db = db(made).await;
    made.put(Session::new(&db))
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
    made.put(Perms::new(&user, &session))
}

/// One request.
pub(crate) async fn request() -> u64 {
    let mut made = Made::default();
    let user = user(&mut made).await;
    let perms = perms(&mut made).await;
    let db = db(&mut made).await;
    answer(&user, &perms, &db)
}
