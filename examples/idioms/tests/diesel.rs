//! `with-diesel`: a request that completes is committed, one that fails is rolled back.

mod database;
#[expect(dead_code, reason = "tests have no use for its `main`")]
#[path = "../diesel.rs"]
mod example;
#[path = "../../tests/printed/mod.rs"]
mod printed;
mod transactions;

use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use expect_test::expect;
use hueless::{BoxError, Call, Cancellation, Depends, Input, handler};
use tokio::sync::Notify;

use self::database::keeps_what_is_committed;
use self::example::{add, pool, transaction};
use self::printed::{example as command, printed};
use self::transactions::{accounts, app, left};

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
          error: CHECK constraint failed: balance >= 0
        after: Ada 70, Grace 30
    "#]]
    .assert_eq(&printed(command("with-diesel").env_remove("DATABASE")));
}

#[test]
fn what_is_committed_outlives_the_process() {
    keeps_what_is_committed("with-diesel");
}

#[tokio::test]
async fn who_keeps_a_transaction_that_has_ended_writes_nothing() {
    let app = app();
    let kept = app
        .run(keeps::handler, Call::new())
        .await
        .expect("it is run");
    let refused = write(&kept).expect_err("it has ended");
    assert_eq!(refused.to_string(), "the transaction has ended");
    assert_eq!(left(&app).await, accounts(100, 0));
}

fn write(transaction: &Depends<transaction>) -> Result<(), BoxError> {
    transaction.run(|connection| add(connection, "Grace", 30))
}

#[handler]
fn panics(transaction: Depends<transaction>) -> Result<(), BoxError> {
    write(&transaction)?;
    panic!("after it has written");
}

#[handler(timeout = "1s")]
fn takes_too_long(
    transaction: Depends<transaction>,
    cancellation: Depends<Cancellation>,
    written: Input<Arc<Notify>>,
) -> Result<(), BoxError> {
    waits_for_ever(transaction, cancellation, written)
}

#[handler]
fn waits_for_ever(
    transaction: Depends<transaction>,
    cancellation: Depends<Cancellation>,
    Input(written): Input<Arc<Notify>>,
) -> Result<(), BoxError> {
    write(&transaction)?;
    written.notify_one();
    while !cancellation.is_cancelled() {
        sleep(Duration::from_millis(1));
    }
    Ok(())
}

#[handler]
fn make_debts(pool: Depends<pool>) -> Result<(), BoxError> {
    let debts = "CREATE TABLE debts (owner TEXT REFERENCES accounts DEFERRABLE INITIALLY DEFERRED)";
    Ok(pool.get()?.batch_execute(debts)?)
}

#[handler]
fn owes_nobody(transaction: Depends<transaction>) -> Result<(), BoxError> {
    write(&transaction)?;
    transaction.run(|connection| connection.batch_execute("INSERT INTO debts VALUES ('Nobody')"))
}

#[handler]
fn keeps(transaction: Depends<transaction>) -> Depends<transaction> {
    transaction
}
