//! [`PlanError`]: a graph that only shows its mistake once it is put together.

use std::error::Error;
use std::fmt;

/// Why a plan could not be built.
///
/// The compiler refuses a cycle and a singleton that needs a request at their definitions. What is
/// left for here are edges through a type parameter (`Depends<T>`), which have no definition to be
/// refused at, paths of more than a hundred functions, which no proof follows to the end, and options
/// that contradict each other across functions.
///
/// ```
/// use std::error::Error;
/// use hueless::{App, Call, Depends, Failure, dependency, handler};
///
/// #[dependency(transient)]
/// fn buffer() -> Vec<u8> {
///     Vec::new()
/// }
///
/// #[dependency(after(buffer))]
/// fn late() -> u8 {
///     1
/// }
///
/// #[handler]
/// fn both(_buffer: Depends<buffer>, _late: Depends<late>) {}
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let rejection = App::new().run(both::handler, Call::new()).await.unwrap_err();
/// let failure = rejection.downcast_ref::<Failure>().unwrap();
/// assert!(failure.is_plan());
/// assert!(failure.source().unwrap().to_string().starts_with("`late` starts after `buffer`"));
/// # });
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanError {
    pub(super) problems: Vec<Problem>,
}

/// One mistake. Paths are labels, from the node that has the problem to the one that makes it one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    Cycle { path: Vec<String> },
    OutlivesRequest { path: Vec<String> },
    AfterTransient { node: String, target: String },
}

impl fmt::Display for PlanError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, problem) in self.problems.iter().enumerate() {
            if position > 0 {
                formatter.write_str("; ")?;
            }
            problem.fmt(formatter)?;
        }
        Ok(())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cycle { path } => write!(formatter, "dependency cycle: {}", path.join(" -> ")),
            Self::OutlivesRequest { path } => write!(
                formatter,
                "a singleton lives longer than a request: {}",
                path.join(" -> ")
            ),
            Self::AfterTransient { node, target } => write!(
                formatter,
                "`{node}` starts after `{target}`, but that is transient: it is made for each use, \
                 so there is no one moment when it is done"
            ),
        }
    }
}

impl Error for PlanError {}
