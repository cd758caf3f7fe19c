//! Requests that wait for a thread while they hold what those on the threads wait for.

mod abandoned;
mod after_lane;
mod nested;
mod order;
mod overload;
mod panics;
mod pools;
mod runtimes;
mod schedules;
mod singletons;
mod stalls;
mod stuck;
mod teardowns;
mod tokio_threads;
mod uploads;

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hueless::{App, Stats};
use tokio::task::JoinHandle;

use crate::support::PATIENCE;

/// Runs requests at the same time, and returns what became of them.
async fn together<F>(requests: impl IntoIterator<Item = F>) -> Vec<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    let tasks: Vec<_> = requests.into_iter().map(tokio::spawn).collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.expect("no panic"));
    }
    results
}

/// Starts a request, which then waits for something.
async fn begin<F>(request: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    let mut request = Box::pin(request);
    assert!(futures_util::poll!(&mut request).is_pending());
    tokio::spawn(request)
}

/// Waits until the numbers of an app are as they should become.
async fn until(app: &App, are_so: impl Fn(Stats) -> bool) -> Stats {
    let begun = Instant::now();
    loop {
        let stats = app.stats();
        if are_so(stats) {
            return stats;
        }
        assert!(begun.elapsed() < PATIENCE, "{stats:?}");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// Whether nobody works and nobody waits.
fn is_idle(stats: Stats) -> bool {
    let busy = stats.seats + stats.working + stats.waiting + stats.waiting_for_seats;
    busy + stats.past_cancellation == 0
}

/// Things of which there are few. Who wants one blocks until one is free.
struct Pool {
    free: Mutex<usize>,
    given_back: Condvar,
}

impl Pool {
    fn of(things: usize) -> Arc<Self> {
        Arc::new(Self {
            free: Mutex::new(things),
            given_back: Condvar::new(),
        })
    }

    fn take(self: &Arc<Self>) -> Taken {
        let (mut free, timeout) = self
            .given_back
            .wait_timeout_while(self.free(), PATIENCE, |free| *free == 0)
            .unwrap_or_else(PoisonError::into_inner);
        assert!(!timeout.timed_out(), "one is given back in time");
        *free -= 1;
        Taken(Arc::clone(self))
    }

    fn free(&self) -> MutexGuard<'_, usize> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One thing of a pool, given back when it is dropped.
struct Taken(Arc<Pool>);

impl Drop for Taken {
    fn drop(&mut self) {
        *self.0.free() += 1;
        self.0.given_back.notify_one();
    }
}

/// How many are somewhere at once.
struct Crowd(Mutex<(usize, usize)>);

impl Crowd {
    const fn new() -> Self {
        Self(Mutex::new((0, 0)))
    }

    /// Joins until the guard is dropped.
    fn join(&'static self) -> Joined {
        let mut crowd = self.numbers();
        crowd.0 += 1;
        crowd.1 = crowd.1.max(crowd.0);
        Joined(self)
    }

    /// How many there were at most since it was last asked.
    fn take_most(&self) -> usize {
        std::mem::take(&mut self.numbers().1)
    }

    fn numbers(&self) -> MutexGuard<'_, (usize, usize)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Joined(&'static Crowd);

impl Drop for Joined {
    fn drop(&mut self) {
        self.0.numbers().0 -= 1;
    }
}

/// Where threads wait until so many have come, again and again.
struct Meeting {
    come: Mutex<usize>,
    changed: Condvar,
}

impl Meeting {
    const fn new() -> Self {
        Self {
            come: Mutex::new(0),
            changed: Condvar::new(),
        }
    }

    fn of(&self, threads: usize) {
        let mut come = self.come.lock().unwrap_or_else(PoisonError::into_inner);
        *come += 1;
        let all = come.next_multiple_of(threads);
        self.changed.notify_all();
        let waited = self
            .changed
            .wait_timeout_while(come, PATIENCE, |come| *come < all);
        let (come, _) = waited.unwrap_or_else(PoisonError::into_inner);
        assert!(*come >= all, "all come in time");
    }
}
