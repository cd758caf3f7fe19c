//! How a node [starts](start), and what it [needs](Start) for that.

use std::sync::Arc;
use std::task::{Context as TaskContext, Poll, Waker};

use super::waiting::Limits;
use super::{LateSeat, NodeEnd, Refused, Waiting, Where, ended, watched};
use crate::app::App;
use crate::background::Background;
use crate::block_on::forbid_blocking;
use crate::cancellation::Cancellation;
use crate::context::Context;
use crate::failure::Failure;
use crate::lane::Slot;
use crate::lifetime::Value;
use crate::plan::{Code, Inputs, NodeFuture, NodeResult, Plan, SharedContext};
use crate::run::observed::Observed;
use crate::run::{RootCode, flight};
use crate::timer::Rings;
use crate::unwind::{Contained, contain, discard};

/// What a node needs when it starts.
pub(in crate::run) struct Start<'run, C: Context> {
    pub(in crate::run) inputs: Inputs<'run>,
    /// The handler's own code, for the root.
    pub(in crate::run) root: Option<RootCode<C>>,
    /// What an extractor reads, for one.
    pub(in crate::run) context: Option<SharedContext<C>>,
    /// What most nodes do not need.
    pub(in crate::run) extras: Option<Box<Extras>>,
}

impl<C: Context> Start<'_, C> {
    /// Drops what is left of it.
    #[inline]
    pub(in crate::run) fn discard(self) {
        let Self {
            inputs,
            root,
            context,
            extras,
        } = self;
        // They see to that themselves.
        drop(inputs);
        if root.is_some() || context.is_some() || extras.is_some() {
            discard((root, context, extras));
        }
    }

    /// The same, with its inputs taken out of what the run has made.
    pub(in crate::run) fn take_inputs(self) -> Start<'static, C> {
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
pub(in crate::run) struct Extras {
    /// For the built-in dependency of that name.
    pub(in crate::run) cancellation: Option<Cancellation>,
    /// The right to make a value of a dependency that is limited.
    pub(in crate::run) slot: Option<Slot>,
    /// For what takes slots: for how many nodes.
    pub(in crate::run) slots: u32,
    /// For the node that takes the seat of its run.
    pub(in crate::run) late_seat: Option<LateSeat>,
}

/// A node that has started.
pub(in crate::run) enum Started<C: Context> {
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
pub(in crate::run) fn start<C: Context>(
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
pub(in crate::run) fn start_and_poll<C: Context>(
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
                    start.discard();
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
    // Left here, and not handed through all that is around the call.
    let mut result = None;
    let code = || match begin(app, plan, node, &mut start) {
        Begun::Done(done) => result = Some(done),
        Begun::Waits(future) => {
            made = Contained::new(future);
            result = made.as_mut().and_then(poll);
        }
    };
    let call = || {
        contain(|| match plan.runs_on(node) {
            Where::Lane | Where::Cpu => {
                app.lanes().work(plan.name(node), plan.place(node), code);
            }
            Where::InPlace | Where::Executor => forbid_blocking(code),
        })
    };
    let observer = observed.as_deref();
    let has_returned = Observed::work(observer, || watched(plan, node, thread, call)).is_some();
    // What it was to be given and did not take.
    start.discard();
    let end = match result {
        result if !has_returned => {
            discard(result);
            Err(Refused::panicked(plan, node))
        }
        Some(result) => {
            drop(made);
            ended(result, slot)
        }
        None => {
            let limits = Limits::of(slot, deadline, late_seat, observed);
            return Started::Waits(Waiting::new(made, limits));
        }
    };
    Observed::end(observer, &end);
    Started::Done(end)
}

fn begin<C: Context>(app: &App, plan: &Plan<C>, node: u32, start: &mut Start<'_, C>) -> Begun<C> {
    let Start {
        inputs,
        root,
        context,
        extras,
    } = start;
    let extras = extras.take();
    match (root.take(), plan.code(node), context.take()) {
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
