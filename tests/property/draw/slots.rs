//! Which type stands for a node.

use hueless::Colour;

use crate::catalogue::{COLOURS, REPLACEABLE, STOCK, Slot};
use crate::graph::{Limit, Role};

/// What a node wants of its type.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub(super) role: Role,
    pub(super) colour: Colour,
    pub(super) can_fail: bool,
    pub(super) limit: Limit,
    pub(super) is_replaced: bool,
}

/// A type that no other node has: of the wanted kind, or else of one like it.
pub(super) fn free_slot(taken: &[Slot], wanted: Wanted) -> Slot {
    let is_as_wanted = |slot: &Slot| slot.limit() == wanted.limit;
    // One that is late has to be.
    let is_kept = |slot: &Slot| slot.limit() != Limit::Tight;
    candidates(wanted)
        .find(|slot| is_as_wanted(slot) && !taken.contains(slot))
        .or_else(|| candidates(wanted).find(|slot| is_kept(slot) && !taken.contains(slot)))
        .expect("there are more types of each role than nodes")
}

fn candidates(wanted: Wanted) -> impl Iterator<Item = Slot> {
    let first = COLOURS.iter().position(|&colour| colour == wanted.colour);
    let mut colours: Vec<Colour> = COLOURS.to_vec();
    colours.rotate_left(first.unwrap_or(0));
    // A struct cannot fail, so it stands in for nothing else.
    colours.retain(|&colour| colour == wanted.colour || colour != Colour::Struct);
    let numbers: Vec<usize> = if wanted.is_replaced {
        (0..STOCK).collect()
    } else {
        // Those that can be replaced are left for those that are.
        (REPLACEABLE..STOCK).chain(0..REPLACEABLE).collect()
    };
    let can_fail = wanted.can_fail && wanted.colour != Colour::Struct;
    [can_fail, !can_fail].into_iter().flat_map(move |can_fail| {
        let numbers = numbers.clone();
        colours.clone().into_iter().flat_map(move |colour| {
            numbers.clone().into_iter().map(move |number| Slot {
                role: wanted.role,
                colour,
                can_fail: can_fail && colour != Colour::Struct,
                number,
            })
        })
    })
}
