//! The drawn graph: what every node is, needs and does. Its `Display` is what a failure prints.

use std::fmt;

use hueless::{Colour, PollOnLane};

use crate::catalogue::Slot;

/// What a node is for, and how many there are of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Request-scoped: once, however many need it.
    Shared,
    /// Request-scoped, and nothing later starts before it has passed.
    Guard,
    /// Once for each use.
    Transient,
}

/// What a node does before it ends: it waits if it is async, and takes its time if it blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Lets others run.
    Yield,
    /// Waits for another task.
    Task,
    /// Waits for the clock.
    Sleep,
}

/// How a node ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Value,
    Error,
    Panic,
}

/// The code of a node: a function of its inputs.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) steps: Vec<Step>,
    pub(crate) end: End,
}

/// A parameter of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parameter {
    /// The value of the node of that number.
    Depends(usize),
    /// What the reader of that number reads from the context.
    Reads(usize),
}

/// A dependency. It names only nodes of lower numbers, so there is no cycle.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// The type that stands for it.
    pub(crate) slot: Slot,
    pub(crate) stays_on_executor: bool,
    pub(crate) requires: Vec<usize>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) after: Vec<usize>,
    pub(crate) code: Code,
}

/// The handler.
#[derive(Debug, Clone)]
pub(crate) struct Handler {
    pub(crate) colour: Colour,
    pub(crate) requires: Vec<usize>,
    pub(crate) parameters: Vec<Parameter>,
    /// Whether its last parameter, if that is read from the context, is read as one that may
    /// consume it.
    pub(crate) consumes: bool,
    pub(crate) code: Code,
}

/// A drawn graph.
#[derive(Debug, Clone)]
pub(crate) struct Graph {
    pub(crate) nodes: Vec<Node>,
    /// The code of each reader.
    pub(crate) readers: Vec<Option<Code>>,
    pub(crate) handler: Handler,
    pub(crate) poll_on_lane: PollOnLane,
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
}

impl fmt::Display for Graph {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let handler = &self.handler;
        write!(formatter, "handler: {}", handler.colour)?;
        needs(
            formatter,
            &handler.requires,
            &handler.parameters,
            &[],
            &handler.code,
        )?;
        for (number, node) in self.nodes.iter().enumerate().rev() {
            write!(formatter, "n{number}: {}", node.slot.colour)?;
            match node.slot.role {
                Role::Shared => {}
                Role::Guard => formatter.write_str(", guard")?,
                Role::Transient => formatter.write_str(", transient")?,
            }
            if node.slot.can_fail {
                formatter.write_str(", can fail")?;
            }
            if node.stays_on_executor {
                formatter.write_str(", executor")?;
            }
            let Node {
                requires,
                parameters,
                after,
                code,
                ..
            } = node;
            needs(formatter, requires, parameters, after, code)?;
        }
        for (number, code) in self.readers.iter().enumerate() {
            if let Some(code) = code {
                write!(formatter, "r{number}: reads")?;
                if crate::context::can_fail(number) {
                    formatter.write_str(", can fail")?;
                }
                needs(formatter, &[], &[], &[], code)?;
            }
        }
        if let Some(reader) = self.consuming_reader() {
            writeln!(formatter, "r{reader} may consume the context")?;
        }
        writeln!(
            formatter,
            "async nodes on the lane: {:?}",
            self.poll_on_lane
        )
    }
}

fn needs(
    formatter: &mut fmt::Formatter<'_>,
    requires: &[usize],
    parameters: &[Parameter],
    after: &[usize],
    code: &Code,
) -> fmt::Result {
    let names = |nodes: &[usize]| -> String {
        let names: Vec<String> = nodes.iter().map(|node| format!("n{node}")).collect();
        names.join(", ")
    };
    if !requires.is_empty() {
        write!(formatter, "; requires {}", names(requires))?;
    }
    if !parameters.is_empty() {
        let parameters: Vec<String> = parameters
            .iter()
            .map(|parameter| match parameter {
                Parameter::Depends(node) => format!("n{node}"),
                Parameter::Reads(reader) => format!("r{reader}"),
            })
            .collect();
        write!(formatter, "; takes {}", parameters.join(", "))?;
    }
    if !after.is_empty() {
        write!(formatter, "; after {}", names(after))?;
    }
    if !code.steps.is_empty() {
        write!(formatter, "; {:?}", code.steps)?;
    }
    match code.end {
        End::Value => writeln!(formatter),
        End::Error => writeln!(formatter, "; FAILS"),
        End::Panic => writeln!(formatter, "; PANICS"),
    }
}
