//! [`Unshared`]: what of a run it takes to begin nodes, where one thread has it for itself.

use std::task::Context as TaskContext;

use crate::block::{Begun, Rooms};
use crate::context::Context;
use crate::plan::{Code, NodeBegun, Plan, SharedContext, Step};
use crate::run::RootCode;
use crate::run::values::Values;
use crate::unwind::{Contained, discard};

/// What of a run it takes to begin nodes. Each is left what it makes in its place, where nothing of that
/// is noticed.
pub(super) struct Unshared<'run, C: Context> {
    pub(super) plan: &'run Plan<C>,
    pub(super) context: &'run Contained<SharedContext<C>>,
    pub(super) root_code: &'run mut Contained<RootCode<C>>,
    pub(super) values: Values,
    pub(super) rooms: Rooms,
}

impl<C: Context> Unshared<'_, C> {
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

    /// A node is done: expects those who read what it has made. `false` if that is nothing. Then there is
    /// more to the node, as there is to a singleton that is not made.
    #[inline]
    pub(super) fn expect(&mut self, step: &Step) -> bool {
        self.values.expect(step.node, step.readers)
    }

    /// Drops what a node has left that did not come to its end.
    #[cold]
    pub(super) fn discard_made(&mut self, node: u32) {
        if let Some(value) = self.values.take(node) {
            discard(value);
        }
    }
}
