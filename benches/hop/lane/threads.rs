//! On how many threads the jobs of one competitor have run.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

thread_local! {
    /// The competitor whose job ran here last.
    static LAST: Cell<usize> = const { Cell::new(0) };
}

/// The jobs of one competitor.
#[derive(Debug, Clone)]
pub(super) struct Jobs {
    number: usize,
    threads: Arc<AtomicUsize>,
}

impl Jobs {
    pub(super) fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(1);
        Self {
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            threads: Arc::default(),
        }
    }

    /// One job. Threads run jobs of one competitor for long, so the first one on a thread is noticed.
    pub(super) fn run(&self) -> u64 {
        if LAST.replace(self.number) != self.number {
            self.threads.fetch_add(1, Ordering::Relaxed);
        }
        1
    }

    pub(super) fn threads(&self) -> f64 {
        self.threads.load(Ordering::Relaxed) as f64
    }
}
