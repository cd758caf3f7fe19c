//! Requests that take a seat, then have jobs one after the other, and one thing that all of them need
//! and hold in between.

use std::future::poll_fn;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex as Ledger, PoisonError};
use std::task::{Poll, Waker};

use shuttle::future::batch_semaphore::{BatchSemaphore, Fairness};
use shuttle::future::{block_on, spawn};

use super::stalls::Watcher;
use crate::explore::explore;
use crate::jobs::{Counted, Resource, Tally, pool};
use crate::pool::Pool;
use crate::world;

/// As many threads may work after stalls, and one before.
const SEATS: usize = 2;

#[test]
fn requests_that_need_the_same_end_on_fewer_threads_than_seats() {
    explore("seats", || {
        let app = Arc::new(App::new());
        let watcher = Watcher::start(&app.pool, 1, SEATS);
        for request in [(); 3].map(|()| spawn(Arc::clone(&app).request())) {
            block_on(request).expect("it is not given up");
        }
        watcher.stop();
        app.is_at_rest();
        assert_eq!(app.tally.ended(), 6);
    });
}

#[test]
fn requests_that_are_given_up_leave_their_place_and_their_seat() {
    explore("seats given up", || {
        let app = Arc::new(App::new());
        let watcher = Watcher::start(&app.pool, 1, SEATS);
        let requests = [(); 4].map(|()| spawn(Arc::clone(&app).request()));
        requests[2].abort();
        requests[1].abort();
        for request in requests {
            drop(block_on(request));
        }
        watcher.stop();
        app.is_at_rest();
        assert!(app.tally.ended() >= 4);
    });
}

struct App {
    pool: Arc<Pool<Counted>>,
    tally: Tally,
    free: Arc<BatchSemaphore>,
    needed: Resource,
    /// How many seats have a job on its way.
    at_work: Arc<AtomicUsize>,
}

impl App {
    fn new() -> Self {
        Self {
            pool: Arc::new(pool(1, SEATS)),
            tally: Tally::default(),
            free: Arc::new(BatchSemaphore::new(SEATS, Fairness::StrictlyFair)),
            needed: Resource::free(),
            at_work: Arc::default(),
        }
    }

    async fn request(self: Arc<Self>) {
        let seat = Arc::new(Seat::take(&self.free).await);
        let needed = self.needed.clone();
        let taken = self.job(&seat, false, move || needed.take()).await;
        self.job(&seat, true, move || drop(taken)).await;
    }

    /// Has a job run on a thread. It holds the seat to its end, whether anybody waits for it or not.
    async fn job<T: Send + 'static>(
        &self,
        seat: &Arc<Seat>,
        has_begun: bool,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> T {
        let landing = Arc::new(Landing::default());
        let (lands, seat, at_work) = (
            Arc::clone(&landing),
            Arc::clone(seat),
            Arc::clone(&self.at_work),
        );
        assert!(at_work.fetch_add(1, Ordering::Relaxed) < SEATS);
        let job = self.tally.job(move || {
            let waker = lands.land(work());
            drop(lands);
            at_work.fetch_sub(1, Ordering::Relaxed);
            drop(seat);
            waker
        });
        self.pool.push(job, has_begun);
        poll_fn(|context| landing.poll(context.waker())).await
    }

    /// Fails if anything is left of the requests.
    fn is_at_rest(&self) {
        world::settle();
        self.tally.all_ran();
        assert!(self.tally.most_working() <= SEATS);
        assert_eq!(self.free.available_permits(), SEATS);
        assert!(self.needed.is_free());
    }
}

struct Seat(Arc<BatchSemaphore>);

impl Seat {
    async fn take(free: &Arc<BatchSemaphore>) -> Self {
        free.acquire(1).await.expect("it is not closed");
        Self(Arc::clone(free))
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.release(1);
    }
}

/// Where the value of a job arrives.
struct Landing<T>(Ledger<(Option<T>, Option<Waker>)>);

impl<T> Default for Landing<T> {
    fn default() -> Self {
        Self(Ledger::default())
    }
}

impl<T> Landing<T> {
    /// Returns who waits for the value.
    fn land(&self, value: T) -> Option<Waker> {
        let mut landing = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        landing.0 = Some(value);
        landing.1.take()
    }

    fn poll(&self, waker: &Waker) -> Poll<T> {
        let mut landing = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = landing.0.take() {
            return Poll::Ready(value);
        }
        landing.1 = Some(waker.clone());
        Poll::Pending
    }
}
