use std::sync::Mutex;

use hueless::{App, Call, handler};

// README
use hueless::{Depends, Outcome, dependency};

#[dependency(teardown = end)]
fn transaction() -> Result<Transaction, DbError> {
    Transaction::begin()
}

fn end(transaction: Depends<transaction>, outcome: Outcome) -> Result<(), DbError> {
    match outcome {
        Outcome::Completed => transaction.commit(),
        _ => transaction.roll_back(),
    }
}
// end

static LOG: Mutex<Vec<&str>> = Mutex::new(Vec::new());

fn log(event: &'static str) -> Result<(), DbError> {
    LOG.lock().expect("nobody panics").push(event);
    Ok(())
}

struct Transaction;

impl Transaction {
    fn begin() -> Result<Self, DbError> {
        log("begin").map(|()| Self)
    }

    fn commit(&self) -> Result<(), DbError> {
        log("commit")
    }

    fn roll_back(&self) -> Result<(), DbError> {
        log("roll back")
    }
}

#[derive(Clone, Debug)]
struct DbError;

impl From<DbError> for hueless::BoxError {
    fn from(_: DbError) -> Self {
        "the database has failed".into()
    }
}

#[handler]
fn transfer(_transaction: Depends<transaction>) -> Result<(), DbError> {
    log("transfer")
}

#[handler]
fn fail(_transaction: Depends<transaction>) -> Result<(), DbError> {
    Err(DbError)
}

#[tokio::test]
async fn commits_what_has_succeeded() {
    let app = App::new();
    app.run(transfer::handler, Call::new())
        .await
        .unwrap()
        .unwrap();
    app.run(fail::handler, Call::new())
        .await
        .unwrap()
        .unwrap_err();
    let log = LOG.lock().unwrap();
    assert_eq!(*log, ["begin", "transfer", "commit", "begin", "roll back"]);
}
