//! [`Refused`]: a node that failed.

use crate::context::Context;
use crate::failure::{Failure, Timed};
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::timer::Rings;
use crate::unwind::discard;

/// A node that failed. Small, for it is moved often where it is not there.
pub(in crate::run) struct Refused<C: Context>(Box<Refusal<C>>);

struct Refusal<C: Context> {
    rejection: C::Rejection,
    /// What teardowns are told if this is what the request is rejected for.
    outcome: Outcome,
}

impl<C: Context> Refused<C> {
    fn new(rejection: C::Rejection, outcome: Outcome) -> Self {
        Self(Box::new(Refusal { rejection, outcome }))
    }

    pub(in crate::run) fn failed(rejection: C::Rejection) -> Self {
        Self::new(rejection, Outcome::Failed)
    }

    /// What teardowns are told if this is what the request is rejected for.
    pub(in crate::run) fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    pub(in crate::run) fn into_parts(self) -> (C::Rejection, Outcome) {
        (self.0.rejection, self.0.outcome)
    }

    pub(in crate::run) fn panicked(plan: &Plan<C>, node: u32) -> Self {
        let failure = Failure::panicked(plan.name(node));
        Self::new(C::fail(failure), Outcome::Panicked)
    }

    /// The node took too long, or nobody can tell; `None` where a limit was not asked for that cannot
    /// be told.
    pub(in crate::run) fn overdue(plan: &Plan<C>, node: u32, rings: Rings) -> Option<Self> {
        let limit = plan.time_limit(node)?;
        let failure = match (rings, limit.what) {
            (Rings::InTime, what) => Failure::timed_out(what, plan.name(node), limit.timeout),
            (Rings::ForWantOfATimer, Timed::Body) => return None,
            (Rings::ForWantOfATimer, _) => Failure::no_timer(plan.name(node)),
        };
        Some(Self::failed(C::fail(failure)))
    }

    /// Says in the log that it is not what the request is rejected for.
    pub(in crate::run) fn go_unreported(self, plan: &Plan<C>, node: u32) {
        tracing::warn!(
            node = plan.name(node),
            "a node failed, but an earlier one did too or the request was answered without it"
        );
        discard(self);
    }
}
