//! What is known of a value in a room, and what is done with one whatever it is.

use std::any::TypeId;
use std::ptr::NonNull;

use super::count::Count;
use super::memory::Claim;
use super::room::{Part, claim_of, tag_of};

/// What is known of a value in a room.
pub(super) struct Calls {
    /// `None` while there is none.
    id: Option<TypeId>,
    /// Drops it; `None` if there is nothing to be done for that.
    drop: Option<unsafe fn(NonNull<u8>)>,
}

impl Calls {
    pub(super) const NONE: &'static Self = &Self {
        id: None,
        drop: None,
    };

    #[inline]
    const fn of<T: 'static>() -> &'static Self {
        const {
            &Self {
                id: Some(TypeId::of::<T>()),
                drop: if std::mem::needs_drop::<T>() {
                    Some(drop_as::<T>)
                } else {
                    None
                },
            }
        }
    }
}

/// # Safety
///
/// A `T` is there, which is nobody's any more.
#[inline]
unsafe fn drop_as<T>(value: NonNull<u8>) {
    // SAFETY: as the caller says.
    unsafe { value.cast::<T>().drop_in_place() };
}

/// Puts a value into a room, with one handle.
#[inline]
pub(super) fn place<T: 'static>(part: Part, value: T) -> NonNull<u8> {
    let start = part.0;
    // SAFETY: *Rooms* and *Types*: the part is its holder's alone, and was asked whether a `T` fits. Its
    // tag is written with it, before anybody has a handle.
    unsafe {
        start.cast::<T>().write(value);
        let tag = tag_of(start).as_ptr();
        (*tag).calls = Calls::of::<T>();
        (*tag).handles = Count::new(1);
    }
    part.into_claim().leak();
    start
}

/// Drops the value in a room of which there are no handles any more. Its claim is what is left.
///
/// # Safety
///
/// *Values*: there is a value, and who calls this gave back the last handle.
#[inline]
pub(super) unsafe fn end(start: NonNull<u8>) -> Claim {
    // SAFETY: *Values*: it kept its claim until now.
    let claim = unsafe { claim_of(start) };
    // SAFETY: *Types*: its tag was written with it. A panic gives back the claim.
    unsafe {
        if let Some(drop) = tag_of(start).as_ref().calls.drop {
            drop(start);
        }
    }
    claim
}

/// Whether there is anything to be done when the value in a room is dropped.
///
/// # Safety
///
/// There is a room, whose tag is written.
#[inline]
pub(super) unsafe fn needs_drop(start: NonNull<u8>) -> bool {
    // SAFETY: as the caller says.
    unsafe { tag_of(start).as_ref().calls.drop.is_some() }
}

/// Whether the value in a room is a `T`.
///
/// # Safety
///
/// There is a room, whose tag is written.
#[inline]
pub(super) unsafe fn is<T: 'static>(start: NonNull<u8>) -> bool {
    // SAFETY: as the caller says.
    unsafe { tag_of(start).as_ref().calls.id == Some(TypeId::of::<T>()) }
}
