//! [`Stats`]: what an app has done so far.

use std::sync::atomic::{AtomicU64, Ordering};

/// What an app has done so far.
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
}

/// The counts behind [`Stats`].
#[derive(Debug, Default)]
pub(crate) struct Counters {
    hops: AtomicU64,
}

impl Counters {
    pub(crate) fn count_hop(&self) {
        self.hops.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn read(&self) -> Stats {
        Stats {
            hops: self.hops.load(Ordering::Relaxed),
        }
    }
}
