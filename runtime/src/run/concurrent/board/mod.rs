//! [`Board`]: what has become of each node, and what the driver still has to do.
//!
//! Here is its state, how a node begins and how a run is settled; `new` is how it is made, `ends` what the end of a node
//! changes, and `news` what the driver learns.

mod ends;
mod handed;
mod new;
mod news;

use std::task::Waker;

pub(super) use self::handed::Handed;
pub(super) use self::new::Parts;
pub(super) use self::news::Verdict;
use super::post::{Post, Ready, RefusedNode};
use crate::app::{App, Presence};
use crate::block::{List, Rooms};
use crate::cancellation::Cancellation;
use crate::context::Context;
use crate::lane::Lane;
use crate::outcome::Outcome;
use crate::plan::{Code, Plan, SharedContext};
use crate::run::ending::Estate;
use crate::run::node::{Extras, LateSeat, Start};
use crate::run::values::Values;
use crate::run::{Borrower, RootCode};
use crate::unwind::Contained;
use crate::value::Value;

/// How far a node is.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// How many nodes it still waits for.
    waits: u32,
    stage: Stage,
}

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

/// What is not wanted any more once a request is answered.
pub(super) struct Closed<C: Context> {
    pub(super) cancelled: Vec<Cancellation>,
    pub(super) post: Post<C>,
    /// Those that no node has.
    pub(super) slots: Vec<Value>,
}

/// The state of a run. Arrays are indexed by node.
pub(super) struct Board<C: Context> {
    nodes: List<Node>,
    rooms: Rooms,
    /// How many nodes have begun.
    begun: u32,
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
                self.nodes[node as usize].stage = match self.values.get(node) {
                    Some(_) => Stage::Made,
                    None => Stage::Skipped,
                };
            }
        }
        for node in (0..=plan.root()).filter(|&node| not_needed[node as usize]) {
            self.release(plan, node, ready);
        }
    }

    /// Adds the nodes that wait for nothing, but for those that another run has made.
    pub(super) fn push_sources(&self, plan: &Plan<C>, ready: &mut Ready) {
        for &source in plan.sources() {
            if self.nodes[source as usize].stage == Stage::Waiting {
                ready.push(source);
            }
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
    pub(super) fn begin<'board>(
        &'board mut self,
        plan: &'board Plan<C>,
        node: u32,
        lane: &Lane,
        ready: &mut Ready,
    ) -> Option<Start<'board, C>> {
        if self.nodes[node as usize].stage != Stage::Waiting {
            return None;
        }
        if !self.wants(node) {
            self.skip(plan, node, ready);
            return None;
        }
        self.count_begun(node);
        let reads = matches!(plan.code(node), Code::Extract(_));
        Some(Start {
            extras: if plan.starts_simply(node) {
                None
            } else {
                Some(Box::new(self.extras(plan, node, lane)))
            },
            root: if node == plan.root() {
                self.root_code.take()
            } else {
                None
            },
            context: self.context.as_ref().filter(|_| reads).cloned(),
            inputs: self.values.inputs(plan, node),
            room: self.rooms.take(node),
        })
    }

    /// A node runs from now on.
    fn count_begun(&mut self, node: u32) {
        self.nodes[node as usize].stage = Stage::Running;
        self.begun += 1;
        self.running += 1;
    }

    fn extras(&mut self, plan: &Plan<C>, node: u32, lane: &Lane) -> Extras {
        let cancellation = matches!(plan.code(node), Code::Cancellation(_)).then(|| {
            let cancellation = Cancellation::new();
            self.cancellations.push((node, cancellation.clone()));
            cancellation
        });
        Extras {
            cancellation,
            slot: self.values.slot(plan, node),
            slots: match plan.code(node) {
                Code::Slots(_) => self.wanted_slots(plan, node),
                _ => 0,
            },
            late_seat: LateSeat::of(plan, node, lane),
        }
    }

    /// How many nodes that are still to start have a slot that `taker` takes.
    fn wanted_slots(&self, plan: &Plan<C>, taker: u32) -> u32 {
        let is_waiting = |node: u32| self.nodes[node as usize].stage == Stage::Waiting;
        let nodes = plan.limited_by(taker);
        nodes
            .filter(|&node| is_waiting(node) && self.wants(node))
            .map(|_| 1)
            .sum()
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
    pub(super) fn close(&mut self, plan: &Plan<C>) -> Closed<C> {
        self.cut = 0;
        let post = std::mem::replace(&mut self.post, Post::new());
        Closed {
            cancelled: self.take_cancellations(),
            post,
            slots: self.values.slots_left(plan),
        }
    }

    /// Whether a rejection is certain: nothing that stands earlier can fail any more.
    fn is_rejected(&self) -> bool {
        self.refused.as_ref().is_some() && self.may_still_fail == 0
    }

    /// The tokens of the nodes that are not wanted any more.
    fn take_cancellations(&mut self) -> Vec<Cancellation> {
        if self.cancellations.is_empty() {
            return Vec::new();
        }
        let cut = self.cut;
        let obsolete = self.cancellations.extract_if(.., |(node, _)| *node >= cut);
        obsolete.map(|(_, cancellation)| cancellation).collect()
    }
}
