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
use super::unshared::Unshared;
use crate::app::Presence;
use crate::block::{Begun, Rooms};
use crate::block_on::forbid_blocking;
use crate::context::Context;
use crate::lifetime::Value;
use crate::plan::{Plan, SharedContext, Step};
use crate::run::ending::{Ground, Surroundings};
use crate::run::node::{Refused, Started, Waiting, Where, watched};
use crate::run::values::Values;
use crate::run::{RootCode, observed};
use crate::unwind::{Contained, contain};

/// A run of which no node has waited so far.
pub(in crate::run) struct Ahead<'run, C: Context> {
    unshared: Unshared<'run, C>,
    order: &'run [Step],
    /// How many nodes have begun.
    position: usize,
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
            unshared: Unshared {
                plan,
                context,
                root_code,
                values: Values::none(plan, &mut rooms),
                rooms,
            },
            order,
            position: 0,
        })
    }

    /// Goes on for as long as nothing waits. Returns what the root made if that is all of it.
    #[inline]
    pub(in crate::run) fn go_on(mut self) -> Result<Value, Box<Halted<C>>> {
        let halt = match contain(|| forbid_blocking(|| self.go())) {
            Some(halt) => halt,
            None => self.last().map(|node| {
                let panicked = Refused::panicked(self.unshared.plan, node);
                (node, Started::Done(Err(panicked)))
            }),
        };
        match halt {
            None if self.position == self.order.len() => {
                if let Some(value) = self.unshared.values.take(self.unshared.plan.root()) {
                    return Ok(value);
                }
            }
            _ => {}
        }
        if let Some((node, _)) = &halt {
            // It may have panicked in the middle.
            self.unshared.discard_made(*node);
        }
        Err(Box::new(Halted {
            values: self.unshared.values,
            rooms: self.unshared.rooms,
            position: self.position,
            halt,
        }))
    }

    /// Whether it makes a singleton.
    pub(in crate::run) fn is_flight(&self) -> bool {
        matches!(self.unshared.root_code.as_ref(), Some(RootCode::InPlan))
    }

    /// The node that has begun last.
    fn last(&self) -> Option<u32> {
        let last = self.order.get(self.position.checked_sub(1)?)?;
        Some(last.node)
    }

    #[inline]
    fn go(&mut self) -> Halt<C> {
        let plan = self.unshared.plan;
        let mut task = TaskContext::from_waker(Waker::noop());
        while let Some(step) = self.order.get(self.position) {
            let node = step.node;
            self.position += 1;
            let begun = if plan.slow_polls().are_named() {
                // One that panics has held the thread, too.
                let code = || contain(|| self.unshared.begin(step, &mut task));
                watched(plan, node, Where::Executor, code)
            } else {
                Some(self.unshared.begin(step, &mut task))
            };
            let end = match begun {
                Some(Begun::Done(Ok(()))) if self.unshared.expect(step) => continue,
                Some(Begun::Done(Ok(()))) => {
                    // It is left to whoever shares the run.
                    self.position -= 1;
                    return None;
                }
                Some(Begun::Done(Err(rejection))) => Err(Refused::failed(rejection)),
                Some(Begun::Waits(future)) => {
                    return Some((node, Started::Waits(Waiting::new(future, None))));
                }
                None => Err(Refused::panicked(plan, node)),
            };
            return Some((node, Started::Done(end)));
        }
        None
    }
}
