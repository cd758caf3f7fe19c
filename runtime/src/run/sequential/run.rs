//! [`Run`]: the state of a run whose nodes start one after another.

use std::sync::Arc;

use tokio::sync::oneshot;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::fate::Fate;
use crate::app::{App, Presence};
use crate::block::{Room, Rooms};
use crate::cancellation::Cancellation;
use crate::context::Context;
use crate::explain::Recording;
use crate::failure::Failure;
use crate::lane::Lane;
use crate::outcome::Outcome;
use crate::plan::{Code, Plan, SharedContext};
use crate::run::ending::{Estate, Ground, Remains, Surroundings};
use crate::run::node::{self, Extras, LateSeat, NodeEnd, Refused, Start, Started, Where};
use crate::run::observed::{Crossing, Observed};
use crate::run::values::Values;
use crate::run::{Borrower, Request, RootCode, outcome};
use crate::scope::Scope;
use crate::unwind::{Contained, discard};
use crate::value::Value;

/// The state of a run whose nodes start one after another.
pub(super) struct Run<C: Context> {
    pub(super) app: App,
    pub(super) plan: Arc<Plan<C>>,
    pub(super) scope: Scope,
    pub(super) lane: Lane,
    pub(super) recording: Option<Arc<Recording>>,
    /// How many crossings to threads there were.
    hops: u32,
    /// Whether a blocking node has begun: what follows comes before other requests.
    pub(super) has_begun: bool,
    presence: Option<Presence>,
    borrower: Option<Borrower>,
    /// By node: whether it need not run, as another run has made it. Empty where nothing is borrowed.
    not_needed: Option<Box<[bool]>>,
    values: Values,
    context: Contained<SharedContext<C>>,
    root_code: Contained<RootCode<C>>,
    /// The first failed node in declaration order.
    cut: u32,
    /// That of the node at the cut.
    refused: Contained<Refused<C>>,
    /// Where in the plan's schedule the run has come to.
    position: usize,
    given_up: CancellationToken,
    /// Whether a thread gave up in the middle, and nobody knows where.
    pub(super) is_broken: bool,
    pub(super) fate: Arc<Fate>,
}

impl<C: Context> Run<C> {
    pub(super) fn new(
        request: Request<C>,
        code: Contained<RootCode<C>>,
        given_up: CancellationToken,
        fate: Arc<Fate>,
    ) -> Self {
        let Request {
            plan,
            context,
            scope,
            lane,
            presence,
            borrower,
            recording,
        } = request;
        let app = lane.app().clone();
        let mut values = Values::none(&plan, &mut Rooms::none());
        let not_needed = borrower
            .as_ref()
            .and_then(|borrower| borrower.borrow(&app, &plan, &mut values));
        Self {
            app,
            scope,
            lane,
            recording,
            hops: 0,
            has_begun: false,
            presence: Some(presence),
            borrower,
            not_needed,
            values,
            context,
            root_code: code,
            cut: plan.root() + 1,
            refused: Contained::empty(),
            position: 0,
            given_up,
            is_broken: false,
            fate,
            plan,
        }
    }

    /// The next node to start. What stands after a failed one is passed over.
    pub(super) fn next(&mut self) -> Option<u32> {
        if self.is_rejected() {
            return None;
        }
        while let Some(&node) = self.plan.schedule().get(self.position) {
            if self.wants(node) {
                return Some(node);
            }
            self.position += 1;
        }
        None
    }

    /// Whether a rejection is certain: nothing that stands earlier can fail any more.
    fn is_rejected(&self) -> bool {
        let can_fail = |&node: &u32| node < self.cut && self.plan.can_fail(node);
        self.refused.as_ref().is_some()
            && !self.plan.schedule()[self.position..].iter().any(can_fail)
    }

