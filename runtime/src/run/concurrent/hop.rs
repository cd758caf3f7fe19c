//! A hop: a crossing to a thread of the lane, and what goes on there.

use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::task::Waker;
use std::time::{Duration, Instant};

use super::Run;
use super::post::Ready;
use crate::context::Context;
use crate::plan;
use crate::run::node::{self, Refused, Started, Where};
use crate::run::observed::{self, Crossing, Observed};
use crate::unwind::{contain, discard};

/// Sends nodes that are ready together to the lane: those known to be short in one hop, each other
/// one in its own.
pub(super) fn send<C: Context>(run: &Arc<Run<C>>, nodes: Vec<u32>) {
    if nodes.is_empty() {
        return;
    }
    if nodes.len() == 1 || plan::share_one_hop(&nodes, |node| run.around.plan.pace(node)) {
        Hop::new(run, nodes, Where::Lane).send();
        return;
    }
    for nodes in plan::hops(nodes, |node| run.around.plan.pace(node)) {
        Hop::new(run, nodes, Where::Lane).send();
    }
}

/// Sends a node to the work-stealing pool.
pub(super) fn send_cpu<C: Context>(run: &Arc<Run<C>>, node: u32) {
    Hop::new(run, vec![node], Where::Cpu).send();
}

/// Nodes on their way to a thread. It may be long until one is free, so the run is not held: once its
/// request is answered there is nothing left to do.
struct Hop<C: Context> {
    run: Weak<Run<C>>,
    /// Empty once they have arrived.
    nodes: Vec<u32>,
    to: Where,
    /// Since when, where somebody wants to be told.
    since: Option<Instant>,
}

impl<C: Context> Hop<C> {
    fn new(run: &Arc<Run<C>>, nodes: Vec<u32>, to: Where) -> Self {
        Self {
            run: Arc::downgrade(run),
            nodes,
            to,
            since: observed::is_any(run.around.ground.recording.as_ref()).then(Instant::now),
        }
    }

    fn send(self) {
        let Some(run) = self.run.upgrade() else {
            return;
        };
        match self.to {
            Where::Cpu => run.around.ground.lane.send_cpu(move || self.arrive()),
            _ => {
                let has_begun = run.has_begun.load(Ordering::Relaxed);
                run.around
                    .ground
                    .lane
                    .send(has_begun, move || self.arrive());
            }
        }
    }

    /// Works on a thread. Returns whom to wake when that is free.
    fn arrive(mut self) -> Option<Waker> {
        let nodes = std::mem::take(&mut self.nodes);
        let run = self.run.upgrade()?;
        let scope = &run.around.ground.scope;
        let arrived = run.at_work.arrive(run.around.app().counters());
        let crossing = self.since.map(|since| Crossing {
            number: run.hops.fetch_add(1, Ordering::Relaxed) + 1,
            queued: since.elapsed(),
        });
        let work = || {
            Worker::new(&run, self.to, crossing).work(nodes);
        };
        let worked = contain(|| scope.run(work));
        if worked.is_none() {
            run.board().break_off();
        }
        drop(arrived);
        leave(run)
    }
}

impl<C: Context> Drop for Hop<C> {
    /// A hop that never arrives fails its nodes: the runtime has shut down, or there is none.
    fn drop(&mut self) {
        if self.nodes.is_empty() {
            return;
        }
        let Some(run) = self.run.upgrade() else {
            return;
        };
        let mut ready = Ready::default();
        for &node in &self.nodes {
            if let Some(start) = run.begin(node, &mut ready) {
                start.discard();
                match contain(|| C::fail(run.around.ground.lane.why_not())) {
                    Some(rejection) => {
                        run.end(node, Err(Refused::failed(rejection)), &mut ready);
                    }
                    None => run.board().break_off(),
                }
            }
        }
        while let Some(node) = ready.pop() {
            run.board().post_node(node);
        }
        if let Some(waker) = leave(run) {
            waker.wake();
        }
    }
}

/// Lets go of the run. Returns the driver's waker if there is something for it: a thread that wakes
/// first is often preempted by what it woke, and is not free when the next hop looks for a thread.
fn leave<C: Context>(run: Arc<Run<C>>) -> Option<Waker> {
    let waker = run.board().take_waker(&run.around.plan);
    discard(run);
    waker
}

/// What goes on on the thread that a hop arrived at.
struct Worker<'run, C: Context> {
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
    /// How the thread got here, where somebody wants to be told.
    crossing: Option<Crossing>,
}

impl<'run, C: Context> Worker<'run, C> {
    fn new(run: &'run Arc<Run<C>>, thread: Where, crossing: Option<Crossing>) -> Self {
        Self {
            run,
            thread,
            own: VecDeque::new(),
            offers: Vec::new(),
            offered: VecDeque::new(),
            ready: Ready::default(),
            has_begun: false,
            crossing,
        }
    }

    fn work(mut self, nodes: Vec<u32>) {
        self.own = nodes.into();
        if self.thread != Where::Lane {
            while let Some(node) = self.next() {
                self.start(node);
                self.go_on();
            }
            return;
        }
        let timing = self.run.around.plan.timing();
        let (is_timed, begun) = (timing.is_due(), Instant::now());
        let mut expected = Duration::ZERO;
        while let Some(node) = self.next() {
            let pace = self.run.around.plan.pace(node);
            match pace.certain().filter(|_| !is_timed) {
                Some(short) => {
                    expected += short;
                    self.start(node);
                }
                None => {
                    let begun = Instant::now();
                    if self.start(node) {
                        let took = begun.elapsed();
                        pace.record(took);
                        expected += took;
                    }
                }
            }
            self.go_on();
        }
        timing.record(begun.elapsed(), expected);
    }

    /// The node that runs here next.
    fn next(&mut self) -> Option<u32> {
        self.own.pop_front().or_else(|| self.offered.pop_front())
    }

    /// Starts a node here; `false` if it was not to be started.
    fn start(&mut self, node: u32) -> bool {
        let Some(start) = self.run.begin(node, &mut self.ready) else {
            return false;
        };
        if !self.has_begun && self.thread == Where::Lane {
            self.has_begun = true;
            self.run.has_begun.store(true, Ordering::Relaxed);
            self.run.around.app().counters().count_hop();
        }
        let plan = &self.run.around.plan;
        if let Where::Lane | Where::Cpu = plan.runs_on(node)
            && let Some(deadline) = plan.deadline(node)
        {
            self.run.board().post_deadline(node, deadline);
            self.run.wake();
        }
        let recording = self.run.around.ground.recording.as_ref();
        let observed = Observed::begin(recording, plan, node, self.crossing);
        let app = self.run.around.app();
        match node::start(app, plan, node, start, self.thread, observed) {
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
        true
    }

    /// Goes on with what became ready: what needs no thread first, then it offers the blocking nodes
    /// that would keep each other waiting to other threads.
    fn go_on(&mut self) {
        let mut computing = Vec::new();
        while let Some(node) = self.ready.pop() {
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
            send_cpu(self.run, node);
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
            Hop::new(self.run, vec![node], Where::Lane).send();
        }
    }

    fn is_short(&self, node: u32) -> bool {
        self.run.around.plan.pace(node).short().is_some()
    }
}
