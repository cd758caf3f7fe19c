//! [`Waits`], what a driver waits for: the [futures](Waiting) of nodes, and the [time](Deadline) of those that run
//! on threads.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll};
use std::time::Duration;

use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio::time::Instant;

use crate::context::Context;
use crate::plan::Plan;
use crate::run::node::{self, NodeEnd};
use crate::timer::{Alarm, Rings};

/// All that a driver waits for. Made for the first thing: most runs never wait.
pub(super) struct Waits<C: Context>(Option<Box<Lists<C>>>);

struct Lists<C: Context> {
    /// Futures that wait, each woken by itself.
    nodes: Option<FuturesUnordered<Waiting<C>>>,
    /// When nodes that run on threads have taken too long.
    deadlines: Option<FuturesUnordered<Deadline>>,
    /// When the run has.
    alarm: Option<Alarm>,
}

impl<C: Context> Waits<C> {
    /// For no longer than `limit`.
    pub(super) fn new(limit: Option<Duration>) -> Self {
        let mut waits = Self(None);
        if let Some(limit) = limit {
            waits.lists().alarm = Some(Alarm::after(limit));
        }
        waits
    }

    fn lists(&mut self) -> &mut Lists<C> {
        self.0.get_or_insert_with(|| {
            Box::new(Lists {
                nodes: None,
                deadlines: None,
                alarm: None,
            })
        })
    }

    pub(super) fn add(&mut self, plan: &Arc<Plan<C>>, node: u32, waiting: node::Waiting<C>) {
        let nodes = self.lists().nodes.get_or_insert_default();
        nodes.push(Waiting {
            node,
            plan: Arc::clone(plan),
            waiting,
        });
    }

    pub(super) fn add_deadline(&mut self, node: u32, deadline: Instant) {
        let alarm = Alarm::at(deadline);
        let deadlines = self.lists().deadlines.get_or_insert_default();
        deadlines.push(Deadline { node, alarm });
    }

    pub(super) fn nodes(&mut self) -> impl Iterator<Item = &mut Waiting<C>> {
        let nodes = self.0.as_mut().and_then(|lists| lists.nodes.as_mut());
        nodes.into_iter().flatten()
    }

    /// Ready with the next node that is done.
    pub(super) fn poll_nodes(&mut self, context: &mut TaskContext<'_>) -> Poll<(u32, NodeEnd<C>)> {
        let nodes = self.0.as_mut().and_then(|lists| lists.nodes.as_mut());
        next(nodes, context)
    }

    /// Ready with the next node that has taken too long.
    pub(super) fn poll_deadlines(&mut self, context: &mut TaskContext<'_>) -> Poll<(u32, Rings)> {
        let deadlines = self.0.as_mut().and_then(|lists| lists.deadlines.as_mut());
        next(deadlines, context)
    }

    /// Ready when the run has taken too long.
    pub(super) fn poll_alarm(&mut self, context: &mut TaskContext<'_>) -> Poll<Rings> {
        let alarm = self.0.as_mut().and_then(|lists| lists.alarm.as_mut());
        alarm.map_or(Poll::Pending, |alarm| alarm.poll(context))
    }

    /// Drops what waits.
    pub(super) fn clear(&mut self) {
        self.0 = None;
    }
}

/// What is done next of those that wait.
fn next<F: Future>(
    waiting: Option<&mut FuturesUnordered<F>>,
    context: &mut TaskContext<'_>,
) -> Poll<F::Output> {
    let Some(waiting) = waiting else {
        return Poll::Pending;
    };
    match waiting.poll_next_unpin(context) {
        Poll::Ready(Some(done)) => Poll::Ready(done),
        Poll::Ready(None) | Poll::Pending => Poll::Pending,
    }
}

/// A node that waits.
pub(super) struct Waiting<C: Context> {
    pub(super) node: u32,
    plan: Arc<Plan<C>>,
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
struct Deadline {
    node: u32,
    alarm: Alarm,
}

impl Future for Deadline {
    type Output = (u32, Rings);

    fn poll(mut self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Self::Output> {
        let node = self.node;
        self.alarm.poll(context).map(|rings| (node, rings))
    }
}
