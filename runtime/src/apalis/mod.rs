//! Handlers as the workers of [apalis](https://docs.rs/apalis): `.build(job(thumbnail::handler))`.
//!
//! ```
//! use apalis_core::backend::{TaskSink, memory::MemoryStorage};
//! use apalis_core::worker::{builder::WorkerBuilder, context::WorkerContext};
//! use hueless::apalis::job;
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
//! }
//!
//! #[handler]
//! fn send(letter: Depends<letter>, worker: WorkerContext) -> Result<usize, String> {
//!     worker.stop().map_err(|error| error.to_string())?; // one letter will do
//!     Ok(letter.len())
//! }
//!
//! # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
//! let app = App::new();
//! let mut queue = MemoryStorage::new();
//! queue.push("Ada".to_owned()).await.unwrap();
//! let worker = WorkerBuilder::new("letters").backend(queue).data(app.clone()).build(job(send::handler));
//! worker.run().await.unwrap();
//! app.shutdown(std::time::Duration::from_secs(10)).await.unwrap();
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
//! | something panics | is aborted, as with apalis's `CatchPanicLayer` |
//! | the payload cannot be decoded, in a [`lenient`] queue | is aborted |
//! | the app has no seat for it, or a dependency no slot | waits, and the worker takes no further job meanwhile; no attempt is spent |
//! | the app has shut down, or has no plan for the handler | is tried again elsewhere: the worker stops |
//! | the worker's process is killed | is run again by another worker, once the queue misses the heartbeat; is aborted where that would be more often than its `max_attempts` |
//!
//! "Tried again" is the business of apalis: of its `RetryPolicy` in this worker, and of the queue
//! after that. Dependencies are resolved anew each time.
//!
//! Teardowns hear how the job ended, and have ended themselves, *before* the queue is told. What is to
//! be done `after_response`, [`Background`](crate::Background) included, starts at that moment: apalis
//! writes the outcome next, and tells nobody when it is written. So a process that dies in between has
//! committed a job that will be run again, as in every queue that loses none: let it do no harm.
//!
//! # Shutting down
//!
//! Stop the workers, and wait for them: apalis lets jobs that run finish. Then
//! [shut down](crate::App::shutdown) the app.
//!
//! # With apalis 1.0
//!
//! - The option `timeout` of a handler waits for teardowns; apalis's `.timeout()` drops the job, and its
//!   teardowns run while the queue is told that it failed.
//! - Futures of a worker share one task. `.parallelize(tokio::spawn)` gives each a task of its own; plain
//!   functions have threads without it.
//! - A handler that returns apalis's `RetryAfterError` leaves a job in `apalis-sqlite` 1.0.0 that is
//!   never fetched again. Return another error there.
//! - `apalis-redis` 1.0.0 counts no attempt for a job whose worker was killed: one that kills its worker
//!   each time is run again for ever.
//! - A worker that is asked to stop no longer waits for what it is fetching, and in SQLite that may hold
//!   the lock of the file until the worker's jobs have ended: others hear that the database is locked.
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
