//! [`Board`]: what has become of each node, and what the driver still has to do.

use std::task::Waker;

use super::post::{Obsolete, Post, Ready, RejectionOf};
use crate::cancellation::Cancellation;
use crate::context::Context;
use crate::lifetime::Value;
use crate::plan::{Code, NodeFuture, NodeResult, Plan, SharedContext};
use crate::run::RootCode;
use crate::run::node::Start;
use crate::run::values::Values;
use crate::unwind::Contained;

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

/// What became of the run.
pub(super) enum Verdict<C: Context> {
    /// The root is done, or the rejection may leave.
    Settled(Result<Value, C::Rejection>),
    /// A thread gave up in the middle, and nobody knows where.
    Broken,
    /// Lane threads have left something for the driver.
    Posted(Post<C>),
    /// Nothing to do until somebody wakes the driver. Holds the waker that was known before.
    Asleep(Option<Waker>),
}

/// The state of a run. Arrays are indexed by node.
pub(super) struct Board<C: Context> {
    stages: Box<[Stage]>,
    /// How many nodes it still waits for.
    waits: Box<[u32]>,
    values: Values,
    root_code: Contained<RootCode<C>>,
    context: Contained<SharedContext<C>>,
    /// The first failed node in declaration order; the number of nodes while none has failed.
    /// Whatever stands from there on does not start.
    cut: u32,
    /// Whether the driver has futures to drop because of a new cut.
    has_cut: bool,
    /// That of the node at the cut.
    rejection: Contained<RejectionOf<C>>,
    /// How many nodes before the cut could still fail; counted from the first failure on.
    may_still_fail: u32,
    is_broken: bool,
    /// The tokens given out, by the node that made them.
    cancellations: Vec<(u32, Cancellation)>,
    post: Post<C>,
    waker: Option<Waker>,
}

impl<C: Context> Board<C> {
    pub(super) fn new(plan: &Plan<C>, context: C, code: RootCode<C>) -> Self {
        let nodes = plan.len();
        Self {
            stages: vec![Stage::Waiting; nodes].into(),
            waits: plan.waits().into(),
            values: Values::none(plan),
            root_code: Contained::new(code),
            context: plan.share(context),
            cut: plan.root() + 1,
            has_cut: false,
            rejection: Contained::empty(),
            may_still_fail: 0,
            is_broken: false,
            cancellations: Vec::new(),
            post: Post::new(),
            waker: None,
        }
    }

    /// The first failed node; what stands later is not wanted any more.
    pub(super) fn cut(&self) -> u32 {
        self.cut
    }

    /// Whether a node is wanted: nothing before it has failed, and the request is not answered.
    pub(super) fn wants(&self, node: u32) -> bool {
        node < self.cut
    }

