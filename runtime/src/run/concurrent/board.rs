//! [`Board`]: what has become of each node, and what the driver still has to do.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::task::Waker;

use super::super::RootCode;
use super::super::node::{Start, discard};
use crate::cancellation::Cancellation;
use crate::context::Context;
use crate::lifetime::Value;
use crate::plan::{Code, Inputs, NodeFuture, Outcome, Plan};

/// Nodes that may start, the first in declaration order on top.
#[derive(Debug, Default)]
pub(super) struct Ready(BinaryHeap<Reverse<u32>>);

impl Ready {
    pub(super) fn push(&mut self, node: u32) {
        self.0.push(Reverse(node));
    }

    pub(super) fn pop(&mut self) -> Option<u32> {
        self.0.pop().map(|Reverse(node)| node)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Not begun: it waits for others, or for a thread.
    Waiting,
    Running,
    Made,
    Failed,
    /// It never starts.
    Skipped,
}

/// What a lane thread leaves for the driver.
pub(super) struct Post<C: Context> {
    /// Futures that wait, to be polled at once.
    pub(super) futures: Vec<(u32, NodeFuture<C>)>,
    /// Nodes that start on the executor.
    pub(super) nodes: Vec<u32>,
}

impl<C: Context> Post<C> {
    const fn new() -> Self {
        Self {
            futures: Vec::new(),
            nodes: Vec::new(),
        }
    }

    fn is_empty(&self) -> bool {
        self.futures.is_empty() && self.nodes.is_empty()
    }
}

/// What became of the run.
pub(super) enum Verdict<C: Context> {
    /// The root is done, or the rejection may leave.
    Settled(Result<Value, C::Rejection>),
    /// Lane threads have left something for the driver.
    Posted(Post<C>),
    /// Nothing to do until somebody wakes the driver.
    Asleep,
}

/// What the end of a node made obsolete, to be dropped and told without the lock.
#[must_use]
pub(super) struct Obsolete<C: Context> {
    rejection: Option<C::Rejection>,
    cancelled: Vec<Cancellation>,
}

impl<C: Context> Obsolete<C> {
    pub(super) fn discard(self, node: &'static str) {
        if self.rejection.is_some() {
            tracing::debug!(
                node,
                "an error is not reported: an earlier node failed as well"
            );
        }
        discard(self.rejection);
        for cancellation in self.cancelled {
            cancellation.cancel();
        }
    }
}

/// The state of a run. Arrays are indexed by node.
pub(super) struct Board<C: Context> {
    stages: Box<[Stage]>,
    /// How many nodes it still waits for.
    waits: Box<[u32]>,
    values: Vec<Option<Value>>,
    root_code: Option<RootCode<C>>,
    /// The first failed node in declaration order; the number of nodes while none has failed.
    /// Whatever stands from there on does not start.
    cut: u32,
    /// Whether the driver has futures to drop because of a new cut.
    has_cut: bool,
    rejection: Option<C::Rejection>,
    /// How many nodes before the cut could still fail; counted from the first failure on.
    may_still_fail: u32,
    /// The tokens given out, by the node that made them.
    cancellations: Vec<(u32, Cancellation)>,
    post: Post<C>,
    waker: Option<Waker>,
}

impl<C: Context> Board<C> {
    pub(super) fn new(plan: &Plan<C>, code: RootCode<C>) -> Self {
        let nodes = plan.len();
        Self {
            stages: vec![Stage::Waiting; nodes].into(),
            waits: plan.waits().into(),
            values: std::iter::repeat_with(|| None).take(nodes).collect(),
            root_code: Some(code),
            cut: plan.root() + 1,
            has_cut: false,
            rejection: None,
            may_still_fail: 0,
            cancellations: Vec::new(),
            post: Post::new(),
            waker: None,
        }
    }

    /// The first failed node; what stands later is not wanted any more.
    pub(super) fn cut(&self) -> u32 {
        self.cut
    }

    /// Whether the future of a node that waits is still wanted.
    pub(super) fn wants(&self, node: u32) -> bool {
        node < self.cut
    }

    pub(super) fn begin(
        &mut self,
        plan: &Plan<C>,
        node: u32,
        ready: &mut Ready,
    ) -> Option<Start<C>> {
        if self.stages[node as usize] != Stage::Waiting {
            return None;
        }
        if !self.wants(node) {
            self.skip(plan, node, ready);
            return None;
        }
        self.stages[node as usize] = Stage::Running;
        let mut values = Vec::with_capacity(plan.inputs(node).len());
        for &input in plan.inputs(node) {
            let kept = &mut self.values[input as usize];
            // A shared value stays for other readers; an owned one has this reader only.
            values.extend(kept.as_ref().and_then(Value::share).or_else(|| kept.take()));
        }
        let cancellation = matches!(plan.code(node), Code::Cancellation(_)).then(|| {
            let cancellation = Cancellation::new();
            self.cancellations.push((node, cancellation.clone()));
            cancellation
        });
        Some(Start {
            inputs: Inputs::new(values),
            root: if node == plan.root() {
                self.root_code.take()
            } else {
                None
            },
            cancellation,
        })
    }

