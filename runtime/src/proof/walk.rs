//! [`Walk`]: one pass over the graph below a dependency, in a constant.

use super::message::Message;
use super::step::{Path, Step};
use crate::meta::LifetimeKind;

/// Where what is refused is explained.
const SEE_CYCLE: &str = "\nsee https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#cycle";
const SEE_SINGLETON: &str =
    "\nsee https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#singleton";

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
    /// Tells a visit below a singleton from one above it.
    const BELOW_A_SINGLETON: u64 = 0x9e37_79b9_7f4a_7c15;
    /// How often all instantiations of one generic function are visited in one walk.
    const GENERIC_VISITS: usize = 64;
    /// How often they may stand on one path before that counts as a cycle.
    const GENERIC_REPEATS: usize = 16;

    /// Looks for a cycle whose first member is the start.
    #[must_use]
    pub const fn cycles() -> Self {
        Self::new(Question::Cycles)
    }

    /// Looks for what the start, if it is a singleton, and generic singletons below it may not need.
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
            return self.first_visit(step, 0);
        };
        match self.question {
            Question::Cycles => self.enter_for_cycles(step, up),
            Question::Lifetimes => self.enter_for_lifetimes(step, up),
        }
    }

    /// Comes to a parameter that is read from the context.
    pub const fn reads(&mut self, type_name: &'static str, path: &Path<'_>) {
        let is_asked = matches!(self.question, Question::Lifetimes) && path.has_singleton();
        if self.message.is_none() && is_asked {
            let mut message = outlives(path);
            if !matches!(path.step.lifetime, LifetimeKind::Singleton) {
                message.push(", and `");
                message.push_name(path.step);
                message.push("`");
            }
            message.push(" reads `");
            message.push(type_name);
            message.push("` from the request");
            message.push(SEE_SINGLETON);
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
            message.push(SEE_CYCLE);
            self.message = Some(message);
            return false;
        }
        !step.is_before(start) && depth < Self::DEPTH && self.first_visit(step, 0)
    }

    const fn enter_for_lifetimes(&mut self, step: &'static Step, up: &Path<'_>) -> bool {
        // Above a singleton, and at another one, what is not generic has a proof of its own.
        if !up.has_singleton() {
            return step.is_generic && self.goes_on(step, up);
        }
        match step.lifetime {
            LifetimeKind::Singleton => step.is_generic && self.goes_on(step, up),
            LifetimeKind::Transient => self.goes_on(step, up),
            LifetimeKind::RequestScoped => {
                let mut message = outlives(&Path { step, up: Some(up) });
                message.push(", and `");
                message.push_name(step);
                message.push("` is made for each request");
                message.push(SEE_SINGLETON);
                self.message = Some(message);
                false
            }
        }
    }

    const fn goes_on(&mut self, step: &Step, up: &Path<'_>) -> bool {
        let (_, depth) = up.count(step);
        // Above a singleton and below one are two visits: only below one is anything refused.
        let side = if up.has_singleton() {
            Self::BELOW_A_SINGLETON
        } else {
            0
        };
        depth < Self::DEPTH && self.first_visit(step, side)
    }

    /// Whether this node is to be visited: for the first time, or again for a generic one.
    const fn first_visit(&mut self, step: &Step, side: u64) -> bool {
        if self.seen_count >= Self::NODES {
            return false;
        }
        let identity = match step.identity ^ side {
            0 => 1,
            identity => identity,
        };
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
    message.push_path_from_singleton(path);
    message
}
