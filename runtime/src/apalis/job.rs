//! [`Job`]: a task of apalis as a context.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use apalis_core::error::AbortError;
use apalis_core::task::Task;
use apalis_core::task::from_request::FromRequest;

use crate::after_response::AfterResponse;
use crate::context::{BoxError, Context, Extract, ExtractLast, Reject};
use crate::failure::Failure;

/// A task of apalis whose payload is an `Args`.
///
/// [`job`](super::job) makes it for a handler of yours; make one yourself to run a handler on a task
/// that came some other way, such as in a test.
///
/// ```
/// use apalis_core::task::Task;
/// use apalis_core::task::attempt::Attempt;
/// use hueless::apalis::Job;
/// use hueless::{App, Input, handler};
///
/// #[handler]
/// async fn remind(Input(name): Input<String>, attempt: Attempt) -> String {
///     format!("{name}, for the {}th time", attempt.current())
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let task = Task::new("Ada".to_owned()).into_builder().attempt(4).build();
/// let job = Job::new(task);
/// assert_eq!(job.task().args, "Ada");
/// let said = App::new().run(remind::handler, job).await;
/// assert_eq!(said.unwrap(), "Ada, for the 4th time");
/// # });
/// ```
///
/// What apalis can read from a task, a handler and its dependencies can: `Data<T>`, `Attempt`,
/// `TaskId`, `WorkerContext` and every `FromRequest` of your own. [`Input<Args>`](crate::Input) is the
/// payload, so that the same function also runs in a [`Call`](crate::Call).
pub struct Job<Args> {
    /// Shared, as a job that is turned away runs again.
    task: Arc<Task<Args>>,
}

impl<Args> Job<Args> {
    /// The task as a context.
    pub fn new(task: Task<Args>) -> Self {
        Self {
            task: Arc::new(task),
        }
    }

    /// The task.
    pub fn task(&self) -> &Task<Args> {
        &self.task
    }
}

/// The same task.
impl<Args> Clone for Job<Args> {
    fn clone(&self) -> Self {
        Self {
            task: Arc::clone(&self.task),
        }
    }
}

impl<Args> fmt::Debug for Job<Args> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Job")
            .field("id", &self.task.task_id())
            .field("attempt", &self.task.attempt())
            .finish_non_exhaustive()
    }
}

impl<Args: Send + Sync + 'static> Context for Job<Args> {
    type Rejection = BoxError;
    type State = Args;

    /// A panic aborts the job, as apalis's own `CatchPanicLayer` has it: it would panic again.
    /// Everything else is tried again, as often as the queue allows.
    fn fail(failure: Failure) -> BoxError {
        if let Some(cause) = failure.source() {
            // A queue keeps the text of an error, and not that of its cause.
            tracing::error!(%failure, cause, "a job failed");
        }
        if failure.is_panic() {
            AbortError::new(failure).into()
        } else {
            failure.into()
        }
    }

    /// What is said of a job is said at once: nothing takes time to be sent.
    fn attach(rejection: BoxError, after_response: AfterResponse) -> BoxError {
        after_response.sent();
        rejection
    }
}

impl<Args, T> Extract<T> for Job<Args>
where
    Args: Send + Sync + 'static,
    T: FromRequest<Task<Args>, Error: Into<BoxError>>,
{
    async fn extract(&mut self) -> Result<T, BoxError> {
        T::from_request(&self.task).await.map_err(Into::into)
    }
}

impl<Args, T> ExtractLast<T, ()> for Job<Args>
where
    Self: Extract<T>,
{
    const CAN_FAIL: bool = <Self as Extract<T>>::CAN_FAIL;

    fn extract_last(
        &mut self,
        _reads_left: usize,
    ) -> impl Future<Output = Result<T, Self::Rejection>> + Send {
        self.extract()
    }
}

impl<Args, E> Reject<E> for Job<Args>
where
    Args: Send + Sync + 'static,
    E: Into<BoxError>,
{
    fn reject(error: E) -> BoxError {
        error.into()
    }
}
