//! Declaration order, and which node waits for which.
//!
//! Pure: sketches of nodes in, indices and edges out. Nothing here knows a context, a type or a
//! thread.
//!
//! 1. Every edge leads from a lower to a higher index, except from the handler's last extractor to
//!    the dependencies that no guard needs, and among those that concern slots: see [`Slots`].
//! 2. A guard, and what a handler `requires`, is a gate: whatever stands later waits for it.
//!    Guards are walked first wherever they are used, so what stands before them is only what they
//!    need themselves.
//! 3. Every node is reached by the root, so when the root may start all others have succeeded.

use self::slots::Slots;
use super::error::Problem;
use super::label::Label;

/// What the order has to know of a node. Nodes are named by their position in the list of sketches.
#[derive(Debug, Clone, Default)]
pub(super) struct Sketch {
    /// How to name it in a problem.
    pub(super) label: Label,
    /// The nodes whose values it takes, extractors included, in the order of its parameters.
    pub(super) inputs: Vec<usize>,
    /// The nodes that have to succeed before its other inputs start, in this order.
    pub(super) requires: Vec<usize>,
    /// The nodes it starts after without taking their values.
    pub(super) after: Vec<usize>,
    /// Whether whatever stands later waits for it.
    pub(super) is_guard: bool,
    /// Whether it reads the context.
    pub(super) is_extractor: bool,
    /// The node that takes the slot for it.
    pub(super) slots: Option<usize>,
    /// For a node that takes slots: its place among all of the app.
    pub(super) slots_order: Option<usize>,
}

/// The decided order.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// The sketch at each index.
    pub(super) sketches: Vec<usize>,
    /// Which index waits for which: `(first, then)`.
    pub(super) edges: Vec<(usize, usize)>,
    /// The indices in the order in which one node after another may run.
    pub(super) schedule: Vec<usize>,
    /// For each extractor, in the order they run: its index.
    pub(super) extractors: Vec<usize>,
    /// What makes the graph impossible.
    pub(super) problems: Vec<Problem>,
}

/// Decides the order of the graph that `root` is resolved by.
pub(super) fn order(sketches: &[Sketch], root: usize) -> Order {
    let mut walk = Walk {
        sketches,
        index_of: vec![None; sketches.len()],
        path: Vec::new(),
        is_on_path: vec![false; sketches.len()],
        waits: Vec::new(),
        gate: None,
        barriers: Vec::new(),
        order: Order::default(),
    };
    let root_sketch = &sketches[root];

    for &required in &root_sketch.requires {
        for guard in guards(sketches, required) {
            walk.place(guard);
        }
        walk.place(required);
        walk.gate = walk.gate.max(walk.index_of[required]);
    }
    for guard in guards(sketches, root) {
        walk.place(guard);
    }
    let guarded_from = walk.len();
    for &input in root_sketch.inputs.iter().chain(&root_sketch.after) {
        if !sketches[input].is_extractor {
            walk.place(input);
        }
    }
    let own_extractors_from = walk.len();
    for &input in &root_sketch.inputs {
        if sketches[input].is_extractor {
            walk.place(input);
        }
    }
    let root_index = walk.len();
    walk.place(root);
    walk.finish(guarded_from, own_extractors_from, root_index)
}

/// The guards below `root`, each after those it needs itself.
fn guards(sketches: &[Sketch], root: usize) -> Vec<usize> {
    fn visit(sketches: &[Sketch], node: usize, seen: &mut [bool], guards: &mut Vec<usize>) {
        if std::mem::replace(&mut seen[node], true) {
            return;
        }
        let sketch = &sketches[node];
        for &needed in sketch.requires.iter().chain(&sketch.inputs) {
            visit(sketches, needed, seen, guards);
        }
        if sketch.is_guard {
            guards.push(node);
        }
    }
    let mut guards = Vec::new();
    visit(
        sketches,
        root,
        &mut vec![false; sketches.len()],
        &mut guards,
    );
    guards
}

