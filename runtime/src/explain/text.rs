//! An explanation as a table of text.

use std::collections::HashSet;
use std::fmt;
use std::time::Duration;

use super::{ExplainedEnding, ExplainedNode, Explanation, Fate, critical};

/// What stands where there is no time.
const NONE: &str = "-";

pub(super) fn write(explanation: &Explanation, to: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Explanation {
        handler,
        answered,
        over,
        outcome,
        nodes,
        ..
    } = explanation;
    write!(to, "{handler}: {outcome}, ")?;
    match answered {
        Some(answered) => writeln!(to, "answered after {answered:.1?}, over after {over:.1?}")?,
        None => writeln!(to, "not answered, over after {over:.1?}")?,
    }
    let width = nodes.iter().map(|node| node.name.chars().count()).max();
    let width = width.unwrap_or(0).max("node".len());
    writeln!(
        to,
        "  {:width$}  {:7}  {:>9}  {:>9}  {:>9}  {:>9}  where",
        "node", "colour", "ready", "queued", "took", "busy"
    )?;
    let critical: HashSet<usize> = critical::path(nodes).collect();
    for (position, node) in nodes.iter().enumerate() {
        let mark = if critical.contains(&position) {
            '*'
        } else {
            ' '
        };
        write!(
            to,
            "{mark} {:width$}  {:7}  {:>9}  {:>9}  {:>9}  {:>9}  ",
            node.name,
            node.colour.to_string(),
            time(node.ready),
            time(node.queued()),
            time(node.took()),
            time(node.began.map(|_| node.busy)),
        )?;
        write_where(node, to)?;
        for (what, ending) in node.endings() {
            let took = time(Some(ending.took()));
            write!(
                to,
                "  {:width$}  {:7}  {:>9}  {:>9}  {took:>9}  {:>9}  ",
                "",
                "",
                time(Some(ending.began)),
                "",
                ""
            )?;
            writeln!(to, "{what}, {}", ending.thread)?;
        }
    }
    writeln!(to, "* what the answer had to wait for")
}

fn write_where(node: &ExplainedNode, to: &mut fmt::Formatter<'_>) -> fmt::Result {
    if node.fate != Fate::Made {
        write!(to, "{}", node.fate)?;
    }
    let place = match (&node.thread, node.hop) {
        (Some(thread), Some(hop)) => format!("{thread}, hop {hop}"),
        (Some(thread), None) => thread.to_string(),
        (None, _) => String::new(),
    };
    let gap = if node.fate == Fate::Made || place.is_empty() {
        ""
    } else {
        ", "
    };
    writeln!(to, "{gap}{place}")
}

fn time(time: Option<Duration>) -> String {
    time.map_or_else(|| NONE.to_owned(), |time| format!("{time:.1?}"))
}

impl ExplainedNode {
    /// What ended its value, with what that is called.
    pub(super) fn endings(&self) -> impl Iterator<Item = (&'static str, &ExplainedEnding)> {
        let teardown = self.teardown.iter().map(|ending| ("teardown", ending));
        let after_response = self.after_response.iter();
        teardown.chain(after_response.map(|ending| ("after response", ending)))
    }
}
