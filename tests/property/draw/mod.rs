//! Draws graphs. What is drawn shrinks: fewer nodes, fewer edges, and of each kind the simplest.

use hueless::{Colour, PollOnLane};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};

use crate::assemble::assemble;
use crate::graph::{Code, End, Graph, Role, Step};

/// The most dependencies that a graph has.
pub(crate) const MOST_NODES: usize = 40;

/// What a parameter is, before references are made to fit.
#[derive(Debug, Clone)]
pub(crate) enum RawParameter {
    /// A node, by how far before this one it stands.
    Depends(u8),
    Reads(RawCode, bool),
}

/// What a node does, before it is decided whether it may fail.
#[derive(Debug, Clone)]
pub(crate) struct RawCode {
    pub(crate) steps: Vec<Step>,
    /// It goes wrong if this is below the graph's `mishaps`.
    pub(crate) luck: u8,
    pub(crate) mishap: End,
}

/// A node, before references are made to fit.
#[derive(Debug, Clone)]
pub(crate) struct RawNode {
    pub(crate) colour: Colour,
    pub(crate) role: Role,
    pub(crate) can_fail: bool,
    pub(crate) stays_on_executor: bool,
    pub(crate) requires: Vec<u8>,
    pub(crate) parameters: Vec<RawParameter>,
    pub(crate) after: Vec<u8>,
    pub(crate) code: RawCode,
    /// Where the handler takes it if nobody else does; `None` leaves it out of the plan.
    pub(crate) place: Option<u8>,
}

/// A graph, before references are made to fit.
#[derive(Debug, Clone)]
pub(crate) struct RawGraph {
    pub(crate) nodes: Vec<RawNode>,
    pub(crate) colour: Colour,
    pub(crate) requires: Vec<u8>,
    /// The handler's parameters, and where they stand among the others.
    pub(crate) parameters: Vec<(RawParameter, u8)>,
    pub(crate) consumes: bool,
    pub(crate) code: RawCode,
    /// How many nodes of 256 go wrong.
    pub(crate) mishaps: u8,
    /// Whether every function says that it can fail.
    pub(crate) all_can_fail: bool,
    /// Whether a function that says it cannot fail may panic.
    pub(crate) careless: bool,
    pub(crate) poll_on_lane: PollOnLane,
}

/// Any graph.
pub(crate) fn graphs() -> impl Strategy<Value = Graph> {
    let wiring = (
        vec(raw_node(), 0..=MOST_NODES),
        few(),
        vec((raw_parameter(), any::<u8>()), 0..=4),
        any::<bool>(),
    );
    let conduct = (
        handler_colour(),
        raw_code(),
        prop_oneof![3 => Just(0), 3 => Just(10), 1 => Just(40)],
        any::<bool>(),
        prop_oneof![3 => Just(false), 1 => Just(true)],
        poll_on_lane(),
    );
    (wiring, conduct).prop_map(|(wiring, conduct)| {
        let (nodes, requires, parameters, consumes) = wiring;
        let (colour, code, mishaps, all_can_fail, careless, poll_on_lane) = conduct;
        assemble(&RawGraph {
            nodes,
            colour,
            requires,
            parameters,
            consumes,
            code,
            mishaps,
            all_can_fail,
            careless,
            poll_on_lane,
        })
    })
}

fn raw_node() -> impl Strategy<Value = RawNode> {
    let kind = (colour(), role(), any::<bool>(), sometimes());
    let edges = (
        few(),
        vec(raw_parameter(), 0..=3),
        few(),
        prop_oneof![9 => any::<u8>().prop_map(Some), 1 => Just(None)],
    );
    (kind, edges, raw_code()).prop_map(|(kind, edges, code)| {
        let (colour, role, can_fail, stays_on_executor) = kind;
        let (requires, parameters, after, place) = edges;
        RawNode {
            colour,
            role,
            can_fail,
            stays_on_executor,
            requires,
            parameters,
            after,
            code,
            place,
        }
    })
}

/// Mostly none.
fn few() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![3 => Just(Vec::new()), 1 => vec(distance(), 1..=3)]
}

fn sometimes() -> impl Strategy<Value = bool> {
    prop_oneof![5 => Just(false), 1 => Just(true)]
}

fn distance() -> impl Strategy<Value = u8> {
    prop_oneof![2 => 0..6_u8, 1 => any::<u8>()]
}

fn raw_parameter() -> impl Strategy<Value = RawParameter> {
    prop_oneof![
        5 => distance().prop_map(RawParameter::Depends),
        1 => (raw_code(), any::<bool>()).prop_map(|(code, can_fail)| RawParameter::Reads(code, can_fail)),
    ]
}

fn raw_code() -> impl Strategy<Value = RawCode> {
    let step = prop_oneof![6 => Just(Step::Yield), 3 => Just(Step::Task), 1 => Just(Step::Sleep)];
    let steps = prop_oneof![3 => Just(Vec::new()), 1 => vec(step, 1..=2)];
    let mishap = prop_oneof![3 => Just(End::Error), 1 => Just(End::Panic)];
    (steps, any::<u8>(), mishap).prop_map(|(steps, luck, mishap)| RawCode {
        steps,
        luck,
        mishap,
    })
}

fn colour() -> impl Strategy<Value = Colour> {
    prop_oneof![
        2 => Just(Colour::Inline),
        4 => Just(Colour::Async),
        4 => Just(Colour::Plain),
        1 => Just(Colour::Cpu),
        1 => Just(Colour::Struct),
    ]
}

fn handler_colour() -> impl Strategy<Value = Colour> {
    prop_oneof![
        1 => Just(Colour::Inline),
        3 => Just(Colour::Async),
        3 => Just(Colour::Plain),
        1 => Just(Colour::Cpu),
    ]
}

fn role() -> impl Strategy<Value = Role> {
    prop_oneof![
        16 => Just(Role::Shared),
        1 => Just(Role::Guard),
        3 => Just(Role::Transient),
    ]
}

fn poll_on_lane() -> impl Strategy<Value = PollOnLane> {
    prop_oneof![
        2 => Just(PollOnLane::WhereItSavesAHop),
        1 => Just(PollOnLane::Always),
        1 => Just(PollOnLane::Never),
    ]
}

impl RawCode {
    /// The code of a node that may or may not say that it can fail.
    pub(crate) fn code(&self, mishaps: u8, can_fail: bool, careless: bool) -> Code {
        let end = match self.mishap {
            _ if self.luck >= mishaps => End::Value,
            End::Panic if can_fail || careless => End::Panic,
            End::Error if can_fail => End::Error,
            _ if careless => End::Panic,
            _ => End::Value,
        };
        Code {
            steps: self.steps.clone(),
            end,
        }
    }
}
