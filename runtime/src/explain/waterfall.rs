//! An explanation as a picture: a row for each node, a bar for the time that it was queued and one for
//! the time that it ran.

use std::collections::HashSet;
use std::fmt::{self, Write as _};
use std::time::Duration;

use super::text::{headline, shown};
use super::{ExplainedNode, Explanation, Fate, critical};
use crate::columns::columns;
use crate::xml::escaped;

const ROW: usize = 24;
const HEAD: usize = 64;
const FOOT: usize = 36;
/// The width of all the bars.
const BARS: f64 = 620.0;
/// The width of a letter of a name, in a font of fixed width.
const LETTER: usize = 8;
/// The room for a time beside the last bar.
const MARGIN: usize = 230;

const STYLE: &str = "\
svg{font:13px ui-monospace,monospace;background:#fff}text{fill:#1b1f24}.soft{fill:#57606a}\
.grid{stroke:#d0d7de}.queued{fill:#d0d7de}.async{fill:#2f81f7}.plain{fill:#bf5b04}.cpu{fill:#a40e26}\
.inline,.struct{fill:#1a7f37}.ending{fill:#8250df}.failed{stroke:#cf222e;stroke-width:2}\
.critical{font-weight:bold}.answered{stroke:#1a7f37;stroke-width:2;stroke-dasharray:4 3}\
@media(prefers-color-scheme:dark){svg{background:#0d1117}text{fill:#e6edf3}.soft{fill:#9198a1}\
.grid{stroke:#3d444d}.queued{fill:#3d444d}.plain{fill:#f0883e}.cpu{fill:#ff7b72}.ending{fill:#bc8cff}.answered{stroke:#3fb950}}";

pub(super) fn draw(explanation: &Explanation) -> String {
    let mut picture = String::new();
    // Text is always written whole.
    Waterfall::new(explanation).write(&mut picture).ok();
    picture
}

struct Waterfall<'a> {
    explanation: &'a Explanation,
    critical: HashSet<usize>,
    /// Where the bars begin.
    left: usize,
    /// How long all of it took.
    whole: f64,
}

impl<'a> Waterfall<'a> {
    fn new(explanation: &'a Explanation) -> Self {
        let names = explanation.nodes().iter().map(|it| columns(&it.label));
        Self {
            explanation,
            critical: critical::path(explanation).collect(),
            left: 24 + LETTER * names.max().unwrap_or(0),
            whole: explanation.over().as_secs_f64().max(1e-9),
        }
    }

    fn write(&self, to: &mut String) -> fmt::Result {
        let nodes = self.explanation.nodes();
        let width = self.left + BARS as usize + MARGIN;
        let height = HEAD + ROW * nodes.len() + FOOT;
        writeln!(
            to,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
             width=\"{width}\" height=\"{height}\" role=\"img\">\n<style>{STYLE}</style>"
        )?;
        self.write_head(to)?;
        for quarter in 0..=4_u32 {
            let time = self.explanation.over() / 4 * quarter;
            let x = self.x(time);
            writeln!(
                to,
                "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{}\" y2=\"{}\"/>\
                 <text class=\"soft\" x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                HEAD - 4,
                height - FOOT,
                HEAD - 10,
                shown(time),
            )?;
        }
        for (row, node) in nodes.iter().enumerate() {
            self.write_row(row, node, to)?;
        }
        if let Some(answered) = self.explanation.answered() {
            self.write_answered(self.x(answered), height - FOOT, to)?;
        }
        self.write_legend(height - 12, to)?;
        writeln!(to, "</svg>")
    }

    fn write_head(&self, to: &mut String) -> fmt::Result {
        let title = headline(self.explanation);
        writeln!(
            to,
            "<title>{0}</title><text class=\"critical\" x=\"12\" y=\"24\">{0}</text>",
            escaped(&title)
        )
    }

