//! Arrows.

use std::fmt::Write;

use super::layout::Point;
use super::text::number;

/// How far before its end a line stops: there its head begins.
const HEAD: f64 = 7.0;

/// Defines the heads of arrows.
pub(super) fn define_heads(svg: &mut String) {
    svg.push_str("<defs>\n");
    for (id, class) in [("hueless-head", "head"), ("hueless-same", "head same")] {
        let _ = writeln!(
            svg,
            "<marker id=\"{id}\" class=\"{class}\" viewBox=\"0 0 8 8\" refX=\"1\" refY=\"4\" \
             markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" \
             orient=\"auto\"><path d=\"M0 0 8 4 0 8z\"/></marker>"
        );
    }
    svg.push_str("</defs>\n");
}

/// Draws an arrow through points as [`Layout`](super::Layout) gives them.
pub(super) fn draw(svg: &mut String, class: &str, path: &[Point]) {
    let mut path = path.to_vec();
    if let [.., before, end] = &mut path[..] {
        end.x -= HEAD * (end.x - before.x).signum();
    }
    let curve = curve(&path);
    let _ = writeln!(svg, "<path class=\"arrow {class}\" d=\"{curve}\"/>");
}

/// A line that swings from the first point to the second one, leads straight to the third one, and so
/// on.
pub(super) fn curve(path: &[Point]) -> String {
    let mut curve = String::new();
    let mut from = None;
    for (position, &Point { x, y }) in path.iter().enumerate() {
        let (end_x, end_y) = (number(x), number(y));
        let _ = match from {
            None => write!(curve, "M{end_x} {end_y}"),
            Some(_) if position % 2 == 0 => write!(curve, "L{end_x} {end_y}"),
            Some(Point { x: start, y: row }) => {
                let (middle, row) = (number(f64::midpoint(start, x)), number(row));
                write!(curve, "C{middle} {row} {middle} {end_y} {end_x} {end_y}")
            }
        };
        from = Some(Point { x, y });
    }
    curve
}
