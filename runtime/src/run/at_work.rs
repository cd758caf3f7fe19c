//! [`AtWork`]: the threads that work for a run, which are counted when nobody waits for them any more.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::app::Counters;

/// The threads that work for a run.
#[derive(Debug, Default)]
pub(super) struct AtWork(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    threads: usize,
    /// Whether nobody waits for them any more.
    is_abandoned: bool,
}

impl AtWork {
    /// A thread works until the guard is dropped.
    pub(super) fn arrive<'run>(&'run self, counters: &'run Counters) -> Arrived<'run> {
        let mut state = self.state();
        state.threads += 1;
        if state.is_abandoned {
            counters.count_past_cancellation(1);
        }
        Arrived {
            at_work: self,
            counters,
        }
    }

    /// Nobody waits any more.
    pub(super) fn abandon(&self, counters: &Counters) {
        let mut state = self.state();
        if !std::mem::replace(&mut state.is_abandoned, true) {
            counters.count_past_cancellation(state.threads);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// That a thread works.
pub(super) struct Arrived<'run> {
    at_work: &'run AtWork,
    counters: &'run Counters,
}

impl Drop for Arrived<'_> {
    fn drop(&mut self) {
        let mut state = self.at_work.state();
        state.threads -= 1;
        if state.is_abandoned {
            self.counters.count_ended_past_cancellation();
        }
    }
}
