//! [`Pace`]: how long a node has taken lately.
//!
//! Plain nodes that are ready together share a hop only while all of them are known to be short: a
//! wrong guess runs them one after the other. So what is unknown counts as long, one slow run is
//! forgiven (a preemption looks the same), and two in a row are believed at once.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Nodes whose times add up to less than this share a hop: it is what a few hops cost.
pub(crate) const SHORT: Duration = Duration::from_micros(10);

/// Weight of the newest time, as a power of two.
const WEIGHT: u32 = 3;

/// One of so many hops times its nodes.
const EVERY: u32 = 8;

/// How far above the estimate one outlier may pull it: eightfold and a microsecond.
const GROWTH: u32 = 8;

/// The learned duration of a node. Updates may be lost, which is harmless.
#[derive(Debug)]
pub(crate) struct Pace {
    /// Nanoseconds, [`UNKNOWN`] before the first run.
    estimate: AtomicU32,
    /// The last time, if it was long.
    last_long: AtomicU32,
}

const UNKNOWN: u32 = u32::MAX;

impl Pace {
    pub(crate) fn unknown() -> Self {
        Self {
            estimate: AtomicU32::new(UNKNOWN),
            last_long: AtomicU32::new(0),
        }
    }

    /// The estimate, if it is short; what is unknown or long shares no hop.
    pub(crate) fn short(&self) -> Option<Duration> {
        let estimate = self.estimate.load(Ordering::Relaxed);
        let estimate = (estimate != UNKNOWN).then(|| Duration::from_nanos(estimate.into()))?;
        (estimate < SHORT).then_some(estimate)
    }

    /// The same, if it is so short that a look at the clock costs more than it can teach. After a long
    /// time the next one is looked at.
    pub(crate) fn certain(&self) -> Option<Duration> {
        let is_in_doubt = self.last_long.load(Ordering::Relaxed) > 0;
        self.short()
            .filter(|&short| short < SHORT / 4 && !is_in_doubt)
    }

    /// Takes one run's time into account.
    pub(crate) fn record(&self, took: Duration) {
        let took = u32::try_from(took.as_nanos())
            .unwrap_or(UNKNOWN - 1)
            .min(UNKNOWN - 1);
        let old = self.estimate.load(Ordering::Relaxed);
        let long = u128::from(took) >= SHORT.as_nanos();
        let last_long = self
            .last_long
            .swap(if long { took } else { 0 }, Ordering::Relaxed);
        let estimate = if old == UNKNOWN || (long && last_long > 0) {
            took
        } else {
            let took = took.min(old.saturating_mul(GROWTH).saturating_add(1_000));
            old - (old >> WEIGHT) + (took >> WEIGHT)
        };
        self.estimate
            .store(estimate.min(UNKNOWN - 1), Ordering::Relaxed);
    }
}

/// Whether a hop reads the clock for each of its nodes. That costs more than a short node does, so it
/// is done now and then, and when the last hop took longer than what is known of its nodes. A node that
/// is not [certain](Pace::certain) to be short is always timed.
#[derive(Debug, Default)]
pub(crate) struct Timing {
    hops: AtomicU32,
    was_slow: AtomicBool,
}

impl Timing {
    /// Whether the hop that begins now times all its nodes.
    pub(crate) fn is_due(&self) -> bool {
        let hop = self.hops.fetch_add(1, Ordering::Relaxed);
        hop.is_multiple_of(EVERY) || self.was_slow.load(Ordering::Relaxed)
    }

    /// A hop is over: what it took, and what it would have taken if those of its nodes that were not
    /// timed had taken as long as ever.
    pub(crate) fn record(&self, took: Duration, expected: Duration) {
        let is_slow = took > SHORT + 2 * expected;
        self.was_slow.store(is_slow, Ordering::Relaxed);
    }
}

/// How long the nodes of a hop take that is under way.
pub(crate) struct Stopwatch<'plan> {
    timing: &'plan Timing,
    is_due: bool,
    begun: Instant,
    expected: Duration,
}

impl<'plan> Stopwatch<'plan> {
    pub(crate) fn start(timing: &'plan Timing) -> Self {
        Self {
            timing,
            is_due: timing.is_due(),
            begun: Instant::now(),
            expected: Duration::ZERO,
        }
    }

