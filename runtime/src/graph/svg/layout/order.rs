//! [`uncross`]: the order within layers.
//!
//! Each cell is put where the middle of its neighbours is, layer by layer, forwards and backwards in
//! turn. It is not certain that one more round is better, so the best order is kept.

use super::layers::{Cell, Layers};

/// More rounds rarely find anything.
const ROUNDS: usize = 16;

/// Orders the cells of each layer such that few arrows cross.
pub(super) fn uncross(layers: &mut Layers) {
    let mut best = layers.cells.clone();
    let mut fewest = crossings(layers);
    for round in 0..ROUNDS {
        if fewest == 0 {
            break;
        }
        if round % 2 == 0 {
            for layer in 1..layers.cells.len() {
                sort(layers, layer, layer - 1);
            }
        } else {
            for layer in (1..layers.cells.len()).rev() {
                sort(layers, layer - 1, layer);
            }
        }
        let crossings = crossings(layers);
        if crossings < fewest {
            fewest = crossings;
            best.clone_from(&layers.cells);
        }
    }
    layers.cells = best;
}

/// Orders a layer by the places of what it is connected with in `fixed`, one beside it.
fn sort(layers: &mut Layers, layer: usize, fixed: usize) {
    let places = places(layers, fixed);
    let neighbours = if fixed < layer {
        &layers.before
    } else {
        &layers.behind
    };
    let own = self::places(layers, layer);
    let middle = |&cell: &Cell| {
        let neighbours = &neighbours[cell];
        if neighbours.is_empty() {
            return own[cell];
        }
        let sum: f64 = neighbours.iter().map(|&other| places[other]).sum();
        sum / neighbours.len() as f64
    };
    let mut cells: Vec<(f64, Cell)> = layers.cells[layer]
        .iter()
        .map(|cell| (middle(cell), *cell))
        .collect();
    cells.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    layers.cells[layer] = cells.into_iter().map(|(_, cell)| cell).collect();
}

/// By cell of a layer: its place there.
fn places(layers: &Layers, layer: usize) -> Vec<f64> {
    let mut places = vec![0.0; layers.layer_of.len()];
    for (place, &cell) in layers.cells[layer].iter().enumerate() {
        places[cell] = place as f64;
    }
    places
}

/// How many pairs of arrows cross.
pub(super) fn crossings(layers: &Layers) -> usize {
    let between = |layer: usize| {
        let places = places(layers, layer);
        // Arrows in the order of where they end; those cross of which one starts above the other.
        let ends = layers.cells[layer + 1].iter();
        let ends = ends.map(|&end| layers.before[end].iter().map(|&start| places[start]));
        let (mut crossings, mut above) = (0, Vec::new());
        for starts in ends {
            let starts: Vec<f64> = starts.collect();
            for start in &starts {
                crossings += above.iter().filter(|&other| other > start).count();
            }
            above.extend(starts);
        }
        crossings
    };
    (0..layers.cells.len().saturating_sub(1)).map(between).sum()
}
