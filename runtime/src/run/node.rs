//! One node: where it runs, and what it does when it starts. The same for both executors.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll, Waker};

use super::{RootCode, flight};
use crate::app::App;
use crate::block_on::forbid_blocking;
use crate::cancellation::Cancellation;
use crate::context::Context;
use crate::failure::Failure;
use crate::meta::Colour;
use crate::plan::{Code, Inputs, NodeFuture, NodeResult, Plan, SharedContext};
use crate::unwind::{Contained, contain};

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
    pub(super) fn runs_on(&self, node: u32) -> Where {
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
    /// What an extractor reads.
    pub(super) context: Option<SharedContext<C>>,
    /// For the built-in dependency of that name, and for no other.
    pub(super) cancellation: Option<Cancellation>,
}

/// A node that has started.
pub(super) enum Started<C: Context> {
    Done(NodeResult<C>),
    Waits(Contained<NodeFuture<C>>),
}

/// Starts a node on this thread: calls a function, or makes the future of one.
pub(super) fn start<C: Context>(
    app: &App,
    plan: &Plan<C>,
    node: u32,
    start: Start<C>,
) -> Started<C> {
    let may_block = matches!(plan.runs_on(node), Where::Lane | Where::Cpu);
    let begun = contain(|| {
        if may_block {
            begin(app, plan, node, start)
        } else {
            forbid_blocking(|| begin(app, plan, node, start))
        }
    });
    begun.unwrap_or_else(|| Started::Done(Err(panicked(plan, node))))
}

fn begin<C: Context>(app: &App, plan: &Plan<C>, node: u32, start: Start<C>) -> Started<C> {
    let Start {
        mut inputs,
        root,
        context,
        cancellation,
    } = start;
    let inputs = &mut inputs;
    let waits = |future| Started::Waits(Contained::new(future));
    match (root, plan.code(node), context) {
        (Some(RootCode::Async(make)), _, _) => waits(make(inputs)),
        (Some(RootCode::Plain(call)), _, _) => Started::Done(call(inputs)),
        (_, Code::Async(make), _) => waits(make(inputs)),
        (_, Code::Plain(call), _) => Started::Done(call(inputs)),
        (_, Code::Extract(read), Some(context)) => waits(read(context, plan.reads_left(node))),
        (_, Code::Cancellation(store), _) => {
            Started::Done(Ok(store(cancellation.unwrap_or_default())))
        }
        (_, Code::Singleton(singleton), _) => match singleton.cell.made() {
            Some(value) => Started::Done(Ok(value)),
            None => {
                let (app, singleton) = (app.clone(), Arc::clone(singleton));
                waits(Box::pin(async move { flight::wait(app, &singleton).await }))
            }
        },
        // A plan is built with all that its nodes need.
        (_, Code::Extract(_), None) | (_, Code::Handler, _) => {
            Started::Done(Err(C::fail(Failure::internal(plan.name(node)))))
        }
    }
}

/// Starts a node and, if it waits, polls it once with a waker that does nothing. Whoever is given
/// its future polls it again at once.
pub(super) fn start_and_poll<C: Context>(
    app: &App,
    plan: &Plan<C>,
    node: u32,
    begun: Start<C>,
) -> Started<C> {
    match start(app, plan, node, begun) {
        Started::Waits(mut future) => match poll(plan, node, &mut future, Waker::noop()) {
            Poll::Ready(result) => Started::Done(result),
            Poll::Pending => Started::Waits(future),
        },
        done @ Started::Done(_) => done,
    }
}

/// Polls a future; a panic is the node's failure. A future that is done is gone, and never ready
/// again.
pub(super) fn poll<C: Context>(
    plan: &Plan<C>,
    node: u32,
    waiting: &mut Contained<NodeFuture<C>>,
    waker: &Waker,
) -> Poll<NodeResult<C>> {
    let Some(future) = waiting.as_mut() else {
        return Poll::Pending;
    };
    let mut context = TaskContext::from_waker(waker);
    let polled = contain(|| forbid_blocking(|| future.as_mut().poll(&mut context)))
        .unwrap_or_else(|| Poll::Ready(Err(panicked(plan, node))));
    if polled.is_ready() {
        *waiting = Contained::empty();
    }
    polled
}

/// Awaits a future; a panic is the node's failure.
pub(super) async fn wait<C: Context>(
    plan: &Plan<C>,
    node: u32,
    mut future: Contained<NodeFuture<C>>,
) -> NodeResult<C> {
    poll_fn(|context| poll(plan, node, &mut future, context.waker())).await
}

fn panicked<C: Context>(plan: &Plan<C>, node: u32) -> C::Rejection {
    C::fail(Failure::panicked(plan.name(node)))
}
