//! One node: where it runs, and what it does when it starts. The same for both executors.

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context as TaskContext, Poll, Waker};

use tokio::time::Instant;

use super::observed::Observed;
use super::{RootCode, flight};
use crate::app::App;
use crate::background::Background;
use crate::block_on::forbid_blocking;
use crate::cancellation::Cancellation;
use crate::context::Context;
use crate::failure::{Failure, Timed};
use crate::lane::{Lane, Slot};
use crate::lifetime::Value;
use crate::meta::Colour;
use crate::outcome::Outcome;
use crate::plan::{Code, Inputs, NodeFuture, NodeResult, Plan, SharedContext, Watch};
use crate::timer::{Alarm, Rings, deadline, has_timers};
use crate::unwind::{Contained, contain, discard};

/// The kind of thread that a node runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// A thread of the lane.
    Lane,
    /// A thread of the work-stealing pool.
    Cpu,
    /// Wherever it becomes ready, at once and in no time.
    InPlace,
    /// On the executor, where it is awaited.
    Executor,
}

impl<C: Context> Plan<C> {
    /// Where a node runs.
    pub(super) fn runs_on(&self, node: u32) -> Where {
        match (self.code(node), self.colour(node)) {
            (Code::Singleton(singleton), _) if singleton.cell.is_made() => Where::InPlace,
            // It has no thread while it waits, and in no time it has a slot that is free.
            (Code::Cancellation(_) | Code::Background(_) | Code::Slots(_), _)
            | (_, Colour::Inline | Colour::Struct) => Where::InPlace,
            (_, Colour::Plain) => Where::Lane,
            (_, Colour::Cpu) => Where::Cpu,
            (_, Colour::Async) => Where::Executor,
        }
    }

    /// When a node that starts now has taken too long. `None` also where nobody can tell.
    pub(super) fn deadline(&self, node: u32) -> Option<Instant> {
        let limit = self.time_limit(node).filter(|_| has_timers());
        limit.map(|limit| deadline(limit.timeout))
    }
}

/// What became of a node.
pub(super) type NodeEnd<C> = Result<Value, Refused<C>>;

/// A node that failed. Small, for it is moved often where it is not there.
pub(super) struct Refused<C: Context>(Box<Refusal<C>>);

struct Refusal<C: Context> {
    rejection: C::Rejection,
    /// What teardowns are told if this is what the request is rejected for.
    outcome: Outcome,
}

impl<C: Context> Refused<C> {
    fn new(rejection: C::Rejection, outcome: Outcome) -> Self {
        Self(Box::new(Refusal { rejection, outcome }))
    }

    pub(super) fn failed(rejection: C::Rejection) -> Self {
        Self::new(rejection, Outcome::Failed)
    }

    /// What teardowns are told if this is what the request is rejected for.
    pub(super) fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    pub(super) fn into_parts(self) -> (C::Rejection, Outcome) {
        (self.0.rejection, self.0.outcome)
    }

    fn panicked(plan: &Plan<C>, node: u32) -> Self {
        let failure = Failure::panicked(plan.name(node));
        Self::new(C::fail(failure), Outcome::Panicked)
    }

    /// The node took too long, or nobody can tell; `None` where a limit was not asked for that cannot
    /// be told.
    pub(super) fn overdue(plan: &Plan<C>, node: u32, rings: Rings) -> Option<Self> {
        let limit = plan.time_limit(node)?;
        let failure = match (rings, limit.what) {
            (Rings::InTime, what) => Failure::timed_out(what, plan.name(node), limit.timeout),
            (Rings::ForWantOfATimer, Timed::Body) => return None,
            (Rings::ForWantOfATimer, _) => Failure::no_timer(plan.name(node)),
        };
        Some(Self::failed(C::fail(failure)))
    }

    /// Says in the log that it is not what the request is rejected for.
    pub(super) fn go_unreported(self, plan: &Plan<C>, node: u32) {
        tracing::warn!(
            node = plan.name(node),
            "a node failed, but an earlier one did too or the request was answered without it"
        );
        discard(self);
    }
}

