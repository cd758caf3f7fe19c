//! A graph as a drawing.
//!
//! 1. Text is as wide as its box believes: each line says its own length, whatever the font.
//! 2. Nothing is said by colour alone: the words and the outline of a box say it too.
//! 3. What a viewer does not know of the style sheet, it leaves out: without media queries the
//!    drawing is a light one.

mod layout;
mod legend;
mod line;
mod node;
mod text;

use std::fmt::Write;

use self::layout::{Layout, Size};
use self::node::Drawn;
use super::picture::{Arrow, How, Picture};
use crate::xml::escaped;

const STYLE: &str = include_str!("svg/style.css");

/// Around everything.
const MARGIN: f64 = 24.0;
/// Between the graph and its legend.
const LEGEND_GAP: f64 = 30.0;
/// How far the ground of a hop reaches beyond its boxes.
const HOP_MARGIN: f64 = 8.0;

/// Draws a graph. `tree` says the same in text, for those who do not see.
pub(super) fn write(picture: &Picture, tree: &str) -> String {
    let nodes: Vec<Drawn> = picture.nodes.iter().map(Drawn::of).collect();
    let sizes: Vec<Size> = nodes.iter().map(|node| node.size).collect();
    let mut arrows = picture.arrows();
    arrows.retain(|arrow| arrow.from != arrow.to);
    let ends: Vec<(usize, usize)> = arrows.iter().map(|arrow| (arrow.from, arrow.to)).collect();
    let layout = Layout::of(&sizes, &ends);
    let legend = legend::Legend::of(picture, &arrows, layout.size.width);

    let mut svg = String::new();
    let size = Size {
        width: layout.size.width.max(legend.size.width) + 2.0 * MARGIN,
        height: layout.size.height + LEGEND_GAP + legend.size.height + 2.0 * MARGIN,
    };
    head(&mut svg, picture, tree, size);
    let _ = writeln!(svg, "<g transform=\"translate({MARGIN} {MARGIN})\">");
    grounds(&mut svg, picture, &layout, &sizes);
    let lines = || arrows.iter().zip(&layout.paths);
    for (_, path) in lines().filter(|(arrow, _)| arrow.same_thread) {
        let _ = writeln!(svg, "<path class=\"hop\" d=\"{}\"/>", line::curve(path));
    }
    for (arrow, path) in lines() {
        line::draw(&mut svg, class(*arrow), path);
    }
    for (node, corner) in nodes.iter().zip(&layout.corners) {
        node.draw(&mut svg, *corner);
    }
    legend.draw(&mut svg, layout.size.height + LEGEND_GAP);
    svg.push_str("</g>\n</svg>\n");
    svg
}

fn head(svg: &mut String, picture: &Picture, tree: &str, size: Size) {
    let Size { width, height } = size;
    let (width, height) = (width.ceil(), height.ceil());
    let handlers = picture.roots.iter();
    let handlers = handlers.map(|&root| picture.nodes[root].what.meta().label());
    let handlers: Vec<String> = handlers.collect();
    let handlers = handlers.join(", ");
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"hueless\" role=\"img\" \
         width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n\
         <title>{}</title>\n<desc>{}</desc>\n<style>\n{STYLE}</style>",
        escaped(&handlers),
        escaped(tree)
    );
    line::define_heads(svg);
    let _ = writeln!(
        svg,
        "<rect class=\"paper\" width=\"{width}\" height=\"{height}\" rx=\"8\"/>"
    );
}

/// The ground of all boxes that share a hop with another one.
fn grounds(svg: &mut String, picture: &Picture, layout: &Layout, sizes: &[Size]) {
    for (node, (corner, size)) in layout.corners.iter().zip(sizes).enumerate() {
        let shares = |&(user, used): &(usize, usize)| user == node || used == node;
        if picture.goes_on_after.iter().any(shares) {
            let _ = writeln!(
                svg,
                "<rect class=\"hop\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"12\"/>",
                text::number(corner.x - HOP_MARGIN),
                text::number(corner.y - HOP_MARGIN),
                text::number(size.width + 2.0 * HOP_MARGIN),
                text::number(size.height + 2.0 * HOP_MARGIN)
            );
        }
    }
}

/// How an arrow is drawn.
fn class(arrow: Arrow) -> &'static str {
    match (arrow.how, arrow.same_thread) {
        (How::Takes, false) => "takes",
        (How::Takes, true) => "takes same",
        (How::Requires, false) => "requires",
        (How::Requires, true) => "requires same",
        (How::After, false) => "after",
        (How::After, true) => "after same",
        (How::Behind, _) => "behind same",
    }
}
