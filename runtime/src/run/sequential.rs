//! The sequential executor: one node after another, in declaration order.
//!
//! What handlers marked `sequential` run on, and the reference: with nothing overlapping there is
//! nothing to get wrong. Blocking nodes that stand beside each other still share a hop.

use std::sync::Arc;

use tokio::sync::oneshot;

use super::node::{self, Start, Started, Where, discard};
use super::{RootCode, Shared};
use crate::cancellation::Cancellation;
use crate::context::Context;
use crate::lifetime::Value;
use crate::plan::{Inputs, Outcome};

/// Resolves a plan; see [`resolve`](super::resolve).
pub(super) async fn resolve<C: Context>(
    shared: Shared<C>,
    code: RootCode<C>,
) -> Result<Value, C::Rejection> {
    let given_up = Cancellation::new();
    let _give_up = CancelOnDrop(given_up.clone());
    let mut run = Box::new(Run {
        values: std::iter::repeat_with(|| None)
            .take(shared.plan.len())
            .collect(),
        cut: shared.plan.root() + 1,
        position: 0,
        rejection: None,
        root_code: Some(code),
        given_up,
        shared: Arc::new(shared),
    });
    while let Some(node) = run.next() {
        match run.shared.plan.place(node) {
            Where::InPlace | Where::Executor => {
                let start = run.begin(node);
                let outcome = match node::start(&run.shared, node, start) {
                    Started::Done(outcome) => outcome,
                    Started::Waits(future) => node::wait(&run.shared.plan, node, future).await,
                };
                run.end(node, outcome);
            }
            place @ (Where::Lane | Where::Cpu) => run = run.hop(place).await?,
        }
    }
    run.finish()
}

struct Run<C: Context> {
    shared: Arc<Shared<C>>,
    /// By node.
    values: Vec<Option<Value>>,
    /// The first failed node in declaration order.
    cut: u32,
    /// Where in the plan's schedule the run has come to.
    position: usize,
    rejection: Option<C::Rejection>,
    root_code: Option<RootCode<C>>,
    given_up: Cancellation,
}

impl<C: Context> Run<C> {
    /// The next node to start. What stands after a failed one is passed over.
    fn next(&mut self) -> Option<u32> {
        let schedule = self.shared.plan.schedule();
        while let Some(&node) = schedule.get(self.position) {
            if node < self.cut {
                return Some(node);
            }
            self.position += 1;
        }
        None
    }

    fn begin(&mut self, node: u32) -> Start<C> {
        self.position += 1;
        let plan = &self.shared.plan;
        let mut values = Vec::with_capacity(plan.inputs(node).len());
        for &input in plan.inputs(node) {
            let kept = &mut self.values[input as usize];
            values.extend(kept.as_ref().and_then(Value::share).or_else(|| kept.take()));
        }
        Start {
            inputs: Inputs::new(values),
            root: if node == plan.root() {
                self.root_code.take()
            } else {
                None
            },
            cancellation: Some(self.given_up.clone()),
        }
    }

    fn end(&mut self, node: u32, outcome: Outcome<C>) {
        match outcome {
            Ok(value) => self.values[node as usize] = Some(value),
            Err(rejection) => {
                // Nodes run only before the cut, so this one is the first in declaration order.
                discard(self.rejection.replace(rejection));
                self.cut = node;
            }
        }
    }

    /// Runs the next node, and those of its kind that follow it, on a thread.
    async fn hop(self: Box<Self>, place: Where) -> Result<Box<Self>, C::Rejection> {
        let shared = Arc::clone(&self.shared);
        let (back, arrived) = oneshot::channel();
        let job = move || {
            let mut run = self;
            if place == Where::Lane {
                run.shared.app.counters().count_hop();
            }
            let shared = Arc::clone(&run.shared);
            shared.scope.run(|| run.go_on(place));
            // Where nobody waits any more, the run ends here.
            drop(back.send(run));
        };
        match place {
            Where::Cpu => shared.lane.send_cpu(job),
            _ => shared.lane.send(job),
        }
        arrived.await.map_err(|_| C::fail(shared.lane.why_not()))
    }

    fn go_on(&mut self, place: Where) {
        while let Some(node) = self.next() {
            let here = self.shared.plan.place(node);
            if self.given_up.is_cancelled() || !(here == place || here == Where::InPlace) {
                break;
            }
            let start = self.begin(node);
            if let Started::Done(outcome) = node::start(&self.shared, node, start) {
                self.end(node, outcome);
            }
        }
    }

    fn finish(&mut self) -> Result<Value, C::Rejection> {
        let root = self.shared.plan.root() as usize;
        match (self.rejection.take(), self.values[root].take()) {
            (None, Some(value)) => Ok(value),
            (Some(rejection), _) => Err(rejection),
            (None, None) => Err(C::fail(crate::failure::Failure::abandoned())),
        }
    }
}

impl<C: Context> Drop for Run<C> {
    /// A value goes before those it was made from.
    fn drop(&mut self) {
        while let Some(value) = self.values.pop() {
            discard(value);
        }
    }
}

/// Tells a node that runs on a thread that its request was given up.
struct CancelOnDrop(Cancellation);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
