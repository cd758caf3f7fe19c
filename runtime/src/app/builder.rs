//! [`AppBuilder`]: the settings of an app.

use std::sync::Arc;

use tokio::task::LocalKey;

use super::{App, Shared};
use crate::scope::Local;

/// Sets up an [`App`].
///
/// ```
/// use hueless::{App, PollOnLane};
///
/// tokio::task_local! {
///     static TENANT: String;
/// }
///
/// let app = App::builder().propagate(&TENANT).poll_on_lane(PollOnLane::Always).build();
/// # drop(app);
/// ```
#[derive(Debug, Default)]
#[must_use = "settings do nothing until the app is built"]
pub struct AppBuilder {
    shared: Shared,
}

impl AppBuilder {
    /// Sets a task-local on every thread that works for a request, to what it is where the request's
    /// run starts. Task-locals that are not declared here may be missing in plain functions, and in
    /// async ones that are polled on a lane thread.
    ///
    /// ```
    /// use hueless::{App, Call, handler};
    ///
    /// tokio::task_local! {
    ///     static TENANT: String;
    /// }
    ///
    /// #[handler]
    /// fn tenant() -> String {
    ///     TENANT.get()
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().build().unwrap().block_on(async {
    /// let app = App::builder().propagate(&TENANT).build();
    /// let request = app.run(tenant::handler, Call::new());
    /// assert_eq!(TENANT.scope("acme".to_owned(), request).await.unwrap(), "acme");
    /// # });
    /// ```
    pub fn propagate<T: Clone + Send + Sync + 'static>(
        mut self,
        local: &'static LocalKey<T>,
    ) -> Self {
        self.shared.locals.0.push(Arc::new(Local(local)));
        self
    }

    /// Which async dependencies are polled on the lane thread on which they become ready. For tests:
    /// [`PollOnLane::Always`] and [`PollOnLane::Never`] make schedules repeatable.
    pub fn poll_on_lane(mut self, poll_on_lane: PollOnLane) -> Self {
        self.shared.poll_on_lane = poll_on_lane;
        self
    }

    /// Makes every handler resolve its dependencies one at a time, in declaration order, as
    /// `#[handler(sequential)]` does for one.
    pub fn sequential(mut self) -> Self {
        self.shared.sequential = true;
        self
    }

    /// Builds the app.
    #[must_use]
    pub fn build(self) -> App {
        App {
            shared: Arc::new(self.shared),
        }
    }
}

/// Which async dependencies, and which extractors, are polled on the lane thread on which they become
/// ready.
///
/// A dependency marked `executor` never is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum PollOnLane {
    /// Those that a blocking node waits for: if they are done at once, the thread goes on with that
    /// node and a hop is saved.
    #[default]
    WhereItSavesAHop,
    /// All of them, so that a function that cannot run there fails every time and not sometimes.
    Always,
    /// None.
    Never,
}
