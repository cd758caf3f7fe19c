//! What the block takes from the standard library, in one place, so that a model can put its own here.

pub(super) use std::sync::atomic::{AtomicU32, Ordering, fence};
