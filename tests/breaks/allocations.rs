//! How often a thread allocates: an allocator that counts, for the whole test binary.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local! {
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

/// How often this thread has allocated so far.
pub(crate) fn on_this_thread() -> u64 {
    COUNT.get()
}

struct Counting;

fn count() {
    // A thread that ends allocates when its locals are gone.
    let _ = COUNT.try_with(|count| count.set(count.get() + 1));
}

#[allow(
    unsafe_code,
    reason = "an allocator is unsafe by its nature; this one leaves all to the system's"
)]
// SAFETY: each call is passed on as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count();
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        unsafe { System.dealloc(block, layout) }
    }
}
