//! The counts of a block, played through: the very source file, on atomics of a model that tries orders
//! of events, and every value that a load may see under the orderings that are written there.
//!
//! What a count guards is a cell of the model. It reports whoever reads or drops a value, or frees the
//! memory, without having seen what the others did before.
//!
//! 1. Who gives back the last handle drops the value, once, after all who read it.
//! 2. Who gives back the last claim frees the memory, once, after all values in it are dropped.
//! 3. Handles that are made for all readers at once are as good as any.

#[path = "../../runtime/src/block/placed/count.rs"]
mod count;

/// What the block takes from the standard library.
mod sync {
    pub(super) use loom::sync::atomic::{AtomicU32, Ordering, fence};
}

use std::sync::Arc;

use loom::cell::UnsafeCell;
use loom::thread;

use self::count::Count;

/// A block with one room, in which there is a value.
struct Block {
    claims: Count,
    handles: Count,
    /// How often it was dropped.
    value: UnsafeCell<u32>,
    /// How often it was freed.
    memory: UnsafeCell<u32>,
}

/// An `Arc` of the standard library, of which the model knows nothing: what threads see of each other they see
/// through the counts.
type Shared = Arc<Block>;

#[expect(unsafe_code, reason = "the model says when that is wrong")]
// SAFETY: what is no atomic is a cell of the model, which reports who uses it without having the right to.
unsafe impl Sync for Block {}

impl Block {
    fn new(claims: u32, handles: u32) -> Shared {
        Arc::new(Self {
            claims: Count::new(claims),
            handles: Count::new(handles),
            value: UnsafeCell::new(0),
            memory: UnsafeCell::new(0),
        })
    }

    fn read(&self) {
        self.memory.with(|_| {});
        self.value.with(|_| {});
    }

    /// Gives back handles. The last ones drop the value, and give back the claim that it had.
    fn drop_handles(&self, held: u32) {
        if self.handles.give_back(held) {
            self.value.with_mut(add_to);
            self.drop_claims(1);
        }
    }

    fn drop_claims(&self, held: u32) {
        if self.claims.give_back(held) {
            self.memory.with_mut(add_to);
        }
    }

    fn is_over(&self) -> bool {
        self.value.with(is_one) && self.memory.with(is_one)
    }
}

#[expect(unsafe_code, reason = "the model gives pointers")]
fn add_to(count: *mut u32) {
    // SAFETY: the model has just seen that nobody else uses it.
    unsafe { *count += 1 };
}

#[expect(unsafe_code, reason = "the model gives pointers")]
fn is_one(count: *const u32) -> bool {
    // SAFETY: the model has just seen that nobody changes it.
    unsafe { *count == 1 }
}

/// Every order in which threads interrupt each other so often, which is more than there are mistakes of that are
/// known.
const INTERRUPTIONS: usize = 3;

fn model(play: impl Fn() + Send + Sync + 'static) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(INTERRUPTIONS);
    model.check(play);
}

/// Plays what threads do with a block, in every order, after which nothing of it is left.
fn play(threads: u32, claims: u32, work: fn(&Block, u32), run: fn(&Block)) {
    model(move || {
        let block = Block::new(claims, 1 + threads);
        let others: Vec<_> = (0..threads)
            .map(|index| {
                let block = Arc::clone(&block);
                thread::spawn(move || work(&block, index))
            })
            .collect();
        run(&block);
        for other in others {
            other.join().expect("no thread panics");
        }
        assert!(block.is_over());
    });
}

#[test]
fn the_last_handle_drops_the_value_after_all_who_read_it() {
    let read_and_drop = |block: &Block, _| {
        block.read();
        block.drop_handles(1);
    };
    play(2, 2, read_and_drop, |block| {
        block.read();
        block.drop_handles(1);
        block.drop_claims(1);
    });
}

#[test]
fn a_handle_may_be_made_of_another_one_while_others_go() {
    let clone = |block: &Block, index| {
        if index == 0 {
            block.handles.add();
            block.drop_handles(1);
        }
        block.read();
        block.drop_handles(1);
    };
    play(2, 2, clone, |block| {
        block.drop_handles(1);
        block.drop_claims(1);
    });
}

#[test]
fn what_escapes_keeps_the_memory_that_its_run_has_given_up() {
    let escape = |block: &Block, _| {
        block.read();
        block.drop_handles(1);
    };
    // The run had three more claims, for rooms that were never taken.
    play(1, 5, escape, |block| {
        block.drop_claims(3);
        block.drop_handles(1);
        block.drop_claims(1);
    });
}

#[test]
fn handles_that_are_expected_are_as_good_as_any() {
    model(|| {
        let block = Block::new(2, 1);
        assert!(block.handles.add_to_all(1, 2));
        assert_eq!(block.handles.now(), 3);
        let readers: Vec<_> = (0..2)
            .map(|_| {
                let block = Arc::clone(&block);
                thread::spawn(move || {
                    block.read();
                    block.drop_handles(1);
                })
            })
            .collect();
        // Somebody else may have some of them, so no more are made in that way.
        if block.handles.add_to_all(1, 1) {
            block.drop_handles(1);
        }
        block.read();
        block.drop_handles(1);
        block.drop_claims(1);
        for reader in readers {
            reader.join().expect("no reader panics");
        }
        assert!(block.is_over());
    });
}
