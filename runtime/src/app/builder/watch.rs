//! What is looked at while requests run, and who is told.

use std::sync::Arc;
use std::time::Duration;

use super::AppBuilder;
use crate::explain::Sampler;

impl<C> AppBuilder<C> {
    /// Names, through `tracing`, every async or inline node that held an executor thread for longer
    /// than `slow_poll`, at most once a minute each: other requests waited meanwhile. 50 milliseconds
    /// in debug builds, and off in others, unless set; `None` names none.
    ///
    /// ```
    /// use std::time::Duration;
    /// use hueless::App;
    ///
    /// let watchful = App::builder().slow_poll(Duration::from_millis(5)).build()?;
    /// let silent = App::builder().slow_poll(None).build()?;
    /// # Ok::<(), hueless::PlanError>(())
    /// ```
    pub fn slow_poll(mut self, slow_poll: impl Into<Option<Duration>>) -> Self {
        self.settings.slow_poll = slow_poll.into();
        self
    }

    /// Has requests written down, node by node: those that `sampler` wants, which gets an
    /// [`Explanation`](crate::explain::Explanation) of each when all of it is over. Where nothing is
    /// set nothing is asked. Each call adds a sampler: all of them are asked, and each gets what it
    /// wants.
    ///
    /// ```
    /// use hueless::App;
    /// use hueless::explain::Explanations;
    ///
    /// let last = Explanations::of_every(1_000);
    /// let app = App::builder().explain(last.clone()).build()?;
    /// assert!(last.last().is_empty());
    /// # drop(app);
    /// # Ok::<(), hueless::PlanError>(())
    /// ```
    pub fn explain(mut self, sampler: impl Sampler) -> Self {
        self.settings.explain.push(Arc::new(sampler));
        self
    }
}
