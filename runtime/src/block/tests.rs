//! What holds for what is made in a block, and just the same without one.

#![cfg_attr(
    feature = "safe",
    expect(clippy::drop_non_drop, reason = "elsewhere rooms keep a block")
)]

mod futures;
mod lists;
mod values;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Floor, Rooms, Space};

/// Counts the entries that live.
#[derive(Clone, Default)]
struct Ledger(Arc<AtomicUsize>);

struct Entry {
    ledger: Ledger,
    panics: bool,
}

impl Ledger {
    fn entry(&self) -> Entry {
        self.enter(false)
    }

    /// One that panics when it is dropped.
    fn panicking(&self) -> Entry {
        self.enter(true)
    }

    fn enter(&self, panics: bool) -> Entry {
        self.0.fetch_add(1, Ordering::Relaxed);
        Entry {
            ledger: self.clone(),
            panics,
        }
    }

    fn living(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.ledger.0.fetch_sub(1, Ordering::Relaxed);
        assert!(!self.panics, "this destructor panics");
    }
}

/// The rooms of nodes that take so much, and some for lists.
fn rooms(nodes: &[Space]) -> Rooms {
    Rooms::open(&Floor::new(128, nodes), Space::NONE)
}
