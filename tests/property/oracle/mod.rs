//! What has to come of a graph, worked out without hueless.

use std::collections::HashMap;
use std::fmt;

use crate::code;
use crate::context;
use crate::graph::{End, Graph};
use crate::log::Member;
use crate::order::{Order, order};
use crate::unfold::Of;

/// What a request is answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    Value(u64),
    /// The error of a member.
    Error(String),
    /// The panic of the node that the plan knows by that name.
    Panic(String),
    /// Nothing that a drawn graph may end in.
    Other(String),
}

/// What comes of one node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Made(u64),
    Failed(Answer),
    /// Something it waits for has not succeeded.
    Never,
}

impl Outcome {
    pub(crate) fn is_made(&self) -> bool {
        matches!(self, Self::Made(_))
    }
}

/// What has to come of a graph. Nodes are named by their number in the order's `uses`.
#[derive(Debug)]
pub(crate) struct Expected {
    pub(crate) order: Order,
    pub(crate) members: HashMap<Member, usize>,
    /// By node, given that whatever it waits for has been waited for.
    pub(crate) outcomes: Vec<Outcome>,
    /// The answers that are right. There is one, except that a panic in a node that says it cannot
    /// fail may come too late to count.
    pub(crate) answers: Vec<Answer>,
    /// The nodes that start where one runs after the other, in that order.
    pub(crate) sequence: Vec<usize>,
}

impl fmt::Display for Expected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("declaration order:")?;
        for &node in &self.order.declared {
            write!(formatter, " {}", self.order.uses[node].of)?;
            if !self.order.uses[node].is_reader() {
                write!(formatter, " (#{node})")?;
            }
        }
        writeln!(formatter)
    }
}

/// Works out what has to come of a graph.
pub(crate) fn expect(graph: &Graph) -> Expected {
    let order = order(graph);
    let mut outcomes = vec![Outcome::Never; order.uses.len()];
    let mut reads = 0;
    for &node in &order.schedule {
        let has_failed = |&other: &usize| {
            order.position[other] < order.position[node] && !outcomes[other].is_made()
        };
        if order.waits[node].iter().any(has_failed) {
            continue;
        }
        let value = value(graph, &order, node, reads, &outcomes);
        reads += u64::from(order.uses[node].is_reader());
        outcomes[node] = match order.uses[node].code(graph).end {
            End::Value => Outcome::Made(value),
            End::Error => Outcome::Failed(Answer::Error(member(&order, node).to_string())),
            End::Panic => Outcome::Failed(Answer::Panic(name(graph, &order, node).to_owned())),
        };
    }
    Expected {
        members: (0..order.uses.len())
            .map(|node| (member(&order, node), node))
            .collect(),
        answers: answers(graph, &order, &outcomes),
        sequence: sequence(&order, &outcomes),
        order,
        outcomes,
    }
}

fn value(graph: &Graph, order: &Order, node: usize, reads: u64, outcomes: &[Outcome]) -> u64 {
    if let Of::Reader(reader) = order.uses[node].of {
        let consumes = graph.consuming_reader() == Some(reader);
        return context::value(reader, reads, consumes.then(|| order.reads_left(node)));
    }
    let inputs = order.uses[node].parameters.iter();
    let values = inputs.map(|&input| match outcomes[input] {
        Outcome::Made(value) => value,
        Outcome::Failed(_) | Outcome::Never => unreachable!("it waits for its parameters"),
    });
    code::value(node, values)
}

fn member(order: &Order, node: usize) -> Member {
    match order.uses[node].of {
        Of::Reader(reader) => Member::Read(reader, order.time(node)),
        Of::Handler | Of::Node(_) => Member::Declared(node),
    }
}

fn name(graph: &Graph, order: &Order, node: usize) -> &'static str {
    match order.uses[node].of {
        Of::Handler => "handler",
        Of::Node(node) => graph.nodes[node].slot.entry().name,
        Of::Reader(reader) => context::CATALOGUE[reader].name,
    }
}

/// The answer of the first failed node in declaration order, first; then those that may leave
/// because every earlier node that says it can fail has succeeded.
fn answers(graph: &Graph, order: &Order, outcomes: &[Outcome]) -> Vec<Answer> {
    let mut answers = Vec::new();
    for &node in &order.declared {
        if let Outcome::Failed(answer) = &outcomes[node] {
            answers.push(answer.clone());
        }
        if order.uses[node].can_fail(graph) && !outcomes[node].is_made() {
            break;
        }
    }
    if let (Outcome::Made(value), true) = (&outcomes[0], answers.is_empty()) {
        answers.push(Answer::Value(*value));
    }
    answers
}

/// Nodes start one after the other, and after a failure only what stands before it.
fn sequence(order: &Order, outcomes: &[Outcome]) -> Vec<usize> {
    let mut cut = usize::MAX;
    let mut started = Vec::new();
    for &node in &order.schedule {
        let position = order.position[node];
        if position < cut {
            started.push(node);
            if !outcomes[node].is_made() {
                cut = position;
            }
        }
    }
    started
}
