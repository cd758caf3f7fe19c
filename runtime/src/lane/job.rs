//! [`LaneJob`]: one piece of work on its way to a thread.

use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::task::Waker;

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::time::Instant;

use super::current::{self, Current};
use super::pool::Job;
use crate::unwind::contain;

/// Work that returns whom to wake when the thread is free.
pub(super) type Work = Box<dyn FnOnce() -> Option<Waker> + Send>;

/// One piece of work, and what is set on the thread that does it. It is dropped unrun if there is no
/// thread for it, as its runtime would have it: with the runtime entered.
pub(super) struct LaneJob {
    work: Option<Work>,
    current: Option<Current>,
    runtime: Handle,
    still: Option<Still>,
}

impl LaneJob {
    pub(super) fn new(runtime: &Handle, current: Current, work: Work) -> Self {
        Self {
            work: Some(work),
            current: Some(current),
            runtime: runtime.clone(),
            still: Still::hold(runtime),
        }
    }
}

impl Job for LaneJob {
    fn work(mut self) -> Option<Waker> {
        let work = self.work.take()?;
        let _entered = self.runtime.enter();
        let waker = current::with(&mut self.current, || contain(work)).flatten();
        // It may be the last handle to an app, whose values may need the runtime when they are dropped.
        drop(self.current.take());
        if self.still.is_none() {
            return waker;
        }
        // Before the clock may go on.
        if let Some(waker) = waker {
            waker.wake();
        }
        None
    }
}

impl Drop for LaneJob {
    fn drop(&mut self) {
        if let Some(work) = self.work.take() {
            let _entered = self.runtime.enter();
            contain(|| drop(work));
        }
    }
}

/// A job that goes to whoever takes it first.
#[derive(Clone)]
pub(crate) struct Claim(Arc<Mutex<Option<LaneJob>>>);

impl Claim {
    pub(super) fn new(job: LaneJob) -> Self {
        Self(Arc::new(Mutex::new(Some(job))))
    }

    fn take(&self) -> Option<LaneJob> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Does the work, unless another thread has taken it.
    pub(crate) fn work(self) {
        let waker = self.take().and_then(Job::work);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

/// What waits in a queue.
pub(super) enum Entry {
    Job(LaneJob),
    Claim(Claim),
}

impl Job for Entry {
    fn work(self) -> Option<Waker> {
        match self {
            Self::Job(job) => job.work(),
            Self::Claim(claim) => claim.take()?.work(),
        }
    }
}

/// Keeps a clock that stands still, in tests, from being moved on while a job is not done: tokio moves
/// it on when its own threads have nothing to do, and knows nothing of ours. One of its own waits for
/// the job, and so it knows.
struct Still {
    _until: mpsc::Sender<()>,
}

impl Still {
    fn hold(runtime: &Handle) -> Option<Self> {
        // Other runtimes cannot pause their clock.
        if runtime.runtime_flavor() != RuntimeFlavor::CurrentThread || !stands_still() {
            return None;
        }
        let (until, done) = mpsc::channel::<()>();
        drop(runtime.spawn_blocking(move || done.recv()));
        Some(Self { _until: until })
    }
}

/// Whether the clock of tokio stands still: it does if it has not moved while the real one has.
fn stands_still() -> bool {
    let before = Instant::now();
    if Instant::now() != before {
        return false;
    }
    let real = std::time::Instant::now();
    while std::time::Instant::now() == real {}
    Instant::now() == before
}