    /// Begins a node; `None` if somebody has, or if it is not wanted any more.
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
        let cancellation = matches!(plan.code(node), Code::Cancellation(_)).then(|| {
            let cancellation = Cancellation::new();
            self.cancellations.push((node, cancellation.clone()));
            cancellation
        });
        Some(Start {
            inputs: self.values.inputs(plan, node),
            root: if node == plan.root() {
                self.root_code.take()
            } else {
                None
            },
            context: self.context.as_ref().cloned(),
            cancellation,
        })
    }

    /// Ends a node, and adds what became ready to `ready`.
    pub(super) fn end(
        &mut self,
        plan: &Plan<C>,
        node: u32,
        result: NodeResult<C>,
        ready: &mut Ready,
    ) -> Obsolete<C> {
        let rejection = match result {
            Ok(value) => {
                self.made(plan, node, value);
                None
            }
            Err(rejection) => self.failed(plan, node, rejection),
        };
        if self.is_rejected() {
            // The rejection leaves: nobody waits for anything any more.
            self.cut = 0;
        }
        self.release(plan, node, ready);
        Obsolete {
            rejection,
            cancelled: self.take_cancellations(),
        }
    }

    fn made(&mut self, plan: &Plan<C>, node: u32, value: Value) {
        self.stages[node as usize] = Stage::Made;
        self.values.set(node, value);
        if self.rejection.as_ref().is_some() && self.wants(node) && plan.can_fail(node) {
            self.may_still_fail -= 1;
        }
    }

    /// Returns the rejection that is not the first one in declaration order.
    fn failed(
        &mut self,
        plan: &Plan<C>,
        node: u32,
        rejection: C::Rejection,
    ) -> Option<RejectionOf<C>> {
        self.stages[node as usize] = Stage::Failed;
        if !self.wants(node) {
            return Some((node, rejection));
        }
        self.cut = node;
        self.has_cut = true;
        let may_fail =
            |&earlier: &u32| plan.can_fail(earlier) && self.stages[earlier as usize] != Stage::Made;
        self.may_still_fail = (0..node).filter(may_fail).map(|_| 1).sum();
        self.rejection.replace((node, rejection))
    }

    /// A node never starts, or its future was dropped, because it is not wanted any more.
    pub(super) fn skip(&mut self, plan: &Plan<C>, node: u32, ready: &mut Ready) {
        self.stages[node as usize] = Stage::Skipped;
        self.release(plan, node, ready);
    }

    /// A thread gave up in the middle.
    pub(super) fn break_off(&mut self) {
        self.is_broken = true;
        self.cut = 0;
    }

    /// Starts nothing any more, whatever was ready. Returns what is not wanted any more, to be
    /// dropped and told without the lock.
    pub(super) fn close(&mut self) -> (Vec<Cancellation>, Post<C>) {
        self.cut = 0;
        let post = std::mem::replace(&mut self.post, Post::new());
        (self.take_cancellations(), post)
    }

    /// What the driver has to do now. Leaves its waker only if that is nothing.
    pub(super) fn verdict(&mut self, plan: &Plan<C>, waker: &Waker) -> Verdict<C> {
        if self.is_broken {
            return Verdict::Broken;
        }
        if self.is_made(plan)
            && let Some(value) = self.values.take(plan.root())
        {
            // The request is not given up: whoever took a token may keep it.
            self.cancellations.clear();
            return Verdict::Settled(Ok(value));
        }
        if self.is_rejected()
            && let Some((_, rejection)) = self.rejection.take()
        {
            return Verdict::Settled(Err(rejection));
        }
        if self.has_news() {
            self.has_cut = false;
            return Verdict::Posted(std::mem::replace(&mut self.post, Post::new()));
        }
        if self
            .waker
            .as_ref()
            .is_some_and(|known| known.will_wake(waker))
        {
            return Verdict::Asleep(None);
        }
        Verdict::Asleep(self.waker.replace(waker.clone()))
    }

    /// Leaves a future that waits to the driver; gives it back if it is not wanted any more.
    pub(super) fn post_future(
        &mut self,
        plan: &Plan<C>,
        node: u32,
        future: Contained<NodeFuture<C>>,
        ready: &mut Ready,
    ) -> Option<Contained<NodeFuture<C>>> {
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
        let is_settled = self.is_broken || self.is_made(plan) || self.is_rejected();
        if is_settled || self.has_news() {
            self.waker.take()
        } else {
            None
        }
    }

    fn has_news(&self) -> bool {
        self.has_cut || !self.post.is_empty()
    }

    fn is_made(&self, plan: &Plan<C>) -> bool {
        self.stages[plan.root() as usize] == Stage::Made
    }

    /// Whether a rejection is certain: nothing that stands earlier can fail any more.
    fn is_rejected(&self) -> bool {
        self.rejection.as_ref().is_some() && self.may_still_fail == 0
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
        // Skipping is rare, so the list of what else is released is rarely made.
        let mut released = Vec::new();
        let mut next = Some(node);
        while let Some(node) = next {
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
            next = released.pop();
        }
    }
}
