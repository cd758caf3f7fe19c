//! A thousand types, async and plain each.

use hueless::__private::{Colour, Declaration, Dependency, Kind, Meta, Provider, RequestScoped};
use hueless::Call;

use super::declare::declare_node;

/// The node whose number has these digits.
#[derive(Debug)]
pub(super) struct Node<
    const HUNDREDS: usize,
    const TENS: usize,
    const ONES: usize,
    const PLAIN: bool,
>;

/// Any of them: to take a value, its type is enough.
pub(super) type Any = Node<0, 0, 0, false>;

pub(super) const fn meta<T: 'static>(name: &'static str, colour: Colour, kind: Kind) -> Meta {
    Meta {
        colour,
        kind,
        ..Meta::new::<T>(name, module_path!())
    }
}

impl<const HUNDREDS: usize, const TENS: usize, const ONES: usize, const PLAIN: bool> Provider
    for Node<HUNDREDS, TENS, ONES, PLAIN>
{
    type Output = u64;
    type Lifetime = RequestScoped;
    const META: &'static Meta = &meta::<Self>(
        "node",
        if PLAIN { Colour::Plain } else { Colour::Async },
        Kind::Dependency,
    );
}

impl<const HUNDREDS: usize, const TENS: usize, const ONES: usize, const PLAIN: bool>
    Dependency<Call> for Node<HUNDREDS, TENS, ONES, PLAIN>
{
    fn declare(node: &mut Declaration<'_, Call>) {
        declare_node(node, HUNDREDS * 100 + TENS * 10 + ONES);
    }
}

/// Does the one of ten things whose digit it is.
macro_rules! by_digit {
    ($digit:expr, $thing:ident) => {
        match $digit {
            0 => $thing!(0),
            1 => $thing!(1),
            2 => $thing!(2),
            3 => $thing!(3),
            4 => $thing!(4),
            5 => $thing!(5),
            6 => $thing!(6),
            7 => $thing!(7),
            8 => $thing!(8),
            _ => $thing!(9),
        }
    };
}

/// Says that `user` takes the value of the node of that number.
pub(super) fn depends<const PLAIN: bool>(user: &mut Declaration<'_, Call>, number: usize) {
    macro_rules! thing {
        ($hundreds:literal) => {
            in_hundred::<$hundreds, PLAIN>(user, number)
        };
    }
    by_digit!(number / 100, thing);
}

fn in_hundred<const HUNDREDS: usize, const PLAIN: bool>(
    user: &mut Declaration<'_, Call>,
    number: usize,
) {
    macro_rules! thing {
        ($tens:literal) => {
            in_ten::<HUNDREDS, $tens, PLAIN>(user, number)
        };
    }
    by_digit!(number / 10 % 10, thing);
}

fn in_ten<const HUNDREDS: usize, const TENS: usize, const PLAIN: bool>(
    user: &mut Declaration<'_, Call>,
    number: usize,
) {
    macro_rules! thing {
        ($ones:literal) => {
            user.depends::<Node<HUNDREDS, TENS, $ones, PLAIN>>()
        };
    }
    by_digit!(number % 10, thing);
}
