//! The plan of a handler: its graph of nodes, frozen into arrays.
//!
//! 1. A node is a dependency, an extractor or the handler, in one request's graph. Its index is its
//!    place in declaration order: a depth-first, left-to-right, guards-first walk.
//! 2. Values flow from lower to higher indices only. Edges that run the other way are no values: the
//!    handler's own extractors run before the dependencies that no guard needs, though their failures
//!    count after those, and slots are taken in an order of the app.
//! 3. What takes the slot of a limited dependency is a node as well. It stands before the first node
//!    that has one, but may start before what stands earlier.
//! 4. A plan is built once for each handler, context and [`App`](crate::App); a request only reads it.
//!
//! `declaration` is what generated code says, `replacement` decides what a name in it stands for,
//! `builder` collects it, `order` decides the indices and the edges and knows nothing of contexts or
//! types, and [`Plan`] is the result. `check` looks at graphs of which no plan is needed yet.

mod ahead;
mod behind;
mod builder;
mod check;
mod declaration;
mod dependency;
mod draft;
mod error;
mod extractor;
mod freeze;
mod given;
mod inputs;
mod label;
mod limits;
mod order;
mod outline;
mod pace;
mod path;
mod replaced;
mod replacement;
mod runs_on;
mod slow_poll;
mod solo;
mod sources;
mod teardown;
mod used;

use std::any::TypeId;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::task::Context as TaskContext;
use std::time::Duration;

pub use self::declaration::{Declaration, Own};
pub use self::dependency::Dependency;
pub use self::error::PlanError;
pub use self::inputs::Inputs;
pub use self::solo::{SingletonError, Solo};
pub use self::sources::{Read, Resolved, Source, Sources};

pub(crate) use self::ahead::{FirstHop, Step};
pub(crate) use self::builder::Builder;
pub(crate) use self::check::Check;
pub(crate) use self::limits::TakeSlots;
pub(crate) use self::outline::{Hop, Outline, Part, Runs};
pub(crate) use self::pace::{Pace, Stopwatch, Timing, hops, share_one_hop};
pub(crate) use self::replacement::Replacements;
pub(crate) use self::runs_on::Where;
pub(crate) use self::slow_poll::{SlowJobs, SlowPolls, Watch, WatchJob};
pub(crate) use self::teardown::{Teardown, TeardownError};

use crate::app::Activity;
use crate::background::Background;
use crate::block::{self, Floor, Room};
use crate::cancellation::Cancellation;
use crate::context::Context;
use crate::failure::Timed;
use crate::meta::{Colour, Place};
use crate::singleton::SingletonCell;
use crate::unwind::{Contained, discard};
use crate::value::Value;

/// What a node makes, or the rejection it makes of its error.
pub(crate) type NodeResult<C> = Result<Value, <C as Context>::Rejection>;

/// What becomes of a node that leaves what it has made where it is told to: less is moved then.
pub(crate) type NodeDone<C> = Result<(), <C as Context>::Rejection>;

/// An async node on its way.
pub(crate) type NodeFuture<C> = block::NodeFuture<Value, <C as Context>::Rejection>;

/// A node that has begun.
pub(crate) type NodeBegun<C> = block::Begun<Value, <C as Context>::Rejection>;

/// Makes the future of an async node from its inputs, in its room, and polls it once.
type MakeFuture<C> = dyn Fn(&mut Inputs<'_>, Room, &mut TaskContext<'_>, &mut Option<Value>) -> NodeBegun<C>
    + Send
    + Sync;

