//! [`Rooms`]: a block as its run has it, and [`Room`]: the part of it that is a node's.

use std::fmt;
use std::ptr::NonNull;

use super::cell::Calls;
use super::count::Count;
use super::list::List;
use super::memory::{Claim, HEAD};
use crate::block::space::{Floor, Place, Space, TAG, next};

/// What comes before each room.
#[repr(C)]
pub(super) struct Tag {
    /// Of the value that is there, if there is one.
    pub(super) handles: Count,
    /// How far from the beginning of the block the room is.
    offset: u32,
    /// Of the value that is there.
    pub(super) calls: &'static Calls,
}

const _: () = assert!(size_of::<Tag>() == TAG as usize);

/// That a room is not to be had any more, as its size.
const TAKEN: u32 = u32::MAX;

/// A block as its run has it.
pub(crate) struct Rooms {
    /// One that keeps the block, and one for each room and each list that is not taken. `None` where
    /// there is no block.
    claims: Option<Claim>,
    /// How many nodes there are, whose [`Place`]s are after the head.
    nodes: u32,
    /// Where the next list may begin, and where the last one ends.
    lists: (u32, u32),
    /// How many of them have a claim that is not taken.
    lists_left: u32,
}

/// How many lists a block has room for.
const LISTS: u32 = 2;

impl Rooms {
    /// Without a block.
    #[inline]
    pub(crate) const fn none() -> Self {
        Self {
            claims: None,
            nodes: 0,
            lists: (0, 0),
            lists_left: 0,
        }
    }

    /// A block for the nodes of a plan. The root takes as much room as is given here, or in the plan.
    #[inline]
    pub(crate) fn open(floor: &Floor, root: Space) -> Self {
        let Some((last, earlier)) = floor.rooms.split_last() else {
            return Self::none();
        };
        let root = Space {
            size: root.size.max(last.size),
            align: root.align,
        };
        let align = floor.align.max(root.align);
        let (root, end) = next(floor.size, root);
        let table = floor.rooms.len() * size_of::<Place>();
        let lists = (HEAD as usize + table).next_multiple_of(TAG as usize);
        let rooms = (lists + floor.lists as usize).next_multiple_of(align as usize);
        let size = u32::try_from(rooms + end as usize).ok();
        let Some(size) = size.filter(|&size| size < i32::MAX.unsigned_abs()) else {
            return Self::none();
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "they are less than the size"
        )]
        let (nodes, lists, rooms) = (floor.rooms.len() as u32, lists as u32, rooms as u32);
        let claims = Claim::allocate(size, align, 1 + nodes + LISTS);
        let places = Self::places(&claims);
        for (index, place) in earlier.iter().chain([&root]).enumerate() {
            let place = Place {
                offset: rooms + place.offset,
                size: place.size,
            };
            // SAFETY: *Memory*: the table is after the head, aligned as that is, and in it there is a
            // place for each node.
            unsafe { places.add(index).write(place) };
        }
        Self {
            claims: Some(claims),
            nodes,
            lists: (lists, lists + floor.lists),
            lists_left: LISTS,
        }
    }

    /// The room of a node, for the first who asks.
    #[inline]
    pub(crate) fn take(&mut self, node: u32) -> Room {
        let Some(claims) = &mut self.claims else {
            return Room::none();
        };
        if node >= self.nodes {
            return Room::none();
        }
        // SAFETY: *Memory*: the table has a place for this node, written when the block was made, and is
        // changed through this `&mut` alone.
        let place = unsafe {
            let known = Self::places(claims).add(node as usize);
            let place = known.read();
            (*known.as_ptr()).size = TAKEN;
            place
        };
        if place.size == TAKEN {
            return Room::none();
        }
        let claim = claims.split(1);
        // SAFETY: *Rooms*: the place is within the block, after its tag, and nobody else has it: it was
        // not taken before.
        let start = unsafe {
            let start = claim.start().byte_add(place.offset as usize);
            tag_of(start).write(Tag {
                handles: Count::new(0),
                offset: place.offset,
                calls: Calls::NONE,
            });
            start
        };
        claim.leak();
        Room(Some(Part(start)), place.size)
    }

    /// A list with so many elements, in the block if there is room for it.
    #[inline]
    pub(crate) fn list<T>(&mut self, elements: impl ExactSizeIterator<Item = T>) -> List<T> {
        let (start, end) = self.lists;
        let size = elements.len() * size_of::<T>();
        let size = u32::try_from(size.next_multiple_of(TAG as usize)).ok();
        let size = size.filter(|&size| align_of::<T>() <= TAG as usize && size <= end - start);
        match (size, self.claims.as_mut()) {
            (Some(size), Some(claims)) if self.lists_left > 0 => {
                self.lists_left -= 1;
                self.lists.0 += size;
                let claim = claims.split(1);
                // SAFETY: *Rooms*: what is between the two is within the block, aligned to `TAG`, and
                // given to nobody else.
                unsafe { List::within(claim, start, elements) }
            }
            _ => List::apart(elements),
        }
    }

    #[inline]
    fn places(claims: &Claim) -> NonNull<Place> {
        // SAFETY: *Memory*: a block is no smaller than its head.
        unsafe { claims.start().byte_add(HEAD as usize).cast() }
    }
}

