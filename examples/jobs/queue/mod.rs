//! The queue, wherever it is.

mod postgres;
mod redis;
mod sqlite;

use std::time::Duration;

use apalis_core::backend::TaskSink;
use apalis_postgres::PostgresStorage;
use apalis_redis::RedisStorage;
use apalis_sqlite::SqliteStorage;
use hueless::{App, BoxError};

use crate::Stop;
use crate::error::Error;
use crate::options::Address;
use crate::thumbnail::Order;
use crate::worker;

/// What the jobs are called there.
const NAME: &str = "thumbnails";

/// How often a worker tells that it lives.
const HEARTBEAT: Duration = Duration::from_secs(2);

/// After how many heartbeats that did not come its jobs are given to others.
const MISSED_HEARTBEATS: usize = 5;

/// How many jobs a worker fetches ahead of those that it runs: while one waits, apalis neither sends
/// heartbeats nor acknowledges.
const BATCH: usize = 1;

/// How long it may take to reach a server.
const PATIENCE: Duration = Duration::from_secs(10);

/// The queue, wherever it is.
#[derive(Clone)]
pub(crate) enum Queue {
    Sqlite(SqliteStorage<Order>),
    Postgres(PostgresStorage<Order>),
    Redis(RedisStorage<Order>),
}

impl Queue {
    /// Reaches the queue, and makes what it needs.
    pub(crate) async fn connect(address: &Address) -> Result<Self, BoxError> {
        let connected = async {
            Ok::<_, BoxError>(match address {
                Address::Sqlite(file) => Self::Sqlite(sqlite::connect(file).await?),
                Address::Postgres(url) => Self::Postgres(postgres::connect(url).await?),
                Address::Redis(url) => Self::Redis(redis::connect(url).await?),
            })
        };
        match tokio::time::timeout(PATIENCE, connected).await {
            Ok(Ok(queue)) => Ok(queue),
            Ok(Err(error)) => Err(format!("the queue cannot be reached: {error}").into()),
            Err(_) => Err(format!("the queue did not answer within {PATIENCE:?}").into()),
        }
    }

    /// Asks for a thumbnail.
    pub(crate) async fn push(&self, order: Order) -> Result<(), Error> {
        match self.clone() {
            Self::Sqlite(mut queue) => queue.push(order).await.map_err(Error::queue),
            Self::Postgres(mut queue) => queue.push(order).await.map_err(Error::queue),
            Self::Redis(mut queue) => queue.push(order).await.map_err(Error::queue),
        }
    }

    /// Makes thumbnails until the process is asked to stop.
    pub(crate) async fn work(self, app: App, stop: Stop) {
        match self {
            Self::Sqlite(queue) => worker::run(queue, app, stop).await,
            Self::Postgres(queue) => worker::run(queue, app, stop).await,
            Self::Redis(queue) => worker::run(queue, app, stop).await,
        }
    }
}
