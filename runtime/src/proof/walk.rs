//! [`Walk`]: what a constant asks of the graph below a node.

use super::message::Message;
use super::step::{Path, is, is_before};
use crate::meta::{LifetimeKind, Meta};

/// Where what is refused is explained.
const SEE_CYCLE: &str = "\nsee https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#cycle";
const SEE_SINGLETON: &str =
    "\nsee https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#singleton";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    Cycles,
    Lifetimes,
}

/// A node that was visited, above a singleton or below one: only below one is anything refused.
#[derive(Debug, Clone, Copy)]
struct Visit {
    step: &'static Meta,
    is_below: bool,
}

/// The passes over the graph below a node, one for each question.
#[derive(Debug)]
pub struct Walk {
    start: &'static Meta,
    /// `None` before the first.
    question: Option<Question>,
    /// Whether the start names anything generic.
    names_generic: bool,
    /// Where it was, by open addressing.
    seen: [Option<Visit>; Self::SLOTS],
    seen_count: usize,
    message: Option<Message>,
}

impl Walk {
    /// How many nodes a walk visits before it gives up.
    const NODES: usize = 768;
    /// How deep it goes.
    const DEPTH: usize = 100;
    const SLOTS: usize = 1_024;
    /// How often all instantiations of one generic function are visited in one walk.
    const GENERIC_VISITS: usize = 64;
    /// How often they may stand on one path before that counts as a cycle.
    const GENERIC_REPEATS: usize = 16;

    /// A walk that starts at a node.
    #[must_use]
    pub const fn at(start: &'static Meta) -> Self {
        Self {
            start,
            question: None,
            names_generic: false,
            seen: [None; Self::SLOTS],
            seen_count: 0,
            message: None,
        }
    }

    /// The same as [`ask`](Self::ask), but panics, where it is called, if what was found is a mistake.
    #[must_use]
    #[track_caller]
    pub const fn next(&mut self) -> Option<Path<'static>> {
        if let Some(message) = &self.message {
            panic!("{}", message.as_str())
        }
        self.ask()
    }

    /// What was found.
    #[must_use]
    pub const fn mistake(self) -> Option<Message> {
        self.message
    }

    /// The way to the start, if there is one more question to be asked from there: none is once a
    /// mistake was found.
    #[must_use]
    pub const fn ask(&mut self) -> Option<Path<'static>> {
        if self.message.is_some() {
            return None;
        }
        let start = self.start;
        let question = match self.question {
            // It may be a cycle if it names anything.
            None if !matches!((start.requires, start.deps, start.after), ([], [], [])) => {
                Question::Cycles
            }
            None | Some(Question::Cycles) if self.may_shorten_a_life() => Question::Lifetimes,
            _ => return None,
        };
        if self.seen_count > 0 {
            self.seen = [None; Self::SLOTS];
            self.seen_count = 0;
        }
        self.question = Some(question);
        self.enter(start, None)
    }

    /// What is not generic, and no singleton, has nothing below it that has no proof of its own.
    const fn may_shorten_a_life(&self) -> bool {
        self.names_generic || matches!(self.start.lifetime, LifetimeKind::Singleton)
    }

    /// Whether `after` is followed: it orders, so it can close a cycle, but it takes no value, so it
    /// cannot shorten a life.
    #[must_use]
    pub const fn follows_after(&self) -> bool {
        matches!(self.question, Some(Question::Cycles))
    }

    /// Comes to a node; the way to it, if the walk goes on below.
    pub const fn enter<'up>(
        &mut self,
        step: &'static Meta,
        up: Option<&'up Path<'up>>,
    ) -> Option<Path<'up>> {
        if self.message.is_some() {
            return None;
        }
        // Most of what is named stands before what names it.
        let start = self.start;
        if !step.generic
            && !start.generic
            && step.place.line < start.place.line
            && self.follows_after()
        {
            return None;
        }
        let goes_on = match (up, self.question) {
            (Some(up), Some(Question::Cycles)) => self.enter_for_cycles(step, up),
            (Some(up), Some(Question::Lifetimes)) => self.enter_for_lifetimes(step, up),
            (None, _) | (_, None) => self.first_visit(step, false),
        };
        if !goes_on {
            return None;
        }
        let path = Path { step, up };
        if let ([read, ..], Some(Question::Lifetimes)) = (step.reads, self.question) {
            self.reads(read, &path);
        }
        Some(path)
    }

    /// Comes to a parameter that is read from the context.
    const fn reads(&mut self, type_name: &str, path: &Path<'_>) {
        if !path.has_singleton() {
            return;
        }
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

    const fn enter_for_cycles(&mut self, step: &'static Meta, up: &Path<'_>) -> bool {
        let start = self.start;
        self.names_generic |= step.generic && up.up.is_none();
        let (times, depth) = up.count(step);
        let closes = if step.generic {
            times >= Self::GENERIC_REPEATS
        } else {
            is(step, start)
        };
        if closes {
            let mut message = Message::new("dependency cycle: ");
            message.push_path_from(step, up);
            message.push(" -> ");
            message.push_name(step);
            message.push(SEE_CYCLE);
            self.message = Some(message);
            return false;
        }
        !is_before(step, start) && depth < Self::DEPTH && self.first_visit(step, false)
    }

    const fn enter_for_lifetimes(&mut self, step: &'static Meta, up: &Path<'_>) -> bool {
        // Above a singleton, and at another one, what is not generic has a proof of its own.
        if !up.has_singleton() {
            return step.generic && self.goes_on(step, up);
        }
        match step.lifetime {
            LifetimeKind::Singleton => step.generic && self.goes_on(step, up),
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

    const fn goes_on(&mut self, step: &'static Meta, up: &Path<'_>) -> bool {
        let (_, depth) = up.count(step);
        depth < Self::DEPTH && self.first_visit(step, up.has_singleton())
    }

    /// Whether this node is to be visited: for the first time, or again for a generic one.
    const fn first_visit(&mut self, step: &'static Meta, is_below: bool) -> bool {
        if self.seen_count >= Self::NODES {
            return false;
        }
        let place = (step.place.line as usize).wrapping_mul(31) + step.place.column as usize;
        let mut slot = place % Self::SLOTS;
        let mut visits = 0;
        while let Some(seen) = &self.seen[slot] {
            visits += (seen.is_below == is_below && is(seen.step, step)) as usize;
            if visits > 0 && (!step.generic || visits >= Self::GENERIC_VISITS) {
                return false;
            }
            slot = (slot + 1) % Self::SLOTS;
        }
        self.seen[slot] = Some(Visit { step, is_below });
        self.seen_count += 1;
        true
    }
}

const fn outlives(path: &Path<'_>) -> Message {
    let mut message = Message::new("a singleton lives longer than a request: ");
    message.push_path_from_singleton(path);
    message
}
