//! Jobs that are done at once.

use std::sync::Arc;
use std::task::{Wake, Waker};

use crate::explore::explore;
use crate::jobs::{Gate, Tally, join, pool, produce};
use crate::world;

#[test]
fn every_job_runs_once() {
    explore("every job runs once", || {
        let (pool, tally) = (Arc::new(pool(2, 2)), Tally::default());
        join(produce((0..2).map(|producer| {
            let (pool, tally) = (Arc::clone(&pool), tally.clone());
            move || {
                for _ in 0..2 {
                    pool.push(tally.short(), producer == 0);
                }
            }
        })));
        world::settle();
        tally.all_ran();
        assert!(tally.most_working() <= 2);
        let standing = pool.standing();
        assert_eq!(
            (standing.waiting, standing.working, standing.ended),
            (0, 0, 4)
        );
        assert_eq!(standing.threads, world::alive());
        assert_eq!(standing.stalls, 0);
    });
}

#[test]
fn jobs_of_what_has_begun_come_first_and_each_kind_in_order() {
    explore("order", || {
        let (pool, tally, gate) = (pool(1, 1), Tally::default(), Gate::closed());
        // 0 runs, or is about to.
        pool.push(tally.waits_for(&gate), false);
        world::settle();
        for has_begun in [false, true, false, true] {
            pool.push(tally.short(), has_begun);
        }
        gate.open();
        world::settle();
        assert_eq!(tally.begun(), [0, 2, 4, 1, 3]);
        assert_eq!(world::started(), 1);
    });
}

#[test]
fn who_is_woken_finds_the_thread_free() {
    struct Opens(Gate);

    impl Wake for Opens {
        fn wake(self: Arc<Self>) {
            world::must_hold_no_lock();
            self.0.open();
        }
    }

    explore("one after the other on one thread", || {
        let (pool, tally) = (pool(3, 3), Tally::default());
        for _ in 0..3 {
            let is_done = Gate::closed();
            let waker = Waker::from(Arc::new(Opens(is_done.clone())));
            pool.push(tally.job(|| Some(waker)), true);
            is_done.pass();
        }
        assert_eq!(world::started(), 1);
        world::settle();
        tally.all_ran();
    });
}
