//! The types that drawn nodes are given: nodes are types, so there is a stock of them.
//!
//! What a plan has to know of a type is constant, so there are some types of each kind, and a drawn
//! node takes one of its kind.

mod slot;
mod stock;

use std::marker::PhantomData;
use std::time::Duration;

use hueless::__private::{
    Declaration, Dependency, Holds, Kind, LifetimeKind, Meta, Own, Provider, RequestScoped,
    Singleton, Solo, Transient,
};

pub(crate) use self::slot::{COLOURS, REPLACEABLE, STOCK, Slot};
pub(crate) use self::stock::{Entry, Names};

use crate::code::Token;
use crate::declare::{Scenic, declare_node};
use crate::graph::{Limit, Role};

/// A dependency whose value lives as long as `L` says.
#[derive(Debug)]
pub(crate) struct Node<L, const KIND: usize, const NUMBER: usize>(PhantomData<L>);

impl<L, const KIND: usize, const NUMBER: usize> Node<L, KIND, NUMBER> {
    const SLOT: Slot = Slot::of(KIND, NUMBER);
    const LETTERS: [u8; 4] = if NUMBER < STOCK {
        letters(b's', KIND * STOCK + NUMBER)
    } else {
        letters(b'f', KIND * REPLACEABLE + NUMBER - STOCK)
    };
    const NAME: &'static str = text(&Self::LETTERS);
}

impl<L: Holds<Token>, const KIND: usize, const NUMBER: usize> Provider for Node<L, KIND, NUMBER> {
    type Output = Token;
    type Lifetime = L;
    const META: &'static Meta = &Meta {
        colour: Self::SLOT.colour,
        lifetime: L::KIND,
        kind: match Self::SLOT.role {
            Role::Guard => Kind::Guard,
            Role::Shared | Role::Transient | Role::Singleton => Kind::Dependency,
        },
        fallible: Self::SLOT.can_fail,
        timeout: Self::SLOT.limit().timeout(TIGHT),
        ..Meta::new::<Self>(Self::NAME, module_path!())
    };
}

/// What a node's `Limit::Tight` is.
const TIGHT: Duration = Duration::from_millis(1);

impl Limit {
    /// The same as a time.
    pub(crate) const fn timeout(self, tight: Duration) -> Option<Duration> {
        match self {
            Self::None => None,
            Self::Generous => Some(Duration::from_secs(3_600)),
            Self::Tight => Some(tight),
        }
    }
}

impl<C: Scenic, L: Holds<Token>, const KIND: usize, const NUMBER: usize> Dependency<C>
    for Node<L, KIND, NUMBER>
{
    const OWN: Option<Own> = match L::KIND {
        LifetimeKind::Singleton => Some(<Self as Dependency<Solo>>::declare),
        _ => None,
    };

    fn declare(node: &mut Declaration<'_, C>) {
        declare_node(node, Self::SLOT);
    }
}

/// Any type whose values live for the request, to take one that does.
pub(crate) type AnyShared = Node<RequestScoped, 0, 0>;

/// Any type whose values are moved to their user, to take one that is.
pub(crate) type AnyTransient = Node<Transient, 20, 0>;

/// Any type whose values live as long as the app, to take one that does.
pub(crate) type AnySingleton = Node<Singleton, 30, 0>;

/// A letter and a number below 1000, while compiling.
pub(crate) const fn letters(letter: u8, number: usize) -> [u8; 4] {
    const DIGITS: &[u8; 10] = b"0123456789";
    [
        letter,
        DIGITS[number / 100],
        DIGITS[number / 10 % 10],
        DIGITS[number % 10],
    ]
}

/// The same as text.
pub(crate) const fn text(letters: &'static [u8; 4]) -> &'static str {
    match std::str::from_utf8(letters) {
        Ok(text) => text,
        Err(_) => panic!("a letter and digits"),
    }
}
