//! [`Scenario`]: one thing to be done, and who does it.

use crate::competitor::Competitor;
use crate::target::Target;

/// One thing to be done, and who does it.
#[derive(Debug)]
pub struct Scenario {
    pub(crate) name: String,
    /// What the numbers are for one of.
    pub(crate) unit: &'static str,
    /// Whether allocations are those of all units together.
    pub(crate) counts_whole_runs: bool,
    pub(crate) competitors: Vec<Competitor>,
    /// The rows that ratios are taken to, and what their columns are called.
    pub(crate) references: Vec<(String, String)>,
    /// With the rows that they are for.
    pub(crate) targets: Vec<(String, Target)>,
}

impl Scenario {
    /// A scenario with nobody in it. `unit` is what the numbers are for one of.
    pub fn new(name: impl Into<String>, unit: &'static str) -> Self {
        Self {
            name: name.into(),
            unit,
            counts_whole_runs: false,
            competitors: Vec::new(),
            references: Vec::new(),
            targets: Vec::new(),
        }
    }

    /// Adds a row.
    #[must_use]
    pub fn with(mut self, competitor: Competitor) -> Self {
        self.competitors.push(competitor);
        self
    }

    /// Adds a row that others are compared with, in a column of that name.
    #[must_use]
    pub fn with_reference(mut self, column: impl Into<String>, competitor: Competitor) -> Self {
        let reference = (competitor.name.clone(), column.into());
        self.references.push(reference);
        self.with(competitor)
    }

    /// What is allocated is counted for all units together.
    #[must_use]
    pub fn counting_whole_runs(mut self) -> Self {
        self.counts_whole_runs = true;
        self
    }

    /// What a row is to come to.
    #[must_use]
    pub fn target(mut self, row: impl Into<String>, target: Target) -> Self {
        self.targets.push((row.into(), target));
        self
    }
}
