//! What has come of the cases.

use std::fmt;

/// What has come of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It keeps the rules, or what is wrong is left to rustc.
    Expanded,
    /// It has mistakes, and a fallback beside it.
    Refused,
    /// It was emitted with a message, and nothing beside it.
    Echoed,
    /// It is no Rust.
    Nonsense,
}

/// How often.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Outcomes {
    expanded: usize,
    refused: usize,
    echoed: usize,
    nonsense: usize,
}

impl Outcomes {
    pub(super) fn count(&mut self, outcome: Outcome) {
        *match outcome {
            Outcome::Expanded => &mut self.expanded,
            Outcome::Refused => &mut self.refused,
            Outcome::Echoed => &mut self.echoed,
            Outcome::Nonsense => &mut self.nonsense,
        } += 1;
    }

    /// Demands that each outcome has come, of as many cases as should have them.
    pub(super) fn demand_all(&self) {
        let all = self.expanded + self.refused + self.echoed + self.nonsense;
        let rarest = self.expanded.min(self.refused).min(self.echoed);
        assert!(all < 500 || rarest > all / 50, "one-sided: {self}");
    }
}

impl fmt::Display for Outcomes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            expanded,
            refused,
            echoed,
            nonsense,
        } = self;
        write!(
            formatter,
            "{expanded} expanded, {refused} refused, {echoed} echoed, {nonsense} no Rust"
        )
    }
}
