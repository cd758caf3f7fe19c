//! A queue in a file, for processes of one machine.

use std::path::Path;
use std::time::Duration;

use apalis_sqlite::{
    Config, Error, SqliteConnectOptions, SqlitePool, SqlitePoolOptions, SqliteStorage, SqlxError,
};
use hueless::BoxError;

use super::{BATCH, HEARTBEAT, MISSED_HEARTBEATS, NAME};

pub(super) async fn connect<T>(file: &Path) -> Result<SqliteStorage<T>, BoxError> {
    let opened = open(file).await;
    opened.map_err(|error| format!("{}: {error}", file.display()).into())
}

async fn open<T>(file: &Path) -> Result<SqliteStorage<T>, Error> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true);
    let pool = SqlitePoolOptions::new().connect_with(options).await?;
    set_up(&pool).await?;
    let config = Config::default()
        .queue(NAME)
        .batch_size(BATCH)
        .heartbeat_interval(HEARTBEAT)
        .missed_heartbeats(MISSED_HEARTBEATS);
    Ok(SqliteStorage::new(&pool).with_config(config))
}

/// Makes the tables. Of processes that do it at the same time, all but one are turned away.
async fn set_up(pool: &SqlitePool) -> Result<(), Error> {
    loop {
        match SqliteStorage::setup(pool).await {
            Err(error) if is_busy(&error) => tokio::time::sleep(Duration::from_millis(50)).await,
            ended => return ended,
        }
    }
}

fn is_busy(error: &Error) -> bool {
    const SQLITE_BUSY: i32 = 5;
    let Error::Database(SqlxError::Database(error)) = error else {
        return false;
    };
    let code = error.code().and_then(|code| code.parse::<i32>().ok());
    // The low byte says what it is, the others say more of it.
    code.is_some_and(|code| code & 0xff == SQLITE_BUSY)
}
