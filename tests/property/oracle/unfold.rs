//! The nodes that a drawn graph has in one run: a shared one once, a transient one for each use. A
//! singleton is one node that needs nothing, except in the run of its own.
//!
//! Written down from the rules, not from how plans are built.

use std::collections::HashMap;
use std::fmt;

use crate::graph::{Code, Graph, Parameter, Role};

/// What one node of a run is of.
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

/// One node of a run, with the others it names. Numbered as they are first named.
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

    pub(crate) fn code<'graph>(&self, graph: &'graph Graph) -> &'graph Code {
        match self.of {
            Of::Handler => &graph.handler.code,
            Of::Node(node) => &graph.nodes[node].code,
            Of::Reader(reader) => graph.reader(reader),
        }
    }
}

/// The nodes of a run, the root first; `None` if there are more than `limit`. The root is the
/// handler or a singleton.
pub(crate) fn unfold(graph: &Graph, root: Of, limit: usize) -> Option<Vec<Use>> {
    let mut unfolding = Unfolding {
        graph,
        limit,
        uses: vec![Use::new(root)],
        shared: HashMap::new(),
    };
    match root {
        Of::Node(node) => unfolding.name_needs(0, node)?,
        Of::Handler | Of::Reader(_) => {
            let handler = &graph.handler;
            unfolding.name(0, &handler.requires, &handler.parameters)?;
        }
    }
    let Unfolding {
        mut uses, shared, ..
    } = unfolding;
    for (number, user) in uses.iter_mut().enumerate() {
        let after = match user.of {
            Of::Node(node) if number > 0 && graph.nodes[node].is_singleton() => continue,
            Of::Node(node) => &graph.nodes[node].after,
            Of::Handler => &graph.handler.after,
            Of::Reader(_) => continue,
        };
        let others = after
            .iter()
            .filter_map(|&other| shared.get(&graph.named(other)));
        user.after = others.copied().collect();
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
            let named = self.node(user, required)?;
            self.uses[user].requires.push(named);
        }
        for &parameter in parameters {
            let named = match parameter {
                Parameter::Depends(node) => self.node(user, node)?,
                Parameter::Reads(reader) => self.add(Of::Reader(reader))?,
            };
            self.uses[user].parameters.push(named);
        }
        Some(())
    }

    fn name_needs(&mut self, user: usize, node: usize) -> Option<()> {
        let drawn = &self.graph.nodes[node];
        self.name(user, &drawn.requires, &drawn.parameters)
    }

    fn add(&mut self, of: Of) -> Option<usize> {
        self.uses.push(Use::new(of));
        (self.uses.len() <= self.limit).then_some(self.uses.len() - 1)
    }

    /// What a user gets by the name of a node: that, or what replaces it.
    fn node(&mut self, user: usize, name: usize) -> Option<usize> {
        let node = match self.uses[user].of {
            Of::Node(user) => self.graph.named_by(user, name),
            Of::Handler | Of::Reader(_) => self.graph.named(name),
        };
        if let Some(&known) = self.shared.get(&node) {
            return Some(known);
        }
        let named = self.add(Of::Node(node))?;
        let drawn = &self.graph.nodes[node];
        if drawn.slot.role != Role::Transient {
            self.shared.insert(node, named);
        }
        if !drawn.is_singleton() {
            self.name_needs(named, node)?;
        }
        Some(named)
    }
}
