//! What becomes of a job that fails: it is tried again after a pause, and given up in the end.
//!
//! The queue counts the tries and hands out a job that failed to whoever asks first. So a pause is
//! made before it is told: the job is still this worker's, and its heartbeats go on. A process that
//! is killed meanwhile loses nothing, and one that is asked to stop does not wait.
//!
//! It is a service around the job, and not the `retry` of apalis: that waits in the worker too, but in
//! apalis 1.0 a worker that is asked to stop while it waits does not end.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use apalis_core::error::AbortError;
use apalis_core::task::{ExecutionContext, Task};
use hueless::BoxError;
use tower_service::Service;

use crate::Stop;

/// How long nobody tries a job again that has failed once. Each further pause is twice as long, up to
/// the longest: 25 tries take about 20 minutes.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Runs jobs with pauses between the tries, and logs each that fails.
#[derive(Debug, Clone)]
pub(crate) struct Tries<S> {
    jobs: S,
    stop: Stop,
}

impl<S> Tries<S> {
    pub(crate) fn of(jobs: S, stop: Stop) -> Self {
        Self { jobs, stop }
    }
}

impl<S, Args> Service<Task<Args>> for Tries<S>
where
    S: Service<Task<Args>, Response: Send, Error = BoxError, Future: Send + 'static>,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.jobs.poll_ready(context)
    }

    fn call(&mut self, task: Task<Args>) -> Self::Future {
        let job = task.ctx().clone();
        let stop = self.stop.clone();
        let run = self.jobs.call(task);
        Box::pin(async move {
            match run.await {
                Ok(done) => Ok(done),
                Err(error) => Err(failed(error, &job, stop).await),
            }
        })
    }
}

/// What the queue is told, when it is time to.
async fn failed(error: BoxError, job: &ExecutionContext, stop: Stop) -> BoxError {
    let id = job.task_id().map(ToString::to_string).unwrap_or_default();
    if error.is::<AbortError>() {
        tracing::error!(id, %error, "a job is given up: retrying would not help");
        return error;
    }
    let tries = job.attempt();
    let most = job.max_attempts().unwrap_or(tries);
    if tries >= most {
        tracing::error!(id, %error, "a job is given up: try {tries} of {most} failed");
        return AbortError::new(error).into();
    }
    let pause = pause_after(tries);
    tracing::warn!(id, %error, "try {tries} of {most} failed; the next one is in {pause:?}");
    drop(tokio::time::timeout(pause, stop.asked()).await);
    error
}

fn pause_after(tries: usize) -> Duration {
    let doubled = u32::try_from(tries.saturating_sub(1)).unwrap_or(u32::MAX);
    FIRST_PAUSE
        .saturating_mul(2_u32.saturating_pow(doubled))
        .min(LONGEST_PAUSE)
}
