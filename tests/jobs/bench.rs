//! [`Bench`]: a queue in a file with one worker, for tests that need no other process.

use std::time::{Duration, Instant};

use apalis_core::backend::ext::BackendExt;
use apalis_core::backend::ext::poll_strategy::{IntervalStrategy, PollWith};
use apalis_core::error::WorkerError;
use apalis_core::task::Task;
use apalis_core::task::builder::TaskBuilder;
use apalis_core::task::data::Data;
use apalis_core::worker::builder::WorkerBuilder;
use apalis_core::worker::context::WorkerContext;
use apalis_sqlite::SqliteStorage;
use futures_util::SinkExt;
use hueless::App;
use hueless::apalis::{Decoded, Lenient, lenient};
use sqlx::Row;
use tower_layer::{Identity, Stack};

use crate::patience::PATIENCE;
use crate::queue::{LOOK, Payload, Shared, Sqlite, SqliteFile, unused_name};

pub(crate) struct Bench {
    pub(crate) app: App,
    pub(crate) worker: WorkerContext,
    pub(crate) queue: Sqlite,
    file: SqliteFile,
}

type Builder<T> = WorkerBuilder<
    Decoded<T>,
    PollWith<Lenient<SqliteStorage<T>>, IntervalStrategy>,
    Stack<Data<App>, Identity>,
>;

impl Bench {
    /// What the queue is called.
    pub(crate) const QUEUE: &str = "bench";

    pub(crate) async fn new() -> Self {
        Self::with(App::new()).await
    }

    pub(crate) async fn with(app: App) -> Self {
        let file = SqliteFile::new();
        let queue = Sqlite::open(file.address(), Self::QUEUE).await;
        let mut queue = queue.expect("a new file");
        queue.set_up().await.expect("a queue");
        Self {
            app,
            worker: WorkerContext::new(&unused_name()),
            queue,
            file,
        }
    }

    /// Another worker on the same queue, with an app of its own.
    pub(crate) fn hire(self) -> Self {
        Self {
            app: App::new(),
            worker: WorkerContext::new(&unused_name()),
            ..self
        }
    }

    /// For other processes.
    #[cfg(unix)]
    pub(crate) fn address(&self) -> &str {
        self.file.address()
    }

    /// Adds a job. Those that are added in one moment may be taken in any order.
    pub(crate) async fn push<T: Payload>(&self, payload: T) {
        self.push_task(TaskBuilder::new(payload)).await;
    }

    pub(crate) async fn push_task<T: Payload>(&self, task: TaskBuilder<T>) {
        let encoded = task.try_map_args(|payload| serde_json::to_vec(&payload));
        self.push_bytes(encoded.expect("it is encoded").build())
            .await;
    }

    /// Adds a job that carries whatever bytes.
    pub(crate) async fn push_bytes(&self, task: Task<Vec<u8>>) {
        let mut storage = self.queue.storage::<()>(1);
        storage.send(task).await.expect("the queue takes it");
    }

    /// A worker whose jobs carry a `T`.
    pub(crate) fn builder<T: Payload>(&self) -> Builder<T> {
        WorkerBuilder::new(&self.worker)
            .backend(lenient(self.queue.storage::<T>(1)).poll_with_interval(LOOK))
            .data(self.app.clone())
    }

    /// Runs a worker until the queue was told of its jobs what is awaited, in the order of the pushes.
    pub(crate) async fn run(
        &self,
        worker: impl Future<Output = Result<(), WorkerError>> + Send + 'static,
        is_over: impl Fn(&[Told]) -> bool,
    ) -> Vec<Told> {
        let worker = tokio::spawn(worker);
        let told = self.when(is_over).await;
        self.worker.stop().expect("the worker runs");
        worker.await.expect("no panic").expect("no error");
        told
    }

    /// Waits until the queue was told what is awaited.
    pub(crate) async fn when(&self, is_so: impl Fn(&[Told]) -> bool) -> Vec<Told> {
        let begun = Instant::now();
        loop {
            let told = self.told().await;
            if is_so(&told) {
                return told;
            }
            assert!(begun.elapsed() < PATIENCE, "{told:?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// What the queue was told of its jobs, in the order in which they were pushed.
    pub(crate) async fn told(&self) -> Vec<Told> {
        let rows = sqlx::query("SELECT status, attempts, last_result FROM Jobs ORDER BY rowid")
            .fetch_all(&self.queue.pool)
            .await
            .expect("the queue is there");
        let read = |row: &sqlx::sqlite::SqliteRow| Told {
            status: row.get(0),
            attempts: row.get(1),
            result: row.get::<Option<String>, _>(2).unwrap_or_default(),
        };
        rows.iter().map(read).collect()
    }
}

/// What a queue was told of a job.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) status: String,
    pub(crate) attempts: u32,
    /// As JSON.
    pub(crate) result: String,
}

impl Told {
    pub(crate) fn is(&self, status: &str) -> bool {
        self.status == status
    }
}

/// Whether all jobs are done.
pub(crate) fn all_done(told: &[Told]) -> bool {
    told.iter().all(|told| told.is("Done"))
}

/// Whether all jobs are done or aborted.
pub(crate) fn all_ended(told: &[Told]) -> bool {
    told.iter().all(|told| told.is("Done") || told.is("Killed"))
}
