//! How often the process allocates: an allocator that counts when it is asked to.
//!
//! One that always counts would charge each allocation for two atomic additions, and so make look slow
//! what allocates more than its neighbour. This one looks at a flag.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

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
pub fn allocations_of(work: impl FnOnce()) -> Allocations {
    let (blocks, bytes) = (BLOCKS.load(Ordering::SeqCst), BYTES.load(Ordering::SeqCst));
    IS_COUNTING.store(true, Ordering::SeqCst);
    work();
    IS_COUNTING.store(false, Ordering::SeqCst);
    Allocations {
        blocks: BLOCKS.load(Ordering::SeqCst) - blocks,
        bytes: BYTES.load(Ordering::SeqCst) - bytes,
    }
}

struct Counting;

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
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size);
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        unsafe { System.dealloc(block, layout) }
    }
}
