//! The sequential executor: one node after another, in declaration order.
//!
//! What handlers marked `sequential` run on, and the reference: with nothing overlapping there is
//! nothing to get wrong. Blocking nodes that stand beside each other still share a hop.
//!
//! The run moves: the request's future holds it, or the thread that works for it. Whoever drops it
//! ends what it has made.

mod fate;
mod run;

use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::{Either, select};
use tokio::sync::oneshot;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use self::fate::Fate;
use self::run::Run;
use super::at_work::AtWork;
use super::node::{self, Refused, Started, Where};
use super::observed::{self, Observed};
use super::{Request, RootCode, Settled};
use crate::app::App;
use crate::context::Context;
use crate::failure::{Failure, Timed};
use crate::lane::handover;
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::timer::{Alarm, Rings};
use crate::unwind::{Contained, contain};

/// Resolves a plan; see [`resolve`](super::resolve).
pub(super) async fn resolve<C: Context>(
    request: Request<C>,
    code: Contained<RootCode<C>>,
) -> Settled<C> {
    let plan = Arc::clone(&request.plan);
    let lane = request.lane.clone();
    let recording = request.recording.clone();
    let given_up = CancellationToken::new();
    let give_up = given_up.clone().drop_guard();
    let fate = Arc::new(Fate::default());
    let mut held = Some(Box::new(Run::new(
        request,
        code,
        given_up,
        Arc::clone(&fate),
    )));
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
        (End::NodeOverdue(refused), _) => {
            let (rejection, outcome) = refused.into_parts();
            (Err(rejection), outcome)
        }
        (End::Overdue(failure), _) => (Err(C::fail(failure)), Outcome::Cancelled),
    };
    fate.answered(outcome);
    if let Some(recording) = &recording {
        recording.answered(outcome);
    }
    Settled {
        result,
        remains: held.and_then(|mut run| run.remains()).map(Box::new),
    }
}

/// Why a run is over.
enum End<C: Context> {
    /// No node is left to be started.
    Done,
    /// A thread gave it up, or never came to it.
    Lost,
    /// A node that still runs has taken too long.
    NodeOverdue(Refused<C>),
    /// The run has.
    Overdue(Failure),
}

/// Waits for the end of a run for as long as its handler's `timeout` allows.
async fn within_its_time<C: Context>(plan: &Plan<C>, run: impl Future<Output = End<C>>) -> End<C> {
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
        if run.is_broken {
            return End::Lost;
        }
        let Some(node) = run.next() else {
            return End::Done;
        };
        match run.plan.runs_on(node) {
            on @ (Where::InPlace | Where::Executor) => {
                let start = run.begin(node);
                let observed = Observed::begin(run.recording.as_ref(), &run.plan, node, None);
                let end = match node::start(&run.app, &run.plan, node, start, on, observed) {
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
    // Where nobody wants to be told, no clock is read.
    let sent = observed::is_any(run.recording.as_ref()).then(Instant::now);
    let (plan, lane, fate) = (
        Arc::clone(&run.plan),
        run.lane.clone(),
        Arc::clone(&run.fate),
    );
    let (has_begun, app) = (run.has_begun, run.app.clone());
    let (started, starts) = oneshot::channel();
    let (back, arrived) = handover();
    let boarding = Boarding {
        waiting: Arc::new(Mutex::new(Some(run))),
        held,
    };
    let waiting = Arc::downgrade(&boarding.waiting);
    let at_work = Abandons(Arc::default(), app);
    let (working, counted) = (Arc::clone(&at_work.0), at_work.1.clone());
    let job = move || {
        let mut run = waiting.upgrade().and_then(|waiting| take(&waiting))?;
        if thread == Where::Lane {
            run.has_begun = true;
            run.app.counters().count_hop();
        }
        let arrived = working.arrive(counted.counters());
        let scope = run.scope.clone();
        if contain(|| scope.run(|| run.go_on(thread, sent, started))).is_none() {
            run.break_off();
        }
        drop(arrived);
        // Where nobody waits any more, the run ends here.
        back.give(run)
    };
    match thread {
        Where::Cpu => lane.send_cpu(job),
        _ => lane.send(has_begun, job),
    }
    let overdue = async {
        match starts.await {
            Ok(deadline) => overdue(&plan, node, deadline).await,
            // It has no time limit, or never started.
            Err(_) => std::future::pending().await,
        }
    };
    match select(arrived, pin!(overdue)).await {
        Either::Left((Some(run), _)) => {
            *boarding.held = Some(run);
            None
        }
        Either::Left((None, _)) => Some(End::Lost),
        Either::Right((refused, arrived)) => {
            // Before the thread finds that nobody waits for it.
            fate.answered(refused.outcome());
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

/// Has a thread counted that works on when nobody waits for it any more.
struct Abandons(Arc<AtWork>, App);

impl Drop for Abandons {
    fn drop(&mut self) {
        self.0.abandon(self.1.counters());
    }
}

fn take<T>(waiting: &Mutex<Option<T>>) -> Option<T> {
    waiting
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take()
}
