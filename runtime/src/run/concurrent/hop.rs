//! A hop: a crossing to a thread of the lane, and what goes on there.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::task::Waker;
use std::time::Instant;

use super::Run;
use super::post::Ready;
use super::worker::Worker;
use crate::context::Context;
use crate::plan;
use crate::run::node::{Refused, Where};
use crate::run::observed::{self, Arrival};
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

/// Sends a node that any thread may begin that comes to it first.
pub(super) fn offer<C: Context>(run: &Arc<Run<C>>, node: u32) {
    Hop::new(run, vec![node], Where::Lane).send();
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
        let arrival = self.since.map(|since| {
            let number = run.hops.fetch_add(1, Ordering::Relaxed) + 1;
            Arrival::new(number, &nodes, since)
        });
        let work = || {
            Worker::new(&run, self.to, arrival).work(nodes);
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
