//! [`Ahead`]: what a run does before it waits for anything.
//!
//! Most requests find whatever they need at hand: their nodes are done as soon as they are polled. While
//! that goes on, where nothing of a plan leaves the executor, there is nobody to share a board with and
//! nothing to be counted: the nodes begin in the order in which a driver would come to them. The first
//! that waits, fails or panics ends this, and what there is by then is put on a board.

use std::sync::Arc;

use super::board::Parts;
use super::driver::Driver;
use super::unshared::Unshared;
use crate::app::Presence;
use crate::block::Rooms;
use crate::context::Context;
use crate::plan::{Plan, SharedContext, Step};
use crate::run::ending::{Ground, Surroundings};
use crate::run::node::Started;
use crate::run::values::Values;
use crate::run::{RootCode, observed};
use crate::unwind::Contained;
use crate::value::Value;

/// A run of which no node has waited so far.
pub(in crate::run) struct Ahead<'run, C: Context> {
    plan: &'run Plan<C>,
    order: &'run [Step],
    context: &'run Contained<SharedContext<C>>,
    root_code: &'run mut Contained<RootCode<C>>,
    values: Values,
    rooms: Rooms,
}

/// A run of which a node has waited, or failed.
pub(in crate::run) struct Halted<C: Context> {
    values: Values,
    rooms: Rooms,
    /// How many nodes are done.
    done: usize,
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
            done: self.done,
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
            values: Values::none(plan, &mut rooms),
            rooms,
        })
    }

    /// Goes on for as long as nothing waits. Returns what the root made if that is all of it.
    #[inline]
    pub(in crate::run) fn go_on(mut self) -> Result<Value, Box<Halted<C>>> {
        let mut done = 0;
        let mut unshared = Unshared {
            plan: self.plan,
            context: self.context,
            root_code: self.root_code,
            values: &mut self.values,
            rooms: &mut self.rooms,
        };
        let halt = unshared.go_in_place(self.order, &mut done);
        match halt {
            None if done == self.order.len() => {
                if let Some(value) = self.values.take(self.plan.root()) {
                    return Ok(value);
                }
            }
            _ => {}
        }
        Err(Box::new(Halted {
            values: self.values,
            rooms: self.rooms,
            done,
            halt,
        }))
    }

    /// Whether it makes a singleton.
    pub(in crate::run) fn is_flight(&self) -> bool {
        matches!(self.root_code.as_ref(), Some(RootCode::InPlan))
    }
}
