//! What a request is answered with.

use std::fmt;

use crate::context::Why;

/// What a request is answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The value that the handler returned.
    Value(u64),
    /// The error that the handler returned.
    Refused(String),
    /// The error of a member, or of what ends its value.
    Error(String),
    /// Something went wrong in what the plan knows by that name.
    Trouble(Trouble, String),
    /// The app takes no more requests.
    ShuttingDown,
    /// Nothing that a drawn graph may end in.
    Other(String),
}

/// What can go wrong without an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    Panicked,
    TookTooLong,
    /// The teardown of it did.
    TeardownPanicked,
    /// It is a singleton, and an error of what it is made from cannot be told.
    NotMade,
}

impl Answer {
    /// The error of a member, or of what ends its value.
    pub(crate) fn error(member: impl fmt::Display) -> Self {
        Self::Error(member.to_string())
    }

    pub(crate) fn trouble(trouble: Trouble, name: impl Into<String>) -> Self {
        Self::Trouble(trouble, name.into())
    }

    /// Whether the handler has returned.
    pub(crate) fn is_returned(&self) -> bool {
        matches!(self, Self::Value(_) | Self::Refused(_))
    }
}

impl From<Result<u64, String>> for Answer {
    fn from(returned: Result<u64, String>) -> Self {
        match returned {
            Ok(value) => Self::Value(value),
            Err(error) => Self::Refused(error),
        }
    }
}

impl From<Why> for Answer {
    fn from(why: Why) -> Self {
        let failure = match why {
            Why::Error(error) => return Self::Error(error),
            Why::Failure(failure) if failure.is_shutdown() => return Self::ShuttingDown,
            Why::Failure(failure) => failure,
        };
        let said = failure.to_string();
        let between = |before: &str, after: &str| {
            let (name, rest) = said.strip_prefix(before)?.split_once('`')?;
            rest.starts_with(after).then(|| name.to_owned())
        };
        let troubles = [
            (Trouble::Panicked, failure.is_panic(), "`", " panicked"),
            (
                Trouble::TookTooLong,
                failure.is_timeout(),
                "`",
                " took longer",
            ),
            (
                Trouble::TeardownPanicked,
                failure.is_panic(),
                "the teardown of `",
                " panicked",
            ),
            (
                Trouble::NotMade,
                true,
                "the singleton `",
                " could not be made",
            ),
        ];
        let found = troubles
            .into_iter()
            .find_map(|(trouble, is, before, after)| {
                Some(Self::Trouble(
                    trouble,
                    between(before, after).filter(|_| is)?,
                ))
            });
        found.unwrap_or(Self::Other(said))
    }
}
