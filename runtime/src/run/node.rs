//! One node: where it runs, and what it does when it starts. The same for both executors.

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context as TaskContext, Poll, Waker};

use tokio::time::Instant;

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

/// A node that failed.
pub(super) struct Refused<C: Context> {
    pub(super) rejection: C::Rejection,
    /// What teardowns are told if this is what the request is rejected for.
    pub(super) outcome: Outcome,
}

impl<C: Context> Refused<C> {
    pub(super) fn failed(rejection: C::Rejection) -> Self {
        Self {
            rejection,
            outcome: Outcome::Failed,
        }
    }

    fn panicked(plan: &Plan<C>, node: u32) -> Self {
        Self {
            rejection: C::fail(Failure::panicked(plan.name(node))),
            outcome: Outcome::Panicked,
        }
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
pub(super) struct Start<C: Context> {
    pub(super) inputs: Inputs,
    /// The handler's own code, for the root.
    pub(super) root: Option<RootCode<C>>,
    /// What an extractor reads.
    pub(super) context: Option<SharedContext<C>>,
    /// For the built-in dependency of that name, and for no other.
    pub(super) cancellation: Option<Cancellation>,
    /// The right to make a value of a dependency that is limited.
    pub(super) slot: Option<Slot>,
    /// For what takes slots: for how many nodes.
    pub(super) slots: u32,
    /// For the node that takes the seat of its run, and for no other.
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
/// future of one.
pub(super) fn start<C: Context>(
    app: &App,
    plan: &Plan<C>,
    node: u32,
    mut start: Start<C>,
    thread: Where,
) -> Started<C> {
    let slot = start.slot.take();
    let deadline = plan.deadline(node);
    if deadline.is_none()
        && let Some(refused) = Refused::overdue(plan, node, Rings::ForWantOfATimer)
    {
        // Whether it takes too long is not left to chance: it does not start.
        discard(start);
        return Started::Done(Err(refused));
    }
    let late_seat = start.late_seat.clone();
    let may_block = matches!(plan.runs_on(node), Where::Lane | Where::Cpu);
    let call = || {
        contain(|| {
            if may_block {
                let begin = || begin(app, plan, node, start);
                app.lanes().work(plan.name(node), plan.place(node), begin)
            } else {
                forbid_blocking(|| begin(app, plan, node, start))
            }
        })
    };
    match watched(plan, node, thread, call) {
        Some(Begun::Done(result)) => Started::Done(ended(result, slot)),
        Some(Begun::Waits(future)) => Started::Waits(Waiting {
            future: Contained::new(future),
            slot,
            alarm: deadline.map(Alarm::at),
            late_seat,
        }),
        None => Started::Done(Err(Refused::panicked(plan, node))),
    }
}

/// What became of a node that may have a slot, which goes with its value.
fn ended<C: Context>(result: NodeResult<C>, slot: Option<Slot>) -> NodeEnd<C> {
    let value = result.map_err(Refused::failed)?;
    Ok(match slot {
        Some(slot) => value.with_slot(slot),
        None => value,
    })
}

fn begin<C: Context>(app: &App, plan: &Plan<C>, node: u32, start: Start<C>) -> Begun<C> {
    let Start {
        mut inputs,
        root,
        context,
        cancellation,
        slots,
        slot: _,
        late_seat,
    } = start;
    let inputs = &mut inputs;
    match (root, plan.code(node), context) {
        (Some(RootCode::Async(make)), _, _) => Begun::Waits(make(inputs)),
        (Some(RootCode::Plain(call)), _, _) => Begun::Done(call(inputs)),
        (_, Code::Async(make), _) => Begun::Waits(make(inputs)),
        (_, Code::Plain(call), _) => Begun::Done(call(inputs)),
        (_, Code::Extract(read), Some(context)) => {
            let read = read(context, plan.reads_left(node));
            Begun::Waits(match late_seat {
                Some(seat) => Box::pin(seat.after::<C>(read, plan.name(plan.root()))),
                None => read,
            })
        }
        (_, Code::Cancellation(store), _) => {
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
        (_, Code::Slots(code), _) => match code.try_take(slots) {
            Some(taken) => Begun::Done(Ok(Value::owned(taken))),
            None => {
                let (app, code) = (app.clone(), Arc::clone(code));
                Begun::Waits(Box::pin(async move {
                    let taken = code.take(&app, slots).await;
                    taken.map(Value::owned).map_err(C::fail)
                }))
            }
        },
        // A plan is built with all that its nodes need.
        (_, Code::Extract(_), None) | (_, Code::Handler, _) => {
            Begun::Done(Err(C::fail(Failure::internal(plan.name(node)))))
        }
    }
}

/// Starts a node and, if it waits, polls it once with a waker that does nothing. Whoever is given
/// what waits polls it again at once.
pub(super) fn start_and_poll<C: Context>(
    app: &App,
    plan: &Plan<C>,
    node: u32,
    begun: Start<C>,
    thread: Where,
) -> Started<C> {
    match start(app, plan, node, begun, thread) {
        Started::Waits(mut waiting) => {
            let mut context = TaskContext::from_waker(Waker::noop());
            match waiting.poll_future(plan, node, thread, &mut context) {
                Poll::Ready(end) => Started::Done(end),
                Poll::Pending => Started::Waits(waiting),
            }
        }
        done @ Started::Done(_) => done,
    }
}

/// An async node that waits. Empty once it is done, or not wanted any more.
pub(super) struct Waiting<C: Context> {
    future: Contained<NodeFuture<C>>,
    slot: Option<Slot>,
    alarm: Option<Alarm>,
    late_seat: Option<LateSeat>,
}

impl<C: Context> Waiting<C> {
    /// Whether it waits for a seat, which has a time limit of its own.
    fn waits_for_seat(&self) -> bool {
        let late_seat = self.late_seat.as_ref();
        late_seat.is_some_and(|seat| seat.is_due.load(Ordering::Relaxed))
    }

    pub(super) fn is_over(&self) -> bool {
        self.future.as_ref().is_none()
    }

    /// Drops what waits.
    pub(super) fn give_up(&mut self) {
        self.future = Contained::empty();
        self.slot = None;
        self.alarm = None;
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
        if polled.is_ready() || self.is_over() || self.waits_for_seat() {
            return polled;
        }
        let Some(alarm) = &mut self.alarm else {
            return Poll::Pending;
        };
        match alarm.poll(context) {
            Poll::Ready(rings) => match Refused::overdue(plan, node, rings) {
                Some(refused) => {
                    self.give_up();
                    Poll::Ready(Err(refused))
                }
                None => Poll::Pending,
            },
            Poll::Pending => Poll::Pending,
        }
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
        let polled = match watched(plan, node, thread, poll) {
            Some(polled) => polled.map(|result| ended(result, self.slot.take())),
            None => Poll::Ready(Err(Refused::panicked(plan, node))),
        };
        if polled.is_ready() {
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
