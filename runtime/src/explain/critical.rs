//! The critical path: from the handler back to what each node waited for last.

use super::ExplainedNode;

/// The nodes on the way to the last one that ran, the first one first.
pub(super) fn path(nodes: &[ExplainedNode]) -> impl Iterator<Item = usize> {
    let last = nodes.iter().rposition(|node| node.began.is_some());
    let back = std::iter::successors(last, |&node| nodes[node].waited_for);
    let mut path: Vec<usize> = back.collect();
    path.reverse();
    path.into_iter()
}
