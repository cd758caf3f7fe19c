//! Long jobs, and what does not wait for them.

use std::sync::Arc;

use crate::explore::explore;
use crate::jobs::{Gate, Tally, join, pool, produce};
use crate::world;

#[test]
fn no_job_waits_behind_a_long_one_while_another_thread_may_work() {
    explore("a long job", || {
        let (pool, tally, gate) = (Arc::new(pool(2, 2)), Tally::default(), Gate::closed());
        let long = {
            let (pool, tally, gate) = (Arc::clone(&pool), tally.clone(), gate.clone());
            move || {
                pool.push(tally.waits_for(&gate), false);
            }
        };
        let others = {
            let (pool, tally) = (Arc::clone(&pool), tally.clone());
            move || {
                for _ in 0..3 {
                    pool.push(tally.short(), false);
                }
            }
        };
        let mut producers = produce([long]);
        producers.extend(produce([others]));
        join(producers);
        world::settle();
        assert_eq!((tally.begun().len(), tally.ended()), (4, 3));
        let standing = pool.standing();
        assert_eq!((standing.waiting, standing.working), (0, 1));
        gate.open();
        world::settle();
        tally.all_ran();
        assert!(world::started() <= 2);
    });
}

#[test]
fn as_many_work_at_once_as_may() {
    explore("three long jobs", || {
        let (pool, tally, gate) = (Arc::new(pool(3, 3)), Tally::default(), Gate::closed());
        join(produce((0..4).map(|_| {
            let (pool, tally, gate) = (Arc::clone(&pool), tally.clone(), gate.clone());
            move || {
                pool.push(tally.waits_for(&gate), false);
            }
        })));
        world::settle();
        let standing = pool.standing();
        assert_eq!(
            (standing.waiting, standing.working, standing.threads),
            (1, 3, 3)
        );
        gate.open();
        world::settle();
        tally.all_ran();
        assert_eq!((tally.most_working(), world::started()), (3, 3));
    });
}
