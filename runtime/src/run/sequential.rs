//! The sequential executor: one node after another, in declaration order.
//!
//! What handlers marked `sequential` run on, and the reference: with nothing overlapping there is
//! nothing to get wrong. Blocking nodes that stand beside each other still share a hop.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

use super::node::{self, Start, Started, Where};
use super::values::Values;
use super::{Request, RootCode};
use crate::app::App;
use crate::cancellation::Cancellation;
use crate::context::Context;
use crate::failure::Failure;
use crate::lane::Lane;
use crate::lifetime::Value;
use crate::plan::{Code, NodeResult, Plan, SharedContext};
use crate::scope::Scope;
use crate::unwind::{Contained, discard};

/// Resolves a plan; see [`resolve`](super::resolve).
pub(super) async fn resolve<C: Context>(
    request: Request<C>,
    code: RootCode<C>,
) -> Result<Value, C::Rejection> {
    let given_up = CancellationToken::new();
    let give_up = given_up.clone().drop_guard();
    let mut run = Box::new(Run::new(request, code, given_up));
    while let Some(node) = run.next() {
        match run.plan.runs_on(node) {
            Where::InPlace | Where::Executor => {
                let start = run.begin(node);
                let result = match node::start(&run.app, &run.plan, node, start) {
                    Started::Done(result) => result,
                    Started::Waits(future) => node::wait(&run.plan, node, future).await,
                };
                run.end(node, result);
            }
            thread @ (Where::Lane | Where::Cpu) => run = run.hop(thread).await?,
        }
    }
    let result = run.finish();
    if result.is_ok() {
        // The request is not given up: whoever took a token may keep it.
        give_up.disarm();
    }
    result
}

struct Run<C: Context> {
    app: App,
    plan: Arc<Plan<C>>,
    scope: Arc<Scope>,
    lane: Lane,
    values: Values,
    context: Contained<SharedContext<C>>,
    root_code: Contained<RootCode<C>>,
    /// The first failed node in declaration order.
    cut: u32,
    /// That of the node at the cut.
    rejection: Contained<C::Rejection>,
    /// Where in the plan's schedule the run has come to.
    position: usize,
    given_up: CancellationToken,
}

impl<C: Context> Run<C> {
    fn new(request: Request<C>, code: RootCode<C>, given_up: CancellationToken) -> Self {
        let Request {
            app,
            plan,
            context,
            scope,
            lane,
        } = request;
        Self {
            app,
            scope: Arc::new(scope),
            lane,
            values: Values::none(&plan),
            context: plan.share(context),
            root_code: Contained::new(code),
            cut: plan.root() + 1,
            rejection: Contained::empty(),
            position: 0,
            given_up,
            plan,
        }
    }

    /// The next node to start. What stands after a failed one is passed over.
    fn next(&mut self) -> Option<u32> {
        while let Some(&node) = self.plan.schedule().get(self.position) {
            if node < self.cut {
                return Some(node);
            }
            self.position += 1;
        }
        None
    }

    fn begin(&mut self, node: u32) -> Start<C> {
        self.position += 1;
        Start {
            inputs: self.values.inputs(&self.plan, node),
            root: if node == self.plan.root() {
                self.root_code.take()
            } else {
                None
            },
            context: self.context.as_ref().cloned(),
            cancellation: matches!(self.plan.code(node), Code::Cancellation(_))
                .then(|| Cancellation::from(self.given_up.child_token())),
        }
    }

    fn end(&mut self, node: u32, result: NodeResult<C>) {
        match result {
            Ok(value) => self.values.set(node, value),
            Err(rejection) => {
                // Nodes run only before the cut, so this one is the first in declaration order.
                discard(self.rejection.replace(rejection));
                self.cut = node;
            }
        }
    }

    /// Runs the next node, and those of its kind that follow it, on a thread.
    async fn hop(self: Box<Self>, thread: Where) -> Result<Box<Self>, C::Rejection> {
        let lane = self.lane.clone();
        let (back, arrived) = oneshot::channel();
        // It may be long until a thread is free. Until then the run is held here, so that it ends
        // when nobody waits for it any more.
        let waiting = Arc::new(Mutex::new(Some(self)));
        let boarding = Arc::downgrade(&waiting);
        let job = move || {
            let Some(mut run) = boarding.upgrade().and_then(|waiting| take(&waiting)) else {
                return;
            };
            if thread == Where::Lane {
                run.app.counters().count_hop();
            }
            let scope = Arc::clone(&run.scope);
            scope.run(|| run.go_on(thread));
            // Where nobody waits any more, the run ends here.
            drop(back.send(run));
        };
        match thread {
            Where::Cpu => lane.send_cpu(job),
            _ => lane.send(job),
        }
        let arrived = arrived.await;
        drop(waiting);
        arrived.map_err(|_| C::fail(lane.why_not()))
    }

    fn go_on(&mut self, thread: Where) {
        while let Some(node) = self.next() {
            let runs_on = self.plan.runs_on(node);
            let runs_here = runs_on == thread || runs_on == Where::InPlace;
            if self.given_up.is_cancelled() || !runs_here {
                break;
            }
            let start = self.begin(node);
            let result = match node::start(&self.app, &self.plan, node, start) {
                Started::Done(result) => result,
                // Only what is async waits, and that does not run here.
                Started::Waits(_) => Err(C::fail(Failure::internal(self.plan.name(node)))),
            };
            self.end(node, result);
        }
    }

    fn finish(&mut self) -> Result<Value, C::Rejection> {
        let root = self.plan.root();
        match (self.rejection.take(), self.values.take(root)) {
            (Some(rejection), _) => Err(rejection),
            (None, Some(value)) => Ok(value),
            (None, None) => Err(C::fail(Failure::internal(self.plan.name(root)))),
        }
    }
}

fn take<T>(waiting: &Mutex<Option<T>>) -> Option<T> {
    waiting
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take()
}