    pub(super) fn begin(&mut self, node: u32) -> Start<'static, C> {
        self.position += 1;
        let slots = match self.plan.code(node) {
            Code::Slots(_) => self.wanted_slots(node),
            _ => 0,
        };
        Start {
            extras: Some(Box::new(Extras {
                slots,
                slot: self.values.slot(&self.plan, node),
                cancellation: matches!(self.plan.code(node), Code::Cancellation(_))
                    .then(|| Cancellation::from(self.given_up.child_token())),
                late_seat: LateSeat::of(&self.plan, node, &self.lane),
            })),
            inputs: self.values.inputs(&self.plan, node).take(),
            room: Room::none(),
            root: if node == self.plan.root() {
                self.root_code.take()
            } else {
                None
            },
            context: self.context.as_ref().cloned(),
        }
    }

    /// How many nodes have a slot that `taker` takes.
    fn wanted_slots(&self, taker: u32) -> u32 {
        let nodes = self.plan.limited_by(taker);
        nodes.filter(|&node| self.wants(node)).map(|_| 1).sum()
    }

    /// Whether a node is to run that has not.
    fn wants(&self, node: u32) -> bool {
        let not_needed = self.not_needed.as_ref();
        node < self.cut && not_needed.is_none_or(|not| !not[node as usize])
    }

    pub(super) fn end(&mut self, node: u32, end: NodeEnd<C>) {
        if node == self.plan.root() && !self.given_up.is_cancelled() {
            self.fate.ended(outcome(&end));
        }
        match end {
            Ok(value) => self.values.set(&self.plan, node, value),
            Err(refused) => {
                // Nodes run only before the cut, so this one is the first in declaration order.
                discard(self.refused.replace(refused));
                self.cut = node;
            }
        }
    }

    /// Runs what comes next and belongs on this kind of thread. A node with a time limit has a hop of
    /// its own, so that whoever waits knows what runs; when it has to be done is said to `started`.
    pub(super) fn go_on(
        &mut self,
        thread: Where,
        sent: Option<Instant>,
        started: oneshot::Sender<Instant>,
    ) {
        self.hops += 1;
        let mut crossing = sent.map(|sent| Crossing {
            number: self.hops,
            queued: sent.elapsed(),
        });
        let mut started = Some(started);
        while let Some(node) = self.next() {
            let runs_on = self.plan.runs_on(node);
            // What takes slots may have to wait.
            let takes_slots = matches!(self.plan.code(node), Code::Slots(_));
            let runs_here = runs_on == thread || (runs_on == Where::InPlace && !takes_slots);
            if self.given_up.is_cancelled() || !runs_here {
                break;
            }
            let deadline = self.plan.deadline(node);
            match (deadline, started.take()) {
                (Some(deadline), Some(started)) => drop(started.send(deadline)),
                (Some(_), None) => break,
                (None, _) => {}
            }
            let start = self.begin(node);
            let recording = self.recording.as_ref();
            let observed = Observed::begin(recording, &self.plan, node, crossing);
            if let Some(crossing) = &mut crossing {
                // What follows begins as soon as it is ready.
                crossing.queued = std::time::Duration::ZERO;
            }
            let end = match node::start(&self.app, &self.plan, node, start, thread, observed) {
                Started::Done(end) => end,
                // Only what is async waits, and that does not run here.
                Started::Waits(_) => Err(Refused::failed(C::fail(Failure::internal(
                    self.plan.name(node),
                )))),
            };
            self.end(node, end);
            if deadline.is_some() {
                break;
            }
        }
        if thread == Where::Lane && self.next().is_none() {
            // It is over, and destructors may block here.
            for value in self.values.take_for_lane(&self.plan) {
                discard(value);
            }
        }
    }

    /// A thread gave up in the middle.
    pub(super) fn break_off(&mut self) {
        self.is_broken = true;
        if !self.given_up.is_cancelled() {
            self.fate.ended(Outcome::Failed);
        }
    }

    pub(super) fn finish(&mut self) -> (Result<Value, C::Rejection>, Outcome) {
        let root = self.plan.root();
        let end = match (self.refused.take(), self.values.take(root)) {
            (Some(refused), _) => Err(refused),
            (None, Some(value)) => Ok(value),
            (None, None) => {
                let failure = Failure::internal(self.plan.name(root));
                Err(Refused::failed(C::fail(failure)))
            }
        };
        let outcome = outcome(&end);
        (end.map_err(|refused| refused.into_parts().0), outcome)
    }

    /// What is to be ended, if there is anything.
    pub(super) fn remains(&mut self) -> Option<Remains<C>> {
        if self.values.are_gone() {
            return None;
        }
        drop(self.values.slots_left(&self.plan));
        let estate = Estate {
            values: std::mem::take(&mut self.values),
            presence: self.presence.take()?,
            borrower: self.borrower.take(),
        };
        let around = Surroundings {
            ground: Ground {
                scope: self.scope.clone(),
                lane: self.lane.clone(),
                recording: self.recording.clone(),
            },
            plan: Arc::clone(&self.plan),
        };
        Remains::of(estate, self.fate.outcome(), around)
    }
}

impl<C: Context> Drop for Run<C> {
    fn drop(&mut self) {
        // Its last node has failed when nobody waited for the run any more.
        if let Some(refused) = self.refused.take() {
            refused.go_unreported(&self.plan, self.cut);
        }
        if let Some(remains) = self.remains() {
            remains.end_behind();
        }
    }
}
