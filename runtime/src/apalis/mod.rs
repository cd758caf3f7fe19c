//! Handlers as the workers of [apalis](https://docs.rs/apalis):
//! `.backend(lenient(queue)).build(job(thumbnail::handler))`.
//!
//! ```
//! # use apalis_core::backend::{Backend, BackendConfig, WireFormatBackend, codec::Codec, finalize::Durable};
//! # use apalis_core::backend::{TaskSink, memory::MemoryStorage};
//! # use apalis_core::error::WorkerError;
//! # use apalis_core::task::Task;
//! # use apalis_core::worker::context::WorkerContext;
//! # use std::sync::atomic::{AtomicBool, Ordering};
//! # static IS_CLOSED: AtomicBool = AtomicBool::new(false);
//! use apalis_core::worker::builder::WorkerBuilder;
//! use hueless::apalis::{job, lenient};
//! use hueless::{App, Depends, Input, Outcome, dependency, handler};
//!
//! #[dependency(singleton)]
//! async fn greeting() -> String {
//!     "hello".to_owned()
//! }
//!
//! #[dependency(teardown = close)]
//! fn letter(Input(name): Input<String>, greeting: Depends<greeting>) -> String {
//!     // May block: it runs on a thread of the lane, and the worker's heartbeat goes on.
//!     format!("{} {name}", *greeting)
//! }
//!
//! fn close(letter: Depends<letter>, outcome: Outcome) {
//!     // The queue is told after this.
//!     assert_eq!((letter.as_str(), outcome), ("hello Ada", Outcome::Completed));
//! #   IS_CLOSED.store(true, Ordering::Relaxed);
//! }
//!
//! #[handler]
//! fn send(letter: Depends<letter>) -> usize {
//!     letter.len()
//! }
//!
//! # async fn work<Q>(queue: Q) -> Result<(), WorkerError>
//! # where
//! #     Q: Backend<Task = Task<Vec<u8>>> + BackendConfig<Args = String, Kind = Durable> + Send + Unpin,
//! #     Q: BackendConfig<Layer = tower::layer::util::Identity>,
//! #     Q: WireFormatBackend<Compact = Vec<u8>, Codec: Clone + Unpin>,
//! #     Q::Codec: Codec<String, Compact = Vec<u8>, Error: std::error::Error + Send + Sync>,
//! #     Q::Error: std::error::Error + Send + Sync + 'static,
//! # {
//! # let stopped = std::future::ready(Ok::<_, WorkerError>(()));
//! let app = App::new();
//! // `queue` is a `SqliteStorage<String>`, say. Without `lenient`, one job that cannot be decoded ends
//! // each worker that takes it.
//! let worker = WorkerBuilder::new("letters")
//!     .backend(lenient(queue))
//!     .data(app.clone())
//!     .build(job(send::handler));
//! worker.run_until(stopped).await?; // until a future ends, such as one that waits for SIGTERM
//! app.shutdown(std::time::Duration::from_secs(10)).await.expect("no handler is left");
//! # Ok(())
//! # }
//! # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
//! #     let mut queue = MemoryStorage::new();
//! #     queue.push("Ada".to_owned()).await.unwrap();
//! #     let context = WorkerContext::new("letters");
//! #     let worker = WorkerBuilder::new(&context).backend(queue).build(job(send::handler));
//! #     let worker = tokio::spawn(worker.run());
//! #     while !IS_CLOSED.load(Ordering::Relaxed) {
//! #         tokio::time::sleep(std::time::Duration::from_millis(5)).await;
//! #     }
//! #     context.stop().unwrap();
//! #     worker.await.unwrap().unwrap();
//! # });
//! ```
//!
//! [`Input`](crate::Input) is the payload, as in a [`Call`](crate::Call): a test runs the same handler
//! with `app.run(send::handler, Call::new().with(name))`. The other parameters are what apalis can
//! read from a task: `Data<T>`, `Attempt`, `TaskId`, `WorkerContext`, a `FromRequest` of your own. The
//! error of a dependency is whatever `?` turns into a boxed error.
//!
//! # What becomes of a job
//!
//! | what happens | the job |
//! |---|---|
//! | the handler returns | is done, as apalis's `IntoResponse` has it |
//! | the handler, a dependency or a teardown fails, or a `timeout` passes | is tried again, unless the error is apalis's `AbortError` |
//! | something panics | is aborted |
//! | the payload cannot be decoded, in a [`lenient`] queue | is aborted |
//! | the app has no seat for it, or a dependency no slot | waits, and the worker takes no further job meanwhile; no attempt is spent |
//! | the app has shut down | stays in the queue: the worker stops before it takes it |
//! | the same, or the app has no plan for the handler, and the worker had taken it | fails, and is tried again by another worker if it has an attempt left; this one stops |
//! | the worker stops before it has begun it, or its process is killed | is run by another worker, whatever its `max_attempts`, until its [spare attempts](JobService::spare_attempts) are spent as well |
//!
//! "Tried again" is the business of apalis: of its `RetryPolicy` in this worker, and of the queue
//! after that. Dependencies are resolved anew each time. A job that has failed for the last time is `Failed`
//! in the queue, one that was aborted `Killed`, with the text of its error: nothing is deleted.
//!
//! Teardowns hear how the job ended, and have ended themselves, *before* the queue is told. What is to
//! be done `after_response`, [`Background`](crate::Background) included, starts at that moment: apalis
//! writes the outcome next, and tells nobody when it is written. So a process that dies in between has
//! committed a job that will be run again, as in every queue that loses none: let it do no harm.
//!
//! # What each queue gives
//!
//! As of their version 1.0.0:
//!
//! | | `apalis-sqlite` | `apalis-postgres` | `apalis-redis` |
//! |---|---|---|---|
//! | a job fails each time | it has its `max_attempts` | it has its `max_attempts` | it has 25 attempts |
//! | a worker is killed | its jobs run again once its heartbeats are missed, with an attempt less | the same | they run again, with no attempt less |
//! | a worker stops that has fetched jobs and not begun them | they run again, with an attempt less | the same | they run again, with no attempt less |
//! | a job kills its worker each time | is aborted when its attempts and [spare ones](JobService::spare_attempts) are spent | the same | runs again for ever |
//! | a payload cannot be decoded, in a [`lenient`] queue | is aborted | is aborted | is aborted |
//! | the same, in another queue | ends each worker that takes it | the same | the same |
//! | a record is no job of apalis, such as one without its metadata in Redis | ends each worker that takes it, `lenient` or not | the same | the same |
//! | the queue breaks, or cannot be reached | the worker ends with its error; teardowns hear that their jobs were cancelled, and those run again | the same | the same |
//! | a worker tells how a job ended that was given to another meanwhile | nobody listens | nobody listens | the worker ends with an error |
//! | a job returns `RetryAfterError` or `DeferredError` | is never fetched again | is fetched again at once | is fetched again, some seconds later |
//!
//! # Shutting down
//!
//! Stop the workers, and wait for them. Then [shut down](crate::App::shutdown) the app: in the other order,
//! jobs that wait for a seat are refused, which costs them an attempt.
//!
//! A worker that is asked to stop takes no further job and waits for those that it has begun. **While it
//! waits it sends no heartbeat, and tells the queue of no job that has ended**: apalis does so when the
//! last one has. A queue is patient for its `heartbeat_interval` times its `missed_heartbeats`: a minute in
//! `apalis-sqlite` and five in the others, if nobody says. If the wait is longer, the worker counts as dead.
//! Another one then runs all of these jobs a second time, those included that have ended meanwhile. Each is
//! acknowledged once. So:
//!
//! - configure a queue that is more patient than your longest job takes;
//! - bound how long a job takes, with a `timeout` on its handler;
//! - let a job do no harm that runs twice, as you have to anyway.
//!
//! # With apalis 1.0
//!
//! - The option `timeout` of a handler waits for teardowns; apalis's `.timeout()` drops the job, and its
//!   teardowns run while the queue is told that it failed.
//! - Leave out `.catch_panic()`: a job that panics is aborted without it. With it, one that does so in apalis
//!   alone stays `Running` in the queue.
//! - Futures of a worker share one task. `.parallelize(tokio::spawn)` gives each a task of its own; plain
//!   functions have threads without it.
//! - A job that waits for the backoff of its `RetryPolicy` while its worker is asked to stop keeps the
//!   worker for ever. Without a backoff it does not.
//! - A worker that is asked to stop leaves what it is doing in its queue as it is. A transaction that is
//!   open at that moment stays open until the worker's jobs have ended. With `apalis-sqlite` the whole file
//!   may be locked meanwhile, and other workers fail with "database is locked". With `apalis-postgres` a job
//!   that has just begun may be locked, and is given to no other worker.
//! - Give a queue no larger `batch_size` than the worker has `.concurrency()`: while jobs are fetched
//!   but not begun, the worker neither sends heartbeats nor acknowledges.

mod job;
mod lenient;
mod payload;
mod service;
mod turned_away;

pub use self::job::Job;
pub use self::lenient::{Decoded, Lenient, LenientCodec, NotDecoded, lenient};
pub use self::service::{JobService, job};
