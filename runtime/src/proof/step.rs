//! [`Step`]: a dependency as a proof sees it, and [`Path`]: the way to it.

use crate::meta::LifetimeKind;

/// What a walk knows of a dependency.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub(super) name: &'static str,
    /// What tells it from every other; all instantiations of a generic function share it.
    pub(super) identity: u64,
    /// Its place in the source, such that the order of numbers is the order in a module.
    position: u64,
    pub(super) lifetime: LifetimeKind,
    pub(super) is_generic: bool,
}

impl Step {
    /// A dependency as its attribute sees it.
    #[must_use]
    pub const fn new(
        module: &str,
        name: &'static str,
        line: u32,
        column: u32,
        lifetime: LifetimeKind,
        is_generic: bool,
    ) -> Self {
        let module = hash(FNV_OFFSET, module);
        // A macro that writes two dependencies gives both one line and column, never one name.
        let identity = hash(module ^ ((line as u64) << 32) ^ (column as u64), name);
        let position = (module << 32) | ((line as u64 & 0xf_ffff) << 12) | (column as u64 & 0xfff);
        Self {
            name,
            identity,
            position,
            lifetime,
            is_generic,
        }
    }

    pub(super) const fn is(&self, other: &Self) -> bool {
        self.identity == other.identity
    }

    /// Whether it stands before `other`; generic ones stand last.
    pub(super) const fn is_before(&self, other: &Self) -> bool {
        if self.is_generic != other.is_generic {
            return other.is_generic;
        }
        if self.position == other.position {
            self.identity < other.identity
        } else {
            self.position < other.position
        }
    }
}

/// The way from the start of a walk to where it is.
#[derive(Debug, Clone, Copy)]
pub struct Path<'up> {
    /// The dependency it has come to.
    pub step: &'static Step,
    /// The way to there; `None` at the start.
    pub up: Option<&'up Path<'up>>,
}

impl Path<'_> {
    /// How often `step` stands on the way, and how long the way is.
    pub(super) const fn count(&self, step: &Step) -> (usize, usize) {
        let (mut times, mut depth) = (0, 0);
        let mut here = Some(self);
        while let Some(path) = here {
            times += path.step.is(step) as usize;
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

    pub(super) const fn start(&self) -> &'static Step {
        let mut path = self;
        while let Some(up) = path.up {
            path = up;
        }
        path.step
    }
}

/// FNV-1a.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

const fn hash(start: u64, text: &str) -> u64 {
    let text = text.as_bytes();
    let mut hash = start;
    let mut position = 0;
    while position < text.len() {
        hash = (hash ^ text[position] as u64).wrapping_mul(FNV_PRIME);
        position += 1;
    }
    hash
}
