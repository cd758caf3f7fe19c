//! `with-sqlx`: a request that completes is committed, one that fails is rolled back.

mod database;
#[expect(dead_code, reason = "tests have no use for its `main`")]
#[path = "../sqlx.rs"]
mod example;
#[path = "../../tests/printed/mod.rs"]
mod printed;
mod transactions;

use std::future::pending;
use std::sync::Arc;

use expect_test::expect;
use hueless::{BoxError, Call, Depends, Input, handler};
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
          error: error returned from database: (code: 275) CHECK constraint failed: balance >= 0
        after: Ada 70, Grace 30
    "#]]
    .assert_eq(&printed(command("with-sqlx").env_remove("DATABASE")));
}

#[test]
fn what_is_committed_outlives_the_process() {
    keeps_what_is_committed("with-sqlx");
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
    written: Input<Arc<Notify>>,
) -> Result<(), BoxError> {
    waits_for_ever(transaction, written).await
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
