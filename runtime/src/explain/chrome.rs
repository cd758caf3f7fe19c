//! An explanation as a Chrome trace: the JSON array format, "complete" events with one row a thread.

use std::fmt::Write as _;
use std::time::Duration;

use super::{Explanation, Fate};
use crate::json::quoted;

pub(super) fn trace(explanation: &Explanation) -> String {
    let mut events = Vec::new();
    let mut threads: Vec<&str> = Vec::new();
    for node in explanation.nodes() {
        if let (Some(began), Some(ended)) = (node.began, node.ended) {
            let event = Event {
                name: node.name,
                category: "node",
                began,
                ended,
                thread: row(&mut threads, node.thread.as_deref().unwrap_or_default()),
            };
            let mut more = format!("\"colour\":\"{}\"", node.colour);
            if let Some(queued) = node.queued() {
                write_micros(&mut more, "queued_us", queued);
            }
            write_micros(&mut more, "busy_us", node.busy);
            if let Some(hop) = node.hop {
                push(&mut more, format_args!(",\"hop\":{hop}"));
            }
            if node.fate != Fate::Made {
                push(&mut more, format_args!(",\"fate\":\"{}\"", node.fate));
            }
            events.push(event.to_json(&more));
        }
        for (what, ending) in node.endings() {
            let event = Event {
                name: node.name,
                category: what,
                began: ending.began,
                ended: ending.ended,
                thread: row(&mut threads, &ending.thread),
            };
            events.push(event.to_json(""));
        }
    }
    let rows = threads.iter().enumerate().map(|(row, name)| {
        format!(
            "{{\"name\":\"thread_name\",\"ph\":\"M\",\"pid\":1,\"tid\":{row},\"args\":{{\"name\":{}}}}}",
            quoted(name)
        )
    });
    let all: Vec<String> = rows.chain(events).collect();
    format!("[\n{}\n]\n", all.join(",\n"))
}

struct Event<'a> {
    name: &'a str,
    category: &'a str,
    began: Duration,
    ended: Duration,
    /// Its row.
    thread: usize,
}

impl Event<'_> {
    fn to_json(&self, more: &str) -> String {
        format!(
            "{{\"name\":{},\"cat\":{},\"ph\":\"X\",\"pid\":1,\"tid\":{},\"ts\":{},\"dur\":{},\"args\":{{{more}}}}}",
            quoted(self.name),
            quoted(self.category),
            self.thread,
            micros(self.began),
            micros(self.ended.saturating_sub(self.began)),
        )
    }
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

fn write_micros(to: &mut String, name: &str, time: Duration) {
    push(to, format_args!(",\"{name}\":{}", micros(time)));
}

/// Text is always written whole.
fn push(to: &mut String, text: std::fmt::Arguments<'_>) {
    to.write_fmt(text).ok();
}
