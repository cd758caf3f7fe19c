//! One call of a function that ends a value, and where the value is dropped.

use std::future::poll_fn;
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};
use std::task::Poll;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::time::Instant;

use super::surroundings::{Ground, Surroundings};
use crate::block_on::forbid_blocking;
use crate::context::Context;
use crate::explain::{Phase, Recording};
use crate::failure::{Failure, Timed};
use crate::lane::{Giver, Taker, handover};
use crate::outcome::Outcome;
use crate::plan::{Endings, Plan, Teardown, TeardownError, Watch};
use crate::teardown::Called;
use crate::timer::within;
use crate::unwind::{Contained, contain, discard};
use crate::value::Value;

/// Which of a node's endings is meant.
pub(super) struct Which<C: Context, R> {
    find: fn(&Endings<C>) -> Option<&Teardown<R>>,
    phase: Phase,
}

impl<C: Context> Which<C, C::Rejection> {
    /// What comes before the response.
    pub(super) const TEARDOWN: Self = Self {
        find: |endings| endings.teardown.as_ref(),
        phase: Phase::Teardown,
    };
}

impl<C: Context> Which<C, ()> {
    /// What comes after it.
    pub(super) const AFTER_RESPONSE: Self = Self {
        find: |endings| endings.after_response.as_ref(),
        phase: Phase::AfterResponse,
    };
}

impl<C: Context, R> Clone for Which<C, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C: Context, R> Copy for Which<C, R> {}

/// Writes down when a value was ended, if that is wanted.
struct Noted<'a> {
    recording: Option<&'a Arc<Recording>>,
    node: u32,
    phase: Phase,
    is_plain: bool,
    began: Option<std::time::Instant>,
}

impl<'a> Noted<'a> {
    fn begin(
        recording: Option<&'a Arc<Recording>>,
        node: u32,
        phase: Phase,
        is_plain: bool,
    ) -> Self {
        Self {
            is_plain,
            began: recording.map(|_| std::time::Instant::now()),
            recording,
            node,
            phase,
        }
    }
}

impl Drop for Noted<'_> {
    fn drop(&mut self) {
        if let (Some(recording), Some(began)) = (self.recording, self.began) {
            recording.value_ended(self.node, self.phase, self.is_plain, began);
        }
    }
}

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

/// Ends a value that nobody else holds, where its function has to be called, and gives it up where it
/// has to be dropped. Returns when that is done or takes too long.
pub(super) async fn end<C: Context, R: Send + 'static>(
    surroundings: &Surroundings<C>,
    node: u32,
    value: Value,
    outcome: Outcome,
    which: Which<C, R>,
) -> Result<(), Trouble<R>> {
    let plan = &surroundings.plan;
    let teardown = plan.endings(node).and_then(which.find);
    // A plain function gives it up where it is called.
    let is_async = teardown.is_some_and(|teardown| !teardown.is_plain);
    let kept = value
        .share()
        .filter(|_| is_async && plan.drops_on_lane(node));
    let ended = call(surroundings, node, value, outcome, which).await;
    if let Some(kept) = kept {
        drop_on_lane(&surroundings.ground, kept).await;
    }
    ended
}

/// Calls the function that ends a value, where it has to be called. Returns when that is done or takes
/// too long.
pub(super) async fn call<C: Context, R: Send + 'static>(
    surroundings: &Surroundings<C>,
    node: u32,
    value: Value,
    outcome: Outcome,
    which: Which<C, R>,
) -> Result<(), Trouble<R>> {
    let Surroundings { ground, plan } = surroundings;
    let (name, place) = (plan.name(node), plan.place(node));
    let limit = ground.app().settings().teardown_timeout;
    let took_too_long = || Trouble::Failure(Failure::timed_out(Timed::Teardown, name, limit));
    let panicked = || Trouble::Failure(Failure::teardown_panicked(name));

    let Some(teardown) = plan.endings(node).and_then(which.find) else {
        return Ok(());
    };
    if teardown.is_plain {
        let (plan, recording) = (Arc::clone(plan), ground.recording.clone());
        let call = move || call_plain(&plan, node, value, outcome, which, recording.as_ref());
        let lost = move || {
            tracing::error!(
                node = name,
                %place,
                "the runtime is gone: what ends a value did not run"
            );
        };
        let called = on_lane(ground, call, lost).within(limit).await;
        let called = called.ok_or_else(took_too_long)?;
        let why_not = |unreturned| match unreturned {
            Unreturned::Panicked => panicked(),
            Unreturned::Lost => Trouble::Failure(ground.lane.why_not()),
        };
        return called.map_err(why_not)?;
    }
    let _noted = Noted::begin(ground.recording.as_ref(), node, which.phase, false);
    let watch = plan.slow_polls().of_ending(node, name, place);
    let called = contain(|| watch.watch(|| forbid_blocking(|| teardown.call(value, outcome))));
    let ended = match called.ok_or_else(panicked)? {
        Called::Done(ended) => ended,
        Called::Waits(future) => {
            let ended = within(limit, awaited(future, watch)).await;
            ended.ok_or_else(took_too_long)?.ok_or_else(panicked)?
        }
    };
    ended.map_err(Trouble::Error)
}

