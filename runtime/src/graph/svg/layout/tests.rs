//! What holds for every layout, looked at in many graphs.

use super::{Layout, Point, Size};

/// Numbers that look drawn by chance, the same ones each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % limit
    }
}

struct Drawn {
    sizes: Vec<Size>,
    arrows: Vec<(usize, usize)>,
    layout: Layout,
}

impl Drawn {
    fn of(sizes: Vec<Size>, arrows: Vec<(usize, usize)>) -> Self {
        let layout = Layout::of(&sizes, &arrows);
        Self {
            sizes,
            arrows,
            layout,
        }
    }

    /// A graph without cycles, from sparse to dense.
    fn by(dice: &mut Dice) -> Self {
        let boxes = 1 + dice.below(24);
        let sizes = (0..boxes).map(|_| Size {
            width: 40.0 + dice.below(200) as f64,
            height: 20.0 + dice.below(80) as f64,
        });
        let sizes = sizes.collect();
        let mut arrows = Vec::new();
        let density = 1 + dice.below(9);
        for to in 1..boxes {
            for from in 0..to {
                if dice.below(10) < density && dice.below(to) < 3 {
                    arrows.push((from, to));
                }
            }
        }
        Self::of(sizes, arrows)
    }

    /// Whether a point is in a box, or closer to it than a line should be.
    fn is_in(&self, position: usize, point: Point) -> bool {
        let (corner, size) = (self.layout.corners[position], self.sizes[position]);
        let near = 5.0;
        (corner.x..=corner.x + size.width).contains(&point.x)
            && (corner.y - near..=corner.y + size.height + near).contains(&point.y)
    }
}

fn graphs() -> impl Iterator<Item = Drawn> {
    let mut dice = Dice(7);
    (0..300).map(move |_| Drawn::by(&mut dice))
}

#[test]
fn boxes_do_not_overlap_and_are_on_the_sheet() {
    for drawn in graphs() {
        let Size { width, height } = drawn.layout.size;
        let boxes = || drawn.layout.corners.iter().zip(&drawn.sizes).enumerate();
        for (one, (corner, size)) in boxes() {
            assert!(corner.x >= 0.0 && corner.x + size.width <= width + 0.1);
            assert!(corner.y >= -0.1 && corner.y + size.height <= height + 0.1);
            for (other, (far, other_size)) in boxes().filter(|&(other, _)| other != one) {
                let apart = corner.x + size.width < far.x
                    || far.x + other_size.width < corner.x
                    || corner.y + size.height < far.y
                    || far.y + other_size.height < corner.y;
                assert!(apart, "{one} and {other} of {:?}", drawn.arrows);
            }
        }
    }
}

#[test]
fn arrows_lead_from_box_to_box_and_around_the_others() {
    for drawn in graphs() {
        for (&(from, to), path) in drawn.arrows.iter().zip(&drawn.layout.paths) {
            let (first, last) = (path[0], path[path.len() - 1]);
            assert!(drawn.is_in(from, first) && drawn.is_in(to, last));
            assert!(path.windows(2).all(|pair| pair[0].x <= pair[1].x));
            for straight in path[1..path.len() - 1].chunks(2) {
                for other in 0..drawn.sizes.len() {
                    assert!(!straight.iter().any(|&point| drawn.is_in(other, point)));
                }
            }
        }
    }
}

#[test]
fn a_chain_is_a_straight_line() {
    let size = |height| Size {
        width: 50.0,
        height,
    };
    let sizes = vec![size(20.0), size(60.0), size(40.0)];
    let drawn = Drawn::of(sizes, vec![(0, 1), (1, 2)]);
    for path in &drawn.layout.paths {
        assert!((path[0].y - path[1].y).abs() < 0.1, "{path:?}");
    }
}

#[test]
fn what_can_be_drawn_without_crossings_is() {
    let size = Size {
        width: 50.0,
        height: 20.0,
    };
    // A tree whose leaves are named in an order that crosses.
    let arrows = vec![(0, 1), (0, 2), (1, 5), (1, 6), (2, 3), (2, 4)];
    let drawn = Drawn::of(vec![size; 7], arrows);
    let row = |position: usize| drawn.layout.corners[position].y;
    assert_eq!(row(1) < row(2), row(5) < row(3));
    assert_eq!(row(1) < row(2), row(6) < row(4));
}

#[test]
fn an_arrow_of_a_cycle_leads_back() {
    let size = Size {
        width: 50.0,
        height: 20.0,
    };
    let drawn = Drawn::of(vec![size; 3], vec![(0, 1), (1, 2), (2, 1)]);
    let back = &drawn.layout.paths[2];
    assert!(drawn.is_in(2, back[0]) && drawn.is_in(1, back[1]));
}

#[test]
fn nothing_takes_no_room() {
    let drawn = Drawn::of(Vec::new(), Vec::new());
    assert!(drawn.layout.size.width.abs() < 0.1 && drawn.layout.size.height.abs() < 0.1);
}
