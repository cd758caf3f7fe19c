//! [`Watch`]: names what holds an executor thread for too long.

use std::collections::HashMap;
use std::panic::Location;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use crate::meta::Place;

/// The same thing is named at most once in this time.
const PAUSE: Duration = Duration::from_secs(60);

/// What is known of the nodes that hold an executor thread for too long.
#[derive(Debug)]
pub(crate) struct SlowPolls {
    /// How long is too long; `None` to look at no node.
    limit: Option<Duration>,
    /// By node.
    nodes: Arc<[SlowNode]>,
}

/// What is known of one node.
#[derive(Debug, Default)]
struct SlowNode {
    /// When it may be named again, in milliseconds since the first.
    named_until: AtomicU64,
    /// When what ends its value may be.
    ending_named_until: AtomicU64,
    /// How often either held a thread for too long.
    times: AtomicU64,
}

/// Looks how long code holds an executor thread.
pub(crate) trait Watch {
    /// Runs it, and says so if it took too long.
    fn watch<T>(&self, code: impl FnOnce() -> T) -> T;
}

/// What a node does, or what ends its value.
pub(crate) struct WatchNode<'a> {
    polls: &'a SlowPolls,
    node: u32,
    name: &'static str,
    place: Place,
    is_ending: bool,
}

/// Work in the background.
pub(crate) struct WatchJob<'a> {
    pub(crate) jobs: &'a SlowJobs,
    pub(crate) limit: Option<Duration>,
    pub(crate) place: &'static Location<'static>,
}

/// By where it was added: when work in the background may be named again.
#[derive(Debug, Default)]
pub(crate) struct SlowJobs(Mutex<HashMap<&'static Location<'static>, u64>>);

impl SlowPolls {
    pub(super) fn new(nodes: usize, limit: Option<Duration>) -> Self {
        let nodes = if limit.is_some() { nodes } else { 0 };
        Self {
            limit,
            nodes: std::iter::repeat_with(SlowNode::default)
                .take(nodes)
                .collect(),
        }
    }

    /// Whether anything is named.
    #[inline]
    pub(crate) fn are_named(&self) -> bool {
        self.limit.is_some()
    }

    /// The same, counted on.
    #[cfg(feature = "inspect")]
    pub(crate) fn share(&self) -> Self {
        Self {
            limit: self.limit,
            nodes: Arc::clone(&self.nodes),
        }
    }

    /// How often each node, or what ends its value, has held a thread for too long. `None` if nobody
    /// looks.
    #[cfg(feature = "inspect")]
    pub(crate) fn times(&self) -> Option<impl Iterator<Item = u64> + '_> {
        self.limit?;
        let nodes = self.nodes.iter();
        Some(nodes.map(|node| node.times.load(Ordering::Relaxed)))
    }

    /// What a node does.
    #[inline]
    pub(crate) fn of_node(&self, node: u32, name: &'static str, place: Place) -> WatchNode<'_> {
        WatchNode {
            polls: self,
            node,
            name,
            place,
            is_ending: false,
        }
    }

    /// What ends its value.
    pub(crate) fn of_ending(&self, node: u32, name: &'static str, place: Place) -> WatchNode<'_> {
        WatchNode {
            is_ending: true,
            ..self.of_node(node, name, place)
        }
    }
}

impl Watch for WatchNode<'_> {
    #[inline]
    fn watch<T>(&self, code: impl FnOnce() -> T) -> T {
        if self.polls.limit.is_none() {
            return code();
        }
        let (result, took) = timed(self.polls.limit, code);
        if let Some(took) = took {
            let slow = &self.polls.nodes[self.node as usize];
            slow.times.fetch_add(1, Ordering::Relaxed);
            let (node, place) = (self.name, self.place);
            if self.is_ending && may_name(&slow.ending_named_until) {
                tracing::warn!(
                    node,
                    %place,
                    ?took,
                    "what ends a value held an executor thread, on which other requests wait: end it \
                     in a plain `fn` if that blocks"
                );
            } else if !self.is_ending && may_name(&slow.named_until) {
                tracing::warn!(
                    node,
                    %place,
                    ?took,
                    "a node held an executor thread, on which other requests wait: call what blocks in \
                     a plain `fn`, or mark one that computes `cpu`"
                );
            }
        }
        result
    }
}

impl Watch for WatchJob<'_> {
    #[inline]
    fn watch<T>(&self, code: impl FnOnce() -> T) -> T {
        let (result, took) = timed(self.limit, code);
        if let Some(took) = took
            && self.jobs.may_name(self.place)
        {
            tracing::warn!(
                place = %self.place,
                ?took,
                "work in the background held an executor thread, on which other requests wait: add \
                 what blocks as a closure"
            );
        }
        result
    }
}

impl SlowJobs {
    fn may_name(&self, place: &'static Location<'static>) -> bool {
        let now = since_start();
        let mut named_until = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let until = named_until.entry(place).or_default();
        let may_name = *until <= now;
        if may_name {
            *until = now + millis(PAUSE);
        }
        may_name
    }
}

/// Runs code, and returns how long it took if that was too long.
#[inline]
fn timed<T>(limit: Option<Duration>, code: impl FnOnce() -> T) -> (T, Option<Duration>) {
    let Some(limit) = limit else {
        return (code(), None);
    };
    let begun = Instant::now();
    let result = code();
    let took = begun.elapsed();
    (result, (took > limit).then_some(took))
}

fn may_name(until: &AtomicU64) -> bool {
    let now = since_start();
    let next = |until| (until <= now).then_some(now + millis(PAUSE));
    until
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, next)
        .is_ok()
}

fn since_start() -> u64 {
    static START: OnceLock<Instant> = OnceLock::new();
    millis(START.get_or_init(Instant::now).elapsed())
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
