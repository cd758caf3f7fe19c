//! How a node [starts](start), and what it [needs](Start) for that.

use std::sync::Arc;
use std::task::{Context as TaskContext, Waker};

use super::waiting::Limits;
use super::{LateSeat, NodeEnd, Refused, Waiting, Where, ended, watched};
use crate::app::App;
use crate::background::Background;
use crate::block::{Begun, Room};
use crate::block_on::forbid_blocking;
use crate::cancellation::Cancellation;
use crate::context::Context;
use crate::failure::Failure;
use crate::lane::Slot;
use crate::plan::{Code, Inputs, NodeBegun, NodeFuture, Plan, SharedContext};
use crate::run::observed::Observed;
use crate::run::{RootCode, flight};
use crate::timer::Rings;
use crate::unwind::{contain, discard};
use crate::value::Value;

/// What a node needs when it starts.
pub(in crate::run) struct Start<'run, C: Context> {
    pub(in crate::run) inputs: Inputs<'run>,
    /// Where it puts what it makes.
    pub(in crate::run) room: Room,
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
            room: _,
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
            room: self.room,
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

/// Starts a node on this thread, which is of the kind `thread`: calls a function, or makes the
/// future of one and polls that once, with a waker that does nothing. Whoever is given what waits polls
/// it again at once.
pub(in crate::run) fn start<C: Context>(
    app: &App,
    plan: &Plan<C>,
    node: u32,
    mut start: Start<'_, C>,
    thread: Where,
    observed: Option<Box<Observed>>,
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
    // Left here, and not handed through all that is around the call.
    let mut begun = None;
    let mut made = None;
    let code = || {
        let mut task = TaskContext::from_waker(Waker::noop());
        begun = Some(begin(app, plan, node, &mut start, &mut task, &mut made));
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
    let end = match begun {
        begun if !has_returned => {
            discard((begun, made));
            Err(Refused::panicked(plan, node))
        }
        Some(Begun::Done(Ok(()))) => {
            let internal = || C::fail(Failure::internal(plan.name(node)));
            ended(made.ok_or_else(internal), slot)
        }
        Some(Begun::Done(Err(rejection))) => Err(Refused::failed(rejection)),
        Some(Begun::Waits(future)) => {
            let limits = Limits::of(slot, deadline, late_seat, observed);
            return Started::Waits(Waiting::new(future, limits));
        }
        None => Err(Refused::panicked(plan, node)),
    };
    Observed::end(observer, &end);
    Started::Done(end)
}

fn begin<C: Context>(
    app: &App,
    plan: &Plan<C>,
    node: u32,
    start: &mut Start<'_, C>,
    task: &mut TaskContext<'_>,
    made: &mut Option<Value>,
) -> NodeBegun<C> {
    let Start {
        inputs,
        room,
        root,
        context,
        extras,
    } = start;
    let extras = extras.take();
    let room = std::mem::replace(room, Room::none());
    match (root.take(), plan.code(node), context.take()) {
        (Some(RootCode::Async(make, _)), _, _) => make(inputs, room, task, made),
        (Some(RootCode::Plain(call, _)), _, _) => Begun::Done(call(inputs, room, made)),
        (_, Code::Async(make), _) => make(inputs, room, task, made),
        (_, Code::Plain(call), _) => Begun::Done(call(inputs, room, made)),
        (_, Code::Extract(read), Some(context)) => {
            let read = read(context, plan.reads_left(node), room, task, made);
            match extras.and_then(|extras| extras.late_seat) {
                Some(seat) => {
                    let seated = seat.after::<C>(read, made.take(), plan.name(plan.root()));
                    NodeFuture::<C>::begin_apart(Box::pin(seated), task, made)
                }
                None => read,
            }
        }
        (_, Code::Cancellation(store), _) => {
            let cancellation = extras.and_then(|extras| extras.cancellation);
            *made = Some(store(cancellation.unwrap_or_default(), room));
            Begun::Done(Ok(()))
        }
        (_, Code::Background(store), _) => {
            *made = Some(store(Background::new(), room));
            Begun::Done(Ok(()))
        }
        (_, Code::Singleton(singleton), _) => match singleton.cell.made() {
            Some(value) => {
                *made = Some(value);
                Begun::Done(Ok(()))
            }
            None => {
                let (app, singleton) = (app.clone(), Arc::clone(singleton));
                let flight = async move { flight::wait(app, &singleton).await };
                NodeFuture::<C>::begin_apart(Box::pin(flight), task, made)
            }
        },
        (_, Code::Slots(code), _) => {
            let slots = extras.map_or(0, |extras| extras.slots);
            if let Some(taken) = code.try_take(slots) {
                *made = Some(Value::owned(taken, room));
                Begun::Done(Ok(()))
            } else {
                let (app, code) = (app.clone(), Arc::clone(code));
                let taken = async move {
                    let taken = code.take(&app, slots).await.map_err(C::fail)?;
                    Ok(Value::owned(taken, room))
                };
                NodeFuture::<C>::begin_apart(Box::pin(taken), task, made)
            }
        }
        // A plan is built with all that its nodes need.
        (_, Code::Extract(_), None) | (_, Code::Handler, _) => {
            Begun::Done(Err(C::fail(Failure::internal(plan.name(node)))))
        }
    }
}
