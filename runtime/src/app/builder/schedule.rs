//! How the nodes of a request are run: what they bring along, where, and in which order.

use std::sync::Arc;

use tokio::task::LocalKey;

use super::AppBuilder;
use crate::scope::Local;

impl<C> AppBuilder<C> {
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
    /// let app = App::builder().propagate(&TENANT).build().unwrap();
    /// let request = app.run(tenant::handler, Call::new());
    /// assert_eq!(TENANT.scope("acme".to_owned(), request).await.unwrap(), "acme");
    /// # });
    /// ```
    pub fn propagate<T: Clone + Send + Sync + 'static>(
        mut self,
        local: &'static LocalKey<T>,
    ) -> Self {
        self.settings.locals.0.push(Arc::new(Local(local)));
        self
    }

    /// Which async functions are polled on the lane thread on which they become ready. For tests:
    /// [`PollOnLane::Always`] and [`PollOnLane::Never`] make schedules repeatable.
    ///
    /// ```
    /// use hueless::{App, Call, Depends, PollOnLane, dependency, handler};
    ///
    /// #[dependency]
    /// fn id() -> u64 {
    ///     7
    /// }
    ///
    /// #[dependency]
    /// async fn name(id: Depends<id>) -> String {
    ///     format!("user {}", *id)
    /// }
    ///
    /// #[handler]
    /// fn show(name: Depends<name>) -> usize {
    ///     name.len()
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// for (poll_on_lane, hops) in [(PollOnLane::Always, 1), (PollOnLane::Never, 2)] {
    ///     let app = App::builder().poll_on_lane(poll_on_lane).build().unwrap();
    ///     assert_eq!(app.run(show::handler, Call::new()).await.unwrap(), 6);
    ///     assert_eq!(app.stats().hops, hops);
    /// }
    /// # });
    /// ```
    pub fn poll_on_lane(mut self, poll_on_lane: PollOnLane) -> Self {
        self.settings.poll_on_lane = poll_on_lane;
        self
    }

    /// Makes every handler resolve its dependencies one at a time, in declaration order, as
    /// `#[handler(sequential)]` does for one.
    ///
    /// ```
    /// use std::sync::Mutex;
    /// use hueless::{App, Call, Depends, dependency, handler};
    ///
    /// static LOG: Mutex<Vec<&str>> = Mutex::new(Vec::new());
    ///
    /// #[dependency]
    /// async fn first() -> u8 {
    ///     tokio::task::yield_now().await;
    ///     LOG.lock().unwrap().push("first");
    ///     1
    /// }
    ///
    /// #[dependency]
    /// async fn second() -> u8 {
    ///     LOG.lock().unwrap().push("second");
    ///     2
    /// }
    ///
    /// #[handler]
    /// async fn sum(first: Depends<first>, second: Depends<second>) -> u8 {
    ///     *first + *second
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::builder().sequential().build().unwrap();
    /// assert_eq!(app.run(sum::handler, Call::new()).await.unwrap(), 3);
    /// assert_eq!(*LOG.lock().unwrap(), ["first", "second"]);
    /// # });
    /// ```
    pub fn sequential(mut self) -> Self {
        self.settings.sequential = true;
        self
    }
}

/// Which async functions, and which extractors, are polled on the lane thread on which they become
/// ready.
///
/// A dependency marked `executor` never is.
///
/// ```
/// use hueless::{App, PollOnLane};
///
/// assert_eq!(PollOnLane::default(), PollOnLane::WhereItSavesAHop);
///
/// // For a test that counts hops, or looks at threads.
/// let app = App::builder().poll_on_lane(PollOnLane::Never).build()?;
/// # drop(app);
/// # Ok::<(), hueless::PlanError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum PollOnLane {
    /// Those that a blocking node waits for: if they are done at once, the thread goes on with that
    /// node and a hop is saved. A handler too, where a plain function has made what is dropped next.
    #[default]
    WhereItSavesAHop,
    /// All of them, so that a function that cannot run there fails every time and not sometimes.
    Always,
    /// None.
    Never,
}
