//! What one order did, as text: a line for each node, with a bar for when it ran, and where.

use std::time::Duration;

use hueless::Colour;
use hueless::explain::{ExplainedNode, Explanation};

/// How long the longest bar may be.
const COLUMNS: u128 = 40;

pub(crate) fn print(explanation: &Explanation) {
    let mut ran: Vec<(&ExplainedNode, Duration, Duration)> = explanation
        .nodes()
        .iter()
        .filter_map(|node| Some((node, node.began?, node.ended?)))
        .collect();
    // In the order in which they began.
    ran.sort_by_key(|(_, began, _)| *began);
    let total = ran.iter().map(|(.., ended)| *ended).max();
    let total = total.unwrap_or_default();
    let column = |time: Duration| {
        let column = time.as_nanos() * COLUMNS / total.as_nanos().max(1);
        usize::try_from(column).unwrap_or_default()
    };
    for &(node, began, ended) in &ran {
        let blank = " ".repeat(column(began));
        let bar = "█".repeat((column(ended) - column(began)).max(1));
        println!(
            "  {:<9}{:<41} {:>4} to {:>4} ms  {}",
            node.name,
            blank + &bar,
            began.as_millis(),
            ended.as_millis(),
            thread(node)
        );
    }
    let work: Duration = ran.iter().map(|(_, began, ended)| *ended - *began).sum();
    let (work, total) = (work.as_millis(), total.as_millis());
    println!("  {work} ms of steps in {total} ms");
}

fn thread(node: &ExplainedNode) -> String {
    let name = node.thread.as_deref().unwrap_or_default();
    match node.colour {
        Colour::Cpu => format!("cpu, {name}"),
        _ => name.to_owned(),
    }
}
