//! [`Values`]: what the nodes of a run have made.

use tokio_util::sync::CancellationToken;

use crate::context::Context;
use crate::lifetime::Value;
use crate::plan::{Inputs, Plan};
use crate::unwind::discard;

/// What the nodes of a run have made, by node. A value stays until the run ends, unless its one
/// reader has taken it.
#[derive(Default)]
pub(super) struct Values {
    made: Vec<Option<Value>>,
    /// The nodes whose values another run has lent, and ends.
    borrowed: Vec<u32>,
    /// The nodes whose last use is noticed, and what tells of it.
    last_uses: Vec<(u32, CancellationToken)>,
}

impl Values {
    pub(super) fn none<C: Context>(plan: &Plan<C>) -> Self {
        Self {
            made: std::iter::repeat_with(|| None).take(plan.len()).collect(),
            borrowed: Vec::new(),
            last_uses: Vec::new(),
        }
    }

    /// Whether there is no room for a value: they were taken over by somebody.
    pub(super) fn are_gone(&self) -> bool {
        self.made.is_empty()
    }

    pub(super) fn set<C: Context>(&mut self, plan: &Plan<C>, node: u32, mut value: Value) {
        let waits_for_last_use = plan
            .endings(node)
            .is_some_and(|endings| endings.after_response.is_some());
        if waits_for_last_use {
            let last_use = value.notice_use();
            self.last_uses
                .extend(last_use.map(|last_use| (node, last_use)));
        }
        self.made[node as usize] = Some(value);
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

    pub(super) fn get(&self, node: u32) -> Option<&Value> {
        self.made[node as usize].as_ref()
    }

    pub(super) fn take(&mut self, node: u32) -> Option<Value> {
        self.made[node as usize].take()
    }

    /// Gives up the run's own use of a value. What is returned tells when nobody else uses it any
    /// more.
    pub(super) fn let_go(&mut self, node: u32) -> Option<CancellationToken> {
        let made = &mut self.made[node as usize];
        *made = made.take().map(Value::unnoticed);
        let position = self.last_uses.iter().position(|(of, _)| *of == node)?;
        Some(self.last_uses.swap_remove(position).1)
    }

    /// The inputs of a node: shared values stay for other readers, owned ones have this one only.
    pub(super) fn inputs<C: Context>(&mut self, plan: &Plan<C>, node: u32) -> Inputs {
        let mut values = Vec::with_capacity(plan.inputs(node).len());
        for &input in plan.inputs(node) {
            let kept = &mut self.made[input as usize];
            values.extend(kept.as_ref().and_then(Value::share).or_else(|| kept.take()));
        }
        Inputs::new(values)
    }
}

impl Drop for Values {
    /// A value goes before those it was made from.
    fn drop(&mut self) {
        while let Some(value) = self.made.pop() {
            discard(value);
        }
    }
}
