//! [`Outcome`]: how a request ended, as teardowns are told.

use std::fmt;

/// How a request ended: what a teardown is told, so that a transaction knows whether to commit.
///
/// It is fixed when the handler ends. A teardown that fails turns [`Completed`](Self::Completed) into
/// [`Failed`](Self::Failed) for those that run after it.
///
/// There are these four and no others: who matches all of them, to decide over a transaction, is told
/// by the compiler if that ever changes, and no wildcard decides for what was not thought of.
///
/// ```
/// use hueless::{Depends, Outcome, dependency};
///
/// struct Transaction;
///
/// #[dependency(teardown = end)]
/// fn transaction() -> Result<Transaction, String> {
///     Ok(Transaction)
/// }
///
/// fn end(_transaction: Depends<transaction>, outcome: Outcome) -> Result<(), String> {
///     match outcome {
///         Outcome::Completed => Ok(()), // commit
///         _ => Ok(()),                  // roll back
///     }
/// }
///
/// assert_eq!(end(Depends::new(Transaction), Outcome::Completed), Ok(()));
/// // For a teardown to which all others are one:
/// assert!(Outcome::Completed.is_completed());
/// assert!(!Outcome::Cancelled.is_completed());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The handler returned. Any value counts that is not an `Err`, whatever its HTTP status. For
    /// `after_response`: the body reached its end as well, or there was none to send.
    Completed,
    /// A node failed, or a handler whose return type is written `Result` returned `Err`, or a
    /// teardown before this one failed.
    Failed,
    /// Nobody waits for the response any more, or the handler's `timeout` has passed. For
    /// `after_response`: the body was dropped before its end.
    Cancelled,
    /// A node panicked, and that is what the request was rejected for.
    Panicked,
}

impl Outcome {
    /// Whether it is [`Outcome::Completed`].
    #[must_use]
    pub fn is_completed(self) -> bool {
        self == Self::Completed
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Panicked => "panicked",
        })
    }
}