    pub(super) fn end(
        &mut self,
        plan: &Plan<C>,
        node: u32,
        outcome: Outcome<C>,
        ready: &mut Ready,
    ) -> Obsolete<C> {
        let mut obsolete = Obsolete {
            rejection: None,
            cancelled: Vec::new(),
        };
        match outcome {
            Ok(value) => {
                self.stages[node as usize] = Stage::Made;
                self.values[node as usize] = Some(value);
                if self.rejection.is_some() && self.wants(node) && plan.can_fail(node) {
                    self.may_still_fail -= 1;
                }
            }
            Err(rejection) => {
                self.stages[node as usize] = Stage::Failed;
                if self.wants(node) {
                    obsolete.rejection = self.rejection.replace(rejection);
                    self.cut_at(plan, node);
                } else {
                    obsolete.rejection = Some(rejection);
                }
            }
        }
        if self.rejection.is_some() && self.may_still_fail == 0 {
            // The rejection leaves; nobody waits for anything any more.
            self.cut = 0;
        }
        obsolete.cancelled = self.take_cancellations();
        self.release(plan, node, ready);
        obsolete
    }

    /// A node never starts, or its future was dropped, because it is not wanted any more.
    pub(super) fn skip(&mut self, plan: &Plan<C>, node: u32, ready: &mut Ready) {
        self.stages[node as usize] = Stage::Skipped;
        self.release(plan, node, ready);
    }

    /// Starts nothing any more, whatever was ready. Returns what is not wanted any more, to be
    /// dropped and told without the lock.
    pub(super) fn close(&mut self) -> (Vec<Cancellation>, Post<C>, Option<RootCode<C>>) {
        self.cut = 0;
        let post = std::mem::replace(&mut self.post, Post::new());
        (self.take_cancellations(), post, self.root_code.take())
    }

    /// What the driver has to do now. Leaves its waker only if that is nothing.
    pub(super) fn verdict(&mut self, plan: &Plan<C>, waker: &Waker) -> Verdict<C> {
        if self.is_settled(plan) {
            let made = self.values[plan.root() as usize].take();
            return match (made, self.rejection.take()) {
                (Some(value), _) => Verdict::Settled(Ok(value)),
                (None, Some(rejection)) => Verdict::Settled(Err(rejection)),
                // Polled again after it has returned.
                (None, None) => Verdict::Asleep,
            };
        }
        if self.has_news() {
            self.has_cut = false;
            return Verdict::Posted(std::mem::replace(&mut self.post, Post::new()));
        }
        match &mut self.waker {
            Some(known) => known.clone_from(waker),
            None => self.waker = Some(waker.clone()),
        }
        Verdict::Asleep
    }

    /// Leaves a future that waits to the driver; gives it back if it is not wanted any more.
    pub(super) fn post_future(
        &mut self,
        plan: &Plan<C>,
        node: u32,
        future: NodeFuture<C>,
        ready: &mut Ready,
    ) -> Option<NodeFuture<C>> {
        if self.wants(node) {
            self.post.futures.push((node, future));
            None
        } else {
            self.skip(plan, node, ready);
            Some(future)
        }
    }

    pub(super) fn post_node(&mut self, node: u32) {
        self.post.nodes.push(node);
    }

    /// The driver's waker, if it sleeps and has something to do now.
    pub(super) fn take_waker(&mut self, plan: &Plan<C>) -> Option<Waker> {
        if self.is_settled(plan) || self.has_news() {
            self.waker.take()
        } else {
            None
        }
    }

    fn has_news(&self) -> bool {
        self.has_cut || !self.post.is_empty()
    }

    fn is_settled(&self, plan: &Plan<C>) -> bool {
        self.stages[plan.root() as usize] == Stage::Made
            || (self.rejection.is_some() && self.may_still_fail == 0)
    }

    fn cut_at(&mut self, plan: &Plan<C>, node: u32) {
        self.cut = node;
        self.has_cut = true;
        let may_fail =
            |&node: &u32| plan.can_fail(node) && self.stages[node as usize] != Stage::Made;
        let earlier = (0..node).filter(may_fail).count();
        self.may_still_fail = u32::try_from(earlier).unwrap_or(u32::MAX);
    }

    /// The tokens of the nodes that are not wanted any more.
    fn take_cancellations(&mut self) -> Vec<Cancellation> {
        let cut = self.cut;
        let obsolete = self.cancellations.extract_if(.., |(node, _)| *node >= cut);
        obsolete.map(|(_, cancellation)| cancellation).collect()
    }

    /// Counts a node off for those that wait for it. What then waits for nothing is ready, or is
    /// skipped, which releases others in turn.
    fn release(&mut self, plan: &Plan<C>, node: u32, ready: &mut Ready) {
        let mut released = vec![node];
        while let Some(node) = released.pop() {
            for &then in plan.dependents(node) {
                let waits = &mut self.waits[then as usize];
                *waits -= 1;
                if *waits > 0 {
                    continue;
                }
                if self.wants(then) {
                    ready.push(then);
                } else {
                    self.stages[then as usize] = Stage::Skipped;
                    released.push(then);
                }
            }
        }
    }
}

impl<C: Context> Drop for Board<C> {
    /// A value goes before those it was made from.
    fn drop(&mut self) {
        while let Some(value) = self.values.pop() {
            discard(value);
        }
    }
}
