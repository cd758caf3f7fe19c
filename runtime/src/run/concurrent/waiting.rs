//! What a driver waits for: the [futures](Waiting) of nodes, and the [time](Deadline) of those that run
//! on threads.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll};

use crate::context::Context;
use crate::plan::Plan;
use crate::run::node::{self, NodeEnd};
use crate::timer::{Alarm, Rings};

/// A node that waits.
pub(super) struct Waiting<C: Context> {
    pub(super) node: u32,
    pub(super) plan: Arc<Plan<C>>,
    pub(super) waiting: node::Waiting<C>,
}

impl<C: Context> Future for Waiting<C> {
    type Output = (u32, NodeEnd<C>);

    fn poll(self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Self::Output> {
        let Self {
            node,
            plan,
            waiting,
        } = self.get_mut();
        waiting.poll(plan, *node, context).map(|end| (*node, end))
    }
}

impl<C: Context> Unpin for Waiting<C> {}

/// A node that runs on a thread, and when it has taken too long.
pub(super) struct Deadline {
    pub(super) node: u32,
    pub(super) alarm: Alarm,
}

impl Future for Deadline {
    type Output = (u32, Rings);

    fn poll(mut self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Self::Output> {
        let node = self.node;
        self.alarm.poll(context).map(|rings| (node, rings))
    }
}
