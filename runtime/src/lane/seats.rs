//! [`Seats`]: the rights of requests to a thread. What waits for one holds nothing, so it can keep
//! nobody waiting.
//!
//! 1. A run takes its seat before its first node that could hold anything, and gives it back when its
//!    last node and its last teardown before the response are done, wherever those run.
//! 2. Seats are given in the order in which they were asked for. Who goes away leaves its place.
//! 3. Work that a run starts and waits for runs on its own seat: it needs no second one.

use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::job::Claim;
use crate::failure::Failure;
use crate::timer::within;

/// The seats of an app.
#[derive(Debug)]
pub(super) struct Seats {
    free: Arc<Semaphore>,
    all: usize,
    waiting: AtomicUsize,
    may_wait: usize,
    wait_at_most: Duration,
    overloads: AtomicU64,
}

impl Seats {
    pub(super) fn new(all: usize, may_wait: usize, wait_at_most: Duration) -> Self {
        Self {
            free: Arc::new(Semaphore::new(all)),
            all,
            waiting: AtomicUsize::new(0),
            may_wait,
            wait_at_most,
            overloads: AtomicU64::new(0),
        }
    }

    /// A seat, if one is free.
    pub(super) fn take_now(&self) -> Option<Seat> {
        let permit = Arc::clone(&self.free).try_acquire_owned();
        permit.ok().map(Seat::new)
    }

    /// Takes a seat, when those who came before have theirs.
    ///
    /// # Errors
    ///
    /// Too many wait already, or it takes too long.
    pub(super) async fn take(&self, name: &'static str) -> Result<Seat, Failure> {
        if let Some(seat) = self.take_now() {
            return Ok(seat);
        }
        let Some(_waiting) = Waiting::join(&self.waiting, self.may_wait) else {
            return Err(self.overloaded(name));
        };
        match within(self.wait_at_most, Arc::clone(&self.free).acquire_owned()).await {
            // The semaphore is never closed.
            Some(Ok(permit)) => Ok(Seat::new(permit)),
            Some(Err(_)) | None => Err(self.overloaded(name)),
        }
    }

    fn overloaded(&self, name: &'static str) -> Failure {
        self.overloads.fetch_add(1, Ordering::Relaxed);
        Failure::overloaded(format!("a seat, to run `{name}`"))
    }

    pub(super) fn in_use(&self) -> usize {
        self.all - self.free.available_permits()
    }

    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    pub(super) fn overloads(&self) -> u64 {
        self.overloads.load(Ordering::Relaxed)
    }
}

/// A place among those who wait.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn join(waiting: &'a AtomicUsize, most: usize) -> Option<Self> {
        let one_more = |before: usize| (before < most).then_some(before + 1);
        waiting
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more)
            .ok()?;
        Some(Self(waiting))
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The right of a request to a thread, held by all that works for it.
#[derive(Clone)]
pub(crate) struct Seat(Arc<Inner>);

struct Inner {
    _permit: OwnedSemaphorePermit,
    help: Mutex<Help>,
}

/// What threads of the seat can do that wait in `block_on`.
#[derive(Default)]
struct Help {
    helpers: usize,
    /// Jobs for which no thread is free.
    jobs: VecDeque<Claim>,
    wakers: Vec<Waker>,
}

impl Seat {
    fn new(permit: OwnedSemaphorePermit) -> Self {
        Self(Arc::new(Inner {
            _permit: permit,
            help: Mutex::default(),
        }))
    }

    /// Whether a thread of the seat waits in `block_on`.
    pub(super) fn has_helpers(&self) -> bool {
        self.help().helpers > 0
    }

    /// Leaves a job to a thread that waits in `block_on`, unless another one takes it first.
    pub(super) fn offer(&self, job: Claim) {
        let mut help = self.help();
        if help.helpers == 0 {
            // It has just gone; the job waits for a thread.
            return;
        }
        help.jobs.push_back(job);
        let wakers = std::mem::take(&mut help.wakers);
        drop(help);
        for waker in wakers {
            waker.wake();
        }
    }

    /// A thread waits in `block_on` for as long as the guard lives.
    pub(crate) fn help_out(&self) -> Helper {
        self.help().helpers += 1;
        Helper(self.clone())
    }

    fn help(&self) -> MutexGuard<'_, Help> {
        self.0.help.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Seat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Seat").finish_non_exhaustive()
    }
}

/// That a thread of a seat waits, and can work meanwhile.
pub(crate) struct Helper(Seat);

impl Helper {
    /// The next job that no thread has taken; has the waker woken when there is one.
    pub(crate) fn next(&self, waker: &Waker) -> Option<Claim> {
        let mut help = self.0.help();
        let job = help.jobs.pop_front();
        if job.is_none() && !help.wakers.iter().any(|known| known.will_wake(waker)) {
            help.wakers.push(waker.clone());
        }
        job
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        let mut help = self.0.help();
        help.helpers -= 1;
        if help.helpers == 0 {
            // They wait for a thread as well.
            let (jobs, wakers) = (
                std::mem::take(&mut help.jobs),
                std::mem::take(&mut help.wakers),
            );
            drop(help);
            drop((jobs, wakers));
        }
    }
}
