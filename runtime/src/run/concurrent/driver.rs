//! [`Driver`]: the future that a request's resolution is.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll};

use super::Run;
use super::board::{Closed, Verdict};
use super::held::Held;
use super::hop;
use super::post::{Post, Ready};
use super::waiting::Waits;
use crate::context::Context;
use crate::failure::{Failure, Timed};
use crate::lane::Current;
use crate::lifetime::Value;
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::run::node::{self, NodeEnd, Refused, Started, Where};
use crate::run::{Request, RootCode, Settled};
use crate::timer::Rings;

/// The run as its driver has it now. A hop holds it weakly on its way, and so is seen as well.
macro_rules! held {
    ($run:expr) => {
        match Arc::get_mut($run) {
            Some(run) => Held::Alone(run),
            None => Held::Shared($run),
        }
    };
}

/// Polls the async nodes of a run, sends blocking ones to the lane, and waits for both.
pub(in crate::run) struct Driver<C: Context> {
    run: Arc<Run<C>>,
    desk: Desk<C>,
}

/// What of a run is its driver's alone.
struct Desk<C: Context> {
    ready: Ready,
    waits: Waits<C>,
    /// Where the run was cut when the futures were last looked through.
    cut: u32,
}

/// Nodes that leave for threads.
#[derive(Default)]
struct Leaving {
    blocking: Vec<u32>,
    computing: Vec<u32>,
}

impl Leaving {
    fn is_empty(&self) -> bool {
        self.blocking.is_empty() && self.computing.is_empty()
    }
}

/// What a driver does next.
enum Next<C: Context> {
    Answer(Settled<C>),
    Send(Leaving),
    Sleep,
}

impl<C: Context> Driver<C> {
    pub(in crate::run) fn new(request: Request<C>, code: RootCode<C>) -> Self {
        let waits = Waits::new(request.plan.timeout());
        let mut run = Arc::new(Run::new(request, code));
        let mut held = held!(&mut run);
        let (mut board, around) = held.open();
        let mut ready = Ready::default();
        board.borrow(around.app(), &around.plan, &mut ready);
        board.push_sources(&around.plan, &mut ready);
        let cut = board.cut();
        drop(board);
        Self {
            desk: Desk { ready, waits, cut },
            run,
        }
    }

    /// Adds the seat to what is set on the thread, if the run has taken it since.
    pub(in crate::run) fn update(&self, current: &mut Option<Current>) {
        self.run.around.lane().update(current);
    }
}

impl<C: Context> Desk<C> {
    /// Does all that can be done here and now.
    fn go_on(&mut self, held: &mut Held<'_, C>, context: &mut TaskContext<'_>) -> Next<C> {
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
        if !held.is_to_be_ended() {
            return Settled {
                result,
                remains: None,
            };
        }
        self.close(held);
        let remains = held.settle(outcome).map(Box::new);
        Settled { result, remains }
    }

    /// Drops what still waits, and tells what runs that nobody waits for it.
    fn close(&mut self, held: &mut Held<'_, C>) {
        let (mut board, around) = held.open();
        let Closed {
            cancelled,
            post,
            slots,
        } = board.close(&around.plan);
        drop(board);
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
        if over.is_empty() {
            return;
        }
        let (mut board, around) = held.open();
        for node in over {
            board.skip(&around.plan, node, &mut self.ready);
        }
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

impl<C: Context> Future for Driver<C> {
    type Output = Settled<C>;

    fn poll(self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Self::Output> {
        let Self { run, desk } = self.get_mut();
        loop {
            match desk.go_on(&mut held!(run), context) {
                Next::Answer(settled) => return Poll::Ready(settled),
                Next::Sleep => return Poll::Pending,
                Next::Send(Leaving {
                    blocking,
                    computing,
                }) => {
                    for node in computing {
                        hop::send_cpu(run, node);
                    }
                    hop::send(run, blocking);
                }
            }
        }
    }
}

impl<C: Context> Drop for Driver<C> {
    /// What waits goes before the run: whoever ends the values finds nobody who uses them.
    fn drop(&mut self) {
        let mut held = held!(&mut self.run);
        self.desk.close(&mut held);
        self.desk.waits.clear();
        if let Held::Shared(run) = held {
            run.at_work.abandon(run.around.app().counters());
        }
    }
}

impl<C: Context> Unpin for Driver<C> {}
