//! The stock itself, and how a node names one of its types.

use hueless::__private::{Declaration, Holds, Provider, RequestScoped, Singleton, Solo, Transient};
use hueless::{AppBuilder, LivesAsLongAs};

use super::Node;
use super::slot::{KINDS, OF_KIND, STOCK, Slot, replacement_kind};
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
    /// Has what stands for it where it is replaced do so in an app; nothing for most types.
    pub(crate) replace: Replace,
}

type Replace = fn(AppBuilder<Request>) -> AppBuilder<Request>;

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

const fn entry<L: Holds<Token>, const KIND: usize, const NUMBER: usize>(replace: Replace) -> Entry {
    Entry {
        name: <Node<L, KIND, NUMBER> as Provider>::META.name,
        request: names::<Request, L, KIND, NUMBER>(),
        own: names::<Solo, L, KIND, NUMBER>(),
        replace,
    }
}

const fn kept<L: Holds<Token>, const KIND: usize, const NUMBER: usize>() -> Entry {
    entry::<L, KIND, NUMBER>(|app| app)
}

/// One that is replaced by the type of number `BY` of the kind `BY_KIND`.
const fn replaceable<
    L: Holds<Token>,
    const KIND: usize,
    const NUMBER: usize,
    ByLifetime: Holds<Token>,
    const BY_KIND: usize,
    const BY: usize,
>() -> Entry
where
    Node<ByLifetime, BY_KIND, BY>: LivesAsLongAs<Node<L, KIND, NUMBER>> + Provider<Output = Token>,
{
    entry::<L, KIND, NUMBER>(|app| {
        app.replace::<Node<L, KIND, NUMBER>, Node<ByLifetime, BY_KIND, BY>>()
    })
}

macro_rules! replaceable {
    ($lifetime:ty, $kind:expr, $number:literal, $by:ty) => {
        replaceable::<
            $lifetime,
            { $kind },
            $number,
            $by,
            { replacement_kind($kind, $number) },
            { STOCK + $number },
        >()
    };
}

macro_rules! kind {
    ($lifetime:ty, $kind:expr, $third:expr) => {
        [
            replaceable!($lifetime, $kind, 0, $lifetime),
            replaceable!($lifetime, $kind, 1, $lifetime),
            $third,
            kept::<$lifetime, { $kind }, 3>(),
            kept::<$lifetime, { $kind }, 4>(),
            kept::<$lifetime, { $kind }, 5>(),
            kept::<$lifetime, { $kind }, 6>(),
            kept::<$lifetime, { $kind }, 7>(),
            kept::<$lifetime, { $kind }, 8>(),
            kept::<$lifetime, { $kind }, 9>(),
            kept::<$lifetime, { $kind }, STOCK>(),
            kept::<$lifetime, { $kind }, { STOCK + 1 }>(),
            kept::<$lifetime, { $kind }, { STOCK + 2 }>(),
        ]
    };
    (Shared, $kind:expr) => {
        kind!(
            RequestScoped,
            $kind,
            replaceable!(RequestScoped, $kind, 2, Singleton)
        )
    };
    ($lifetime:ident, $kind:expr) => {
        kind!($lifetime, $kind, kept::<$lifetime, { $kind }, 2>())
    };
}

macro_rules! ten_kinds {
    ($lifetime:ident, $tens:literal) => {
        [
            kind!($lifetime, $tens * 10),
            kind!($lifetime, $tens * 10 + 1),
            kind!($lifetime, $tens * 10 + 2),
            kind!($lifetime, $tens * 10 + 3),
            kind!($lifetime, $tens * 10 + 4),
            kind!($lifetime, $tens * 10 + 5),
            kind!($lifetime, $tens * 10 + 6),
            kind!($lifetime, $tens * 10 + 7),
            kind!($lifetime, $tens * 10 + 8),
            kind!($lifetime, $tens * 10 + 9),
        ]
    };
}

type TenKinds = [[Entry; OF_KIND]; 10];

/// By tens of kinds, kind and number.
static CATALOGUE: [TenKinds; KINDS / 10] = [
    ten_kinds!(Shared, 0),
    ten_kinds!(RequestScoped, 1),
    ten_kinds!(Transient, 2),
    ten_kinds!(Singleton, 3),
];
