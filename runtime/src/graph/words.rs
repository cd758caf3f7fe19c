//! What is said of a function, in words.

use crate::meta::{Colour, Kind, LifetimeKind, Meta};
use crate::plan::Hop;

/// How it runs, how long its value lives, and whether it is a guard.
pub(super) fn manner(meta: &Meta) -> String {
    let mut words = meta.colour.to_string();
    if meta.lifetime != LifetimeKind::RequestScoped {
        words.push_str(", ");
        words.push_str(&meta.lifetime.to_string());
    }
    if meta.kind == Kind::Guard {
        words.push_str(", guard");
    }
    words
}

/// What else was said of it: how its value is ended, and its bounds.
pub(super) fn details(meta: &Meta) -> Vec<String> {
    let mut details = Vec::new();
    if meta.teardown {
        details.push("teardown".to_owned());
    }
    if meta.after_response {
        details.push("after_response".to_owned());
    }
    if let Some(timeout) = meta.timeout {
        details.push(format!("timeout {timeout:?}"));
    }
    if let Some(limit) = meta.limit {
        details.push(format!("limit {}", limit.values));
        if let Some(queue) = limit.queue {
            details.push(format!("queue {queue}"));
        }
    }
    if meta.seat {
        details.push("seat".to_owned());
    }
    details
}

/// What a box says of itself.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) name: String,
    /// Below the name, one list of words a line.
    pub(super) lines: Vec<Vec<String>>,
}

impl Words {
    pub(super) fn of_function(meta: &Meta, replaces: &[String]) -> Self {
        let mut lines = vec![vec![manner(meta)], details(meta)];
        if let Some((first, more)) = meta.reads.split_first() {
            let mut reads = vec![format!("reads {first}")];
            reads.extend(more.iter().map(|&read| read.to_owned()));
            lines.push(reads);
        }
        lines.extend(
            replaces
                .iter()
                .map(|replaced| vec![format!("replaces {replaced}")]),
        );
        lines.retain(|words| !words.is_empty());
        Self {
            name: meta.label(),
            lines,
        }
    }

    pub(super) fn of_value(meta: &Meta) -> Self {
        Self {
            name: meta.label(),
            lines: vec![vec!["value".to_owned()]],
        }
    }

    /// The lines below the name.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> + '_ {
        self.lines.iter().map(|words| words.join(", "))
    }
}

/// What is said of functions that share a hop.
pub(super) fn sharing(hop: &Hop) -> &'static str {
    if hop.is_side_by_side {
        "one hop, or side by side"
    } else {
        "one hop"
    }
}

/// The name of a colour in a style sheet; a value has none.
pub(super) fn class(colour: Option<Colour>) -> &'static str {
    colour.map_or("value", Colour::name)
}

/// What a colour means, in a legend.
pub(super) fn meaning(colour: Colour) -> &'static str {
    match colour {
        Colour::Async => "async: awaited",
        Colour::Plain => "plain: on a thread that may block",
        Colour::Inline => "inline: in place",
        Colour::Cpu => "cpu: on the pool that computes",
        Colour::Struct => "struct: built in place",
    }
}
