//! When each document was fetched, and where, as a run is explained.

use std::time::Duration;

use hueless::explain::Explanation;

use crate::document::Document;

/// A line for each document.
pub(crate) fn print(run: &Explanation, documents: &[Document]) {
    for Document { name, text } in documents {
        let node = run.nodes().iter().find(|node| node.name == *name);
        let Some(node) = node else {
            continue;
        };
        let [from, to] =
            [node.began, node.ended].map(|time| time.as_ref().map_or(0, Duration::as_millis));
        let thread = node.thread.as_deref().unwrap_or_default();
        println!("  {name:<8} {from:>4} to {to:>4} ms  {text}, on {thread}");
    }
}
