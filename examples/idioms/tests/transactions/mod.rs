//! What becomes of transactions, whatever the crate that talks to the database. The handlers are those of
//! the test that this is a part of, and of its example.

use std::sync::Arc;

use hueless::{App, Call, Failure};
use tokio::sync::Notify;

use crate::example::storage::{self, Database};
use crate::example::{balances, transfer};
use crate::{make_debts, owes_nobody, panics, takes_too_long, waits_for_ever};

/// An app with a database of its own.
pub(crate) fn app() -> App {
    let app = App::builder().replace_with::<storage::database>(Database::temporary());
    app.build().expect("an app")
}

/// What is in the database when nobody writes to it any more.
pub(crate) async fn left(app: &App) -> Vec<(String, i64)> {
    transfer_at_once(app, 1, 0).await;
    let balances = app.run(balances::handler, Call::new()).await;
    balances.expect("it is run").expect("balances")
}

/// That many requests at the same time.
async fn transfer_at_once(app: &App, requests: usize, amount: i64) {
    let requests: Vec<_> = (0..requests)
        .map(|_| {
            let app = app.clone();
            let call = Call::new().with(amount);
            tokio::spawn(async move { app.run(transfer::handler, call).await })
        })
        .collect();
    for request in requests {
        let transferred = request.await.expect("no panic").expect("it is run");
        transferred.expect("it is transferred");
    }
}

pub(crate) fn accounts(ada: i64, grace: i64) -> Vec<(String, i64)> {
    vec![("Ada".to_owned(), ada), ("Grace".to_owned(), grace)]
}

#[tokio::test]
async fn requests_at_once_wait_for_each_other() {
    let app = app();
    transfer_at_once(&app, 8, 5).await;
    assert_eq!(left(&app).await, accounts(60, 40));
}

#[tokio::test]
async fn nothing_remains_of_a_handler_that_panics() {
    let app = app();
    let rejection = app
        .run(panics::handler, Call::new())
        .await
        .expect_err("a panic");
    let failure = rejection.downcast_ref::<Failure>();
    assert!(failure.is_some_and(Failure::is_panic), "{rejection}");
    assert_eq!(left(&app).await, accounts(100, 0));
}

#[tokio::test]
async fn nothing_remains_of_a_handler_whose_time_has_passed() {
    let app = app();
    let written = Arc::new(Notify::new());
    let call = Call::new().with(Arc::clone(&written));
    let rejection = app
        .run(takes_too_long::handler, call)
        .await
        .expect_err("a timeout");
    let failure = rejection.downcast_ref::<Failure>();
    assert!(failure.is_some_and(Failure::is_timeout), "{rejection}");
    written.notified().await;
    assert_eq!(left(&app).await, accounts(100, 0));
}

#[tokio::test]
async fn nothing_remains_of_a_request_whose_client_is_gone() {
    let app = app();
    let written = Arc::new(Notify::new());
    let call = Call::new().with(Arc::clone(&written));
    tokio::select! {
        ended = app.run(waits_for_ever::handler, call) => panic!("{ended:?}"),
        () = written.notified() => {}
    }
    assert_eq!(left(&app).await, accounts(100, 0));
}

#[tokio::test]
async fn a_commit_that_fails_is_the_response() {
    let app = app();
    let made = app.run(make_debts::handler, Call::new()).await;
    made.expect("it is run").expect("a table");
    let rejection = app.run(owes_nobody::handler, Call::new()).await;
    let rejection = rejection.expect_err("the commit fails").to_string();
    assert!(
        rejection.contains("FOREIGN KEY constraint failed"),
        "{rejection}"
    );
    assert_eq!(left(&app).await, accounts(100, 0));
}
