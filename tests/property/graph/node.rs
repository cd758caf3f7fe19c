//! What a node is, needs and does.

use hueless::Colour;

use crate::catalogue::Slot;
use crate::log::Which;

/// What a node is for, and how many there are of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Request-scoped: once, however many need it.
    Shared,
    /// Request-scoped, and nothing later starts before it has passed.
    Guard,
    /// Once for each use.
    Transient,
    /// Once for each app.
    Singleton,
}

/// How long it may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    None,
    /// Longer than any test: it always ends in time.
    Generous,
    /// So short that what waits for a gate never ends in time.
    Tight,
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
    /// Waits for what comes only when the request is answered or given up.
    Gate,
    /// Waits until its `Cancellation` tells it to stop.
    Told,
}

impl Step {
    /// Whether it does not end while the node is wanted.
    pub(crate) fn is_held(self) -> bool {
        matches!(self, Self::Gate | Self::Told)
    }
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

impl Code {
    /// Whether it does not end while the node is wanted.
    pub(crate) fn is_held(&self) -> bool {
        self.steps.iter().any(|step| step.is_held())
    }

    /// Whether it asks a `Cancellation`.
    pub(crate) fn is_told(&self) -> bool {
        self.steps.contains(&Step::Told)
    }
}

/// A function that ends a value.
#[derive(Debug, Clone)]
pub(crate) struct Ending {
    pub(crate) is_plain: bool,
    /// Whether it leaves a piece of work for later.
    pub(crate) leaves: bool,
    pub(crate) code: Code,
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
    /// The node that it stands for wherever others name that.
    pub(crate) replaces: Option<usize>,
    pub(crate) stays_on_executor: bool,
    pub(crate) requires: Vec<usize>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) after: Vec<usize>,
    /// Whether it takes a `Cancellation`.
    pub(crate) takes_token: bool,
    /// Whether it leaves clones of what it takes with somebody outside of the request.
    pub(crate) lends: bool,
    pub(crate) code: Code,
    pub(crate) teardown: Option<Ending>,
    pub(crate) after_response: Option<Ending>,
}

impl Node {
    /// Whether it says that it can fail, or can take too long.
    pub(crate) fn can_fail(&self) -> bool {
        self.slot.can_fail || self.slot.limit() != Limit::None
    }

    /// What ends its value.
    pub(crate) fn ending(&self, which: Which) -> Option<&Ending> {
        match which {
            Which::Teardown => self.teardown.as_ref(),
            Which::AfterResponse => self.after_response.as_ref(),
            Which::Background => None,
        }
    }

    /// Whether what ends its value leaves work for later, so that it takes a `Background`.
    pub(crate) fn leaves(&self) -> bool {
        let mut endings = self.teardown.iter().chain(&self.after_response);
        endings.any(|ending| ending.leaves)
    }

    /// Whether it takes longer than it may.
    pub(crate) fn is_late(&self) -> bool {
        self.slot.limit() == Limit::Tight && self.code.is_held()
    }

    pub(crate) fn is_singleton(&self) -> bool {
        self.slot.role == Role::Singleton
    }
}

/// The handler.
#[derive(Debug, Clone)]
pub(crate) struct Handler {
    pub(crate) colour: Colour,
    pub(crate) limit: Limit,
    pub(crate) requires: Vec<usize>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) after: Vec<usize>,
    /// Whether its last parameter, if that is read from the context, is read as one that may
    /// consume it.
    pub(crate) consumes: bool,
    pub(crate) takes_token: bool,
    pub(crate) lends: bool,
    /// What it leaves for after the response, if it takes a `Background`.
    pub(crate) jobs: Vec<Ending>,
    /// Whether its return type is written `Result`, so that an `Err` is a failure.
    pub(crate) says_result: bool,
    pub(crate) code: Code,
}