struct Walk<'a> {
    sketches: &'a [Sketch],
    /// By sketch: its index, once it is placed.
    index_of: Vec<Option<usize>>,
    /// The sketches that are being placed, outermost first.
    path: Vec<usize>,
    /// By sketch: whether it is one of them. A graph may be deep.
    is_on_path: Vec<bool>,
    /// By index: what it waits for.
    waits: Vec<Vec<usize>>,
    /// The last index that everything later waits for.
    gate: Option<usize>,
    /// What the nodes that are being placed `require`: whatever is placed on the way waits for it.
    barriers: Vec<usize>,
    order: Order,
}

impl Walk<'_> {
    fn len(&self) -> usize {
        self.order.sketches.len()
    }

    /// Places `node` after what it needs.
    fn place(&mut self, node: usize) {
        if self.index_of[node].is_some() {
            return;
        }
        if self.is_on_path[node] {
            let members = self.path.iter().skip_while(|&&outer| outer != node);
            let members = members
                .map(|&member| self.sketches[member].label.clone())
                .collect();
            self.order.problems.push(Problem::Cycle { members });
            return;
        }
        self.path.push(node);
        self.is_on_path[node] = true;
        let sketch = &self.sketches[node];
        let outer_barriers = self.barriers.len();
        for &required in &sketch.requires {
            self.place(required);
            self.barriers.extend(self.index_of[required]);
        }
        for &input in &sketch.inputs {
            self.place(input);
        }
        self.barriers.truncate(outer_barriers);
        for &other in &sketch.after {
            self.place(other);
        }
        self.path.pop();
        self.is_on_path[node] = false;

        let needed = sketch
            .requires
            .iter()
            .chain(&sketch.inputs)
            .chain(&sketch.after);
        let mut waits: Vec<usize> = needed.filter_map(|&other| self.index_of[other]).collect();
        waits.extend(&self.barriers);
        // Whatever it waits for behind the gate has waited for the gate already.
        if let Some(gate) = self.gate
            && !waits.iter().any(|&other| other > gate)
        {
            waits.push(gate);
        }
        waits.sort_unstable();
        waits.dedup();

        if let Some(slots) = sketch.slots
            && self.index_of[slots].is_none()
        {
            // What it waits for is decided once all nodes are known.
            self.add(slots, Vec::new());
        }
        let index = self.add(node, waits);
        if sketch.is_guard {
            self.gate = Some(index);
        }
    }

    fn add(&mut self, node: usize, waits: Vec<usize>) -> usize {
        let index = self.len();
        self.index_of[node] = Some(index);
        self.order.sketches.push(node);
        self.waits.push(waits);
        index
    }

    /// Puts the handler's own extractors between the guards and the rest, and lets extractors run
    /// one at a time.
    fn finish(mut self, guarded_from: usize, own_from: usize, root: usize) -> Order {
        let guarded = guarded_from..own_from;
        let own = own_from..root;
        let schedule: Vec<usize> = (0..guarded_from)
            .chain(own.clone())
            .chain(guarded.clone())
            .chain(root..=root)
            .collect();

        let sketches = self.sketches;
        if let Some(last) = own.last() {
            for index in guarded {
                let takes_slots = sketches[self.order.sketches[index]].slots_order.is_some();
                if takes_slots {
                    continue;
                }
                if !self.waits[index].iter().any(|&other| other >= guarded_from) {
                    self.waits[index].push(last);
                }
            }
        }
        let reads_context = |&index: &usize| sketches[self.order.sketches[index]].is_extractor;
        let extractors: Vec<usize> = schedule.iter().copied().filter(reads_context).collect();
        for pair in extractors.windows(2) {
            if !self.waits[pair[1]].contains(&pair[0]) {
                self.waits[pair[1]].push(pair[0]);
            }
        }
        let slots = Slots::of(&self, schedule);
        let schedule = slots.join(&mut self.waits);

        for (then, waits) in self.waits.iter().enumerate() {
            self.order
                .edges
                .extend(waits.iter().map(|&first| (first, then)));
        }
        self.order.schedule = schedule;
        self.order.extractors = extractors;
        self.order
    }
}

mod slots;
#[cfg(test)]
mod tests;
