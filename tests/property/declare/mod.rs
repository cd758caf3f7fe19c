//! Declares a drawn graph to hueless, as the attributes would.

mod body;
mod endings;
mod handler;
mod numbers;

use hueless::__private::{Context, Declaration, Reject, Solo};
use hueless::{Background, Cancellation};

pub(crate) use self::handler::{Answered, resolve};
pub(crate) use self::numbers::{Place, begin_request};

use self::numbers::{OWN, REQUEST, declare_handler, enter};
use crate::catalogue::{Entry, Names, Slot};
use crate::context::{self, Request};
use crate::graph::{Graph, Parameter, Role};

/// A context that drawn nodes run in: a request, or the run of its own of a singleton.
pub(crate) trait Scenic: Context + Reject<String> {
    /// How a node names a type.
    fn names(entry: &'static Entry) -> &'static Names<Self>;
    /// Where the numbers of a plan's nodes are counted.
    fn numbers() -> &'static numbers::Counted;
    /// Reads from the context.
    fn reads(node: &mut Declaration<'_, Self>, reader: usize, consumes: bool);
}

impl Scenic for Request {
    fn names(entry: &'static Entry) -> &'static Names<Self> {
        &entry.request
    }

    fn numbers() -> &'static numbers::Counted {
        &REQUEST
    }

    fn reads(node: &mut Declaration<'_, Self>, reader: usize, consumes: bool) {
        let entry = &context::CATALOGUE[reader];
        if consumes {
            (entry.extracts_last)(node);
        } else {
            (entry.extracts)(node);
        }
    }
}

impl Scenic for Solo {
    fn names(entry: &'static Entry) -> &'static Names<Self> {
        &entry.own
    }

    fn numbers() -> &'static numbers::Counted {
        &OWN
    }

    fn reads(_node: &mut Declaration<'_, Self>, _reader: usize, _consumes: bool) {
        unreachable!("what is behind a singleton is drawn without readers");
    }
}

pub(crate) fn declare_node<C: Scenic>(node: &mut Declaration<'_, C>, slot: Slot) {
    enter::<C>(slot, |place| {
        let (graph, number) = (&place.graph, place.node);
        let drawn = &graph.nodes[number];
        declare_needs(
            node,
            graph,
            Some(number),
            &drawn.requires,
            &drawn.parameters,
        );
        if drawn.takes_token {
            node.depends::<Cancellation>();
        }
        if drawn.leaves() {
            node.depends::<Background>();
        }
        declare_after(node, graph, &drawn.after);
        if drawn.stays_on_executor {
            node.stays_on_executor();
        }
        if slot.role == Role::Singleton && slot.can_fail {
            node.shares_error::<String>();
        }
        endings::declare(node, drawn, number);
        body::declare(node, slot, place);
    });
}

/// Declares what a node starts after.
fn declare_after<C: Scenic>(node: &mut Declaration<'_, C>, graph: &Graph, after: &[usize]) {
    for &other in after {
        (C::names(graph.nodes[other].slot.entry()).after)(node);
    }
}

/// Declares what the node of that number, or the handler, requires and takes.
fn declare_needs<C: Scenic>(
    node: &mut Declaration<'_, C>,
    graph: &Graph,
    user: Option<usize>,
    requires: &[usize],
    parameters: &[Parameter],
) {
    for &required in requires {
        (C::names(graph.nodes[required].slot.entry()).requires)(node);
    }
    let consuming = graph.consuming_reader().filter(|_| user.is_none());
    for &parameter in parameters {
        match parameter {
            Parameter::Depends(other) => (C::names(graph.nodes[other].slot.entry()).depends)(node),
            Parameter::Reads(reader) => {
                numbers::count::<C>();
                C::reads(node, reader, consuming == Some(reader));
            }
        }
    }
}
