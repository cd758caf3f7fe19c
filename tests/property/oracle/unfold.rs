//! The nodes that a drawn graph has in one request: a shared one once, a transient one for each use.
//!
//! Written down from the rules, not from how plans are built.

use std::collections::HashMap;
use std::fmt;

use crate::graph::{Code, Graph, Parameter, Role};

/// What one node of a request is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Handler,
    Node(usize),
    Reader(usize),
}

impl fmt::Display for Of {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Handler => formatter.write_str("handler"),
            Self::Node(node) => write!(formatter, "n{node}"),
            Self::Reader(reader) => write!(formatter, "r{reader}"),
        }
    }
}

/// One node of a request, with the others it names. Numbered as they are first named.
#[derive(Debug)]
pub(crate) struct Use {
    pub(crate) of: Of,
    pub(crate) requires: Vec<usize>,
    pub(crate) parameters: Vec<usize>,
    pub(crate) after: Vec<usize>,
}

impl Use {
    fn new(of: Of) -> Self {
        Self {
            of,
            requires: Vec::new(),
            parameters: Vec::new(),
            after: Vec::new(),
        }
    }

    pub(crate) fn is_reader(&self) -> bool {
        matches!(self.of, Of::Reader(_))
    }

    pub(crate) fn is_guard(&self, graph: &Graph) -> bool {
        matches!(self.of, Of::Node(node) if graph.nodes[node].slot.role == Role::Guard)
    }

    /// Whether it says that it can fail.
    pub(crate) fn can_fail(&self, graph: &Graph) -> bool {
        match self.of {
            Of::Handler => false,
            Of::Node(node) => graph.nodes[node].slot.can_fail,
            Of::Reader(reader) => crate::context::can_fail(reader),
        }
    }

    pub(crate) fn code<'graph>(&self, graph: &'graph Graph) -> &'graph Code {
        match self.of {
            Of::Handler => &graph.handler.code,
            Of::Node(node) => &graph.nodes[node].code,
            Of::Reader(reader) => graph.reader(reader),
        }
    }
}

/// The nodes of a request, the handler first; `None` if there are more than `limit`.
pub(crate) fn unfold(graph: &Graph, limit: usize) -> Option<Vec<Use>> {
    let mut unfolding = Unfolding {
        graph,
        limit,
        uses: vec![Use::new(Of::Handler)],
        shared: HashMap::new(),
    };
    let handler = &graph.handler;
    unfolding.name(0, &handler.requires, &handler.parameters)?;
    let Unfolding {
        mut uses, shared, ..
    } = unfolding;
    for user in &mut uses {
        if let Of::Node(node) = user.of {
            let after = graph.nodes[node].after.iter();
            user.after = after
                .filter_map(|other| shared.get(other))
                .copied()
                .collect();
        }
    }
    Some(uses)
}

struct Unfolding<'graph> {
    graph: &'graph Graph,
    limit: usize,
    uses: Vec<Use>,
    /// The one use of each node that is shared.
    shared: HashMap<usize, usize>,
}

impl Unfolding<'_> {
    fn name(&mut self, user: usize, requires: &[usize], parameters: &[Parameter]) -> Option<()> {
        for &required in requires {
            let named = self.node(required)?;
            self.uses[user].requires.push(named);
        }
        for &parameter in parameters {
            let named = match parameter {
                Parameter::Depends(node) => self.node(node)?,
                Parameter::Reads(reader) => self.add(Of::Reader(reader))?,
            };
            self.uses[user].parameters.push(named);
        }
        Some(())
    }

    fn add(&mut self, of: Of) -> Option<usize> {
        self.uses.push(Use::new(of));
        (self.uses.len() <= self.limit).then_some(self.uses.len() - 1)
    }

    fn node(&mut self, node: usize) -> Option<usize> {
        if let Some(&known) = self.shared.get(&node) {
            return Some(known);
        }
        let named = self.add(Of::Node(node))?;
        let drawn = &self.graph.nodes[node];
        if drawn.slot.role != Role::Transient {
            self.shared.insert(node, named);
        }
        self.name(named, &drawn.requires, &drawn.parameters)?;
        Some(named)
    }
}
