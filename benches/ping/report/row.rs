//! The medians of a competitor's rounds, and their ratios.

use std::time::Duration;

use hueless_benches::median;
use serde::Serialize;

use crate::competitors::{Competitor, REFERENCE};
use crate::measure::Figures;

/// One competitor.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    #[serde(flatten)]
    pub(crate) numbers: Numbers,
    pub(crate) ratios: Ratios,
}

/// The medians of all rounds.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Numbers {
    pub(crate) slow_requests_per_second: f64,
    pub(crate) ping_p50_milliseconds: f64,
    pub(crate) ping_p99_milliseconds: f64,
    pub(crate) ping_max_milliseconds: f64,
}

/// Each number divided by that of another competitor.
#[derive(Debug, Serialize)]
pub(crate) struct Ratios {
    /// The name of the other competitor.
    pub(crate) to: &'static str,
    #[serde(flatten)]
    pub(crate) numbers: Numbers,
}

impl Numbers {
    fn of(rounds: &[Figures]) -> Self {
        let figure = |get: fn(&Figures) -> f64| median(rounds.iter().map(get));
        Self {
            slow_requests_per_second: figure(|round| round.slow_per_second),
            ping_p50_milliseconds: figure(|round| milliseconds(round.ping_p50)),
            ping_p99_milliseconds: figure(|round| milliseconds(round.ping_p99)),
            ping_max_milliseconds: figure(|round| milliseconds(round.ping_max)),
        }
    }

    fn divided_by(self, other: Self) -> Self {
        Self {
            slow_requests_per_second: self.slow_requests_per_second
                / other.slow_requests_per_second,
            ping_p50_milliseconds: self.ping_p50_milliseconds / other.ping_p50_milliseconds,
            ping_p99_milliseconds: self.ping_p99_milliseconds / other.ping_p99_milliseconds,
            ping_max_milliseconds: self.ping_max_milliseconds / other.ping_max_milliseconds,
        }
    }
}

/// The rows, from the rounds of each competitor.
pub(crate) fn rows(competitors: &[Competitor], rounds: &[Vec<Figures>]) -> Vec<Row> {
    let named: Vec<(&'static str, Numbers)> = competitors
        .iter()
        .zip(rounds)
        .map(|(competitor, rounds)| (competitor.name, Numbers::of(rounds)))
        .collect();
    let reference = named
        .iter()
        .find(|(name, _)| *name == REFERENCE)
        .map(|(_, numbers)| *numbers)
        .expect("the reference is one of the competitors");
    named
        .into_iter()
        .map(|(name, numbers)| Row {
            name,
            numbers,
            ratios: Ratios {
                to: REFERENCE,
                numbers: numbers.divided_by(reference),
            },
        })
        .collect()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
