//! What the threads of a run leave for each other: [`Ready`] nodes, [`Post`] for the driver, and
//! what became [`Obsolete`].

use std::collections::BTreeSet;

use tokio::time::Instant;

use crate::cancellation::Cancellation;
use crate::context::Context;
use crate::plan::Plan;
use crate::run::node::{Refused, Waiting};

/// Nodes that may start, to be taken in declaration order.
#[derive(Debug, Default)]
pub(super) struct Ready {
    /// By node: whether it is ready. Few graphs have more nodes than this has bits.
    first: u64,
    others: BTreeSet<u32>,
}

impl Ready {
    #[inline]
    pub(super) fn push(&mut self, node: u32) {
        if node < u64::BITS {
            self.first |= 1 << node;
        } else {
            self.others.insert(node);
        }
    }

    #[inline]
    pub(super) fn pop(&mut self) -> Option<u32> {
        if self.first == 0 {
            return self.others.pop_first();
        }
        let node = self.first.trailing_zeros();
        self.first &= self.first - 1;
        Some(node)
    }
}

/// What a lane thread leaves for the driver.
pub(super) struct Post<C: Context> {
    /// What waits, to be polled at once.
    pub(super) waiting: Vec<(u32, Waiting<C>)>,
    /// Nodes that run on a thread, and when they will have taken too long.
    pub(super) deadlines: Vec<(u32, Instant)>,
    /// Nodes that start on the executor.
    pub(super) nodes: Vec<u32>,
}

impl<C: Context> Post<C> {
    #[inline]
    pub(super) const fn new() -> Self {
        Self {
            waiting: Vec::new(),
            deadlines: Vec::new(),
            nodes: Vec::new(),
        }
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.deadlines.is_empty() && self.nodes.is_empty()
    }
}

/// A failure, with the node that it is of.
pub(super) type RefusedNode<C> = (u32, Refused<C>);

/// What nobody waits for any more, to be dropped and told without the lock.
#[must_use]
pub(super) struct Obsolete<C: Context> {
    /// It is not reported: an earlier node failed as well, or the request is answered.
    pub(super) refused: Option<RefusedNode<C>>,
    /// The tokens of nodes that are not wanted any more.
    pub(super) cancelled: Vec<Cancellation>,
}

impl<C: Context> Obsolete<C> {
    pub(super) fn discard(self, plan: &Plan<C>) {
        if let Some((node, refused)) = self.refused {
            refused.go_unreported(plan, node);
        }
        for cancellation in self.cancelled {
            cancellation.cancel();
        }
    }
}
