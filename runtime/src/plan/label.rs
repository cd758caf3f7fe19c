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
    ForItself,
    ForReplacement(String),
    /// For itself, though others get a replacement: only the replacement sees it.
    ForOriginal,
}

impl Label {
    pub(super) fn of(meta: &Meta) -> Self {
        Self::from(meta.label())
    }

    pub(super) fn replaced_by(self, replacement: &Meta) -> Self {
        Self {
            stands: Stands::ForReplacement(replacement.label()),
            ..self
        }
    }

    pub(super) fn original(self) -> Self {
        Self {
            stands: Stands::ForOriginal,
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
            Stands::ForReplacement(replacement) => replacement,
            Stands::ForItself | Stands::ForOriginal => &self.name,
        }
    }
}

impl From<String> for Label {
    fn from(name: String) -> Self {
        Self {
            name,
            stands: Stands::ForItself,
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)?;
        match &self.stands {
            Stands::ForItself => Ok(()),
            Stands::ForReplacement(replacement) => {
                write!(formatter, " (replaced by {replacement})")
            }
            Stands::ForOriginal => formatter.write_str(" (the original)"),
        }
    }
}
