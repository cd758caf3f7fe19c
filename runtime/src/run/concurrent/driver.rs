//! [`Driver`]: the future that a request's resolution is.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll};

use futures_util::stream::{FuturesUnordered, StreamExt};

use super::Run;
use super::board::Verdict;
use super::hop;
use super::post::{Post, Ready};
use crate::context::Context;
use crate::failure::Failure;
use crate::lifetime::Value;
use crate::plan::{NodeFuture, NodeResult, Plan};
use crate::run::node::{self, Started, Where};
use crate::unwind::Contained;

/// Polls the async nodes of a run, sends blocking ones to the lane, and waits for both.
pub(super) struct Driver<C: Context> {
    run: Arc<Run<C>>,
    ready: Ready,
    /// Futures that wait, each woken by itself. Made for the first one: most runs never wait.
    waiting: Option<FuturesUnordered<Waiting<C>>>,
    /// Where the run was cut when the futures were last looked through.
    cut: u32,
}

impl<C: Context> Driver<C> {
    pub(super) fn new(run: Arc<Run<C>>) -> Self {
        let mut ready = Ready::default();
        for &source in run.plan.sources() {
            ready.push(source);
        }
        let cut = run.board().cut();
        Self {
            run,
            ready,
            waiting: None,
            cut,
        }
    }

    /// Starts whatever is ready: async nodes first and in place, and only when none is left do the
    /// others leave for their threads.
    fn start_ready(&mut self) {
        let (mut blocking, mut computing) = (Vec::new(), Vec::new());
        while let Some(node) = self.ready.pop() {
            match self.run.plan.runs_on(node) {
                Where::Lane => blocking.push(node),
                Where::Cpu => computing.push(node),
                Where::InPlace | Where::Executor => self.start(node),
            }
        }
        for node in computing {
            hop::send_cpu(&self.run, node);
        }
        hop::send(&self.run, blocking);
    }

    fn start(&mut self, node: u32) {
        let Some(start) = self.run.begin(node, &mut self.ready) else {
            return;
        };
        match node::start_and_poll(&self.run.app, &self.run.plan, node, start) {
            Started::Done(result) => self.end(node, result),
            Started::Waits(future) => self.wait_for(node, future),
        }
    }

    fn wait_for(&mut self, node: u32, future: Contained<NodeFuture<C>>) {
        let plan = Arc::clone(&self.run.plan);
        let waiting = self.waiting.get_or_insert_default();
        waiting.push(Waiting { node, plan, future });
    }

    fn end(&mut self, node: u32, result: NodeResult<C>) {
        self.run.end(node, result, &mut self.ready);
        self.drop_unwanted();
    }

    /// Takes over what lane threads have left. One of them may have cut the run since.
    fn take_over(&mut self, post: Post<C>) {
        for node in post.nodes {
            self.ready.push(node);
        }
        for (node, future) in post.futures {
            if node < self.cut {
                self.wait_for(node, future);
            } else {
                self.run.board().skip(&self.run.plan, node, &mut self.ready);
            }
        }
        self.drop_unwanted();
    }

    /// Drops the futures of nodes that stand after one that failed.
    fn drop_unwanted(&mut self) {
        let cut = self.run.board().cut();
        if cut == self.cut {
            return;
        }
        self.cut = cut;
        for waiting in self.waiting.iter_mut().flatten() {
            if waiting.node >= cut && waiting.future.as_ref().is_some() {
                waiting.future = Contained::empty();
                let board = &mut self.run.board();
                board.skip(&self.run.plan, waiting.node, &mut self.ready);
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
            if let Some(waiting) = &mut driver.waiting
                && let Poll::Ready(Some((node, result))) = waiting.poll_next_unpin(context)
            {
                driver.end(node, result);
                continue;
            }
            let verdict = driver
                .run
                .board()
                .verdict(&driver.run.plan, context.waker());
            match verdict {
                Verdict::Settled(result) => return Poll::Ready(result),
                Verdict::Broken => return Poll::Ready(Err(C::fail(Failure::abandoned()))),
                Verdict::Asleep(known) => {
                    // A waker is code of others: it is dropped here, without the lock.
                    drop(known);
                    return Poll::Pending;
                }
                Verdict::Posted(post) => driver.take_over(post),
            }
        }
    }
}

impl<C: Context> Drop for Driver<C> {
    fn drop(&mut self) {
        let (cancelled, post) = self.run.board().close();
        for cancellation in cancelled {
            cancellation.cancel();
        }
        drop(post);
    }
}

/// A future that waits. Empty once it is done, or not wanted any more.
struct Waiting<C: Context> {
    node: u32,
    plan: Arc<Plan<C>>,
    future: Contained<NodeFuture<C>>,
}

impl<C: Context> Future for Waiting<C> {
    type Output = (u32, NodeResult<C>);

    fn poll(self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Self::Output> {
        let Self { node, plan, future } = self.get_mut();
        node::poll(plan, *node, future, context.waker()).map(|result| (*node, result))
    }
}

impl<C: Context> Unpin for Waiting<C> {}
impl<C: Context> Unpin for Driver<C> {}
