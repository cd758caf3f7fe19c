//! [`Document`]: what is fetched, and when that was.

use std::fmt;
use std::time::Duration;

/// A document that has arrived.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) name: &'static str,
    pub(crate) text: String,
    /// When it was asked for, since the run began.
    pub(crate) from: Duration,
    /// When it had arrived.
    pub(crate) to: Duration,
}

impl fmt::Display for Document {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, text, .. } = self;
        let (from, to) = (self.from.as_millis(), self.to.as_millis());
        write!(formatter, "{name:<8} {from:>4} to {to:>4} ms  {text}")
    }
}
