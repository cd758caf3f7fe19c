//! Which attribute is being expanded.

use std::fmt;

/// The attribute that stands on the item. Its `Display` is the noun of every message, so that the
/// two attributes never grow two wordings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Handler,
    Dependency,
}

impl Kind {
    /// The attribute as it is written: `#[handler]`.
    pub(crate) fn attribute(self) -> &'static str {
        match self {
            Self::Handler => "#[handler]",
            Self::Dependency => "#[dependency]",
        }
    }

    /// What the attribute can stand on.
    pub(crate) fn target(self) -> &'static str {
        match self {
            Self::Handler => "a function",
            Self::Dependency => "a function or a struct with named fields",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Handler => "handler",
            Self::Dependency => "dependency",
        })
    }
}
