//! The database: one `SQLite` connection, shared by everyone.

use std::env;
use std::sync::{Mutex, MutexGuard, PoisonError};

use hueless::{Depends, Outcome, dependency};
use rusqlite::Connection;

use crate::error::Error;

/// A token that `schema.sql` gives out.
pub(crate) const ADAS_TOKEN: &str = "ada-counts";

/// A connection that one function at a time may use.
#[derive(Debug)]
pub(crate) struct Database(Mutex<Connection>);

impl Database {
    /// The connection, as soon as nobody else uses it.
    ///
    /// Blocks, as does every statement that is run on it: for plain functions only.
    pub(crate) fn connection(&self) -> MutexGuard<'_, Connection> {
        // SQLite undoes a statement that was cut short, so the connection outlives a panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The database: opened by the first request that needs it, then kept.
#[dependency(singleton, teardown = close)]
pub(crate) fn database() -> Result<Database, Error> {
    let connection = match env::var_os("DATABASE") {
        Some(path) => Connection::open(path)?,
        None => Connection::open_in_memory()?,
    };
    connection.execute_batch(include_str!("schema.sql"))?;
    Ok(Database(Mutex::new(connection)))
}

/// What `SQLite` asks for before its last connection goes; called by `App::shutdown`.
#[expect(clippy::needless_pass_by_value, reason = "it is handed its value")]
fn close(database: Depends<database>, _outcome: Outcome) -> Result<(), Error> {
    database.connection().execute_batch("PRAGMA optimize")?;
    println!("The database is closed.");
    Ok(())
}