/// Calls the function of a plain node with its inputs, and puts what it returns into its room.
type CallFunction<C> =
    dyn Fn(&mut Inputs<'_>, Room, &mut Option<Value>) -> NodeDone<C> + Send + Sync;

/// Begins to read from the context.
type ReadContext<C> = dyn Fn(SharedContext<C>, usize, Room, &mut TaskContext<'_>, &mut Option<Value>) -> NodeBegun<C>
    + Send
    + Sync;

/// The context of a request, shared by its extractors, which run one at a time.
pub(crate) type SharedContext<C> = Arc<tokio::sync::Mutex<C>>;

/// What a node does when it starts.
pub(crate) enum Code<C: Context> {
    /// Awaits.
    Async(Box<MakeFuture<C>>),
    /// Calls a plain function; where, its colour says.
    Plain(Box<CallFunction<C>>),
    /// Reads from the context; is told how many reads are left after it.
    Extract(Box<ReadContext<C>>),
    /// Takes a singleton, or waits until it is made.
    Singleton(Arc<SingletonCode<C>>),
    /// Makes the token that tells its one reader to stop.
    Cancellation(fn(Cancellation, Room) -> Value),
    /// Makes what takes work for after the response.
    Background(fn(Background, Room) -> Value),
    /// Takes slots for the nodes of a dependency that is limited. A node of which nobody is told.
    Slots(Arc<TakeSlots>),
    /// Runs the handler's own code, which each request brings.
    Handler,
}

/// What a plan knows of a singleton.
pub(crate) struct SingletonCode<C: Context> {
    /// Where it is, or will be.
    pub(crate) cell: Arc<SingletonCell>,
    /// What it, or a singleton it needs, can fail with.
    pub(crate) errors: Box<[SharedError<C>]>,
}

/// Turns an error that a singleton failed with into a rejection, if it is of the type it knows.
pub(crate) type SharedError<C> =
    fn(&(dyn std::any::Any + Send + Sync)) -> Option<<C as Context>::Rejection>;

/// How long something may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeLimit {
    pub(crate) what: Timed,
    pub(crate) timeout: Duration,
}

/// How the value of a node is ended.
pub(crate) struct Endings<C: Context> {
    /// Before the response leaves.
    pub(crate) teardown: Option<Teardown<C::Rejection>>,
    /// After it.
    pub(crate) after_response: Option<Teardown<()>>,
    /// Whether it was said that a teardown did not wait for all who use the value.
    pub(crate) outlived: AtomicBool,
}

/// A graph of nodes, frozen. Every array is indexed by node unless its comment says otherwise.
pub struct Plan<C: Context> {
    /// The function's name, or the type that an extractor reads.
    names: Box<[&'static str]>,
    /// What else tells it from others of that name: generic arguments, and what replaces it.
    labels: Box<[Arc<str>]>,
    /// The request-scoped dependencies that it stands for: what it replaces comes first.
    ids: Box<[Box<[TypeId]>]>,
    /// Where it is written; for an extractor, where the function is that it is a parameter of.
    places: Box<[Place]>,
    /// Counted from when it starts to run.
    time_limits: Box<[Option<TimeLimit>]>,
    /// `None` for a value that is only dropped.
    endings: Box<[Option<Endings<C>>]>,
    /// Whether there is anything to be ended when a run of this plan is over, but for values that are
    /// only dropped.
    has_endings: bool,
    /// Whether its value is dropped on a thread of the lane.
    drops_on_lane: Box<[bool]>,
    /// Whether a run may send something to a thread, or leave something to be ended behind it.
    goes_elsewhere: bool,
    /// The rooms of the nodes in a run.
    floor: Floor,
    /// Whether it starts with its inputs alone, or with the context.
    starts_simply: Box<[bool]>,
    /// Whether a run keeps its values, to lend them.
    keeps_values: bool,
    /// Whether something of a run may block, so that it needs a seat.
    needs_seat: bool,
    /// The node that takes it when it is done: the one that reads the body, if whatever may hold anything
    /// waits for that. A slow client then holds no seat.
    seat_after: Option<u32>,
    /// How long a run may take from its first node on.
    timeout: Option<Duration>,
    slow_polls: SlowPolls,
    /// What runs of this plan are to the app.
    activity: Arc<Activity>,
    code: Box<[Code<C>]>,
    colours: Box<[Colour]>,
    /// The nodes whose values it takes, in the order of its parameters.
    inputs: Box<[Box<[u32]>]>,
    /// How many parameters its value is taken for.
    readers: Box<[u32]>,
    /// The nodes that have to succeed before its other inputs start.
    requires: Box<[Box<[u32]>]>,
    /// The node that takes the slot for it.
    slots: Box<[Option<u32>]>,
    /// The nodes that take slots.
    slot_takers: Box<[u32]>,
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
    /// Which of all hops measure that.
    timing: Timing,
    /// The nodes in the order in which a sequential run starts them.
    schedule: Box<[u32]>,
    /// The nodes in the order in which they begin if each is done at once, where all of them are done in place
    /// and there is nothing else to be seen to.
    ahead: Option<Box<[Step]>>,
    /// What begins on the thread of the first hop, where that is certain.
    first_hop: Option<FirstHop>,
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

    /// The rooms of the nodes in a run.
    pub(crate) fn floor(&self) -> &Floor {
        &self.floor
    }

    pub(crate) fn name(&self, node: u32) -> &'static str {
        self.names[node as usize]
    }

    pub(crate) fn label(&self, node: u32) -> &Arc<str> {
        &self.labels[node as usize]
    }

    pub(crate) fn place(&self, node: u32) -> Place {
        self.places[node as usize]
    }

    /// Which request-scoped dependency a node is to others, if it is one.
    pub(crate) fn id(&self, node: u32) -> Option<TypeId> {
        self.ids[node as usize].first().copied()
    }

    /// Keeps what runs of this plan make, to be lent to others. Those may need a seat, and what has to
    /// be ended may be something that others wait for.
    #[cfg_attr(
        not(feature = "axum"),
        expect(dead_code, reason = "only a layer lends")
    )]
    pub(crate) fn keep_values(&mut self) {
        self.needs_seat |= self.has_endings;
        self.has_endings = true;
        self.goes_elsewhere = true;
        self.ahead = None;
        self.keeps_values = true;
    }

    pub(crate) fn keeps_values(&self) -> bool {
        self.keeps_values
    }

    /// The node that stands for a request-scoped dependency.
    pub(crate) fn node_of(&self, id: TypeId) -> Option<u32> {
        self.ids
            .iter()
            .position(|known| known.contains(&id))
            .map(index)
    }

    pub(crate) fn time_limit(&self, node: u32) -> Option<TimeLimit> {
        self.time_limits[node as usize]
    }

    pub(crate) fn endings(&self, node: u32) -> Option<&Endings<C>> {
        self.endings[node as usize].as_ref()
    }

    pub(crate) fn has_endings(&self) -> bool {
        self.has_endings
    }

    /// Whether there is something to do with a value after the response, so that it is not dropped
    /// before.
    pub(crate) fn ends_after_response(&self, node: u32) -> bool {
        let endings = self.endings(node);
        endings.is_some_and(|endings| endings.after_response.is_some())
            || matches!(self.code(node), Code::Background(_))
    }

    /// Whether a value is dropped where a destructor may block: a plain function has made it.
    pub(crate) fn drops_on_lane(&self, node: u32) -> bool {
        self.drops_on_lane[node as usize]
    }

    /// Whether that is so for any.
    pub(crate) fn drops_any_on_lane(&self) -> bool {
        self.drops_on_lane.contains(&true)
    }

    /// Whether a run takes a seat.
    pub(crate) fn needs_seat(&self) -> bool {
        self.needs_seat
    }

    /// The node that takes the seat when it is done. `None` if it is taken before the first one.
    pub(crate) fn seat_after(&self) -> Option<u32> {
        self.seat_after
    }

    /// Whether there is more to do at the end of the root's value than to drop it. That of a singleton
    /// is ended with the app; with the run that made it only if it came too late for that.
    pub(crate) fn ends_root(&self) -> bool {
        self.endings(self.root()).is_some()
    }

    /// Whether a run may send something to a thread, or leave something to be ended behind it.
    pub(crate) fn goes_elsewhere(&self) -> bool {
        self.goes_elsewhere
    }

    /// Whether a node starts with its inputs alone, or with the context.
    pub(crate) fn starts_simply(&self, node: u32) -> bool {
        self.starts_simply[node as usize]
    }

    /// How long a run may take from its first node on.
    pub(crate) fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    pub(crate) fn activity(&self) -> &Arc<Activity> {
        &self.activity
    }

    pub(crate) fn slow_polls(&self) -> &SlowPolls {
        &self.slow_polls
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

    /// How many parameters its value is taken for.
    pub(crate) fn readers(&self, node: u32) -> u32 {
        self.readers[node as usize]
    }

    pub(crate) fn requires(&self, node: u32) -> &[u32] {
        &self.requires[node as usize]
    }

    /// The node that takes the slot for a node, if that is one of a dependency that is limited.
    pub(crate) fn slots(&self, node: u32) -> Option<u32> {
        self.slots[node as usize]
    }

    /// The nodes that take slots.
    pub(crate) fn slot_takers(&self) -> &[u32] {
        &self.slot_takers
    }

    /// The nodes for which a node takes slots.
    pub(crate) fn limited_by(&self, slots: u32) -> impl Iterator<Item = u32> + '_ {
        let dependents = self.dependents(slots).iter().copied();
        dependents.filter(move |&node| self.slots(node) == Some(slots))
    }

    pub(crate) fn dependents(&self, node: u32) -> &[u32] {
        &self.dependents[node as usize]
    }

    /// The nodes that it waits for, as positions.
    pub(crate) fn waits_for(&self, node: u32) -> impl Iterator<Item = usize> + '_ {
        let waits = move |earlier: &usize| self.dependents[*earlier].contains(&node);
        (0..self.len()).filter(waits)
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

    pub(crate) fn timing(&self) -> &Timing {
        &self.timing
    }

    pub(crate) fn reads_left(&self, node: u32) -> usize {
        self.reads_left[node as usize]
    }

    pub(crate) fn schedule(&self) -> &[u32] {
        &self.schedule
    }

    /// The nodes in the order in which they begin if each is done at once, where all of them are done in
    /// place and there is nothing else to be seen to.
    pub(crate) fn ahead(&self) -> Option<&[Step]> {
        self.ahead.as_deref()
    }

    /// What begins on the thread of the first hop, if whatever needs no thread was done before; `None`
    /// where that is not certain.
    #[inline]
    pub(crate) fn first_hop(&self) -> Option<&FirstHop> {
        self.first_hop.as_ref()
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
#[inline]
fn index(position: usize) -> u32 {
    u32::try_from(position).expect("a plan has fewer than 2^32 nodes")
}
