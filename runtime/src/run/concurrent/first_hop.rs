//! [`FirstHop`]: what a thread does that has a run for itself.
//!
//! When the first hop of a run arrives, and whatever could be done before is done, nobody else does
//! anything for the run: its driver sleeps. So the thread takes all that nodes need out of the board,
//! begins what is certain to come next without a lock, and gives it back with all of that done. What
//! waits or fails ends this, and what would hold up others that could run beside it.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context as TaskContext, Waker};

use super::Run;
use super::ahead::Halt;
use super::board::Handed;
use super::post::Ready;
use super::unshared::Unshared;
use crate::block::Begun;
use crate::block_on::forbid_blocking;
use crate::context::Context;
use crate::plan::{self, Stopwatch};
use crate::run::node::{Refused, Started, Waiting};
use crate::run::outcome_of;
use crate::run::values::Values;
use crate::unwind::{contain, discard};

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
            values,
            rooms,
            context,
            mut root_code,
        } = handed;
        let mut alone = Alone {
            run,
            hop,
            position: 0,
            unshared: Unshared {
                plan,
                context: &context,
                root_code: &mut root_code,
                values,
                rooms,
            },
        };
        let halt = match contain(|| alone.go(stopwatch)) {
            Some(halt) => halt,
            None => alone.last().map(|node| {
                let panicked = Refused::panicked(plan, node);
                (node, Started::Done(Err(panicked)))
            }),
        };
        let begun = halt.as_ref().map(|(node, _)| *node);
        if let Some(node) = begun {
            // It may have panicked in the middle.
            alone.unshared.discard_made(node);
        }
        let done = &hop.steps[..alone.position - usize::from(begun.is_some())];
        let Unshared {
            mut values, rooms, ..
        } = alone.unshared;
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

struct Alone<'run, C: Context> {
    run: &'run Run<C>,
    hop: &'run plan::FirstHop,
    /// How many nodes have begun.
    position: usize,
    unshared: Unshared<'run, C>,
}

impl<C: Context> Alone<'_, C> {
    /// The node that has begun last.
    fn last(&self) -> Option<u32> {
        let last = self.hop.steps.get(self.position.checked_sub(1)?)?;
        Some(last.node)
    }

    fn go(&mut self, stopwatch: &mut Stopwatch<'_>) -> Halt<C> {
        let plan = self.unshared.plan;
        let lanes = self.run.around.app().lanes();
        let mut task = TaskContext::from_waker(Waker::noop());
        while let Some(step) = self.hop.steps.get(self.position) {
            let node = step.node;
            let pace = plan.pace(node);
            if step.is_plain && !step.is_alone && pace.short().is_none() {
                // Others would wait for it that may run beside it.
                return None;
            }
            if self.run.is_closed.load(Ordering::Relaxed) {
                return None;
            }
            self.position += 1;
            let unshared = &mut self.unshared;
            let begun = if step.is_plain {
                let (name, place) = (plan.name(node), plan.place(node));
                let code = || unshared.begin(step, &mut task);
                stopwatch.run(pace, || Some(lanes.work(name, place, code)))
            } else {
                Some(forbid_blocking(|| unshared.begin(step, &mut task)))
            };
            let end = match begun {
                Some(Begun::Done(Ok(()))) if self.unshared.expect(step) => continue,
                Some(Begun::Done(Ok(()))) | None => {
                    // It is left to whoever shares the run.
                    self.position -= 1;
                    return None;
                }
                Some(Begun::Done(Err(rejection))) => Err(Refused::failed(rejection)),
                Some(Begun::Waits(future)) => {
                    return Some((node, Started::Waits(Waiting::new(future, None))));
                }
            };
            return Some((node, Started::Done(end)));
        }
        None
    }
}
