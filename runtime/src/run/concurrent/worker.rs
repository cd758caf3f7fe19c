//! [`Worker`]: what goes on on the thread that a hop arrived at.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::first_hop::FirstHop;
use super::post::Ready;
use super::{Run, hop};
use crate::context::Context;
use crate::plan::Stopwatch;
use crate::run::node::{self, Started, Where};
use crate::run::observed::{Arrival, Observed};

/// What goes on on the thread that a hop arrived at.
pub(super) struct Worker<'run, C: Context> {
    run: &'run Arc<Run<C>>,
    /// The kind of thread this is.
    thread: Where,
    /// The nodes that run here, next.
    own: VecDeque<u32>,
    /// Nodes to be offered once everything that is ready has been looked at.
    offers: Vec<u32>,
    /// Nodes that any thread may begin, this one too once it has nothing else.
    offered: VecDeque<u32>,
    ready: Ready,
    has_begun: bool,
    /// Where somebody wants to be told.
    arrival: Option<Arrival>,
}

impl<'run, C: Context> Worker<'run, C> {
    pub(super) fn new(run: &'run Arc<Run<C>>, thread: Where, arrival: Option<Arrival>) -> Self {
        Self {
            run,
            thread,
            own: VecDeque::new(),
            offers: Vec::new(),
            offered: VecDeque::new(),
            ready: Ready::default(),
            has_begun: false,
            arrival,
        }
    }

    pub(super) fn work(mut self, nodes: Vec<u32>) {
        self.own = nodes.into();
        if self.thread != Where::Lane {
            while let Some(node) = self.next() {
                self.start(node);
                self.go_on();
            }
            return;
        }
        let plan = &self.run.around.plan;
        let mut stopwatch = Stopwatch::start(plan.timing());
        self.have_for_itself(&mut stopwatch);
        while let Some(node) = self.next() {
            stopwatch.run(plan.pace(node), || self.start(node));
            self.go_on();
        }
        stopwatch.stop();
    }

    /// Begins what it can with the run for itself.
    fn have_for_itself(&mut self, stopwatch: &mut Stopwatch<'_>) {
        if self.arrival.is_some() || self.run.has_begun.load(Ordering::Relaxed) {
            return;
        }
        let own = self.own.make_contiguous();
        let Some(alone) = FirstHop::begin(self.run, own) else {
            return;
        };
        self.count_hop();
        let halt = alone.go_on(stopwatch, &mut self.ready);
        let board = self.run.board();
        self.own.retain(|&node| board.is_waiting(node));
        drop(board);
        if let Some((node, started)) = halt {
            self.started(node, started);
        }
        self.go_on();
    }

    /// The node that runs here next.
    fn next(&mut self) -> Option<u32> {
        self.own.pop_front().or_else(|| self.offered.pop_front())
    }

    /// Starts a node here; `None` if it was not to be started.
    fn start(&mut self, node: u32) -> Option<()> {
        let start = self.run.begin(node, &mut self.ready)?;
        if !self.has_begun && self.thread == Where::Lane {
            self.count_hop();
        }
        let plan = &self.run.around.plan;
        if let Where::Lane | Where::Cpu = plan.runs_on(node)
            && let Some(deadline) = plan.deadline(node)
        {
            self.run.board().post_deadline(node, deadline);
            self.run.wake();
        }
        let recording = self.run.around.ground.recording.as_ref();
        let crossing = self.arrival.as_mut().map(|arrival| arrival.begins(node));
        let observed = Observed::begin(recording, plan, node, crossing);
        let app = self.run.around.app();
        let started = node::start(app, plan, node, start, self.thread, observed);
        self.started(node, started);
        Some(())
    }

    /// Ends a node that has started here, or leaves it to the driver.
    fn started(&mut self, node: u32, started: Started<C>) {
        let plan = &self.run.around.plan;
        match started {
            Started::Done(end) => {
                if node == plan.root() && self.thread == Where::Lane {
                    self.run.leave_root(&end);
                }
                self.run.end(node, end, &mut self.ready);
            }
            Started::Waits(waiting) => {
                let unwanted = self.run.board().post_waiting(node, waiting);
                if let Some(unwanted) = unwanted {
                    drop(unwanted);
                    self.run.board().skip(plan, node, &mut self.ready);
                }
            }
        }
    }

    /// A node begins here for which a thread was needed.
    fn count_hop(&mut self) {
        self.has_begun = true;
        self.run.has_begun.store(true, Ordering::Relaxed);
        self.run.around.app().counters().count_hop();
    }

    /// Goes on with what became ready: what needs no thread first, then it offers the blocking nodes
    /// that would keep each other waiting to other threads.
    fn go_on(&mut self) {
        let mut computing = Vec::new();
        while let Some(node) = self.ready.pop() {
            if let Some(arrival) = &mut self.arrival {
                arrival.is_ready(node);
            }
            match (self.thread, self.run.around.plan.runs_on(node)) {
                (_, Where::InPlace) => {
                    self.start(node);
                }
                (Where::Lane, Where::Executor) if self.run.around.plan.polled_on_lane(node) => {
                    self.start(node);
                }
                (Where::Lane, Where::Lane) => self.keep_or_offer(node),
                (Where::Cpu, Where::Cpu) if self.own.is_empty() => self.own.push_back(node),
                (_, Where::Cpu) => computing.push(node),
                // Async nodes go to the executor; so does what a thread of the other pool started,
                // for there every ready async node is polled before a hop leaves.
                (_, Where::Executor | Where::Lane) => self.run.board().post_node(node),
            }
        }
        for node in computing {
            hop::send_cpu(self.run, node);
        }
        self.send_offered();
        // What comes next here may take long, and the driver may have futures to poll or to drop.
        let next = self.own.front().or(self.offered.front());
        if next.is_some_and(|&node| !self.is_short(node)) {
            self.run.wake();
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
            hop::offer(self.run, node);
        }
    }

    fn is_short(&self, node: u32) -> bool {
        self.run.around.plan.pace(node).short().is_some()
    }
}
