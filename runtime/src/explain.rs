//! What one request did, node by node, and when.
//!
//! [`AppBuilder::explain`](crate::AppBuilder::explain) is given a [`Sampler`], which says which requests
//! are written down. When all of such a request is over it gets an [`Explanation`] of it.
//! [`Explanations`] is a sampler that keeps the last ones.
//!
//! ```
//! use hueless::explain::Explanations;
//! use hueless::{App, Call, handler};
//!
//! #[handler]
//! fn report() -> usize {
//!     (1..1_000).filter(|number| number % 7 == 0).count()
//! }
//!
//! # tokio::runtime::Builder::new_multi_thread().build().unwrap().block_on(async {
//! let explanations = Explanations::of_every(1);
//! let app = App::builder().explain(explanations.clone()).build().unwrap();
//! app.run(report::handler, Call::new()).await.unwrap();
//!
//! // A table: how long each node was ready, waited for a thread and ran, and where.
//! let table = explanations.wait_for_next().await.to_string();
//! assert!(table.starts_with("report: completed, answered after "));
//! # });
//! ```
//!
//! Times are [`Duration`]s since the run began; what never happened has none.

// 1. An explanation is a value, made when the last thing of a request is over. The app keeps nothing
//    of it, but for what an inspector shows.
// 2. Times count from the moment when the run began; what never happened has none.
// 3. Whether a request is recorded is asked once, before its first node. One that is not goes the
//    way that it goes where nobody asks.

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
/// use std::time::UNIX_EPOCH;
/// use hueless::explain::Explanations;
/// use hueless::{App, Call, Depends, Outcome, dependency, handler};
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
///
/// assert_eq!(explanation.outcome(), Outcome::Completed);
/// assert_eq!(explanation.nodes().len(), 3);
/// assert!(explanation.began() > UNIX_EPOCH);
/// assert!(explanation.answered().unwrap() <= explanation.over());
/// assert!(explanation.to_svg().starts_with("<svg xmlns="));
/// assert!(explanation.to_chrome_trace().contains("session"));
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
///
/// ```
/// use hueless::explain::{Explanations, Fate};
/// use hueless::{App, Call, Depends, dependency, handler};
///
/// #[dependency]
/// fn session() -> u64 {
///     7
/// }
///
/// #[handler]
/// async fn show(session: Depends<session>) -> u64 {
///     *session
/// }
///
/// # tokio::runtime::Builder::new_multi_thread().build().unwrap().block_on(async {
/// let explanations = Explanations::of_every(1);
/// let app = App::builder().explain(explanations.clone()).build().unwrap();
/// app.run(show::handler, Call::new()).await.unwrap();
///
/// let explanation = explanations.wait_for_next().await;
/// let [session, show] = explanation.nodes() else { panic!("there are two nodes") };
/// assert_eq!((session.name, session.fate, session.hop), ("session", Fate::Made, Some(1)));
/// assert_eq!((show.inputs.as_ref(), show.waited_for), (&[0][..], Some(0)));
/// // It was ready, a thread came to it, and it ended.
/// let (ready, ended) = (session.ready.unwrap(), session.ended.unwrap());
/// assert_eq!(ready + session.queued().unwrap() + session.took().unwrap(), ended);
/// # });
/// ```
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

/// When a `teardown` or an `after_response` ended a value. Times count from the beginning of the run.
///
/// ```
/// use hueless::explain::Explanations;
/// use hueless::{App, Call, Depends, Outcome, dependency, handler};
///
/// #[dependency(teardown = close)]
/// fn session() -> u64 {
///     7
/// }
///
/// fn close(_session: Depends<session>, _outcome: Outcome) {}
///
/// #[handler]
/// async fn show(session: Depends<session>) -> u64 {
///     *session
/// }
///
/// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
/// let explanations = Explanations::of_every(1);
/// let app = App::builder().explain(explanations.clone()).build().unwrap();
/// app.run(show::handler, Call::new()).await.unwrap();
///
/// let explanation = explanations.wait_for_next().await;
/// let [session, show] = explanation.nodes() else { panic!("there are two nodes") };
/// let closing = session.teardown.as_ref().unwrap();
/// assert!(closing.began >= show.ended.unwrap());
/// assert!(closing.took() <= explanation.over());
/// # });
/// ```
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
///
/// ```
/// use hueless::explain::{Explanations, Fate};
/// use hueless::{App, Call, Depends, dependency, handler};
///
/// #[dependency]
/// async fn user() -> Result<u64, String> {
///     Err("nobody is signed in".to_owned())
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
/// app.run(show::handler, Call::new()).await.unwrap_err();
///
/// let explanation = explanations.wait_for_next().await;
/// let fates: Vec<Fate> = explanation.nodes().iter().map(|node| node.fate).collect();
/// assert_eq!(fates, [Fate::Failed, Fate::Skipped]);
/// # });
/// ```
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

    /// When the run began, as the clock of the system had it.
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
    /// executor. `None` if it never began.
    #[must_use]
    pub fn queued(&self) -> Option<Duration> {
        Some(self.began?.saturating_sub(self.ready?))
    }

    /// How long it took from its beginning to its end; `None` if it has none, as it never began or was
    /// dropped.
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