/// What a node needs when it starts.
pub(super) struct Start<'run, C: Context> {
    pub(super) inputs: Inputs<'run>,
    /// The handler's own code, for the root.
    pub(super) root: Option<RootCode<C>>,
    /// What an extractor reads, for one.
    pub(super) context: Option<SharedContext<C>>,
    /// What most nodes do not need.
    pub(super) extras: Option<Box<Extras>>,
}

impl<C: Context> Start<'_, C> {
    /// The same, with its inputs taken out of what the run has made.
    pub(super) fn take_inputs(self) -> Start<'static, C> {
        Start {
            inputs: self.inputs.take(),
            root: self.root,
            context: self.context,
            extras: self.extras,
        }
    }
}

/// What few nodes need when they start.
#[derive(Default)]
pub(super) struct Extras {
    /// For the built-in dependency of that name.
    pub(super) cancellation: Option<Cancellation>,
    /// The right to make a value of a dependency that is limited.
    pub(super) slot: Option<Slot>,
    /// For what takes slots: for how many nodes.
    pub(super) slots: u32,
    /// For the node that takes the seat of its run.
    pub(super) late_seat: Option<LateSeat>,
}

/// What a run sits down with when it has read the body.
#[derive(Clone)]
pub(super) struct LateSeat {
    lane: Lane,
    /// Whether the body is read, so that no time limit of it counts any more.
    is_due: Arc<AtomicBool>,
}

impl LateSeat {
    /// `None` for a node that takes no seat.
    pub(super) fn of<C: Context>(plan: &Plan<C>, node: u32, lane: &Lane) -> Option<Self> {
        (plan.seat_after() == Some(node)).then(|| Self {
            lane: lane.clone(),
            is_due: Arc::default(),
        })
    }

    /// Waits for the seat, when the body is read.
    async fn after<C: Context>(self, read: NodeFuture<C>, name: &'static str) -> NodeResult<C> {
        let body = read.await?;
        self.is_due.store(true, Ordering::Relaxed);
        match self.lane.sit_down(name).await {
            Ok(()) => Ok(body),
            Err(overloaded) => {
                discard(body);
                Err(C::fail(overloaded))
            }
        }
    }
}

/// A node that has started.
pub(super) enum Started<C: Context> {
    Done(NodeEnd<C>),
    Waits(Waiting<C>),
}

/// What was called, before anything is awaited.
enum Begun<C: Context> {
    Done(NodeResult<C>),
    Waits(NodeFuture<C>),
}

/// Starts a node on this thread, which is of the kind `thread`: calls a function, or makes the
/// future of one. Nothing is polled.
pub(super) fn start<C: Context>(
    app: &App,
    plan: &Plan<C>,
    node: u32,
    start: Start<'_, C>,
    thread: Where,
    observed: Option<Box<Observed>>,
) -> Started<C> {
    start_with(app, plan, node, start, thread, observed, |_| None)
}

/// Starts a node and, if it waits, polls it once with a waker that does nothing. Whoever is given
/// what waits polls it again at once.
pub(super) fn start_and_poll<C: Context>(
    app: &App,
    plan: &Plan<C>,
    node: u32,
    start: Start<'_, C>,
    thread: Where,
    observed: Option<Box<Observed>>,
) -> Started<C> {
    start_with(app, plan, node, start, thread, observed, |future| {
        let mut context = TaskContext::from_waker(Waker::noop());
        match future.as_mut().poll(&mut context) {
            Poll::Ready(result) => Some(result),
            Poll::Pending => None,
        }
    })
}

