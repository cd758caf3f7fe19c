//! Singletons: made once for each [`App`](crate::App), and ended with it.
//!
//! 1. The first who needs a singleton starts its [flight](cell::Flight): a task of the app's own,
//!    outside the span, the task-locals and the cancellation of any request. Whoever comes while it
//!    flies waits for the same flight, so it is made once; who stops waiting does not stop it.
//! 2. All who wait when a flight fails get its failure. So does who comes within `retry_after`; after
//!    that the next one starts a new flight. A flight whose runtime went away has not failed: the next
//!    one starts anew at once.
//! 3. The values belong to the [`Singletons`] of the app, in the order in which they were made, and
//!    stand there before anyone can see them. So what a singleton is made from stands before it, and
//!    is ended after it. A [cell](SingletonCell) only looks at its value.
//! 4. Each value is taken from there once, by whoever ends it.
//! 5. No lock is taken while another is held, and nothing of a user's is called or dropped under one.

mod cell;
mod failure;
mod owner;

pub use self::failure::SingletonFailure;

pub(crate) use self::cell::{Landed, Landing, SingletonCell};
pub(crate) use self::failure::ErrorTexts;
pub(crate) use self::owner::{Made, Singletons};
