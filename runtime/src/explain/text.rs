//! An explanation as a table of text.

use std::collections::HashSet;
use std::fmt::{self, Write as _};
use std::time::Duration;

use super::{ExplainedEnding, ExplainedNode, Explanation, Fate, critical};
use crate::columns::{columns, padded};

/// What stands where there is no time.
const NONE: &str = "-";

pub(super) fn write(explanation: &Explanation, to: &mut fmt::Formatter<'_>) -> fmt::Result {
    let nodes = explanation.nodes();
    writeln!(to, "{}", headline(explanation))?;
    let width = nodes.iter().map(|node| columns(&node.label)).max();
    let width = width.unwrap_or(0).max("node".len());
    writeln!(
        to,
        "  {:width$}  {:7}  {:>9}  {:>9}  {:>9}  {:>9}  where",
        "node", "colour", "ready", "queued", "took", "busy"
    )?;
    let critical: HashSet<usize> = critical::path(explanation).collect();
    for (position, node) in nodes.iter().enumerate() {
        write!(
            to,
            "{} {}  {:7}  {:>9}  {:>9}  {:>9}  {:>9}  ",
            mark(critical.contains(&position)),
            padded(&node.label, width),
            node.colour.to_string(),
            time(node.ready),
            time(node.queued()),
            time(node.took()),
            time(node.began.map(|_| node.busy)),
        )?;
        writeln!(to, "{}", whereabouts(node, nodes))?;
        for (what, ending) in node.endings() {
            writeln!(
                to,
                "{} {:width$}  {:7}  {:>9}  {:>9}  {:>9}  {:>9}  {what}, {}",
                mark(explanation.waits_for(ending)),
                "",
                "",
                time(Some(ending.began)),
                "",
                time(Some(ending.took())),
                "",
                ending.thread
            )?;
        }
    }
    writeln!(to, "* what the answer had to wait for")
}

/// How the request ended, and when.
pub(super) fn headline(explanation: &Explanation) -> String {
    let mut line = format!("{}: {}", explanation.handler(), explanation.end());
    if let Some(seated) = explanation.seated() {
        write!(line, ", seated after {}", shown(seated)).ok();
    }
    match explanation.answered() {
        Some(answered) => write!(line, ", answered after {}", shown(answered)).ok(),
        None => write!(line, ", not answered").ok(),
    };
    write!(line, ", over after {}", shown(explanation.over())).ok();
    line
}

fn mark(is_critical: bool) -> char {
    if is_critical { '*' } else { ' ' }
}

/// What became of a node, if that is not what should, where it ran, and what it has waited for.
fn whereabouts(node: &ExplainedNode, nodes: &[ExplainedNode]) -> String {
    let fate = (node.fate != Fate::Made).then(|| node.fate.to_string());
    let thread = node.thread.as_ref().map(ToString::to_string);
    let hop = node.hop.map(|hop| format!("hop {hop}"));
    let after = node
        .waited_for
        .map(|other| format!("after {}", nodes[other].label));
    let parts: Vec<String> = [fate, thread, hop, after].into_iter().flatten().collect();
    parts.join(", ")
}

fn time(time: Option<Duration>) -> String {
    time.map_or_else(|| NONE.to_owned(), shown)
}

/// A time as people read it.
pub(super) fn shown(time: Duration) -> String {
    if time.is_zero() {
        return "0".to_owned();
    }
    format!("{time:.1?}")
}

impl ExplainedNode {
    /// What ended its value, with what that is called.
    pub(super) fn endings(&self) -> impl Iterator<Item = (&'static str, &ExplainedEnding)> {
        let teardown = self.teardown.iter().map(|ending| ("teardown", ending));
        let after_response = self.after_response.iter();
        teardown.chain(after_response.map(|ending| ("after response", ending)))
    }
}

impl Explanation {
    /// Whether the answer had to wait for that.
    pub(super) fn waits_for(&self, ending: &ExplainedEnding) -> bool {
        self.answered
            .is_some_and(|answered| ending.ended <= answered)
    }
}
