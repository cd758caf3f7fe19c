//! [`Legend`]: what colours, outlines and lines mean, of those that are there.

use std::fmt::Write;

use super::layout::{Point, Size};
use super::line;
use super::node::{Outline, rectangle};
use super::text::{Font, number};
use crate::graph::picture::{Arrow, How, Picture};
use crate::graph::words::{class, meaning};
use crate::meta::{Colour, Kind, LifetimeKind};

const SAMPLE: Size = Size {
    width: 30.0,
    height: 16.0,
};
/// Between a sample and its meaning.
const GAP: f64 = 8.0;
/// Between one meaning and the next sample.
const COLUMN_GAP: f64 = 24.0;
const ROW: f64 = 26.0;

/// It is never narrower, so that a small graph has no tall legend.
const WIDTH: f64 = 560.0;

const COLOURS: [Colour; 5] = [
    Colour::Async,
    Colour::Plain,
    Colour::Inline,
    Colour::Cpu,
    Colour::Struct,
];

#[derive(Debug)]
pub(super) struct Legend {
    /// With where each is.
    entries: Vec<(Point, Entry)>,
    pub(super) size: Size,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    sample: Sample,
    meaning: &'static str,
}

#[derive(Debug, Clone, Copy)]
enum Sample {
    Box(Outline),
    Arrow(&'static str),
    Hop,
}

impl Legend {
    /// The legend of a picture that is `width` wide.
    pub(super) fn of(picture: &Picture, arrows: &[Arrow], width: f64) -> Self {
        let mut legend = Self {
            entries: Vec::new(),
            size: Size {
                width: 0.0,
                height: 0.0,
            },
        };
        let width = width.max(WIDTH);
        let mut corner = Point { x: 0.0, y: 0.0 };
        for row in [outlines(picture), lines(picture, arrows)] {
            for entry in row {
                let taken = SAMPLE.width + GAP + Font::Small.width(entry.meaning);
                if corner.x > 0.0 && corner.x + taken > width {
                    corner = Point {
                        x: 0.0,
                        y: corner.y + ROW,
                    };
                }
                legend.entries.push((corner, entry));
                legend.size.width = legend.size.width.max(corner.x + taken);
                corner.x += taken + COLUMN_GAP;
            }
            if corner.x > 0.0 {
                corner = Point {
                    x: 0.0,
                    y: corner.y + ROW,
                };
            }
        }
        legend.size.height = corner.y - ROW + SAMPLE.height;
        legend
    }

    pub(super) fn draw(&self, svg: &mut String, top: f64) {
        let _ = writeln!(
            svg,
            "<g class=\"legend\" transform=\"translate(0 {})\">",
            number(top)
        );
        for (corner, entry) in &self.entries {
            entry.sample.draw(svg, *corner);
            let text = Point {
                x: corner.x + SAMPLE.width + GAP,
                y: corner.y + (SAMPLE.height - Font::Small.line_height()) / 2.0,
            };
            Font::Small.draw(svg, text, entry.meaning);
        }
        svg.push_str("</g>\n");
    }
}

/// What the boxes mean.
fn outlines(picture: &Picture) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut add = |outline: Outline, meaning: &'static str| {
        entries.push(Entry {
            sample: Sample::Box(outline),
            meaning,
        });
    };
    let any =
        |is_it: &dyn Fn(&crate::graph::picture::Node) -> bool| picture.nodes.iter().any(is_it);
    let blank = Outline::plain("value");
    if any(&|node| node.is(Kind::Handler)) {
        let outline = Outline {
            is_handler: true,
            ..blank
        };
        add(outline, "handler");
    }
    if any(&|node| node.is(Kind::Guard)) {
        let outline = Outline {
            is_guard: true,
            ..blank
        };
        add(outline, "guard: passes before anything later starts");
    }
    if any(&|node| node.lives(LifetimeKind::Singleton)) {
        let lifetime = LifetimeKind::Singleton;
        add(
            Outline { lifetime, ..blank },
            "singleton: once for each app",
        );
    }
    if any(&|node| node.lives(LifetimeKind::Transient)) {
        let lifetime = LifetimeKind::Transient;
        add(Outline { lifetime, ..blank }, "transient: for each use");
    }
    for colour in COLOURS {
        if any(&|node| node.colour() == Some(colour)) {
            add(Outline::plain(class(Some(colour))), meaning(colour));
        }
    }
    if any(&|node| node.colour().is_none()) {
        add(blank, "value: given in its place");
    }
    entries
}

/// What the lines mean.
fn lines(picture: &Picture, arrows: &[Arrow]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (how, class, meaning) in [
        (How::Takes, "takes", "needs its value"),
        (How::Requires, "requires", "requires: that succeeds first"),
        (How::After, "after", "after: that ends first"),
        (
            How::Behind,
            "behind same",
            "behind: starts when that has ended",
        ),
    ] {
        if arrows.iter().any(|arrow| arrow.how == how) {
            entries.push(Entry {
                sample: Sample::Arrow(class),
                meaning,
            });
        }
    }
    if !picture.goes_on_after.is_empty() {
        entries.push(Entry {
            sample: Sample::Hop,
            meaning: "goes on where that ended: they share a hop",
        });
    }
    entries
}

impl Sample {
    fn draw(self, svg: &mut String, corner: Point) {
        let row = corner.y + SAMPLE.height / 2.0;
        let ends = [corner.x, corner.x + SAMPLE.width].map(|x| Point { x, y: row });
        match self {
            Self::Box(outline) => outline.draw(svg, corner, SAMPLE),
            Self::Arrow(class) => line::draw(svg, class, &ends),
            Self::Hop => {
                rectangle(svg, "hop", corner, SAMPLE, SAMPLE.height / 2.0);
                line::draw(svg, "takes same", &ends);
            }
        }
    }
}
