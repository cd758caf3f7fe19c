//! The queue, wherever it is.

mod postgres;
mod redis;
mod sqlite;

use std::time::Duration;

use apalis_core::backend::{FetchById, TaskSink};
use apalis_core::error::WorkerError;
use apalis_core::task::Task;
use apalis_core::task::builder::TaskBuilder;
use apalis_core::task::status::Status;
use apalis_postgres::PostgresStorage;
use apalis_redis::RedisStorage;
use apalis_sqlite::SqliteStorage;
use hueless::{App, BoxError};

use crate::Stop;
use crate::error::Error;
use crate::options::{Address, Options};
use crate::pictures::Name;
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
pub(crate) struct Queue {
    storage: Storage,
    /// How often a job is tried.
    tries: usize,
}

#[derive(Clone)]
enum Storage {
    Sqlite(SqliteStorage<Order>),
    Postgres(PostgresStorage<Order>),
    Redis(RedisStorage<Order>),
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// For a worker, for its end, or to be tried again.
    Waits,
    Done,
    GivenUp,
}

impl State {
    fn of(job: &Task<Vec<u8>>) -> Self {
        match job.status() {
            Status::Done => Self::Done,
            Status::Killed => Self::GivenUp,
            _ => Self::Waits,
        }
    }
}

impl Queue {
    /// Reaches the queue, and makes what it needs.
    pub(crate) async fn connect(options: &Options) -> Result<Self, BoxError> {
        let connected = async {
            Ok::<_, BoxError>(match &options.queue {
                Address::Sqlite(file) => Storage::Sqlite(sqlite::connect(file).await?),
                Address::Postgres(url) => Storage::Postgres(postgres::connect(url).await?),
                Address::Redis(url) => Storage::Redis(redis::connect(url).await?),
            })
        };
        match tokio::time::timeout(PATIENCE, connected).await {
            Ok(Ok(storage)) => Ok(Self {
                storage,
                tries: options.tries,
            }),
            Ok(Err(error)) => Err(format!("the queue cannot be reached: {error}").into()),
            Err(_) => Err(format!("the queue did not answer within {PATIENCE:?}").into()),
        }
    }

    /// Orders a thumbnail.
    pub(crate) async fn push(&self, order: Order) -> Result<(), Error> {
        let id = order.picture.job();
        let job = TaskBuilder::new(order)
            .task_id(id)
            .max_attempts(self.tries)
            .build();
        match self.storage.clone() {
            Storage::Sqlite(mut queue) => queue.push_task(job).await.map_err(Error::queue),
            Storage::Postgres(mut queue) => queue.push_task(job).await.map_err(Error::queue),
            Storage::Redis(mut queue) => queue.push_task(job).await.map_err(Error::queue),
        }
    }

    /// How far a picture's thumbnail is, or `None` if nobody has ordered one.
    pub(crate) async fn find(&self, picture: Name) -> Result<Option<State>, Error> {
        let id = picture.job();
        let job = match self.storage.clone() {
            Storage::Sqlite(mut queue) => queue.fetch_by_id(&id).await.map_err(Error::queue),
            Storage::Postgres(mut queue) => queue.fetch_by_id(&id).await.map_err(Error::queue),
            Storage::Redis(mut queue) => queue.fetch_by_id(&id).await.map_err(Error::queue),
        };
        Ok(job?.as_ref().map(State::of))
    }

    /// Makes thumbnails until the process is asked to stop.
    pub(crate) async fn work(self, app: App, stop: Stop) -> Result<(), WorkerError> {
        match self.storage {
            Storage::Sqlite(queue) => worker::run(queue, app, stop).await,
            Storage::Postgres(queue) => worker::run(queue, app, stop).await,
            Storage::Redis(queue) => worker::run(queue, app, stop).await,
        }
    }
}
