//! A hop: a crossing to a thread of the lane, and what goes on there.

use std::collections::VecDeque;
use std::sync::Arc;
use std::task::{Poll, Waker};
use std::time::Instant;

use super::super::node::{self, Started, Where, discard};
use super::Run;
use super::board::Ready;
use crate::context::Context;
use crate::plan::{self, Outcome};

/// Sends nodes that are ready together to the lane: those known to be short in one hop, each other
/// one in its own.
pub(super) fn send<C: Context>(run: &Arc<Run<C>>, nodes: Vec<u32>) {
    if nodes.len() < 2 {
        if !nodes.is_empty() {
            Hop::new(run, nodes, Where::Lane).send();
        }
        return;
    }
    for nodes in plan::hops(nodes, |node| run.shared.plan.pace(node)) {
        Hop::new(run, nodes, Where::Lane).send();
    }
}

/// Sends a node to the work-stealing pool.
pub(super) fn send_cpu<C: Context>(run: &Arc<Run<C>>, node: u32) {
    Hop::new(run, vec![node], Where::Cpu).send();
}

/// Nodes on their way to a thread.
struct Hop<C: Context> {
    /// `None` once they have arrived.
    run: Option<Arc<Run<C>>>,
    nodes: Vec<u32>,
    place: Where,
}

impl<C: Context> Hop<C> {
    fn new(run: &Arc<Run<C>>, nodes: Vec<u32>, place: Where) -> Self {
        Self {
            run: Some(Arc::clone(run)),
            nodes,
            place,
        }
    }

    fn send(self) {
        let Some(run) = &self.run else { return };
        let lane = run.shared.lane.clone();
        match self.place {
            Where::Cpu => lane.send_cpu(move || self.arrive()),
            _ => lane.send(move || self.arrive()),
        }
    }

    fn arrive(mut self) {
        let Some(run) = self.run.take() else { return };
        let nodes = std::mem::take(&mut self.nodes);
        let worker = Worker::new(&run, self.place);
        run.shared.scope.run(|| worker.work(nodes));
        leave(run);
    }
}

impl<C: Context> Drop for Hop<C> {
    /// A hop that never arrives fails its nodes: the runtime has shut down, or there is none.
    fn drop(&mut self) {
        let Some(run) = self.run.take() else { return };
        let mut ready = Ready::default();
        for &node in &self.nodes {
            if run.begin(node, &mut ready).is_some() {
                let failure = run.shared.lane.why_not();
                run.end(node, Err(C::fail(failure)), &mut ready);
            }
        }
        while let Some(node) = ready.pop() {
            run.board().post_node(node);
        }
        leave(run);
    }
}

/// Lets go of the run, then wakes the driver if there is something for it: a thread that wakes
/// first is often preempted by what it woke, and is not idle when the next hop looks for a thread.
fn leave<C: Context>(run: Arc<Run<C>>) {
    let waker = run.board().take_waker(&run.shared.plan);
    drop(run);
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// What goes on on the thread that a hop arrived at.
struct Worker<'run, C: Context> {
    run: &'run Arc<Run<C>>,
    /// The kind of thread this is.
    place: Where,
    /// The nodes that run here, next.
    own: VecDeque<u32>,
    /// Nodes to be offered once everything that is ready has been looked at.
    offers: Vec<u32>,
    /// Nodes that any thread may begin, this one too once it has nothing else.
    offered: VecDeque<u32>,
    ready: Ready,
    has_begun: bool,
    has_posted: bool,
}

impl<'run, C: Context> Worker<'run, C> {
    fn new(run: &'run Arc<Run<C>>, place: Where) -> Self {
        Self {
            run,
            place,
            own: VecDeque::new(),
            offers: Vec::new(),
            offered: VecDeque::new(),
            ready: Ready::default(),
            has_begun: false,
            has_posted: false,
        }
    }

    fn work(mut self, nodes: Vec<u32>) {
        self.own.extend(nodes);
        while let Some(node) = self.own.pop_front().or_else(|| self.offered.pop_front()) {
            let begun = Instant::now();
            if self.start(node) && self.place == Where::Lane {
                self.run.shared.plan.pace(node).record(begun.elapsed());
            }
            self.go_on();
        }
    }

    /// Starts a node here; `false` if it was not to be started.
    fn start(&mut self, node: u32) -> bool {
        let Some(start) = self.run.begin(node, &mut self.ready) else {
            return false;
        };
        if !self.has_begun && self.place == Where::Lane {
            self.has_begun = true;
            self.run.shared.app.counters().count_hop();
        }
        match node::start(&self.run.shared, node, start) {
            Started::Done(outcome) => self.end(node, outcome),
            Started::Waits(mut future) => {
                match node::poll(&self.run.shared.plan, node, &mut future, Waker::noop()) {
                    Poll::Ready(outcome) => {
                        discard(future);
                        self.end(node, outcome);
                    }
                    Poll::Pending => {
                        self.has_posted = true;
                        let board = &mut self.run.board();
                        let unwanted =
                            board.post_future(&self.run.shared.plan, node, future, &mut self.ready);
                        discard(unwanted);
                    }
                }
            }
        }
        true
    }

    fn end(&mut self, node: u32, outcome: Outcome<C>) {
        self.run.end(node, outcome, &mut self.ready);
    }

    /// Goes on with what became ready: what needs no thread first, then it offers the blocking nodes
    /// that would keep each other waiting to other threads.
    fn go_on(&mut self) {
        while let Some(node) = self.ready.pop() {
            let place = self.run.shared.plan.place(node);
            match (self.place, place) {
                (_, Where::InPlace) => {
                    self.start(node);
                }
                (Where::Lane, Where::Executor) if self.run.shared.plan.polled_on_lane(node) => {
                    self.start(node);
                }
                (Where::Lane, Where::Lane) => self.keep_or_offer(node),
                (Where::Cpu, Where::Cpu) if self.own.is_empty() => self.own.push_back(node),
                (_, Where::Cpu) => send_cpu(self.run, node),
                // Async nodes go to the executor; so does what a thread of the other pool started,
                // for there every ready async node is polled before a hop leaves.
                (_, Where::Executor | Where::Lane) => {
                    self.has_posted = true;
                    self.run.board().post_node(node);
                }
            }
        }
        self.send_offered();
        let waits_here = self.own.front().or(self.offered.front());
        if self.has_posted && waits_here.is_some_and(|&node| !self.is_short(node)) {
            self.has_posted = false;
            let waker = self.run.board().take_waker(&self.run.shared.plan);
            if let Some(waker) = waker {
                waker.wake();
            }
        }
    }

    /// Keeps short nodes and one other; offers the rest. Short ones run first.
    fn keep_or_offer(&mut self, node: u32) {
        let long_kept = self.own.iter().position(|&kept| !self.is_short(kept));
        match long_kept {
            Some(position) if self.is_short(node) => self.own.insert(position, node),
            Some(_) => self.offers.push(node),
            None => self.own.push_back(node),
        }
    }

    /// Lets other threads begin what this one would only come to later.
    fn send_offered(&mut self) {
        for node in std::mem::take(&mut self.offers) {
            self.offered.push_back(node);
            Hop::new(self.run, vec![node], Where::Lane).send();
        }
    }

    fn is_short(&self, node: u32) -> bool {
        self.run.shared.plan.pace(node).short().is_some()
    }
}
