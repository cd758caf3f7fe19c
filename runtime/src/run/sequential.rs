//! The sequential executor: one node after another, in declaration order.
//!
//! What handlers marked `sequential` run on, and the reference: with nothing overlapping there is
//! nothing to get wrong. Blocking nodes that stand beside each other still share a hop.
//!
//! The run moves: the request's future holds it, or the thread that works for it. Whoever drops it
//! ends what it has made.

use std::pin::pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use futures_util::future::{Either, select};
use tokio::sync::oneshot;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::ending::{Estate, Remains, Surroundings};
use super::node::{self, NodeEnd, Refused, Start, Started, Where};
use super::values::Values;
use super::{Borrower, Request, RootCode, Settled};
use crate::app::{App, Presence};
use crate::cancellation::Cancellation;
use crate::context::Context;
use crate::failure::{Failure, Timed};
use crate::lane::Lane;
use crate::lifetime::Value;
use crate::outcome::Outcome;
use crate::plan::{Code, Plan, SharedContext};
use crate::scope::Scope;
use crate::timer::{Alarm, Rings};
use crate::unwind::{Contained, discard};

/// Resolves a plan; see [`resolve`](super::resolve).
pub(super) async fn resolve<C: Context>(request: Request<C>, code: RootCode<C>) -> Settled<C> {
    let plan = Arc::clone(&request.plan);
    let lane = request.lane.clone();
    let given_up = CancellationToken::new();
    let give_up = given_up.clone().drop_guard();
    let fate = Arc::new(OnceLock::new());
    let mut held = Some(Box::new(Run::new(request, code, given_up, Arc::clone(&fate))));
    let end = within_its_time(&plan, drive(&mut held)).await;
    let (result, outcome) = match (end, &mut held) {
        (End::Done, Some(run)) => {
            let (result, outcome) = run.finish();
            if result.is_ok() {
                // The request is not given up: whoever took a token may keep it.
                give_up.disarm();
            }
            (result, outcome)
        }
        (End::Done | End::Lost, _) => (Err(C::fail(lane.why_not())), Outcome::Failed),
        (End::NodeOverdue(refused), _) => (Err(refused.rejection), refused.outcome),
        (End::Overdue(failure), _) => (Err(C::fail(failure)), Outcome::Cancelled),
    };
    fate.get_or_init(|| outcome);
    Settled {
        result,
        remains: held.and_then(|mut run| run.remains()),
    }
}

/// Why a run is over.
enum End<C: Context> {
    /// No node is left to be started.
    Done,
    /// A thread gave it up.
    Lost,
    /// A node that still runs has taken too long.
    NodeOverdue(Refused<C>),
    /// The run has.
    Overdue(Failure),
}

/// Waits for the end of a run for as long as its handler's `timeout` allows.
async fn within_its_time<C: Context>(
    plan: &Plan<C>,
    run: impl Future<Output = End<C>>,
) -> End<C> {
    let Some(timeout) = plan.timeout() else {
        return run.await;
    };
    let name = plan.name(plan.root());
    match select(pin!(run), pin!(Alarm::after(timeout).ring())).await {
        Either::Left((end, _)) => end,
        Either::Right((Rings::InTime, _)) => {
            End::Overdue(Failure::timed_out(Timed::Node, name, timeout))
        }
        Either::Right((Rings::ForWantOfATimer, _)) => End::Overdue(Failure::no_timer(name)),
    }
}

/// Starts one node after another. The run is in `held` unless a thread has it.
async fn drive<C: Context>(held: &mut Option<Box<Run<C>>>) -> End<C> {
    while let Some(run) = held {
        let Some(node) = run.next() else {
            return End::Done;
        };
        match run.plan.runs_on(node) {
            on @ (Where::InPlace | Where::Executor) => {
                let start = run.begin(node);
                let end = match node::start(&run.app, &run.plan, node, start, on) {
                    Started::Done(end) => end,
                    Started::Waits(waiting) => {
                        let plan = Arc::clone(&run.plan);
                        waiting.wait(&plan, node).await
                    }
                };
                run.end(node, end);
            }
            thread @ (Where::Lane | Where::Cpu) => {
                if let Some(end) = hop(held, node, thread).await {
                    return end;
                }
            }
        }
    }
    End::Lost
}

/// Runs the next node, and those of its kind that follow it, on a thread. Returns nothing if the run
/// goes on.
async fn hop<C: Context>(
    held: &mut Option<Box<Run<C>>>,
    node: u32,
    thread: Where,
) -> Option<End<C>> {
    let run = held.take()?;
    let (plan, lane, fate) = (
        Arc::clone(&run.plan),
        run.lane.clone(),
        Arc::clone(&run.fate),
    );
    let (started, starts) = oneshot::channel();
    let (back, arrived) = oneshot::channel();
    let boarding = Boarding {
        waiting: Arc::new(Mutex::new(Some(run))),
        held,
    };
    let waiting = Arc::downgrade(&boarding.waiting);
    let job = move || {
        let Some(mut run) = waiting.upgrade().and_then(|waiting| take(&waiting)) else {
            return;
        };
        if thread == Where::Lane {
            run.app.counters().count_hop();
        }
        let scope = run.scope.clone();
        scope.run(|| run.go_on(thread, started));
        // Where nobody waits any more, the run ends here.
        drop(back.send(run));
    };
    match thread {
        Where::Cpu => lane.send_cpu(job),
        _ => lane.send(job),
    }
    let overdue = async {
        match starts.await {
            Ok(deadline) => overdue(&plan, node, deadline).await,
            // It has no time limit, or never started.
            Err(_) => std::future::pending().await,
        }
    };
    match select(arrived, pin!(overdue)).await {
        Either::Left((Ok(run), _)) => {
            *boarding.held = Some(run);
            None
        }
        Either::Left((Err(_), _)) => Some(End::Lost),
        Either::Right((refused, arrived)) => {
            // Before the thread finds that nobody waits for it.
            fate.get_or_init(|| refused.outcome);
            drop(arrived);
            Some(End::NodeOverdue(refused))
        }
    }
}

