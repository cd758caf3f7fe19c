//! [`Driver`]: the future that a request's resolution is.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll};

use futures_util::stream::{FuturesUnordered, StreamExt};

use super::Run;
use super::board::{Closed, Verdict};
use super::hop;
use super::post::{Post, Ready};
use super::waiting::{Deadline, Waiting};
use crate::context::Context;
use crate::failure::{Failure, Timed};
use crate::lifetime::Value;
use crate::outcome::Outcome;
use crate::run::Settled;
use crate::run::node::{self, NodeEnd, Refused, Started, Where};
use crate::timer::{Alarm, Rings};

/// Polls the async nodes of a run, sends blocking ones to the lane, and waits for both.
pub(super) struct Driver<C: Context> {
    run: Arc<Run<C>>,
    ready: Ready,
    /// Futures that wait, each woken by itself. Made for the first one: most runs never wait.
    waiting: Option<FuturesUnordered<Waiting<C>>>,
    /// When nodes that run on threads have taken too long.
    deadlines: Option<FuturesUnordered<Deadline>>,
    /// When the run has.
    alarm: Option<Alarm>,
    /// Where the run was cut when the futures were last looked through.
    cut: u32,
}

impl<C: Context> Driver<C> {
    pub(super) fn new(run: Arc<Run<C>>) -> Self {
        let mut ready = Ready::default();
        let mut board = run.board();
        board.borrow(&run.app, &run.plan, &mut ready);
        board.push_sources(&run.plan, &mut ready);
        let cut = board.cut();
        drop(board);
        Self {
            alarm: run.plan.timeout().map(Alarm::after),
            run,
            ready,
            waiting: None,
            deadlines: None,
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
        let (app, plan) = (&self.run.app, &self.run.plan);
        match node::start_and_poll(app, plan, node, start, Where::Executor) {
            Started::Done(end) => self.end(node, end),
            Started::Waits(waiting) => self.wait_for(node, waiting),
        }
    }

    fn wait_for(&mut self, node: u32, waiting: node::Waiting<C>) {
        let plan = Arc::clone(&self.run.plan);
        self.waiting.get_or_insert_default().push(Waiting {
            node,
            plan,
            waiting,
        });
    }

    fn end(&mut self, node: u32, end: NodeEnd<C>) {
        self.run.end(node, end, &mut self.ready);
        self.drop_unwanted();
    }

    /// A node that runs on a thread has taken too long.
    fn give_up_waiting_for(&mut self, node: u32, rings: Rings) {
        if !self.run.board().is_running(node) {
            return;
        }
        if let Some(refused) = Refused::overdue(&self.run.plan, node, rings) {
            let (plan, ready) = (&self.run.plan, &mut self.ready);
            let mut board = self.run.board();
            let obsolete = board.give_up_waiting_for(plan, node, refused, ready);
            drop(board);
            obsolete.discard(plan);
            self.drop_unwanted();
        }
    }

    /// Takes over what lane threads have left. One of them may have cut the run since.
    fn take_over(&mut self, post: Post<C>) {
        for node in post.nodes {
            self.ready.push(node);
        }
        for (node, waiting) in post.waiting {
            if node < self.cut {
                self.wait_for(node, waiting);
            } else {
                drop(waiting);
                self.run.board().skip(&self.run.plan, node, &mut self.ready);
            }
        }
        for (node, deadline) in post.deadlines {
            let alarm = Alarm::at(deadline);
            let deadlines = self.deadlines.get_or_insert_default();
            deadlines.push(Deadline { node, alarm });
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
            if waiting.node >= cut && !waiting.waiting.is_over() {
                waiting.waiting.give_up();
                let board = &mut self.run.board();
                board.skip(&self.run.plan, waiting.node, &mut self.ready);
            }
        }
    }

    /// Ends the run: what still waits is dropped, and then what was made is left to be ended.
    fn settle(&mut self, result: Result<Value, C::Rejection>, outcome: Outcome) -> Settled<C> {
        if !self.run.is_to_be_ended {
            return Settled {
                result,
                remains: None,
            };
        }
        self.close();
        let remains = self.run.settle(outcome);
        Settled { result, remains }
    }

    /// Drops what still waits, and tells what runs that nobody waits for it.
    fn close(&mut self) {
        let Closed {
            cancelled,
            post,
            slots,
        } = self.run.board().close(&self.run.plan);
        drop(slots);
        for cancellation in cancelled {
            cancellation.cancel();
        }
        self.cut = 0;
        let mut over = Vec::new();
        for (node, waiting) in post.waiting {
            drop(waiting);
            over.push(node);
        }
        for waiting in self.waiting.iter_mut().flatten() {
            if !waiting.waiting.is_over() {
                waiting.waiting.give_up();
                over.push(waiting.node);
            }
        }
        let mut board = self.run.board();
        for node in over {
            board.skip(&self.run.plan, node, &mut self.ready);
        }
    }

    /// What the run came to because its time is over.
    fn overdue(&self, rings: Rings) -> C::Rejection {
        let plan = &self.run.plan;
        let name = plan.name(plan.root());
        C::fail(match (rings, plan.timeout()) {
            (Rings::InTime, Some(timeout)) => Failure::timed_out(Timed::Node, name, timeout),
            (Rings::ForWantOfATimer, _) | (Rings::InTime, None) => Failure::no_timer(name),
        })
    }

    /// Polls what waits, until something is done or nothing goes on.
    fn poll_waiting(&mut self, context: &mut TaskContext<'_>) -> Poll<()> {
        if let Some(waiting) = &mut self.waiting
            && let Poll::Ready(Some((node, end))) = waiting.poll_next_unpin(context)
        {
            self.end(node, end);
            return Poll::Ready(());
        }
        if let Some(deadlines) = &mut self.deadlines
            && let Poll::Ready(Some((node, rings))) = deadlines.poll_next_unpin(context)
        {
            self.give_up_waiting_for(node, rings);
            return Poll::Ready(());
        }
        Poll::Pending
    }
}

impl<C: Context> Future for Driver<C> {
    type Output = Settled<C>;

