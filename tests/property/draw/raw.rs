//! What is drawn, before references are made to fit and types are given out.

use hueless::{Colour, PollOnLane};

use crate::graph::{Code, Conduct, End, Limit, Role, Step};

/// What a parameter is.
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
    /// Whether it waits for what does not come while the node is wanted.
    pub(crate) held: Option<Hold>,
}

/// How a node waits for what does not come while it is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hold {
    /// Whether the node may take no longer than a moment.
    pub(crate) is_late: bool,
    /// Whether it asks a `Cancellation`.
    pub(crate) is_told: bool,
}

/// What a node needs.
#[derive(Debug, Clone)]
pub(crate) struct RawNeeds {
    pub(crate) requires: Vec<u8>,
    pub(crate) parameters: Vec<RawParameter>,
    pub(crate) after: Vec<u8>,
    pub(crate) takes_token: bool,
    pub(crate) lends: bool,
}

/// A function that ends a value.
#[derive(Debug, Clone)]
pub(crate) struct RawEnding {
    pub(crate) is_plain: bool,
    /// Whether it leaves a piece of work for later.
    pub(crate) leaves: bool,
    pub(crate) code: RawCode,
}

/// What a node is made by, and how its value is ended.
#[derive(Debug, Clone)]
pub(crate) struct RawFunction {
    pub(crate) stays_on_executor: bool,
    pub(crate) needs: RawNeeds,
    pub(crate) code: RawCode,
    pub(crate) teardown: Option<RawEnding>,
    pub(crate) after_response: Option<RawEnding>,
}

/// What stands for a node where others name it.
#[derive(Debug, Clone)]
pub(crate) struct RawReplacement {
    pub(crate) function: RawFunction,
    /// Whether it takes the node that it stands for.
    pub(crate) wraps: bool,
}

/// A node.
#[derive(Debug, Clone)]
pub(crate) struct RawNode {
    pub(crate) colour: Colour,
    pub(crate) role: Role,
    pub(crate) can_fail: bool,
    /// Whether it has a limit that it keeps.
    pub(crate) has_time: bool,
    pub(crate) function: RawFunction,
    pub(crate) replacement: Option<RawReplacement>,
    /// Where the handler takes it if nobody else does; `None` leaves it out of the plan.
    pub(crate) place: Option<u8>,
}

/// The handler.
#[derive(Debug, Clone)]
pub(crate) struct RawHandler {
    pub(crate) colour: Colour,
    pub(crate) limit: Limit,
    pub(crate) requires: Vec<u8>,
    /// Its parameters, and where they stand among the others.
    pub(crate) parameters: Vec<(RawParameter, u8)>,
    pub(crate) after: Vec<u8>,
    pub(crate) consumes: bool,
    pub(crate) takes_token: bool,
    pub(crate) lends: bool,
    pub(crate) says_result: bool,
    pub(crate) jobs: Vec<RawEnding>,
    pub(crate) code: RawCode,
}

/// What goes wrong in a graph.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fortune {
    /// How many nodes of 256 go wrong.
    pub(crate) mishaps: u8,
    /// How many functions of 256 that end a value do.
    pub(crate) ending_mishaps: u8,
    /// Whether every function says that it can fail.
    pub(crate) all_can_fail: bool,
    /// Whether a function that says it cannot fail may panic.
    pub(crate) careless: bool,
    /// Whether nodes wait for what does not come.
    pub(crate) holds: bool,
}

/// A graph.
#[derive(Debug, Clone)]
pub(crate) struct RawGraph {
    pub(crate) nodes: Vec<RawNode>,
    pub(crate) handler: RawHandler,
    pub(crate) fortune: Fortune,
    pub(crate) poll_on_lane: PollOnLane,
    pub(crate) requests: Vec<Conduct>,
    pub(crate) shut_down_early: Option<u8>,
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

    /// The same, first waiting for what does not come.
    pub(crate) fn held_code(&self, hold: Hold, code: Code) -> Code {
        let step = if hold.is_told { Step::Told } else { Step::Gate };
        Code {
            steps: [step].into_iter().chain(code.steps).collect(),
            ..code
        }
    }
}
