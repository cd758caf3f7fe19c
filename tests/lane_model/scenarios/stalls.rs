//! Jobs that wait for others in the queue.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use shuttle::thread::{self, JoinHandle};

use crate::explore::explore;
use crate::jobs::{Counted, Gate, Tally, pool};
use crate::pool::Pool;
use crate::world;

#[test]
fn what_waits_for_the_queue_goes_on_after_a_stall_and_not_before() {
    explore("stalled until it is seen", || {
        let (pool, tally, gate) = (pool(1, 2), Tally::default(), Gate::closed());
        pool.push(tally.waits_for(&gate), false);
        pool.push(tally.opens(&gate), false);
        world::settle();
        let standing = pool.look_for_stall(None).expect("jobs wait");
        assert_eq!((standing.waiting, standing.working), (1, 1));
        // Something had ended: no stall.
        assert!(pool.look_for_stall(Some(standing.ended + 1)).is_some());
        world::settle();
        assert_eq!((tally.begun().len(), tally.ended()), (1, 0));

        assert!(pool.look_for_stall(Some(standing.ended)).is_none());
        world::settle();
        tally.all_ran();
        let standing = pool.standing();
        assert_eq!((standing.stalls, standing.threads), (1, 2));
    });
}

#[test]
fn a_watcher_lets_what_waits_for_the_queue_end() {
    explore("watched", || {
        let (pool, tally) = (Arc::new(pool(1, 3)), Tally::default());
        let watcher = Watcher::start(&pool, 1, 3);
        let (first, second) = (Gate::closed(), Gate::closed());
        pool.push(tally.waits_for(&first), false);
        pool.push(tally.waits_for(&second), false);
        pool.push(tally.opens(&first), false);
        pool.push(tally.opens(&second), true);
        while tally.ended() < 4 {
            thread::yield_now();
        }
        watcher.stop();
        world::settle();
        tally.all_ran();
        assert!(tally.most_working() <= 3);
    });
}

#[test]
fn who_pushes_is_told_when_to_watch_and_who_watches_for_how_long() {
    explore("watched when told", || {
        let (pool, tally) = (pool(1, 3), Tally::default());
        let (first, second) = (Gate::closed(), Gate::closed());
        let jobs = [
            tally.waits_for(&first),
            tally.waits_for(&second),
            tally.opens(&first),
            tally.opens(&second),
        ];
        let mut has_to_watch = false;
        for job in jobs {
            has_to_watch |= pool.push(job, false);
        }
        let mut ended = None;
        while has_to_watch {
            let standing = pool.look_for_stall(ended);
            has_to_watch = standing.is_some();
            ended = standing.map(|standing| standing.ended);
            thread::yield_now();
        }
        world::settle();
        tally.all_ran();
    });
}

#[test]
fn never_more_work_than_may_after_all_stalls() {
    explore("more wait than may work", || {
        let (pool, tally, gate) = (Arc::new(pool(1, 2)), Tally::default(), Gate::closed());
        for _ in 0..3 {
            pool.push(tally.waits_for(&gate), false);
        }
        for _ in 0..4 {
            let standing = pool.standing();
            pool.look_for_stall(Some(standing.ended));
            world::settle();
        }
        let standing = pool.standing();
        assert_eq!(
            (standing.waiting, standing.working, standing.stalls),
            (1, 2, 1)
        );
        gate.open();
        world::settle();
        tally.all_ran();
        assert_eq!((tally.most_working(), world::started()), (2, 2));
    });
}

#[test]
fn what_may_work_after_a_stall_goes_back() {
    explore("after a stall", || {
        let (pool, tally, gate) = (pool(1, 3), Tally::default(), Gate::closed());
        pool.push(tally.waits_for(&gate), false);
        pool.push(tally.opens(&gate), false);
        world::settle();
        let ended = pool.standing().ended;
        pool.look_for_stall(Some(ended));
        world::settle();
        tally.all_ran();

        let gate = Gate::closed();
        pool.push(tally.waits_for(&gate), false);
        pool.push(tally.waits_for(&gate), false);
        world::settle();
        let standing = pool.standing();
        assert_eq!((standing.waiting, standing.working), (1, 1));
        gate.open();
        world::settle();
        tally.all_ran();
    });
}

/// Looks for stalls at any moment, as if enough time had passed.
pub(super) struct Watcher {
    has_to_stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Watcher {
    pub(super) fn start(pool: &Arc<Pool<Counted>>, threads: u64, most: usize) -> Self {
        let has_to_stop = Arc::new(AtomicBool::new(false));
        let (pool, stops) = (Arc::clone(pool), Arc::clone(&has_to_stop));
        let thread = thread::spawn(move || {
            let mut ended = None;
            while !stops.load(Ordering::Relaxed) {
                let standing = pool.look_for_stall(ended);
                ended = standing.map(|standing| standing.ended);
                let standing = pool.standing();
                assert!(standing.working <= most);
                assert!(standing.working as u64 <= threads + standing.stalls);
                thread::yield_now();
            }
        });
        Self {
            has_to_stop,
            thread,
        }
    }

    pub(super) fn stop(self) {
        self.has_to_stop.store(true, Ordering::Relaxed);
        self.thread.join().expect("it does not panic");
    }
}
