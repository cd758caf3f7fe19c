//! A queue in a file.

use std::path::PathBuf;

use apalis_sqlite::{Config, SqliteConnectOptions, SqlitePool, SqlitePoolOptions, SqliteStorage};
use hueless::BoxError;
use sqlx::Row;

use super::{Acknowledged, HEARTBEAT, MISSED_HEARTBEATS, Payload, Shared, Told, unused_name};

pub(crate) struct Sqlite {
    pub(crate) pool: SqlitePool,
    queue: String,
}

impl Shared for Sqlite {
    type Storage<Args: Payload> = SqliteStorage<Args>;

    const NAME: &str = "SQLite";

    async fn open(address: &str, queue: &str) -> Result<Self, BoxError> {
        let options = SqliteConnectOptions::new()
            .filename(address)
            .create_if_missing(true);
        let pool = SqlitePoolOptions::new().connect_with(options).await?;
        Ok(Self {
            pool,
            queue: queue.to_owned(),
        })
    }

    fn storage<Args: Payload>(&self, at_once: usize) -> SqliteStorage<Args> {
        let config = Config::default()
            .queue(&self.queue)
            .heartbeat_interval(HEARTBEAT)
            .missed_heartbeats(MISSED_HEARTBEATS)
            .batch_size(at_once);
        SqliteStorage::new(&self.pool).with_config(config)
    }

    async fn set_up(&mut self) -> Result<(), BoxError> {
        SqliteStorage::setup(&self.pool).await?;
        for statement in [
            "CREATE TABLE acknowledged (id TEXT NOT NULL)",
            "CREATE TRIGGER acknowledges AFTER UPDATE OF status ON Jobs WHEN NEW.status = 'Done' \
             BEGIN INSERT INTO acknowledged VALUES (NEW.id); END",
        ] {
            sqlx::query(statement).execute(&self.pool).await?;
        }
        Ok(())
    }

    async fn acknowledged(&mut self) -> Result<Acknowledged, BoxError> {
        let rows = sqlx::query("SELECT id FROM acknowledged")
            .fetch_all(&self.pool)
            .await?;
        let mut acknowledged = Acknowledged::new();
        for row in rows {
            *acknowledged.entry(row.try_get(0)?).or_default() += 1;
        }
        Ok(acknowledged)
    }

    async fn told(&self) -> Result<Vec<Told>, BoxError> {
        let rows = sqlx::query("SELECT status, attempts, last_result FROM Jobs ORDER BY rowid")
            .fetch_all(&self.pool)
            .await?;
        let read = |row: &sqlx::sqlite::SqliteRow| Told {
            status: row.get(0),
            attempts: row.get(1),
            result: row.get::<Option<String>, _>(2).unwrap_or_default(),
        };
        Ok(rows.iter().map(read).collect())
    }

    const NO_JOB: &str = "error occurred while decoding: invalid length";

    async fn push_no_job(&self) -> Result<(), BoxError> {
        let statement = "INSERT INTO Jobs (id, job_type, job, status, attempts, max_attempts, run_at) \
                         VALUES ('17', ?, 'null', 'Pending', 0, 25, 0)";
        let pushed = sqlx::query(statement).bind(&self.queue);
        pushed.execute(&self.pool).await?;
        Ok(())
    }
}

/// The file of a queue, which is gone when the test has ended.
pub(crate) struct SqliteFile(PathBuf);

impl SqliteFile {
    pub(crate) fn new() -> Self {
        Self(std::env::temp_dir().join(format!("{}.db", unused_name())))
    }

    pub(crate) fn address(&self) -> &str {
        self.0.to_str().expect("a path of ASCII")
    }
}

impl Drop for SqliteFile {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            let mut path = self.0.clone().into_os_string();
            path.push(end);
            drop(std::fs::remove_file(path));
        }
    }
}
