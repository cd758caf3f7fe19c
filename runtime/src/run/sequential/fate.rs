//! [`Fate`]: what teardowns are told.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::outcome::Outcome;

/// What teardowns are told: what the request was answered with, or else how the handler ended.
#[derive(Debug, Default)]
pub(super) struct Fate(Mutex<Option<Outcome>>);

impl Fate {
    /// The handler has ended, or nobody knows where a thread was.
    pub(super) fn ended(&self, outcome: Outcome) {
        self.known().get_or_insert(outcome);
    }

    /// The request is answered.
    pub(super) fn answered(&self, outcome: Outcome) {
        *self.known() = Some(outcome);
    }

    /// A request that nobody answered was given up.
    pub(super) fn outcome(&self) -> Outcome {
        self.known().unwrap_or(Outcome::Cancelled)
    }

    fn known(&self) -> MutexGuard<'_, Option<Outcome>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
