//! [`AnyKept`] and [`Kept`]: values that many may read.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::ptr::NonNull;
use std::sync::Arc;

use super::cell::{end, is, needs_drop, place};
use super::count::Count;
use super::memory::Returned;
use super::room::{Room, tag_of};
use crate::unwind::{contain, discard};

/// A value that many may read, whatever its type.
pub struct AnyKept(Many);

enum Many {
    Placed(PlacedAny),
    Apart(Arc<dyn Any + Send + Sync>),
}

/// Handles to a value in a room.
struct PlacedAny {
    start: NonNull<u8>,
    held: u32,
}

// SAFETY: *Threads*: only what is `Send + Sync` is kept.
unsafe impl Send for PlacedAny {}
// SAFETY: as above.
unsafe impl Sync for PlacedAny {}

impl PlacedAny {
    #[inline]
    fn handles(&self) -> &Count {
        // SAFETY: *Values*: this has a handle, so the value is there, with its tag.
        unsafe { &tag_of(self.start).as_ref().handles }
    }

    /// Keeps one of its handles, which whoever takes it gives back.
    #[expect(clippy::mem_forget, reason = "the handle is handed on")]
    #[inline]
    fn into_one(self) -> NonNull<u8> {
        if self.held > 1 {
            // Not the last ones, for one is left.
            self.handles().give_back(self.held - 1);
        }
        let start = self.start;
        std::mem::forget(self);
        start
    }

    /// Drops the value, if these are the last handles. A panic goes no further.
    #[inline]
    fn end(self, returned: &mut Returned) {
        let this = ManuallyDrop::new(self);
        if this.handles().give_back(this.held) {
            // SAFETY: *Values*: these were the last handles.
            let end = || unsafe { end(this.start) };
            // SAFETY: *Values*: and so it is there.
            let claim = if unsafe { needs_drop(this.start) } {
                contain(end)
            } else {
                Some(end())
            };
            if let Some(claim) = claim {
                returned.add(claim);
            }
        }
    }
}

impl Drop for PlacedAny {
    #[inline]
    fn drop(&mut self) {
        if self.handles().give_back(self.held) {
            // SAFETY: *Values*: these were the last handles.
            drop(unsafe { end(self.start) });
        }
    }
}

