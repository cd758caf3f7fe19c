//! The plan of a handler: its graph of nodes, frozen into arrays.
//!
//! 1. A node is a dependency, an extractor or the handler, in one request's graph. Its index is its
//!    place in declaration order: a depth-first, left-to-right, guards-first walk.
//! 2. Values flow from lower to higher indices only. The one edge that runs the other way is no
//!    value: the handler's own extractors run before the dependencies that no guard needs, though
//!    their failures count after those.
//! 3. A plan is built once for each handler, context and [`App`](crate::App); a request only reads it.
//!
//! `declaration` is what generated code says, `builder` collects it, `order` decides the indices and
//! the edges and knows nothing of contexts or types, and [`Plan`] is the result.

mod builder;
mod declaration;
mod dependency;
mod draft;
mod error;
mod freeze;
mod inputs;
mod order;
mod pace;
mod solo;

use std::sync::Arc;

pub use self::declaration::{Declaration, Own};
pub use self::dependency::Dependency;
pub use self::error::PlanError;
pub use self::inputs::Inputs;
pub use self::solo::{SingletonError, Solo};

pub(crate) use self::builder::Builder;
pub(crate) use self::pace::{Pace, hops};

use crate::cancellation::Cancellation;
use crate::context::Context;
use crate::lifetime::Value;
use crate::meta::Colour;
use crate::singleton::SingletonCell;
use crate::unwind::{Contained, discard};

/// What a node makes, or the rejection it makes of its error.
pub(crate) type NodeResult<C> = Result<Value, <C as Context>::Rejection>;

/// An async node on its way.
pub(crate) type NodeFuture<C> = std::pin::Pin<Box<dyn Future<Output = NodeResult<C>> + Send>>;

/// Makes the future of an async node from its inputs.
type MakeFuture<C> = dyn Fn(&mut Inputs) -> NodeFuture<C> + Send + Sync;

/// Calls the function of a plain node with its inputs.
type CallFunction<C> = dyn Fn(&mut Inputs) -> NodeResult<C> + Send + Sync;

/// The context of a request, shared by its extractors, which run one at a time.
pub(crate) type SharedContext<C> = Arc<tokio::sync::Mutex<C>>;

/// What a node does when it starts.
pub(crate) enum Code<C: Context> {
    /// Awaits.
    Async(Box<MakeFuture<C>>),
    /// Calls a plain function; where, its colour says.
    Plain(Box<CallFunction<C>>),
    /// Reads from the context; is told how many reads are left after it.
    Extract(fn(SharedContext<C>, usize) -> NodeFuture<C>),
    /// Takes a singleton, or waits until it is made.
    Singleton(Arc<SingletonCode<C>>),
    /// Makes the token that tells its one reader to stop.
    Cancellation(fn(Cancellation) -> Value),
    /// Runs the handler's own code, which each request brings.
    Handler,
}

/// What a plan knows of a singleton.
pub(crate) struct SingletonCode<C: Context> {
    /// Where it is, or will be.
    pub(crate) cell: Arc<SingletonCell>,
    /// How it is declared in the run of its own.
    pub(crate) own: Own,
    /// What it, or a singleton it needs, can fail with.
    pub(crate) errors: Box<[SharedError<C>]>,
}

/// Turns an error that a singleton failed with into a rejection, if it is of the type it knows.
pub(crate) type SharedError<C> =
    fn(&(dyn std::any::Any + Send + Sync)) -> Option<<C as Context>::Rejection>;

/// A graph of nodes, frozen. Every array is indexed by node unless its comment says otherwise.
pub struct Plan<C: Context> {
    /// The function's name, or the type that an extractor reads.
    names: Box<[&'static str]>,
    code: Box<[Code<C>]>,
    colours: Box<[Colour]>,
    /// The nodes whose values it takes, in the order of its parameters.
    inputs: Box<[Box<[u32]>]>,
    /// The nodes that wait for it: for its value or only for its end.
    dependents: Box<[Box<[u32]>]>,
    /// How many nodes it waits for.
    waits: Box<[u32]>,
    /// Whether it can end in a rejection other than by a panic.
    can_fail: Box<[bool]>,
    /// Whether a lane thread on which it becomes ready polls it there.
    polled_on_lane: Box<[bool]>,
    /// How long it has taken lately.
    paces: Box<[Pace]>,
    /// The nodes in the order in which a sequential run starts them.
    schedule: Box<[u32]>,
    /// The nodes that wait for nothing, in declaration order.
    sources: Box<[u32]>,
    /// Whether a request resolves one node at a time.
    sequential: bool,
    /// For an extractor, how many run after it.
    reads_left: Box<[usize]>,
    /// Whether any node reads the context.
    reads_context: bool,
}

impl<C: Context> Plan<C> {
    /// The number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.code.len()
    }

    /// The node that everything is resolved for: the handler, or a singleton in a run of its own.
    pub(crate) fn root(&self) -> u32 {
        index(self.len() - 1)
    }

    pub(crate) fn name(&self, node: u32) -> &'static str {
        self.names[node as usize]
    }

    pub(crate) fn code(&self, node: u32) -> &Code<C> {
        &self.code[node as usize]
    }

    pub(crate) fn colour(&self, node: u32) -> Colour {
        self.colours[node as usize]
    }

    pub(crate) fn inputs(&self, node: u32) -> &[u32] {
        &self.inputs[node as usize]
    }

    pub(crate) fn dependents(&self, node: u32) -> &[u32] {
        &self.dependents[node as usize]
    }

    pub(crate) fn waits(&self) -> &[u32] {
        &self.waits
    }

    pub(crate) fn can_fail(&self, node: u32) -> bool {
        self.can_fail[node as usize]
    }

    pub(crate) fn polled_on_lane(&self, node: u32) -> bool {
        self.polled_on_lane[node as usize]
    }

    pub(crate) fn pace(&self, node: u32) -> &Pace {
        &self.paces[node as usize]
    }

    pub(crate) fn reads_left(&self, node: u32) -> usize {
        self.reads_left[node as usize]
    }

    pub(crate) fn schedule(&self) -> &[u32] {
        &self.schedule
    }

    /// The nodes that wait for nothing, in declaration order.
    pub(crate) fn sources(&self) -> &[u32] {
        &self.sources
    }

    pub(crate) fn is_sequential(&self) -> bool {
        self.sequential
    }

    /// The context as nodes read it; empty where none does.
    pub(crate) fn share(&self, context: C) -> Contained<SharedContext<C>> {
        if self.reads_context {
            Contained::new(Arc::new(tokio::sync::Mutex::new(context)))
        } else {
            discard(context);
            Contained::empty()
        }
    }
}

impl<C: Context> std::fmt::Debug for Plan<C> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Plan")
            .field("names", &self.names)
            .field("inputs", &self.inputs)
            .finish_non_exhaustive()
    }
}

/// A node's index.
fn index(position: usize) -> u32 {
    u32::try_from(position).expect("a plan has fewer than 2^32 nodes")
}
