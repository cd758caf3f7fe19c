//! A run: one request's graph, resolved.
//!
//! Two executors read the same plan. The [concurrent](concurrent) one starts a node as soon as its
//! last input is ready. The [sequential](sequential) one starts one node after another; it is what
//! `sequential` asks for, and the reference that the concurrent one has to agree with. What a run has
//! made is [ended](ending) the same way after both.
//!
//! 1. No code of a user runs while a lock of the run is held, and a panic of it is contained
//!    wherever it runs: in a node it fails that node, in a destructor it is printed and no more.
//! 2. The rejection is that of the first failed node in declaration order, given what each node
//!    returned. What stands later does not start any more; what stands earlier still does.
//! 3. A run is held by the future of its request and by the threads that work for it. Whoever lets go
//!    of it last ends its values, unless the future has done so before it answered: no value is ended
//!    while a node may use it, and none is forgotten.
//!
//! Words: a *hop* is one crossing to a thread. The *estate* is what is taken out of a run whose nodes
//! are over; its *remains* are that and all it takes to end it; a *stretch* is the part of them that one
//! hop ends; what has *ended* is done before the answer, but for what comes after it. A *prior* run
//! *lends* its values to a *borrower*, which is in its *debt* until it has done what comes after the
//! response. A *flight* is the run that makes a singleton, its *landing* tells those who wait. The
//! *cut* is the first failed node, from which on nothing starts any more.

mod at_work;
mod concurrent;
mod ending;
mod flight;
#[cfg_attr(
    not(feature = "axum"),
    expect(dead_code, reason = "only a layer lends")
)]
mod lender;
mod node;
mod observed;
mod prior;
mod sequential;
mod settling;
mod values;

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll, ready};

use futures_util::future::BoxFuture;

pub(crate) use self::ending::end_singletons;
pub(crate) use self::flight::made;
#[cfg(feature = "axum")]
pub(crate) use self::lender::Lender;
pub(crate) use self::prior::{Borrower, PriorRun, is_refused};

use self::ending::{Remains, Unstoppable};
use self::node::NodeEnd;
use self::settling::Settling;
use crate::after_response::AfterResponse;
use crate::app::{App, Presence};
use crate::block::{Room, Space};
use crate::context::Context;
use crate::explain::Recording;
use crate::lane::{self, Lane};
use crate::outcome::Outcome;
use crate::plan::{Inputs, NodeBegun, NodeDone, Plan, SharedContext};
use crate::scope::Scope;
use crate::unwind::{Contained, discard};
use crate::value::Value;

/// What the root of a plan does, and how much room that takes.
pub(crate) enum RootCode<C: Context> {
    /// The handler is an `async fn`.
    Async(Box<MakeFuture<C>>, Space),
    /// The handler is a plain `fn`; where it runs, its colour says.
    Plain(Box<CallFunction<C>>, Space),
    /// The root is a dependency, whose code stands in the plan like any other's.
    InPlan,
}

/// Makes the future of the handler, once, and polls it once.
type MakeFuture<C> = dyn FnOnce(&mut Inputs<'_>, Room, &mut TaskContext<'_>, &mut Option<Value>) -> NodeBegun<C>
    + Send;

/// Calls the handler's plain function, once.
type CallFunction<C> = dyn FnOnce(&mut Inputs<'_>, Room, &mut Option<Value>) -> NodeDone<C> + Send;

impl<C: Context> RootCode<C> {
    /// How much room it takes.
    pub(super) fn space(&self) -> Space {
        match self {
            Self::Async(_, space) | Self::Plain(_, space) => *space,
            Self::InPlan => Space::NONE,
        }
    }
}

/// One request, as both executors take it.
struct Request<C: Context> {
    plan: Arc<Plan<C>>,
    context: Contained<SharedContext<C>>,
    scope: Scope,
    lane: Lane,
    presence: Presence,
    /// The run that it borrows values from.
    borrower: Option<Borrower>,
    /// Where it is written down what it does.
    recording: Option<Arc<Recording>>,
}

/// A run whose nodes are over.
struct Settled<C: Context> {
    result: Result<Value, C::Rejection>,
    /// What is to be ended before the answer leaves. `None` if that is nothing, or if it goes on
    /// behind the answer because a thread still works for the run.
    remains: Option<Box<Remains<C>>>,
}

/// What teardowns are told if this is how the root of a run ended.
fn outcome<C: Context>(end: &NodeEnd<C>) -> Outcome {
    match end {
        Ok(value) => outcome_of(value),
        Err(refused) => refused.outcome(),
    }
}

/// The same, if it has made something.
fn outcome_of(value: &Value) -> Outcome {
    if value.is_failure() {
        Outcome::Failed
    } else {
        Outcome::Completed
    }
}

/// What a run came to: the value of its root or a rejection, and what is still to be done.
pub(crate) type Resolved<C> = (Result<Value, <C as Context>::Rejection>, AfterResponse);

/// Resolves a plan: the value of its root, or the rejection of its first failed node in declaration
/// order. Then ends what has to be ended before the answer leaves; the first error of that is the
/// rejection if there was no failure before.
///
/// # Cancel safety
///
/// When the future is dropped, async nodes are dropped with it, blocking nodes that have not started
/// never start, and one that runs ends on its thread. Then the values are ended, on a task of the
/// app; where that has begun it goes on.
pub(crate) fn resolve<C: Context>(
    app: App,
    plan: Arc<Plan<C>>,
    context: Contained<SharedContext<C>>,
    code: RootCode<C>,
    borrower: Option<Borrower>,
) -> Resolving<C> {
    Resolving {
        settling: Settling::new(app, plan, context, code, borrower),
        ending: None,
    }
}

/// What [`resolve`] returns.
pub(crate) struct Resolving<C: Context> {
    settling: Settling<C>,
    /// Rare, and large.
    ending: Option<BoxFuture<'static, Resolved<C>>>,
}

impl<C: Context> Future for Resolving<C> {
    type Output = Resolved<C>;

    fn poll(mut self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Resolved<C>> {
        if self.ending.is_none() {
            let settled = ready!(Pin::new(&mut self.settling).poll(context));
            if settled.remains.is_none() {
                return Poll::Ready((settled.result, AfterResponse::nothing()));
            }
            self.ending = Some(Box::pin(finish(settled)));
        }
        match &mut self.ending {
            Some(ending) => ending.as_mut().poll(context),
            None => Poll::Pending,
        }
    }
}

/// Ends what has to be ended before the answer leaves.
async fn finish<C: Context>(settled: Settled<C>) -> Resolved<C> {
    let Settled { result, remains } = settled;
    let (failure, after_response) = end(remains).await;
    let result = match (result, failure) {
        (Ok(value), Some(rejection)) => {
            discard(value);
            Err(rejection)
        }
        (result, _) => result,
    };
    (result, after_response)
}

/// Ends what remains of a run. Returns the rejection that takes the place of the answer, if a teardown
/// is the first thing that went wrong, and what is still to be done.
async fn end<C: Context>(
    remains: Option<Box<Remains<C>>>,
) -> (Option<C::Rejection>, AfterResponse) {
    let Some(remains) = remains else {
        return (None, AfterResponse::nothing());
    };
    let had_failed = !remains.outcome.is_completed();
    let lane = remains.surroundings.lane().clone();
    let (ended, failure) = lane::wrap(lane, Unstoppable::new(*remains)).await;
    let rejection = match failure {
        // What went wrong first is the answer.
        Some(failure) if had_failed => {
            failure.log();
            None
        }
        failure => failure.map(|failure| failure.rejection),
    };
    (rejection, ended.into_after_response())
}
