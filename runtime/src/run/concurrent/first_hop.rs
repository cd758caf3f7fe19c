//! [`FirstHop`]: what a thread does that has a run for itself.
//!
//! When the first hop of a run arrives, and whatever could be done before is done, nobody else does
//! anything for the run: its driver sleeps. So the thread takes all that nodes need out of the board,
//! begins what is certain to come next without a lock, and gives it back with all of that done. What
//! waits or fails ends this, and what would hold up others that could run beside it.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::Context as TaskContext;

use super::Run;
use super::ahead::Halt;
use super::board::Handed;
use super::post::Ready;
use super::unshared::{Attempt, Unshared};
use crate::block_on::forbid_blocking;
use crate::context::Context;
use crate::plan::{self, Step, Stopwatch};
use crate::run::outcome_of;
use crate::run::values::Values;
use crate::unwind::discard;

/// A run that one thread has for itself.
pub(super) struct FirstHop<'run, C: Context> {
    run: &'run Run<C>,
    hop: &'run plan::FirstHop,
    handed: Handed<C>,
}

impl<'run, C: Context> FirstHop<'run, C> {
    /// Takes the run for this thread, to which `nodes` have come; `None` if it is not to be had.
    pub(super) fn begin(run: &'run Arc<Run<C>>, nodes: &[u32]) -> Option<Self> {
        let plan = &run.around.plan;
        let hop = plan.first_hop().filter(|hop| *hop.nodes == *nodes)?;
        let handed = run.board().hand_over(plan, hop)?;
        Some(Self { run, hop, handed })
    }

    /// Goes on for as long as it is certain what comes next, and gives the run back. Adds what became
    /// ready to `ready`. Returns what became of the last node, if that is not simply done.
    pub(super) fn go_on(self, stopwatch: &mut Stopwatch<'_>, ready: &mut Ready) -> Halt<C> {
        let Self { run, hop, handed } = self;
        let plan = &run.around.plan;
        let Handed {
            mut values,
            mut rooms,
            context,
            mut root_code,
        } = handed;
        let mut unshared = Unshared {
            plan,
            context: &context,
            root_code: &mut root_code,
            values: &mut values,
            rooms: &mut rooms,
        };
        let mut done = 0;
        let halt = unshared.go_on(&hop.steps, &mut done, |unshared, step, task| {
            attempt(run, stopwatch, unshared, step, task)
        });
        let begun = halt.as_ref().map(|(node, _)| *node);
        let done = &hop.steps[..done];
        leave_root(run, &mut values);
        let handed = Handed {
            values,
            rooms,
            context,
            root_code,
        };
        run.board().take_back(plan, handed, done, begun, ready);
        halt
    }
}

/// If the root is done, drops what this thread may drop, before anybody learns of the end.
fn leave_root<C: Context>(run: &Run<C>, values: &mut Values) {
    let plan = &run.around.plan;
    let Some(outcome) = values.get(plan.root()).map(outcome_of) else {
        return;
    };
    let taken = values.take_for_lane(plan);
    if taken.is_empty() {
        return;
    }
    run.board().learn_outcome(plan, outcome);
    for value in taken {
        discard(value);
    }
}

/// Begins a node, unless nothing is to begin any more or others would wait for it that may run beside it.
#[inline]
fn attempt<C: Context>(
    run: &Run<C>,
    stopwatch: &mut Stopwatch<'_>,
    unshared: &mut Unshared<'_, C>,
    step: &Step,
    task: &mut TaskContext<'_>,
) -> Attempt<C> {
    let (plan, node) = (&run.around.plan, step.node);
    let pace = plan.pace(node);
    let holds_up = step.is_plain && !step.is_alone && pace.short().is_none();
    if holds_up || run.is_closed.load(Ordering::Relaxed) {
        return Attempt::Left;
    }
    let code = || unshared.begin(step, task);
    if !step.is_plain {
        return Attempt::Begun(forbid_blocking(code));
    }
    let lanes = run.around.app().lanes();
    let (name, place) = (plan.name(node), plan.place(node));
    let begun = stopwatch.run(pace, || Some(lanes.work(name, place, code)));
    begun.map_or(Attempt::Left, Attempt::Begun)
}
