//! [`Label`]: what a problem calls a node.

use std::fmt;

use crate::meta::Meta;

/// What a problem calls a node: the name that others use for it, and what stands for it if that is
/// something else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Label {
    name: String,
    stands: Stands,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum Stands {
    #[default]
    Itself,
    Replacement(String),
    /// As only what replaces it sees it.
    Original,
}

impl Label {
    pub(super) fn of(meta: &Meta) -> Self {
        Self::from(meta.label())
    }

    pub(super) fn replaced_by(self, replacement: &Meta) -> Self {
        Self {
            stands: Stands::Replacement(replacement.label()),
            ..self
        }
    }

    pub(super) fn original(self) -> Self {
        Self {
            stands: Stands::Original,
            ..self
        }
    }

    /// The name alone, for a node that was said in full before.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// What is written under the name: the function that says what it needs.
    pub(super) fn written(&self) -> &str {
        match &self.stands {
            Stands::Replacement(replacement) => replacement,
            Stands::Itself | Stands::Original => &self.name,
        }
    }
}

impl From<String> for Label {
    fn from(name: String) -> Self {
        Self {
            name,
            stands: Stands::Itself,
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)?;
        match &self.stands {
            Stands::Itself => Ok(()),
            Stands::Replacement(replacement) => {
                write!(formatter, " (replaced by {replacement})")
            }
            Stands::Original => formatter.write_str(" (the original)"),
        }
    }
}