impl Default for Rooms {
    #[inline]
    fn default() -> Self {
        Self::none()
    }
}

/// The tag of what is in a room.
#[inline]
pub(super) fn tag_of(start: NonNull<u8>) -> NonNull<Tag> {
    // It is not looked at here, so where it points to is for who does to know.
    let tag = start.as_ptr().wrapping_byte_sub(TAG as usize);
    NonNull::new(tag.cast()).unwrap_or(NonNull::dangling())
}

/// The room of a node, in which it makes its future, its value, or first the one and then the other.
pub struct Room(
    /// `None` where there is none.
    pub(super) Option<Part>,
    /// How much is there.
    u32,
);

impl Room {
    /// Where there is none: what is made in it is allocated by itself.
    #[inline]
    pub(crate) const fn none() -> Self {
        Self(None, 0)
    }

    /// The same, from what was in it.
    #[inline]
    pub(super) fn again(part: Part, size: u32) -> Self {
        Self(Some(part), size)
    }

    /// The part that it is, and its size, if a `T` fits into it.
    #[inline]
    pub(super) fn fitting<T>(self) -> Option<(Part, u32)> {
        let Self(part, size) = self;
        let part = part?;
        let is_aligned = part.0.as_ptr().addr().is_multiple_of(align_of::<T>());
        let fits = is_aligned && size_of::<T>() <= size as usize;
        fits.then_some((part, size))
    }
}

impl fmt::Debug for Room {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Room").field(&self.1).finish()
    }
}

/// Some bytes of a block, after their tag, with the claim that keeps them.
#[derive(Debug)]
pub(super) struct Part(pub(super) NonNull<u8>);

// SAFETY: *Threads*: as such it is bytes. What is made of them says itself where it may be.
unsafe impl Send for Part {}
// SAFETY: as above; nothing is done with a `&Part`.
unsafe impl Sync for Part {}

impl Part {
    /// The claim alone.
    #[expect(clippy::mem_forget, reason = "its claim is taken over")]
    #[inline]
    pub(super) fn into_claim(self) -> Claim {
        let start = self.0;
        std::mem::forget(self);
        // SAFETY: *Memory*: this was the claim of that part, which is gone.
        unsafe { claim_of(start) }
    }
}

impl Drop for Part {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: *Memory*: the claim of this part, made again once: the part is gone.
        drop(unsafe { claim_of(self.0) });
    }
}

/// The claim that was left in a room.
///
/// # Safety
///
/// As for [`Claim::again`]; what starts there is a room, and its claim is made again once.
#[inline]
pub(super) unsafe fn claim_of(start: NonNull<u8>) -> Claim {
    // SAFETY: *Rooms*: each room comes after its tag, which was written when it was taken.
    unsafe {
        let offset = tag_of(start).as_ref().offset;
        Claim::again(start, offset)
    }
}
