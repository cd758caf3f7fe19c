//! A queue in `PostgreSQL`.

use std::time::Duration;

use apalis_postgres::{Config, PostgresStorage};
use hueless::BoxError;
use sqlx::Connection;
use sqlx::postgres::{PgConnection, PgPoolOptions};

use super::{BATCH, HEARTBEAT, MISSED_HEARTBEATS, NAME};

/// How long a request waits for a connection: a pool goes on trying where nobody listens.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn connect<T>(url: &str) -> Result<PostgresStorage<T>, BoxError> {
    // Says why there is none, which a pool does not.
    PgConnection::connect(url).await?.close().await?;
    let pool = PgPoolOptions::new()
        .acquire_timeout(PATIENCE)
        .connect(url)
        .await?;
    PostgresStorage::setup(&pool).await?;
    let config = Config::default()
        .queue(NAME)
        .batch_size(BATCH)
        .heartbeat_interval(HEARTBEAT)
        .missed_heartbeats(MISSED_HEARTBEATS);
    Ok(PostgresStorage::new(&pool).with_config(config))
}
