//! [`Pool`]: threads that work on the jobs of a [queue](super::queue).
//!
//! 1. The lock is held for a change of the queue and for nothing else: no job is run, dropped or
//!    woken under it.
//! 2. A thread takes its next job, or is known to be free, before it wakes whoever waits for the last
//!    one: who is woken finds the thread free, and does not start another one.
//! 3. Threads hold what they share with the pool, not the pool: when that is dropped they end, each
//!    after its job.

use std::task::Waker;
use std::time::Duration;

use super::queue::{Call, Limits, Next, Queue, Standing};
use super::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, start_thread};

/// What a thread works on.
pub(super) trait Job: Send + 'static {
    /// Works. Returns whom to wake, last of all.
    fn work(self) -> Option<Waker>;
}

/// Threads of its own, and the jobs for them.
pub(super) struct Pool<J: Job> {
    shared: Arc<Shared<J>>,
}

struct Shared<J> {
    state: Mutex<State<J>>,
    /// Told when a parked thread is called, or has to end.
    called: Condvar,
    name: &'static str,
    /// How long a thread stays without work.
    idle: Duration,
}

struct State<J> {
    queue: Queue<J>,
    /// Whether threads end when they have nothing to do, and do not wait for more.
    is_closing: bool,
}

impl<J: Job> Pool<J> {
    /// A pool without a thread yet. They are named `name`.
    pub(super) fn new(name: &'static str, limits: Limits, idle: Duration) -> Self {
        let state = State {
            queue: Queue::new(limits),
            is_closing: false,
        };
        Self {
            shared: Arc::new(Shared {
                state: Mutex::new(state),
                called: Condvar::new(),
                name,
                idle,
            }),
        }
    }

    /// Has a thread work on a job; one of what `has_begun` comes first. Returns whether somebody has to
    /// [look for a stall](Self::look_for_stall): jobs wait, or will, because as many threads work as may.
    pub(super) fn push(&self, job: J, has_begun: bool) -> bool {
        let mut state = self.shared.state();
        let call = state.queue.push(job, has_begun);
        let is_crowded = state.queue.is_crowded();
        drop(state);
        let is_made = self.shared.make(call);
        is_crowded || !is_made
    }

    /// Lets one more thread work if jobs wait and none has ended since `ended` had. Returns how it
    /// stands with the pool if somebody has to look again.
    pub(super) fn look_for_stall(&self, ended: Option<u64>) -> Option<Standing> {
        let mut state = self.shared.state();
        let call = ended.map_or(Call::Nobody, |ended| state.queue.stalled(ended));
        let (is_crowded, standing) = (state.queue.is_crowded(), state.queue.standing());
        drop(state);
        let is_made = self.shared.make(call);
        (is_crowded || !is_made).then_some(standing)
    }

    pub(super) fn standing(&self) -> Standing {
        self.shared.state().queue.standing()
    }

    /// Has threads end as soon as they have nothing to do. Others are started for what comes later.
    pub(super) fn close(&self) {
        self.shared.state().is_closing = true;
        self.shared.called.notify_all();
    }
}

impl<J: Job> Drop for Pool<J> {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        state.is_closing = true;
        let jobs = state.queue.clear();
        drop(state);
        self.shared.called.notify_all();
        drop(jobs);
    }
}

impl<J: Job> Shared<J> {
    fn state(&self) -> MutexGuard<'_, State<J>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a call that was decided under the lock. Returns whether that was possible.
    fn make(self: &Arc<Self>, call: Call) -> bool {
        match call {
            Call::Nobody | Call::Hear => {}
            Call::Wake => self.called.notify_one(),
            Call::Start => {
                let shared = Arc::clone(self);
                if start_thread(self.name, move || shared.live()).is_err() {
                    let (call, jobs) = self.state().queue.cannot_start();
                    // To somebody who is parked, if at all.
                    self.make(call);
                    drop(jobs);
                    return false;
                }
            }
        }
        true
    }

    /// What a thread does from its start to its end.
    fn live(self: Arc<Self>) {
        let mut next = self.state().queue.look();
        loop {
            next = match next {
                Next::Work(job, call) => {
                    self.make(call);
                    let waker = job.work();
                    let next = self.state().queue.end();
                    if let Some(waker) = waker {
                        waker.wake();
                    }
                    next
                }
                Next::Park => match self.park() {
                    Some(next) => next,
                    None => return,
                },
            };
        }
    }

    /// Waits to be called; `None` if that takes too long or the pool closes.
    fn park(&self) -> Option<Next<J>> {
        let mut state = self.state();
        let mut is_called = state.queue.wait();
        loop {
            if is_called {
                return Some(state.queue.look());
            }
            if state.is_closing {
                state.queue.leave();
                return None;
            }
            let waited = self.called.wait_timeout(state, self.idle);
            let (woken, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
            state = woken;
            if timeout.timed_out() && !state.queue.is_called() {
                state.queue.leave();
                return None;
            }
            is_called = state.queue.answer();
        }
    }
}
