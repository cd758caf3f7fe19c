//! [`Target`]: what a row is to come to.

/// What a row is to come to. Other rows are named by their columns.
#[derive(Debug, Clone)]
pub enum Target {
    /// At most so many times what another row takes.
    AtMost(f64, String),
    /// So many times faster than another row.
    Faster(f64, String),
    /// At most so many heap allocations.
    Allocations(f64),
    /// At most so much of the figure of that name.
    Figure(f64, &'static str),
    /// At most so many times that figure of another row.
    FigureRatio(f64, &'static str, String),
}

impl Target {
    /// At most so many times what the row of that column takes.
    pub fn at_most(ratio: f64, column: impl Into<String>) -> Self {
        Self::AtMost(ratio, column.into())
    }

    /// So many times faster than the row of that column.
    pub fn faster(times: f64, column: impl Into<String>) -> Self {
        Self::Faster(times, column.into())
    }
}
