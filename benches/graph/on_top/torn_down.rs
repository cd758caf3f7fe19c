//! One value is torn down before the answer leaves: its node is replaced by one with a teardown, which by
//! itself costs a request nothing.

use std::hint::black_box;

use hueless::{App, Call, Dependency, Depends, LivesAsLongAs, Outcome, Provider, dependency};
use hueless_benches::seven::values::{Db, Session};
use hueless_benches::seven::{all_async, mixed};

#[dependency(teardown = end_async_db)]
async fn ends_async_db(config: Depends<all_async::config>) -> Db {
    Db::new(&config)
}

async fn end_async_db(db: Depends<ends_async_db>, outcome: Outcome) {
    black_box((db, outcome));
}

#[dependency(teardown = end_plain_db)]
async fn ends_plain_db(config: Depends<all_async::config>) -> Db {
    Db::new(&config)
}

fn end_plain_db(db: Depends<ends_plain_db>, outcome: Outcome) {
    black_box((db, outcome));
}

#[dependency(teardown = end_async_session)]
fn ends_async_session(db: Depends<mixed::db>) -> Session {
    Session::new(&db)
}

async fn end_async_session(session: Depends<ends_async_session>, outcome: Outcome) {
    black_box((session, outcome));
}

#[dependency(teardown = end_plain_session)]
fn ends_plain_session(db: Depends<mixed::db>) -> Session {
    Session::new(&db)
}

fn end_plain_session(session: Depends<ends_plain_session>, outcome: Outcome) {
    black_box((session, outcome));
}

pub(super) fn async_db() -> App {
    with::<all_async::db, ends_async_db>()
}

pub(super) fn plain_db() -> App {
    with::<all_async::db, ends_plain_db>()
}

pub(super) fn async_session() -> App {
    with::<mixed::session, ends_async_session>()
}

pub(super) fn plain_session() -> App {
    with::<mixed::session, ends_plain_session>()
}

/// An app in which `F` stands for `D`.
fn with<D, F>() -> App
where
    D: Provider,
    F: Provider<Output = D::Output> + LivesAsLongAs<D> + Dependency<Call>,
{
    let app = App::builder().on::<Call>().replace::<D, F>().build();
    app.expect("both make the same")
}
