//! [`Watch`]: a thread that sees what no event tells: that nothing happens.
//!
//! It looks for stalls only while jobs wait for a thread, and otherwise, now and then, for work that
//! does not end. It ends with the last thread that it watches.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use super::sync::start_thread;
use super::{Entry, IDLE, Pool, Pools};

/// What watches the threads of an app.
pub(super) struct Watch {
    stall: Duration,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    told: Condvar,
    /// Whether there is a thread.
    is_there: AtomicBool,
    /// Whether it looks again soon, so that it need not be told of a crowd.
    is_close: AtomicBool,
}

#[derive(Default)]
struct State {
    is_there: bool,
    /// Whether somebody has seen a crowd since the thread has looked.
    is_told: bool,
}

impl Watch {
    pub(super) fn new(stall: Duration) -> Self {
        Self {
            stall,
            shared: Arc::default(),
        }
    }

    /// Has the threads watched, closely if jobs wait for one. To be called after a job was pushed: the
    /// thread takes a flag down before it looks, so either it sees the job or this sees the flag down.
    pub(super) fn attend(&self, pools: &Arc<Pools>, is_crowded: bool) {
        let shared = &self.shared;
        let is_seen = !is_crowded || shared.is_close.load(Ordering::SeqCst);
        if is_seen && shared.is_there.load(Ordering::SeqCst) {
            return;
        }
        let mut state = shared.state();
        state.is_told |= is_crowded;
        if state.is_there {
            shared.told.notify_one();
            return;
        }
        let (watch, pools, stall) = (Arc::clone(shared), Arc::downgrade(pools), self.stall);
        // Without a thread nothing is watched until the next job comes.
        state.is_there = start_thread("hueless-watch", move || watch.live(&pools, stall)).is_ok();
        shared.is_there.store(state.is_there, Ordering::SeqCst);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.shared.told.notify_one();
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn live(&self, pools: &Weak<Pools>, stall: Duration) {
        let mut crowds = [None; 3];
        while let Some(pools) = pools.upgrade() {
            self.is_close.store(false, Ordering::SeqCst);
            for (pool, crowd) in pools.all().into_iter().zip(&mut crowds) {
                *crowd = look(pool, *crowd, stall);
            }
            let is_crowded = crowds.iter().any(Option::is_some);
            let next = pools.desks.name_stuck().min(IDLE);
            if !pools.have_threads() && self.goes(&pools) {
                return;
            }
            drop(pools);
            self.sleep(is_crowded, if is_crowded { stall } else { next });
        }
    }

    fn sleep(&self, is_crowded: bool, time: Duration) {
        let mut state = self.state();
        if !std::mem::take(&mut state.is_told) || is_crowded {
            self.is_close.store(is_crowded, Ordering::SeqCst);
            let waited = self.told.wait_timeout(state, time);
            drop(waited.unwrap_or_else(PoisonError::into_inner));
        }
    }

    /// Whether the watch may go: no thread has come before it said that it does.
    fn goes(&self, pools: &Pools) -> bool {
        let mut state = self.state();
        self.is_there.store(false, Ordering::SeqCst);
        state.is_there = pools.have_threads();
        self.is_there.store(state.is_there, Ordering::SeqCst);
        !state.is_there
    }
}

/// That jobs wait for a thread.
#[derive(Debug, Clone, Copy)]
struct Crowd {
    /// How many jobs had ended.
    ended: u64,
    /// Since when no other one has.
    since: Instant,
}

/// Looks at a pool, and lets one more thread work if nothing has happened for `stall`.
fn look(pool: &Pool<Entry>, before: Option<Crowd>, stall: Duration) -> Option<Crowd> {
    let stalled = before.filter(|crowd| crowd.since.elapsed() >= stall);
    let ended = pool.look_for_stall(stalled.map(|crowd| crowd.ended))?.ended;
    match before {
        Some(crowd) if crowd.ended == ended && stalled.is_none() => Some(crowd),
        _ => Some(Crowd {
            ended,
            since: Instant::now(),
        }),
    }
}
