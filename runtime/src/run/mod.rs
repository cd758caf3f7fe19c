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

mod concurrent;
mod ending;
mod flight;
#[cfg_attr(
    not(feature = "axum"),
    expect(dead_code, reason = "only a layer lends")
)]
mod lender;
mod node;
mod prior;
mod sequential;
mod values;

use std::sync::Arc;

pub(crate) use self::ending::end_singletons;
pub(crate) use self::flight::made;
#[cfg(feature = "axum")]
pub(crate) use self::lender::Lender;
pub(crate) use self::prior::{Borrower, PriorRun, is_refused};

use self::ending::{Remains, Unstoppable};
use crate::after_response::AfterResponse;
use crate::app::{App, Presence};
use crate::context::Context;
use crate::failure::Failure;
use crate::lane::Lane;
use crate::lifetime::Value;
use crate::outcome::Outcome;
use crate::plan::{Inputs, NodeFuture, Plan, SharedContext};
use crate::scope::Scope;
use crate::unwind::{Contained, discard};

/// What the root of a plan does.
pub(crate) enum RootCode<C: Context> {
    /// The handler is an `async fn`.
    Async(Box<MakeFuture<C>>),
    /// The handler is a plain `fn`; where it runs, its colour says.
    Plain(Box<CallFunction<C>>),
    /// The root is a dependency, whose code stands in the plan like any other's.
    InPlan,
}

/// Makes the future of the handler, once.
type MakeFuture<C> = dyn FnOnce(&mut Inputs) -> NodeFuture<C> + Send;

/// Calls the handler's plain function, once.
type CallFunction<C> = dyn FnOnce(&mut Inputs) -> crate::plan::NodeResult<C> + Send;

/// One request, as both executors take it.
struct Request<C: Context> {
    app: App,
    plan: Arc<Plan<C>>,
    context: Contained<SharedContext<C>>,
    scope: Scope,
    lane: Lane,
    presence: Presence,
    /// The run that it borrows values from.
    borrower: Option<Borrower>,
}

/// A run whose nodes are over.
struct Settled<C: Context> {
    result: Result<Value, C::Rejection>,
    /// What is to be ended before the answer leaves. `None` if that is nothing, or if it goes on
    /// behind the answer because a thread still works for the run.
    remains: Option<Remains<C>>,
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
pub(crate) async fn resolve<C: Context>(
    app: App,
    plan: Arc<Plan<C>>,
    context: Contained<SharedContext<C>>,
    code: RootCode<C>,
    borrower: Option<Borrower>,
) -> Resolved<C> {
    finish(settle(app, plan, context, code, borrower).await).await
}

/// Resolves a plan, and ends nothing.
async fn settle<C: Context>(
    app: App,
    plan: Arc<Plan<C>>,
    context: Contained<SharedContext<C>>,
    code: RootCode<C>,
    borrower: Option<Borrower>,
) -> Settled<C> {
    let is_sequential = plan.is_sequential();
    let presence = app.life().enter(plan.activity());
    // A flight belongs to what goes on already.
    let is_flight = matches!(code, RootCode::InPlan);
    if !is_flight && is_refused(&app, borrower.as_ref()) {
        drop(borrower.map(|borrower| borrower.tell(Outcome::Failed)));
        return Settled {
            result: Err(C::fail(Failure::shutting_down())),
            remains: None,
        };
    }
    let request = Request {
        scope: Scope::capture(&app.settings().locals),
        presence,
        app,
        plan,
        context,
        lane: Lane::current(),
        borrower,
    };
    if is_sequential {
        sequential::resolve(request, code).await
    } else {
        concurrent::resolve(request, code).await
    }
}

/// Ends what has to be ended before the answer leaves.
async fn finish<C: Context>(settled: Settled<C>) -> Resolved<C> {
    let Settled { result, remains } = settled;
    let Some(remains) = remains else {
        return (result, AfterResponse::nothing());
    };
    let had_failed = !remains.outcome.is_completed();
    let (ended, failure) = Unstoppable::new(remains).await;
    let result = match (result, failure) {
        (result, None) => result,
        (Ok(value), Some(failure)) if !had_failed => {
            discard(value);
            Err(failure.rejection)
        }
        // What went wrong first is the answer.
        (result, Some(failure)) => {
            failure.log();
            result
        }
    };
    (result, ended.into_after_response())
}
