//! [`Claim`]: what keeps the memory of a block.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::ptr::NonNull;

use super::count::Count;

/// The beginning of a block.
#[repr(C)]
struct Head {
    claims: Count,
    size: u32,
    align: u32,
}

/// How much of a block is its beginning.
pub(super) const HEAD: u32 = 16;

const _: () = assert!(size_of::<Head>() <= HEAD as usize);

/// Claims on the memory of a block: as long as there is one it is not freed.
#[derive(Debug)]
pub(super) struct Claim {
    head: NonNull<Head>,
    claims: u32,
}

// SAFETY: a claim gives no access to what is in the block but for the counts, which are atomic; see
// *Threads*.
unsafe impl Send for Claim {}
// SAFETY: as above.
unsafe impl Sync for Claim {}

impl Claim {
    /// Allocates a block, with so many claims on it.
    #[inline]
    pub(super) fn allocate(size: u32, align: u32, claims: u32) -> Self {
        let align = align.max(HEAD);
        let size = size.max(HEAD);
        let layout = Layout::from_size_align(size as usize, align as usize);
        let layout = layout.expect("a block has a size that can be allocated");
        // SAFETY: the size is that of a head at least.
        let memory = unsafe { alloc(layout) };
        let Some(head) = NonNull::new(memory.cast::<Head>()) else {
            handle_alloc_error(layout);
        };
        let claims_on_it = Count::new(claims);
        // SAFETY: *Memory*: it was allocated with room for a head, and nobody else knows of it.
        unsafe {
            head.write(Head {
                claims: claims_on_it,
                size,
                align,
            });
        }
        Self { head, claims }
    }

    /// Takes some of them out.
    #[inline]
    pub(super) fn split(&mut self, claims: u32) -> Self {
        assert!(
            claims < self.claims,
            "there are as many claims as are needed"
        );
        self.claims -= claims;
        Self {
            head: self.head,
            claims,
        }
    }

    /// Takes up those of another one, if they are on the same block.
    #[inline]
    pub(super) fn join(&mut self, other: Self) -> Result<(), Self> {
        if self.head != other.head {
            return Err(other);
        }
        self.claims += other.into_claims();
        Ok(())
    }

    /// One claim, which is given back by who makes one of it again.
    ///
    /// # Safety
    ///
    /// `offset` is where something begins that is within the block of a claim that [`leak`](Self::leak)
    /// took, and each of those is made again once.
    #[inline]
    pub(super) unsafe fn again(part: NonNull<u8>, offset: u32) -> Self {
        // SAFETY: *Memory*: it is as far within the block, which the leaked claim keeps.
        let head = unsafe { part.byte_sub(offset as usize).cast::<Head>() };
        Self { head, claims: 1 }
    }

    /// Leaves one claim with whoever points into the block.
    #[inline]
    pub(super) fn leak(self) {
        assert_eq!(self.claims, 1, "each part of a block has one claim");
        self.into_claims();
    }

    /// Where the block begins.
    #[inline]
    pub(super) fn start(&self) -> NonNull<u8> {
        self.head.cast()
    }

    #[expect(clippy::mem_forget, reason = "they are handed on")]
    #[inline]
    fn into_claims(self) -> u32 {
        let claims = self.claims;
        std::mem::forget(self);
        claims
    }
}

impl Drop for Claim {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: *Memory*: this is a claim, so the block is there. It is borrowed for no longer.
        let (is_last, size, align) = unsafe {
            let head = self.head.as_ref();
            let (size, align) = (head.size as usize, head.align as usize);
            (head.claims.give_back(self.claims), size, align)
        };
        if is_last {
            // SAFETY: *Memory*: it was allocated with this layout, and this was the last claim.
            unsafe {
                let layout = Layout::from_size_align_unchecked(size, align);
                dealloc(self.head.as_ptr().cast(), layout);
            }
        }
    }
}

/// What many give back of a block, together.
#[derive(Debug, Default)]
pub(crate) struct Returned(Option<Claim>);

impl Returned {
    #[inline]
    pub(super) fn add(&mut self, claim: Claim) {
        let left = match &mut self.0 {
            Some(claims) => claims.join(claim).err(),
            None => Some(claim),
        };
        if left.is_some() {
            self.0 = left;
        }
    }
}
