//! `spawn_blocking` by hand.

use std::hint::black_box;
use std::sync::Arc;

use futures_util::future::join_all;
use hueless_benches::{Competitor, Scenario};
use tokio::task::{JoinHandle, spawn_blocking};

/// The column of the yardstick.
pub(crate) const ROUND_TRIP: &str = "round trip";

/// Waits for what runs on another thread.
pub(crate) async fn joined<T>(running: JoinHandle<T>) -> T {
    running.await.expect("it does not panic")
}

/// One crossing to a blocking thread and back, and nothing else.
async fn round_trip() -> u64 {
    joined(spawn_blocking(|| black_box(1))).await
}

/// A scenario with the yardstick in it.
pub(crate) fn scenario(name: &str) -> Scenario {
    let round_trip = Competitor::new("one bare round trip", 1, round_trip);
    Scenario::new(name, "request").with_reference(ROUND_TRIP, round_trip)
}

/// What a node of the shapes does.
fn step(value: &Arc<u64>) -> Arc<u64> {
    Arc::new(black_box(**value) + 1)
}

/// So many steps in one closure.
pub(crate) async fn chain_in_one(steps: u64) -> u64 {
    let chain = move || (0..steps).fold(Arc::new(0), |value, _| step(&value));
    *joined(spawn_blocking(chain)).await
}

/// So many closures at the same time.
pub(crate) async fn at_once(count: usize) -> u64 {
    let hops = (0..count).map(|_| joined(spawn_blocking(|| step(&Arc::new(0)))));
    join_all(hops).await.iter().map(|value| **value).sum()
}

/// A step on a thread, one here, one on a thread again.
pub(crate) async fn there_and_back() -> u64 {
    let first = joined(spawn_blocking(|| step(&Arc::new(0)))).await;
    let second = async { step(&first) }.await;
    *joined(spawn_blocking(move || step(&second))).await
}
