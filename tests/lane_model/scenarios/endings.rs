//! A pool that is dropped.

use std::sync::Arc;

use shuttle::thread;

use crate::explore::explore;
use crate::jobs::{Gate, Tally, join, pool, produce};
use crate::world;

#[test]
fn jobs_that_wait_are_dropped_and_threads_end_after_theirs() {
    explore("dropped with jobs that wait", || {
        let (pool, tally, gate) = (pool(1, 2), Tally::default(), Gate::closed());
        pool.push(tally.waits_for(&gate), false);
        world::settle();
        pool.push(tally.short(), false);
        pool.push(tally.short(), true);
        drop(pool);
        assert_eq!(tally.dropped(), 2);
        assert_eq!(world::alive(), 1);
        gate.open();
        world::settle();
        assert_eq!((tally.ended(), tally.dropped()), (1, 2));
        assert_eq!(world::alive(), 0);
    });
}

#[test]
fn a_job_that_a_thread_takes_meanwhile_is_not_dropped() {
    explore("dropped while jobs are taken", || {
        let (pool, tally, gate) = (pool(1, 2), Tally::default(), Gate::closed());
        pool.push(tally.waits_for(&gate), false);
        pool.push(tally.short(), false);
        pool.push(tally.short(), true);
        let opens = thread::spawn(move || gate.open());
        drop(pool);
        let dropped = tally.dropped();
        join(vec![opens]);
        world::settle();
        tally.all_ran_or_dropped();
        // Nobody drops them later.
        assert_eq!(tally.dropped(), dropped);
        assert_eq!(world::alive(), 0);
    });
}

#[test]
fn a_pool_can_be_dropped_by_its_own_job_or_while_threads_park() {
    explore("dropped by whoever is last", || {
        let (pool, tally) = (Arc::new(pool(2, 2)), Tally::default());
        let last = Arc::clone(&pool);
        let holds = tally.job(move || {
            drop(last);
            None
        });
        join(produce([{
            let (pool, tally) = (Arc::clone(&pool), tally.clone());
            move || {
                pool.push(tally.short(), false);
            }
        }]));
        pool.push(holds, false);
        pool.push(tally.short(), false);
        drop(pool);
        world::settle();
        tally.all_ran_or_dropped();
        assert_eq!(world::alive(), 0);
    });
}

#[test]
fn a_pool_that_closes_runs_what_comes_all_the_same_and_keeps_no_thread() {
    explore("closed while jobs come", || {
        let (pool, tally) = (Arc::new(pool(2, 2)), Tally::default());
        let pushes = {
            let (pool, tally) = (Arc::clone(&pool), tally.clone());
            move || {
                pool.push(tally.short(), false);
                pool.push(tally.short(), true);
            }
        };
        let threads = produce([pushes]);
        pool.close();
        pool.push(tally.short(), false);
        join(threads);
        world::settle();
        tally.all_ran();
        assert_eq!(pool.standing().threads, 0);
        assert_eq!(world::alive(), 0);
    });
}
