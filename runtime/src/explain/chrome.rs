//! An explanation as a Chrome trace, in the JSON array format.
//!
//! Slices of one thread have to lie within each other or apart. What holds its thread is one, a
//! "complete" event. What is async overlaps with whatever else its thread does meanwhile, so it is a pair
//! of "nestable async" events, in a row of its own.

use std::fmt::Write as _;
use std::time::Duration;

use super::{ExplainedNode, Explanation, Fate};
use crate::json::quoted;
use crate::meta::Colour;

pub(super) fn trace(explanation: &Explanation) -> String {
    let nodes = explanation.nodes();
    let mut threads: Vec<&str> = Vec::new();
    let mut events = Vec::new();
    for (position, node) in nodes.iter().enumerate() {
        if let (Some(began), Some(ended)) = (node.began, node.ended) {
            let event = Event {
                name: &node.label,
                category: "node",
                id: position,
                holds_thread: holds_thread(node),
                thread: row(&mut threads, node.thread.as_deref().unwrap_or_default()),
                began,
                ended,
            };
            event.write(&told(node, nodes), &mut events);
        }
        for (what, ending) in node.endings() {
            let event = Event {
                name: &node.label,
                category: what,
                id: position,
                holds_thread: ending.is_plain,
                thread: row(&mut threads, &ending.thread),
                began: ending.began,
                ended: ending.ended,
            };
            event.write("", &mut events);
        }
    }
    let process = (!nodes.is_empty()).then(|| name_of("process_name", 0, explanation.handler()));
    let rows = threads.iter().enumerate();
    let rows = rows.map(|(row, name)| name_of("thread_name", row, name));
    let all: Vec<String> = process.into_iter().chain(rows).chain(events).collect();
    format!("[\n{}\n]\n", all.join(",\n"))
}

/// Whether a node has its thread from its beginning to its end.
fn holds_thread(node: &ExplainedNode) -> bool {
    // A function that was given up runs on, and is not async for that.
    node.colour != Colour::Async
}

/// What else there is to say of a node.
fn told(node: &ExplainedNode, nodes: &[ExplainedNode]) -> String {
    let mut told = format!("\"colour\":\"{}\"", node.colour);
    if let Some(queued) = node.queued() {
        push(&mut told, format_args!(",\"queued_us\":{}", micros(queued)));
    }
    push(
        &mut told,
        format_args!(",\"busy_us\":{}", micros(node.busy)),
    );
    if let Some(other) = node.waited_for {
        let other = quoted(&nodes[other].label);
        push(&mut told, format_args!(",\"waited_for\":{other}"));
    }
    if let Some(hop) = node.hop {
        push(&mut told, format_args!(",\"hop\":{hop}"));
    }
    if node.fate != Fate::Made {
        push(&mut told, format_args!(",\"fate\":\"{}\"", node.fate));
    }
    told
}

struct Event<'a> {
    name: &'a str,
    category: &'a str,
    /// What is async is in one row with what has the same.
    id: usize,
    holds_thread: bool,
    /// Its row, if it holds a thread; else where it began.
    thread: usize,
    began: Duration,
    ended: Duration,
}

impl Event<'_> {
    fn write(&self, told: &str, to: &mut Vec<String>) {
        let (name, category) = (quoted(self.name), quoted(self.category));
        let what = format!(
            "\"name\":{name},\"cat\":{category},\"pid\":1,\"tid\":{}",
            self.thread
        );
        let (began, ended) = (micros(self.began), micros(self.ended));
        let args = format!("\"args\":{{{told}}}");
        if self.holds_thread {
            let took = micros(self.ended.saturating_sub(self.began));
            to.push(format!(
                "{{{what},\"ph\":\"X\",\"ts\":{began},\"dur\":{took},{args}}}"
            ));
            return;
        }
        let id = self.id;
        to.push(format!(
            "{{{what},\"ph\":\"b\",\"id\":{id},\"ts\":{began},{args}}}"
        ));
        to.push(format!(
            "{{{what},\"ph\":\"e\",\"id\":{id},\"ts\":{ended}}}"
        ));
    }
}

/// What the process or one of its rows is called.
fn name_of(what: &str, row: usize, name: &str) -> String {
    let name = quoted(name);
    format!(
        "{{\"name\":\"{what}\",\"ph\":\"M\",\"pid\":1,\"tid\":{row},\"args\":{{\"name\":{name}}}}}"
    )
}

fn row<'a>(threads: &mut Vec<&'a str>, thread: &'a str) -> usize {
    let known = threads.iter().position(|known| *known == thread);
    known.unwrap_or_else(|| {
        threads.push(thread);
        threads.len() - 1
    })
}

fn micros(time: Duration) -> String {
    format!("{}.{:03}", time.as_micros(), time.subsec_nanos() % 1_000)
}

/// Text is always written whole.
fn push(to: &mut String, text: std::fmt::Arguments<'_>) {
    to.write_fmt(text).ok();
}
