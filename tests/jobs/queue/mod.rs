//! The queues that workers are tried on, and who counts their acknowledgements: the queue itself.

mod postgres;
mod redis;
mod sqlite;

use std::collections::BTreeMap;
use std::env;
use std::io::{self, Write};
use std::time::Duration;

use apalis_core::backend::finalize::Durable;
use apalis_core::backend::persistence::TaskPersistLayer;
use apalis_core::backend::{Backend, BackendConfig, TaskSink, WireFormatBackend};
use apalis_core::task::Task;
use apalis_sqlite::JsonCodec;
use hueless::BoxError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

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
    let now = std::time::UNIX_EPOCH.elapsed().expect("it is past 1970");
    format!("hueless-tests-{}-{}", std::process::id(), now.as_nanos())
}
