//! How much room things take: [`Space`] for one of them, a [`Floor`] for all nodes of a plan.

/// What is larger is allocated by itself: most requests would pay for a block of a size that they do not
/// use, and what has so much to keep mostly waits for something that takes longer.
const LARGE: usize = 2048;

/// So is what is aligned to more than a cache line.
const ALIGNED: usize = 64;

/// How much room something takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Space {
    pub(super) size: u32,
    pub(super) align: u32,
}

impl Space {
    /// None.
    pub(crate) const NONE: Self = Self { size: 0, align: 1 };

    /// That of a `T`; none if it is allocated by itself.
    #[expect(clippy::cast_possible_truncation, reason = "what is large has none")]
    #[inline]
    pub(crate) const fn of<T>() -> Self {
        if size_of::<T>() > LARGE || align_of::<T>() > ALIGNED {
            return Self::NONE;
        }
        Self {
            size: size_of::<T>() as u32,
            align: align_of::<T>() as u32,
        }
    }

    /// That of whichever of two things is there.
    #[inline]
    pub(crate) const fn or(self, other: Self) -> Self {
        const fn larger(one: u32, other: u32) -> u32 {
            if one > other { one } else { other }
        }
        Self {
            size: larger(self.size, other.size),
            align: larger(self.align, other.align),
        }
    }
}

/// Where the rooms of a plan's nodes are, one after the other. That of the root, which each request
/// brings, comes after them.
#[derive(Debug, Default)]
pub(crate) struct Floor {
    /// By node, where its room begins, if it has one, and how large it is.
    pub(super) rooms: Box<[Place]>,
    /// Where the last one ends.
    pub(super) size: u32,
    /// That of the room that needs most.
    pub(super) align: u32,
    /// How much the lists of a run take.
    pub(super) lists: u32,
}

/// Where a room is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) offset: u32,
    pub(super) size: u32,
}

/// What comes before each room.
pub(super) const TAG: u32 = 16;

impl Floor {
    /// That of a run with lists of so many bytes, and of nodes that take so much. The last one is the
    /// root.
    #[inline]
    pub(crate) fn new(lists: usize, nodes: &[Space]) -> Self {
        let mut floor = Self {
            rooms: Box::default(),
            size: 0,
            align: TAG,
            lists: u32::try_from(lists)
                .unwrap_or(u32::MAX)
                .next_multiple_of(TAG),
        };
        let rooms = nodes.iter().map(|&space| {
            let (place, end) = next(floor.size, space);
            floor.size = end;
            floor.align = floor.align.max(space.align);
            place
        });
        floor.rooms = rooms.collect();
        floor
    }
}

/// Where a room is that comes after `end`, and where it ends.
#[inline]
pub(super) fn next(end: u32, space: Space) -> (Place, u32) {
    let align = space.align.max(TAG);
    let offset = (end + TAG).next_multiple_of(align);
    let place = Place {
        offset,
        size: space.size,
    };
    (place, offset + space.size)
}
