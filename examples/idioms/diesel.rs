//! Diesel: a pool for the app, a transaction for the request.
//!
//! Diesel blocks, so all that uses it is a plain `fn`. Whoever takes `Depends<transaction>` neither
//! begins nor ends it: its teardown commits when the handler completed, and else rolls back.
//!
//! A request is a `Call` here. Behind axum nothing changes but `Input`, say to `Json`, and the errors,
//! which then implement `IntoResponse`.
//!
//! ```text
//! cargo run --example with-diesel    # SQLite, in memory
//! DATABASE=accounts.db cargo run --example with-diesel    # kept in a file
//! ```

mod listing;

use std::env;
use std::error::Error;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, Pool, PooledConnection};
use diesel::result::Error as QueryError;
use hueless::{App, BoxError, Call, Depends, Input, Outcome, dependency, handler};

use self::schema::accounts;

mod schema {
    diesel::table! {
        accounts (owner) {
            owner -> Text,
            balance -> BigInt,
        }
    }
}

/// Shared by all connections of this process, and gone with the last of them.
const IN_MEMORY: &str = "file:accounts?mode=memory&cache=shared";

type Connections = ConnectionManager<SqliteConnection>;

/// Everyone who waits for a singleton is told why it failed, so its error can be cloned.
#[dependency(singleton)]
fn pool() -> Result<Pool<Connections>, Arc<dyn Error + Send + Sync>> {
    Ok(connect()?)
}

fn connect() -> Result<Pool<Connections>, BoxError> {
    let url = env::var("DATABASE").unwrap_or_else(|_| IN_MEMORY.to_owned());
    let connections = Connections::new(url);
    let pool = Pool::builder().max_size(4).build(connections)?;
    pool.get()?.batch_execute(include_str!("accounts.sql"))?;
    Ok(pool)
}

/// A request's values are shared, and statements need `&mut`: hence the lock.
struct Transaction(Mutex<PooledConnection<Connections>>);

impl Transaction {
    fn connection(&self) -> MutexGuard<'_, PooledConnection<Connections>> {
        // Poisoned by a handler that panicked: its transaction is still there, to be rolled back.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// No more at once than the pool has connections: who has to wait then keeps no thread.
#[dependency(limit = 4, teardown = end)]
fn transaction(pool: Depends<pool>) -> Result<Transaction, BoxError> {
    let mut connection = pool.get()?;
    AnsiTransactionManager::begin_transaction(&mut *connection)?;
    Ok(Transaction(Mutex::new(connection)))
}

/// Before the response leaves: a commit that fails is the response.
#[expect(clippy::needless_pass_by_value, reason = "it is handed its value")]
fn end(transaction: Depends<transaction>, outcome: Outcome) -> Result<(), BoxError> {
    let connection = &mut **transaction.connection();
    if outcome.is_completed() {
        AnsiTransactionManager::commit_transaction(connection)?;
        println!("  committed");
    } else {
        AnsiTransactionManager::rollback_transaction(connection)?;
        println!("  rolled back ({outcome})");
    }
    Ok(())
}

#[handler]
fn transfer(
    transaction: Depends<transaction>,
    Input(amount): Input<i64>,
) -> Result<(), QueryError> {
    let connection = &mut **transaction.connection();
    add(connection, "Grace", amount)?;
    // The table refuses what would leave less than nothing; then Grace has been given already.
    add(connection, "Ada", -amount)
}

fn add(connection: &mut SqliteConnection, owner: &str, amount: i64) -> Result<(), QueryError> {
    let balance: i64 = diesel::update(accounts::table.find(owner))
        .set(accounts::balance.eq(accounts::balance + amount))
        .returning(accounts::balance)
        .get_result(connection)?;
    println!("  {owner} has {balance}");
    Ok(())
}

/// One statement needs no transaction.
#[handler]
fn balances(pool: Depends<pool>) -> Result<Vec<(String, i64)>, BoxError> {
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
