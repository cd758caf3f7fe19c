//! [`Path`]: the way to a node, and what a walk compares nodes by.

use crate::meta::{LifetimeKind, Meta};

/// The way from the start of a walk to where it is.
#[derive(Debug, Clone, Copy)]
pub struct Path<'up> {
    /// The node it has come to.
    pub(super) step: &'static Meta,
    /// The way to there; `None` at the start.
    pub(super) up: Option<&'up Path<'up>>,
}

impl Path<'_> {
    /// How often `step` stands on the way, and how long the way is.
    pub(super) const fn count(&self, step: &Meta) -> (usize, usize) {
        let (mut times, mut depth) = (0, 0);
        let mut here = Some(self);
        while let Some(path) = here {
            times += is(path.step, step) as usize;
            depth += 1;
            here = path.up;
        }
        (times, depth)
    }

    /// Whether a singleton stands on the way.
    pub(super) const fn has_singleton(&self) -> bool {
        let mut here = Some(self);
        while let Some(path) = here {
            if matches!(path.step.lifetime, LifetimeKind::Singleton) {
                return true;
            }
            here = path.up;
        }
        false
    }
}

/// Whether both are the same function; all instantiations of a generic one are.
pub(super) const fn is(one: &Meta, other: &Meta) -> bool {
    compare(one, other) == 0
}

/// Whether `one` stands before `other` in the source; generic ones stand last.
pub(super) const fn is_before(one: &Meta, other: &Meta) -> bool {
    if one.generic != other.generic {
        return other.generic;
    }
    compare(one, other) < 0
}

/// An order that is that of the source within a file. Almost always two numbers decide it, and
/// numbers are what a constant compares fast.
const fn compare(one: &Meta, other: &Meta) -> i64 {
    let (here, there) = (&one.place, &other.place);
    if here.line != there.line {
        return here.line as i64 - there.line as i64;
    }
    if here.column != there.column {
        return here.column as i64 - there.column as i64;
    }
    // Another module, or a macro that writes two functions, which differ in their names.
    match compare_text(one.name, other.name) {
        0 => compare_text(here.module, there.module),
        difference => difference,
    }
}

const fn compare_text(one: &str, other: &str) -> i64 {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    // Names of one module tend to begin alike.
    let mut position = one.len();
    if position != other.len() {
        return position as i64 - other.len() as i64;
    }
    while position > 0 {
        position -= 1;
        if one[position] != other[position] {
            return one[position] as i64 - other[position] as i64;
        }
    }
    0
}
