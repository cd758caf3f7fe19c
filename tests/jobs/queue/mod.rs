//! The queues that workers are tried on, and who counts their acknowledgements: the queue itself.

mod postgres;
mod redis;
mod sqlite;

use std::collections::BTreeMap;
use std::env;
use std::fmt::Debug;
use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use apalis_core::backend::finalize::Durable;
use apalis_core::backend::persistence::TaskPersistLayer;
use apalis_core::backend::{Backend, BackendConfig, TaskSink, WireFormatBackend};
use apalis_core::task::Task;
use apalis_core::task::builder::TaskBuilder;
use apalis_sqlite::JsonCodec;
use futures_util::{Sink, SinkExt};
use hueless::BoxError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::patience::PATIENCE;

pub(crate) use self::postgres::Postgres;
pub(crate) use self::redis::Redis;
pub(crate) use self::sqlite::{Sqlite, SqliteFile};

/// How often a worker tells that it lives: queues count in whole seconds.
pub(crate) const HEARTBEAT: Duration = Duration::from_secs(1);

/// After how many heartbeats that did not come a worker counts as dead. Patient enough for a machine
/// that has much to do: a worker that is merely slow loses its jobs to another one.
pub(crate) const MISSED_HEARTBEATS: usize = 5;

/// How often a worker looks whether there is work.
pub(crate) const LOOK: Duration = Duration::from_millis(20);

/// What a job may carry.
pub(crate) trait Payload:
    Serialize + DeserializeOwned + Send + Sync + Unpin + 'static
{
}

impl<T: Serialize + DeserializeOwned + Send + Sync + Unpin + 'static> Payload for T {}

/// A kind of queue that processes can share.
pub(crate) trait Shared: Sized {
    /// What workers take jobs from, and what takes jobs.
    type Storage<Args: Payload>: Backend<Task = Task<Vec<u8>>>
        + BackendConfig<
            Args = Args,
            Kind = Durable,
            Layer = TaskPersistLayer<JsonCodec<Value>, Value>,
        > + WireFormatBackend<Codec = JsonCodec, Compact = Vec<u8>>
        + TaskSink<Args, Durable>
        + Sink<Task<Vec<u8>>, Error: Debug>
        + Send
        + Unpin
        + 'static;

    /// What the tests call it.
    const NAME: &str;

    /// Reaches the queue of that name.
    fn open(address: &str, queue: &str) -> impl Future<Output = Result<Self, BoxError>>;

    /// The queue as apalis knows it. A worker takes so many jobs at once.
    fn storage<Args: Payload>(&self, at_once: usize) -> Self::Storage<Args>;

    /// Makes what the queue needs, once and before any process works on it: processes that do it at
    /// the same time get in each other's way. From then on acknowledgements are counted.
    fn set_up(&mut self) -> impl Future<Output = Result<(), BoxError>>;

    /// How often each job was acknowledged as done since.
    fn acknowledged(&mut self) -> impl Future<Output = Result<Acknowledged, BoxError>>;

    /// What the queue was told of its jobs: in SQLite in the order of the pushes, elsewhere in any.
    fn told(&self) -> impl Future<Output = Result<Vec<Told>, BoxError>>;

    /// Adds a record that is none of apalis's, so that the queue itself cannot read it.
    fn push_no_job(&self) -> impl Future<Output = Result<(), BoxError>>;

    /// What a worker says who meets that record.
    const NO_JOB: &str;

    /// Adds a job that carries whatever bytes.
    async fn push_bytes(&self, task: Task<Vec<u8>>) {
        let mut storage = self.storage::<()>(1);
        storage.send(task).await.expect("the queue takes it");
    }

    /// Adds a job. Those that are added in one moment may be taken in any order.
    async fn push<T: Payload>(&self, task: TaskBuilder<T>) {
        let encoded = task.try_map_args(|payload| serde_json::to_vec(&payload));
        self.push_bytes(encoded.expect("it is encoded").build())
            .await;
    }

    /// Waits until the queue was told what is awaited.
    async fn when(&self, is_so: impl Fn(&[Told]) -> bool) -> Vec<Told> {
        let begun = Instant::now();
        loop {
            let told = self.told().await.expect("the queue is there");
            if is_so(&told) {
                return told;
            }
            assert!(begun.elapsed() < PATIENCE, "{told:?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
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

    /// Whether it ended well, or was aborted.
    pub(crate) fn has_ended(&self) -> bool {
        self.is("Done") || self.is("Killed")
    }
}

/// How often each job was acknowledged, by the queue's identifier.
pub(crate) type Acknowledged = BTreeMap<String, usize>;

/// The address of a server that tests may use, or `None` with a word about that.
pub(crate) fn server(variable: &str) -> Option<String> {
    let address = env::var(variable).ok();
    if address.is_none() {
        say(&format!(
            "skipped: `{variable}` names no server; `.ci/services cargo test` starts one"
        ));
    }
    address
}

/// Prints what is to be read though the test passes.
pub(crate) fn say(text: &str) {
    drop(writeln!(io::stderr(), "{text}"));
}

/// A queue name that no other run of the tests has.
pub(crate) fn unused_name() -> String {
    // Clocks tick rarely enough for two tests to read the same time.
    static NAMES: AtomicUsize = AtomicUsize::new(0);
    let number = NAMES.fetch_add(1, Ordering::Relaxed);
    let now = std::time::UNIX_EPOCH.elapsed().expect("it is past 1970");
    let (process, now) = (std::process::id(), now.as_nanos());
    format!("hueless-tests-{process}-{now}-{number}")
}