    fn poll(self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Self::Output> {
        let driver = self.get_mut();
        loop {
            driver.start_ready();
            if driver.poll_waiting(context).is_ready() {
                continue;
            }
            let verdict = driver
                .run
                .board()
                .verdict(&driver.run.plan, context.waker());
            match verdict {
                Verdict::Made(value) => {
                    let outcome = if value.is_failure() {
                        Outcome::Failed
                    } else {
                        Outcome::Completed
                    };
                    return Poll::Ready(driver.settle(Ok(value), outcome));
                }
                Verdict::Rejected(refused) => {
                    let Refused { rejection, outcome } = refused;
                    return Poll::Ready(driver.settle(Err(rejection), outcome));
                }
                Verdict::Broken => {
                    let rejection = C::fail(Failure::abandoned());
                    return Poll::Ready(driver.settle(Err(rejection), Outcome::Failed));
                }
                Verdict::Posted(post) => driver.take_over(post),
                Verdict::Asleep(known) => {
                    // A waker is code of others: it is dropped here, without the lock.
                    drop(known);
                    let Some(alarm) = &mut driver.alarm else {
                        return Poll::Pending;
                    };
                    let Poll::Ready(rings) = alarm.poll(context) else {
                        return Poll::Pending;
                    };
                    let rejection = driver.overdue(rings);
                    return Poll::Ready(driver.settle(Err(rejection), Outcome::Cancelled));
                }
            }
        }
    }
}

impl<C: Context> Drop for Driver<C> {
    /// What waits goes before the run: whoever ends the values finds nobody who uses them.
    fn drop(&mut self) {
        self.close();
        self.waiting = None;
        self.run.at_work.abandon(self.run.app.counters());
    }
}

impl<C: Context> Unpin for Driver<C> {}
