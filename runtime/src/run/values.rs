//! [`Values`]: what the nodes of a run have made.

use crate::context::Context;
use crate::lifetime::Value;
use crate::plan::{Inputs, Plan};
use crate::unwind::discard;

/// What the nodes of a run have made, by node. A value stays until the run ends, unless its one
/// reader has taken it.
pub(super) struct Values(Vec<Option<Value>>);

impl Values {
    pub(super) fn none<C: Context>(plan: &Plan<C>) -> Self {
        Self(std::iter::repeat_with(|| None).take(plan.len()).collect())
    }

    pub(super) fn set(&mut self, node: u32, value: Value) {
        self.0[node as usize] = Some(value);
    }

    pub(super) fn take(&mut self, node: u32) -> Option<Value> {
        self.0[node as usize].take()
    }

    /// The inputs of a node: shared values stay for other readers, owned ones have this one only.
    pub(super) fn inputs<C: Context>(&mut self, plan: &Plan<C>, node: u32) -> Inputs {
        let mut values = Vec::with_capacity(plan.inputs(node).len());
        for &input in plan.inputs(node) {
            let kept = &mut self.0[input as usize];
            values.extend(kept.as_ref().and_then(Value::share).or_else(|| kept.take()));
        }
        Inputs::new(values)
    }
}

impl Drop for Values {
    /// A value goes before those it was made from.
    fn drop(&mut self) {
        while let Some(value) = self.0.pop() {
            discard(value);
        }
    }
}
