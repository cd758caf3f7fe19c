//! A worker, on whichever queue.

use std::process;
use std::time::{Duration, UNIX_EPOCH};

use apalis::layers::WorkerBuilderExt;
use apalis_core::backend::ext::BackendExt;
use apalis_core::backend::finalize::Durable;
use apalis_core::backend::persistence::TaskPersistLayer;
use apalis_core::backend::{Backend, BackendConfig, WireFormatBackend};
use apalis_core::error::WorkerError;
use apalis_core::task::Task;
use apalis_core::worker::builder::WorkerBuilder;
use apalis_sqlite::JsonCodec;
use hueless::App;
use hueless::apalis::{job, lenient};
use serde_json::Value;

use crate::Stop;
use crate::thumbnail::{Order, make};
use crate::tries::Tries;

/// How many thumbnails a worker makes at once. One that failed counts until its pause is over: most
/// likely the next one would fail too.
const AT_ONCE: usize = 4;

/// How often it looks whether there is work.
const LOOK: Duration = Duration::from_millis(200);

/// How long it waits before it tries a queue again that has failed.
const PAUSE: Duration = Duration::from_secs(3);

/// Makes thumbnails until the process is asked to stop, and lets those finish that have begun.
///
/// apalis ends a worker whose queue fails. Its jobs are given up, and are still in the queue; another
/// worker takes its place.
///
/// # Errors
///
/// The queue has failed while the worker stopped: it may not know which jobs are done.
pub(crate) async fn run<Q>(queue: Q, app: App, stop: Stop) -> Result<(), WorkerError>
where
    Q: Backend<Task = Task<Vec<u8>>>
        + BackendConfig<
            Args = Order,
            Kind = Durable,
            Layer = TaskPersistLayer<JsonCodec<Value>, Value>,
        > + WireFormatBackend<Codec = JsonCodec, Compact = Vec<u8>>
        + Clone
        + Send
        + Unpin
        + 'static,
{
    loop {
        let worker = WorkerBuilder::new(unused_name())
            .backend(lenient(queue.clone()).poll_with_interval(LOOK))
            .data(app.clone())
            .concurrency(AT_ONCE)
            .build(Tries::of(job(make::handler), stop.clone()));
        let stopped = stop.clone().asked();
        let ended = worker
            .run_until(async move {
                stopped.await;
                Ok::<_, WorkerError>(())
            })
            .await;
        let Err(error) = ended else { return Ok(()) };
        if stop.is_asked() {
            return Err(error);
        }
        tracing::error!(%error, "the worker failed; a new one starts in {PAUSE:?}");
        if tokio::time::timeout(PAUSE, stop.clone().asked())
            .await
            .is_ok()
        {
            return Ok(());
        }
    }
}

/// The queue knows workers by their names, for as long as it takes to miss one.
fn unused_name() -> String {
    let now = UNIX_EPOCH.elapsed().unwrap_or_default();
    format!("thumbnails-{}-{:x}", process::id(), now.as_nanos())
}
