//! [`Drawn`]: a box with its text.

use std::fmt::Write;

use super::layout::{Point, Size};
use super::text::{Font, cut, lines, number};
use crate::graph::picture::Node;
use crate::graph::words::class;
use crate::meta::{Kind, LifetimeKind};
use crate::xml::escaped;

const PADDING: Size = Size {
    width: 15.0,
    height: 9.0,
};

/// A box, before it is known where it is.
#[derive(Debug)]
pub(super) struct Drawn {
    pub(super) size: Size,
    outline: Outline,
    name: String,
    lines: Vec<String>,
    /// The whole name, with its modules.
    path: &'static str,
}

/// How a box looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outline {
    pub(super) class: &'static str,
    pub(super) is_handler: bool,
    pub(super) is_guard: bool,
    pub(super) lifetime: LifetimeKind,
}

impl Drawn {
    pub(super) fn of(node: &Node) -> Self {
        let words = node.words();
        let name = cut(&words.name);
        let lines: Vec<String> = words.lines.iter().flat_map(|words| lines(words)).collect();
        let widths = lines.iter().map(|line| Font::Small.width(line));
        let width = widths.fold(Font::Name.width(&name), f64::max);
        let height = Font::Name.line_height() + Font::Small.line_height() * lines.len() as f64;
        let lifetimes = [LifetimeKind::Singleton, LifetimeKind::Transient];
        let lifetime = lifetimes.into_iter().find(|&kind| node.lives(kind));
        Self {
            size: Size {
                width: width + 2.0 * PADDING.width,
                height: height + 2.0 * PADDING.height,
            },
            outline: Outline {
                class: class(node.colour()),
                is_handler: node.is(Kind::Handler),
                is_guard: node.is(Kind::Guard),
                lifetime: lifetime.unwrap_or(LifetimeKind::RequestScoped),
            },
            name,
            lines,
            path: (node.what.meta().type_name)(),
        }
    }

    pub(super) fn draw(&self, svg: &mut String, corner: Point) {
        let path = escaped(self.path);
        let _ = writeln!(svg, "<g><title>{path}</title>");
        self.outline.draw(svg, corner, self.size);
        let mut row = Point {
            x: corner.x + PADDING.width,
            y: corner.y + PADDING.height,
        };
        Font::Name.draw(svg, row, &self.name);
        row.y += Font::Name.line_height();
        for line in &self.lines {
            Font::Small.draw(svg, row, line);
            row.y += Font::Small.line_height();
        }
        svg.push_str("</g>\n");
    }
}

impl Outline {
    /// Of what is only a function of some colour.
    pub(super) fn plain(class: &'static str) -> Self {
        Self {
            class,
            is_handler: false,
            is_guard: false,
            lifetime: LifetimeKind::RequestScoped,
        }
    }

    pub(super) fn draw(self, svg: &mut String, corner: Point, size: Size) {
        let class = self.class;
        let round = if self.is_handler {
            16.0_f64.min(size.height / 2.0)
        } else {
            5.0
        };
        let (more, inset) = match (self.is_handler, self.lifetime) {
            (true, _) => (" handler", None),
            (_, LifetimeKind::Singleton) => ("", Some(3.0)),
            (_, LifetimeKind::Transient) => (" transient", None),
            (_, LifetimeKind::RequestScoped) => ("", None),
        };
        rectangle(svg, &format!("{class}{more}"), corner, size, round);
        if let Some(inset) = inset {
            let (corner, size) = inner(corner, size, inset);
            rectangle(svg, &format!("{class} inner"), corner, size, round - 2.0);
        }
        if self.is_guard {
            let inset = (size.height / 5.0).min(5.0);
            let (corner, size) = inner(corner, size, inset);
            let bar = Size { width: 4.0, ..size };
            rectangle(svg, "guard", corner, bar, 2.0);
        }
    }
}

fn inner(corner: Point, size: Size, inset: f64) -> (Point, Size) {
    let corner = Point {
        x: corner.x + inset,
        y: corner.y + inset,
    };
    let size = Size {
        width: size.width - 2.0 * inset,
        height: size.height - 2.0 * inset,
    };
    (corner, size)
}

pub(super) fn rectangle(svg: &mut String, class: &str, corner: Point, size: Size, round: f64) {
    let _ = writeln!(
        svg,
        "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{round}\"/>",
        number(corner.x),
        number(corner.y),
        number(size.width),
        number(size.height)
    );
}
