//! Jobs that are counted, and what they wait for.

use std::sync::{Mutex as Ledger, MutexGuard as LedgerGuard};
use std::task::Waker;
use std::time::Duration;

use shuttle::thread::{self, JoinHandle};

use crate::pool::{Job, Pool};
use crate::queue::Limits;
use crate::sync::{Arc, Condvar, Mutex, PoisonError};
use crate::world;

/// A pool of counted jobs.
pub(crate) fn pool(threads: usize, most: usize) -> Pool<Counted> {
    Pool::new("lane", Limits { threads, most }, Duration::from_secs(10))
}

/// What has become of the jobs.
#[derive(Clone, Default)]
pub(crate) struct Tally(Arc<Ledger<Counts>>);

#[derive(Default)]
struct Counts {
    pushed: usize,
    /// The jobs that ran, in the order in which they began.
    begun: Vec<usize>,
    ended: usize,
    dropped: usize,
    working: usize,
    most_working: usize,
}

impl Tally {
    /// A job that runs this, and returns whom to wake then.
    pub(crate) fn job(&self, work: impl FnOnce() -> Option<Waker> + Send + 'static) -> Counted {
        let mut counts = self.counts();
        counts.pushed += 1;
        Counted {
            number: counts.pushed - 1,
            tally: self.clone(),
            work: Some(Box::new(work)),
        }
    }

    /// A job that is done at once.
    pub(crate) fn short(&self) -> Counted {
        self.job(|| None)
    }

    /// A job that waits until the gate is open.
    pub(crate) fn waits_for(&self, gate: &Gate) -> Counted {
        let gate = gate.clone();
        self.job(move || {
            gate.pass();
            None
        })
    }

    /// A job that opens the gate.
    pub(crate) fn opens(&self, gate: &Gate) -> Counted {
        let gate = gate.clone();
        self.job(move || {
            gate.open();
            None
        })
    }

    /// The jobs that ran, by number, in the order in which they began. They are numbered as they were
    /// made.
    pub(crate) fn begun(&self) -> Vec<usize> {
        self.counts().begun.clone()
    }

    pub(crate) fn ended(&self) -> usize {
        self.counts().ended
    }

    /// How many were dropped and never ran.
    pub(crate) fn dropped(&self) -> usize {
        self.counts().dropped
    }

    pub(crate) fn most_working(&self) -> usize {
        self.counts().most_working
    }

    /// Fails unless every job ran to its end, once.
    pub(crate) fn all_ran(&self) {
        let counts = self.counts();
        let mut begun = counts.begun.clone();
        begun.sort_unstable();
        assert_eq!(begun, (0..counts.pushed).collect::<Vec<_>>());
        assert_eq!((counts.ended, counts.dropped), (counts.pushed, 0));
    }

    /// Fails unless every job ran to its end or was dropped, one of both, once.
    pub(crate) fn all_ran_or_dropped(&self) {
        let counts = self.counts();
        assert_eq!(counts.ended, counts.begun.len());
        assert_eq!(counts.ended + counts.dropped, counts.pushed);
    }

    fn counts(&self) -> LedgerGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A job of a [`Tally`].
pub(crate) struct Counted {
    number: usize,
    tally: Tally,
    work: Option<Box<dyn FnOnce() -> Option<Waker> + Send>>,
}

impl Job for Counted {
    fn work(mut self) -> Option<Waker> {
        world::must_hold_no_lock();
        let work = self.work.take()?;
        {
            let mut counts = self.tally.counts();
            counts.begun.push(self.number);
            counts.working += 1;
            counts.most_working = counts.most_working.max(counts.working);
        }
        world::others_may_go_on();
        let waker = work();
        let mut counts = self.tally.counts();
        counts.working -= 1;
        counts.ended += 1;
        drop(counts);
        waker
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        if self.work.is_some() && !thread::panicking() {
            world::must_hold_no_lock();
            self.tally.counts().dropped += 1;
        }
    }
}

/// Closed until it is opened, once.
#[derive(Clone)]
pub(crate) struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    pub(crate) fn closed() -> Self {
        Self(Arc::new((Mutex::new(false), Condvar::new())))
    }

    pub(crate) fn open(&self) {
        let (is_open, opened) = &*self.0;
        *is_open.lock().unwrap_or_else(PoisonError::into_inner) = true;
        opened.notify_all();
    }

    pub(crate) fn pass(&self) {
        let (is_open, opened) = &*self.0;
        let mut is_open = is_open.lock().unwrap_or_else(PoisonError::into_inner);
        while !*is_open {
            is_open = opened.wait(is_open);
        }
    }
}

/// What one job at a time can have.
#[derive(Clone)]
pub(crate) struct Resource(Arc<(Mutex<bool>, Condvar)>);

impl Resource {
    pub(crate) fn free() -> Self {
        Self(Arc::new((Mutex::new(false), Condvar::new())))
    }

    /// Waits until it is free.
    pub(crate) fn take(self) -> Taken {
        let (is_taken, freed) = &*self.0;
        let mut guard = is_taken.lock().unwrap_or_else(PoisonError::into_inner);
        while *guard {
            guard = freed.wait(guard);
        }
        *guard = true;
        drop(guard);
        Taken(self)
    }

    pub(crate) fn is_free(&self) -> bool {
        !*self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The [`Resource`] until this is dropped.
pub(crate) struct Taken(Resource);

impl Drop for Taken {
    fn drop(&mut self) {
        let (is_taken, freed) = &*self.0.0;
        *is_taken.lock().unwrap_or_else(PoisonError::into_inner) = false;
        freed.notify_one();
    }
}

/// Starts producers, one for each of these.
pub(crate) fn produce<F: FnOnce() + Send + 'static>(
    producers: impl IntoIterator<Item = F>,
) -> Vec<JoinHandle<()>> {
    producers.into_iter().map(thread::spawn).collect()
}

pub(crate) fn join(threads: Vec<JoinHandle<()>>) {
    for thread in threads {
        thread.join().expect("it does not panic");
    }
}
