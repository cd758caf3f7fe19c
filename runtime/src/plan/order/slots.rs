//! [`Slots`]: when a request takes the slots of dependencies that are limited.
//!
//! 1. It takes them in the order of the app, whatever the order in which it needs them: each once it
//!    has the one before.
//! 2. It takes one as late as that allows: when the first node may start that has this one or a later
//!    one. So it waits for all that this node waits for, and for no gate that stands between.
//! 3. No node waits for itself. Let the node that slot `i` is taken for stand at `F(i)` in declaration
//!    order: the first that has slot `i` or a later one. A node that `F(i)` waits for stands earlier,
//!    so if it has a slot, that is an earlier one, which waits for no more than `F` of it.

use super::Walk;

/// The nodes of an order that take slots, and those that have them.
pub(super) struct Slots {
    /// In the order in which one node after another may run, those apart that take slots.
    schedule: Vec<usize>,
    /// The nodes that take slots, in the order of the app, each with its place there.
    takers: Vec<(usize, usize)>,
    /// By index: the node that takes the slot for it.
    taker_of: Vec<Option<usize>>,
}

impl Slots {
    pub(super) fn of(walk: &Walk<'_>, schedule: Vec<usize>) -> Self {
        let nodes = || {
            let placed = walk.order.sketches.iter();
            placed.map(|&sketch| &walk.sketches[sketch])
        };
        let takers = nodes().enumerate();
        let mut takers: Vec<(usize, usize)> = takers
            .filter_map(|(index, sketch)| Some((sketch.slots_order?, index)))
            .collect();
        takers.sort_unstable();
        let taker_of = nodes().map(|sketch| walk.index_of[sketch.slots?]);
        Self {
            schedule,
            taker_of: taker_of.collect(),
            takers,
        }
    }

    /// Adds what they wait for and what waits for them. Returns the order in which one node after
    /// another may run.
    pub(super) fn join(self, waits: &mut [Vec<usize>]) -> Vec<usize> {
        if self.takers.is_empty() {
            return self.schedule;
        }
        let is_taker = |index| self.takers.iter().any(|&(_, taker)| taker == index);
        let mut takers = self.takers.iter().copied().peekable();
        let mut schedule = Vec::with_capacity(self.schedule.len());
        let mut last = None;
        for index in self.schedule.into_iter().filter(|&index| !is_taker(index)) {
            let Some(taker) = self.taker_of[index] else {
                schedule.push(index);
                continue;
            };
            let own = self.takers.iter().find(|&&(_, other)| other == taker);
            // All that come before its own and are not taken yet: this node is the first that has
            // one of those or a later one.
            while let Some((_, next)) = takers.next_if(|&entry| Some(&entry) <= own) {
                waits[next] = waits[index].iter().copied().chain(last).collect();
                last = Some(next);
                schedule.push(next);
            }
            schedule.push(index);
        }
        for (index, taker) in self.taker_of.iter().enumerate() {
            waits[index].extend(*taker);
        }
        schedule
    }
}
