//! Declaration order, the order of a run one after another, and what has to wait for what, as the
//! rules have it: a depth-first, left-to-right, guards-first walk.

use hueless::Colour;

use super::unfold::{Of, Use, unfold};
use crate::graph::Graph;

/// The order of one run's nodes. Nodes are named by their number in `uses`.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) uses: Vec<Use>,
    /// By node: where it stands in declaration order.
    pub(crate) position: Vec<usize>,
    pub(crate) declared: Vec<usize>,
    /// The order in which they run one after another.
    pub(crate) schedule: Vec<usize>,
    /// By node: what has to end before it starts, without what those wait for.
    pub(crate) waits: Vec<Vec<usize>>,
}

/// Walks what the handler, or a singleton, is resolved by.
pub(crate) fn order(graph: &Graph, root: Of) -> Order {
    let uses = unfold(graph, root, usize::MAX).expect("there is no limit");
    let count = uses.len();
    let mut walk = Walk {
        graph,
        uses: &uses,
        declared: Vec::new(),
        waits: vec![Vec::new(); count],
        gates: Vec::new(),
        is_placed: vec![false; count],
    };

    for &required in &uses[0].requires {
        for guard in walk.guards(required) {
            walk.place(guard, &[]);
        }
        walk.place(required, &[]);
        walk.gates.push(required);
    }
    for guard in walk.guards(0) {
        walk.place(guard, &[]);
    }
    let guarded_from = walk.declared.len();
    let (own_readers, others): (Vec<usize>, Vec<usize>) = uses[0]
        .parameters
        .iter()
        .partition(|&&parameter| uses[parameter].is_reader());
    for &other in &others {
        walk.place(other, &[]);
    }
    let guarded_to = walk.declared.len();
    for &reader in &own_readers {
        walk.place(reader, &[]);
    }
    walk.place(0, &[]);
    let Walk {
        declared,
        mut waits,
        ..
    } = walk;

    // The handler's own readers run right after the guards, before other dependencies start.
    let guarded = &declared[guarded_from..guarded_to];
    let mut schedule = declared[..guarded_from].to_vec();
    schedule.extend(&own_readers);
    schedule.extend(guarded);
    schedule.push(0);
    for &node in guarded {
        waits[node].extend(&own_readers);
    }
    // Readers run one at a time.
    let mut last = None;
    for &node in schedule.iter().filter(|&&node| uses[node].is_reader()) {
        waits[node].extend(last);
        last = Some(node);
    }
    let mut position = vec![0; count];
    for (index, &node) in declared.iter().enumerate() {
        position[node] = index;
    }
    Order {
        uses,
        position,
        declared,
        schedule,
        waits,
    }
}

struct Walk<'graph> {
    graph: &'graph Graph,
    uses: &'graph [Use],
    declared: Vec<usize>,
    waits: Vec<Vec<usize>>,
    /// What everything that is placed later waits for.
    gates: Vec<usize>,
    is_placed: Vec<bool>,
}

impl Walk<'_> {
    /// `held_back_by`: what an outer node requires.
    fn place(&mut self, node: usize, held_back_by: &[usize]) {
        if std::mem::replace(&mut self.is_placed[node], true) {
            return;
        }
        let uses = self.uses;
        let named = &uses[node];
        let mut inner = held_back_by.to_vec();
        if node != 0 {
            for &required in &named.requires {
                self.place(required, &inner);
                inner.push(required);
            }
        }
        for &parameter in &named.parameters {
            self.place(parameter, &inner);
        }
        for &other in &named.after {
            self.place(other, held_back_by);
        }
        let waits = &mut self.waits[node];
        waits.extend(&named.requires);
        waits.extend(&named.parameters);
        waits.extend(&named.after);
        waits.extend(held_back_by);
        waits.extend(&self.gates);
        self.declared.push(node);
        if named.is_guard(self.graph) {
            self.gates.push(node);
        }
    }

    /// The guards below a node, each after those it needs.
    fn guards(&self, node: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut seen = vec![false; self.uses.len()];
        self.guards_below(node, &mut seen, &mut found);
        found
    }

    fn guards_below(&self, node: usize, seen: &mut [bool], found: &mut Vec<usize>) {
        if std::mem::replace(&mut seen[node], true) {
            return;
        }
        let named = &self.uses[node];
        for &needed in named.requires.iter().chain(&named.parameters) {
            self.guards_below(needed, seen, found);
        }
        if named.is_guard(self.graph) {
            found.push(node);
        }
    }
}

impl Order {
    /// How often the reader of that node has been read before it, where all goes well.
    pub(crate) fn time(&self, node: usize) -> usize {
        let same = |&&other: &&usize| self.uses[other].of == self.uses[node].of;
        let before = self.schedule.iter().take_while(|&&other| other != node);
        before.filter(same).count()
    }

    /// How many readers run after that one.
    pub(crate) fn reads_left(&self, reader: usize) -> usize {
        let later = self
            .schedule
            .iter()
            .rev()
            .take_while(|&&node| node != reader);
        later.filter(|&&node| self.uses[node].is_reader()).count()
    }

    /// Whether the node is run by the lane. What makes a singleton is not, but in the run of its own.
    pub(crate) fn is_plain(&self, graph: &Graph, node: usize) -> bool {
        self.colour(graph, node).is_some_and(Colour::is_blocking)
    }

    /// Whether the value of a node of this run is dropped on a thread of the lane.
    pub(crate) fn is_dropped_on_lane(&self, graph: &Graph, node: usize) -> bool {
        let colour = self.colour(graph, node);
        let is_value = !matches!(self.uses[node].of, Of::Handler);
        is_value && matches!(colour, Some(Colour::Plain | Colour::Cpu))
    }

    /// The colour of a function that runs for this run.
    fn colour(&self, graph: &Graph, node: usize) -> Option<Colour> {
        match self.uses[node].of {
            Of::Handler => Some(graph.handler.colour),
            Of::Node(other) if node > 0 && graph.nodes[other].is_singleton() => None,
            Of::Node(other) => Some(graph.nodes[other].slot.colour),
            Of::Reader(_) => None,
        }
    }
}