    /// Runs a node, and learns how long it takes if that is not known. What was not to be run returns
    /// `None`, and teaches nothing.
    #[inline]
    pub(crate) fn run<T>(&mut self, pace: &Pace, code: impl FnOnce() -> Option<T>) -> Option<T> {
        if let Some(short) = pace.certain().filter(|_| !self.is_due) {
            self.expected += short;
            return code();
        }
        let begun = Instant::now();
        let result = code();
        if result.is_some() {
            let took = begun.elapsed();
            pace.record(took);
            self.expected += took;
        }
        result
    }

    /// The hop is over.
    pub(crate) fn stop(self) {
        self.timing.record(self.begun.elapsed(), self.expected);
    }
}

/// Whether nodes that are ready together share one hop.
pub(crate) fn share_one_hop<'a>(nodes: &[u32], pace: impl Fn(u32) -> &'a Pace) -> bool {
    let mut sum = Some(Duration::ZERO);
    for &node in nodes {
        sum = sum.and_then(|sum| Some(sum + pace(node).short()?));
    }
    sum.is_some_and(|sum| sum < SHORT)
}

/// Splits nodes that are ready together into hops: those known to be short share the first one, each
/// other one has its own. Order within and between hops is that of `nodes`.
pub(crate) fn hops<'a>(
    nodes: impl IntoIterator<Item = u32>,
    pace: impl Fn(u32) -> &'a Pace,
) -> Vec<Vec<u32>> {
    let mut hops: Vec<Vec<u32>> = Vec::new();
    let mut shared: Option<(usize, Duration)> = None;
    for node in nodes {
        match (pace(node).short(), shared) {
            (Some(short), Some((hop, sum))) if sum + short < SHORT => {
                hops[hop].push(node);
                shared = Some((hop, sum + short));
            }
            (Some(short), _) => {
                shared = Some((hops.len(), short));
                hops.push(vec![node]);
            }
            (None, _) => hops.push(vec![node]),
        }
    }
    hops
}

#[cfg(test)]
mod tests {
    use super::{Pace, SHORT, Timing, hops, share_one_hop};
    use std::time::Duration;

    const LONG: Duration = Duration::from_millis(5);
    const QUICK: Duration = Duration::from_micros(2);

    fn pace(times: &[Duration]) -> Pace {
        let pace = Pace::unknown();
        for &time in times {
            pace.record(time);
        }
        pace
    }

    #[test]
    fn what_is_unknown_is_not_short() {
        assert_eq!(pace(&[]).short(), None);
    }

    #[test]
    fn one_outlier_is_forgiven_and_two_in_a_row_are_believed() {
        assert!(pace(&[QUICK, QUICK, LONG]).short().is_some());
        assert_eq!(pace(&[QUICK, QUICK, LONG, LONG]).short(), None);
    }

    #[test]
    fn a_node_that_became_quick_is_short_after_a_while() {
        let mut times = vec![LONG];
        times.extend([QUICK; 80]);
        assert!(pace(&times).short().is_some());
    }

    #[test]
    fn hops_are_timed_now_and_then_and_after_one_that_took_too_long() {
        let timing = Timing::default();
        let due = |hops: usize| (0..hops).filter(|_| timing.is_due()).count();
        assert_eq!(due(16), 2);
        timing.record(LONG, QUICK);
        assert_eq!(due(3), 3);
        timing.record(LONG, LONG);
        assert_eq!(due(5), 0);
    }

    #[test]
    fn what_was_long_once_is_not_certain() {
        assert!(pace(&[QUICK, QUICK]).certain().is_some());
        let mut times = vec![QUICK, LONG];
        assert_eq!(pace(&times).certain(), None);
        times.extend([QUICK; 16]);
        assert!(pace(&times).certain().is_some());
        assert_eq!(pace(&[SHORT / 2]).certain(), None);
    }

    #[test]
    fn short_ones_share_a_hop_until_they_add_up_and_others_have_their_own() {
        let paces = [
            pace(&[QUICK]),
            pace(&[]),
            pace(&[QUICK]),
            pace(&[LONG]),
            pace(&[SHORT / 2]),
        ];
        let split = hops([0, 1, 2, 3, 4], |node| &paces[node as usize]);
        assert_eq!(split, [vec![0, 2, 4], vec![1], vec![3]]);
        let paces = [pace(&[SHORT / 2]), pace(&[SHORT / 2]), pace(&[SHORT / 2])];
        let split = hops([0, 1, 2], |node| &paces[node as usize]);
        assert_eq!(split, [vec![0], vec![1], vec![2]]);
        assert!(!share_one_hop(&[0, 1], |node| &paces[node as usize]));
        assert!(share_one_hop(&[0], |node| &paces[node as usize]));
    }
}
