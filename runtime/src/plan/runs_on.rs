//! [`Where`]: the kind of thread that a node runs on.

use super::Code;
use crate::context::Context;
use crate::meta::Colour;

/// The kind of thread that a node runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Where {
    /// A thread of the lane.
    Lane,
    /// A thread of the work-stealing pool.
    Cpu,
    /// Wherever it becomes ready, at once and in no time.
    InPlace,
    /// On the executor, where it is awaited.
    Executor,
}

impl Where {
    /// Where a node runs, if whatever singletons there are have been made.
    #[inline]
    pub(crate) fn of<C: Context>(code: Option<&Code<C>>, colour: Colour) -> Self {
        match code {
            // It has no thread while it waits, and in no time it has a slot that is free.
            Some(
                Code::Singleton(_) | Code::Cancellation(_) | Code::Background(_) | Code::Slots(_),
            ) => Self::InPlace,
            _ => Self::of_colour(colour),
        }
    }

    /// Where the function of a node runs.
    #[inline]
    pub(crate) fn of_colour(colour: Colour) -> Self {
        match colour {
            Colour::Inline | Colour::Struct => Self::InPlace,
            Colour::Plain => Self::Lane,
            Colour::Cpu => Self::Cpu,
            Colour::Async => Self::Executor,
        }
    }
}
