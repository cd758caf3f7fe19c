//! [`App::shutdown`]: the end of an app.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use super::App;
use crate::run::end_singletons;
use crate::timer::within;

impl App {
    /// Shuts the app down: refuses new requests from now on (to HTTP a 503 with `Retry-After: 1`), waits until those that
    /// run are done, with their background work and their teardowns, and then tears the singletons
    /// down, the last that was made first. A teardown of theirs that fails, panics or takes longer
    /// than [`teardown_timeout`](crate::AppBuilder::teardown_timeout) is logged, and the next one
    /// runs. Each value is dropped after its own teardown, and before the next one. In the end the
    /// threads of the lane that have nothing to do end.
    ///
    /// A server stops to accept connections first, and then calls this. Where no app was installed,
    /// that is the default one: [`App::current`].
    ///
    /// It may be called again, and by several at once: all wait for the same end. A request that calls
    /// it waits for itself, until the deadline.
    ///
    /// ```
    /// use std::time::Duration;
    /// use hueless::{App, Call, Depends, Failure, Outcome, dependency, handler};
    ///
    /// #[dependency(singleton, teardown = close)]
    /// async fn pool() -> String {
    ///     "a pool".to_owned()
    /// }
    ///
    /// async fn close(pool: Depends<pool>, _outcome: Outcome) {
    ///     println!("closing {}", *pool);
    /// }
    ///
    /// #[handler]
    /// async fn ping(_pool: Depends<pool>) -> &'static str {
    ///     "pong"
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::new();
    /// assert_eq!(app.run(ping::handler, Call::new()).await.unwrap(), "pong");
    /// app.shutdown(Duration::from_secs(10)).await.unwrap();
    ///
    /// let error = app.run(ping::handler, Call::new()).await.unwrap_err();
    /// assert!(error.downcast_ref::<Failure>().unwrap().is_shutdown());
    /// # });
    /// ```
    ///
    /// # Errors
    ///
    /// What still runs when the deadline has passed, which goes on. If those are requests, the
    /// singletons, which they may use, are not torn down. Calling it again goes on where this has
    /// stopped. On a runtime without timers there is no deadline, and outside of a runtime no
    /// singleton is torn down.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped, requests are refused all the same, and a singleton's teardown that
    /// has begun goes on, as do those after it. Calling it again waits for them.
    pub async fn shutdown(&self, deadline: Duration) -> Result<(), StillRunning> {
        self.life().close();
        let ended = within(deadline, async {
            self.life().wait().await;
            end_singletons(self).await
        });
        let has_ended = ended.await;
        self.lanes().close();
        match has_ended {
            Some(true) => Ok(()),
            None | Some(false) => self.still_running(),
        }
    }

    fn still_running(&self) -> Result<(), StillRunning> {
        let mut names = self.life().names();
        names.extend(self.singletons().being_ended());
        if !names.is_empty() {
            return Err(StillRunning { names });
        }
        if !self.life().is_over() {
            // It was added when its request was over, or has just been started.
            names.push("background work".to_owned());
            return Err(StillRunning { names });
        }
        names.extend(self.singletons().not_ended());
        if names.is_empty() {
            // The last one is done just now.
            return Ok(());
        }
        Err(StillRunning { names })
    }
}

/// What still runs when the deadline of [`App::shutdown`] has passed.
///
/// ```
/// use std::time::Duration;
/// use hueless::{App, Call, handler};
///
/// #[handler]
/// async fn endless() {
///     std::future::pending().await
/// }
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// let app = App::new();
/// let request = tokio::spawn(app.run(endless::handler, Call::new()));
/// # tokio::task::yield_now().await;
/// let still_running = app.shutdown(Duration::from_millis(1)).await.unwrap_err();
/// assert_eq!(still_running.names(), ["`endless`"]);
/// assert_eq!(still_running.to_string(), "the app still runs `endless`");
///
/// request.abort();
/// app.shutdown(Duration::from_secs(10)).await.unwrap();
/// # });
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StillRunning {
    names: Vec<String>,
}

impl StillRunning {
    /// What still runs, in words: a handler is named `` `read_item` ``, its teardown
    /// ``the teardown of `read_item` ``. Each thing stands here once, however many of it run.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

impl fmt::Display for StillRunning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the app still runs {}", self.names.join(", "))
    }
}

impl Error for StillRunning {}
