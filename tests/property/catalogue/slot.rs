//! [`Slot`]: what tells one type of the stock from the others.

use hueless::Colour;

use crate::graph::{Limit, Role};

/// How many types of each kind a node may take.
pub(crate) const STOCK: usize = 10;

/// How many types of each kind can be replaced.
pub(crate) const REPLACEABLE: usize = 3;

/// How many types there are of each kind. What stands for the type of number `n` has the number
/// `STOCK + n`, and a kind of its own.
pub(crate) const OF_KIND: usize = STOCK + REPLACEABLE;

/// By number.
pub(crate) const COLOURS: [Colour; 5] = [
    Colour::Inline,
    Colour::Async,
    Colour::Plain,
    Colour::Cpu,
    Colour::Struct,
];

const ROLES: [Role; 4] = [Role::Shared, Role::Guard, Role::Transient, Role::Singleton];

/// How many kinds there are of each role.
const OF_ROLE: usize = COLOURS.len() * 2;

/// How many kinds there are.
pub(crate) const KINDS: usize = ROLES.len() * OF_ROLE;

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
    pub(crate) const fn of(kind: usize, number: usize) -> Self {
        Self {
            role: ROLES[kind / OF_ROLE],
            colour: COLOURS[kind / 2 % COLOURS.len()],
            can_fail: kind % 2 == 1,
            number,
        }
    }

    /// How long it may take. What runs in place, and what is built, has no limit.
    pub(crate) const fn limit(self) -> Limit {
        match (self.colour, self.number) {
            (Colour::Inline | Colour::Struct, _) | (_, 0..=4) => Limit::None,
            (_, 5..=6) => Limit::Generous,
            // A late one would keep a thread of the small pool.
            (Colour::Cpu, _) => Limit::None,
            (_, 7..STOCK) => Limit::Tight,
            (_, STOCK) => Limit::None,
            _ => Limit::Generous,
        }
    }

    /// The kind, by number.
    pub(crate) fn kind(self) -> usize {
        let role = ROLES.iter().position(|&role| role == self.role);
        let colour = COLOURS.iter().position(|&colour| colour == self.colour);
        let (role, colour) = (role.unwrap_or(0), colour.unwrap_or(0));
        (role * COLOURS.len() + colour) * 2 + usize::from(self.can_fail)
    }

    /// The type that stands for this one where it is replaced, if there is one.
    pub(crate) fn replacement(self) -> Option<Self> {
        let kind = replacement_kind(self.kind(), self.number);
        let by = Self::of(kind, STOCK + self.number);
        // Nobody is a struct that can fail.
        let is_one = by.colour != Colour::Struct || !by.can_fail;
        let is_replaceable = match self.role {
            Role::Shared => self.number < REPLACEABLE,
            Role::Guard | Role::Transient | Role::Singleton => self.number < BY_SINGLETON,
        };
        (is_one && is_replaceable).then_some(by)
    }
}

/// Which shared ones are replaced by a singleton, which lives longer. Of the other roles none are.
const BY_SINGLETON: usize = 2;

/// The kind of what stands for a type: any of the same lifetime, so another colour and perhaps
/// another role, and it can fail or not.
pub(crate) const fn replacement_kind(kind: usize, number: usize) -> usize {
    if kind < OF_ROLE && number == BY_SINGLETON {
        return 3 * OF_ROLE + kind;
    }
    // Shared ones and guards live for a request; the other roles have a lifetime each.
    let (first, count) = if kind < 2 * OF_ROLE {
        (0, 2 * OF_ROLE)
    } else {
        (kind / OF_ROLE * OF_ROLE, OF_ROLE)
    };
    first + (kind - first + 3 + 4 * number) % count
}