/// Waits until a node that runs on a thread has taken too long.
async fn overdue<C: Context>(plan: &Plan<C>, node: u32, deadline: Instant) -> Refused<C> {
    let rings = Alarm::at(deadline).ring().await;
    match Refused::overdue(plan, node, rings) {
        Some(refused) => refused,
        None => std::future::pending().await,
    }
}

/// A run on its way to a thread. It may be long until one is free: if nobody waits for the run any
/// more it is back where it was held.
struct Boarding<'held, C: Context> {
    waiting: Arc<Mutex<Option<Box<Run<C>>>>>,
    held: &'held mut Option<Box<Run<C>>>,
}

impl<C: Context> Drop for Boarding<'_, C> {
    fn drop(&mut self) {
        if let Some(run) = take(&self.waiting) {
            *self.held = Some(run);
        }
    }
}

fn take<T>(waiting: &Mutex<Option<T>>) -> Option<T> {
    waiting
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take()
}

struct Run<C: Context> {
    app: App,
    plan: Arc<Plan<C>>,
    scope: Scope,
    lane: Lane,
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
    /// What teardowns are told, once the request is answered.
    fate: Arc<OnceLock<Outcome>>,
}

impl<C: Context> Run<C> {
    fn new(
        request: Request<C>,
        code: RootCode<C>,
        given_up: CancellationToken,
        fate: Arc<OnceLock<Outcome>>,
    ) -> Self {
        let Request {
            app,
            plan,
            context,
            scope,
            lane,
            presence,
            borrower,
        } = request;
        let mut values = Values::none(&plan);
        let not_needed = borrower
            .as_ref()
            .and_then(|borrower| borrower.borrow(&app, &plan, &mut values));
        Self {
            app,
            scope,
            lane,
            presence: Some(presence),
            borrower,
            not_needed,
            values,
            context,
            root_code: Contained::new(code),
            cut: plan.root() + 1,
            refused: Contained::empty(),
            position: 0,
            given_up,
            fate,
            plan,
        }
    }

    /// The next node to start. What stands after a failed one is passed over.
    fn next(&mut self) -> Option<u32> {
        if self.is_rejected() {
            return None;
        }
        while let Some(&node) = self.plan.schedule().get(self.position) {
            let is_needed = self.not_needed.as_ref().is_none_or(|not| !not[node as usize]);
            if node < self.cut && is_needed {
                return Some(node);
            }
            self.position += 1;
        }
        None
    }

    /// Whether a rejection is certain: nothing that stands earlier can fail any more.
    fn is_rejected(&self) -> bool {
        let can_fail = |&node: &u32| node < self.cut && self.plan.can_fail(node);
        self.refused.as_ref().is_some() && !self.plan.schedule()[self.position..].iter().any(can_fail)
    }

    fn begin(&mut self, node: u32) -> Start<C> {
        self.position += 1;
        Start {
            inputs: self.values.inputs(&self.plan, node),
            root: if node == self.plan.root() {
                self.root_code.take()
            } else {
                None
            },
            context: self.context.as_ref().cloned(),
            cancellation: matches!(self.plan.code(node), Code::Cancellation(_))
                .then(|| Cancellation::from(self.given_up.child_token())),
        }
    }

    fn end(&mut self, node: u32, end: NodeEnd<C>) {
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
    fn go_on(&mut self, thread: Where, started: oneshot::Sender<Instant>) {
        let mut started = Some(started);
        while let Some(node) = self.next() {
            let runs_on = self.plan.runs_on(node);
            let runs_here = runs_on == thread || runs_on == Where::InPlace;
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
            let end = match node::start(&self.app, &self.plan, node, start, thread) {
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
    }

    fn finish(&mut self) -> (Result<Value, C::Rejection>, Outcome) {
        let root = self.plan.root();
        match (self.refused.take(), self.values.take(root)) {
            (Some(refused), _) => (Err(refused.rejection), refused.outcome),
            (None, Some(value)) if value.is_failure() => (Ok(value), Outcome::Failed),
            (None, Some(value)) => (Ok(value), Outcome::Completed),
            (None, None) => {
                let failure = Failure::internal(self.plan.name(root));
                (Err(C::fail(failure)), Outcome::Failed)
            }
        }
    }

    /// What is to be ended, if there is anything.
    fn remains(&mut self) -> Option<Remains<C>> {
        let is_to_be_ended = self.plan.has_endings() || self.borrower.is_some();
        if !is_to_be_ended || self.values.are_gone() {
            return None;
        }
        let surroundings = Surroundings {
            app: self.app.clone(),
            plan: Arc::clone(&self.plan),
            scope: self.scope.clone(),
            lane: self.lane.clone(),
        };
        let outcome = self.fate.get().copied().unwrap_or(Outcome::Cancelled);
        let estate = Estate {
            values: std::mem::take(&mut self.values),
            presence: self.presence.take()?,
            borrower: self.borrower.take(),
        };
        Some(Remains::new(surroundings, estate, outcome))
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
