//! A graph as a Mermaid flowchart.

use std::fmt::Write;

use super::picture::{Arrow, How, Node, Picture};
use super::words::{class, sharing};
use crate::meta::{Kind, LifetimeKind};

pub(super) fn write(picture: &Picture) -> String {
    let mut flowchart = "flowchart LR\n".to_owned();
    for (position, node) in picture.nodes.iter().enumerate() {
        line(&mut flowchart, &format!("n{position}{}", shape(node)));
    }
    for arrow in picture.arrows() {
        let Arrow { from, to, .. } = arrow;
        line(&mut flowchart, &format!("n{from} {} n{to}", link(arrow)));
    }
    for (number, hop) in picture.hops.iter().enumerate() {
        let label = sharing(hop);
        line(
            &mut flowchart,
            &format!("subgraph hop{number} [\"{label}\"]"),
        );
        for node in &hop.parts {
            line(&mut flowchart, &format!("  n{node}"));
        }
        line(&mut flowchart, "end");
    }
    for (class, style) in CLASSES {
        let is_used = |node: &Node| self::class(node.colour()) == class;
        if picture.nodes.iter().any(is_used) {
            line(
                &mut flowchart,
                &format!("classDef {class} {style},color:#1f2328"),
            );
        }
    }
    flowchart
}

/// Each brings its own ground and ink, so that it is read on a light page and on a dark one.
const CLASSES: [(&str, &str); 6] = [
    ("async", "fill:#cfe5ff,stroke:#2f6fb5"),
    ("plain", "fill:#ffe9b8,stroke:#9a6700"),
    ("inline", "fill:#e7eaee,stroke:#57606a"),
    ("cpu", "fill:#ecd8ff,stroke:#8250df"),
    ("struct", "fill:#cdeed8,stroke:#1a7f37"),
    ("value", "fill:#ffffff,stroke:#57606a"),
];

fn shape(node: &Node) -> String {
    let (open, close) = if node.is(Kind::Handler) {
        ("([", "])")
    } else if node.is(Kind::Guard) {
        ("{{", "}}")
    } else if node.lives(LifetimeKind::Singleton) {
        ("[[", "]]")
    } else if node.lives(LifetimeKind::Transient) {
        ("(", ")")
    } else {
        ("[", "]")
    };
    let words = node.words();
    let mut label = format!("<b>{}</b>", escape(&words.name));
    for line in words.lines() {
        let _ = write!(label, "<br/>{}", escape(&line));
    }
    let class = class(node.colour());
    format!("{open}\"{label}\"{close}:::{class}")
}

fn link(arrow: Arrow) -> &'static str {
    match (arrow.how, arrow.same_thread) {
        (How::Takes, false) => "-->",
        (How::Takes, true) => "==>",
        (How::Requires, false) => "-- requires -->",
        (How::Requires, true) => "== requires ==>",
        (How::After, false) => "-. after .->",
        (How::After, true) => "== after ==>",
        (How::Behind, _) => "== behind ==>",
    }
}

fn line(flowchart: &mut String, line: &str) {
    flowchart.push_str("  ");
    flowchart.push_str(line);
    flowchart.push('\n');
}

/// Mermaid's own way to write what has a meaning in it.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '#' | '&' | '"' | '<' | '>' | '`' => {
                let _ = write!(escaped, "#{};", u32::from(character));
            }
            plain => escaped.push(plain),
        }
    }
    escaped
}
