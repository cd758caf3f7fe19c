//! Numbers that are the same in each run.

use std::time::Duration;

/// Numbers that are the same in each run, and different for each client.
#[derive(Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: usize) -> Self {
        Self(seed as u64)
    }

    /// A number below `most`.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        // What is left has room in any `usize`.
        ((number ^ (number >> 31)) % most as u64) as usize
    }

    /// Less than so many microseconds.
    pub(crate) fn moment(&mut self, micros: usize) -> Duration {
        Duration::from_micros(self.below(micros) as u64)
    }

    pub(crate) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}
