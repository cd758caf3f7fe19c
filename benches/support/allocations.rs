//! How often the process allocates: an allocator that counts when it is asked to.
//!
//! One that always counts would charge each allocation for two atomic additions, and so make look slow
//! what allocates more than its neighbour. This one looks at a flag. Even that is too much for a bench
//! that counts nothing, so each program that counts installs it itself.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

static IS_COUNTING: AtomicBool = AtomicBool::new(false);
static BLOCKS: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);

/// What was allocated on all threads together. A block that grows is allocated anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Allocations {
    /// How many blocks.
    pub blocks: u64,
    /// How many bytes they were asked to have.
    pub bytes: u64,
}

/// What the process allocates while `work` is done. Not for two at a time.
///
/// # Panics
///
/// Where [`CountingAllocator`] is not the allocator of the program, and all counts would be 0.
pub fn allocations_of(work: impl FnOnce()) -> Allocations {
    let blocks = BLOCKS.load(Ordering::SeqCst);
    IS_COUNTING.store(true, Ordering::SeqCst);
    drop(black_box(Box::new(0_u8)));
    let before = counted();
    assert_ne!(before.blocks, blocks, "this program counts no allocations");
    work();
    IS_COUNTING.store(false, Ordering::SeqCst);
    let after = counted();
    Allocations {
        blocks: after.blocks - before.blocks,
        bytes: after.bytes - before.bytes,
    }
}

fn counted() -> Allocations {
    Allocations {
        blocks: BLOCKS.load(Ordering::SeqCst),
        bytes: BYTES.load(Ordering::SeqCst),
    }
}

/// The allocator that counts. A program that asks for [`allocations_of`] something has it as its
/// `#[global_allocator]`.
#[derive(Debug)]
pub struct CountingAllocator;

// Inlined, as if it were written in the program that installs it.
#[inline]
fn count(bytes: usize) {
    if IS_COUNTING.load(Ordering::Relaxed) {
        BLOCKS.fetch_add(1, Ordering::Relaxed);
        BYTES.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

#[expect(
    unsafe_code,
    reason = "an allocator is unsafe by its nature; this one leaves all to the system's"
)]
// SAFETY: each call is passed on as it is.
unsafe impl GlobalAlloc for CountingAllocator {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        unsafe { System.alloc(layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size);
        unsafe { System.realloc(block, layout, size) }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        unsafe { System.dealloc(block, layout) }
    }
}
