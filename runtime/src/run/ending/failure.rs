//! [`TeardownFailure`]: a teardown that failed before the answer has left.

use super::step::Trouble;
use crate::context::Context;
use crate::meta::Place;
use crate::plan::Plan;
use crate::unwind::{contain, discard};

/// A teardown that failed.
pub(in crate::run) struct TeardownFailure<C: Context> {
    pub(in crate::run) rejection: C::Rejection,
    node: &'static str,
    place: Place,
    text: String,
}

impl<C: Context> TeardownFailure<C> {
    /// What a teardown came to; `None`, and said in the log, if there is no rejection of it.
    pub(super) fn of(plan: &Plan<C>, node: u32, trouble: Trouble<C::Rejection>) -> Option<Self> {
        let (name, place, text) = (plan.name(node), plan.place(node), trouble.text());
        let rejection = match trouble {
            Trouble::Error(error) => Some(error.rejection),
            Trouble::Failure(failure) => contain(|| C::fail(failure)),
        };
        if rejection.is_none() {
            tracing::error!(node = name, %place, error = text, "a teardown failed");
        }
        Some(Self {
            rejection: rejection?,
            node: name,
            place,
            text,
        })
    }

    /// Says it in the log, where it is not what the request is answered with.
    pub(in crate::run) fn log(self) {
        let Self {
            rejection,
            node,
            place,
            text,
        } = self;
        tracing::error!(node, %place, error = text, "a teardown failed");
        discard(rejection);
    }
}
