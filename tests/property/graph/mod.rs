//! The drawn graph: what every node is, needs and does, and what is done with it. Its `Display` is
//! what a failure prints.

mod conduct;
mod node;
mod show;

use hueless::PollOnLane;

pub(crate) use self::conduct::{Conduct, Cut};
pub(crate) use self::node::{Code, End, Ending, Handler, Limit, Node, Parameter, Role, Step};

use crate::catalogue::Slot;

/// A drawn graph.
#[derive(Debug, Clone)]
pub(crate) struct Graph {
    pub(crate) nodes: Vec<Node>,
    /// The code of each reader.
    pub(crate) readers: Vec<Option<Code>>,
    pub(crate) handler: Handler,
    pub(crate) poll_on_lane: PollOnLane,
    /// The requests that each app is given.
    pub(crate) requests: Vec<Conduct>,
    /// Whether the app is shut down when the last request comes, and how long that hesitates.
    pub(crate) shut_down_early: Option<u8>,
}

impl Graph {
    /// The node that a type stands for.
    pub(crate) fn node_of(&self, slot: Slot) -> usize {
        self.nodes
            .iter()
            .position(|node| node.slot == slot)
            .expect("only types of the graph are declared")
    }

    /// The reader that the handler reads last, if that one may consume the context.
    pub(crate) fn consuming_reader(&self) -> Option<usize> {
        match self.handler.parameters.last() {
            Some(&Parameter::Reads(reader)) if self.handler.consumes => Some(reader),
            _ => None,
        }
    }

    /// The code of a reader.
    pub(crate) fn reader(&self, reader: usize) -> &Code {
        self.readers[reader]
            .as_ref()
            .expect("only readers of the graph are declared")
    }

    /// What others get who name a node: that, or what replaces it.
    pub(crate) fn named(&self, name: usize) -> usize {
        let replaces = |node: &Node| node.replaces == Some(name);
        self.nodes.iter().position(replaces).unwrap_or(name)
    }

    /// What the node `user` gets by a name: what replaces another gets the original.
    pub(crate) fn named_by(&self, user: usize, name: usize) -> usize {
        if self.nodes[user].replaces == Some(name) {
            name
        } else {
            self.named(name)
        }
    }

    /// Whether anything in it waits for what does not come by itself.
    pub(crate) fn has_gates(&self) -> bool {
        let nodes = self.nodes.iter().map(|node| &node.code);
        let readers = self.readers.iter().flatten();
        let mut codes = nodes.chain(readers).chain([&self.handler.code]);
        codes.any(Code::is_held)
    }
}
