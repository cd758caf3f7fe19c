//! [`Histogram`]: how long something took, many times.
//!
//! Eight buckets for each power of two, so what is read is at most an eighth too long, and never longer
//! than the longest. Only buckets that something fell into take room.

use std::collections::BTreeMap;
use std::time::Duration;

/// How long something took, many times.
#[derive(Debug, Default)]
pub(super) struct Histogram {
    /// How many fell into a bucket.
    buckets: BTreeMap<u64, u64>,
    count: u64,
    sum: Duration,
    longest: Duration,
}

impl Histogram {
    pub(super) fn add(&mut self, took: Duration) {
        *self.buckets.entry(bucket(nanos(took))).or_default() += 1;
        self.count += 1;
        self.sum = self.sum.saturating_add(took);
        self.longest = self.longest.max(took);
    }

    /// How many times it was.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn mean(&self) -> Option<Duration> {
        let mean = nanos(self.sum).checked_div(self.count)?;
        Some(Duration::from_nanos(mean))
    }

    pub(super) fn longest(&self) -> Option<Duration> {
        (self.count > 0).then_some(self.longest)
    }

    /// So many of a hundred took this long or less.
    pub(super) fn percentile(&self, percent: u64) -> Option<Duration> {
        let wanted = (self.count * percent).div_ceil(100).max(1);
        let mut counted = 0;
        let (&bucket, _) = self.buckets.iter().find(|(_, count)| {
            counted += **count;
            counted >= wanted
        })?;
        Some(Duration::from_nanos(top(bucket)).min(self.longest))
    }
}

/// Values below this have a bucket each.
const EXACT: u64 = 8;

fn bucket(nanos: u64) -> u64 {
    if nanos < EXACT {
        return nanos;
    }
    let power = u64::from(nanos.ilog2());
    // What follows the first bit says which of the eight it is.
    let eighth = (nanos >> (power - 3)) - EXACT;
    (power - 2) * EXACT + eighth
}

/// The longest that falls into a bucket.
fn top(bucket: u64) -> u64 {
    if bucket < EXACT {
        return bucket;
    }
    let shift = bucket / EXACT - 1;
    let first = (EXACT + bucket % EXACT) << shift;
    first + ((1 << shift) - 1)
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Histogram, bucket, top};
    use std::time::Duration;

    #[test]
    fn every_time_is_in_a_bucket_that_is_little_longer() {
        let around_powers = (0..64).flat_map(|power| {
            let power = 1_u64 << power;
            [power - 1, power, power + power / 3, power + (power - 1)]
        });
        for nanos in around_powers.chain([u64::MAX]) {
            let top = top(bucket(nanos));
            assert!(top >= nanos, "{nanos}: {top}");
            assert!(top - nanos <= nanos / 8, "{nanos}: {top}");
            assert_eq!(bucket(top), bucket(nanos), "{nanos}");
            if top < u64::MAX {
                assert_eq!(bucket(top + 1), bucket(top) + 1, "{nanos}");
            }
        }
    }

    #[test]
    fn percentiles_are_those_of_what_was_added() {
        let mut histogram = Histogram::default();
        assert_eq!(histogram.percentile(50), None);
        assert_eq!(histogram.mean(), None);
        for millis in 1..=100 {
            histogram.add(Duration::from_millis(millis));
        }
        let half = histogram.percentile(50).unwrap();
        assert!((50..=57).contains(&half.as_millis()), "{half:?}");
        assert_eq!(histogram.percentile(100), Some(Duration::from_millis(100)));
        assert_eq!(histogram.longest(), Some(Duration::from_millis(100)));
        assert_eq!(histogram.mean(), Some(Duration::from_micros(50_500)));
        assert_eq!(histogram.count(), 100);
    }
}
