//! The books: what was asked and what came of it, what was made and how it ended.

use std::sync::atomic::{AtomicU64, Ordering};

/// A number that only grows.
#[derive(Debug, Default)]
pub(crate) struct Count(AtomicU64);

impl Count {
    const fn new() -> Self {
        Self(AtomicU64::new(0))
    }

    pub(crate) fn one_more(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What clients have asked for at one endpoint, and what came of it.
#[derive(Debug)]
pub(crate) struct Requests {
    pub(crate) asked: Count,
    /// As they should be.
    pub(crate) answered: Count,
    /// The client did not wait.
    pub(crate) hung_up: Count,
    /// The connection was closed when the server was being stopped, and nothing had been answered.
    pub(crate) refused: Count,
    /// Anything else.
    pub(crate) wrong: Count,
}

impl Requests {
    pub(crate) const fn new() -> Self {
        Self {
            asked: Count::new(),
            answered: Count::new(),
            hung_up: Count::new(),
            refused: Count::new(),
            wrong: Count::new(),
        }
    }
}

/// The values of one kind that the server has made.
#[derive(Debug)]
pub(crate) struct Values {
    pub(crate) name: &'static str,
    pub(crate) made: Count,
    /// By `teardown`, or by doing the work that the value is.
    pub(crate) ended: Count,
    /// By `after_response`.
    pub(crate) released: Count,
    pub(crate) dropped: Count,
    /// Whether the values have an `after_response`.
    pub(crate) are_released: bool,
    /// Whether each has to be ended: work may be given up.
    pub(crate) are_ended: bool,
}

impl Values {
    pub(crate) const fn new(name: &'static str) -> Self {
        Self {
            name,
            made: Count::new(),
            ended: Count::new(),
            released: Count::new(),
            dropped: Count::new(),
            are_released: false,
            are_ended: true,
        }
    }

    pub(crate) const fn with_after_response(mut self) -> Self {
        self.are_released = true;
        self
    }

    pub(crate) const fn without_teardown(mut self) -> Self {
        self.are_ended = false;
        self
    }

    pub(crate) fn make(&'static self) -> Value {
        self.made.one_more();
        Value(self)
    }

    /// How many were not ended as they should have been, or more than once.
    pub(crate) fn lost(&self) -> u64 {
        let made = self.made.get();
        let ended = [
            (self.are_ended, &self.ended),
            (self.are_released, &self.released),
            (true, &self.dropped),
        ];
        let lost = ended.map(|(is_due, count)| {
            if is_due {
                count.get().abs_diff(made)
            } else {
                0
            }
        });
        lost.iter().sum()
    }
}

/// A value that the books are kept of.
#[derive(Debug)]
pub(crate) struct Value(&'static Values);

impl Value {
    pub(crate) fn end(&self) {
        self.0.ended.one_more();
    }

    pub(crate) fn release(&self) {
        self.0.released.one_more();
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        self.0.dropped.one_more();
    }
}
