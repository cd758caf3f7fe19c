//! [`Pool`]: threads that work on the jobs of a [queue](super::queue).
//!
//! 1. The lock is held for a change of the queue and for nothing else: no job is run, dropped or
//!    woken under it.
//! 2. A thread takes its next job, or is known to be free, before it wakes whoever waits for the last
//!    one: who is woken finds the thread free, and does not start another one.
//! 3. Of the threads that wait the last one is called that has begun to: what it needs is still at hand, and
//!    those that are too many are left alone until they end.
//! 4. Threads hold what they share with the pool, not the pool: when that is dropped they end, each
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
    name: &'static str,
    /// How long a thread stays without work.
    idle: Duration,
}

struct State<J> {
    queue: Queue<J>,
    /// The threads that wait, by what each of them is told by when it is called or has to end. The last
    /// one has begun last.
    waiting: Vec<Arc<Condvar>>,
    /// Whether threads end when they have nothing to do, and do not wait for more.
    is_closing: bool,
}

/// Who looks for a job when one is called.
enum Called {
    Nobody,
    Waiting(Arc<Condvar>),
    /// A thread that is to be started.
    New,
}

impl<J> State<J> {
    /// Whom a call is for. Nobody has to be told if those who wait have all been told before: one of them
    /// hears of this call, too.
    fn called(&mut self, call: Call) -> Called {
        match call {
            Call::Nobody | Call::Hear => Called::Nobody,
            Call::Wake => self.waiting.pop().map_or(Called::Nobody, Called::Waiting),
            Call::Start => Called::New,
        }
    }

    /// What a thread does next, and who is called before.
    fn after(&mut self, next: Next<J>) -> (Option<J>, Called) {
        match next {
            Next::Work(job, call) => (Some(job), self.called(call)),
            Next::Park => (None, Called::Nobody),
        }
    }

    /// Has threads end that have nothing to do. Returns those who have to be told.
    fn close(&mut self) -> Vec<Arc<Condvar>> {
        self.is_closing = true;
        std::mem::take(&mut self.waiting)
    }

    fn look(&mut self) -> (Option<J>, Called) {
        let next = self.queue.look();
        self.after(next)
    }

    fn end(&mut self) -> (Option<J>, Called) {
        let next = self.queue.end();
        self.after(next)
    }
}

impl<J: Job> Pool<J> {
    /// A pool without a thread yet. They are named `name`.
    pub(super) fn new(name: &'static str, limits: Limits, idle: Duration) -> Self {
        let state = State {
            queue: Queue::new(limits),
            waiting: Vec::new(),
            is_closing: false,
        };
        Self {
            shared: Arc::new(Shared {
                state: Mutex::new(state),
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
        let called = state.called(call);
        let is_crowded = state.queue.is_crowded();
        drop(state);
        let is_made = self.shared.make(called);
        is_crowded || !is_made
    }

    /// Lets one more thread work if jobs wait and none has ended since `ended` had. Returns how it
    /// stands with the pool if somebody has to look again.
    pub(super) fn look_for_stall(&self, ended: Option<u64>) -> Option<Standing> {
        let mut state = self.shared.state();
        let call = ended.map_or(Call::Nobody, |ended| state.queue.stalled(ended));
        let called = state.called(call);
        let (is_crowded, standing) = (state.queue.is_crowded(), state.queue.standing());
        drop(state);
        let is_made = self.shared.make(called);
        (is_crowded || !is_made).then_some(standing)
    }

    pub(super) fn standing(&self) -> Standing {
        self.shared.state().queue.standing()
    }

    /// Has threads end as soon as they have nothing to do. Others are started for what comes later.
    pub(super) fn close(&self) {
        let waiting = self.shared.state().close();
        tell(waiting);
    }
}

impl<J: Job> Drop for Pool<J> {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        let waiting = state.close();
        let jobs = state.queue.clear();
        drop(state);
        tell(waiting);
        drop(jobs);
    }
}

/// Has threads see that the pool closes.
fn tell(waiting: Vec<Arc<Condvar>>) {
    for thread in waiting {
        thread.notify_one();
    }
}

impl<J: Job> Shared<J> {
    fn state(&self) -> MutexGuard<'_, State<J>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a call that was decided under the lock. Returns whether that was possible.
    fn make(self: &Arc<Self>, called: Called) -> bool {
        match called {
            Called::Nobody => {}
            Called::Waiting(thread) => thread.notify_one(),
            Called::New => {
                let shared = Arc::clone(self);
                if start_thread(self.name, move || shared.live()).is_err() {
                    let mut state = self.state();
                    let (call, jobs) = state.queue.cannot_start();
                    // To somebody who is parked, if at all.
                    let called = state.called(call);
                    drop(state);
                    self.make(called);
                    drop(jobs);
                    return false;
                }
            }
        }
        true
    }

    /// What a thread does from its start to its end.
    fn live(self: Arc<Self>) {
        let own = Arc::new(Condvar::new());
        let mut next = self.state().look();
        loop {
            let (job, called) = next;
            self.make(called);
            next = match job {
                Some(job) => {
                    let waker = job.work();
                    let next = self.state().end();
                    if let Some(waker) = waker {
                        waker.wake();
                    }
                    next
                }
                None => match self.park(&own) {
                    Some(next) => next,
                    None => return,
                },
            };
        }
    }

    /// Waits to be called; `None` if that takes too long or the pool closes.
    fn park(&self, own: &Arc<Condvar>) -> Option<(Option<J>, Called)> {
        let mut state = self.state();
        let mut is_called = state.queue.wait();
        loop {
            if is_called {
                return Some(state.look());
            }
            if state.is_closing {
                state.queue.leave();
                return None;
            }
            state.waiting.push(Arc::clone(own));
            let waited = own.wait_timeout(state, self.idle);
            let (woken, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
            state = woken;
            // Unless it was told, it is still there.
            let position = state.waiting.iter().rposition(|one| Arc::ptr_eq(one, own));
            if let Some(position) = position {
                state.waiting.remove(position);
            }
            if timeout.timed_out() && !state.queue.is_called() {
                state.queue.leave();
                return None;
            }
            is_called = state.queue.answer();
        }
    }
}
