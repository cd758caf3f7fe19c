//! [`Ahead`]: what a run does before it waits for anything.
//!
//! Most requests find whatever they need at hand: their nodes are done as soon as they are polled. While
//! that goes on, where nothing of a plan leaves the executor, there is nobody to share a board with and
//! nothing to be counted: the nodes begin in the order in which a driver would come to them. The first
//! that waits, fails or panics ends this, and what there is by then is put on a board.

use std::sync::Arc;
use std::task::{Context as TaskContext, Waker};

use super::board::Parts;
use super::driver::Driver;
use crate::app::Presence;
use crate::block::{Begun, Rooms};
use crate::block_on::forbid_blocking;
use crate::context::Context;
use crate::lifetime::Value;
use crate::plan::{Code, Plan, SharedContext, Step};
use crate::run::ending::{Ground, Surroundings};
use crate::run::node::{Refused, Started, Waiting, Where, watched};
use crate::run::values::Values;
use crate::run::{RootCode, observed};
use crate::unwind::{Contained, contain, discard};

/// A run of which no node has waited so far.
pub(in crate::run) struct Ahead<'run, C: Context> {
    plan: &'run Plan<C>,
    order: &'run [Step],
    context: &'run Contained<SharedContext<C>>,
    root_code: &'run mut Contained<RootCode<C>>,
    /// How many nodes have begun.
    position: usize,
    values: Values,
    rooms: Rooms,
}

/// A run of which a node has waited, or failed.
pub(in crate::run) struct Halted<C: Context> {
    values: Values,
    rooms: Rooms,
    /// How many nodes have begun.
    position: usize,
    halt: Halt<C>,
}

/// The first node that was not done at once, and what became of it. `None` if it has not begun.
pub(super) type Halt<C> = Option<(u32, Started<C>)>;

impl<C: Context> Halted<C> {
    /// Goes on with a board.
    pub(in crate::run) fn share(
        self,
        plan: Arc<Plan<C>>,
        context: Contained<SharedContext<C>>,
        root_code: Contained<RootCode<C>>,
        presence: Presence,
        ground: Ground,
    ) -> Driver<C> {
        let parts = Parts {
            values: self.values,
            rooms: self.rooms,
            position: self.position,
            context,
            root_code,
            presence,
        };
        let around = Surroundings { ground, plan };
        Driver::resume(around, parts, self.halt)
    }
}

impl<'run, C: Context> Ahead<'run, C> {
    /// A run that may go ahead, of which nothing is lent and nothing written down; `None` if it may not.
    #[inline]
    pub(in crate::run) fn of(
        plan: &'run Plan<C>,
        context: &'run Contained<SharedContext<C>>,
        root_code: &'run mut Contained<RootCode<C>>,
    ) -> Option<Self> {
        let order = plan.ahead().filter(|_| !observed::is_any(None))?;
        let space = root_code.as_ref()?.space();
        let mut rooms = Rooms::open(plan.floor(), space);
        Some(Self {
            plan,
            order,
            context,
            root_code,
            position: 0,
            values: Values::none(plan, &mut rooms),
            rooms,
        })
    }

    /// Goes on for as long as nothing waits. Returns what the root made if that is all of it.
    #[inline]
    pub(in crate::run) fn go_on(mut self) -> Result<Value, Box<Halted<C>>> {
        let halt = match contain(|| forbid_blocking(|| self.go())) {
            Some(halt) => halt,
            None => self.last().map(|node| {
                let panicked = Refused::panicked(self.plan, node);
                (node, Started::Done(Err(panicked)))
            }),
        };
        match halt {
            None if self.position == self.order.len() => {
                if let Some(value) = self.values.take(self.plan.root()) {
                    return Ok(value);
                }
            }
            _ => {}
        }
        if let Some((node, _)) = &halt {
            // It may have panicked in the middle.
            discard_made(&mut self.values, *node);
        }
        Err(Box::new(Halted {
            values: self.values,
            rooms: self.rooms,
            position: self.position,
            halt,
        }))
    }

    /// Whether it makes a singleton.
    pub(in crate::run) fn is_flight(&self) -> bool {
        matches!(self.root_code.as_ref(), Some(RootCode::InPlan))
    }

    /// The node that has begun last.
    fn last(&self) -> Option<u32> {
        let last = self.order.get(self.position.checked_sub(1)?)?;
        Some(last.node)
    }

    #[inline]
    fn go(&mut self) -> Halt<C> {
        let plan = self.plan;
        let mut task = TaskContext::from_waker(Waker::noop());
        while let Some(step) = self.order.get(self.position) {
            let node = step.node;
            self.position += 1;
            let room = self.rooms.take(node);
            let (mut inputs, made) = self.values.place(node, &step.inputs);
            let (root_code, context) = (&mut *self.root_code, self.context);
            let code = || match plan.code(node) {
                Code::Async(make) => make(&mut inputs, room, &mut task, made),
                Code::Plain(call) => Begun::Done(call(&mut inputs, room, made)),
                Code::Handler => match root_code.take() {
                    Some(RootCode::Async(make, _)) => make(&mut inputs, room, &mut task, made),
                    Some(RootCode::Plain(call, _)) => Begun::Done(call(&mut inputs, room, made)),
                    Some(RootCode::InPlan) | None => Begun::Done(Ok(())),
                },
                Code::Extract(read) => match context.as_ref().cloned() {
                    Some(context) => read(context, plan.reads_left(node), room, &mut task, made),
                    None => Begun::Done(Ok(())),
                },
                Code::Singleton(singleton) => {
                    *made = singleton.cell.made();
                    Begun::Done(Ok(()))
                }
                Code::Cancellation(_) | Code::Background(_) | Code::Slots(_) => Begun::Done(Ok(())),
            };
            let begun = if plan.slow_polls().are_named() {
                // One that panics has held the thread, too.
                watched(plan, node, Where::Executor, || contain(code))
            } else {
                Some(code())
            };
            drop(inputs);
            let Some(begun) = begun else {
                let panicked = Refused::panicked(plan, node);
                return Some((node, Started::Done(Err(panicked))));
            };
            match begun {
                Begun::Done(Ok(())) => {
                    if !self.values.expect(node, step.readers) {
                        // There is more to it, as there is to a singleton that is not made: it is left
                        // to whoever shares the run.
                        self.position -= 1;
                        break;
                    }
                }
                Begun::Done(Err(rejection)) => {
                    return Some((node, Started::Done(Err(Refused::failed(rejection)))));
                }
                Begun::Waits(future) => {
                    return Some((node, Started::Waits(Waiting::new(future, None))));
                }
            }
        }
        None
    }
}

/// Drops what a node has left that did not come to its end.
fn discard_made(values: &mut Values, node: u32) {
    if let Some(value) = values.take(node) {
        discard(value);
    }
}
