//! [`Layers`]: which layer a box is in, and the bends of arrows that pass others.

/// What has a place in a layer: a box, by its position, or a bend, after all boxes.
pub(super) type Cell = usize;

/// Boxes and bends, layer by layer.
#[derive(Debug)]
pub(super) struct Layers {
    /// By layer: what is in it, from top to bottom.
    pub(super) cells: Vec<Vec<Cell>>,
    /// By cell.
    pub(super) layer_of: Vec<usize>,
    /// By arrow: the box that it starts from, its bends, and the box that it leads to.
    pub(super) chains: Vec<Vec<Cell>>,
    /// By cell: those in the layer before that it is connected with, and those in the next one.
    pub(super) before: Vec<Vec<Cell>>,
    pub(super) behind: Vec<Vec<Cell>>,
    /// How many cells are boxes.
    pub(super) boxes: usize,
}

impl Layers {
    /// Puts each box behind all that have an arrow to it. An arrow that closes a cycle is drawn the
    /// other way round.
    pub(super) fn of(boxes: usize, arrows: &[(usize, usize)]) -> Self {
        let order = Walk::of(boxes, arrows).order();
        let mut rank = vec![0; boxes];
        for (position, &cell) in order.iter().enumerate() {
            rank[cell] = position;
        }
        let forward = |&(from, to): &(usize, usize)| {
            if rank[from] <= rank[to] {
                (from, to)
            } else {
                (to, from)
            }
        };
        let arrows: Vec<(usize, usize)> = arrows.iter().map(forward).collect();
        let mut layer_of = vec![0; boxes];
        for &cell in &order {
            for &(_, to) in arrows
                .iter()
                .filter(|&&(from, to)| from == cell && to != cell)
            {
                layer_of[to] = layer_of[to].max(layer_of[cell] + 1);
            }
        }
        let depth = layer_of.iter().max().map_or(0, |last| last + 1);
        let mut layers = Self {
            cells: vec![Vec::new(); depth],
            layer_of,
            chains: Vec::new(),
            before: vec![Vec::new(); boxes],
            behind: vec![Vec::new(); boxes],
            boxes,
        };
        for cell in order {
            layers.cells[layers.layer_of[cell]].push(cell);
        }
        for (from, to) in arrows {
            layers.connect(from, to);
        }
        layers
    }

    pub(super) fn is_bend(&self, cell: Cell) -> bool {
        cell >= self.boxes
    }

    fn connect(&mut self, from: Cell, to: Cell) {
        let mut chain = vec![from];
        for layer in self.layer_of[from] + 1..self.layer_of[to] {
            let bend = self.layer_of.len();
            self.layer_of.push(layer);
            self.before.push(Vec::new());
            self.behind.push(Vec::new());
            self.cells[layer].push(bend);
            chain.push(bend);
        }
        chain.push(to);
        for pair in chain.windows(2).filter(|pair| pair[0] != pair[1]) {
            self.behind[pair[0]].push(pair[1]);
            self.before[pair[1]].push(pair[0]);
        }
        self.chains.push(chain);
    }
}

/// A depth-first walk that finds an order in which arrows lead forward.
struct Walk<'a> {
    arrows: &'a [(usize, usize)],
    seen: Vec<bool>,
    /// The boxes that are left, innermost first.
    left: Vec<usize>,
}

impl<'a> Walk<'a> {
    fn of(boxes: usize, arrows: &'a [(usize, usize)]) -> Self {
        Self {
            arrows,
            seen: vec![false; boxes],
            left: Vec::new(),
        }
    }

    fn order(mut self) -> Vec<usize> {
        // Backwards, as what is left last comes first.
        for cell in (0..self.seen.len()).rev() {
            self.visit(cell);
        }
        self.left.reverse();
        self.left
    }

    fn visit(&mut self, cell: usize) {
        if std::mem::replace(&mut self.seen[cell], true) {
            return;
        }
        let arrows = self.arrows;
        for &(_, to) in arrows.iter().rev().filter(|(from, _)| *from == cell) {
            self.visit(to);
        }
        self.left.push(cell);
    }
}
