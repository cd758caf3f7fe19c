//! The stock itself, and how a node names one of its types.

use hueless::__private::{Declaration, Holds, Provider, RequestScoped, Singleton, Solo, Transient};

use super::slot::{KINDS, REPLACEABLE, STOCK, Slot};
use super::Node;
use crate::code::Token;
use crate::context::Request;
use crate::declare::Scenic;

/// What can be said of one type when a node names it.
pub(crate) struct Entry {
    /// The name that the plan knows it by.
    pub(crate) name: &'static str,
    pub(crate) request: Names<Request>,
    /// In the run of its own of a singleton.
    pub(crate) own: Names<Solo>,
}

/// How a node names one type in the context `C`.
pub(crate) struct Names<C: Scenic> {
    pub(crate) requires: fn(&mut Declaration<'_, C>),
    pub(crate) depends: fn(&mut Declaration<'_, C>),
    pub(crate) after: fn(&mut Declaration<'_, C>),
}

impl Slot {
    /// The type that stands for the slot.
    pub(crate) fn entry(self) -> &'static Entry {
        let kind = self.kind();
        &CATALOGUE[kind / 10][kind % 10][self.number]
    }
}

const fn names<C: Scenic, L: Holds<Token>, const KIND: usize, const NUMBER: usize>() -> Names<C> {
    Names {
        requires: |user| user.requires::<Node<L, KIND, NUMBER>>(),
        depends: |user| user.depends::<Node<L, KIND, NUMBER>>(),
        after: |user| user.after::<Node<L, KIND, NUMBER>>(),
    }
}

const fn entry<L: Holds<Token>, const KIND: usize, const NUMBER: usize>() -> Entry {
    Entry {
        name: <Node<L, KIND, NUMBER> as Provider>::META.name,
        request: names::<Request, L, KIND, NUMBER>(),
        own: names::<Solo, L, KIND, NUMBER>(),
    }
}

const fn kind<L: Holds<Token>, const KIND: usize>() -> [Entry; STOCK + REPLACEABLE] {
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
        entry::<L, KIND, 10>(),
        entry::<L, KIND, 11>(),
    ]
}

macro_rules! ten_kinds {
    ($lifetime:ty, $tens:literal) => {
        [
            kind::<$lifetime, { $tens * 10 }>(),
            kind::<$lifetime, { $tens * 10 + 1 }>(),
            kind::<$lifetime, { $tens * 10 + 2 }>(),
            kind::<$lifetime, { $tens * 10 + 3 }>(),
            kind::<$lifetime, { $tens * 10 + 4 }>(),
            kind::<$lifetime, { $tens * 10 + 5 }>(),
            kind::<$lifetime, { $tens * 10 + 6 }>(),
            kind::<$lifetime, { $tens * 10 + 7 }>(),
            kind::<$lifetime, { $tens * 10 + 8 }>(),
            kind::<$lifetime, { $tens * 10 + 9 }>(),
        ]
    };
}

type TenKinds = [[Entry; STOCK + REPLACEABLE]; 10];

/// By tens of kinds, kind and number.
static CATALOGUE: [TenKinds; KINDS / 10] = [
    ten_kinds!(RequestScoped, 0),
    ten_kinds!(RequestScoped, 1),
    ten_kinds!(Transient, 2),
    ten_kinds!(Singleton, 3),
];
