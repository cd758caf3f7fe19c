//! What happened in one app, in the order in which it happened.

use std::fmt;
use std::thread::ThreadId;

use hueless::Outcome;

/// Whose event it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Whose {
    /// The request of that number.
    Request(usize),
    /// The app: singletons are made and torn down for all requests.
    App,
}

/// Something that is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Member {
    /// The handler, a dependency or one use of it, by the order in which they are declared.
    Declared(usize),
    /// So-many-th reading of one reader, from 0.
    Read(usize, usize),
    /// In the run of its own of the singleton with that number: itself as 0, or one use of what it is
    /// made from.
    Own(usize, usize),
    /// A piece of work that the handler leaves for after the response.
    Job(usize),
    /// What is left for later, and by what: a piece of work, or what ends a value.
    Left(Which, usize),
    /// The request as a whole, or the app.
    All,
}

impl fmt::Display for Member {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Declared(number) => write!(formatter, "#{number}"),
            Self::Read(reader, time) => write!(formatter, "r{reader} ({time})"),
            Self::Own(singleton, 0) => write!(formatter, "singleton n{singleton}"),
            Self::Own(singleton, number) => {
                write!(formatter, "#{number} of singleton n{singleton}")
            }
            Self::Job(number) => write!(formatter, "job {number}"),
            Self::Left(which, number) => {
                write!(formatter, "what the {which:?} of {number} left")
            }
            Self::All => formatter.write_str("all"),
        }
    }
}

/// What happened to a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// It runs.
    Started,
    /// It has made a value.
    Made,
    /// It has failed or panicked.
    Failed,
    /// Its future was dropped before it ended.
    Dropped,
    /// Its `Cancellation` tells it to stop, as it found when it ended.
    Told,
    /// The same, as was found when its value was ended.
    ToldLater,
    /// Its value was dropped.
    Gone,
    /// It was left for after the response, and is dropped without being run.
    Forgotten,
    Ending(Which, Step),
    /// It is done without the task-local of its request.
    Astray,
    /// Somebody polls the request no more, and drops it now.
    GivingUp,
    /// It was dropped.
    GivenUp,
    Answered,
    /// What was lent outside of the request is given back now.
    GivingBack,
    /// The response is sent or dropped now.
    Responding,
    ShuttingDown,
    ShutDown,
}

impl What {
    /// Whether a node or the end of a value begins or ends.
    pub(crate) fn is_work(self) -> bool {
        self.is_of_node() || matches!(self, Self::Ending(..))
    }

    /// Whether a node begins or ends.
    pub(crate) fn is_of_node(self) -> bool {
        matches!(
            self,
            Self::Started | Self::Made | Self::Failed | Self::Dropped
        )
    }
}

/// Which function ends a value, or what else is done when the handler has returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Which {
    Teardown,
    Background,
    AfterResponse,
}

/// How far a function that ends a value has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Begun(Outcome),
    Ended,
    /// Its future was dropped before it ended.
    Dropped,
}

/// Something that happened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Event {
    pub(crate) whose: Whose,
    pub(crate) what: What,
    pub(crate) member: Member,
    pub(crate) thread: ThreadId,
}

impl fmt::Display for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            whose,
            what,
            member,
            thread,
        } = self;
        match whose {
            Whose::Request(number) => write!(formatter, "request {number}: ")?,
            Whose::App => formatter.write_str("app: ")?,
        }
        match what {
            What::Ending(which, step) => write!(formatter, "{member} {which:?} {step:?}")?,
            what => write!(formatter, "{member} {what:?}")?,
        }
        write!(formatter, " on {thread:?}")
    }
}
