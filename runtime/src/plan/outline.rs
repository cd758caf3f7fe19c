//! [`Outline`]: which functions share a hop, for pictures.
//!
//! It decides by the [`order`] that plans are built with, from what is known without a context.
//!
//! 1. Said is what holds however long async functions wait: whoever waits for one of them starts where
//!    that ended, and nobody knows when that is.
//! 2. Taken for done at once is what rarely takes time: an extractor, unless a client is slow to send
//!    the body; a singleton, but for the first request; a slot, unless all are taken.
//! 3. A hop ends with its last blocking function: what runs in place behind that is not said.

use super::order::{Sketch, order};

/// What has to be known of a function.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) runs: Runs,
    pub(crate) is_guard: bool,
    /// How many parameters it reads from the context.
    pub(crate) reads: usize,
    /// The parts that have to succeed before its other inputs start, in this order.
    pub(crate) requires: Vec<usize>,
    /// The parts whose values it takes.
    pub(crate) inputs: Vec<usize>,
    /// The parts it starts after without taking their values.
    pub(crate) after: Vec<usize>,
}

/// Where a function runs, and so where a request goes on after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Runs {
    /// Nowhere: its value is there.
    Not,
    /// Wherever it becomes ready, for a moment.
    InPlace,
    /// On a thread of the lane.
    OnLane,
    /// Where a request does not go on: it waits, or computes on a pool.
    Elsewhere,
}

/// Where a request is when a node has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// Where it began: it ends before any hop leaves.
    AtOnce,
    OnLane,
    Unknown,
}

/// Which parts of one handler's graph share a hop.
#[derive(Debug)]
pub(crate) struct Outline {
    /// By part: the parts one of which ended on the thread that it starts on; none if it may start on
    /// another one.
    pub(crate) goes_on_after: Vec<Vec<usize>>,
    pub(crate) hops: Vec<Hop>,
}

/// Parts that share a hop, in declaration order.
#[derive(Debug)]
pub(crate) struct Hop {
    pub(crate) parts: Vec<usize>,
    /// Whether some of them may run at the same time: those are offered to other threads, unless they
    /// are known to be short.
    pub(crate) is_side_by_side: bool,
}

impl Outline {
    /// Looks at the graph that the part `root` is resolved by. It has to reach all the others.
    pub(crate) fn of(parts: &[Part], root: usize) -> Self {
        let mut sketches: Vec<Sketch> = parts.iter().map(sketch).collect();
        for (position, part) in parts.iter().enumerate() {
            for _ in 0..part.reads {
                let extractor = sketches.len();
                sketches[position].inputs.push(extractor);
                sketches.push(Sketch {
                    is_extractor: true,
                    ..Sketch::default()
                });
            }
        }
        let order = order(&sketches, root);
        let runs = |index: usize| match parts.get(order.sketches[index]) {
            Some(part) => part.runs,
            // An extractor.
            None => Runs::Not,
        };
        let mut nodes = vec![Node::default(); order.sketches.len()];
        for &(first, then) in &order.edges {
            nodes[then].waits.push(first);
        }
        for &index in order.schedule.iter().rev() {
            let is_used_on_lane = runs(index) == Runs::OnLane || nodes[index].leads_to_blocking;
            for other in nodes[index].waits.clone() {
                nodes[other].leads_to_blocking |= is_used_on_lane;
            }
        }
        for &index in &order.schedule {
            nodes[index] = Node::resolve(&nodes, index, runs(index));
        }
        Self::collect(parts, &order.sketches, &nodes)
    }

