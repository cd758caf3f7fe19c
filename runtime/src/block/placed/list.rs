//! [`List`]: what a run knows of each of its nodes.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

use super::memory::Claim;

/// Elements that are as many for as long as there are any.
pub(crate) struct List<T> {
    elements: NonNull<T>,
    length: usize,
    /// `None` where it is allocated by itself.
    claim: Option<Claim>,
}

// SAFETY: *Threads*: it is an owner of its elements, as a `Vec` is.
unsafe impl<T: Send> Send for List<T> {}
// SAFETY: as above.
unsafe impl<T: Sync> Sync for List<T> {}

impl<T> List<T> {
    /// With nothing in it.
    #[inline]
    pub(crate) fn empty() -> Self {
        Self::apart(std::iter::empty())
    }

    /// Allocated by itself.
    #[inline]
    pub(super) fn apart(elements: impl Iterator<Item = T>) -> Self {
        let elements: Box<[T]> = elements.collect();
        let length = elements.len();
        let elements = Box::into_raw(elements).cast::<T>();
        Self {
            elements: NonNull::new(elements).unwrap_or(NonNull::dangling()),
            length,
            claim: None,
        }
    }

    /// Within a block, `offset` bytes from its start.
    ///
    /// # Safety
    ///
    /// There, within the block of the claim, is room for as many elements as there are said to be, which
    /// nobody else has, and which is aligned for them.
    #[inline]
    pub(super) unsafe fn within(
        claim: Claim,
        offset: u32,
        elements: impl ExactSizeIterator<Item = T>,
    ) -> Self {
        let most = elements.len();
        // SAFETY: as the caller says.
        let start = unsafe { claim.start().byte_add(offset as usize).cast::<T>() };
        let mut list = Self {
            elements: start,
            length: 0,
            claim: Some(claim),
        };
        for element in elements.take(most) {
            // SAFETY: as the caller says, for no more elements than there were said to be.
            unsafe { start.add(list.length).write(element) };
            list.length += 1;
        }
        list
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::empty()
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        // SAFETY: *Rooms*: so many elements were written there, and are this list's alone.
        unsafe { std::slice::from_raw_parts(self.elements.as_ptr(), self.length) }
    }
}

impl<T> DerefMut for List<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: as above.
        unsafe { std::slice::from_raw_parts_mut(self.elements.as_ptr(), self.length) }
    }
}

impl<T> Drop for List<T> {
    #[inline]
    fn drop(&mut self) {
        let elements = std::ptr::slice_from_raw_parts_mut(self.elements.as_ptr(), self.length);
        if self.claim.is_some() {
            // SAFETY: *Rooms*: they are this list's, which is gone after this. Its claim is a field, and
            // so given back afterwards, also if an element panics.
            unsafe { std::ptr::drop_in_place(elements) };
        } else {
            // SAFETY: it comes from `Box::into_raw`, or is an empty slice of which a box allocates nothing.
            drop(unsafe { Box::from_raw(elements) });
        }
    }
}

impl<T> fmt::Debug for List<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("List").field(&self.length).finish()
    }
}