fn start_with<C: Context>(
    app: &App,
    plan: &Plan<C>,
    node: u32,
    mut start: Start<'_, C>,
    thread: Where,
    observed: Option<Box<Observed>>,
    poll: impl FnOnce(&mut NodeFuture<C>) -> Option<NodeResult<C>>,
) -> Started<C> {
    let deadline = match plan.time_limit(node) {
        None => None,
        Some(_) => match plan.deadline(node) {
            Some(deadline) => Some(deadline),
            None => match Refused::overdue(plan, node, Rings::ForWantOfATimer) {
                Some(refused) => {
                    // Whether it takes too long is not left to chance: it does not start.
                    discard(start);
                    let end = Err(refused);
                    Observed::end(observed.as_deref(), &end);
                    return Started::Done(end);
                }
                None => None,
            },
        },
    };
    let slot = start.extras.as_mut().and_then(|extras| extras.slot.take());
    let late_seat = start.extras.as_ref();
    let late_seat = late_seat.and_then(|extras| extras.late_seat.clone());
    // Outside of what may panic: it is dropped after that, and if need be panics on its own.
    let mut made = Contained::empty();
    let call = || {
        let code = || match begin(app, plan, node, start) {
            Begun::Done(result) => Some(result),
            Begun::Waits(future) => {
                discard(made.replace(future));
                made.as_mut().and_then(poll)
            }
        };
        contain(|| match plan.runs_on(node) {
            Where::Lane | Where::Cpu => app.lanes().work(plan.name(node), plan.place(node), code),
            Where::InPlace | Where::Executor => forbid_blocking(code),
        })
    };
    let called = Observed::work(observed.as_deref(), || watched(plan, node, thread, call));
    let end = match called {
        Some(Some(result)) => {
            drop(made);
            ended(result, slot)
        }
        Some(None) => {
            return Started::Waits(Waiting {
                future: made,
                limits: Limits::of(slot, deadline, late_seat, observed),
            });
        }
        None => Err(Refused::panicked(plan, node)),
    };
    Observed::end(observed.as_deref(), &end);
    Started::Done(end)
}

/// What became of a node that may have a slot, which goes with its value.
fn ended<C: Context>(result: NodeResult<C>, slot: Option<Slot>) -> NodeEnd<C> {
    let value = result.map_err(Refused::failed)?;
    Ok(match slot {
        Some(slot) => value.with_slot(slot),
        None => value,
    })
}

fn begin<C: Context>(app: &App, plan: &Plan<C>, node: u32, start: Start<'_, C>) -> Begun<C> {
    let Start {
        mut inputs,
        root,
        context,
        extras,
    } = start;
    let inputs = &mut inputs;
    match (root, plan.code(node), context) {
        (Some(RootCode::Async(make)), _, _) => Begun::Waits(make(inputs)),
        (Some(RootCode::Plain(call)), _, _) => Begun::Done(call(inputs)),
        (_, Code::Async(make), _) => Begun::Waits(make(inputs)),
        (_, Code::Plain(call), _) => Begun::Done(call(inputs)),
        (_, Code::Extract(read), Some(context)) => {
            let read = read(context, plan.reads_left(node));
            Begun::Waits(match extras.and_then(|extras| extras.late_seat) {
                Some(seat) => Box::pin(seat.after::<C>(read, plan.name(plan.root()))),
                None => read,
            })
        }
        (_, Code::Cancellation(store), _) => {
            let cancellation = extras.and_then(|extras| extras.cancellation);
            Begun::Done(Ok(store(cancellation.unwrap_or_default())))
        }
        (_, Code::Background(store), _) => Begun::Done(Ok(store(Background::new()))),
        (_, Code::Singleton(singleton), _) => match singleton.cell.made() {
            Some(value) => Begun::Done(Ok(value)),
            None => {
                let (app, singleton) = (app.clone(), Arc::clone(singleton));
                Begun::Waits(Box::pin(async move { flight::wait(app, &singleton).await }))
            }
        },
        (_, Code::Slots(code), _) => {
            let slots = extras.map_or(0, |extras| extras.slots);
            if let Some(taken) = code.try_take(slots) {
                Begun::Done(Ok(Value::owned(taken)))
            } else {
                let (app, code) = (app.clone(), Arc::clone(code));
                Begun::Waits(Box::pin(async move {
                    let taken = code.take(&app, slots).await;
                    taken.map(Value::owned).map_err(C::fail)
                }))
            }
        }
        // A plan is built with all that its nodes need.
        (_, Code::Extract(_), None) | (_, Code::Handler, _) => {
            Begun::Done(Err(C::fail(Failure::internal(plan.name(node)))))
        }
    }
}

/// An async node that waits. Empty once it is done, or not wanted any more.
pub(super) struct Waiting<C: Context> {
    future: Contained<NodeFuture<C>>,
    /// What few nodes have.
    limits: Option<Box<Limits>>,
}

