//! One node: where it runs, and what it does when it starts. The same for both executors.

use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Poll, Waker};

use super::{RootCode, Shared, flight};
use crate::cancellation::Cancellation;
use crate::context::Context;
use crate::failure::Failure;
use crate::meta::Colour;
use crate::plan::{Code, Inputs, NodeFuture, Outcome, Plan};

/// The kind of thread that a node runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// A thread of the lane.
    Lane,
    /// A thread of the work-stealing pool.
    Cpu,
    /// Wherever it becomes ready, at once and in no time.
    InPlace,
    /// On the executor, where it is awaited.
    Executor,
}

impl<C: Context> Plan<C> {
    /// Where a node runs.
    pub(super) fn place(&self, node: u32) -> Where {
        match (self.code(node), self.colour(node)) {
            (Code::Singleton(singleton), _) if singleton.cell.made().is_some() => Where::InPlace,
            (Code::Cancellation(_), _) | (_, Colour::Inline | Colour::Struct) => Where::InPlace,
            (_, Colour::Plain) => Where::Lane,
            (_, Colour::Cpu) => Where::Cpu,
            (_, Colour::Async) => Where::Executor,
        }
    }
}

/// What a node needs when it starts.
pub(super) struct Start<C: Context> {
    pub(super) inputs: Inputs,
    /// The handler's own code, for the root.
    pub(super) root: Option<RootCode<C>>,
    /// For the built-in dependency of that name.
    pub(super) cancellation: Option<Cancellation>,
}

/// A node that has started.
pub(super) enum Started<C: Context> {
    Done(Outcome<C>),
    Waits(NodeFuture<C>),
}

/// Starts a node on this thread: calls a function, or makes the future of one.
pub(super) fn start<C: Context>(shared: &Shared<C>, node: u32, start: Start<C>) -> Started<C> {
    let Start {
        mut inputs,
        root,
        cancellation,
    } = start;
    let inputs = &mut inputs;
    let begun = catch_unwind(AssertUnwindSafe(|| match (root, shared.plan.code(node)) {
        (Some(RootCode::Async(make)), _) => Started::Waits(make(inputs)),
        (Some(RootCode::Plain(call)), _) => Started::Done(call(inputs)),
        (_, Code::Async(make)) => Started::Waits(make(inputs)),
        (_, Code::Plain(call)) => Started::Done(call(inputs)),
        (_, Code::Cancellation(store)) => {
            Started::Done(Ok(store(cancellation.unwrap_or_default())))
        }
        (_, Code::Extract(read, reads_left)) => match &shared.context {
            Some(context) => Started::Waits(read(Arc::clone(context), *reads_left)),
            None => Started::Done(Err(C::fail(Failure::abandoned()))),
        },
        (_, Code::Singleton(singleton)) => match singleton.cell.made() {
            Some(value) => Started::Done(Ok(value)),
            None => {
                let (app, singleton) = (shared.app.clone(), Arc::clone(singleton));
                Started::Waits(Box::pin(async move { flight::wait(app, &singleton).await }))
            }
        },
        (_, Code::Handler) => Started::Done(Err(C::fail(Failure::abandoned()))),
    }));
    begun.unwrap_or_else(|panic| Started::Done(Err(panicked(&shared.plan, node, panic))))
}

/// Polls a future; a panic is the node's failure.
pub(super) fn poll<C: Context>(
    plan: &Plan<C>,
    node: u32,
    future: &mut NodeFuture<C>,
    waker: &Waker,
) -> Poll<Outcome<C>> {
    let mut context = std::task::Context::from_waker(waker);
    catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(&mut context)))
        .unwrap_or_else(|panic| Poll::Ready(Err(panicked(plan, node, panic))))
}

/// Awaits a future; a panic is the node's failure.
pub(super) async fn wait<C: Context>(
    plan: &Plan<C>,
    node: u32,
    mut future: NodeFuture<C>,
) -> Outcome<C> {
    let outcome = poll_fn(|context| poll(plan, node, &mut future, context.waker())).await;
    discard(future);
    outcome
}

/// Drops what belongs to a user. A panic on the way is printed by the hook and goes no further.
#[expect(
    clippy::mem_forget,
    reason = "dropping the payload of a panic may panic again, without end"
)]
pub(super) fn discard<T>(value: T) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| drop(value))) {
        std::mem::forget(panic);
    }
}

/// The failure of a node that panicked. The payload is the user's: it may panic again when it is
/// dropped.
fn panicked<C: Context>(plan: &Plan<C>, node: u32, panic: Box<dyn Any + Send>) -> C::Rejection {
    discard(panic);
    let name = plan.name(node);
    tracing::error!(node = name, "a node panicked");
    C::fail(Failure::panicked(name))
}
