//! [`Board`]: what has become of each node, and what the driver still has to do.

use std::task::Waker;

use tokio::time::Instant;

use super::post::{Obsolete, Post, Ready, RefusedNode};
use crate::app::{App, Presence};
use crate::cancellation::Cancellation;
use crate::context::Context;
use crate::lifetime::Value;
use crate::outcome::Outcome;
use crate::plan::{Code, Plan, SharedContext};
use crate::run::ending::Estate;
use crate::run::node::{NodeEnd, Refused, Start, Waiting};
use crate::run::values::Values;
use crate::run::{Borrower, RootCode};
use crate::unwind::Contained;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Not begun: it waits for others, or for a thread.
    Waiting,
    Running,
    /// It took too long and has failed, but still runs on its thread.
    Overdue,
    Made,
    Failed,
    /// It never starts.
    Skipped,
}

/// What became of the run.
pub(super) enum Verdict<C: Context> {
    /// The root is done.
    Made(Value),
    /// The rejection may leave.
    Rejected(Refused<C>),
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
    /// How many nodes are running, on threads and in the driver.
    running: u32,
    values: Values,
    presence: Option<Presence>,
    borrower: Option<Borrower>,
    /// What teardowns are told.
    outcome: Outcome,
    root_code: Contained<RootCode<C>>,
    context: Contained<SharedContext<C>>,
    /// The first failed node in declaration order; the number of nodes while none has failed.
    /// Whatever stands from there on does not start.
    cut: u32,
    /// Whether the driver has futures to drop because of a new cut.
    has_cut: bool,
    /// That of the node at the cut.
    refused: Contained<RefusedNode<C>>,
    /// How many nodes before the cut could still fail; counted from the first failure on.
    may_still_fail: u32,
    is_broken: bool,
    /// The tokens given out, by the node that made them.
    cancellations: Vec<(u32, Cancellation)>,
    post: Post<C>,
    waker: Option<Waker>,
}

impl<C: Context> Board<C> {
    pub(super) fn new(
        plan: &Plan<C>,
        context: Contained<SharedContext<C>>,
        code: RootCode<C>,
        presence: Presence,
        borrower: Option<Borrower>,
    ) -> Self {
        let nodes = plan.len();
        Self {
            stages: vec![Stage::Waiting; nodes].into(),
            waits: plan.waits().into(),
            running: 0,
            values: Values::none(plan),
            presence: Some(presence),
            borrower,
            outcome: Outcome::Cancelled,
            root_code: Contained::new(code),
            context,
            cut: plan.root() + 1,
            has_cut: false,
            refused: Contained::empty(),
            may_still_fail: 0,
            is_broken: false,
            cancellations: Vec::new(),
            post: Post::new(),
            waker: None,
        }
    }

    /// Takes over what another run has made: nodes that are lent, and those that only they need, do
    /// not run.
    pub(super) fn borrow(&mut self, app: &App, plan: &Plan<C>, ready: &mut Ready) {
        let Some(borrower) = &self.borrower else {
            return;
        };
        let Some(not_needed) = borrower.borrow(app, plan, &mut self.values) else {
            return;
        };
        for node in 0..=plan.root() {
            if not_needed[node as usize] {
                self.stages[node as usize] = match self.values.get(node) {
                    Some(_) => Stage::Made,
                    None => Stage::Skipped,
                };
            }
        }
        for node in (0..=plan.root()).filter(|&node| not_needed[node as usize]) {
            self.release(plan, node, ready);
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
        self.running += 1;
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
        end: NodeEnd<C>,
        ready: &mut Ready,
    ) -> Obsolete<C> {
        self.running -= 1;
        let was_overdue = self.stages[node as usize] == Stage::Overdue;
        let refused = match end {
            Ok(value) => {
                self.made(plan, node, value, was_overdue);
                None
            }
            Err(refused) if was_overdue => Some((node, refused)),
            Err(refused) => {
                self.stages[node as usize] = Stage::Failed;
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

    /// Whether a node runs that has not taken too long.
    pub(super) fn is_running(&self, node: u32) -> bool {
        self.stages[node as usize] == Stage::Running
    }

    /// A node takes too long on its thread: it has failed, though it goes on there.
    pub(super) fn give_up_waiting_for(
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
        self.stages[node as usize] = Stage::Overdue;
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
        self.stages[node as usize] = Stage::Made;
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
            let is_over = matches!(self.stages[earlier as usize], Stage::Made | Stage::Skipped);
            plan.can_fail(earlier) && !is_over
        };
        self.may_still_fail = (0..node).filter(may_fail).map(|_| 1).sum();
        self.refused.replace((node, refused))
    }

    /// A node never starts, or its future was dropped, because it is not wanted any more.
    pub(super) fn skip(&mut self, plan: &Plan<C>, node: u32, ready: &mut Ready) {
        if self.stages[node as usize] == Stage::Running {
            self.running -= 1;
        }
        self.stages[node as usize] = Stage::Skipped;
        self.release(plan, node, ready);
    }

    /// A thread gave up in the middle.
    pub(super) fn break_off(&mut self) {
        self.is_broken = true;
        self.cut = 0;
    }

    /// Decides what teardowns are told, and takes out what is to be ended; `None` if a thread still
    /// works for the run, which then ends it.
    pub(super) fn settle(&mut self, outcome: Outcome) -> Option<Estate> {
        self.outcome = outcome;
        if self.running > 0 {
            return None;
        }
        self.take_estate()
    }

    /// Takes out what is to be ended, once.
    pub(super) fn take_estate(&mut self) -> Option<Estate> {
        Some(Estate {
            presence: self.presence.take()?,
            values: std::mem::take(&mut self.values),
            borrower: self.borrower.take(),
        })
    }

    pub(super) fn outcome(&self) -> Outcome {
        self.outcome
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
            return Verdict::Made(value);
        }
        if self.is_rejected()
            && let Some((_, refused)) = self.refused.take()
        {
            return Verdict::Rejected(refused);
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

    /// Leaves what waits to the driver; gives it back if it is not wanted any more.
    pub(super) fn post_waiting(&mut self, node: u32, waiting: Waiting<C>) -> Option<Waiting<C>> {
        if self.wants(node) {
            self.post.waiting.push((node, waiting));
            None
        } else {
            Some(waiting)
        }
    }

    /// Has the driver look when a node that runs on a thread takes too long.
    pub(super) fn post_deadline(&mut self, node: u32, deadline: Instant) {
        self.post.deadlines.push((node, deadline));
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
        self.refused.as_ref().is_some() && self.may_still_fail == 0
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
