//! A run: one request's graph, resolved.
//!
//! Two executors read the same plan. The [concurrent](concurrent) one starts a node as soon as its
//! last input is ready. The [sequential](sequential) one starts one node after another; it is what
//! `sequential` asks for, and the reference that the concurrent one has to agree with.
//!
//! 1. No code of a user runs while a lock of the run is held, and a panic of it is contained
//!    wherever it runs: in a node it fails that node, in a destructor it is printed and no more.
//! 2. The rejection is that of the first failed node in declaration order, given what each node
//!    returned. What stands later does not start any more; what stands earlier still does.

mod concurrent;
mod flight;
mod node;
mod sequential;
mod values;

use std::sync::Arc;

use crate::app::App;
use crate::context::Context;
use crate::lane::Lane;
use crate::lifetime::Value;
use crate::plan::{Inputs, NodeFuture, NodeResult, Plan};
use crate::scope::Scope;

/// What the root of a plan does.
pub(crate) enum RootCode<C: Context> {
    /// The handler is an `async fn`.
    Async(Box<MakeFuture<C>>),
    /// The handler is a plain `fn`; where it runs, its colour says.
    Plain(Box<CallFunction<C>>),
    /// The root is a singleton, whose code stands in the plan like any other's.
    InPlan,
}

/// Makes the future of the handler, once.
type MakeFuture<C> = dyn FnOnce(&mut Inputs) -> NodeFuture<C> + Send;

/// Calls the handler's plain function, once.
type CallFunction<C> = dyn FnOnce(&mut Inputs) -> NodeResult<C> + Send;

/// One request, as both executors take it.
struct Request<C: Context> {
    app: App,
    plan: Arc<Plan<C>>,
    context: C,
    scope: Scope,
    lane: Lane,
}

/// Resolves a plan: the value of its root, or the rejection of its first failed node in declaration
/// order.
///
/// # Cancel safety
///
/// When the future is dropped, async nodes are dropped with it, blocking nodes that have not started
/// never start, and one that runs ends on its thread.
pub(crate) async fn resolve<C: Context>(
    app: App,
    plan: Arc<Plan<C>>,
    context: C,
    code: RootCode<C>,
) -> Result<Value, C::Rejection> {
    let is_sequential = plan.is_sequential();
    let scope = Scope::capture(app.locals());
    let request = Request {
        app,
        plan,
        context,
        scope,
        lane: Lane::current(),
    };
    if is_sequential {
        sequential::resolve(request, code).await
    } else {
        concurrent::resolve(request, code).await
    }
}
