//! `with-sqlx`: a request that completes is committed, one that fails is rolled back.

mod database;
#[expect(dead_code, reason = "tests have no use for its `main`")]
#[path = "../sqlx.rs"]
mod example;
#[path = "../../tests/printed/mod.rs"]
mod printed;

use std::future::pending;
use std::sync::Arc;

use expect_test::expect;
use hueless::{App, BoxError, Call, Depends, Failure, Input, handler};
use tokio::sync::Notify;

use self::database::keeps_what_is_committed;
use self::example::storage::{self, Database};
use self::example::{add, balances, pool, transaction, transfer};
use self::printed::{example as command, printed};

#[test]
fn what_completes_is_committed_and_what_fails_is_rolled_back() {
    expect![[r#"
        before: Ada 100, Grace 0

        transfer 30
          Grace has 30
          Ada has 70
          committed
        after: Ada 70, Grace 30

        transfer 500
          Grace has 530
          rolled back (failed)
          error: error returned from database: (code: 275) CHECK constraint failed: balance >= 0
        after: Ada 70, Grace 30
    "#]]
    .assert_eq(&printed(command("with-sqlx").env_remove("DATABASE")));
}

#[test]
fn what_is_committed_outlives_the_process() {
    keeps_what_is_committed("with-sqlx");
}

/// An app with a database of its own.
fn app() -> App {
    let app = App::builder().replace_with::<storage::database>(Database::temporary());
    app.build().expect("an app")
}

/// What is in the database when nobody writes to it any more.
async fn left(app: &App) -> Vec<(String, i64)> {
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

fn accounts(ada: i64, grace: i64) -> Vec<(String, i64)> {
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

#[tokio::test]
async fn who_keeps_a_transaction_that_has_ended_writes_nothing() {
    let app = app();
    let kept = app
        .run(keeps::handler, Call::new())
        .await
        .expect("it is run");
    let refused = write(&kept).await.expect_err("it has ended");
    assert_eq!(refused.to_string(), "the transaction has ended");
    assert_eq!(left(&app).await, accounts(100, 0));
}

async fn write(transaction: &Depends<transaction>) -> Result<(), BoxError> {
    let mut connection = transaction.connection().await?;
    Ok(add(&mut connection, "Grace", 30).await?)
}

#[handler]
async fn panics(transaction: Depends<transaction>) -> Result<(), BoxError> {
    write(&transaction).await?;
    panic!("after it has written");
}

#[handler(timeout = "1s")]
async fn takes_too_long(
    transaction: Depends<transaction>,
    Input(written): Input<Arc<Notify>>,
) -> Result<(), BoxError> {
    write(&transaction).await?;
    written.notify_one();
    pending().await
}

#[handler]
async fn waits_for_ever(
    transaction: Depends<transaction>,
    Input(written): Input<Arc<Notify>>,
) -> Result<(), BoxError> {
    write(&transaction).await?;
    written.notify_one();
    pending().await
}

#[handler]
async fn make_debts(pool: Depends<pool>) -> Result<(), BoxError> {
    let debts = "CREATE TABLE debts (owner TEXT REFERENCES accounts DEFERRABLE INITIALLY DEFERRED)";
    sqlx::raw_sql(debts).execute(&*pool).await?;
    Ok(())
}

#[handler]
async fn owes_nobody(transaction: Depends<transaction>) -> Result<(), BoxError> {
    write(&transaction).await?;
    let mut connection = transaction.connection().await?;
    let debt = sqlx::raw_sql("INSERT INTO debts VALUES ('Nobody')");
    debt.execute(&mut *connection).await?;
    Ok(())
}

#[handler]
async fn keeps(transaction: Depends<transaction>) -> Depends<transaction> {
    transaction
}
