//! A graph in the language of Graphviz.
//!
//! Its colours are read on a light page and on a dark one: every box brings its own ground, and what
//! is drawn beside the boxes is grey.

use std::fmt::Write;

use super::picture::{Arrow, How, Node, Picture};
use super::words::sharing;
use crate::meta::{Colour, Kind, LifetimeKind};

const HEAD: &str = "\
digraph {
  rankdir = LR
  bgcolor = transparent
  node [fontname = monospace, fontsize = 11, shape = box, style = filled, color = \"#57606a\"]
  edge [fontname = monospace, fontsize = 10, color = \"#8c959f\", fontcolor = \"#8c959f\"]
";

pub(super) fn write(picture: &Picture) -> String {
    let mut dot = HEAD.to_owned();
    for (position, node) in picture.nodes.iter().enumerate() {
        line(&mut dot, &format!("n{position} [{}]", attributes(node)));
    }
    for arrow in picture.arrows() {
        let Arrow { from, to, .. } = arrow;
        line(&mut dot, &format!("n{from} -> n{to}{}", style(arrow)));
    }
    for (number, hop) in picture.hops.iter().enumerate() {
        let label = sharing(hop);
        line(&mut dot, &format!("subgraph cluster_hop{number} {{"));
        line(
            &mut dot,
            &format!("  label = \"{label}\"; fontname = monospace"),
        );
        line(&mut dot, "  fontsize = 10; style = \"dashed,rounded\"");
        line(&mut dot, "  color = \"#d4722e\"; fontcolor = \"#d4722e\"");
        let members: Vec<String> = hop.parts.iter().map(|node| format!("n{node}")).collect();
        line(&mut dot, &format!("  {}", members.join("; ")));
        line(&mut dot, "}");
    }
    dot.push_str("}\n");
    dot
}

fn attributes(node: &Node) -> String {
    let words = node.words();
    let label: Vec<String> = [words.name.clone()]
        .into_iter()
        .chain(words.lines())
        .map(|line| escape(&line))
        .collect();
    let mut attributes = format!(
        "label = \"{}\", fillcolor = \"{}\"",
        label.join("\\n"),
        fill(node.colour())
    );
    if node.is(Kind::Handler) {
        attributes.push_str(", style = \"filled,rounded,bold\"");
    } else if node.is(Kind::Guard) {
        attributes.push_str(", shape = octagon");
    }
    if node.lives(LifetimeKind::Singleton) {
        attributes.push_str(", peripheries = 2");
    } else if node.lives(LifetimeKind::Transient) {
        attributes.push_str(", style = \"filled,dashed\"");
    }
    let path = escape((node.what.meta().type_name)());
    let _ = write!(attributes, ", tooltip = \"{path}\"");
    attributes
}

fn fill(colour: Option<Colour>) -> &'static str {
    match colour {
        Some(Colour::Async) => "#cfe5ff",
        Some(Colour::Plain) => "#ffe9b8",
        Some(Colour::Inline) => "#e7eaee",
        Some(Colour::Cpu) => "#ecd8ff",
        Some(Colour::Struct) => "#cdeed8",
        None => "#ffffff",
    }
}

fn style(arrow: Arrow) -> String {
    let mut style = Vec::new();
    match arrow.how {
        How::Requires => style.push("label = requires"),
        How::Takes => {}
        How::After => style.push("label = after, style = dashed"),
        How::Behind => style.push("label = behind, style = dashed"),
    }
    if arrow.same_thread {
        style.push("penwidth = 3, color = \"#d4722e\"");
    }
    if style.is_empty() {
        String::new()
    } else {
        format!(" [{}]", style.join(", "))
    }
}

fn line(dot: &mut String, line: &str) {
    dot.push_str("  ");
    dot.push_str(line);
    dot.push('\n');
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
