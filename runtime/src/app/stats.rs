//! [`Stats`]: what an app has done so far.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use crate::lane::{Limits, Numbers};

/// What an app has done so far, and what it does now: counts, read one after the other.
///
/// ```
/// use hueless::{App, Call, handler};
///
/// #[handler]
/// fn blocking() {}
///
/// # tokio::runtime::Builder::new_multi_thread().build().unwrap().block_on(async {
/// let app = App::new();
/// app.run(blocking::handler, Call::new()).await.unwrap();
/// assert_eq!(app.stats().hops, 1);
/// # });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Stats {
    /// How often work crossed to a lane thread.
    pub hops: u64,
    /// How many requests have a seat: the right to a thread.
    pub seats: usize,
    /// How many requests wait for a seat, and have run nothing.
    pub waiting_for_seats: usize,
    /// How many requests were turned away as overloaded: they waited for a seat for too long, or too
    /// many others waited for a seat or for a slot.
    pub overloads: u64,
    /// How many values of dependencies with a `limit` there may be now, or are.
    pub slots: usize,
    /// How many requests wait for those of others to go.
    pub waiting_for_slots: usize,
    /// How many threads the lane has.
    pub threads: usize,
    /// How many of those are at work.
    pub working: usize,
    /// How many hops wait for a thread.
    pub waiting: usize,
    /// How often a thread more than the limit was put to work, because hops waited and none had ended
    /// for a while.
    pub stalls: u64,
    /// How many blocking functions still run though their request was given up or answered.
    pub past_cancellation: usize,
}

impl Stats {
    pub(super) fn read(counters: &Counters, lane: Numbers, limits: &Limits) -> Self {
        let (slots, waiting_for_slots) = limits.standing();
        Self {
            hops: counters.hops.load(Ordering::Relaxed),
            past_cancellation: counters.past_cancellation.load(Ordering::Relaxed),
            seats: lane.seats,
            waiting_for_seats: lane.waiting_for_seats,
            overloads: lane.overloads + counters.overloads.load(Ordering::Relaxed),
            slots,
            waiting_for_slots,
            threads: lane.threads,
            working: lane.working,
            waiting: lane.waiting,
            stalls: lane.stalls,
        }
    }
}

/// The counts behind [`Stats`].
#[derive(Debug, Default)]
pub(crate) struct Counters {
    hops: AtomicU64,
    /// For want of a slot; the lane counts those for want of a seat.
    overloads: AtomicU64,
    past_cancellation: AtomicUsize,
}

impl Counters {
    pub(crate) fn count_hop(&self) {
        self.hops.fetch_add(1, Ordering::Relaxed);
    }

    /// A request was turned away for want of a slot.
    pub(crate) fn count_overload(&self) {
        self.overloads.fetch_add(1, Ordering::Relaxed);
    }

    /// Functions run on, though nobody waits for them any more.
    pub(crate) fn count_past_cancellation(&self, functions: usize) {
        self.past_cancellation
            .fetch_add(functions, Ordering::Relaxed);
    }

    /// One of those has ended.
    pub(crate) fn count_ended_past_cancellation(&self) {
        self.past_cancellation.fetch_sub(1, Ordering::Relaxed);
    }
}
