//! One node: where it runs, and what it does when it starts. The same for both executors.
//!
//! `start` is how it starts, `waiting` is one that waits, `refused` one that failed.

mod late_seat;
mod refused;
mod start;
mod waiting;

use tokio::time::Instant;

pub(super) use self::late_seat::LateSeat;
pub(super) use self::refused::Refused;
pub(super) use self::start::{Extras, Start, Started, start};
pub(super) use self::waiting::Waiting;
pub(super) use crate::plan::Where;

use crate::context::Context;
use crate::lane::Slot;
use crate::plan::{Code, NodeResult, Plan, Watch};
use crate::timer::{deadline, has_timers};
use crate::value::Value;

impl<C: Context> Plan<C> {
    /// Where a node runs.
    pub(super) fn runs_on(&self, node: u32) -> Where {
        let colour = self.colour(node);
        match self.code(node) {
            Code::Singleton(singleton) if !singleton.cell.is_made() => Where::of_colour(colour),
            code => Where::of(Some(code), colour),
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

/// What became of a node that may have a slot, which goes with its value.
fn ended<C: Context>(result: NodeResult<C>, slot: Option<Slot>) -> NodeEnd<C> {
    let value = result.map_err(Refused::failed)?;
    Ok(match slot {
        Some(slot) => value.with_slot(slot),
        None => value,
    })
}

/// Runs what a node does on a thread, and names the node if it held an executor thread for too long.
#[inline]
pub(super) fn watched<C: Context, T>(
    plan: &Plan<C>,
    node: u32,
    thread: Where,
    code: impl FnOnce() -> T,
) -> T {
    match thread {
        Where::Lane | Where::Cpu => code(),
        Where::InPlace | Where::Executor => {
            let polls = plan.slow_polls();
            let watch = polls.of_node(node, plan.name(node), plan.place(node));
            watch.watch(code)
        }
    }
}
