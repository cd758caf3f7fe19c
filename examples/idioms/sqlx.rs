//! sqlx: a pool for the app, a transaction for the request.
//!
//! sqlx waits without a thread, so all that uses it is an `async fn`, its teardowns too. Whoever takes
//! `Depends<transaction>` neither begins nor ends it: its teardown commits when the handler completed,
//! and else rolls back.
//!
//! A request is a `Call` here. Behind axum nothing changes but `Input`, say to `Json`, and the errors,
//! which then implement `IntoResponse`.
//!
//! ```text
//! cargo run --example with-sqlx    # SQLite, in a temporary file
//! DATABASE=accounts.db cargo run --example with-sqlx    # in a file that is kept
//! ```

mod listing;
pub(crate) mod storage;

use std::sync::Arc;
use std::time::Duration;

use hueless::{App, BoxError, Call, Depends, Input, Outcome, Provider, dependency, handler};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqlitePool, SqlitePoolOptions};
use sqlx::{Error, Sqlite};
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard};

use self::storage::{PATIENCE, database};

/// Everyone who waits for a singleton is told why it failed, so its error can be cloned.
#[dependency(singleton, teardown = close)]
pub(crate) async fn pool(database: Depends<database>) -> Result<SqlitePool, Arc<Error>> {
    let connections = SqliteConnectOptions::new()
        .filename(database.path())
        .create_if_missing(true)
        .busy_timeout(PATIENCE);
    let pool = SqlitePoolOptions::new()
        .max_connections(transactions_at_once())
        .connect_with(connections)
        .await?;
    sqlx::raw_sql(include_str!("accounts.sql"))
        .execute(&pool)
        .await?;
    Ok(pool)
}

/// As many connections as there may be transactions: `limit` says how many.
fn transactions_at_once() -> u32 {
    let limit = <transaction as Provider>::meta().limit;
    limit.map_or(1, |limit| limit.values)
}

/// When the app is shut down.
async fn close(pool: Depends<pool>, _outcome: Outcome) {
    pool.close().await;
}

/// A request's values are shared, and statements need `&mut`: hence the lock. `commit` needs the whole
/// of it, so who ends it takes it out.
pub(crate) struct Transaction(Mutex<Option<sqlx::Transaction<'static, Sqlite>>>);

impl Transaction {
    pub(crate) async fn connection(
        &self,
    ) -> Result<MappedMutexGuard<'_, SqliteConnection>, BoxError> {
        // Nothing is left for what outlives the request: its statements would be in no transaction.
        MutexGuard::try_map(self.0.lock().await, Option::as_deref_mut)
            .map_err(|_| "the transaction has ended".into())
    }
}

/// It is `IMMEDIATE`, so it waits for others that write when it begins: one that has read and then
/// wants to write could not wait any more.
#[dependency(limit = 4, teardown = end)]
pub(crate) async fn transaction(pool: Depends<pool>) -> Result<Transaction, Error> {
    let transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    Ok(Transaction(Mutex::new(Some(transaction))))
}

/// Before the response leaves: a commit that fails is the response.
async fn end(transaction: Depends<transaction>, outcome: Outcome) -> Result<(), Error> {
    let Some(transaction) = transaction.0.lock().await.take() else {
        return Ok(());
    };
    if outcome.is_completed() {
        transaction.commit().await?;
        println!("  committed");
    } else {
        transaction.rollback().await?;
        println!("  rolled back ({outcome})");
    }
    Ok(())
}

#[handler]
pub(crate) async fn transfer(
    transaction: Depends<transaction>,
    Input(amount): Input<i64>,
) -> Result<(), BoxError> {
    let mut connection = transaction.connection().await?;
    add(&mut connection, "Grace", amount).await?;
    // The table refuses what would leave less than nothing; then Grace has been given already.
    add(&mut connection, "Ada", -amount).await?;
    Ok(())
}

pub(crate) async fn add(
    connection: &mut SqliteConnection,
    owner: &str,
    amount: i64,
) -> Result<(), Error> {
    let statement = "UPDATE accounts SET balance = balance + ? WHERE owner = ? RETURNING balance";
    let balance: i64 = sqlx::query_scalar(statement)
        .bind(amount)
        .bind(owner)
        .fetch_one(connection)
        .await?;
    println!("  {owner} has {balance}");
    Ok(())
}

/// One statement needs no transaction.
#[handler]
pub(crate) async fn balances(pool: Depends<pool>) -> Result<Vec<(String, i64)>, Error> {
    sqlx::query_as("SELECT owner, balance FROM accounts ORDER BY owner")
        .fetch_all(&*pool)
        .await
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let app = App::new();
    show(&app, "before").await?;
    for amount in [30_i64, 500] {
        println!("\ntransfer {amount}");
        let call = Call::new().with(amount);
        if let Err(error) = app.run(transfer::handler, call).await? {
            println!("  error: {error}");
        }
        show(&app, "after").await?;
    }
    app.shutdown(Duration::from_secs(10)).await?;
    Ok(())
}

async fn show(app: &App, when: &str) -> Result<(), BoxError> {
    let balances = app.run(balances::handler, Call::new()).await??;
    listing::print(when, &balances);
    Ok(())
}
