//! How it stands while the clients ask.

use std::time::{Duration, Instant};

use hueless::{App, Stats};

use crate::process;

const STEP: Duration = Duration::from_millis(20);

/// Waits until the threads of an app have ended, which each does by itself.
pub(crate) async fn wait_for_threads(app: &App, patience: Duration) {
    let begun = Instant::now();
    while app.stats().threads > 0 && begun.elapsed() < patience {
        tokio::time::sleep(STEP).await;
    }
}

/// Looks at an app, and at this process, again and again.
#[derive(Debug)]
pub(crate) struct Watch<'a> {
    app: &'a App,
    seen: Seen,
}

/// What was seen.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// The most of each number.
    pub(crate) most: Stats,
    /// In use after a quarter of the time, and at its end, in kilobytes.
    pub(crate) memory: [Option<u64>; 2],
}

impl<'a> Watch<'a> {
    pub(crate) fn new(app: &'a App) -> Self {
        let seen = Seen::default();
        Self { app, seen }
    }

    /// Looks for so long.
    pub(crate) async fn watch(mut self, time: Duration) -> Seen {
        self.look_for(time / 4).await;
        self.seen.memory[0] = process::memory();
        self.look_for(time - time / 4).await;
        self.seen.memory[1] = process::memory();
        self.seen
    }

    async fn look_for(&mut self, time: Duration) {
        let begun = Instant::now();
        while begun.elapsed() < time {
            tokio::time::sleep(STEP).await;
            let (most, now) = (&mut self.seen.most, self.app.stats());
            most.hops = most.hops.max(now.hops);
            most.seats = most.seats.max(now.seats);
            most.waiting_for_seats = most.waiting_for_seats.max(now.waiting_for_seats);
            most.overloads = most.overloads.max(now.overloads);
            most.slots = most.slots.max(now.slots);
            most.waiting_for_slots = most.waiting_for_slots.max(now.waiting_for_slots);
            most.threads = most.threads.max(now.threads);
            most.working = most.working.max(now.working);
            most.waiting = most.waiting.max(now.waiting);
            most.stalls = most.stalls.max(now.stalls);
            most.past_cancellation = most.past_cancellation.max(now.past_cancellation);
        }
    }
}
