//! [`job`]: a handler as the service of a worker.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use apalis_core::error::AbortError;
use apalis_core::task::Task;
use apalis_core::task::into_response::IntoResponse;
use apalis_core::worker::context::WorkerContext;
use tower_service::Service;

use super::Job;
use super::turned_away::TurnedAway;
use crate::app::App;
use crate::context::BoxError;
use crate::failure::Failure;
use crate::invocation::{Invocation, Reply};
use crate::timer::{Alarm, Rings};

/// A handler as what a worker of apalis runs: `WorkerBuilder::build(job(name::handler))`.
///
/// The app that serves is the one the worker was given with `.data(app)`, or else the
/// [default app](App::current) of the runtime.
///
/// ```
/// use apalis_core::backend::{TaskSink, memory::MemoryStorage};
/// use apalis_core::worker::{builder::WorkerBuilder, context::WorkerContext};
/// use hueless::apalis::job;
/// use hueless::{Input, handler};
///
/// #[handler]
/// fn greet(Input(name): Input<String>, worker: WorkerContext) -> Result<(), String> {
///     assert_eq!(name, "Ada");
///     worker.stop().map_err(|error| error.to_string())
/// }
///
/// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
/// let mut queue = MemoryStorage::new();
/// queue.push("Ada".to_owned()).await.unwrap();
/// let worker = WorkerBuilder::new("greeter").backend(queue).build(job(greet::handler));
/// worker.run().await.unwrap();
/// # });
/// ```
///
/// The module says [what becomes of a job](super#what-becomes-of-a-job).
pub fn job<H, Args, M, F, T, R>(handler: F) -> JobService<H, Args, M, F>
where
    Args: Send + Sync + 'static,
    F: Fn(Invocation<H, Job<Args>, M>) -> T,
    T: Future<Output = Result<Reply<R>, BoxError>>,
    R: IntoResponse,
{
    JobService {
        handler,
        turned_away: TurnedAway::default(),
        is_ready: false,
        marker: PhantomData,
    }
}

/// The service of a worker that runs a handler; made by [`job`].
///
/// It is ready unless a job waits that the app has no seat or no slot for.
///
/// ```
/// use apalis_core::task::Task;
/// use hueless::apalis::job;
/// use hueless::{Input, handler};
/// use tower::{Service, ServiceExt};
///
/// #[handler]
/// fn double(Input(number): Input<u64>) -> Result<u64, String> {
///     Ok(number * 2)
/// }
///
/// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
/// let mut service = job(double::handler);
/// let service = ServiceExt::<Task<u64>>::ready(&mut service).await.unwrap();
/// assert_eq!(service.call(Task::new(21_u64)).await.unwrap(), 42);
/// # });
/// ```
///
/// # Errors
///
/// The error of a node, a [`Failure`], or the error that apalis's `IntoResponse` makes of what the
/// handler returned: see [what becomes of a job](super#what-becomes-of-a-job).
///
/// # Cancel safety
///
/// When the future of a call is dropped, as apalis's `.timeout()` does, the job ends as the request of
/// [`App::run`] does.
#[must_use = "a service does nothing until a worker is built with it"]
pub struct JobService<H, Args, M, F> {
    handler: F,
    turned_away: TurnedAway,
    /// Who was told that it is ready may bring a job, whatever has happened since. A queue may have
    /// begun to fetch it, and hold locks until it goes on.
    is_ready: bool,
    marker: PhantomData<fn(H, Args, M)>,
}

/// Both hold back jobs while one of either waits.
impl<H, Args, M, F: Clone> Clone for JobService<H, Args, M, F> {
    fn clone(&self) -> Self {
        Self {
            handler: self.handler.clone(),
            turned_away: self.turned_away.clone(),
            is_ready: false,
            marker: PhantomData,
        }
    }
}

impl<H, Args, M, F> fmt::Debug for JobService<H, Args, M, F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("JobService").finish_non_exhaustive()
    }
}

impl<H, Args, M, F, T, R> Service<Task<Args>> for JobService<H, Args, M, F>
where
    H: 'static,
    Args: Send + Sync + 'static,
    M: 'static,
    F: Fn(Invocation<H, Job<Args>, M>) -> T + Clone + Send + Sync + 'static,
    T: Future<Output = Result<Reply<R>, BoxError>> + Send + 'static,
    R: IntoResponse,
{
    type Response = R::Output;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<R::Output, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        if !self.is_ready {
            ready!(self.turned_away.poll_none(context));
            self.is_ready = true;
        }
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, task: Task<Args>) -> Self::Future {
        self.is_ready = false;
        let (handler, turned_away) = (self.handler.clone(), self.turned_away.clone());
        Box::pin(async move {
            begin(&task)?;
            let app = task.data().get::<App>().cloned();
            let app = app.unwrap_or_else(App::current);
            let job = Job::new(task);
            let run = || handler(Invocation::new(app.clone(), job.clone()));
            let result = until_admitted(run, &turned_away).await;
            match result {
                Ok(reply) => reply.into_inner().into_response(),
                Err(error) => {
                    stop_if_useless(&error, job.task());
                    Err(error)
                }
            }
        })
    }
}

/// A job is not begun more often than it may be: one that takes the worker's process with it each
/// time never fails, so nobody else would end it.
fn begin<Args>(task: &Task<Args>) -> Result<(), BoxError> {
    match task.max_attempts() {
        Some(limit) if task.attempt() > limit => Err(AbortError::new(format!(
            "the job was begun {limit} times, as often as it may be, and the last time it did not end"
        ))
        .into()),
        _ => Ok(()),
    }
}

/// Runs a job again that the app has no seat or slot for, until it has: an attempt that the queue
/// counts would be spent on nothing.
async fn until_admitted<T, R>(
    run: impl Fn() -> T,
    turned_away: &TurnedAway,
) -> Result<Reply<R>, BoxError>
where
    T: Future<Output = Result<Reply<R>, BoxError>>,
{
    let mut place = None;
    let mut pause = SHORTEST_PAUSE;
    loop {
        let error = match run().await {
            Ok(reply) => return Ok(reply),
            Err(error) => error,
        };
        if !is(&error, Failure::is_overloaded) {
            return Err(error);
        }
        place.get_or_insert_with(|| turned_away.enter());
        if let Rings::ForWantOfATimer = Alarm::after(pause).ring().await {
            return Err(error);
        }
        pause = LONGEST_PAUSE.min(pause * 2);
    }
}

const SHORTEST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// A worker whose app has shut down, or has no plan for its handler, would fail all jobs of the queue,
/// as fast as it can take them.
fn stop_if_useless<Args>(error: &BoxError, task: &Task<Args>) {
    if !is(error, Failure::is_shutdown) && !is(error, Failure::is_plan) {
        return;
    }
    let Some(worker) = task.data().get::<WorkerContext>() else {
        return;
    };
    if worker.is_running() {
        let name = worker.name();
        tracing::error!(worker = name, %error, "a worker stops that can do no job");
        // It fails only where the worker has not begun.
        drop(worker.stop());
    }
}

fn is(error: &BoxError, kind: fn(&Failure) -> bool) -> bool {
    error.downcast_ref::<Failure>().is_some_and(kind)
}
