//! [`SlowPolls`]: names the nodes that hold an executor thread for too long.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::meta::Place;

/// A node is named at most once in this time.
const PAUSE: Duration = Duration::from_secs(60);

/// What is known of the nodes that hold an executor thread for too long.
#[derive(Debug)]
pub(crate) struct SlowPolls {
    /// How long is too long; `None` to look at no node.
    limit: Option<Duration>,
    /// By node: when it may be named again, in milliseconds since [`start`].
    named_until: Box<[AtomicU64]>,
}

impl SlowPolls {
    pub(super) fn new(nodes: usize, limit: Option<Duration>) -> Self {
        let nodes = if limit.is_some() { nodes } else { 0 };
        Self {
            limit,
            named_until: std::iter::repeat_with(AtomicU64::default)
                .take(nodes)
                .collect(),
        }
    }

    /// Runs what a node does on an executor thread, and names the node if it took too long.
    pub(crate) fn watch<T>(
        &self,
        node: u32,
        name: &'static str,
        place: Place,
        code: impl FnOnce() -> T,
    ) -> T {
        let Some(limit) = self.limit else {
            return code();
        };
        let begun = Instant::now();
        let result = code();
        let took = begun.elapsed();
        if took > limit && self.may_name(node) {
            tracing::warn!(
                node = name,
                %place,
                ?took,
                "a node held an executor thread, on which other requests wait: call what blocks in a \
                 plain `fn`, or mark one that computes `cpu`"
            );
        }
        result
    }

    fn may_name(&self, node: u32) -> bool {
        let now = since_start();
        let until = &self.named_until[node as usize];
        until
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |until| {
                (until <= now).then_some(now + millis(PAUSE))
            })
            .is_ok()
    }
}

fn since_start() -> u64 {
    static START: OnceLock<Instant> = OnceLock::new();
    millis(START.get_or_init(Instant::now).elapsed())
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
