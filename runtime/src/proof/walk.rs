//! [`Walk`]: one pass over the graph below a dependency, in a constant.

use super::message::Message;
use crate::meta::LifetimeKind;

/// What a walk knows of a dependency.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub(super) name: &'static str,
    /// What tells it from every other; all instantiations of a generic function share it.
    identity: u64,
    /// Its place in the source, such that the order of numbers is the order in a module.
    position: u64,
    lifetime: LifetimeKind,
    is_generic: bool,
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

    const fn is(&self, other: &Self) -> bool {
        self.identity == other.identity
    }

    /// Whether it stands before `other`; generic ones stand last.
    const fn is_before(&self, other: &Self) -> bool {
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
    const fn count(&self, step: &Step) -> (usize, usize) {
        let (mut times, mut depth) = (0, 0);
        let mut here = Some(self);
        while let Some(path) = here {
            times += path.step.is(step) as usize;
            depth += 1;
            here = path.up;
        }
        (times, depth)
    }

    const fn start(&self) -> &'static Step {
        let mut path = self;
        while let Some(up) = path.up {
            path = up;
        }
        path.step
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    Cycles,
    Lifetimes,
}

/// One pass over the graph below a dependency.
#[derive(Debug)]
pub struct Walk {
    question: Question,
    /// Identities seen so far, by open addressing; 0 is a free slot.
    seen: [u64; Self::SLOTS],
    seen_count: usize,
    message: Option<Message>,
}

impl Walk {
    /// How many nodes a walk visits before it gives up.
    pub(super) const NODES: usize = 768;
    /// How deep it goes.
    pub(super) const DEPTH: usize = 100;
    const SLOTS: usize = 1_024;
    /// How often all instantiations of one generic function are visited in one walk.
    const GENERIC_VISITS: usize = 64;
    /// How often they may stand on one path before that counts as a cycle.
    const GENERIC_REPEATS: usize = 16;

    /// Looks for a cycle whose first member is the start.
    #[must_use]
    pub const fn cycles() -> Self {
        Self::new(Question::Cycles)
    }

    /// Looks for what the start, a singleton, may not need.
    #[must_use]
    pub const fn lifetimes() -> Self {
        Self::new(Question::Lifetimes)
    }

    const fn new(question: Question) -> Self {
        Self {
            question,
            seen: [0; Self::SLOTS],
            seen_count: 0,
            message: None,
        }
    }

    /// What was found.
    #[must_use]
    pub const fn message(&self) -> Option<&str> {
        match &self.message {
            Some(message) => Some(message.as_str()),
            None => None,
        }
    }

    /// Whether `after` is followed: it orders, so it can close a cycle, but it takes no value, so it
    /// cannot shorten a life.
    #[must_use]
    pub const fn follows_after(&self) -> bool {
        matches!(self.question, Question::Cycles)
    }

    /// Comes to a dependency; `true` if the walk goes on below it.
    pub const fn enter(&mut self, step: &'static Step, up: Option<&Path<'_>>) -> bool {
        if self.message.is_some() {
            return false;
        }
        let Some(up) = up else {
            return self.first_visit(step);
        };
        match self.question {
            Question::Cycles => self.enter_for_cycles(step, up),
            Question::Lifetimes => self.enter_for_lifetimes(step, up),
        }
    }

    /// Comes to a parameter that is read from the context.
    pub const fn reads(&mut self, type_name: &'static str, path: &Path<'_>) {
        if self.message.is_none() && matches!(self.question, Question::Lifetimes) {
            let mut message = outlives(path);
            if path.up.is_some() {
                message.push(", and `");
                message.push_name(path.step);
                message.push("`");
            }
            message.push(" reads `");
            message.push(type_name);
            message.push("` from the request");
            self.message = Some(message);
        }
    }

    const fn enter_for_cycles(&mut self, step: &'static Step, up: &Path<'_>) -> bool {
        let start = up.start();
        let (times, depth) = up.count(step);
        let closes = if step.is_generic {
            times >= Self::GENERIC_REPEATS
        } else {
            step.is(start)
        };
        if closes {
            let mut message = Message::new("dependency cycle: ");
            message.push_path(up);
            message.push(" -> ");
            message.push_name(step);
            self.message = Some(message);
            return false;
        }
        !step.is_before(start) && depth < Self::DEPTH && self.first_visit(step)
    }

    const fn enter_for_lifetimes(&mut self, step: &'static Step, up: &Path<'_>) -> bool {
        match step.lifetime {
            // It has a proof of its own.
            LifetimeKind::Singleton => false,
            LifetimeKind::Transient => {
                let (_, depth) = up.count(step);
                depth < Self::DEPTH && self.first_visit(step)
            }
            LifetimeKind::RequestScoped => {
                let mut message = outlives(&Path { step, up: Some(up) });
                message.push(", and `");
                message.push_name(step);
                message.push("` is made for each request");
                self.message = Some(message);
                false
            }
        }
    }

    /// Whether this node is to be visited: for the first time, or again for a generic one.
    const fn first_visit(&mut self, step: &Step) -> bool {
        if self.seen_count >= Self::NODES {
            return false;
        }
        let identity = if step.identity == 0 { 1 } else { step.identity };
        let mut slot = (identity % Self::SLOTS as u64) as usize;
        let mut visits = 0;
        while self.seen[slot] != 0 {
            visits += (self.seen[slot] == identity) as usize;
            if visits > 0 && (!step.is_generic || visits >= Self::GENERIC_VISITS) {
                return false;
            }
            slot = (slot + 1) % Self::SLOTS;
        }
        self.seen[slot] = identity;
        self.seen_count += 1;
        true
    }
}

const fn outlives(path: &Path<'_>) -> Message {
    let mut message = Message::new("a singleton lives longer than a request: ");
    message.push_path(path);
    message
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
