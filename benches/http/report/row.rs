//! The medians of a contestant's rounds, and their ratios.

use hueless_benches::median;
use serde::Serialize;

use crate::scenarios::Scenario;

/// One contestant.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) scenario: &'static str,
    pub(crate) contestant: &'static str,
    #[serde(flatten)]
    pub(crate) figures: Figures,
    /// Each figure divided by that of the first contestant of the scenario.
    pub(crate) ratios: Figures,
}

/// What was measured. What does not apply is 0, and its ratio is no number.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct Figures {
    pub(crate) requests_per_second: f64,
    /// The CPU time that the server takes for a request.
    pub(crate) cpu_microseconds: f64,
    pub(crate) p50_milliseconds: f64,
    pub(crate) p99_milliseconds: f64,
    pub(crate) max_milliseconds: f64,
    /// How much of the machine processes took that have nothing to do with it.
    pub(crate) others_percent: f64,
}

impl Figures {
    /// Each figure of some rounds, or of two that are divided, made one by a function.
    fn each(of: &[Self], one: impl Fn(Vec<f64>) -> f64) -> Self {
        let figure = |get: fn(&Self) -> f64| one(of.iter().map(get).collect());
        Self {
            requests_per_second: figure(|figures| figures.requests_per_second),
            cpu_microseconds: figure(|figures| figures.cpu_microseconds),
            p50_milliseconds: figure(|figures| figures.p50_milliseconds),
            p99_milliseconds: figure(|figures| figures.p99_milliseconds),
            max_milliseconds: figure(|figures| figures.max_milliseconds),
            others_percent: figure(|figures| figures.others_percent),
        }
    }
}

/// The rows of a scenario, from the rounds of each contestant.
pub(crate) fn rows(scenario: &Scenario, rounds: &[Vec<Figures>]) -> Vec<Row> {
    let medians: Vec<Figures> = rounds
        .iter()
        .map(|rounds| Figures::each(rounds, median))
        .collect();
    let contestants = scenario.contestants.iter().zip(&medians);
    contestants
        .map(|(contestant, figures)| Row {
            scenario: scenario.name,
            contestant: contestant.name,
            figures: *figures,
            ratios: Figures::each(&[*figures, medians[0]], |pair| pair[0] / pair[1]),
        })
        .collect()
}
