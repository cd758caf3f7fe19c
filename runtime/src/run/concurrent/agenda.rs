//! [`Agenda`]: what a driver has to do, and does when it is polled.

use std::task::{Context as TaskContext, Poll};

use super::ahead::Halt;
use super::board::{Closed, Verdict};
use super::held::Held;
use super::post::{Post, Ready};
use super::waiting::Waits;
use crate::context::Context;
use crate::failure::{Failure, Timed};
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::run::Settled;
use crate::run::node::{self, NodeEnd, Refused, Started, Where};
use crate::timer::Rings;
use crate::value::Value;

/// What of a run is its driver's alone.
pub(super) struct Agenda<C: Context> {
    /// Whether nothing has begun.
    is_new: bool,
    /// What became of the node that began last before there was a board.
    halt: Halt<C>,
    ready: Ready,
    waits: Waits<C>,
    /// Where the run was cut when the futures were last looked through.
    cut: u32,
    /// Whether it was alone with the run when that was closed, so that nothing is left to be told.
    pub(super) is_done: bool,
}

/// Nodes that leave for threads.
#[derive(Default)]
pub(super) struct Leaving {
    pub(super) blocking: Vec<u32>,
    pub(super) computing: Vec<u32>,
}

impl Leaving {
    fn is_empty(&self) -> bool {
        self.blocking.is_empty() && self.computing.is_empty()
    }
}

/// What a driver does next.
pub(super) enum Next<C: Context> {
    Answer(Settled<C>),
    Send(Leaving),
    Sleep,
}

impl<C: Context> Agenda<C> {
    /// That of a run which begins with what is `ready`.
    pub(super) fn new(plan: &Plan<C>, ready: Ready) -> Self {
        Self {
            is_new: true,
            halt: None,
            ready,
            waits: Waits::new(plan.timeout()),
            cut: plan.root() + 1,
            is_done: false,
        }
    }

    /// The same, of a run that has gone ahead.
    pub(super) fn after(self, halt: Halt<C>) -> Self {
        Self {
            is_new: false,
            halt,
            ..self
        }
    }

    /// Does all that can be done here and now.
    pub(super) fn go_on(
        &mut self,
        held: &mut Held<'_, C>,
        context: &mut TaskContext<'_>,
    ) -> Next<C> {
        if std::mem::take(&mut self.is_new) {
            self.halt = held.go_ahead(&mut self.ready);
        }
        match self.halt.take() {
            Some((node, Started::Done(end))) => self.end(held, node, end),
            Some((node, Started::Waits(waiting))) => self.wait_for(held, node, waiting),
            None => {}
        }
        loop {
            let leaving = self.start_ready(held);
            if !leaving.is_empty() {
                return Next::Send(leaving);
            }
            if self.poll_waiting(held, context).is_ready() {
                continue;
            }
            // Nobody is there to wake who is alone with the run.
            let waker = held.is_shared().then_some(context.waker());
            let (mut board, around) = held.open();
            let verdict = board.verdict(&around.plan, waker);
            drop(board);
            let (result, outcome) = match verdict {
                Verdict::Made(value) if value.is_failure() => (Ok(value), Outcome::Failed),
                Verdict::Made(value) => (Ok(value), Outcome::Completed),
                Verdict::Rejected(refused) => {
                    let (rejection, outcome) = refused.into_parts();
                    (Err(rejection), outcome)
                }
                Verdict::Broken => (Err(C::fail(Failure::abandoned())), Outcome::Failed),
                Verdict::Posted(post) => {
                    self.take_over(held, post);
                    continue;
                }
                Verdict::Asleep(known) => {
                    // A waker is code of others: it is dropped here, without the lock.
                    drop(known);
                    match self.waits.poll_alarm(context) {
                        Poll::Ready(rings) => {
                            (Err(overdue(held.plan(), rings)), Outcome::Cancelled)
                        }
                        Poll::Pending => return Next::Sleep,
                    }
                }
            };
            return Next::Answer(self.settle(held, result, outcome));
        }
    }

    /// Starts whatever is ready: async nodes first and in place, and only when none is left do the
    /// others leave for their threads.
    fn start_ready(&mut self, held: &mut Held<'_, C>) -> Leaving {
        let mut leaving = Leaving::default();
        while let Some(node) = self.ready.pop() {
            match held.plan().runs_on(node) {
                Where::Lane => leaving.blocking.push(node),
                Where::Cpu => leaving.computing.push(node),
                Where::InPlace | Where::Executor => match held.start(node, &mut self.ready) {
                    Some(Started::Done(end)) => self.end(held, node, end),
                    Some(Started::Waits(waiting)) => self.wait_for(held, node, waiting),
                    None => {}
                },
            }
        }
        leaving
    }

