//! [`AnyOwned`]: a value that one has.

use std::any::Any;
use std::fmt;
use std::ptr::NonNull;

use super::cell::{end, is, place};
use super::room::{Room, claim_of};

/// A value that one has, whatever its type.
pub struct AnyOwned(Owned);

enum Owned {
    Placed(PlacedOwned),
    Apart(Box<dyn Any + Send>),
}

/// The one handle to a value in a room.
struct PlacedOwned {
    start: NonNull<u8>,
}

// SAFETY: *Threads*: only what is `Send` is owned.
unsafe impl Send for PlacedOwned {}

impl Drop for PlacedOwned {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: *Values*: this was the only handle.
        drop(unsafe { end(self.start) });
    }
}

impl AnyOwned {
    /// Puts a value into a room.
    #[inline]
    pub(crate) fn within<T: Send + 'static>(room: Room, value: T) -> Self {
        Self(match room.fitting::<T>() {
            Some((part, _)) => Owned::Placed(PlacedOwned {
                start: place(part, value),
            }),
            None => Owned::Apart(Box::new(value)),
        })
    }

    /// The value, if it is a `T`.
    #[inline]
    pub(crate) fn downcast_mut<T: 'static>(&mut self) -> Option<&mut T> {
        match &mut self.0 {
            // SAFETY: *Types*: it is asked for, and nobody else has it.
            Owned::Placed(placed) => unsafe {
                is::<T>(placed.start).then(|| placed.start.cast::<T>().as_mut())
            },
            Owned::Apart(value) => value.downcast_mut(),
        }
    }

    /// Takes the value out, if it is a `T`.
    #[expect(clippy::mem_forget, reason = "the value is moved out")]
    #[inline]
    pub(crate) fn into_inner<T: 'static>(self) -> Option<T> {
        match self.0 {
            // SAFETY: *Values*: this has the handle.
            Owned::Placed(placed) if unsafe { is::<T>(placed.start) } => {
                let start = placed.start;
                std::mem::forget(placed);
                // SAFETY: *Types*: it was asked for. The claim stays until it is moved out.
                unsafe {
                    let _claim = claim_of(start);
                    Some(start.cast::<T>().read())
                }
            }
            Owned::Placed(_) => None,
            Owned::Apart(value) => value.downcast().ok().map(|value| *value),
        }
    }
}

impl fmt::Debug for AnyOwned {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AnyOwned")
    }
}
