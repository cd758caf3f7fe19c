//! [`Failure`]: what goes wrong in hueless itself, rather than in a node's own `Result`.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

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
    TimedOut {
        what: Timed,
        node: &'static str,
        timeout: Duration,
    },
    TeardownPanicked {
        node: &'static str,
    },
    NoTimer {
        node: &'static str,
    },
    ShuttingDown,
}

/// What took longer than it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Timed {
    /// A handler or a dependency.
    Node,
    /// The body of a request.
    Body,
    /// A teardown.
    Teardown,
}

impl Failure {
    /// A node panicked. The panic hook has printed the message; the failure does not carry it.
    #[must_use]
    pub fn is_panic(&self) -> bool {
        matches!(
            self.0,
            Reason::Panicked { .. } | Reason::TeardownPanicked { .. }
        )
    }

    /// A handler, a dependency or a teardown took longer than it may: `timeout` and
    /// [`AppBuilder::teardown_timeout`](crate::AppBuilder::teardown_timeout). To HTTP it is a 504.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.0,
            Reason::TimedOut {
                what: Timed::Node | Timed::Teardown,
                ..
            }
        )
    }

    /// The client took longer to send the body than
    /// [`AppBuilder::body_timeout`](crate::AppBuilder::body_timeout) allows. To HTTP it is a 408.
    #[must_use]
    pub fn is_body_timeout(&self) -> bool {
        matches!(
            self.0,
            Reason::TimedOut {
                what: Timed::Body,
                ..
            }
        )
    }

    /// The app is [shutting down](crate::App::shutdown) and takes no more requests. To HTTP it is a
    /// 503.
    #[must_use]
    pub fn is_shutdown(&self) -> bool {
        matches!(self.0, Reason::ShuttingDown)
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

    pub(crate) fn timed_out(what: Timed, node: &'static str, timeout: Duration) -> Self {
        Self(Reason::TimedOut {
            what,
            node,
            timeout,
        })
    }

    pub(crate) fn teardown_panicked(node: &'static str) -> Self {
        Self(Reason::TeardownPanicked { node })
    }

    pub(crate) fn no_timer(node: &'static str) -> Self {
        Self(Reason::NoTimer { node })
    }

    pub(crate) fn shutting_down() -> Self {
        Self(Reason::ShuttingDown)
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
            Reason::TimedOut {
                what: Timed::Node,
                node,
                timeout,
            } => write!(formatter, "`{node}` took longer than {timeout:?}"),
            Reason::TimedOut {
                what: Timed::Body,
                node,
                timeout,
            } => write!(
                formatter,
                "the body that `{node}` reads took longer than {timeout:?} to arrive"
            ),
            Reason::TimedOut {
                what: Timed::Teardown,
                node,
                timeout,
            } => write!(
                formatter,
                "the teardown of `{node}` took longer than {timeout:?}"
            ),
            Reason::TeardownPanicked { node } => {
                write!(formatter, "the teardown of `{node}` panicked")
            }
            Reason::NoTimer { node } => write!(
                formatter,
                "the timeout of `{node}` needs a runtime with time; build it with `enable_time`"
            ),
            Reason::ShuttingDown => formatter.write_str("the app is shutting down"),
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