    fn wait_for(&mut self, held: &Held<'_, C>, node: u32, waiting: node::Waiting<C>) {
        self.waits.add(&held.around().plan, node, waiting);
    }

    fn end(&mut self, held: &mut Held<'_, C>, node: u32, end: NodeEnd<C>) {
        let cut = held.end(node, end, &mut self.ready);
        self.drop_unwanted(held, cut);
    }

    /// A node that runs on a thread has taken too long.
    fn give_up_waiting_for(&mut self, held: &mut Held<'_, C>, node: u32, rings: Rings) {
        if !held.board().is_running(node) {
            return;
        }
        if let Some(refused) = Refused::overdue(held.plan(), node, rings) {
            let (mut board, around) = held.open();
            let plan = &around.plan;
            let obsolete = board.give_up_waiting_for(plan, node, refused, &mut self.ready);
            let cut = board.cut();
            drop(board);
            obsolete.discard(plan);
            self.drop_unwanted(held, cut);
        }
    }

    /// Takes over what lane threads have left. One of them may have cut the run since.
    fn take_over(&mut self, held: &mut Held<'_, C>, post: Post<C>) {
        for node in post.nodes {
            self.ready.push(node);
        }
        for (node, waiting) in post.waiting {
            if node < self.cut {
                self.wait_for(held, node, waiting);
            } else {
                drop(waiting);
                let (mut board, around) = held.open();
                board.skip(&around.plan, node, &mut self.ready);
            }
        }
        for (node, deadline) in post.deadlines {
            self.waits.add_deadline(node, deadline);
        }
        let cut = held.board().cut();
        self.drop_unwanted(held, cut);
    }

    /// Drops the futures of nodes that stand after one that failed.
    fn drop_unwanted(&mut self, held: &mut Held<'_, C>, cut: u32) {
        if cut == self.cut {
            return;
        }
        self.cut = cut;
        for waiting in self.waits.nodes() {
            if waiting.node >= cut && !waiting.waiting.is_over() {
                waiting.waiting.give_up();
                let (mut board, around) = held.open();
                board.skip(&around.plan, waiting.node, &mut self.ready);
            }
        }
    }

    /// Ends the run: what still waits is dropped, and then what was made is left to be ended.
    fn settle(
        &mut self,
        held: &mut Held<'_, C>,
        result: Result<Value, C::Rejection>,
        outcome: Outcome,
    ) -> Settled<C> {
        if let Some(recording) = &held.around().ground.recording {
            recording.answered(outcome);
        }
        self.close(held);
        self.is_done = !held.is_shared();
        if !held.is_to_be_ended() {
            return Settled {
                result,
                remains: None,
            };
        }
        let remains = held.settle(outcome).map(Box::new);
        Settled { result, remains }
    }

    /// Drops what still waits, and tells what runs that nobody waits for it.
    pub(super) fn close(&mut self, held: &mut Held<'_, C>) {
        let Closed {
            cancelled,
            post,
            slots,
        } = held.close();
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
        for waiting in self.waits.nodes() {
            if !waiting.waiting.is_over() {
                waiting.waiting.give_up();
                over.push(waiting.node);
            }
        }
        if !over.is_empty() {
            let (mut board, around) = held.open();
            for node in over {
                board.skip(&around.plan, node, &mut self.ready);
            }
        }
        self.waits.clear();
    }

    /// Polls what waits, until something is done or nothing goes on.
    fn poll_waiting(&mut self, held: &mut Held<'_, C>, context: &mut TaskContext<'_>) -> Poll<()> {
        if let Poll::Ready((node, end)) = self.waits.poll_nodes(context) {
            self.end(held, node, end);
            return Poll::Ready(());
        }
        if let Poll::Ready((node, rings)) = self.waits.poll_deadlines(context) {
            self.give_up_waiting_for(held, node, rings);
            return Poll::Ready(());
        }
        Poll::Pending
    }
}

/// What the run came to because its time is over.
fn overdue<C: Context>(plan: &Plan<C>, rings: Rings) -> C::Rejection {
    let name = plan.name(plan.root());
    C::fail(match (rings, plan.timeout()) {
        (Rings::InTime, Some(timeout)) => Failure::timed_out(Timed::Node, name, timeout),
        (Rings::ForWantOfATimer, _) | (Rings::InTime, None) => Failure::no_timer(name),
    })
}
