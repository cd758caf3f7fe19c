//! [`PlanError`]: a graph that only shows its mistake once it is put together.

use std::error::Error;
use std::fmt;

use super::label::Label;
use crate::meta::Place;

/// Why a plan could not be built, or an app.
///
/// The compiler refuses a cycle and a singleton that needs a request at their definitions. What is
/// left for here are edges through a type parameter (`Depends<T>`), which have no definition to be
/// refused at, paths of more than a hundred functions, which no proof follows to the end, options
/// that contradict each other across functions, and what [replacements](crate::AppBuilder::replace)
/// bring into a graph.
///
/// A handler's plan is built for its first request, which is then rejected with a
/// [`Failure`](crate::Failure) whose source this is:
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
///
/// // An app that is told of the handler looks before the first request.
/// let error = App::builder().on::<Call>().serves(both::handler).build().unwrap_err();
/// assert!(error.to_string().starts_with("`late` starts after `buffer`"));
/// # });
/// ```
///
/// It holds every mistake that was found, each once; its text says them all.
#[derive(Clone, PartialEq, Eq)]
pub struct PlanError {
    problems: Vec<Problem>,
}

/// One mistake. Paths lead from the node that has the problem to the one that makes it one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    /// Each member needs the next, and the last one the first.
    Cycle {
        members: Vec<Label>,
    },
    /// A singleton gets a request's value.
    OutlivesRequest {
        path: Vec<Label>,
    },
    /// A singleton gets what is replaced by something that a run without a context cannot make.
    ReplacedForRequests {
        path: Vec<Label>,
    },
    /// One request would need more values at once than may live.
    OverLimit {
        dependency: Label,
        place: Place,
        limit: u32,
        needed: u32,
    },
    AfterTransient {
        node: String,
        target: String,
    },
    /// `user` needs it in a context in which nothing stands for it.
    ReplacedElsewhere {
        dependency: String,
        replaced_in: Vec<String>,
        context: String,
        user: Option<String>,
    },
    /// In one context, or in all.
    ReplacedTwice {
        dependency: String,
        context: Option<String>,
        ways: [String; 2],
    },
    OneSingletonReplacedByTwo {
        singleton: String,
        ways: [String; 2],
        contexts: [String; 2],
    },
}

impl PlanError {
    /// Fails if there is any problem.
    pub(super) fn check(problems: Vec<Problem>) -> Result<(), Self> {
        let mut each_once: Vec<Problem> = Vec::new();
        for problem in problems {
            if !each_once.iter().any(|known| known.is_same(&problem)) {
                each_once.push(problem);
            }
        }
        if each_once.is_empty() {
            Ok(())
        } else {
            Err(Self {
                problems: each_once,
            })
        }
    }

    pub(super) fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl Problem {
    /// Whether both are one mistake: a cycle has no first member.
    fn is_same(&self, other: &Self) -> bool {
        let (Self::Cycle { members }, Self::Cycle { members: others }) = (self, other) else {
            return self == other;
        };
        members.len() == others.len()
            && (0..others.len()).any(|start| {
                let turned = others[start..].iter().chain(&others[..start]);
                members.iter().eq(turned)
            })
    }
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

/// As its text: whoever unwraps the result of a builder reads this.
impl fmt::Debug for PlanError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cycle { members } => {
                let first = members.first().map_or("", Label::name);
                write!(formatter, "dependency cycle: {} -> {first}", path(members))
            }
            Self::OutlivesRequest { path: singleton } => write!(
                formatter,
                "a singleton lives longer than a request: {}",
                path(singleton)
            ),
            Self::ReplacedForRequests { path: singleton } => write!(
                formatter,
                "a singleton is made outside of any request, and cannot take what stands for a \
                 dependency in requests only: {}",
                path(singleton)
            ),
            Self::OverLimit {
                dependency,
                place,
                limit,
                needed,
            } => write!(
                formatter,
                "`{dependency}` at {place} has `limit = {limit}`, but one request needs {needed} of \
                 it: it is transient, so it is made for each use, and a request takes the slots of \
                 all uses at once; raise the limit, or use it less often"
            ),
            Self::AfterTransient { node, target } => write!(
                formatter,
                "`{node}` starts after `{target}`, but that is transient: it is made for each use, \
                 so there is no one moment when it is done"
            ),
            Self::ReplacedElsewhere {
                dependency,
                replaced_in,
                context,
                user,
            } => {
                let replaced_in = replaced_in.join("` and in `");
                write!(
                    formatter,
                    "`{dependency}` is replaced in `{replaced_in}` but not in `{context}`"
                )?;
                if let Some(user) = user {
                    write!(formatter, ", where `{user}` needs it")?;
                }
                write!(
                    formatter,
                    "; replace it there too, with `.on::<{context}>().replace::<{dependency}, _>()`"
                )
            }
            Self::ReplacedTwice {
                dependency,
                context,
                ways: [one, other],
            } => {
                write!(formatter, "`{dependency}` is replaced twice")?;
                if let Some(context) = context {
                    write!(formatter, " in `{context}`")?;
                }
                write!(formatter, ": by {one} and by {other}")
            }
            Self::OneSingletonReplacedByTwo {
                singleton,
                ways: [one, other],
                contexts: [here, there],
            } => write!(
                formatter,
                "the singleton `{singleton}` is replaced by {one} in `{here}` and by {other} in \
                 `{there}`, but an app has one for all its contexts"
            ),
        }
    }
}

fn path(labels: &[Label]) -> String {
    let labels: Vec<String> = labels.iter().map(ToString::to_string).collect();
    labels.join(" -> ")
}

impl Error for PlanError {}

#[cfg(test)]
mod tests;
