//! [`Unshared`]: what of a run it takes to begin nodes, where one thread has it for itself.

use std::task::{Context as TaskContext, Waker};

use super::ahead::Halt;
use crate::block::{Begun, Rooms};
use crate::block_on::forbid_blocking;
use crate::context::Context;
use crate::plan::{Code, NodeBegun, Plan, SharedContext, Step};
use crate::run::RootCode;
use crate::run::node::{Refused, Started, Waiting, Where, watched};
use crate::run::values::Values;
use crate::unwind::{Contained, contain, discard};

/// What of a run it takes to begin nodes. Each is left what it makes in its place, where nothing of that
/// is noticed.
pub(super) struct Unshared<'run, C: Context> {
    pub(super) plan: &'run Plan<C>,
    pub(super) context: &'run Contained<SharedContext<C>>,
    pub(super) root_code: &'run mut Contained<RootCode<C>>,
    pub(super) values: &'run mut Values,
    pub(super) rooms: &'run mut Rooms,
}

/// What becomes of a node that is next.
pub(super) enum Attempt<C: Context> {
    Begun(NodeBegun<C>),
    Panicked,
    /// It is not to begin here.
    Left,
}

impl<C: Context> Unshared<'_, C> {
    /// Begins nodes one after another by `begin`, for as long as each is done at once. Adds how many are to
    /// `done`. Returns what became of the one after those, if it has begun.
    #[inline]
    pub(super) fn go_on(
        &mut self,
        order: &[Step],
        done: &mut usize,
        begin: impl FnMut(&mut Self, &Step, &mut TaskContext<'_>) -> Attempt<C>,
    ) -> Halt<C> {
        let halt = match contain(|| self.go(order, done, begin)) {
            Some(halt) => halt,
            None => order.get(*done).map(|step| {
                let panicked = Refused::panicked(self.plan, step.node);
                (step.node, Started::Done(Err(panicked)))
            }),
        };
        if let Some((node, _)) = &halt {
            // It may have panicked in the middle.
            self.discard_made(*node);
        }
        halt
    }

    #[inline]
    fn go(
        &mut self,
        order: &[Step],
        done: &mut usize,
        mut begin: impl FnMut(&mut Self, &Step, &mut TaskContext<'_>) -> Attempt<C>,
    ) -> Halt<C> {
        let mut task = TaskContext::from_waker(Waker::noop());
        while let Some(step) = order.get(*done) {
            let end = match begin(self, step, &mut task) {
                Attempt::Begun(Begun::Done(Ok(()))) if self.expect(step) => {
                    *done += 1;
                    continue;
                }
                // What was left, or has left nothing, as a singleton does that is not made: there is
                // more to it, for whoever shares the run.
                Attempt::Begun(Begun::Done(Ok(()))) | Attempt::Left => return None,
                Attempt::Begun(Begun::Done(Err(rejection))) => Err(Refused::failed(rejection)),
                Attempt::Begun(Begun::Waits(future)) => {
                    return Some((step.node, Started::Waits(Waiting::new(future, None))));
                }
                Attempt::Panicked => Err(Refused::panicked(self.plan, step.node)),
            };
            return Some((step.node, Started::Done(end)));
        }
        None
    }

    /// The same on the executor.
    #[inline]
    pub(super) fn go_in_place(&mut self, order: &[Step], done: &mut usize) -> Halt<C> {
        forbid_blocking(|| self.go_on(order, done, Self::begin_in_place))
    }

    #[inline]
    fn begin_in_place(&mut self, step: &Step, task: &mut TaskContext<'_>) -> Attempt<C> {
        if !self.plan.slow_polls().are_named() {
            return Attempt::Begun(self.begin(step, task));
        }
        let (plan, node) = (self.plan, step.node);
        // One that panics has held the thread, too.
        let code = || contain(|| self.begin(step, task));
        match watched(plan, node, Where::Executor, code) {
            Some(begun) => Attempt::Begun(begun),
            None => Attempt::Panicked,
        }
    }

    /// Begins a node, whatever came before it being done.
    #[inline]
    pub(super) fn begin(&mut self, step: &Step, task: &mut TaskContext<'_>) -> NodeBegun<C> {
        let plan = self.plan;
        let node = step.node;
        let room = self.rooms.take(node);
        let (mut inputs, made) = self.values.place(node, &step.inputs);
        match plan.code(node) {
            Code::Async(make) => make(&mut inputs, room, task, made),
            Code::Plain(call) => Begun::Done(call(&mut inputs, room, made)),
            Code::Handler => match self.root_code.take() {
                Some(RootCode::Async(make, _)) => make(&mut inputs, room, task, made),
                Some(RootCode::Plain(call, _)) => Begun::Done(call(&mut inputs, room, made)),
                Some(RootCode::InPlan) | None => Begun::Done(Ok(())),
            },
            Code::Extract(read) => match self.context.as_ref().cloned() {
                Some(context) => read(context, plan.reads_left(node), room, task, made),
                None => Begun::Done(Ok(())),
            },
            Code::Singleton(singleton) => {
                *made = singleton.cell.made();
                Begun::Done(Ok(()))
            }
            Code::Cancellation(_) | Code::Background(_) | Code::Slots(_) => Begun::Done(Ok(())),
        }
    }

    /// Expects those who read what a node has left. `false` if that is nothing.
    #[inline]
    fn expect(&mut self, step: &Step) -> bool {
        self.values.expect(step.node, step.readers)
    }

    /// Drops what a node has left that did not come to its end.
    #[cold]
    fn discard_made(&mut self, node: u32) {
        if let Some(value) = self.values.take(node) {
            discard(value);
        }
    }
}
