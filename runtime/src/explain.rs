//! [`Explanation`]: what one request did, node by node, and when.
//!
//! 1. It is a value, made when the last thing of a request is over. The app keeps nothing of it, but
//!    for what an inspector shows.
//! 2. Times count from the moment when the run began; what never happened has none.
//! 3. Whether a request is recorded is asked once, before its first node. One that is not goes the way
//!    that it goes where nobody asks.

mod chrome;
mod critical;
mod recording;
mod sampler;
mod text;
mod waterfall;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

pub(crate) use self::recording::{Phase, Recording, Sketch};
pub use self::sampler::{Explanations, Sampler};

use crate::meta::{Colour, Place};
use crate::outcome::Outcome;

/// What one request did, node by node, and when.
///
/// Its [`Display`](fmt::Display) is a table; [`to_svg`](Self::to_svg) draws it, and
/// [`to_chrome_trace`](Self::to_chrome_trace) is for the viewers of such traces.
///
/// ```
/// use hueless::{App, Call, Depends, dependency, handler};
/// use hueless::explain::Explanations;
///
/// #[dependency]
/// fn session() -> u64 {
///     7
/// }
///
/// #[dependency]
/// async fn user(session: Depends<session>) -> u64 {
///     *session + 1
/// }
///
/// #[handler]
/// async fn show(user: Depends<user>) -> u64 {
///     *user
/// }
///
/// # tokio::runtime::Builder::new_multi_thread().build().unwrap().block_on(async {
/// let explanations = Explanations::of_every(1);
/// let app = App::builder().explain(explanations.clone()).build().unwrap();
/// app.run(show::handler, Call::new()).await.unwrap();
///
/// let explanation = explanations.wait_for_next().await;
/// assert_eq!(explanation.handler(), "show");
/// let path: Vec<&str> = explanation.critical_path().map(|node| node.name).collect();
/// assert_eq!(path, ["session", "user", "show"]);
/// # });
/// ```
#[derive(Debug, Clone)]
pub struct Explanation {
    handler: &'static str,
    began: SystemTime,
    /// When it had the seat that it has waited for.
    seated: Option<Duration>,
    /// When it was decided what the answer is: before the teardowns.
    settled: Option<Duration>,
    answered: Option<Duration>,
    over: Duration,
    outcome: Outcome,
    is_refused: bool,
    nodes: Arc<[ExplainedNode]>,
}

/// What one node did. Times count from the beginning of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExplainedNode {
    /// The function's name, or the type that an extractor reads.
    pub name: &'static str,
    /// The same, told apart from others of that name: with its generic arguments, with what replaces
    /// it in this app, and as `slot of …` where it only takes the slot of a limited dependency.
    pub label: Arc<str>,
    /// Where it is written.
    pub place: Place,
    /// How it runs.
    pub colour: Colour,
    /// What became of it.
    pub fate: Fate,
    /// When the last of what it waits for was there, the seat of the request too: from then on it is
    /// queued.
    pub ready: Option<Duration>,
    /// When it began.
    pub began: Option<Duration>,
    /// When it ended, or was dropped on the way.
    pub ended: Option<Duration>,
    /// For how long it held a thread.
    pub busy: Duration,
    /// The thread that it began on: its name, with a number from the second of that name on.
    pub thread: Option<Arc<str>>,
    /// The crossing to a thread that it was part of, counted from 1 in the request.
    pub hop: Option<u32>,
    /// The nodes that it waits for, as positions in [`Explanation::nodes`]: what it takes, what has to
    /// have passed before, and in a sequential run the node before it.
    pub inputs: Arc<[usize]>,
    /// The one of those that was there last.
    pub waited_for: Option<usize>,
    /// Its `teardown`.
    pub teardown: Option<ExplainedEnding>,
    /// Its `after_response`.
    pub after_response: Option<ExplainedEnding>,
}

/// When something ended a value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExplainedEnding {
    /// When it began.
    pub began: Duration,
    /// When it ended.
    pub ended: Duration,
    /// The thread that it ended on.
    pub thread: Arc<str>,
    /// Whether it held that thread all the while, because it is a plain function.
    pub is_plain: bool,
}

/// What became of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Fate {
    /// It has not run: what it needs failed, or nobody waited any more.
    #[default]
    Skipped,
    /// It has made its value.
    Made,
    /// It has failed or panicked.
    Failed,
    /// It was dropped on the way.
    Dropped,
}

impl Explanation {
    /// The name of the handler.
    #[must_use]
    pub fn handler(&self) -> &'static str {
        self.handler
    }

    /// When the run began.
    #[must_use]
    pub fn began(&self) -> SystemTime {
        self.began
    }

    /// When it had a seat, if it had to wait for one. What a request waits that takes its seat when its
    /// body is read is a part of reading the body.
    #[must_use]
    pub fn seated(&self) -> Option<Duration> {
        self.seated
    }

    /// How long it took until there was an answer; `None` if nobody waited for one.
    #[must_use]
    pub fn answered(&self) -> Option<Duration> {
        self.answered
    }

    /// How long it took until everything was over, with what comes after the response.
    #[must_use]
    pub fn over(&self) -> Duration {
        self.over
    }

    /// How the request ended.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// Whether it was turned away before anything of it ran: overloaded, or shutting down.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.is_refused
    }

    /// How the request ended, in a word: `refused`, or what its [`outcome`](Self::outcome) is called.
    pub(crate) fn end(&self) -> String {
        match self.is_refused {
            true => "refused".to_owned(),
            false => self.outcome.to_string(),
        }
    }

    /// The nodes in declaration order. The handler is the last one.
    #[must_use]
    pub fn nodes(&self) -> &[ExplainedNode] {
        &self.nodes
    }

    /// The nodes that the answer had to wait for, the first one first: each was the last to be there of
    /// what the next one needs. The last of them is the handler, or the node that was the last to be
    /// waited for when the rejection was decided. To make a request faster, make one of these faster,
    /// or one of its teardowns: the answer waits for each of those.
    pub fn critical_path(&self) -> impl Iterator<Item = &ExplainedNode> {
        critical::path(self).map(|node| &self.nodes[node])
    }

    /// A picture that shows when what ran: a self-contained SVG, one row a node.
    #[must_use]
    pub fn to_svg(&self) -> String {
        waterfall::draw(self)
    }

    /// JSON for the viewers of Chrome traces, such as Perfetto. What holds its thread from its beginning
    /// to its end is a slice of that thread; what is async has a row of its own, with its teardown.
    /// Times are in microseconds since the run began.
    #[must_use]
    pub fn to_chrome_trace(&self) -> String {
        chrome::trace(self)
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::write(self, formatter)
    }
}

impl ExplainedNode {
    /// How long it was ready and did not run yet, because nothing had come to it: no thread, or not the
    /// executor.
    #[must_use]
    pub fn queued(&self) -> Option<Duration> {
        Some(self.began?.saturating_sub(self.ready?))
    }

    /// How long it took from its beginning to its end.
    #[must_use]
    pub fn took(&self) -> Option<Duration> {
        Some(self.ended?.saturating_sub(self.began?))
    }
}

impl ExplainedEnding {
    /// How long it took from its beginning to its end.
    #[must_use]
    pub fn took(&self) -> Duration {
        self.ended.saturating_sub(self.began)
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Skipped => "skipped",
            Self::Made => "made",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        })
    }
}

#[cfg(test)]
mod tests;