/// Calls a plain function that ends a value, on this thread.
pub(super) fn call_plain<C: Context, R: 'static>(
    plan: &Plan<C>,
    node: u32,
    value: Value,
    outcome: Outcome,
    which: Which<C, R>,
    recording: Option<&Arc<Recording>>,
) -> Result<(), Trouble<R>> {
    let Some(teardown) = plan.endings(node).and_then(which.find) else {
        return Ok(());
    };
    let _noted = Noted::begin(recording, node, which.phase, true);
    match contain(|| teardown.call(value, outcome)) {
        Some(Called::Done(ended)) => ended.map_err(Trouble::Error),
        // What is plain does not wait.
        Some(Called::Waits(future)) => {
            discard(future);
            Err(Trouble::Failure(Failure::internal(plan.name(node))))
        }
        None => Err(Trouble::Failure(Failure::teardown_panicked(
            plan.name(node),
        ))),
    }
}

/// Drops what a plain function has made, where its destructor may block.
pub(super) async fn drop_on_lane(ground: &Ground, value: Value) {
    let value = Contained::new(value);
    // What panics there is said already; what is lost was dropped on its way.
    let _ = on_lane(ground, move || drop(value), || {}).returned().await;
}

/// A teardown does not wait for those who took the value elsewhere.
pub(super) fn notice_who_outlives<C: Context>(plan: &Plan<C>, node: u32, handles: usize) {
    let Some(endings) = plan.endings(node).filter(|_| handles > 0) else {
        return;
    };
    if !endings.outlived.swap(true, Ordering::Relaxed) {
        tracing::warn!(
            node = plan.name(node),
            place = %plan.place(node),
            handles,
            "a value was torn down while it is still held elsewhere; what ends one of a request after \
             its last use is `after_response`"
        );
    }
}

/// Says in the log that a teardown never began.
pub(super) fn say_teardown_is_lost<C: Context>(plan: &Plan<C>, node: u32) {
    tracing::error!(
        node = plan.name(node),
        place = %plan.place(node),
        "the runtime is gone: a teardown did not run"
    );
}

/// Calls what may block on a thread of the lane. If it never gets there, whoever waits for it is told,
/// and `lost` is called if nobody does.
pub(super) fn on_lane<T: Send + 'static>(
    ground: &Ground,
    code: impl FnOnce() -> T + Send + 'static,
    lost: impl FnOnce() + Send + 'static,
) -> OnLane<T> {
    let (scope, app) = (ground.scope.clone(), ground.app().clone());
    let (done, result) = handover();
    let begun = Arc::new(OnceLock::new());
    let begins = Arc::clone(&begun);
    let mut sent = Sent(Some((done, lost)));
    ground.lane.send(true, move || {
        let (done, _) = sent.0.take()?;
        begins.get_or_init(Instant::now);
        app.counters().count_hop();
        let mut returned = None;
        let worked = contain(|| scope.run(|| returned = contain(code)));
        // Who waits for the end finds nothing held here.
        drop((app, scope));
        // Nobody waits any more where it took too long.
        worked.and_then(|()| done.give(returned.ok_or(Unreturned::Panicked)))
    });
    OnLane { begun, result }
}

/// A call on its way to a thread. Empty once it is there.
struct Sent<T, L: FnOnce()>(Option<(Giver<Result<T, Unreturned>>, L)>);

impl<T, L: FnOnce()> Drop for Sent<T, L> {
    fn drop(&mut self) {
        if let Some((done, lost)) = self.0.take()
            && done.is_unwanted()
        {
            lost();
        }
    }
}

/// A call on a thread of the lane, or on its way there.
pub(super) struct OnLane<T> {
    begun: Arc<OnceLock<Instant>>,
    result: Taker<Result<T, Unreturned>>,
}

/// Why a call has not returned.
#[derive(Debug, Clone, Copy)]
pub(super) enum Unreturned {
    Panicked,
    /// It never got to a thread, or that gave up around it.
    Lost,
}

impl<T> OnLane<T> {
    /// What it returns.
    pub(super) async fn returned(&mut self) -> Result<T, Unreturned> {
        (&mut self.result).await.unwrap_or(Err(Unreturned::Lost))
    }

    /// The same, unless it is not there within `time`.
    pub(super) async fn returns_within(&mut self, time: Duration) -> Option<Result<T, Unreturned>> {
        within(time, self.returned()).await
    }

    /// The same, unless it takes longer than `limit`. It may be long until a thread is free, which
    /// does not count.
    async fn within(mut self, limit: Duration) -> Option<Result<T, Unreturned>> {
        let mut left = limit;
        loop {
            if let Some(result) = self.returns_within(left).await {
                return Some(result);
            }
            let took = self.begun.get().map_or(Duration::ZERO, Instant::elapsed);
            left = limit.checked_sub(took).filter(|left| !left.is_zero())?;
        }
    }
}

/// Awaits what belongs to a user: `None` if it panicked.
pub(super) async fn awaited<T>(future: BoxFuture<'static, T>, watch: impl Watch) -> Option<T> {
    let mut future = Contained::new(future);
    poll_fn(|context| {
        let Some(polled) = future.as_mut() else {
            return Poll::Ready(None);
        };
        let poll = || forbid_blocking(|| polled.as_mut().poll(context));
        match contain(|| watch.watch(poll)) {
            Some(polled) => polled.map(Some),
            None => Poll::Ready(None),
        }
    })
    .await
}
