//! [`Bench`]: a queue in a file with one worker, for tests that need no other process.

use apalis_core::backend::ext::BackendExt;
use apalis_core::backend::ext::poll_strategy::{IntervalStrategy, PollWith};
use apalis_core::error::WorkerError;
use apalis_core::task::builder::TaskBuilder;
use apalis_core::task::data::Data;
use apalis_core::worker::builder::WorkerBuilder;
use apalis_core::worker::context::WorkerContext;
use apalis_sqlite::SqliteStorage;
use hueless::App;
use hueless::apalis::{Decoded, Lenient, lenient};
use tower_layer::{Identity, Stack};

pub(crate) use crate::queue::Told;
use crate::queue::{LOOK, Payload, Shared, Sqlite, SqliteFile, unused_name};

pub(crate) struct Bench {
    pub(crate) app: App,
    pub(crate) worker: WorkerContext,
    pub(crate) queue: Sqlite,
    /// Gone with the last bench on it.
    _file: SqliteFile,
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
            _file: file,
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

    pub(crate) async fn push<T: Payload>(&self, payload: T) {
        self.queue.push(TaskBuilder::new(payload)).await;
    }

    pub(crate) async fn push_task<T: Payload>(&self, task: TaskBuilder<T>) {
        self.queue.push(task).await;
    }

    /// A worker whose jobs carry a `T`.
    pub(crate) fn builder<T: Payload>(&self) -> Builder<T> {
        self.builder_of(1)
    }

    /// One that fetches so many jobs at once.
    pub(crate) fn builder_of<T: Payload>(&self, at_once: usize) -> Builder<T> {
        WorkerBuilder::new(&self.worker)
            .backend(lenient(self.queue.storage::<T>(at_once)).poll_with_interval(LOOK))
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
        self.queue.when(is_so).await
    }

    /// What the queue was told of its jobs, in the order in which they were pushed.
    pub(crate) async fn told(&self) -> Vec<Told> {
        self.queue.told().await.expect("the queue is there")
    }
}

/// Whether all jobs are done.
pub(crate) fn all_done(told: &[Told]) -> bool {
    told.iter().all(|told| told.is("Done"))
}

/// Whether all jobs are done or aborted.
pub(crate) fn all_ended(told: &[Told]) -> bool {
    told.iter().all(Told::has_ended)
}
