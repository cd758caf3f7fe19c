//! [`Driver`]: the future that a request's resolution is.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll, Waker};

use futures_util::stream::{FuturesUnordered, StreamExt};

use super::super::node::{self, Started, Where, discard};
use super::Run;
use super::board::{Ready, Verdict};
use super::hop;
use crate::context::Context;
use crate::lifetime::Value;
use crate::plan::{NodeFuture, Outcome, Plan};

/// Polls the async nodes of a run, sends blocking ones to the lane, and waits for both.
pub(super) struct Driver<C: Context> {
    run: Arc<Run<C>>,
    ready: Ready,
    /// Futures that wait, each woken by itself.
    waiting: FuturesUnordered<Waiting<C>>,
    /// Where the run was cut when the futures were last looked through.
    cut: u32,
}

impl<C: Context> Driver<C> {
    pub(super) fn new(run: Arc<Run<C>>) -> Self {
        let mut ready = Ready::default();
        for &root in run.shared.plan.roots() {
            ready.push(root);
        }
        let cut = run.board().cut();
        Self {
            run,
            ready,
            waiting: FuturesUnordered::new(),
            cut,
        }
    }

    /// Starts whatever is ready: async nodes first and in place, and only when none is left do
    /// blocking ones leave.
    fn start_ready(&mut self) {
        let mut blocking = Vec::new();
        while let Some(node) = self.ready.pop() {
            match self.run.shared.plan.place(node) {
                Where::Lane => blocking.push(node),
                Where::Cpu => hop::send_cpu(&self.run, node),
                Where::InPlace | Where::Executor => self.start(node),
            }
        }
        hop::send(&self.run, blocking);
    }

    fn start(&mut self, node: u32) {
        let Some(start) = self.run.begin(node, &mut self.ready) else {
            return;
        };
        match node::start(&self.run.shared, node, start) {
            Started::Done(outcome) => self.end(node, outcome),
            Started::Waits(mut future) => {
                match node::poll(&self.run.shared.plan, node, &mut future, Waker::noop()) {
                    Poll::Ready(outcome) => {
                        discard(future);
                        self.end(node, outcome);
                    }
                    Poll::Pending => self.wait_for(node, future),
                }
            }
        }
    }

    fn wait_for(&mut self, node: u32, future: NodeFuture<C>) {
        let plan = Arc::clone(&self.run.shared.plan);
        self.waiting.push(Waiting {
            node,
            plan,
            future: Some(future),
        });
    }

    fn end(&mut self, node: u32, outcome: Outcome<C>) {
        self.run.end(node, outcome, &mut self.ready);
        self.drop_unwanted();
    }

    /// Drops the futures of nodes that stand after one that failed.
    fn drop_unwanted(&mut self) {
        let cut = self.run.board().cut();
        if cut == self.cut {
            return;
        }
        self.cut = cut;
        for waiting in &mut self.waiting {
            if waiting.node >= cut
                && let Some(future) = waiting.future.take()
            {
                discard(future);
                self.run
                    .board()
                    .skip(&self.run.shared.plan, waiting.node, &mut self.ready);
            }
        }
    }
}

impl<C: Context> Future for Driver<C> {
    type Output = Result<Value, C::Rejection>;

    fn poll(self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Self::Output> {
        let driver = self.get_mut();
        loop {
            driver.start_ready();
            if let Poll::Ready(Some((node, outcome))) = driver.waiting.poll_next_unpin(context) {
                driver.end(node, outcome);
                continue;
            }
            let verdict = driver
                .run
                .board()
                .verdict(&driver.run.shared.plan, context.waker());
            match verdict {
                Verdict::Settled(result) => return Poll::Ready(result),
                Verdict::Asleep => return Poll::Pending,
                Verdict::Posted(post) => {
                    for node in post.nodes {
                        driver.ready.push(node);
                    }
                    for (node, future) in post.futures {
                        driver.wait_for(node, future);
                    }
                    // A lane thread may have cut the run before or after it left these.
                    driver.cut = u32::MAX;
                    driver.drop_unwanted();
                }
            }
        }
    }
}

impl<C: Context> Drop for Driver<C> {
    fn drop(&mut self) {
        let (cancelled, post, root_code) = self.run.board().close();
        for cancellation in cancelled {
            cancellation.cancel();
        }
        discard(post.futures);
        discard(root_code);
        for waiting in &mut self.waiting {
            discard(waiting.future.take());
        }
    }
}

/// A future that waits. Empty once it is done, or not wanted any more.
struct Waiting<C: Context> {
    node: u32,
    plan: Arc<Plan<C>>,
    future: Option<NodeFuture<C>>,
}

impl<C: Context> Future for Waiting<C> {
    type Output = (u32, Outcome<C>);

    fn poll(self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Self::Output> {
        let waiting = self.get_mut();
        let Some(future) = &mut waiting.future else {
            return Poll::Pending;
        };
        match node::poll(&waiting.plan, waiting.node, future, context.waker()) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(outcome) => {
                discard(waiting.future.take());
                Poll::Ready((waiting.node, outcome))
            }
        }
    }
}

impl<C: Context> Unpin for Waiting<C> {}
impl<C: Context> Unpin for Driver<C> {}
