//! Threads that have been without work for too long.

use std::sync::Arc;

use shuttle::thread;

use crate::explore::explore;
use crate::jobs::{Tally, join, pool, produce};
use crate::world;

#[test]
fn no_job_is_lost_to_a_thread_that_goes() {
    explore("threads go while jobs come", || {
        let (pool, tally) = (Arc::new(pool(2, 2)), Tally::default());
        let mut others = produce((0..2).map(|_| {
            let (pool, tally) = (Arc::clone(&pool), tally.clone());
            move || {
                for _ in 0..2 {
                    pool.push(tally.short(), false);
                }
            }
        }));
        others.push(thread::spawn(|| {
            for _ in 0..4 {
                world::let_time_pass();
            }
        }));
        join(others);
        world::settle();
        tally.all_ran();
        let standing = pool.standing();
        assert_eq!((standing.waiting, standing.threads), (0, world::alive()));
    });
}

#[test]
fn threads_without_work_end() {
    explore("all threads go", || {
        let (pool, tally) = (pool(2, 2), Tally::default());
        pool.push(tally.short(), false);
        pool.push(tally.short(), false);
        world::settle();
        for _ in 0..2 {
            world::let_time_pass();
            world::settle();
        }
        assert_eq!((pool.standing().threads, world::alive()), (0, 0));
        // And one starts again.
        pool.push(tally.short(), false);
        world::settle();
        tally.all_ran();
        assert_eq!(pool.standing().threads, 1);
    });
}
