//! [`Failure`]: what goes wrong in hueless itself, rather than in a node's own `Result`.

use std::borrow::Cow;
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
    /// A thread did not come back, or never took what was sent to it, or a singleton's run was dropped.
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
    Overloaded {
        awaited: Cow<'static, str>,
    },
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
    /// A node or a teardown panicked. The panic hook has printed the message; the failure does not
    /// carry it. To HTTP it is a 500.
    #[must_use]
    pub fn is_panic(&self) -> bool {
        matches!(
            self.0,
            Reason::Panicked { .. } | Reason::TeardownPanicked { .. }
        )
    }

    /// A handler, a dependency or a teardown took longer than it may: `timeout` and
    /// [`AppBuilder::teardown_timeout`](crate::AppBuilder::teardown_timeout). To HTTP it is a 504.
    ///
    /// ```
    /// use hueless::{App, Call, Failure, handler};
    ///
    /// #[handler(timeout = "1ms")]
    /// async fn endless() {
    ///     std::future::pending().await
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
    /// let error = App::new().run(endless::handler, Call::new()).await.unwrap_err();
    /// assert!(error.downcast_ref::<Failure>().unwrap().is_timeout());
    /// # });
    /// ```
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
    ///
    /// ```
    /// use std::time::Duration;
    /// use hueless::{App, Context, ExtractLast, Failure, handler};
    ///
    /// /// A request whose client never sends the body.
    /// struct Silent;
    ///
    /// impl Context for Silent {
    ///     type Rejection = Failure;
    ///     type State = ();
    ///
    ///     fn fail(failure: Failure) -> Failure {
    ///         failure
    ///     }
    /// }
    ///
    /// impl ExtractLast<Vec<u8>, ()> for Silent {
    ///     const READS_BODY: bool = true;
    ///
    ///     async fn extract_last(&mut self, _reads_left: usize) -> Result<Vec<u8>, Failure> {
    ///         std::future::pending().await
    ///     }
    /// }
    ///
    /// #[handler]
    /// async fn upload(body: Vec<u8>) -> usize {
    ///     body.len()
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::builder().body_timeout(Duration::from_millis(1)).build().unwrap();
    /// let failure = app.run(upload::handler, Silent).await.unwrap_err();
    /// assert!(failure.is_body_timeout());
    /// # });
    /// ```
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
    ///
    /// ```
    /// use std::time::Duration;
    /// use hueless::{App, Call, Failure, handler};
    ///
    /// #[handler]
    /// async fn ping() {}
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::new();
    /// app.shutdown(Duration::from_secs(10)).await.unwrap();
    /// let error = app.run(ping::handler, Call::new()).await.unwrap_err();
    /// assert!(error.downcast_ref::<Failure>().unwrap().is_shutdown());
    /// # });
    /// ```
    #[must_use]
    pub fn is_shutdown(&self) -> bool {
        matches!(self.0, Reason::ShuttingDown)
    }

    /// As many requests wait already as may, or this one has waited for too long: for a
    /// [seat](crate::AppBuilder::seats), and then nothing of it has run, or for a slot of a dependency
    /// with `limit` and `queue`. The same request may go through a moment later. To HTTP it is a 503
    /// with `Retry-After`.
    ///
    /// ```
    /// use std::time::Duration;
    /// use hueless::{App, Call, Depends, Failure, dependency, handler};
    ///
    /// #[dependency(limit = 1, queue = 0)]
    /// async fn ticket() -> u8 {
    ///     1
    /// }
    ///
    /// #[handler]
    /// async fn slow(_ticket: Depends<ticket>) {
    ///     tokio::time::sleep(Duration::from_millis(1)).await;
    /// }
    ///
    /// # let mut runtime = tokio::runtime::Builder::new_current_thread();
    /// # runtime.enable_all().build().unwrap().block_on(async {
    /// let app = App::new();
    /// let ask = || app.run(slow::handler, Call::new());
    /// let (served, turned_away) = futures_util::future::join(ask(), ask()).await;
    /// assert!(served.is_ok());
    /// let failure = turned_away.unwrap_err();
    /// assert!(failure.downcast_ref::<Failure>().unwrap().is_overloaded());
    /// # });
    /// ```
    #[must_use]
    pub fn is_overloaded(&self) -> bool {
        matches!(self.0, Reason::Overloaded { .. })
    }

    /// The handler's plan could not be built. Its [`source`](std::error::Error::source) is the
    /// [`PlanError`](crate::PlanError), which says why:
    ///
    /// - a cycle, or a singleton that needs a request, which no definition shows: through a type
    ///   parameter, a replacement, or a path too long to be followed under `cargo check`;
    /// - a limit that is lower than what one request needs at once;
    /// - an `after` that names a transient dependency which is in the plan;
    /// - a dependency that is replaced in other contexts and not in this one, or that stands in
    ///   requests only and that a singleton needs.
    ///
    /// [`AppBuilder::build`](crate::AppBuilder::build) finds all of them for the handlers that it is
    /// told of. To HTTP it is a 500.
    ///
    /// ```
    /// use std::error::Error;
    /// use hueless::{App, Call, Depends, Failure, dependency, handler};
    ///
    /// #[dependency(transient, limit = 1)]
    /// async fn session() -> u8 {
    ///     7
    /// }
    ///
    /// #[handler]
    /// async fn two(_one: Depends<session>, _other: Depends<session>) {}
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
    /// let error = App::new().run(two::handler, Call::new()).await.unwrap_err();
    /// let failure = error.downcast_ref::<Failure>().unwrap();
    /// assert!(failure.is_plan());
    /// let why = failure.source().unwrap().to_string();
    /// assert!(why.contains("has `limit = 1`, but one request needs 2"), "{why}");
    /// # });
    /// ```
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

    /// No more requests may wait for what is `awaited`, as it is said in a sentence.
    pub(crate) fn overloaded(awaited: impl Into<Cow<'static, str>>) -> Self {
        Self(Reason::Overloaded {
            awaited: awaited.into(),
        })
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
                "the work was given up: its runtime shut down, or code outside of any node panicked",
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
            Reason::Overloaded { awaited } => {
                write!(
                    formatter,
                    "overloaded: no more requests may wait for {awaited}"
                )
            }
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
