//! [`Layout`]: where boxes and arrows are, in layers from left to right.
//!
//! The way of Sugiyama: [layers](layers) by longest paths, [an order](order) in each that has arrows
//! cross rarely, then [places](place) that have them lead straight on. It knows sizes and arrows, and
//! nothing of what is in the boxes.
//!
//! 1. An arrow leads from a layer to a later one. Where it passes layers between, it has a bend in
//!    each, for which there is room as for a box: no arrow crosses a box.
//! 2. Boxes do not overlap, in whatever way they are connected.

mod layers;
mod order;
mod place;

use self::layers::{Cell, Layers};

/// Between the boxes of one layer.
const ROW_GAP: f64 = 22.0;
/// Between an arrow that passes a layer and what is beside it.
const BEND_GAP: f64 = 14.0;
/// Between layers, where arrows cross.
const COLUMN_GAP: f64 = 72.0;
/// Between arrows at one side of a box, at most.
const PORT_GAP: f64 = 12.0;

/// Where something is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// The extent of a box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Where boxes and arrows are. The least coordinates are 0.
#[derive(Debug)]
pub(super) struct Layout {
    /// By box: its upper left corner.
    pub(super) corners: Vec<Point>,
    /// By arrow: where it starts, leaves and enters the bends it has, and ends. Between the first and
    /// the second point, the third and the fourth and so on it may swing; else it leads straight on.
    pub(super) paths: Vec<Vec<Point>>,
    pub(super) size: Size,
}

impl Layout {
    /// Lays out boxes of these sizes, with arrows between them.
    pub(super) fn of(sizes: &[Size], arrows: &[(usize, usize)]) -> Self {
        let mut layers = Layers::of(sizes.len(), arrows);
        order::uncross(&mut layers);
        let rows = place::rows(&layers, |cell| Self::height(sizes, cell));
        let columns = Columns::of(&layers, sizes);

        let corners: Vec<Point> = (0..sizes.len())
            .map(|cell| Point {
                x: columns.starts[layers.layer_of[cell]],
                y: rows[cell] - sizes[cell].height / 2.0,
            })
            .collect();
        let ports = Ports::of(&layers, &rows, sizes);
        let path = |(arrow, &(from, _)): (usize, &(usize, usize))| {
            let mut path = path(&layers, &rows, &columns, &ports, sizes, arrow);
            if layers.chains[arrow][0] != from {
                path.reverse();
            }
            path
        };
        let paths = arrows.iter().enumerate().map(path).collect();
        let bottoms = corners.iter().zip(sizes);
        let height = bottoms.map(|(corner, size)| corner.y + size.height);
        Self {
            size: Size {
                width: columns.width,
                height: height.chain(rows.iter().copied()).fold(0.0, f64::max),
            },
            corners,
            paths,
        }
    }

    fn height(sizes: &[Size], cell: usize) -> f64 {
        match sizes.get(cell) {
            Some(size) => size.height + ROW_GAP,
            None => BEND_GAP,
        }
    }
}

/// Where the layers are.
struct Columns {
    starts: Vec<f64>,
    widths: Vec<f64>,
    width: f64,
}

impl Columns {
    fn of(layers: &Layers, sizes: &[Size]) -> Self {
        let mut columns = Self {
            starts: Vec::new(),
            widths: Vec::new(),
            width: 0.0,
        };
        for cells in &layers.cells {
            let widths = cells.iter().filter_map(|&cell| sizes.get(cell));
            let width = widths.map(|size| size.width).fold(0.0, f64::max);
            if !columns.starts.is_empty() {
                columns.width += COLUMN_GAP;
            }
            columns.starts.push(columns.width);
            columns.widths.push(width);
            columns.width += width;
        }
        columns
    }
}

/// How far from the middle of a box its arrows are, so that several can be told apart.
struct Ports {
    /// By arrow: where it starts.
    starts: Vec<f64>,
    /// By arrow: where it ends.
    ends: Vec<f64>,
}

impl Ports {
    fn of(layers: &Layers, rows: &[f64], sizes: &[Size]) -> Self {
        let arrows = layers.chains.len();
        let mut ports = Self {
            starts: vec![0.0; arrows],
            ends: vec![0.0; arrows],
        };
        for (cell, size) in sizes.iter().enumerate() {
            let chains = || layers.chains.iter().enumerate();
            let leaving = chains().filter(|(_, chain)| chain[0] == cell);
            let leaving = leaving.map(|(arrow, chain)| (arrow, rows[chain[1]]));
            spread(leaving, size.height, &mut ports.starts);
            let entering = chains().filter(|(_, chain)| chain[chain.len() - 1] == cell);
            let entering = entering.map(|(arrow, chain)| (arrow, rows[chain[chain.len() - 2]]));
            spread(entering, size.height, &mut ports.ends);
        }
        ports
    }
}

/// Spreads arrows over a side of a box, in the order of where they come from or lead to.
fn spread(arrows: impl Iterator<Item = (Cell, f64)>, height: f64, ports: &mut [f64]) {
    let mut arrows: Vec<(Cell, f64)> = arrows.collect();
    arrows.sort_by(|(_, one), (_, other)| one.total_cmp(other));
    let count = arrows.len() as f64;
    let gap = PORT_GAP.min(height * 0.7 / count);
    for (place, (arrow, _)) in arrows.into_iter().enumerate() {
        ports[arrow] = (place as f64 - (count - 1.0) / 2.0) * gap;
    }
}

fn path(
    layers: &Layers,
    rows: &[f64],
    columns: &Columns,
    ports: &Ports,
    sizes: &[Size],
    arrow: usize,
) -> Vec<Point> {
    let chain = &layers.chains[arrow];
    let (start, end) = (chain[0], chain[chain.len() - 1]);
    let left = |cell: Cell| columns.starts[layers.layer_of[cell]];
    let mut path = vec![Point {
        x: left(start) + sizes[start].width,
        y: rows[start] + ports.starts[arrow],
    }];
    for &bend in &chain[1..chain.len() - 1] {
        let (x, y) = (left(bend), rows[bend]);
        let width = columns.widths[layers.layer_of[bend]];
        path.extend([Point { x, y }, Point { x: x + width, y }]);
    }
    path.push(Point {
        x: left(end),
        y: rows[end] + ports.ends[arrow],
    });
    path
}

#[cfg(test)]
mod tests;
