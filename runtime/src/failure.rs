//! [`Failure`]: what goes wrong in hueless itself, rather than in a node's own `Result`.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// Why a request was rejected by hueless itself and not by an error that a node returned.
///
/// A [`Context`](crate::Context) turns it into its rejection. Its text names functions, so it is for
/// the log and for the developer; do not send it to a client.
///
/// ```
/// use hueless::{App, Call, Failure, handler};
///
/// #[handler(inline)]
/// fn careless() {
///     panic!("a secret");
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let error = App::new().run(careless::handler, Call::new()).await.unwrap_err();
/// let failure = error.downcast_ref::<Failure>().unwrap();
/// assert!(failure.is_panic());
/// assert_eq!(failure.to_string(), "`careless` panicked");
/// # });
/// ```
#[derive(Debug, Clone)]
pub struct Failure(Reason);

#[derive(Debug, Clone)]
enum Reason {
    Panicked {
        node: &'static str,
    },
    Plan(Arc<dyn Error + Send + Sync>),
    NoRuntime,
    Singleton {
        node: &'static str,
        error: &'static str,
    },
    Abandoned,
    Internal {
        node: &'static str,
    },
}

impl Failure {
    /// A node panicked. The panic hook has printed the message; the failure does not carry it.
    #[must_use]
    pub fn is_panic(&self) -> bool {
        matches!(self.0, Reason::Panicked { .. })
    }

    /// The handler's plan could not be built: a cycle or a lifetime that only the instantiated
    /// graph shows.
    #[must_use]
    pub fn is_plan(&self) -> bool {
        matches!(self.0, Reason::Plan(_))
    }

    pub(crate) fn panicked(node: &'static str) -> Self {
        Self(Reason::Panicked { node })
    }

    pub(crate) fn plan(error: impl Error + Send + Sync + 'static) -> Self {
        Self(Reason::Plan(Arc::new(error)))
    }

    pub(crate) fn no_runtime() -> Self {
        Self(Reason::NoRuntime)
    }

    pub(crate) fn singleton(node: &'static str, error: &'static str) -> Self {
        Self(Reason::Singleton { node, error })
    }

    pub(crate) fn abandoned() -> Self {
        Self(Reason::Abandoned)
    }

    pub(crate) fn internal(node: &'static str) -> Self {
        Self(Reason::Internal { node })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::Panicked { node } => write!(formatter, "`{node}` panicked"),
            Reason::Plan(_) => formatter.write_str("the plan of the handler could not be built"),
            Reason::NoRuntime => formatter.write_str(
                "a plain function or a singleton needs a tokio runtime; call it inside one",
            ),
            Reason::Singleton { node, error } => write!(
                formatter,
                "the singleton `{node}` could not be made: a transient dependency of it failed \
                 with `{error}`"
            ),
            Reason::Abandoned => formatter.write_str(
                "a thread gave the request up: the runtime shut down, or code outside of any node \
                 panicked",
            ),
            Reason::Internal { node } => {
                write!(
                    formatter,
                    "`{node}` could not be run, which is a bug in hueless"
                )
            }
        }
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0 {
            Reason::Plan(error) => Some(&**error),
            _ => None,
        }
    }
}
