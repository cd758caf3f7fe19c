//! The critical path: from what decided the answer back to what each node waited for last.

use std::time::Duration;

use super::{ExplainedNode, Explanation, Fate};

/// The nodes on the way to the one that decided the answer, the first one first.
pub(super) fn path(explanation: &Explanation) -> impl Iterator<Item = usize> {
    let nodes = explanation.nodes();
    let back = std::iter::successors(decisive(explanation), |&node| nodes[node].waited_for);
    let mut path: Vec<usize> = back.collect();
    path.reverse();
    path.into_iter()
}

/// The node after which it was known what the answer is.
fn decisive(explanation: &Explanation) -> Option<usize> {
    let nodes = explanation.nodes();
    let failed = |node: &ExplainedNode| node.fate == Fate::Failed;
    match nodes.iter().position(failed) {
        // A rejection leaves when every earlier node that could fail has succeeded, so the last of
        // those is as good a reason as the one that failed.
        Some(first) => {
            let settled = explanation.settled.unwrap_or(Duration::MAX);
            let ended = |node: usize| nodes[node].ended.filter(|&ended| ended <= settled);
            let waited_for = (0..=first).filter(|&node| ended(node).is_some());
            waited_for.max_by_key(|&node| ended(node))
        }
        None => {
            let root = nodes.len().checked_sub(1)?;
            let began = |node: usize| nodes[node].began;
            // Given up before its handler began: what had begun last.
            let last = (0..root).filter(|&node| began(node).is_some());
            let last = last.max_by_key(|&node| began(node));
            began(root).map(|_| root).or(last)
        }
    }
}
