//! [`job`]: a handler as the service of a worker.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use apalis_core::error::AbortError;
use apalis_core::task::Task;
use apalis_core::task::into_response::IntoResponse;
use apalis_core::task::status::Status;
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
        spare_attempts: SPARE_ATTEMPTS,
        turned_away: TurnedAway::default(),
        is_ready: false,
        last: None,
        marker: PhantomData,
    }
}

/// The service of a worker that runs a handler; made by [`job`].
///
/// It is ready unless a job waits that the app has no seat or no slot for. Where the app has shut down it
/// is never again, and stops its worker.
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
    spare_attempts: usize,
    turned_away: TurnedAway,
    /// Who was told that it is ready may bring a job, whatever has happened since. A queue may have
    /// begun to fetch it, and hold locks until it goes on.
    is_ready: bool,
    /// Where the last job ran: that the app has shut down is seen before the next one is taken.
    last: Option<Workplace>,
    marker: PhantomData<fn(H, Args, M)>,
}

/// How often a job may be lost, if nobody says: workers that come and go do not add up to so much, and
/// processes that a job takes with it do.
const SPARE_ATTEMPTS: usize = 25;

impl<H, Args, M, F> JobService<H, Args, M, F> {
    /// How many attempts beyond its `max_attempts` a job has that gets lost; 25 if nobody says.
    ///
    /// A job is lost with a worker that was killed, and handed back by one that stopped before it began
    /// it. Queues that count an attempt for either do not say which it was: of a job that has had all its
    /// attempts nobody knows whether it takes its process with it each time or never ran. So it runs again,
    /// and is aborted only when it was lost so often in a row that its attempts are beyond `max_attempts`
    /// and these. [What each queue gives](super#what-each-queue-gives) says which queues count.
    ///
    /// `0` ends a job that kills its workers soonest, and may abort one that never ran. `usize::MAX`
    /// aborts none. Jobs that fail, in this worker or as the queue has it, spend none of these.
    ///
    /// ```
    /// use hueless::apalis::job;
    /// use hueless::{Input, handler};
    ///
    /// #[handler]
    /// fn transcode(Input(film): Input<String>) {
    ///     // A library in C, which may crash.
    /// #   drop(film);
    /// }
    ///
    /// let service = job(transcode::handler).spare_attempts(3);
    /// # fn is_a_service<S: tower_service::Service<apalis_core::task::Task<String>>>(_: S) {}
    /// # is_a_service(service);
    /// ```
    pub fn spare_attempts(mut self, count: usize) -> Self {
        self.spare_attempts = count;
        self
    }
}

/// Both hold back jobs while one of either waits.
impl<H, Args, M, F: Clone> Clone for JobService<H, Args, M, F> {
    fn clone(&self) -> Self {
        Self {
            handler: self.handler.clone(),
            spare_attempts: self.spare_attempts,
            turned_away: self.turned_away.clone(),
            is_ready: false,
            // A layer that tries a job again asks a clone whether it is ready: one that never is again
            // would keep the worker for ever.
            last: None,
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
        if self.last.as_ref().is_some_and(Workplace::is_closed) {
            return Poll::Pending;
        }
        if !self.is_ready {
            ready!(self.turned_away.poll_none(context));
            self.is_ready = true;
        }
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, task: Task<Args>) -> Self::Future {
        self.is_ready = false;
        let given_up = given_up(&task, self.spare_attempts);
        let app = task.data().get::<App>().cloned();
        let app = app.unwrap_or_else(App::current);
        self.last = Workplace::of(&app, &task);
        let (handler, turned_away) = (self.handler.clone(), self.turned_away.clone());
        Box::pin(async move {
            if let Some(error) = given_up {
                return Err(error.into());
            }
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

/// Why a job is not begun again. One that takes the worker's process with it each time never fails, so
/// nobody else would end it.
///
/// `Queued` is what the queue says of a job that it hands over: one that failed in this worker and is
/// tried again is not. A job of which the queue was told last that it ended has a time at which it did;
/// that of one that was lost is none, which SQLite reads as 0.
fn given_up<Args>(task: &Task<Args>, spare: usize) -> Option<AbortError> {
    let (attempts, limit) = (task.attempt(), task.max_attempts()?);
    let has_ended = task.done_at().is_some_and(|at| at > 0);
    let is_lost = task.status() == Status::Queued && !has_ended;
    if !is_lost || attempts < limit.saturating_add(spare) {
        return None;
    }
    let why = format!(
        "the job is not begun again, as it was lost with its worker too often: it has had {attempts} \
         attempts of {limit} and {spare} to spare; see whether it kills its process"
    );
    Some(AbortError::new(why))
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
    if let Some(worker) = task.data().get::<WorkerContext>() {
        stop(worker, error);
    }
}

fn stop(worker: &WorkerContext, why: &dyn fmt::Display) {
    if worker.is_running() {
        let name = worker.name();
        tracing::error!(worker = name, error = %why, "a worker stops that can do no job");
        // It fails only where the worker has not begun.
        drop(worker.stop());
    }
}

/// The app that a worker's jobs run in.
struct Workplace {
    app: App,
    worker: WorkerContext,
}

impl Workplace {
    fn of<Args>(app: &App, task: &Task<Args>) -> Option<Self> {
        Some(Self {
            app: app.clone(),
            worker: task.data().get::<WorkerContext>()?.clone(),
        })
    }

    /// Whether the app has shut down: the worker stops then, before it takes a job in vain.
    fn is_closed(&self) -> bool {
        let is_closed = self.app.life().is_closed();
        if is_closed {
            stop(&self.worker, &"the app is shutting down");
        }
        is_closed
    }
}

fn is(error: &BoxError, kind: fn(&Failure) -> bool) -> bool {
    error.downcast_ref::<Failure>().is_some_and(kind)
}

#[cfg(test)]
mod tests {
    use super::{Status, given_up};
    use apalis_core::task::builder::TaskBuilder;

    #[test]
    fn who_was_lost_beyond_what_it_may_be_is_given_up() {
        let is_given_up = |attempts, status, done_at| {
            let task = TaskBuilder::new(()).attempt(attempts).max_attempts(2);
            let task = task.status(status).done_at(done_at).build();
            given_up(&task, 3).is_some()
        };
        for done_at in [None, Some(0)] {
            assert!(!is_given_up(4, Status::Queued, done_at));
            assert!(is_given_up(5, Status::Queued, done_at));
            // It failed in this worker, which tries it again.
            assert!(!is_given_up(50, Status::Failed, done_at));
            assert!(!is_given_up(50, Status::Pending, done_at));
        }
        // It has asked to be run later, and was heard.
        assert!(!is_given_up(50, Status::Queued, Some(1_700_000_000)));
    }

    #[test]
    fn who_has_no_limit_or_endless_spare_attempts_is_not() {
        let task = TaskBuilder::new(()).attempt(50).status(Status::Queued);
        assert!(given_up(&task.build(), 0).is_none());
        let task = TaskBuilder::new(()).attempt(50).status(Status::Queued);
        assert!(given_up(&task.max_attempts(2).build(), usize::MAX).is_none());
    }
}
