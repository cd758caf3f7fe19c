//! Threads that cannot be started.

use std::sync::Arc;

use crate::explore::explore;
use crate::jobs::{Gate, Tally, join, pool, produce};
use crate::world;

#[test]
fn a_job_runs_or_is_dropped_if_a_thread_cannot_be_started() {
    explore("refused threads", || {
        world::may_refuse(2);
        let (pool, tally) = (Arc::new(pool(2, 2)), Tally::default());
        join(produce((0..2).map(|_| {
            let (pool, tally) = (Arc::clone(&pool), tally.clone());
            move || {
                for _ in 0..2 {
                    pool.push(tally.short(), false);
                }
            }
        })));
        world::settle();
        tally.all_ran_or_dropped();
        assert!(world::refused() > 0 || tally.dropped() == 0);
        let standing = pool.standing();
        assert_eq!((standing.waiting, standing.working), (0, 0));
        assert_eq!(standing.threads, world::alive());

        world::may_refuse(0);
        let dropped = tally.dropped();
        pool.push(tally.short(), false);
        world::settle();
        assert_eq!(tally.dropped(), dropped);
        tally.all_ran_or_dropped();
    });
}

#[test]
fn no_job_is_given_up_while_a_thread_is_there() {
    explore("refused with a thread there", || {
        let (pool, tally) = (Arc::new(pool(3, 3)), Tally::default());
        pool.push(tally.short(), false);
        // It works, searches or is parked, and does not end.
        world::may_refuse(2);
        join(produce((0..2).map(|_| {
            let (pool, tally) = (Arc::clone(&pool), tally.clone());
            move || {
                pool.push(tally.short(), false);
            }
        })));
        world::settle();
        tally.all_ran();
    });
}

#[test]
fn what_waits_for_a_refused_thread_goes_on_after_a_stall() {
    explore("stalled by a refused thread", || {
        let (pool, tally, gate) = (pool(2, 2), Tally::default(), Gate::closed());
        pool.push(tally.waits_for(&gate), false);
        world::settle();
        world::may_refuse(1);
        let is_crowded = pool.push(tally.opens(&gate), false);
        world::settle();
        assert_eq!(tally.ended() == 0, world::refused() > 0);
        assert_eq!(is_crowded, world::refused() > 0);
        if let Some(standing) = pool.look_for_stall(None) {
            world::may_refuse(0);
            pool.look_for_stall(Some(standing.ended));
        }
        world::settle();
        tally.all_ran();
        assert_eq!(pool.standing().stalls, 0);
    });
}
