//! [`Values`]: what the nodes of a run have made.

use tokio_util::sync::CancellationToken;

use crate::block::{List, Returned, Rooms};
use crate::context::Context;
use crate::lane::{Slot, Slots};
use crate::plan::{Inputs, Plan};
use crate::unwind::discard;
use crate::value::Value;

/// What the nodes of a run have made, by node. A value stays until the run ends, unless its one
/// reader has taken it.
#[derive(Default)]
pub(super) struct Values {
    made: List<Option<Value>>,
    /// The nodes whose values another run has lent, and ends.
    borrowed: Vec<u32>,
    /// The nodes whose last use is noticed, and what tells of it.
    last_uses: Vec<(u32, CancellationToken)>,
}

impl Values {
    #[inline]
    pub(super) fn none<C: Context>(plan: &Plan<C>, rooms: &mut Rooms) -> Self {
        Self {
            made: rooms.list((0..plan.len()).map(|_| None)),
            borrowed: Vec::new(),
            last_uses: Vec::new(),
        }
    }

    /// Whether there is no room for a value: they were taken over by somebody.
    #[inline]
    pub(super) fn are_gone(&self) -> bool {
        self.made.is_empty()
    }

    #[inline]
    pub(super) fn set<C: Context>(&mut self, plan: &Plan<C>, node: u32, mut value: Value) {
        let waits_for_last_use = plan
            .endings(node)
            .is_some_and(|endings| endings.after_response.is_some());
        if waits_for_last_use {
            let last_use = value.notice_use();
            self.last_uses
                .extend(last_use.map(|last_use| (node, last_use)));
        }
        value.expect(plan.readers(node));
        self.made[node as usize] = Some(value);
    }

    /// The inputs of a node, and where it leaves what it makes, if nothing of that is noticed.
    #[inline]
    pub(super) fn place<'run>(
        &'run mut self,
        node: u32,
        inputs: &'run [u32],
    ) -> (Inputs<'run>, &'run mut Option<Value>) {
        // Values flow from lower to higher indices.
        let (earlier, rest) = self.made.split_at_mut(node as usize);
        (Inputs::of(inputs, earlier), &mut rest[0])
    }

    /// Expects so many readers of what a node has left. `false` if that is nothing.
    #[inline]
    pub(super) fn expect(&mut self, node: u32, readers: u32) -> bool {
        match &mut self.made[node as usize] {
            Some(value) => {
                value.expect(readers);
                true
            }
            None => false,
        }
    }

    /// Keeps a value that another run has lent.
    pub(super) fn borrow(&mut self, node: u32, value: Value) {
        self.made[node as usize] = Some(value);
        self.borrowed.push(node);
    }

    /// Gives back what other runs have lent.
    pub(super) fn give_back(&mut self) {
        for node in std::mem::take(&mut self.borrowed) {
            if let Some(value) = self.take(node) {
                discard(value);
            }
        }
    }

    #[inline]
    pub(super) fn get(&self, node: u32) -> Option<&Value> {
        self.made[node as usize].as_ref()
    }

    #[inline]
    pub(super) fn take(&mut self, node: u32) -> Option<Value> {
        self.made[node as usize].take()
    }

    /// Puts back what was taken to be dropped.
    pub(super) fn put_back(&mut self, node: u32, value: Value) {
        self.made[node as usize] = Some(value);
    }

    /// Whether there is a value that is dropped where a destructor may block.
    pub(super) fn drops_on_lane<C: Context>(&self, plan: &Plan<C>, node: u32) -> bool {
        plan.drops_on_lane(node) && self.get(node).is_some() && !self.borrowed.contains(&node)
    }

    /// Takes out what a thread of the lane may drop that comes by when the root is over, the last in
    /// declaration order first: what may block, up to the first value that is torn down.
    pub(super) fn take_for_lane<C: Context>(&mut self, plan: &Plan<C>) -> Vec<Value> {
        if plan.keeps_values() || !plan.drops_any_on_lane() || self.are_gone() {
            return Vec::new();
        }
        let is_torn_down = |node: u32| {
            let endings = plan.endings(node);
            let is_made = self.get(node).is_some() && !self.borrowed.contains(&node);
            is_made && endings.is_some_and(|endings| endings.teardown.is_some())
        };
        let here = (0..plan.root())
            .rev()
            .take_while(|&node| !is_torn_down(node));
        let last =
            here.filter(|&node| self.drops_on_lane(plan, node) && !plan.ends_after_response(node));
        let Some(last) = last.last() else {
            return Vec::new();
        };
        let mut taken = Vec::new();
        for node in (last..plan.root()).rev() {
            if !plan.ends_after_response(node) && !self.borrowed.contains(&node) {
                taken.extend(self.take(node));
            }
        }
        taken
    }

    /// Gives up the run's own use of a value. What is returned tells when nobody else uses it any
    /// more.
    pub(super) fn let_go(&mut self, node: u32) -> Option<CancellationToken> {
        let made = &mut self.made[node as usize];
        *made = made.take().map(Value::unnoticed);
        let position = self.last_uses.iter().position(|(of, _)| *of == node)?;
        Some(self.last_uses.swap_remove(position).1)
    }

    /// One of the slots that were taken for a node, if it is to have one.
    pub(super) fn slot<C: Context>(&mut self, plan: &Plan<C>, node: u32) -> Option<Slot> {
        let slots = self.made[plan.slots(node)? as usize].as_mut()?;
        slots.owned_mut::<Slots>()?.one()
    }

    /// Takes out the slots that no node will have any more, to be dropped without a lock.
    pub(super) fn slots_left<C: Context>(&mut self, plan: &Plan<C>) -> Vec<Value> {
        if self.are_gone() {
            return Vec::new();
        }
        let takers = plan.slot_takers().iter();
        takers.filter_map(|&taker| self.take(taker)).collect()
    }

    /// The inputs of a node, where they are.
    #[inline]
    pub(super) fn inputs<'run, C: Context>(
        &'run mut self,
        plan: &'run Plan<C>,
        node: u32,
    ) -> Inputs<'run> {
        Inputs::of(plan.inputs(node), &mut self.made)
    }
}

impl Drop for Values {
    /// A value goes before those it was made from.
    #[inline]
    fn drop(&mut self) {
        let mut returned = Returned::default();
        for made in self.made.iter_mut().rev() {
            if let Some(value) = made.take() {
                value.end(&mut returned);
            }
        }
    }
}