impl AnyKept {
    /// Keeps a value in a room.
    #[inline]
    pub(crate) fn within<T: Send + Sync + 'static>(room: Room, value: T) -> Self {
        Self(match room.fitting::<T>() {
            Some((part, _)) => Many::Placed(PlacedAny {
                start: place(part, value),
                held: 1,
            }),
            None => Many::Apart(Arc::new(value)),
        })
    }

    /// Keeps what lives longer than a run.
    #[inline]
    pub(crate) fn apart(value: Arc<dyn Any + Send + Sync>) -> Self {
        Self(Many::Apart(value))
    }

    /// The same, if it was kept as such.
    #[inline]
    pub(crate) fn into_apart(self) -> Option<Arc<dyn Any + Send + Sync>> {
        match self.0 {
            Many::Placed(_) => None,
            Many::Apart(value) => Some(value),
        }
    }

    /// Expects to be shared so often. Then that costs next to nothing.
    #[inline]
    pub(crate) fn expect(&mut self, uses: u32) {
        if let Many::Placed(placed) = &mut self.0
            && uses > 0
            && placed.handles().add_to_all(placed.held, uses)
        {
            placed.held += uses;
        }
    }

    /// One of the handles that were expected to be used, or another one.
    #[inline]
    pub(crate) fn share_mut(&mut self) -> Self {
        match &mut self.0 {
            Many::Placed(placed) if placed.held > 1 => {
                placed.held -= 1;
                Self(Many::Placed(PlacedAny {
                    start: placed.start,
                    held: 1,
                }))
            }
            _ => self.share(),
        }
    }

    /// Another handle.
    #[inline]
    pub(crate) fn share(&self) -> Self {
        Self(match &self.0 {
            Many::Placed(placed) => {
                placed.handles().add();
                Many::Placed(PlacedAny {
                    start: placed.start,
                    held: 1,
                })
            }
            Many::Apart(value) => Many::Apart(Arc::clone(value)),
        })
    }

    /// How many handles there are besides this one.
    #[inline]
    pub(crate) fn others(&self) -> usize {
        match &self.0 {
            Many::Placed(placed) => (placed.handles().now() - placed.held) as usize,
            Many::Apart(value) => Arc::strong_count(value) - 1,
        }
    }

    /// The value, if it is a `T`.
    #[inline]
    pub(crate) fn downcast_ref<T: 'static>(&self) -> Option<&T> {
        match &self.0 {
            // SAFETY: *Types*: it is asked for, and this has a handle for as long as it is borrowed.
            Many::Placed(placed) => unsafe {
                is::<T>(placed.start).then(|| placed.start.cast::<T>().as_ref())
            },
            Many::Apart(value) => value.downcast_ref(),
        }
    }

    /// A handle to the value, if it is a `T`.
    #[inline]
    pub(crate) fn load<T: Send + Sync + 'static>(self) -> Option<Kept<T>> {
        match self.0 {
            // SAFETY: *Values*: this has a handle.
            Many::Placed(placed) if unsafe { is::<T>(placed.start) } => {
                let start = placed.into_one().cast::<T>();
                Some(Kept(Typed::Placed(PlacedKept {
                    start,
                    value: PhantomData,
                })))
            }
            Many::Placed(_) => None,
            Many::Apart(value) => {
                let value = value.downcast().ok()?;
                Some(Kept(Typed::Apart(value)))
            }
        }
    }

    /// A handle for one of the readers that were expected, or another one, if the value is a `T`.
    #[inline]
    pub(crate) fn load_mut<T: Send + Sync + 'static>(&mut self) -> Option<Kept<T>> {
        match &mut self.0 {
            // SAFETY: *Values*: this has a handle.
            Many::Placed(placed) if unsafe { is::<T>(placed.start) } => {
                if placed.held > 1 {
                    placed.held -= 1;
                } else {
                    placed.handles().add();
                }
                Some(Kept(Typed::Placed(PlacedKept {
                    start: placed.start.cast(),
                    value: PhantomData,
                })))
            }
            Many::Placed(_) => None,
            Many::Apart(_) => self.share().load(),
        }
    }

    /// Drops it. What it has of a block is given back with others.
    #[inline]
    pub(crate) fn end(self, returned: &mut Returned) {
        match self.0 {
            Many::Placed(placed) => placed.end(returned),
            Many::Apart(value) => discard(value),
        }
    }
}

impl fmt::Debug for AnyKept {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AnyKept")
    }
}

/// A handle to a value that many may read.
pub(crate) struct Kept<T>(Typed<T>);

enum Typed<T> {
    Placed(PlacedKept<T>),
    Apart(Arc<T>),
}

/// A handle to a value in a room.
struct PlacedKept<T> {
    start: NonNull<T>,
    /// It may have to drop one.
    value: PhantomData<T>,
}

// SAFETY: *Threads*: as an `Arc`.
unsafe impl<T: Send + Sync> Send for PlacedKept<T> {}
// SAFETY: as above.
unsafe impl<T: Send + Sync> Sync for PlacedKept<T> {}

impl<T> PlacedKept<T> {
    #[inline]
    fn handles(&self) -> &Count {
        // SAFETY: *Values*: this has a handle, so the value is there, with its tag.
        unsafe { &tag_of(self.start.cast()).as_ref().handles }
    }
}

impl<T> Drop for PlacedKept<T> {
    #[inline]
    fn drop(&mut self) {
        if self.handles().give_back(1) {
            // SAFETY: *Values*: this was the last handle.
            drop(unsafe { end(self.start.cast()) });
        }
    }
}

impl<T> Kept<T> {
    /// Keeps a value that is made outside of any run.
    #[inline]
    pub(crate) fn apart(value: T) -> Self {
        Self(Typed::Apart(Arc::new(value)))
    }
}

impl<T> Clone for Kept<T> {
    #[inline]
    fn clone(&self) -> Self {
        Self(match &self.0 {
            Typed::Placed(placed) => {
                placed.handles().add();
                Typed::Placed(PlacedKept {
                    start: placed.start,
                    value: PhantomData,
                })
            }
            Typed::Apart(value) => Typed::Apart(Arc::clone(value)),
        })
    }
}

impl<T> Deref for Kept<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        match &self.0 {
            // SAFETY: *Values* and *Types*: this has a handle to it for as long as it is borrowed.
            Typed::Placed(placed) => unsafe { placed.start.as_ref() },
            Typed::Apart(value) => value,
        }
    }
}

impl<T> fmt::Debug for Kept<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Kept")
    }
}
