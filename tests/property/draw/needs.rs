//! References are made to fit.

use super::raw::{RawCode, RawGraph, RawNeeds, RawParameter};
use crate::context::{READERS, can_fail};
use crate::graph::{Code, Node, Parameter, Role, Step};

/// The readers of a graph, given out one by one.
pub(super) struct Readers<'raw> {
    graph: &'raw RawGraph,
    pub(super) codes: Vec<Option<Code>>,
}

/// What a node may name.
#[derive(Debug, Clone)]
pub(super) struct Nameable {
    /// In ascending order.
    nodes: Vec<usize>,
    reads: bool,
}

/// What a node needs.
pub(super) struct Needs {
    pub(super) requires: Vec<usize>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) after: Vec<usize>,
}

impl Nameable {
    /// All nodes before one.
    pub(super) fn before(number: usize) -> Self {
        Self {
            nodes: (0..number).collect(),
            reads: true,
        }
    }

    /// Those that may stand behind a singleton.
    pub(super) fn behind_singletons(may_stand_behind: &[bool]) -> Self {
        let nodes = 0..may_stand_behind.len();
        Self {
            nodes: nodes.filter(|&node| may_stand_behind[node]).collect(),
            reads: false,
        }
    }

    /// The node that stands so far before.
    fn at(&self, distance: u8) -> Option<usize> {
        let count = self.nodes.len();
        (count > 0).then(|| self.nodes[count - 1 - usize::from(distance) % count])
    }

    pub(super) fn all_at(&self, distances: &[u8]) -> Vec<usize> {
        let nodes = distances.iter().map(|&distance| self.at(distance));
        nodes.flatten().collect()
    }
}

impl Nameable {
    /// Those that `after` may name.
    pub(super) fn shared_at(&self, distances: &[u8], nodes: &[Node]) -> Vec<usize> {
        let mut found = self.all_at(distances);
        found.retain(|&node| nodes[node].slot.role != Role::Transient);
        found
    }
}

impl<'raw> Readers<'raw> {
    pub(super) fn new(graph: &'raw RawGraph) -> Self {
        Self {
            graph,
            codes: vec![None; READERS],
        }
    }

    /// What a node needs of what it may name.
    pub(super) fn needs(&mut self, raw: &RawNeeds, nameable: &Nameable, nodes: &[Node]) -> Needs {
        let parameters = raw.parameters.iter();
        Needs {
            requires: nameable.all_at(&raw.requires),
            parameters: parameters
                .filter_map(|parameter| self.parameter(parameter, nameable))
                .collect(),
            after: nameable.shared_at(&raw.after, nodes),
        }
    }

    /// `None` if there is nothing that the parameter could be.
    pub(super) fn parameter(
        &mut self,
        raw: &RawParameter,
        nameable: &Nameable,
    ) -> Option<Parameter> {
        match raw {
            RawParameter::Depends(distance) => nameable.at(*distance).map(Parameter::Depends),
            RawParameter::Reads(code, may_fail) if nameable.reads => self.reader(code, *may_fail),
            RawParameter::Reads(..) => None,
        }
    }

    fn reader(&mut self, code: &RawCode, may_fail: bool) -> Option<Parameter> {
        let fortune = self.graph.fortune;
        let wanted = may_fail || fortune.all_can_fail;
        let mut free = (0..READERS).filter(|&reader| self.codes[reader].is_none());
        let reader = free.find(|&reader| can_fail(reader) == wanted)?;
        let mut drawn = code.code(fortune.mishaps, wanted, fortune.careless);
        if fortune.holds && code.held.is_some_and(|hold| !hold.is_late) {
            drawn.steps.insert(0, Step::Gate);
        }
        self.codes[reader] = Some(drawn);
        Some(Parameter::Reads(reader))
    }
}