/// What bounds a node that waits, and who is told of it.
struct Limits {
    slot: Option<Slot>,
    alarm: Option<Alarm>,
    late_seat: Option<LateSeat>,
    observed: Option<Box<Observed>>,
}

impl Limits {
    fn of(
        slot: Option<Slot>,
        deadline: Option<Instant>,
        late_seat: Option<LateSeat>,
        observed: Option<Box<Observed>>,
    ) -> Option<Box<Self>> {
        let is_limited = slot.is_some() || deadline.is_some() || late_seat.is_some();
        (is_limited || observed.is_some()).then(|| {
            Box::new(Self {
                slot,
                alarm: deadline.map(Alarm::at),
                late_seat,
                observed,
            })
        })
    }

    /// The alarm, unless it waits for a seat, which has a time limit of its own.
    fn alarm(&mut self) -> Option<&mut Alarm> {
        let late_seat = self.late_seat.as_ref();
        let waits_for_seat = late_seat.is_some_and(|seat| seat.is_due.load(Ordering::Relaxed));
        self.alarm.as_mut().filter(|_| !waits_for_seat)
    }
}

impl<C: Context> Waiting<C> {
    pub(super) fn is_over(&self) -> bool {
        self.future.as_ref().is_none()
    }

    /// Drops what waits.
    pub(super) fn give_up(&mut self) {
        self.future = Contained::empty();
        self.limits = None;
    }

    /// Polls it on the executor; a panic is the node's failure, and so is the end of its time. What
    /// is done is gone, and never ready again.
    pub(super) fn poll(
        &mut self,
        plan: &Plan<C>,
        node: u32,
        context: &mut TaskContext<'_>,
    ) -> Poll<NodeEnd<C>> {
        let polled = self.poll_future(plan, node, Where::Executor, context);
        if polled.is_ready() || self.is_over() {
            return polled;
        }
        let Some(alarm) = self.limits.as_mut().and_then(|limits| limits.alarm()) else {
            return Poll::Pending;
        };
        match alarm.poll(context) {
            Poll::Ready(rings) => match Refused::overdue(plan, node, rings) {
                Some(refused) => {
                    let end = Err(refused);
                    Observed::end(self.observed(), &end);
                    self.give_up();
                    Poll::Ready(end)
                }
                None => Poll::Pending,
            },
            Poll::Pending => Poll::Pending,
        }
    }

    fn observed(&self) -> Option<&Observed> {
        self.limits.as_ref()?.observed.as_deref()
    }

    fn poll_future(
        &mut self,
        plan: &Plan<C>,
        node: u32,
        thread: Where,
        context: &mut TaskContext<'_>,
    ) -> Poll<NodeEnd<C>> {
        let Some(future) = self.future.as_mut() else {
            return Poll::Pending;
        };
        let poll = || contain(|| forbid_blocking(|| future.as_mut().poll(context)));
        let observed = self.limits.as_ref();
        let observed = observed.and_then(|limits| limits.observed.as_deref());
        let polled = Observed::work(observed, || watched(plan, node, thread, poll));
        let polled = match polled {
            Some(polled) => polled.map(|result| {
                let slot = self.limits.as_mut().and_then(|limits| limits.slot.take());
                ended(result, slot)
            }),
            None => Poll::Ready(Err(Refused::panicked(plan, node))),
        };
        if let Poll::Ready(end) = &polled {
            Observed::end(self.observed(), end);
            self.give_up();
        }
        polled
    }

    /// Awaits it.
    pub(super) async fn wait(mut self, plan: &Plan<C>, node: u32) -> NodeEnd<C> {
        poll_fn(|context| self.poll(plan, node, context)).await
    }
}

/// Runs what a node does on a thread, and names the node if it held an executor thread for too long.
fn watched<C: Context, T>(plan: &Plan<C>, node: u32, thread: Where, code: impl FnOnce() -> T) -> T {
    match thread {
        Where::Lane | Where::Cpu => code(),
        Where::InPlace | Where::Executor => {
            let polls = plan.slow_polls();
            let watch = polls.of_node(node, plan.name(node), plan.place(node));
            watch.watch(code)
        }
    }
}
