//! [`Shape`]: what a graph looks like.

use std::ops::Range;
use std::sync::Arc;

use super::bells::Bells;

/// How many nodes there are types for.
pub(super) const NODES: usize = 1_000;

/// How nodes need each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Each needs the one before, and the handler the last one.
    Chain,
    /// The handler needs them all.
    FanOut,
    /// There are two on each level, which need both on the level before; the handler needs the last two.
    Lattice,
}

/// What nodes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// All are async.
    Async,
    /// All block.
    Blocking,
    /// The first one blocks, the next is async, and so on in turn.
    Alternating,
}

/// What a graph looks like. Its handler is async, and adds up what it is given.
#[derive(Debug, Clone)]
pub struct Shape {
    pub(super) form: Form,
    /// How many there are.
    pub(super) nodes: usize,
    /// What they are.
    pub(super) colour: Colour,
    /// Where the async ones wait, if they do.
    pub(super) bells: Option<Arc<Bells>>,
}

impl Shape {
    /// A shape whose nodes do not wait.
    ///
    /// # Panics
    ///
    /// There are no nodes in it, or more than a thousand.
    #[must_use]
    pub fn new(form: Form, nodes: usize, colour: Colour) -> Self {
        assert!((1..=NODES).contains(&nodes), "there are types for {NODES}");
        Self {
            form,
            nodes,
            colour,
            bells: None,
        }
    }

    /// The same where each async node waits for its bell.
    #[must_use]
    pub fn waiting(mut self, bells: Arc<Bells>) -> Self {
        self.bells = Some(bells);
        self
    }

    /// The nodes that a node needs.
    pub(super) fn needs(&self, node: usize) -> Range<usize> {
        match self.form {
            Form::Chain => node.saturating_sub(1)..node,
            Form::FanOut => 0..0,
            Form::Lattice => {
                let level = node / 2 * 2;
                level.saturating_sub(2)..level
            }
        }
    }

    /// The nodes that the handler needs.
    pub(super) fn roots(&self) -> Range<usize> {
        let count = self.nodes;
        match self.form {
            Form::Chain => count - 1..count,
            Form::FanOut => 0..count,
            Form::Lattice => (count - 1) / 2 * 2..count,
        }
    }

    /// How many values the handler takes.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.roots().len()
    }

    pub(super) fn is_plain(&self, node: usize) -> bool {
        match self.colour {
            Colour::Async => false,
            Colour::Blocking => true,
            Colour::Alternating => node.is_multiple_of(2),
        }
    }

    /// What the handler answers: each node adds one to the values that it takes.
    #[must_use]
    pub fn answer(&self) -> u64 {
        let mut values: Vec<u64> = Vec::new();
        for node in 0..self.nodes {
            let taken = &values[self.needs(node)];
            values.push(taken.iter().fold(1, |sum, value| sum.wrapping_add(*value)));
        }
        let taken = &values[self.roots()];
        taken.iter().fold(0, |sum, value| sum.wrapping_add(*value))
    }
}
