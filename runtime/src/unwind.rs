//! Panics of a user's code where it runs in passing: destructors, mostly. They are printed by the
//! hook and go no further.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Drops what belongs to a user.
#[inline]
pub(crate) fn discard<T>(value: T) {
    contain(|| drop(value));
}

/// Runs code that belongs to a user; `None` if it panicked.
#[inline]
pub(crate) fn contain<T>(code: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(code)).map_err(forget).ok()
}

/// Leaves the payload of a panic alone: it is the user's too, and may panic again when dropped.
#[expect(
    clippy::mem_forget,
    reason = "dropping it may panic again, without end"
)]
fn forget(panic: Box<dyn Any + Send>) {
    std::mem::forget(panic);
}

/// Something of a user's that is dropped like this whoever drops it.
pub(crate) struct Contained<T>(Option<T>);

impl<T> Contained<T> {
    #[inline]
    pub(crate) fn new(value: T) -> Self {
        Self(Some(value))
    }

    #[inline]
    pub(crate) fn empty() -> Self {
        Self(None)
    }

    #[inline]
    pub(crate) fn as_ref(&self) -> Option<&T> {
        self.0.as_ref()
    }

    #[inline]
    pub(crate) fn as_mut(&mut self) -> Option<&mut T> {
        self.0.as_mut()
    }

    #[inline]
    pub(crate) fn take(&mut self) -> Option<T> {
        self.0.take()
    }

    /// Puts another value here, and returns the one before.
    #[inline]
    pub(crate) fn replace(&mut self, value: T) -> Option<T> {
        self.0.replace(value)
    }
}

impl<T> Drop for Contained<T> {
    #[inline]
    fn drop(&mut self) {
        if let Some(value) = self.0.take() {
            discard(value);
        }
    }
}
