//! [`AfterResponse`]: what is still to be done for a request when its response has left.

use std::fmt;

/// What is still to be done for a request when its response has left: background work, and what ends
/// the values of dependencies with `after_response`.
///
/// It comes with a [`Reply`](crate::Reply), or with a rejection to
/// [`Context::attach`](crate::Context::attach). Whoever sends the response keeps it for as
/// long and says [`sent`](Self::sent); if it is dropped before, the request counts as
/// [cancelled](crate::Outcome::Cancelled). Either way the work starts, on a task of the app: it is
/// not waited for here.
///
/// ```
/// use hueless::{App, Call, Depends, Invocation, Outcome, dependency, handler};
/// # use std::time::Duration;
///
/// #[dependency(after_response = log)]
/// fn audit() -> String {
///     "audited".to_owned()
/// }
///
/// fn log(audit: Depends<audit>, outcome: Outcome) {
///     assert_eq!((audit.as_str(), outcome), ("audited", Outcome::Completed));
/// }
///
/// #[handler]
/// async fn ping(_audit: Depends<audit>) -> &'static str {
///     "pong"
/// }
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// # let app = App::new();
/// let reply = ping::handler(Invocation::new(app.clone(), Call::new())).await.unwrap();
/// let (value, after_response) = reply.into_parts();
/// // … the value is sent …
/// assert_eq!(value, "pong");
/// assert!(!after_response.is_empty());
/// after_response.sent();
/// # app.shutdown(Duration::from_secs(10)).await.unwrap();
/// # });
/// ```
#[must_use = "when it is dropped the request counts as cancelled"]
pub struct AfterResponse {
    work: Option<Box<dyn Afterwork>>,
    /// Whether there is no body to be sent, so that whoever drops it has sent all there is.
    is_without_body: bool,
}

/// What is to be started.
pub(crate) trait Afterwork: Send {
    /// Starts it on a task of the app. `sent` says whether the response was sent whole.
    fn start(self: Box<Self>, sent: bool);
}

impl AfterResponse {
    #[inline]
    pub(crate) fn nothing() -> Self {
        Self {
            work: None,
            is_without_body: false,
        }
    }

    pub(crate) fn new(work: Box<dyn Afterwork>) -> Self {
        Self {
            work: Some(work),
            is_without_body: false,
        }
    }

    /// Of a request that is answered without a body, whatever the handler returns.
    pub(crate) fn without_body(mut self) -> Self {
        self.is_without_body = true;
        self
    }

    #[cfg_attr(
        not(feature = "axum"),
        expect(dead_code, reason = "only a response of HTTP may have none")
    )]
    pub(crate) fn is_without_body(&self) -> bool {
        self.is_without_body
    }

    /// Whether there is nothing to be done.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.work.is_none()
    }

    /// The response was sent whole.
    ///
    /// It may be said on any thread: the work starts on the runtime on which the request ran. If that
    /// has shut down since, or if there was none, none of it is done: the log names what is lost.
    pub fn sent(mut self) {
        self.start(true);
    }

    fn start(&mut self, sent: bool) {
        if let Some(work) = self.work.take() {
            work.start(sent);
        }
    }
}

impl Drop for AfterResponse {
    fn drop(&mut self) {
        self.start(self.is_without_body);
    }
}

impl fmt::Debug for AfterResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AfterResponse")
            .field("is_empty", &self.is_empty())
            .finish_non_exhaustive()
    }
}