    fn collect(parts: &[Part], part_of: &[usize], nodes: &[Node]) -> Self {
        let is_shown = |index: usize| {
            let part = parts.get(part_of[index]);
            part.is_some_and(|part| part.runs != Runs::Not)
        };
        let mut goes_on_after = vec![Vec::new(); parts.len()];
        let mut hops: Vec<Vec<usize>> = Vec::new();
        for index in (0..nodes.len()).filter(|&index| is_shown(index)) {
            let mut after = Vec::new();
            look_through(nodes, index, &is_shown, &mut after);
            if after.is_empty() {
                continue;
            }
            goes_on_after[part_of[index]] = after.iter().map(|&other| part_of[other]).collect();
            after.push(index);
            let mut joined = Vec::new();
            hops.retain(|hop| {
                let touches = hop.iter().any(|member| after.contains(member));
                if touches {
                    joined.extend(hop);
                }
                !touches
            });
            joined.extend(after);
            joined.sort_unstable();
            joined.dedup();
            hops.push(joined);
        }
        let hop = |members: Vec<usize>| {
            let on_lane = |index: &&usize| parts[part_of[**index]].runs == Runs::OnLane;
            let blocking: Vec<usize> = members.iter().filter(on_lane).copied().collect();
            let is_ordered = |pair: &[usize]| nodes[pair[1]].needed[pair[0]];
            Hop {
                is_side_by_side: !blocking.windows(2).all(is_ordered),
                parts: members.iter().map(|&index| part_of[index]).collect(),
            }
        };
        Self {
            goes_on_after,
            hops: hops.into_iter().map(hop).collect(),
        }
    }
}

/// A node of the plan that the parts make. Nodes are named by their index.
#[derive(Debug, Clone)]
struct Node {
    waits: Vec<usize>,
    /// Whether a blocking function waits for it, however far behind.
    leads_to_blocking: bool,
    /// By node: whether that has ended when this one starts.
    needed: Vec<bool>,
    /// The nodes one of which ended on the thread that it starts on.
    goes_on_after: Vec<usize>,
    ends: Ends,
}

impl Default for Node {
    fn default() -> Self {
        Self {
            waits: Vec::new(),
            leads_to_blocking: false,
            needed: Vec::new(),
            goes_on_after: Vec::new(),
            ends: Ends::AtOnce,
        }
    }
}

impl Node {
    /// The node at `index`, once everything that it waits for is resolved.
    fn resolve(nodes: &[Self], index: usize, runs: Runs) -> Self {
        let Self {
            waits,
            leads_to_blocking,
            ..
        } = nodes[index].clone();
        let mut needed = vec![false; nodes.len()];
        for &other in &waits {
            needed[other] = true;
            for (needed, &before) in needed.iter_mut().zip(&nodes[other].needed) {
                *needed |= before;
            }
        }
        // Any of these may be the last one to end.
        let is_needed_by_another = |other: usize| waits.iter().any(|&by| nodes[by].needed[other]);
        let mut last = waits.clone();
        last.retain(|&other| nodes[other].ends != Ends::AtOnce && !is_needed_by_another(other));

        let begins = if last.is_empty() {
            Ends::AtOnce
        } else if last.iter().all(|&other| nodes[other].ends == Ends::OnLane) {
            Ends::OnLane
        } else {
            Ends::Unknown
        };
        let ends = match runs {
            Runs::Not | Runs::InPlace => begins,
            Runs::OnLane => Ends::OnLane,
            Runs::Elsewhere => Ends::Unknown,
        };
        let stays = match runs {
            Runs::OnLane => true,
            Runs::Not | Runs::InPlace => leads_to_blocking,
            Runs::Elsewhere => false,
        };
        if begins != Ends::OnLane || !stays {
            last.clear();
        }
        Self {
            waits,
            leads_to_blocking,
            needed,
            goes_on_after: last,
            ends,
        }
    }
}

/// The shown nodes that a node goes on after, through those that are not shown.
fn look_through(
    nodes: &[Node],
    index: usize,
    is_shown: &impl Fn(usize) -> bool,
    found: &mut Vec<usize>,
) {
    for &other in &nodes[index].goes_on_after {
        if !is_shown(other) {
            look_through(nodes, other, is_shown, found);
        } else if !found.contains(&other) {
            found.push(other);
        }
    }
}

fn sketch(part: &Part) -> Sketch {
    Sketch {
        inputs: part.inputs.clone(),
        requires: part.requires.clone(),
        after: part.after.clone(),
        is_guard: part.is_guard,
        ..Sketch::default()
    }
}

#[cfg(test)]
mod tests;
