//! One call of a function that ends a value.

use std::future::poll_fn;
use std::sync::{Arc, OnceLock};
use std::task::Poll;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::oneshot::{self, error::RecvError};
use tokio::time::Instant;

use super::remains::Surroundings;
use crate::block_on::forbid_blocking;
use crate::context::Context;
use crate::failure::{Failure, Timed};
use crate::lifetime::Value;
use crate::outcome::Outcome;
use crate::plan::{Endings, Teardown, TeardownError};
use crate::teardown::Called;
use crate::timer::within;
use crate::unwind::{Contained, contain};

/// Which of a node's endings is meant.
pub(super) type Which<C, R> = fn(&Endings<C>) -> Option<&Teardown<R>>;

/// Why a value did not end well.
pub(super) enum Trouble<R> {
    /// The function returned an error.
    Error(TeardownError<R>),
    /// It panicked or took too long.
    Failure(Failure),
}

impl<R> Trouble<R> {
    /// What the log says.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Error(error) => error.text.clone().unwrap_or_else(|| {
                // An error that neither displays nor debugs anything.
                "it returned an error".to_owned()
            }),
            Self::Failure(failure) => failure.to_string(),
        }
    }
}

/// Ends a value, where its function has to be called. Returns when that is done or takes too long.
pub(super) async fn call<C: Context, R: Send + 'static>(
    surroundings: &Surroundings<C>,
    node: u32,
    value: Value,
    outcome: Outcome,
    which: Which<C, R>,
) -> Result<(), Trouble<R>> {
    let Surroundings {
        app, plan, lane, ..
    } = surroundings;
    let name = plan.name(node);
    let limit = app.settings().teardown_timeout;
    let panicked = || Trouble::Failure(Failure::teardown_panicked(name));
    let took_too_long = || Trouble::Failure(Failure::timed_out(Timed::Teardown, name, limit));

    let Some(teardown) = plan.endings(node).and_then(which) else {
        return Ok(());
    };
    let called = if teardown.is_plain {
        let (place, plan) = (plan.place(node), Arc::clone(plan));
        let call = move || {
            let teardown = plan.endings(node).and_then(which);
            teardown.map_or(Called::Done(Ok(())), |teardown| {
                teardown.call(value, outcome)
            })
        };
        let lost = move || {
            tracing::error!(
                node = name,
                %place,
                "the runtime is gone: what ends a value did not run"
            );
        };
        let called = on_lane(surroundings, call, lost).within(limit).await;
        let called = called.ok_or_else(took_too_long)?;
        called.map_err(|_| Trouble::Failure(lane.why_not()))?
    } else {
        contain(|| forbid_blocking(|| teardown.call(value, outcome)))
    };
    let ended = match called.ok_or_else(panicked)? {
        Called::Done(ended) => ended,
        Called::Waits(future) => {
            let ended = within(limit, awaited(future)).await;
            ended.ok_or_else(took_too_long)?.ok_or_else(panicked)?
        }
    };
    ended.map_err(Trouble::Error)
}

/// Calls what may block on a thread of the lane. If it never gets there, whoever waits for it is told,
/// and `lost` is called if nobody does.
pub(super) fn on_lane<C: Context, T: Send + 'static>(
    surroundings: &Surroundings<C>,
    code: impl FnOnce() -> T + Send + 'static,
    lost: impl FnOnce() + Send + 'static,
) -> OnLane<T> {
    let (scope, app) = (surroundings.scope.clone(), surroundings.app.clone());
    let (done, result) = oneshot::channel();
    let begun = Arc::new(OnceLock::new());
    let begins = Arc::clone(&begun);
    let mut sent = Sent(Some((done, lost)));
    surroundings.lane.send(move || {
        let Some((done, _)) = sent.0.take() else {
            return;
        };
        begins.get_or_init(Instant::now);
        app.counters().count_hop();
        let mut returned = None;
        let worked = contain(|| scope.run(|| returned = contain(code)));
        if worked.is_some() {
            // Nobody waits any more where it took too long.
            drop(done.send(returned));
        }
    });
    OnLane { begun, result }
}

/// A call on its way to a thread. Empty once it is there.
struct Sent<T, L: FnOnce()>(Option<(oneshot::Sender<Option<T>>, L)>);

impl<T, L: FnOnce()> Drop for Sent<T, L> {
    fn drop(&mut self) {
        if let Some((done, lost)) = self.0.take()
            && done.is_closed()
        {
            lost();
        }
    }
}

/// A call on a thread of the lane, or on its way there.
pub(super) struct OnLane<T> {
    begun: Arc<OnceLock<Instant>>,
    result: oneshot::Receiver<Option<T>>,
}

impl<T> OnLane<T> {
    /// What it returns, `None` if it panicked. An error if it never got there.
    pub(super) async fn returned(self) -> Result<Option<T>, RecvError> {
        self.result.await
    }

    /// The same, unless it takes longer than `limit`. It may be long until a thread is free, which
    /// does not count.
    async fn within(mut self, limit: Duration) -> Option<Result<Option<T>, RecvError>> {
        let mut left = limit;
        loop {
            if let Some(result) = within(left, &mut self.result).await {
                return Some(result);
            }
            let took = self.begun.get().map_or(Duration::ZERO, Instant::elapsed);
            left = limit.checked_sub(took).filter(|left| !left.is_zero())?;
        }
    }
}

/// Awaits what belongs to a user: `None` if it panicked.
pub(super) async fn awaited<T>(future: BoxFuture<'static, T>) -> Option<T> {
    let mut future = Contained::new(future);
    poll_fn(|context| {
        let Some(polled) = future.as_mut() else {
            return Poll::Ready(None);
        };
        match contain(|| forbid_blocking(|| polled.as_mut().poll(context))) {
            Some(polled) => polled.map(Some),
            None => Poll::Ready(None),
        }
    })
    .await
}
