//! How long tests wait for what should be a matter of moments.

use std::time::{Duration, Instant};

/// Enough for a machine that has much else to do.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// Waits until something is so.
pub(crate) async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "never so: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
