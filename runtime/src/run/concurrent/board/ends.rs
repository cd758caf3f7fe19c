//! What the end of a node changes: its dependents are ready, or a failure cuts off what stands later.

use super::{Board, Stage};
use crate::context::Context;
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::run::concurrent::post::{Obsolete, Ready, RefusedNode};
use crate::run::node::{NodeEnd, Refused};
use crate::run::outcome;
use crate::value::Value;

impl<C: Context> Board<C> {
    /// Ends a node, and adds what became ready to `ready`.
    pub(in crate::run::concurrent) fn end(
        &mut self,
        plan: &Plan<C>,
        node: u32,
        end: NodeEnd<C>,
        ready: &mut Ready,
    ) -> Obsolete<C> {
        self.running -= 1;
        if node == plan.root() {
            self.end_root(plan, &end);
        }
        let was_overdue = self.nodes[node as usize].stage == Stage::Overdue;
        let refused = match end {
            Ok(value) => {
                self.made(plan, node, value, was_overdue);
                None
            }
            Err(refused) if was_overdue => Some((node, refused)),
            Err(refused) => {
                self.nodes[node as usize].stage = Stage::Failed;
                self.failed(plan, node, refused)
            }
        };
        if was_overdue {
            return Obsolete {
                refused,
                cancelled: Vec::new(),
            };
        }
        self.after_end(plan, node, refused, ready)
    }

    /// The root has come to its end on a thread of the lane. Returns what that thread drops before it
    /// says so.
    pub(in crate::run::concurrent) fn leave_root(
        &mut self,
        plan: &Plan<C>,
        end: &NodeEnd<C>,
    ) -> Vec<Value> {
        self.end_root(plan, end);
        if self.running > 1 {
            return Vec::new();
        }
        self.values.take_for_lane(plan)
    }

    /// Teardowns are told how the root ended, unless the request had come to something before.
    fn end_root(&mut self, plan: &Plan<C>, end: &NodeEnd<C>) {
        self.learn_outcome(plan, outcome(end));
    }

    /// The same, of a root that is known to nobody else so far.
    pub(in crate::run::concurrent) fn learn_outcome(&mut self, plan: &Plan<C>, outcome: Outcome) {
        if self.wants(plan.root()) {
            self.outcome = outcome;
        }
    }

    /// Whether a node has not begun.
    pub(in crate::run::concurrent) fn is_waiting(&self, node: u32) -> bool {
        self.nodes[node as usize].stage == Stage::Waiting
    }

    /// Whether a node runs that has not taken too long.
    pub(in crate::run::concurrent) fn is_running(&self, node: u32) -> bool {
        self.nodes[node as usize].stage == Stage::Running
    }

    /// A node takes too long on its thread: it has failed, though it goes on there.
    pub(in crate::run::concurrent) fn give_up_waiting_for(
        &mut self,
        plan: &Plan<C>,
        node: u32,
        refused: Refused<C>,
        ready: &mut Ready,
    ) -> Obsolete<C> {
        if !self.is_running(node) {
            // It has just ended.
            return Obsolete {
                refused: Some((node, refused)),
                cancelled: Vec::new(),
            };
        }
        self.nodes[node as usize].stage = Stage::Overdue;
        let refused = self.failed(plan, node, refused);
        let mut obsolete = self.after_end(plan, node, refused, ready);
        // Whatever stands from it on is told; its own token stands before it.
        let inputs = plan.inputs(node);
        let own = self
            .cancellations
            .extract_if(.., |(token, _)| inputs.contains(token));
        obsolete
            .cancelled
            .extend(own.map(|(_, cancellation)| cancellation));
        obsolete
    }

    fn after_end(
        &mut self,
        plan: &Plan<C>,
        node: u32,
        refused: Option<RefusedNode<C>>,
        ready: &mut Ready,
    ) -> Obsolete<C> {
        if self.is_rejected() {
            // The rejection leaves: nobody waits for anything any more.
            self.cut = 0;
        }
        self.release(plan, node, ready);
        Obsolete {
            refused,
            cancelled: self.take_cancellations(),
        }
    }

    fn made(&mut self, plan: &Plan<C>, node: u32, value: Value, was_overdue: bool) {
        self.nodes[node as usize].stage = Stage::Made;
        self.values.set(plan, node, value);
        let is_awaited = self.refused.as_ref().is_some() && self.wants(node) && !was_overdue;
        if is_awaited && plan.can_fail(node) {
            self.may_still_fail -= 1;
        }
    }

    /// Returns the failure that is not the first one in declaration order.
    fn failed(&mut self, plan: &Plan<C>, node: u32, refused: Refused<C>) -> Option<RefusedNode<C>> {
        if !self.wants(node) {
            return Some((node, refused));
        }
        self.cut = node;
        self.has_cut = true;
        // What stands earlier and is skipped is not needed: another run has made what it is for.
        let may_fail = |&earlier: &u32| {
            let stage = self.nodes[earlier as usize].stage;
            let is_over = matches!(stage, Stage::Made | Stage::Skipped);
            plan.can_fail(earlier) && !is_over
        };
        self.may_still_fail = (0..node).filter(may_fail).map(|_| 1).sum();
        self.refused.replace((node, refused))
    }

    /// A node never starts, or its future was dropped, because it is not wanted any more.
    pub(in crate::run::concurrent) fn skip(
        &mut self,
        plan: &Plan<C>,
        node: u32,
        ready: &mut Ready,
    ) {
        if self.is_running(node) {
            self.running -= 1;
        }
        self.nodes[node as usize].stage = Stage::Skipped;
        self.release(plan, node, ready);
    }

    /// Counts a node off for those that wait for it. What then waits for nothing is ready, or is
    /// skipped, which releases others in turn.
    pub(super) fn release(&mut self, plan: &Plan<C>, node: u32, ready: &mut Ready) {
        // Skipping is rare, so the list of what else is released is rarely made.
        let mut released = Vec::new();
        let mut next = Some(node);
        while let Some(node) = next {
            for &then in plan.dependents(node) {
                let dependent = &mut self.nodes[then as usize];
                dependent.waits -= 1;
                // What another run has made, or makes needless, is released for itself.
                if dependent.waits > 0 || dependent.stage != Stage::Waiting {
                    continue;
                }
                if self.wants(then) {
                    ready.push(then);
                } else {
                    self.nodes[then as usize].stage = Stage::Skipped;
                    released.push(then);
                }
            }
            next = released.pop();
        }
    }
}
