//! [`rows`]: how far down each cell is.
//!
//! Every cell would be where the middle of its neighbours is. What keeps the order of a layer and the
//! gaps in it, and is nearest to that for the whole layer, is found exactly: by joining neighbours
//! that would overlap into blocks, each of which is at the mean of what its cells would like.

use super::layers::{Cell, Layers};

/// Each round brings layers nearer to one another.
const ROUNDS: usize = 24;

/// How much a line between two bends is worth being straight, compared with one between two boxes.
const STRAIGHT: f64 = 6.0;

/// By cell: where its middle is. `height` is that of a cell, with half a gap above and below.
pub(super) fn rows(layers: &Layers, height: impl Fn(Cell) -> f64) -> Vec<f64> {
    let mut rows = vec![0.0; layers.layer_of.len()];
    for cells in &layers.cells {
        let wishes: Vec<Wish> = cells.iter().map(|_| Wish::NONE).collect();
        settle(cells, &wishes, &height, &mut rows);
    }
    for round in 0..ROUNDS {
        let depth = layers.cells.len();
        for step in 0..depth {
            let layer = if round % 2 == 0 {
                step
            } else {
                depth - 1 - step
            };
            let cells = &layers.cells[layer];
            let wishes: Vec<Wish> = cells
                .iter()
                .map(|&cell| wish(layers, &rows, cell))
                .collect();
            settle(cells, &wishes, &height, &mut rows);
        }
    }
    let tops = rows.iter().enumerate().map(|(cell, row)| {
        let gap = if layers.is_bend(cell) {
            0.0
        } else {
            super::ROW_GAP
        };
        row - (height(cell) - gap) / 2.0
    });
    let top = tops.fold(f64::INFINITY, f64::min);
    rows.iter().map(|row| row - top).collect()
}

/// Where a cell would be.
#[derive(Debug, Clone, Copy)]
struct Wish {
    row: f64,
    weight: f64,
}

impl Wish {
    /// Of a cell that may be anywhere.
    const NONE: Self = Self {
        row: 0.0,
        weight: 0.01,
    };
}

fn wish(layers: &Layers, rows: &[f64], cell: Cell) -> Wish {
    let (mut sum, mut weight) = (0.0, 0.0);
    for &other in layers.before[cell].iter().chain(&layers.behind[cell]) {
        let is_straight = layers.is_bend(cell) && layers.is_bend(other);
        let worth = if is_straight { STRAIGHT } else { 1.0 };
        sum += rows[other] * worth;
        weight += worth;
    }
    if weight == 0.0 {
        Wish {
            row: rows[cell],
            ..Wish::NONE
        }
    } else {
        let row = sum / weight;
        Wish { row, weight }
    }
}

/// Cells that lie close to one another.
struct Block {
    /// Where its first cell would be.
    row: f64,
    weight: f64,
    cells: usize,
}

/// Places a layer.
fn settle(cells: &[Cell], wishes: &[Wish], height: impl Fn(Cell) -> f64, rows: &mut [f64]) {
    // How far below the first cell each is at least: what is left of a wish is the same for all
    // cells of a block.
    let mut offsets = Vec::with_capacity(cells.len());
    let mut offset = 0.0;
    for (place, &cell) in cells.iter().enumerate() {
        if place > 0 {
            offset += (height(cells[place - 1]) + height(cell)) / 2.0;
        }
        offsets.push(offset);
    }
    let mut blocks: Vec<Block> = Vec::new();
    for (wish, offset) in wishes.iter().zip(&offsets) {
        let mut block = Block {
            row: wish.row - offset,
            weight: wish.weight,
            cells: 1,
        };
        while let Some(above) = blocks.pop_if(|above| above.row >= block.row) {
            let weight = above.weight + block.weight;
            block = Block {
                row: (above.row * above.weight + block.row * block.weight) / weight,
                weight,
                cells: above.cells + block.cells,
            };
        }
        blocks.push(block);
    }
    let mut placed = cells.iter().zip(&offsets);
    for block in blocks {
        for (&cell, offset) in placed.by_ref().take(block.cells) {
            rows[cell] = block.row + offset;
        }
    }
}
