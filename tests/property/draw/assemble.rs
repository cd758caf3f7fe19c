//! Makes a graph of what was drawn: references are made to fit, and types are given out.

use hueless::Colour;

use crate::catalogue::{COLOURS, STOCK, Slot};
use crate::context::{READERS, can_fail};
use crate::draw::{RawCode, RawGraph, RawParameter};
use crate::graph::{Graph, Handler, Node, Parameter, Role};
use crate::unfold::unfold;

/// The most nodes that a request has, uses of transient ones counted one by one.
const MOST_USES: usize = 100;

pub(crate) fn assemble(raw: &RawGraph) -> Graph {
    let mut readers = Readers {
        graph: raw,
        codes: vec![None; READERS],
    };
    let mut slots: Vec<Slot> = Vec::new();
    let mut nodes: Vec<Node> = Vec::new();
    for (number, drawn) in raw.nodes.iter().enumerate() {
        let can_fail = drawn.can_fail || raw.all_can_fail;
        let wanted = Slot {
            role: drawn.role,
            colour: drawn.colour,
            can_fail: can_fail && drawn.colour != Colour::Struct,
            number: 0,
        };
        let slot = free_slot(&slots, wanted);
        slots.push(slot);
        let parameters = drawn.parameters.iter();
        nodes.push(Node {
            slot,
            stays_on_executor: drawn.stays_on_executor && slot.colour == Colour::Async,
            requires: before(number, &drawn.requires),
            parameters: parameters
                .filter_map(|parameter| readers.parameter(number, parameter))
                .collect(),
            after: before(number, &drawn.after)
                .into_iter()
                .filter(|&other| slots[other].role != Role::Transient)
                .collect(),
            code: drawn.code.code(raw.mishaps, slot.can_fail, raw.careless),
        });
    }
    let handler = Handler {
        colour: raw.colour,
        requires: before(nodes.len(), &raw.requires),
        parameters: handler_parameters(raw, &nodes, &mut readers),
        consumes: raw.consumes,
        code: raw.code.code(raw.mishaps, false, true),
    };
    let mut graph = Graph {
        nodes,
        readers: readers.codes,
        handler,
        poll_on_lane: raw.poll_on_lane,
    };
    share_until_it_fits(&mut graph);
    graph
}

/// References to nodes that stand before, by how far; the first node can have none.
fn before(number: usize, distances: &[u8]) -> Vec<usize> {
    let fit = |&distance: &u8| number - 1 - usize::from(distance) % number;
    let distances = if number == 0 { &[] } else { distances };
    distances.iter().map(fit).collect()
}

/// A type of the wanted kind that no other node has, or else of one like it in another colour.
fn free_slot(taken: &[Slot], wanted: Slot) -> Slot {
    let first = COLOURS.iter().position(|&colour| colour == wanted.colour);
    let mut colours: Vec<Colour> = COLOURS.to_vec();
    colours.rotate_left(first.unwrap_or(0));
    // A struct cannot fail, so it stands in for nothing else.
    colours.retain(|&colour| colour == wanted.colour || colour != Colour::Struct);
    let slots = colours.into_iter().flat_map(|colour| {
        (0..STOCK).map(move |number| Slot {
            colour,
            number,
            ..wanted
        })
    });
    slots
        .into_iter()
        .find(|slot| !taken.contains(slot))
        .expect("there are more types of each role than nodes")
}

struct Readers<'raw> {
    graph: &'raw RawGraph,
    codes: Vec<Option<crate::graph::Code>>,
}

impl Readers<'_> {
    /// A parameter of the node of that number. `None` if there is nothing that it could be.
    fn parameter(&mut self, number: usize, raw: &RawParameter) -> Option<Parameter> {
        match raw {
            RawParameter::Depends(distance) => {
                let node = before(number, &[*distance]).pop();
                node.map(Parameter::Depends)
            }
            RawParameter::Reads(code, may_fail) => self.reader(code, *may_fail),
        }
    }

    fn reader(&mut self, code: &RawCode, may_fail: bool) -> Option<Parameter> {
        let wanted = may_fail || self.graph.all_can_fail;
        let mut free = (0..READERS).filter(|&reader| self.codes[reader].is_none());
        let reader = free.find(|&reader| can_fail(reader) == wanted)?;
        let RawGraph {
            mishaps, careless, ..
        } = *self.graph;
        self.codes[reader] = Some(code.code(mishaps, wanted, careless));
        Some(Parameter::Reads(reader))
    }
}

/// What the handler was drawn to take, and what nobody else takes.
fn handler_parameters(raw: &RawGraph, nodes: &[Node], readers: &mut Readers<'_>) -> Vec<Parameter> {
    let mut is_used = vec![false; nodes.len()];
    for node in nodes {
        for &required in &node.requires {
            is_used[required] = true;
        }
        for parameter in &node.parameters {
            if let Parameter::Depends(other) = *parameter {
                is_used[other] = true;
            }
        }
    }
    let mut placed: Vec<(u8, Parameter)> = Vec::new();
    for (number, node) in raw.nodes.iter().enumerate() {
        if let (Some(place), false) = (node.place, is_used[number]) {
            placed.push((place, Parameter::Depends(number)));
        }
    }
    for (parameter, place) in &raw.parameters {
        let parameter = readers.parameter(nodes.len(), parameter);
        placed.extend(parameter.map(|parameter| (*place, parameter)));
    }
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, parameter)| parameter).collect()
}

/// Transient nodes that need transient nodes multiply: shares the last ones until there are few.
fn share_until_it_fits(graph: &mut Graph) {
    while unfold(graph, MOST_USES).is_none() {
        let transient = |node: &Node| node.slot.role == Role::Transient;
        let Some(last) = graph.nodes.iter().rposition(transient) else {
            return;
        };
        let taken: Vec<Slot> = graph.nodes.iter().map(|node| node.slot).collect();
        let shared = Slot {
            role: Role::Shared,
            ..graph.nodes[last].slot
        };
        graph.nodes[last].slot = free_slot(&taken, shared);
    }
}
