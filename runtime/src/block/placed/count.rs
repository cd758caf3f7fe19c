//! [`Count`]: how many have something, and who is the last.

use super::sync::{AtomicU32, Ordering, fence};

/// How many have something. Whoever calls its methods has some of them.
#[derive(Debug)]
pub(super) struct Count(AtomicU32);

/// Far from where it would overflow: as many threads at once as are between the two do not fit into memory.
pub(super) const MOST: u32 = u32::MAX / 2;

impl Count {
    #[inline]
    pub(super) fn new(count: u32) -> Self {
        Self(AtomicU32::new(count))
    }

    /// One more has it.
    ///
    /// # Panics
    ///
    /// If too many have. Then it is no more than before.
    #[inline]
    pub(super) fn add(&self) {
        // Whoever hands one on is seen by who gives it back.
        if self.0.fetch_add(1, Ordering::Relaxed) >= MOST {
            self.0.fetch_sub(1, Ordering::Relaxed);
            panic!("there are too many handles to one value");
        }
    }

    /// Makes `more` of the `held` that nobody else has any of. `false` if somebody does, or if they
    /// would be too many.
    #[inline]
    pub(super) fn add_to_all(&self, held: u32, more: u32) -> bool {
        let fits = held.checked_add(more).filter(|&sum| sum < MOST);
        match fits {
            Some(sum) if self.is_all(held) => {
                // Only who has one can make more of them, and nobody else does.
                self.0.store(sum, Ordering::Relaxed);
                true
            }
            _ => false,
        }
    }

    /// Whether nobody else has any. Then whatever the others did with it is done.
    #[inline]
    pub(super) fn is_all(&self, held: u32) -> bool {
        self.0.load(Ordering::Acquire) == held
    }

    /// How many there are at this moment.
    #[inline]
    pub(super) fn now(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }

    /// Gives back so many. Whether they were the last: then whatever the others did with it is done.
    #[inline]
    pub(super) fn give_back(&self, held: u32) -> bool {
        // Nobody who has none can come by one, so the last one need not say so.
        if self.is_all(held) {
            return true;
        }
        if self.0.fetch_sub(held, Ordering::Release) != held {
            return false;
        }
        fence(Ordering::Acquire);
        true
    }
}
