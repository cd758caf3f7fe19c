//! In which order nodes begin, where that is certain before a run begins.
//!
//! It is certain where each node is done as soon as it has begun: of those that are ready a driver begins
//! the first, and a thread goes on with what became ready there.

use std::collections::{BTreeSet, VecDeque};

use super::draft::Draft;
use super::{Code, Where, index};
use crate::context::Context;

/// A node that begins when all before it are done, with what is needed for that in one place.
pub(crate) struct Step {
    pub(crate) node: u32,
    /// How many parameters its value is taken for.
    pub(crate) readers: u32,
    /// The nodes whose values it takes, in the order of its parameters.
    pub(crate) inputs: Box<[u32]>,
    /// Whether it is a plain function, which may block.
    pub(crate) is_plain: bool,
    /// Whether no other plain function is ready when it begins, so that it holds up none.
    pub(crate) is_alone: bool,
}

/// What the first hop of a run begins, if whatever needs no thread was done before.
pub(crate) struct FirstHop {
    /// How many nodes those are.
    pub(crate) after: u32,
    /// What of that begins first, for as far as nothing else is to be seen to.
    pub(crate) before: Box<[Step]>,
    /// The nodes that leave for a thread then.
    pub(crate) nodes: Box<[u32]>,
    /// What begins there, for as far as that is certain.
    pub(crate) steps: Box<[Step]>,
}

/// What is known of the nodes of a plan that is being frozen.
pub(super) struct Nodes<'a, C: Context> {
    pub(super) drafts: &'a [Draft<C>],
    /// The nodes that wait for it.
    pub(super) dependents: &'a [Vec<u32>],
    /// How many it waits for.
    pub(super) waits: &'a [u32],
    /// The nodes whose values it takes.
    pub(super) inputs: &'a [Box<[u32]>],
    /// For how many parameters its value is taken.
    pub(super) readers: &'a [u32],
    /// Whether a lane thread on which it becomes ready polls it there.
    pub(super) polled_on_lane: &'a [bool],
    /// Whether it starts with its inputs alone, or with the context.
    pub(super) starts_simply: &'a [bool],
}

impl<C: Context> Nodes<'_, C> {
    /// All nodes, in the order in which a driver begins them; `None` unless it begins all of them, and
    /// there is nothing else to be seen to.
    pub(super) fn ahead(&self) -> Option<Box<[Step]>> {
        let mut unready = self.unready();
        let mut steps = Vec::with_capacity(self.drafts.len());
        while let Some(node) = unready.ready.pop_first() {
            if !self.is_simple(node)
                || !matches!(self.runs_on(node), Where::InPlace | Where::Executor)
            {
                return None;
            }
            steps.push(self.step(node, true));
            unready.release(self.dependents, node);
        }
        Some(steps.into())
    }

    /// What the first hop begins; `None` if nothing of that is certain.
    pub(super) fn first_hop(&self) -> Option<FirstHop> {
        let mut unready = self.unready();
        let mut after = 0;
        let mut before = Vec::new();
        let mut nodes = Vec::new();
        while let Some(node) = unready.ready.pop_first() {
            match self.runs_on(node) {
                Where::InPlace | Where::Executor => {
                    if before.len() == after as usize && self.is_simple(node) {
                        before.push(self.step(node, true));
                    }
                    after += 1;
                    unready.release(self.dependents, node);
                }
                Where::Lane => nodes.push(node),
                Where::Cpu => return None,
            }
        }
        let steps = self.on_lane(&nodes, unready);
        (!steps.is_empty()).then(|| FirstHop {
            after,
            before: before.into(),
            nodes: nodes.into(),
            steps: steps.into(),
        })
    }

    /// What a thread begins to which these nodes have come, as long as each is short or alone.
    fn on_lane(&self, nodes: &[u32], mut unready: Unready) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut own: VecDeque<u32> = nodes.iter().copied().collect();
        while let Some(node) = own.pop_front() {
            if !self.is_simple(node) {
                return steps;
            }
            steps.push(self.step(node, own.is_empty()));
            unready.release(self.dependents, node);
            // What needs no thread comes first.
            while let Some(then) = unready.ready.pop_first() {
                let is_polled_here = match self.runs_on(then) {
                    Where::Lane => {
                        own.push_back(then);
                        continue;
                    }
                    Where::InPlace => true,
                    Where::Executor => self.polled_on_lane[then as usize],
                    Where::Cpu => false,
                };
                if !is_polled_here || !self.is_simple(then) {
                    return steps;
                }
                steps.push(self.step(then, own.is_empty()));
                unready.release(self.dependents, then);
            }
        }
        steps
    }

    /// Whether all that a node needs are its inputs or the context, and nobody is told of its end.
    fn is_simple(&self, node: u32) -> bool {
        let draft = &self.drafts[node as usize];
        let is_given_more = matches!(draft.code, Some(Code::Background(_)));
        let is_bounded = draft.limited.is_some() || draft.time_limit.is_some();
        let is_noticed = draft.after_response.is_some();
        self.starts_simply[node as usize] && !(is_given_more || is_bounded || is_noticed)
    }

    fn runs_on(&self, node: u32) -> Where {
        let draft = &self.drafts[node as usize];
        Where::of(draft.code.as_ref(), draft.colour)
    }

    fn step(&self, node: u32, is_alone: bool) -> Step {
        Step {
            node,
            readers: self.readers[node as usize],
            inputs: self.inputs[node as usize].clone(),
            is_plain: self.runs_on(node) == Where::Lane,
            is_alone,
        }
    }

    fn unready(&self) -> Unready {
        let nodes = (0..self.waits.len()).map(index);
        Unready {
            waits: self.waits.to_vec(),
            ready: nodes
                .filter(|&node| self.waits[node as usize] == 0)
                .collect(),
        }
    }
}

/// Nodes that have not begun.
struct Unready {
    /// By node: how many it waits for.
    waits: Vec<u32>,
    /// Those that wait for nothing, but for those that have been taken out.
    ready: BTreeSet<u32>,
}

impl Unready {
    /// A node is done.
    fn release(&mut self, dependents: &[Vec<u32>], node: u32) {
        for &then in &dependents[node as usize] {
            self.waits[then as usize] -= 1;
            if self.waits[then as usize] == 0 {
                self.ready.insert(then);
            }
        }
    }
}
