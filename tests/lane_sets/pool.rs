//! The pool that all requests of a set share.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use tokio::sync::Semaphore;

/// A pool that both tasks and threads wait for, in the order in which they come, each in its own way.
#[derive(Debug)]
pub(crate) struct Pool {
    /// What tasks wait for.
    tickets: Semaphore,
    /// What threads wait for: how many are free.
    free: Mutex<usize>,
    given_back: Condvar,
    waits: Waits,
    /// How many values of each limited dependency live.
    live: [AtomicUsize; LIMITS.len()],
}

/// How many values of the limited dependencies may live at once.
pub(crate) const LIMITS: [u32; 3] = [1, 1, 2];

/// Who waits for a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waits {
    Tasks,
    Threads,
    /// There is none: requests wait for slots of limited dependencies.
    Slots,
}

impl Pool {
    pub(crate) fn new(waits: Waits, things: usize) -> Arc<Self> {
        Arc::new(Self {
            tickets: Semaphore::new(things),
            free: Mutex::new(things),
            given_back: Condvar::new(),
            waits,
            live: Default::default(),
        })
    }

    /// Counts a value of a limited dependency, which has to be one of so many.
    pub(crate) fn count(self: &Arc<Self>, limited: usize) -> Thing {
        let others = self.live[limited].fetch_add(1, Ordering::SeqCst);
        assert!(others < LIMITS[limited] as usize, "more live than may");
        Thing(Arc::clone(self), Some(limited))
    }

    pub(crate) async fn take(self: &Arc<Self>) -> Thing {
        // It is never closed.
        if let Ok(ticket) = self.tickets.acquire().await {
            ticket.forget();
        }
        Thing(Arc::clone(self), None)
    }

    pub(crate) fn take_blocking(self: &Arc<Self>) -> Thing {
        let free = self.given_back.wait_while(self.free(), |free| *free == 0);
        *free.unwrap_or_else(PoisonError::into_inner) -= 1;
        Thing(Arc::clone(self), None)
    }

    fn give_back(&self, things: usize) {
        match self.waits {
            Waits::Tasks => self.tickets.add_permits(things),
            Waits::Slots => {}
            Waits::Threads => {
                *self.free() += things;
                self.given_back.notify_all();
            }
        }
    }

    /// Lets all go on who wait, because the set has stopped.
    pub(crate) fn open(&self) {
        self.give_back(1_000);
    }

    pub(crate) fn left(&self) -> usize {
        match self.waits {
            Waits::Tasks => self.tickets.available_permits(),
            Waits::Threads | Waits::Slots => *self.free(),
        }
    }

    fn free(&self) -> MutexGuard<'_, usize> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One thing of a pool, given back when it is dropped, or one value of a limited dependency.
#[derive(Debug)]
pub(crate) struct Thing(Arc<Pool>, Option<usize>);

impl Drop for Thing {
    fn drop(&mut self) {
        match self.1 {
            Some(limited) => {
                self.0.live[limited].fetch_sub(1, Ordering::SeqCst);
            }
            None => self.0.give_back(1),
        }
    }
}
