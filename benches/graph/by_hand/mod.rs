//! The same graph by hand.
//!
//! Values are shared by several nodes, and nodes may run on other threads, so each value but the
//! handler's answer is in an `Arc`.

pub(crate) mod apart;
pub(crate) mod arc;
pub(crate) mod boxed;
pub(crate) mod hops;
pub(crate) mod map;
pub(crate) mod map_hops;

use hueless_benches::seven::values::ANSWER;
use tokio::task::{JoinHandle, spawn_blocking};

/// Waits for what runs on another thread.
pub(crate) async fn joined<T>(running: JoinHandle<T>) -> T {
    running.await.expect("it does not panic")
}

/// One crossing to a blocking thread and back, and nothing else.
pub(crate) async fn round_trip() -> u64 {
    joined(spawn_blocking(|| ANSWER)).await
}
