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
//! cargo run --example with-sqlx    # SQLite, in memory
//! DATABASE=accounts.db cargo run --example with-sqlx    # kept in a file
//! ```

mod listing;

use std::env;
use std::sync::Arc;
use std::time::Duration;

use hueless::{App, BoxError, Call, Depends, Input, Outcome, dependency, handler};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqlitePool, SqlitePoolOptions};
use sqlx::{Error, Sqlite};
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard};

/// Everyone who waits for a singleton is told why it failed, so its error can be cloned.
#[dependency(singleton, teardown = close)]
async fn pool() -> Result<SqlitePool, Arc<Error>> {
    let database = match env::var_os("DATABASE") {
        Some(path) => SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true),
        None => "sqlite::memory:".parse()?,
    };
    let pool = SqlitePoolOptions::new()
        .max_connections(4)
        .connect_with(database)
        .await?;
    sqlx::raw_sql(include_str!("accounts.sql"))
        .execute(&pool)
        .await?;
    Ok(pool)
}

/// When the app is shut down.
async fn close(pool: Depends<pool>, _outcome: Outcome) {
    pool.close().await;
}

/// A request's values are shared, and statements need `&mut`: hence the lock. `commit` needs the whole
/// of it, so who ends it takes it out.
struct Transaction(Mutex<Option<sqlx::Transaction<'static, Sqlite>>>);

impl Transaction {
    async fn connection(&self) -> Result<MappedMutexGuard<'_, SqliteConnection>, BoxError> {
        // Nothing is left for a task that outlived its request.
        MutexGuard::try_map(self.0.lock().await, Option::as_deref_mut)
            .map_err(|_| "the transaction has ended".into())
    }
}

/// No more at once than the pool has connections.
#[dependency(limit = 4, teardown = end)]
async fn transaction(pool: Depends<pool>) -> Result<Transaction, Error> {
    Ok(Transaction(Mutex::new(Some(pool.begin().await?))))
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
async fn transfer(
    transaction: Depends<transaction>,
    Input(amount): Input<i64>,
) -> Result<(), BoxError> {
    let mut connection = transaction.connection().await?;
    add(&mut connection, "Grace", amount).await?;
    // The table refuses what would leave less than nothing; then Grace has been given already.
    add(&mut connection, "Ada", -amount).await?;
    Ok(())
}

async fn add(connection: &mut SqliteConnection, owner: &str, amount: i64) -> Result<(), Error> {
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
async fn balances(pool: Depends<pool>) -> Result<Vec<(String, i64)>, Error> {
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
