//! A node while it is declared.

use super::Code;
use super::order::Sketch;
use crate::context::Context;
use crate::meta::{Colour, Meta};

/// What a [`Declaration`](super::Declaration) is about.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject {
    /// A node of the plan.
    Node(usize),
    /// A singleton, or what it is made from: no node of this plan.
    BehindSingleton,
}

/// A node that is being declared.
pub(super) struct Draft<C: Context> {
    pub(super) name: &'static str,
    pub(super) colour: Colour,
    pub(super) can_fail: bool,
    pub(super) on_executor: bool,
    pub(super) sketch: Sketch,
    /// Resolved once all nodes are known: `after` asks whether the other one is there.
    pub(super) after: Vec<&'static Meta>,
    /// `None` until the last line of the declaration.
    pub(super) code: Option<Code<C>>,
}
