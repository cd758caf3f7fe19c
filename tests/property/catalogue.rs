//! The types that drawn nodes are given: nodes are types, so there is a stock of them.
//!
//! What a plan has to know of a type is constant, so there are some types of each kind, and a drawn
//! node takes one of its kind.

use std::any::{TypeId, type_name};
use std::marker::PhantomData;

use hueless::__private::{
    Colour, Declaration, Dependency, Holds, Kind, Meta, Place, Provider, RequestScoped, Transient,
};

use crate::code::Token;
use crate::context::Request;
use crate::declare::declare_node;
use crate::graph::Role;

/// How many types there are of each kind.
pub(crate) const STOCK: usize = 10;

/// By number.
pub(crate) const COLOURS: [Colour; 5] = [
    Colour::Inline,
    Colour::Async,
    Colour::Plain,
    Colour::Cpu,
    Colour::Struct,
];

const ROLES: [Role; 3] = [Role::Shared, Role::Guard, Role::Transient];

/// How many kinds there are.
const KINDS: usize = ROLES.len() * COLOURS.len() * 2;

/// One type of the stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) role: Role,
    pub(crate) colour: Colour,
    pub(crate) can_fail: bool,
    /// Which one of its kind.
    pub(crate) number: usize,
}

impl Slot {
    const fn of(kind: usize, number: usize) -> Self {
        Self {
            role: ROLES[kind / (2 * COLOURS.len())],
            colour: COLOURS[kind / 2 % COLOURS.len()],
            can_fail: kind % 2 == 1,
            number,
        }
    }

    /// The type that stands for the slot.
    pub(crate) fn entry(self) -> &'static Entry {
        CATALOGUE
            .iter()
            .flatten()
            .find(|entry| entry.slot == self)
            .expect("the catalogue has every kind and number")
    }
}

/// What can be said of one type when a node names it.
#[derive(Debug)]
pub(crate) struct Entry {
    slot: Slot,
    /// The name that the plan knows it by.
    pub(crate) name: &'static str,
    pub(crate) requires: fn(&mut Declaration<'_, Request>),
    pub(crate) depends: fn(&mut Declaration<'_, Request>),
    pub(crate) after: fn(&mut Declaration<'_, Request>),
}

/// A dependency whose value lives as long as `L` says.
#[derive(Debug)]
pub(crate) struct Node<L, const KIND: usize, const NUMBER: usize>(PhantomData<L>);

impl<L, const KIND: usize, const NUMBER: usize> Node<L, KIND, NUMBER> {
    const SLOT: Slot = Slot::of(KIND, NUMBER);
    const LETTERS: [u8; 4] = letters(b's', KIND * STOCK + NUMBER);
    const NAME: &'static str = text(&Self::LETTERS);
}

impl<L: Holds<Token>, const KIND: usize, const NUMBER: usize> Provider for Node<L, KIND, NUMBER> {
    type Output = Token;
    type Lifetime = L;
    const META: &'static Meta = &Meta {
        name: Self::NAME,
        type_name: type_name::<Self>,
        id: TypeId::of::<Self>,
        place: HERE,
        colour: Self::SLOT.colour,
        lifetime: L::KIND,
        kind: match Self::SLOT.role {
            Role::Guard => Kind::Guard,
            Role::Shared | Role::Transient => Kind::Dependency,
        },
        fallible: Self::SLOT.can_fail,
        deps: &[],
        requires: &[],
        after: &[],
        reads: &[],
    };
}

impl<L: Holds<Token>, const KIND: usize, const NUMBER: usize> Dependency<Request>
    for Node<L, KIND, NUMBER>
{
    fn declare(node: &mut Declaration<'_, Request>) {
        declare_node(node, Self::SLOT);
    }
}

/// Any type whose values live for the request, to take one that does.
pub(crate) type AnyShared = Node<RequestScoped, 0, 0>;

/// Any type whose values are moved to their user, to take one that is.
pub(crate) type AnyTransient = Node<Transient, 20, 0>;

const fn entry<L: Holds<Token>, const KIND: usize, const NUMBER: usize>() -> Entry {
    Entry {
        slot: Node::<L, KIND, NUMBER>::SLOT,
        name: Node::<L, KIND, NUMBER>::NAME,
        requires: |user| user.requires::<Node<L, KIND, NUMBER>>(),
        depends: |user| user.depends::<Node<L, KIND, NUMBER>>(),
        after: |user| user.after::<Node<L, KIND, NUMBER>>(),
    }
}

const fn kind<L: Holds<Token>, const KIND: usize>() -> [Entry; STOCK] {
    [
        entry::<L, KIND, 0>(),
        entry::<L, KIND, 1>(),
        entry::<L, KIND, 2>(),
        entry::<L, KIND, 3>(),
        entry::<L, KIND, 4>(),
        entry::<L, KIND, 5>(),
        entry::<L, KIND, 6>(),
        entry::<L, KIND, 7>(),
        entry::<L, KIND, 8>(),
        entry::<L, KIND, 9>(),
    ]
}

static CATALOGUE: [[Entry; STOCK]; KINDS] = [
    kind::<RequestScoped, 0>(),
    kind::<RequestScoped, 1>(),
    kind::<RequestScoped, 2>(),
    kind::<RequestScoped, 3>(),
    kind::<RequestScoped, 4>(),
    kind::<RequestScoped, 5>(),
    kind::<RequestScoped, 6>(),
    kind::<RequestScoped, 7>(),
    kind::<RequestScoped, 8>(),
    kind::<RequestScoped, 9>(),
    kind::<RequestScoped, 10>(),
    kind::<RequestScoped, 11>(),
    kind::<RequestScoped, 12>(),
    kind::<RequestScoped, 13>(),
    kind::<RequestScoped, 14>(),
    kind::<RequestScoped, 15>(),
    kind::<RequestScoped, 16>(),
    kind::<RequestScoped, 17>(),
    kind::<RequestScoped, 18>(),
    kind::<RequestScoped, 19>(),
    kind::<Transient, 20>(),
    kind::<Transient, 21>(),
    kind::<Transient, 22>(),
    kind::<Transient, 23>(),
    kind::<Transient, 24>(),
    kind::<Transient, 25>(),
    kind::<Transient, 26>(),
    kind::<Transient, 27>(),
    kind::<Transient, 28>(),
    kind::<Transient, 29>(),
];

/// Where the types are written.
pub(crate) const HERE: Place = Place {
    module: module_path!(),
    file: file!(),
    line: line!(),
    column: column!(),
};

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
