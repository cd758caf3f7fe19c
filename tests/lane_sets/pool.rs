//! The pool that all requests of a set share.

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
}

/// Who waits for a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waits {
    Tasks,
    Threads,
}

impl Pool {
    pub(crate) fn new(waits: Waits, things: usize) -> Arc<Self> {
        Arc::new(Self {
            tickets: Semaphore::new(things),
            free: Mutex::new(things),
            given_back: Condvar::new(),
            waits,
        })
    }

    pub(crate) async fn take(self: &Arc<Self>) -> Thing {
        // It is never closed.
        if let Ok(ticket) = self.tickets.acquire().await {
            ticket.forget();
        }
        Thing(Arc::clone(self))
    }

    pub(crate) fn take_blocking(self: &Arc<Self>) -> Thing {
        let free = self.given_back.wait_while(self.free(), |free| *free == 0);
        *free.unwrap_or_else(PoisonError::into_inner) -= 1;
        Thing(Arc::clone(self))
    }

    fn give_back(&self, things: usize) {
        match self.waits {
            Waits::Tasks => self.tickets.add_permits(things),
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
            Waits::Threads => *self.free(),
        }
    }

    fn free(&self) -> MutexGuard<'_, usize> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One thing of a pool, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Thing(Arc<Pool>);

impl Drop for Thing {
    fn drop(&mut self) {
        self.0.give_back(1);
    }
}
