//! Sets of routes that share a pool, under more requests than there are threads: none may stop.
//!
//! A permit that is taken in the middle of a graph is waited for while something is held, and of such
//! sets a simulation finds between a third and two thirds to stop. Here sets are drawn and run: up to
//! three routes with up to five nodes each, async, plain and guards; a pool of one to three things,
//! which a task or a thread waits for, or else three limited dependencies that any node may take;
//! teardowns of both colours; twelve requests, some of which are given up.
//!
//! 1. With a seat for each request, few threads, and one thread more after each stall, none stops.
//! 2. With as many threads as seats none stops, though no thread more is ever started.
//! 3. With a thread for all none stops: so the sets themselves are sound.
//! 4. With few threads and none more, none stops whose pool only tasks wait for, and none that waits
//!    for slots.
//! 5. But some do whose pool threads wait for: so it would be noticed if stalls were not.
//!
//! A failure prints the seed and the set. `LANE_SEED` repeats one, `LANE_SETS` says how many are run.

mod declare;
mod draw;
mod play;
mod pool;

use std::time::{Duration, Instant};

use futures_util::{StreamExt, stream};
use tokio::runtime::Builder;

use crate::draw::Set;
use crate::play::{Numbers, play};
use crate::pool::Waits;

/// How long a set may take. Reached only by one that stops.
const PATIENCE: Duration = Duration::from_secs(20);

/// How many sets are run at once: they wait most of the time.
const AT_ONCE: usize = 6;

/// The threads that sets are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Threads {
    /// As drawn, and more after stalls.
    Few,
    /// As drawn, and never one more.
    NoneMore,
    /// One for each seat.
    AsManyAsSeats,
    /// One for whatever may want one.
    Enough,
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Runs sets, those with such a pool if it matters, and returns their numbers and which of them
/// stopped.
fn run(
    threads: Threads,
    waits: Option<Waits>,
    sets: u64,
    patience: Duration,
) -> (Numbers, Vec<String>) {
    let seeds = match number("LANE_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("LANE_SETS").unwrap_or(sets),
    };
    let begun = Instant::now();
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let runtime = runtime.expect("the system gives a runtime its threads");
    let mut numbers = Numbers::default();
    let mut stopped = Vec::new();
    runtime.block_on(async {
        let sets = seeds.map(Set::draw);
        let sets = sets.filter(|set| waits.is_none_or(|waits| waits == set.waits));
        let runs = sets.map(|set| play(set, threads, patience));
        let mut runs = stream::iter(runs).buffer_unordered(AT_ONCE);
        while let Some(run) = runs.next().await {
            match run {
                Ok(more) => numbers.add(&more),
                Err(stop) => stopped.push(stop),
            }
        }
    });
    runtime.shutdown_background();
    println!(
        "{threads:?}, {waits:?}: {numbers}, {} stopped, in {:.1?}",
        stopped.len(),
        begun.elapsed()
    );
    (numbers, stopped)
}

/// Runs sets none of which may stop.
fn none_stops(threads: Threads, waits: Option<Waits>, sets: u64) -> Numbers {
    let (numbers, stopped) = run(threads, waits, sets, PATIENCE);
    assert!(stopped.is_empty(), "{}", stopped.join("\n"));
    numbers
}

#[test]
fn no_set_stops_with_few_threads_and_one_more_after_each_stall() {
    let numbers = none_stops(Threads::Few, None, 2_000);
    if number("LANE_SEED").is_none() && number("LANE_SETS").is_none() {
        assert!(numbers.stalls > 0, "some need a thread more");
        assert!(numbers.given_up > 0, "some are given up");
    }
}

#[test]
fn no_set_stops_with_as_many_threads_as_seats_and_none_more() {
    none_stops(Threads::AsManyAsSeats, None, 1_000);
}

#[test]
fn no_set_stops_with_a_thread_for_everybody() {
    none_stops(Threads::Enough, None, 1_000);
}

/// A task that waits keeps no thread, so nobody has to wait for one for long.
#[test]
fn no_set_whose_pool_tasks_wait_for_needs_a_thread_more() {
    none_stops(Threads::NoneMore, Some(Waits::Tasks), 2_000);
}

/// Nor does who waits for slots, and all take these in one order.
#[test]
fn no_set_with_limited_dependencies_needs_a_thread_more() {
    none_stops(Threads::NoneMore, Some(Waits::Slots), 2_000);
}

#[test]
fn some_sets_whose_pool_threads_wait_for_stop_without_a_thread_more() {
    let patience = Duration::from_millis(500);
    let (_, stopped) = run(Threads::NoneMore, Some(Waits::Threads), 90, patience);
    assert!(!stopped.is_empty() || number("LANE_SEED").is_some());
}
