//! Diesel: a pool for the app, a transaction for the request.
//!
//! Diesel blocks, so all that uses it is a plain `fn`. Whoever takes `Depends<transaction>` neither
//! begins nor ends it: its teardown commits when the handler completed, and else rolls back.
//!
//! A request is a `Call` here. Behind axum nothing changes but `Input`, say to `Json`, and the errors,
//! which then implement `IntoResponse`.
//!
//! ```text
//! cargo run --example with-diesel    # SQLite, in a temporary file
//! DATABASE=accounts.db cargo run --example with-diesel    # in a file that is kept
//! ```

mod listing;
pub(crate) mod storage;

use std::error::Error;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::r2d2::{self, ConnectionManager, CustomizeConnection, Pool, PooledConnection};
use hueless::{App, BoxError, Call, Depends, Input, Outcome, Provider, dependency, handler};

use self::schema::accounts;
use self::storage::{PATIENCE, database};

mod schema {
    diesel::table! {
        accounts (owner) {
            owner -> Text,
            balance -> BigInt,
        }
    }
}

pub(crate) type Connections = ConnectionManager<SqliteConnection>;

/// Everyone who waits for a singleton is told why it failed, so its error can be cloned.
#[dependency(singleton)]
pub(crate) fn pool(
    database: Depends<database>,
) -> Result<Pool<Connections>, Arc<dyn Error + Send + Sync>> {
    let url = database.path().to_string_lossy();
    Ok(connect(&url)?)
}

fn connect(url: &str) -> Result<Pool<Connections>, BoxError> {
    let pool = Pool::builder()
        .max_size(transactions_at_once())
        .connection_customizer(Box::new(Settings))
        .build(Connections::new(url))?;
    pool.get()?.batch_execute(include_str!("accounts.sql"))?;
    Ok(pool)
}

/// As many connections as there may be transactions: `limit` says how many.
fn transactions_at_once() -> u32 {
    let limit = <transaction as Provider>::meta().limit;
    limit.map_or(1, |limit| limit.values)
}

/// What SQLite is told by each new connection.
#[derive(Debug)]
struct Settings;

impl CustomizeConnection<SqliteConnection, r2d2::Error> for Settings {
    fn on_acquire(&self, connection: &mut SqliteConnection) -> Result<(), r2d2::Error> {
        let patience = PATIENCE.as_millis();
        let settings = format!("PRAGMA busy_timeout = {patience}; PRAGMA foreign_keys = ON");
        connection
            .batch_execute(&settings)
            .map_err(r2d2::Error::QueryError)
    }
}

/// A request's values are shared, and statements need `&mut`: hence the lock. Who ends it takes the
/// connection out.
pub(crate) struct Transaction(Mutex<Option<PooledConnection<Connections>>>);

impl Transaction {
    /// Runs statements in it.
    pub(crate) fn run<T>(
        &self,
        statements: impl FnOnce(&mut SqliteConnection) -> QueryResult<T>,
    ) -> Result<T, BoxError> {
        let mut connection = self.lock();
        // Nothing is left for what outlives the request: its statements would be in no transaction.
        let connection = connection.as_mut().ok_or("the transaction has ended")?;
        Ok(statements(connection)?)
    }

    fn lock(&self) -> MutexGuard<'_, Option<PooledConnection<Connections>>> {
        // Poisoned by a handler that panicked: its transaction is still there, to be rolled back.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Who has to wait for one keeps no thread meanwhile. It is `IMMEDIATE`, so it waits for others that
/// write when it begins: one that has read and then wants to write could not wait any more.
#[dependency(limit = 4, teardown = end)]
pub(crate) fn transaction(pool: Depends<pool>) -> Result<Transaction, BoxError> {
    let mut connection = pool.get()?;
    AnsiTransactionManager::begin_transaction_sql(&mut *connection, "BEGIN IMMEDIATE")?;
    Ok(Transaction(Mutex::new(Some(connection))))
}

/// Before the response leaves: a commit that fails is the response.
#[expect(clippy::needless_pass_by_value, reason = "it is handed its value")]
fn end(transaction: Depends<transaction>, outcome: Outcome) -> Result<(), BoxError> {
    let Some(mut connection) = transaction.lock().take() else {
        return Ok(());
    };
    if outcome.is_completed() {
        AnsiTransactionManager::commit_transaction(&mut *connection)?;
        println!("  committed");
    } else {
        AnsiTransactionManager::rollback_transaction(&mut *connection)?;
        println!("  rolled back ({outcome})");
    }
    Ok(())
}

#[handler]
pub(crate) fn transfer(
    transaction: Depends<transaction>,
    Input(amount): Input<i64>,
) -> Result<(), BoxError> {
    transaction.run(|connection| {
        add(connection, "Grace", amount)?;
        // The table refuses what would leave less than nothing; then Grace has been given already.
        add(connection, "Ada", -amount)
    })
}

pub(crate) fn add(connection: &mut SqliteConnection, owner: &str, amount: i64) -> QueryResult<()> {
    let balance: i64 = diesel::update(accounts::table.find(owner))
        .set(accounts::balance.eq(accounts::balance + amount))
        .returning(accounts::balance)
        .get_result(connection)?;
    println!("  {owner} has {balance}");
    Ok(())
}

/// One statement needs no transaction.
#[handler]
pub(crate) fn balances(pool: Depends<pool>) -> Result<Vec<(String, i64)>, BoxError> {
    let accounts = accounts::table.order(accounts::owner);
    Ok(accounts.load(&mut pool.get()?)?)
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