    fn write_row(&self, row: usize, node: &ExplainedNode, to: &mut String) -> fmt::Result {
        let top = HEAD + ROW * row + 4;
        let text = top + 12;
        let class = if self.critical.contains(&row) {
            " class=\"critical\""
        } else {
            ""
        };
        writeln!(
            to,
            "<g><title>{}</title><text{class} x=\"12\" y=\"{text}\">{}</text>",
            escaped(&told(node, self.explanation.nodes())),
            escaped(&node.label)
        )?;
        if let (Some(ready), Some(began)) = (node.ready, node.began) {
            self.write_bar("queued", top + 5, 6, ready, began, to)?;
        }
        let mut end = 0.0_f64;
        if let (Some(began), Some(ended)) = (node.began, node.ended) {
            let failed = if node.fate == Fate::Made {
                ""
            } else {
                " failed"
            };
            let class = format!("{}{failed}", node.colour.name());
            self.write_bar(&class, top, 16, began, ended, to)?;
            end = end.max(self.x(ended));
        }
        for (_, ending) in node.endings() {
            self.write_bar("ending", top, 16, ending.began, ending.ended, to)?;
            end = end.max(self.x(ending.ended));
        }
        let mut label = match node.took() {
            Some(took) => shown(took),
            None => node.fate.to_string(),
        };
        for (what, ending) in node.endings() {
            write!(label, ", {what} {}", shown(ending.took()))?;
        }
        let x = if end > 0.0 { end } else { self.left as f64 };
        writeln!(
            to,
            "<text class=\"soft\" x=\"{:.1}\" y=\"{text}\">{label}</text></g>",
            x + 6.0
        )
    }

    fn write_bar(
        &self,
        class: &str,
        top: usize,
        height: usize,
        began: Duration,
        ended: Duration,
        to: &mut String,
    ) -> fmt::Result {
        let (x, end) = (self.x(began), self.x(ended));
        // What took no time is seen all the same.
        let width = (end - x).max(1.0);
        writeln!(
            to,
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{top}\" width=\"{width:.1}\" height=\"{height}\" rx=\"2\"/>"
        )
    }

    /// Where the answer left.
    fn write_answered(&self, x: f64, bottom: usize, to: &mut String) -> fmt::Result {
        writeln!(
            to,
            "<line class=\"answered\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{}\" y2=\"{bottom}\"><title>answered</title></line>",
            HEAD - 4
        )
    }

    fn write_legend(&self, y: usize, to: &mut String) -> fmt::Result {
        let entries = [
            ("queued", "queued"),
            ("async", "async"),
            ("plain", "plain"),
            ("cpu", "cpu"),
            ("inline", "in place"),
            ("ending", "teardown"),
        ];
        let mut x = 12;
        for (class, name) in entries {
            writeln!(
                to,
                "<rect class=\"{class}\" x=\"{x}\" y=\"{}\" width=\"12\" height=\"12\" rx=\"2\"/>\
                 <text class=\"soft\" x=\"{}\" y=\"{y}\">{name}</text>",
                y - 11,
                x + 18
            )?;
            x += 34 + LETTER * name.len();
        }
        writeln!(
            to,
            "<line class=\"answered\" x1=\"{x}\" x2=\"{x}\" y1=\"{}\" y2=\"{y}\"/>\
             <text class=\"soft\" x=\"{}\" y=\"{y}\">answered</text>",
            y - 11,
            x + 8
        )?;
        x += 24 + LETTER * "answered".len();
        writeln!(
            to,
            "<text class=\"critical\" x=\"{x}\" y=\"{y}\">on the critical path</text>"
        )
    }

    fn x(&self, time: Duration) -> f64 {
        self.left as f64 + BARS * time.as_secs_f64() / self.whole
    }
}

/// What is told of a node to who points at it.
fn told(node: &ExplainedNode, nodes: &[ExplainedNode]) -> String {
    let mut told = format!("{} ({}), {}", node.label, node.colour, node.fate);
    if let Some(other) = node.waited_for {
        write!(told, ", after {}", nodes[other].label).ok();
    }
    if let Some(queued) = node.queued() {
        write!(told, ", queued {}", shown(queued)).ok();
    }
    if let Some(took) = node.took() {
        write!(told, ", took {}, busy {}", shown(took), shown(node.busy)).ok();
    }
    if let Some(thread) = &node.thread {
        write!(told, ", on {thread}").ok();
    }
    if let Some(hop) = node.hop {
        write!(told, ", hop {hop}").ok();
    }
    for (what, ending) in node.endings() {
        write!(told, ", {what} {}", shown(ending.took())).ok();
    }
    told
}
